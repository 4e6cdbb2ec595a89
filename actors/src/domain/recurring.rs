//! Planned work: what comes again each week at its time, by the clock on the group's wall.

mod words;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::calendar::{Days, next_local};
use super::id::{DepartmentId, GroupId, IncidentId, PersonId, RecurringId};
use super::incident::Incident;

pub use words::{BadRule, rule_of_words};

/// How long the words of a rule may be, in characters: a card shows them whole.
pub const TEXT_LIMIT: usize = 500;

/// How many rules a group may have: a page shows them all, with their buttons.
pub const RULES_LIMIT: usize = 20;

/// What comes again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// On which days of the week.
    pub days: Days,
    /// When: minutes of the day.
    pub minute: u16,
    /// Whose it is, if that was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<DepartmentId>,
    /// What is to be done.
    pub text: String,
    /// What happens while the last one is still open.
    pub overlap: Overlap,
}

/// What happens at its time while the last one is still open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Overlap {
    /// Nothing: the next one comes when there is none.
    #[default]
    Skip,
    /// Another one comes.
    Stack,
}

/// A rule of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recurring {
    /// Which.
    pub id: RecurringId,
    /// Whose.
    pub group: GroupId,
    /// What comes again, and when.
    pub rule: Rule,
    /// Who set it up: they are the reporter of what comes of it.
    pub by: PersonId,
    /// What last came of it.
    pub last: Option<IncidentId>,
}

impl Rule {
    /// When it comes next after a moment. A time that is skipped in spring comes when clocks are
    /// put forward, one that comes twice in autumn comes once.
    #[must_use]
    pub fn next_after(&self, zone: Tz, after: DateTime<Utc>) -> DateTime<Utc> {
        next_local(zone, self.days, self.minute, after).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    /// Whether it is left out this time, the last one being as it is.
    #[must_use]
    pub fn is_left_out(&self, last: Option<&Incident>) -> bool {
        self.overlap == Overlap::Skip && last.is_some_and(Incident::is_open)
    }
}
