//! `getFile`, and the download behind it.

use axum::extract::{Path, State as Shared};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::parameters::Parameters;
use super::{Answer, Refusal, State};
use crate::playground::handle::World;

/// Bots download files up to 20 MB.
const LARGEST_DOWNLOAD: usize = 20 << 20;

pub(super) fn get_file(state: &State, parameters: &Parameters) -> Answer {
    let wanted = parameters.text("file_id").unwrap_or_default();
    let found = state.files.find(&wanted);
    let (id, file) = found.ok_or_else(|| {
        Refusal::bad_request("wrong file_id or the file is temporarily unavailable")
    })?;
    if file.bytes.len() > LARGEST_DOWNLOAD {
        return Err(Refusal::bad_request("file is too big"));
    }
    Ok(json!({
        "file_id": wanted, "file_unique_id": format!("u{wanted}"),
        "file_size": file.bytes.len(), "file_path": format!("files/{id}.{}", file.ending()),
    }))
}

/// `/file/bot<TOKEN>/<file_path>`.
pub(super) async fn download(
    Shared(world): Shared<World>,
    Path((bot, path)): Path<(String, String)>,
) -> Response {
    if bot.strip_prefix("bot") != Some(world.token()) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let id = path.strip_prefix("files/").unwrap_or_default();
    let file = world.look(|state| state.files.find(id).map(|(_, file)| file.clone()));
    match file {
        Some(file) => ([(header::CONTENT_TYPE, file.media_type)], file.bytes).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
