//! What the bot asked for, and which of Telegram's rules it broke.
//!
//! Telegram forgives most of these most of the time, so a test that only watches answers would
//! never see them.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use super::{ChatId, PressId};

/// Calls remembered; the oldest go first.
const CALLS_KEPT: usize = 20_000;
/// Violations remembered: past this many, more of them tell nothing new.
const VIOLATIONS_KEPT: usize = 1_000;
/// Sends, edits and pins a minute in one group.
const GROUP_LIMIT: usize = 20;
/// Sends, edits and pins a second overall.
const OVERALL_LIMIT: usize = 30;
/// A private chat takes one a second for long, and more in a burst: this many in this time.
const PRIVATE_LIMIT: (usize, TimeDelta) = (20, TimeDelta::seconds(15));

/// One call of a Bot API method.
#[derive(Debug, Clone)]
pub struct Call {
    /// When it came, by the playground's clock.
    pub at: DateTime<Utc>,
    /// The method as in Telegram's documentation, whatever case it was called in.
    pub method: String,
    /// Its parameters; files are replaced by their names.
    pub parameters: Value,
    /// The HTTP status of the answer.
    pub status: u16,
    /// The answer.
    pub answer: Value,
}

/// A rule of Telegram that the bot broke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Violation {
    /// A parameter the method does not have; Telegram ignores it in silence.
    UnknownParameter {
        /// The method.
        method: String,
        /// The parameter.
        parameter: String,
    },
    /// More than 20 sends, edits and pins a minute in one group.
    GroupTooFast(ChatId),
    /// More than one message a second, for long, in a private chat.
    PrivateTooFast(ChatId),
    /// More than 30 sends, edits and pins a second.
    OverallTooFast,
    /// A call while told to wait: for that chat, or, where the refused call named none, of that
    /// method, or with words for any chat.
    CalledWhileToldToWait {
        /// The method.
        method: String,
        /// The chat, where the call named one.
        chat: Option<ChatId>,
    },
    /// A press that the bot fetched and never answered.
    PressNeverAnswered(PressId),
    /// A toast longer than Telegram shows.
    ToastTooLong(PressId),
}

impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownParameter { method, parameter } => {
                write!(formatter, "{method} has no parameter {parameter}")
            }
            Self::GroupTooFast(chat) => {
                write!(
                    formatter,
                    "more than {GROUP_LIMIT} sends and edits a minute in {chat}"
                )
            }
            Self::PrivateTooFast(chat) => {
                write!(formatter, "more than a message a second for long in {chat}")
            }
            Self::OverallTooFast => {
                write!(
                    formatter,
                    "more than {OVERALL_LIMIT} sends and edits a second"
                )
            }
            Self::CalledWhileToldToWait { method, chat } => {
                write!(formatter, "{method} during a retry_after (chat {chat:?})")
            }
            Self::PressNeverAnswered(press) => {
                write!(formatter, "press {} was never answered", press.0)
            }
            Self::ToastTooLong(press) => {
                write!(
                    formatter,
                    "the toast for press {} is over 200 characters",
                    press.0
                )
            }
        }
    }
}

/// For what a bot was told to wait.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Scope {
    /// Calls that write to that chat.
    Chat(ChatId),
    /// Calls of a method that names no chat.
    Method(String),
    /// Questions of a method about that chat: what writes has limits of its own.
    Question(String, ChatId),
    /// Calls for any chat: a call that names none was refused.
    EveryChat,
}

impl Scope {
    fn of(method: &str, chat: Option<ChatId>) -> Self {
        match chat {
            Some(chat) if method.starts_with("get") => Self::Question(method.to_owned(), chat),
            Some(chat) => Self::Chat(chat),
            None => Self::Method(method.to_owned()),
        }
    }
}

/// The book of calls and violations.
#[derive(Debug, Default)]
pub(in crate::playground) struct Audit {
    calls: VecDeque<Call>,
    /// Also counts those that are forgotten.
    made: u64,
    violations: Vec<Violation>,
    writes: VecDeque<(DateTime<Utc>, ChatId)>,
    told_to_wait: BTreeMap<Scope, DateTime<Utc>>,
}

impl Audit {
    pub(in crate::playground) fn record(&mut self, call: Call) {
        self.made += 1;
        self.calls.push_back(call);
        if self.calls.len() > CALLS_KEPT {
            self.calls.pop_front();
        }
    }

    pub(in crate::playground) fn blame(&mut self, violation: Violation) {
        if self.violations.len() < VIOLATIONS_KEPT && !self.violations.contains(&violation) {
            self.violations.push(violation);
        }
    }

    pub(in crate::playground) fn calls(&self) -> Vec<Call> {
        self.calls.iter().cloned().collect()
    }

    /// Those that came after so many; of the oldest nothing may be left.
    pub(in crate::playground) fn calls_since(&self, made: u64) -> Vec<Call> {
        let forgotten = self.made.saturating_sub(self.calls.len() as u64);
        let skipped = usize::try_from(made.saturating_sub(forgotten)).unwrap_or(usize::MAX);
        self.calls.iter().skip(skipped).cloned().collect()
    }

    pub(in crate::playground) fn made(&self) -> u64 {
        self.made
    }

    pub(in crate::playground) fn violations(&self) -> &[Violation] {
        &self.violations
    }

    /// Counts a send, edit or pin against Telegram's limits.
    pub(super) fn wrote(&mut self, chat: ChatId, private: bool, now: DateTime<Utc>) {
        self.writes.push_back((now, chat));
        while self
            .writes
            .front()
            .is_some_and(|(at, _)| now - *at >= TimeDelta::minutes(1))
        {
            self.writes.pop_front();
        }
        if self.writes_within(TimeDelta::seconds(1), now, None) > OVERALL_LIMIT {
            self.blame(Violation::OverallTooFast);
        }
        let (limit, window) = if private {
            PRIVATE_LIMIT
        } else {
            (GROUP_LIMIT, TimeDelta::minutes(1))
        };
        if self.writes_within(window, now, Some(chat)) > limit {
            self.blame(if private {
                Violation::PrivateTooFast(chat)
            } else {
                Violation::GroupTooFast(chat)
            });
        }
    }

    fn writes_within(&self, window: TimeDelta, now: DateTime<Utc>, chat: Option<ChatId>) -> usize {
        self.writes
            .iter()
            .filter(|(at, to)| now - *at < window && chat.is_none_or(|chat| chat == *to))
            .count()
    }

    /// Remembers a 429.
    pub(in crate::playground) fn told_to_wait(
        &mut self,
        method: &str,
        chat: Option<ChatId>,
        until: DateTime<Utc>,
    ) {
        let mut scopes = vec![Scope::of(method, chat)];
        if chat.is_none() {
            scopes.push(Scope::EveryChat);
        }
        for scope in scopes {
            self.told_to_wait.insert(scope, until);
        }
    }

    /// Blames a call that came before its time.
    pub(in crate::playground) fn check_patience(
        &mut self,
        method: &str,
        chat: Option<ChatId>,
        now: DateTime<Utc>,
    ) {
        let mut scopes = vec![Scope::of(method, chat)];
        if let Some(Scope::Chat(_)) = scopes.first() {
            scopes.push(Scope::EveryChat);
        }
        let waits = |scope| {
            self.told_to_wait
                .get(scope)
                .is_some_and(|until| now < *until)
        };
        if scopes.iter().any(waits) {
            self.blame(Violation::CalledWhileToldToWait {
                method: method.to_owned(),
                chat,
            });
        }
    }
}
