//! Presses of inline buttons, and the toasts that answer them.

use chrono::{DateTime, TimeDelta, Utc};

use super::{ChatId, MessageId, PersonId};

/// How long Telegram waits for the answer to a press. Not published; 15 s is within what people
/// report.
pub(in crate::playground) const PRESS_LIFETIME: TimeDelta = TimeDelta::seconds(15);
/// Presses remembered, so that a demo left running stays small; the oldest go first.
pub(super) const PRESSES_KEPT: usize = 20_000;

/// One press.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PressId(pub i64);

impl PressId {
    /// The `id` of the callback query: an int64 in a string.
    pub(in crate::playground) fn query(self) -> String {
        (4_382_000_000_000_000_000 + self.0).to_string()
    }

    /// The press behind a `callback_query_id`; garbage is no press.
    pub(in crate::playground) fn of_query(query: &str) -> Option<Self> {
        let number: i64 = query.parse().ok()?;
        number.checked_sub(4_382_000_000_000_000_000).map(Self)
    }
}

/// What the presser sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// May be empty: then only the button stops spinning.
    pub text: String,
    /// A window to close, where a plain toast goes by itself.
    pub alert: bool,
}

/// A press and its fate.
#[derive(Debug, Clone)]
pub(in crate::playground) struct Press {
    pub(in crate::playground) person: PersonId,
    pub(in crate::playground) chat: ChatId,
    pub(in crate::playground) message: MessageId,
    pub(in crate::playground) data: String,
    /// What was written on the button, when there was one.
    pub(in crate::playground) label: Option<String>,
    pub(in crate::playground) at: DateTime<Utc>,
    /// The bot has fetched it.
    pub(in crate::playground) delivered: bool,
    pub(in crate::playground) answer: Option<Toast>,
}

impl Press {
    /// Too old to answer.
    pub(in crate::playground) fn is_expired(&self, now: DateTime<Utc>) -> bool {
        now - self.at > PRESS_LIFETIME
    }
}
