//! What a group waits for, as deadlines are what an incident waits for. An item is a stored row; it
//! fires once, and whoever handles it stores with what follows when it is due again, if ever.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What an item of a group's agenda is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgendaKind {
    /// A member's shift starts: the digest of open unclaimed work.
    ShiftStart,
    /// A member's shift is about to end.
    ShiftEnding,
    /// A scheduled report.
    Report,
    /// A recurring incident.
    Recurring,
    /// A report that waits for its reporter's word becomes an incident.
    Draft,
}

/// A moment at which a group wants to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgendaItem {
    /// What for.
    pub kind: AgendaKind,
    /// Which of that kind within the group: the number of a row that says more.
    pub subject: i64,
    /// When.
    pub due: DateTime<Utc>,
}
