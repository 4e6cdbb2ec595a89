//! The only place that reads the machine's clocks: everything else is told the time.

mod steady;

use std::sync::atomic::{AtomicI64, Ordering};

use actors::ports::Clock;
use chrono::{DateTime, TimeDelta, Utc};

pub use steady::SteadyClock;

/// The machine's wall clock.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods)] // the one place that may
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// The machine's clock, moved forward by hand: the demo's visitor need not wait ten minutes for a
/// reminder.
#[derive(Debug, Default)]
pub struct ShiftedClock {
    ahead_milliseconds: AtomicI64,
}

impl ShiftedClock {
    /// A clock that is so far behind, and can be moved on from there.
    #[must_use]
    pub fn behind(by: TimeDelta) -> Self {
        Self {
            ahead_milliseconds: AtomicI64::new(-by.num_milliseconds()),
        }
    }

    /// Moves the clock on. Going back is not possible: a negative step counts as none.
    pub fn advance(&self, step: TimeDelta) {
        self.ahead_milliseconds
            .fetch_add(step.num_milliseconds().max(0), Ordering::SeqCst);
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> DateTime<Utc> {
        let ahead = TimeDelta::milliseconds(self.ahead_milliseconds.load(Ordering::SeqCst));
        SystemClock.now() + ahead
    }
}
