//! What the Bot API says when it refuses.
//!
//! There are no stable codes: a fault is recognised by its status and by words that the server's
//! source holds. They are all here, so that a changed wording is one line to change.

use std::fmt;
use std::time::Duration;

use actors::domain::ChatId;

use super::Envelope;

/// How much of a description is kept: all known ones are shorter.
const DESCRIPTION_LIMIT: usize = 200;

/// The refusal of a message's markup quotes it.
const QUOTES_THE_MESSAGE: &str = "can't parse entities";

/// What the Bot API said when it refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Its code, which is that of HTTP.
    pub code: i64,
    /// Its words.
    pub description: String,
    /// How long to wait, where it says so.
    pub retry_after: Option<Duration>,
    /// The chat's new number, where it says so.
    pub migrated_to: Option<ChatId>,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.code, self.description)
    }
}

impl Fault {
    pub(super) fn read(envelope: &Envelope<'_>, status: u16) -> Self {
        let parameter = |name: &str| envelope.parameters.as_ref()?.get(name)?.as_i64();
        Self {
            code: envelope.error_code.unwrap_or_else(|| i64::from(status)),
            description: keep(envelope.description.as_deref().unwrap_or_default()),
            retry_after: parameter("retry_after")
                .and_then(|seconds| u64::try_from(seconds).ok())
                .map(Duration::from_secs),
            migrated_to: parameter("migrate_to_chat_id").map(ChatId),
        }
    }

    /// The token is wrong, or was revoked: nothing will work until somebody changes it. A token of
    /// the wrong shape is a plain 404; one that is merely unknown to a method says more.
    #[must_use]
    pub fn is_token_refused(&self) -> bool {
        self.code == 401 || (self.code == 404 && self.description == "Not Found")
    }

    /// Somebody else polls with the same token.
    #[must_use]
    pub fn is_other_poller(&self) -> bool {
        self.code == 409 && self.says("terminated by other getupdates")
    }

    /// A webhook is set, or was set just now: updates go there.
    #[must_use]
    pub fn is_webhook_active(&self) -> bool {
        self.code == 409 && self.says("webhook")
    }

    /// The message reads so already, or is pinned already.
    #[must_use]
    pub fn is_not_modified(&self) -> bool {
        self.says("message is not modified") || self.says("chat_not_modified")
    }

    /// The message to change is gone, or no longer the bot's to change.
    #[must_use]
    pub fn is_message_gone(&self) -> bool {
        const WORDS: [&str; 6] = [
            "message to edit not found",
            "message to pin not found",
            "message to unpin not found",
            "message to delete not found",
            "message can't be edited",
            "message_id_invalid",
        ];
        self.code == 400 && self.says_one_of(&WORDS)
    }

    /// The message to answer is gone, in spite of the wish to be sent all the same.
    #[must_use]
    pub fn is_answered_message_gone(&self) -> bool {
        self.says_one_of(&[
            "message to be replied not found",
            "message to reply not found",
        ])
    }

    /// The forum topic is gone or closed.
    #[must_use]
    pub fn is_topic_shut(&self) -> bool {
        const WORDS: [&str; 4] = [
            "message thread not found",
            "topic_closed",
            "topic_deleted",
            "topic_id_invalid",
        ];
        self.says_one_of(&WORDS)
    }

    /// A press was answered too late, or its number is made up.
    #[must_use]
    pub fn is_press_expired(&self) -> bool {
        self.says("query is too old") || self.says("query_id_invalid")
    }

    pub(super) fn says(&self, words: &str) -> bool {
        self.description.to_ascii_lowercase().contains(words)
    }

    pub(super) fn says_one_of(&self, words: &[&str]) -> bool {
        words.iter().any(|words| self.says(words))
    }
}

/// A description without what it may quote of a message.
fn keep(description: &str) -> String {
    let lower = description.to_ascii_lowercase();
    let end = match lower.find(QUOTES_THE_MESSAGE) {
        Some(start) => start + QUOTES_THE_MESSAGE.len(),
        None => description.len(),
    };
    let kept = description.get(..end).unwrap_or_default();
    kept.chars().take(DESCRIPTION_LIMIT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_markup_is_not_quoted() {
        let words = "Bad Request: can't parse entities: Unsupported start tag \"room 7\" at 3";
        assert_eq!(keep(words), "Bad Request: can't parse entities");
    }

    #[test]
    fn parameters_of_another_shape_are_none() {
        let envelope = |parameters: serde_json::Value| Envelope {
            ok: false,
            result: None,
            error_code: None,
            description: None,
            parameters: Some(parameters),
        };
        let odd = serde_json::json!({"retry_after": "soon", "news": 1});
        let fault = Fault::read(&envelope(odd), 429);
        assert_eq!((fault.code, fault.retry_after), (429, None));
        let good = serde_json::json!({"retry_after": 7, "migrate_to_chat_id": -1001});
        let fault = Fault::read(&envelope(good), 429);
        assert_eq!(fault.retry_after, Some(Duration::from_secs(7)));
        assert_eq!(fault.migrated_to, Some(ChatId(-1001)));
    }
}
