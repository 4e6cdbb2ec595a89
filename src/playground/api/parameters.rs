//! What a call was given, however it was sent.
//!
//! Telegram takes parameters from the query string, a form, a multipart form or a JSON body, and
//! nested values either as JSON or as JSON in a string. All are the same here.

use std::collections::BTreeMap;

use axum::body::to_bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::catalogue::Entry;
use super::{ChatId, LARGEST_BODY, Refusal};
use crate::playground::world::{MessageId, StoredFile};

/// Parameters by name, and the files that came with them.
#[derive(Default)]
pub(super) struct Parameters {
    values: Map<String, Value>,
    files: BTreeMap<String, StoredFile>,
}

impl Parameters {
    /// Reads them from wherever they are.
    pub(super) async fn read(request: Request) -> Result<Self, Refusal> {
        let mut parameters = Self::default();
        parameters.add_form(request.uri().query().unwrap_or_default().as_bytes());
        let kind = request.headers().get(CONTENT_TYPE);
        let kind = kind
            .and_then(|kind| kind.to_str().ok())
            .unwrap_or_default()
            .to_owned();
        if kind.starts_with("multipart/form-data") {
            parameters.add_multipart(request).await?;
            return Ok(parameters);
        }
        let body = to_bytes(request.into_body(), LARGEST_BODY).await;
        let body = body.map_err(|_| Refusal::bad_request("failed to read the request"))?;
        if kind.starts_with("application/json") {
            parameters.add_json(&body)?;
        } else {
            parameters.add_form(&body);
        }
        Ok(parameters)
    }

    fn add_json(&mut self, body: &[u8]) -> Result<(), Refusal> {
        if body.is_empty() {
            return Ok(());
        }
        let values: Map<String, Value> = serde_json::from_slice(body)
            .map_err(|_| Refusal::bad_request("can't parse request body as JSON object"))?;
        self.values
            .extend(values.into_iter().filter(|(_, value)| !value.is_null()));
        Ok(())
    }

    fn add_form(&mut self, form: &[u8]) {
        let text = String::from_utf8_lossy(form);
        let uri = format!("/?{text}").parse::<axum::http::Uri>();
        let pairs = uri
            .ok()
            .and_then(|uri| axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&uri).ok());
        for (name, value) in pairs.map(|pairs| pairs.0).unwrap_or_default() {
            self.values.insert(name, json!(value));
        }
    }

    async fn add_multipart(&mut self, request: Request) -> Result<(), Refusal> {
        let broken = || Refusal::bad_request("can't parse the multipart form");
        let mut form = Multipart::from_request(request, &())
            .await
            .map_err(|_| broken())?;
        while let Some(part) = form.next_field().await.map_err(|_| broken())? {
            let name = part.name().unwrap_or_default().to_owned();
            let file_name = part.file_name().map(str::to_owned);
            let media_type = part
                .content_type()
                .unwrap_or("application/octet-stream")
                .to_owned();
            let bytes = part.bytes().await.map_err(|_| broken())?;
            match file_name {
                Some(file_name) => {
                    let file = StoredFile {
                        name: file_name,
                        media_type,
                        bytes: bytes.to_vec(),
                    };
                    self.files.insert(name, file);
                }
                None => {
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    self.values.insert(name, json!(text));
                }
            }
        }
        Ok(())
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.values.contains_key(name) || self.files.contains_key(name)
    }

    /// A parameter as text, also when it came as a number.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        match self.values.get(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Null => None,
            other => Some(other.to_string()),
        }
    }

    pub(super) fn integer(&self, name: &str) -> Option<i64> {
        self.text(name)?.trim().parse().ok()
    }

    pub(super) fn flag(&self, name: &str) -> bool {
        self.text(name).is_some_and(|text| {
            ["true", "yes", "1"]
                .iter()
                .any(|yes| text.eq_ignore_ascii_case(yes))
        })
    }

    /// A nested value, whether it came as JSON or as JSON in a string.
    pub(super) fn nested<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, Refusal> {
        let unreadable = || Refusal::bad_request(format!("can't parse {name} JSON object"));
        let value = match self.values.get(name) {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::String(text)) if text.is_empty() => return Ok(None),
            Some(Value::String(text)) => serde_json::from_str(text).map_err(|_| unreadable())?,
            Some(value) => value.clone(),
        };
        serde_json::from_value(value)
            .map(Some)
            .map_err(|_| unreadable())
    }

    /// A file given under this name, or attached under another (`attach://name`).
    pub(super) fn file(&self, value: &str) -> Option<&StoredFile> {
        self.files
            .get(value.strip_prefix("attach://").unwrap_or(value))
    }

    /// The chat a call is about, when it names one by number.
    pub(super) fn chat(&self) -> Option<ChatId> {
        self.integer("chat_id").map(ChatId)
    }

    pub(super) fn message(&self, name: &str) -> Option<MessageId> {
        self.integer(name).map(MessageId)
    }

    /// Names the method does not have; attached files bring names of their own.
    pub(super) fn unknown_to(&self, entry: &Entry) -> Vec<String> {
        let known = |name: &&String| {
            entry.required.contains(&name.as_str()) || entry.optional.contains(&name.as_str())
        };
        self.values
            .keys()
            .filter(|name| !known(name))
            .cloned()
            .collect()
    }

    pub(super) fn missing_of(&self, entry: &Entry) -> Option<&'static str> {
        entry
            .required
            .iter()
            .copied()
            .find(|name| !self.has(name) && !has_own_words(name))
    }

    /// For the record of calls: nested JSON readable, files by name only.
    pub(super) fn recorded(&self) -> Value {
        let mut recorded = Map::new();
        for (name, value) in &self.values {
            let nested = value.as_str().filter(|text| text.starts_with(['{', '[']));
            let parsed = nested.and_then(|text| serde_json::from_str(text).ok());
            recorded.insert(name.clone(), parsed.unwrap_or_else(|| value.clone()));
        }
        for (name, file) in &self.files {
            recorded.insert(name.clone(), json!(format!("file {}", file.name)));
        }
        Value::Object(recorded)
    }
}

/// Parameters whose absence Telegram refuses in words of its own, further on.
fn has_own_words(name: &str) -> bool {
    ["chat_id", "text", "message_id", "callback_query_id"].contains(&name)
}
