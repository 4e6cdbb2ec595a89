//! The port to the triage model, by role. What goes through it is masked; what comes back is an
//! opinion that nobody believes yet.

use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::domain::triage::Exchange;
use crate::domain::{CompanyId, IncidentId, Language, Opinion};

/// Looks through reports.
#[async_trait]
pub trait Analyst: Send + Sync + 'static {
    /// Says what it thinks of a report, and what that cost.
    async fn assess(&self, inquiry: &Inquiry) -> Reply;

    /// The model's name and the version of what it is told, for the record.
    fn identity(&self) -> Identity;

    /// What one call may cost at most, in millionths of the price table's currency.
    fn dearest_call(&self) -> u64;
}

/// Which model answers, and what it was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The model's name.
    pub model: String,
    /// The version of the prompt.
    pub prompt: String,
}

/// A report, as the model may see it: private numbers and addresses are masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inquiry {
    /// The reporter's words.
    pub text: String,
    /// The first photo.
    pub picture: Option<Picture>,
    /// What was asked and answered.
    pub dialogue: Vec<Exchange>,
    /// How many questions may still be asked.
    pub questions_left: u8,
    /// The names of the group's departments.
    pub departments: Vec<String>,
    /// Where things happened in the group lately, as they were called.
    pub places: Vec<String>,
    /// Open incidents of the group, in a few words each.
    pub open: Vec<String>,
    /// The group's language.
    pub language: Language,
}

/// A photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// What kind of image, as an Internet media type.
    pub media_type: &'static str,
    /// It.
    pub bytes: Vec<u8>,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The opinion, or why there is none.
    pub opinion: Result<Opinion, AnalystError>,
    /// What it took.
    pub usage: Usage,
    /// What the service calls this exchange, for questions to it.
    pub request: Option<String>,
}

/// What a call took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Tokens read.
    pub input_tokens: u64,
    /// Tokens written.
    pub output_tokens: u64,
    /// The cost, in millionths of the price table's currency.
    pub micros: u64,
}

/// Why there is no opinion, by what to do next.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnalystError {
    /// Wait that long, then ask again.
    #[error("told to wait {0:?}")]
    RetryAfter(Duration),
    /// A passing fault: ask again a little later.
    #[error("passing fault: {reason}")]
    Transient {
        /// What happened.
        reason: String,
    },
    /// It will not work until somebody changes something.
    #[error("refused for good: {reason}")]
    Permanent {
        /// In the service's words.
        reason: String,
    },
    /// The model will not talk about this report.
    #[error("the model declined")]
    Refused,
    /// The answer was cut off, or is not of the agreed form.
    #[error("the answer is malformed: {reason}")]
    Malformed {
        /// How.
        reason: String,
    },
    /// The account may spend no more: asking again is no use today.
    #[error("the account may spend no more")]
    SpendLimit,
}

impl AnalystError {
    /// Its name in the store and in logs.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::RetryAfter(_) => "limited",
            Self::Transient { .. } => "transient",
            Self::Permanent { .. } => "permanent",
            Self::Refused => "refused",
            Self::Malformed { .. } => "malformed",
            Self::SpendLimit => "spend_limit",
        }
    }

    /// Whether it speaks of the service rather than of this one report.
    #[must_use]
    pub fn is_of_the_service(&self) -> bool {
        !matches!(self, Self::Refused | Self::Malformed { .. })
    }
}

/// One call, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnalystCall {
    /// Whose budget.
    pub company: CompanyId,
    /// About which incident.
    pub incident: IncidentId,
    /// When it was made.
    pub at: DateTime<Utc>,
    /// Which model, told what.
    pub identity: Identity,
    /// `ok`, `stale`, or the error's name.
    pub outcome: &'static str,
    /// What it took.
    pub usage: Usage,
    /// How long it took, in milliseconds.
    pub millis: i64,
    /// What the service calls it.
    pub request: Option<String>,
}

/// What a company has spent since some moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Spent {
    /// Calls.
    pub calls: u64,
    /// Money, in millionths of the price table's currency.
    pub micros: u64,
}

/// What may be spent and waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TriageLimits {
    /// Calls a company may make a day.
    pub daily_calls: u64,
    /// Money a company may spend a day, in millionths of the price table's currency.
    pub daily_micros: u64,
    /// How long one call may take.
    pub call: Duration,
}

impl Default for TriageLimits {
    /// 500 reports of a busy hotel a day, at what the smallest model takes for them.
    fn default() -> Self {
        Self {
            daily_calls: 500,
            daily_micros: 1_000_000,
            call: Duration::from_secs(20),
        }
    }
}
