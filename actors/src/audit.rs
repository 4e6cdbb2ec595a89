//! What the desk knows of its own promise: every open critical incident that nobody has taken has a
//! call ahead, or has called somebody already. Looked at by whoever tells others how the desk does.

use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// How long the promise may stand broken until the desk counts as failing: what is missed is
/// repaired with the same look, so that the next one finds it whole.
const PATIENCE: TimeDelta = TimeDelta::seconds(30);

/// What was found last.
#[derive(Debug, Default)]
pub struct Audit {
    found: Mutex<Findings>,
}

/// What audits found so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Findings {
    /// When it was last looked.
    pub looked_at: Option<DateTime<Utc>>,
    /// When all was last well, or, while it never was, when that was first seen.
    pub well_at: Option<DateTime<Utc>>,
    /// How many incidents the last look found that would have called nobody.
    pub missed: u32,
    /// How many all looks of this run found.
    pub missed_in_all: u64,
}

impl Audit {
    /// What audits found so far.
    #[must_use]
    pub fn findings(&self) -> Findings {
        *self.found()
    }

    /// Whether the promise has stood broken for too long.
    #[must_use]
    pub fn fails(&self, now: DateTime<Utc>) -> bool {
        let found = self.findings();
        let lasts = found.well_at.map(|since| now - since);
        found.missed > 0 && lasts.is_some_and(|lasts| lasts > PATIENCE)
    }

    /// Notes what a look found.
    pub(crate) fn note(&self, now: DateTime<Utc>, missed: u32) {
        let mut found = self.found();
        found.looked_at = Some(now);
        if missed == 0 || found.well_at.is_none() {
            found.well_at = Some(now);
        }
        found.missed = missed;
        found.missed_in_all += u64::from(missed);
    }

    /// Plain numbers: whole whatever thread panicked.
    fn found(&self) -> MutexGuard<'_, Findings> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
