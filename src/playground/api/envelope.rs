//! The shape of every answer.

use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::Answer;
use super::Refusal;

/// Status and body of an answer.
pub(super) fn parts(answer: &Answer) -> (u16, Value) {
    match answer {
        Ok(result) => (200, json!({"ok": true, "result": result})),
        Err(refusal) => (refusal.code, refusal_body(refusal)),
    }
}

fn refusal_body(refusal: &Refusal) -> Value {
    let mut body = json!({
        "ok": false, "error_code": refusal.code, "description": refusal.description,
    });
    let mut parameters = Map::new();
    if let Some(seconds) = refusal.retry_after {
        parameters.insert("retry_after".into(), json!(seconds));
    }
    if let Some(chat) = refusal.migrate_to {
        parameters.insert("migrate_to_chat_id".into(), json!(chat.0));
    }
    if let Some(body) = body.as_object_mut().filter(|_| !parameters.is_empty()) {
        body.insert("parameters".into(), Value::Object(parameters));
    }
    body
}

pub(super) fn answered(answer: &Answer) -> Response {
    let (status, body) = parts(answer);
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, axum::Json(body)).into_response()
}

pub(super) fn refused(refusal: &Refusal) -> Response {
    answered(&Err(refusal.clone()))
}

/// What a proxy says when Telegram is away: no JSON.
pub(super) fn bad_gateway() -> Response {
    let page = "<html><head><title>502 Bad Gateway</title></head><body><center>\
                <h1>502 Bad Gateway</h1></center><hr><center>nginx/1.18.0</center></body></html>";
    let kind = [(header::CONTENT_TYPE, "text/html")];
    (StatusCode::BAD_GATEWAY, kind, page).into_response()
}

/// The first half of an answer, whole as far as HTTP can tell.
pub(super) fn truncated(answer: &Answer) -> Response {
    let (_, body) = parts(answer);
    let mut body = body.to_string().into_bytes();
    body.truncate(body.len() / 2);
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (kind, body).into_response()
}

/// The answer breaks off: its body ends in an error, so the connection is cut.
pub(super) fn cut_off() -> Response {
    let broken = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
    let parts = futures_util::stream::iter([Ok("{\"ok\":"), Err(broken)]);
    Body::from_stream(parts).into_response()
}
