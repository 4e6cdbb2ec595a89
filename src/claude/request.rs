//! A request to the Messages API, as its documentation asks for it (platform.claude.com).

use actors::domain::Language;
use actors::ports::Inquiry;
use base64::Engine as _;
use serde_json::{Value, json};

/// How much the model may write: the longest translation of a message, and the rest.
pub(super) const MAX_TOKENS: u64 = 2_000;

/// The form that the API itself enforces. It never changes from call to call, since a new one is
/// compiled first; so departments are names here, and checked when they come back.
#[must_use]
pub fn schema() -> Value {
    let text = json!({"type": "string"});
    let optional = json!({"anyOf": [{"type": "string"}, {"type": "null"}]});
    let texts = json!({"type": "array", "items": {"type": "string"}});
    let question = json!({
        "type": "object", "additionalProperties": false,
        "properties": {"text": text, "answers": texts},
        "required": ["text", "answers"],
    });
    json!({
        "type": "object", "additionalProperties": false,
        "properties": {
            "urgency": {"type": "string", "enum": ["critical", "same-day", "planned"]},
            "title": text,
            "place": optional,
            "department": optional,
            "reason": text,
            "missing": texts,
            "translation": optional,
            "question": {"anyOf": [question, {"type": "null"}]},
        },
        "required": ["urgency", "title", "place", "department", "reason", "missing",
            "translation", "question"],
    })
}

pub(super) fn body(model: &str, system: &str, inquiry: &Inquiry) -> Value {
    let mut content = Vec::new();
    if let Some(picture) = &inquiry.picture {
        let data = base64::engine::general_purpose::STANDARD.encode(&picture.bytes);
        content.push(json!({
            "type": "image",
            "source": {"type": "base64", "media_type": picture.media_type, "data": data},
        }));
    }
    content.push(json!({"type": "text", "text": question(inquiry)}));
    let mut output = json!({"format": {"type": "json_schema", "schema": schema()}});
    let mut body = json!({
        "model": model,
        "max_tokens": MAX_TOKENS,
        "system": [{"type": "text", "text": system, "cache_control": {"type": "ephemeral"}}],
        "messages": [{"role": "user", "content": content}],
    });
    // The models of before know neither of the two.
    if !model.contains("-4-") {
        if let Some(output) = output.as_object_mut() {
            output.insert("effort".to_owned(), json!("low"));
        }
        if let Some(body) = body.as_object_mut() {
            body.insert("thinking".to_owned(), json!({"type": "disabled"}));
        }
    }
    if let Some(body) = body.as_object_mut() {
        body.insert("output_config".to_owned(), output);
    }
    body
}

/// The report and what surrounds it, as one JSON value: nothing in it can end it early. Angle
/// brackets are escaped, so that it holds nothing that looks like a tag either.
fn question(inquiry: &Inquiry) -> String {
    let dialogue = inquiry.dialogue.iter();
    let dialogue: Vec<Value> = dialogue
        .map(|it| json!({"question": it.question, "answer": it.answer}))
        .collect();
    let value = json!({
        "report": inquiry.text,
        "dialogue": dialogue,
        "questions_left": inquiry.questions_left,
        "departments": inquiry.departments,
        "places": inquiry.places,
        "open_incidents": inquiry.open,
        "group_language": language(inquiry.language),
    });
    let told = value.to_string();
    told.replace('<', "\\u003c").replace('>', "\\u003e")
}

fn language(language: Language) -> &'static str {
    match language {
        Language::English => "English",
        Language::Estonian => "Estonian",
        Language::Russian => "Russian",
    }
}
