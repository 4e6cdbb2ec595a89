//! A clock that stands still until it is moved.

use std::sync::Mutex;

use chrono::{DateTime, TimeDelta, Utc};

use crate::ports::Clock;

/// A clock that stands still until it is moved, in either direction.
#[derive(Debug)]
pub struct ManualClock {
    now: Mutex<DateTime<Utc>>,
}

impl ManualClock {
    /// A clock that shows this moment.
    #[must_use]
    pub fn at(now: DateTime<Utc>) -> Self {
        Self {
            now: Mutex::new(now),
        }
    }

    /// Moves it on; back, if the step is negative.
    pub fn advance(&self, step: TimeDelta) {
        *self.now.lock().unwrap() += step;
    }

    /// Sets it.
    pub fn set(&self, now: DateTime<Utc>) {
        *self.now.lock().unwrap() = now;
    }
}

impl Clock for ManualClock {
    fn now(&self) -> DateTime<Utc> {
        *self.now.lock().unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stands_still_until_it_is_moved() {
        let clock = ManualClock::at(DateTime::UNIX_EPOCH);
        assert_eq!(clock.now(), DateTime::UNIX_EPOCH);
        clock.advance(TimeDelta::minutes(10));
        clock.advance(TimeDelta::minutes(-4));
        assert_eq!(clock.now(), DateTime::UNIX_EPOCH + TimeDelta::minutes(6));
    }
}
