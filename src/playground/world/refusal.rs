//! How Telegram says no.

use super::ChatId;

/// An error answer: its code, its exact words, and what comes in `parameters`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::playground) struct Refusal {
    pub(in crate::playground) code: u16,
    pub(in crate::playground) description: String,
    pub(in crate::playground) retry_after: Option<i64>,
    pub(in crate::playground) migrate_to: Option<ChatId>,
}

impl Refusal {
    fn new(code: u16, description: String) -> Self {
        Self {
            code,
            description,
            retry_after: None,
            migrate_to: None,
        }
    }

    /// 400 with the words after "Bad Request: ".
    pub(in crate::playground) fn bad_request(words: impl AsRef<str>) -> Self {
        Self::new(400, format!("Bad Request: {}", words.as_ref()))
    }

    /// 403 with the words after "Forbidden: ".
    pub(in crate::playground) fn forbidden(words: impl AsRef<str>) -> Self {
        Self::new(403, format!("Forbidden: {}", words.as_ref()))
    }

    pub(in crate::playground) fn unauthorized() -> Self {
        Self::new(401, "Unauthorized".to_owned())
    }

    pub(in crate::playground) fn unknown_method() -> Self {
        Self::new(404, "Not Found: method not found".to_owned())
    }

    /// 409 with the words after "Conflict: ".
    pub(in crate::playground) fn conflict(words: &str) -> Self {
        Self::new(409, format!("Conflict: {words}"))
    }

    pub(in crate::playground) fn too_many_requests(retry_after: i64) -> Self {
        let description = format!("Too Many Requests: retry after {retry_after}");
        Self {
            retry_after: Some(retry_after),
            ..Self::new(429, description)
        }
    }

    pub(in crate::playground) fn server_error() -> Self {
        Self::new(500, "Internal Server Error".to_owned())
    }

    pub(in crate::playground) fn migrated(to: ChatId) -> Self {
        let words = "group chat was upgraded to a supergroup chat";
        Self {
            migrate_to: Some(to),
            ..Self::bad_request(words)
        }
    }
}
