//! Keeps the desk from asking a model that does not answer. Pure: the moment comes as an argument.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

/// How many failures in a row open it: one may be chance, and three in a row rarely are.
const FAILURES: u32 = 3;

/// How long it stays open before one call tries again: while it is open at most one call is made in
/// 30 seconds.
const PAUSE: TimeDelta = TimeDelta::seconds(30);

/// How long it stays open at most, whatever the service asks for: somebody may have paid meanwhile.
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(1);

/// The breaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Breaker {
    failures: u32,
    /// Until when nothing is asked, while it is open.
    until: Option<DateTime<Utc>>,
    /// Whether the one call that tries is under way.
    trying: bool,
}

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// Calls go through.
    Closed,
    /// None does.
    Open,
    /// One tries.
    HalfOpen,
}

impl Position {
    /// Its name in logs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::Open => "open",
            Self::HalfOpen => "half open",
        }
    }
}

impl Breaker {
    /// Where it stands.
    #[must_use]
    pub fn position(&self) -> Position {
        match (self.until, self.trying) {
            (None, _) => Position::Closed,
            (Some(_), true) => Position::HalfOpen,
            (Some(_), false) => Position::Open,
        }
    }

    /// Whether a call may be made now; a call that may must be made.
    pub fn admit(&mut self, now: DateTime<Utc>) -> bool {
        match self.until {
            None => true,
            Some(until) if now >= until && !self.trying => {
                self.trying = true;
                true
            }
            Some(_) => false,
        }
    }

    /// The service answered.
    pub fn succeeded(&mut self) {
        *self = Self::default();
    }

    /// The service failed; `wait` is what it asks for, and opens at once.
    pub fn failed(&mut self, now: DateTime<Utc>, wait: Option<Duration>) {
        self.failures = self.failures.saturating_add(1);
        let asked = wait.and_then(|wait| TimeDelta::from_std(wait).ok());
        if self.failures >= FAILURES || self.until.is_some() || asked.is_some() {
            let pause = asked.unwrap_or(PAUSE).clamp(PAUSE, LONGEST_PAUSE);
            self.until = Some(now + pause);
            self.trying = false;
        }
    }
}
