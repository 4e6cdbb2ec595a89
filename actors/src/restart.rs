//! How often something may fall over before it is left lying: pure, so that it can be tested.

use std::collections::VecDeque;

use chrono::{DateTime, Duration, Utc};

/// How many restarts within [`WINDOW`] are put up with. A passing fault needs one or two; more
/// means that the cause sits in the stored state or the message, where restarting cannot help.
pub const RESTART_LIMIT: usize = 5;

/// The time over which restarts are counted.
pub const WINDOW: Duration = Duration::seconds(60);

/// The wait before a second restart within the window; it doubles with each further one. The
/// first is immediate, because somebody waits for an answer.
pub const FIRST_BACKOFF: Duration = Duration::milliseconds(100);

/// What to do after a fall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// Start it again after this wait.
    Restart {
        /// The wait.
        after: Duration,
    },
    /// Leave it lying.
    GiveUp,
}

/// The recent falls of one actor.
#[derive(Debug, Default, Clone)]
pub struct RestartWindow {
    falls: VecDeque<DateTime<Utc>>,
}

impl RestartWindow {
    /// Counts a fall and says what to do about it.
    pub fn fell(&mut self, now: DateTime<Utc>) -> Advice {
        self.forget_old(now);
        self.falls.push_back(now);
        if self.falls.len() > RESTART_LIMIT {
            return Advice::GiveUp;
        }
        let after = match self.falls.len() {
            0 | 1 => Duration::zero(),
            falls => FIRST_BACKOFF * (1 << (falls - 2).min(RESTART_LIMIT)),
        };
        Advice::Restart { after }
    }

    /// How many falls the window holds.
    #[must_use]
    pub fn count(&self) -> usize {
        self.falls.len()
    }

    /// Whether everything in the window is long past.
    #[must_use]
    pub fn is_calm(&self, now: DateTime<Utc>) -> bool {
        self.falls.back().is_none_or(|last| now - *last > WINDOW)
    }

    fn forget_old(&mut self, now: DateTime<Utc>) {
        while self.falls.front().is_some_and(|fall| now - *fall > WINDOW) {
            self.falls.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + second, 0).expect("a moment")
    }

    #[test]
    fn the_first_restart_is_immediate_and_the_next_ones_wait_longer_each_time() {
        let mut window = RestartWindow::default();
        let waits: Vec<_> = (0..RESTART_LIMIT).map(|_| window.fell(second(0))).collect();
        let expected: Vec<_> = [0, 100, 200, 400, 800]
            .into_iter()
            .map(|wait| Advice::Restart {
                after: Duration::milliseconds(wait),
            })
            .collect();
        assert_eq!(waits, expected);
    }

    #[test]
    fn one_fall_too_many_within_the_window_is_given_up() {
        let mut window = RestartWindow::default();
        for fall in 0..5 {
            assert_ne!(window.fell(second(fall)), Advice::GiveUp);
        }
        assert_eq!(window.fell(second(59)), Advice::GiveUp);
    }

    #[test]
    fn falls_that_lie_far_apart_are_always_put_up_with() {
        let mut window = RestartWindow::default();
        for fall in 0..100 {
            let advice = window.fell(second(fall * 13));
            assert!(matches!(advice, Advice::Restart { .. }), "fall {fall}");
        }
    }
}
