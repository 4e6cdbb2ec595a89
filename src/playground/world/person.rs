//! People, and the bot, who is one of them.

use std::fmt;

/// A Telegram account. Many are larger than 32 bits hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub i64);

impl fmt::Display for PersonId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// An account and what the bot may do with it.
#[derive(Debug, Clone)]
pub(in crate::playground) struct Person {
    pub(in crate::playground) first_name: String,
    pub(in crate::playground) last_name: Option<String>,
    pub(in crate::playground) username: Option<String>,
    pub(in crate::playground) language_code: Option<String>,
    pub(in crate::playground) is_bot: bool,
    /// Pressed Start: only then may the bot write first.
    pub(in crate::playground) started: bool,
    pub(in crate::playground) blocked_bot: bool,
    pub(in crate::playground) deactivated: bool,
    /// The bot has seen this account in an update; others do not exist for it.
    pub(in crate::playground) met: bool,
    /// One of the race's crowd: the page does not offer to play this one.
    pub(in crate::playground) extra: bool,
    /// In which order people came.
    pub(in crate::playground) number: i64,
}

impl Person {
    pub(super) fn bot(name: &str, username: &str) -> Self {
        Self {
            username: Some(username.to_owned()),
            is_bot: true,
            met: true,
            ..Self::named(name)
        }
    }

    pub(in crate::playground) fn named(first_name: &str) -> Self {
        Self {
            first_name: first_name.to_owned(),
            last_name: None,
            username: None,
            language_code: Some("en".to_owned()),
            is_bot: false,
            started: false,
            blocked_bot: false,
            deactivated: false,
            met: false,
            extra: false,
            number: 0,
        }
    }

    pub(in crate::playground) fn full_name(&self) -> String {
        match &self.last_name {
            Some(last) => format!("{} {last}", self.first_name),
            None => self.first_name.clone(),
        }
    }
}
