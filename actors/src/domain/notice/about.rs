//! What goes with something that is said.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// How late something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Late {
    /// When it was due.
    pub due: DateTime<Utc>,
    /// Minutes for which the desk was down then, if it was.
    pub absent_minutes: Option<i64>,
}

/// A role that managers give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Directs, receives escalations and reports, configures.
    Manager,
    /// Directs.
    Dispatcher,
}
