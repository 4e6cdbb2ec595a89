//! A clock that is not set while the desk runs.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use actors::ports::Clock;
use chrono::{DateTime, TimeDelta, Utc};
use rustix::time::{ClockId, clock_gettime};

use super::SystemClock;

/// Further than that the wall clock was set, by hand or by a time service; less is how time
/// services keep it right, and is followed.
const STEP: TimeDelta = TimeDelta::seconds(2);

/// Counts from when the machine was switched on, whether it is awake or asleep, and nobody can set
/// it (clock_gettime(2)); where there is no such clock, the one that comes closest.
#[cfg(target_os = "linux")]
const SINCE_START: ClockId = ClockId::Boottime;
#[cfg(not(target_os = "linux"))]
const SINCE_START: ClockId = ClockId::Monotonic;

/// The machine's wall clock as it was when the desk started, and going on from there. Were it to
/// follow when the wall clock is set an hour ahead, everything that is due within that hour would be
/// due at once, and people would be called who had time; set back, nobody would be called for an
/// hour. An operator is told, and a restart takes the new time over.
pub struct SteadyClock {
    read: Box<dyn Fn() -> Reading + Send + Sync>,
    last: Mutex<Last>,
}

/// Both clocks at one moment.
#[derive(Debug, Clone, Copy)]
struct Reading {
    wall: DateTime<Utc>,
    /// Since the machine was switched on.
    running: TimeDelta,
}

/// What is remembered from one reading to the next.
#[derive(Debug, Clone, Copy)]
struct Last {
    /// The last reading of a wall clock that nobody had set.
    believed: Reading,
    /// How far it is ahead since somebody has.
    set_ahead: Option<TimeDelta>,
}

impl SteadyClock {
    /// The clock of this machine.
    #[must_use]
    pub fn of_machine() -> Self {
        Self::reading(|| {
            let running = clock_gettime(SINCE_START);
            let nanoseconds = u32::try_from(running.tv_nsec).unwrap_or_default();
            Reading {
                wall: SystemClock.now(),
                running: TimeDelta::new(running.tv_sec, nanoseconds).unwrap_or_default(),
            }
        })
    }

    fn reading(read: impl Fn() -> Reading + Send + Sync + 'static) -> Self {
        let last = Mutex::new(Last {
            believed: read(),
            set_ahead: None,
        });
        let read = Box::new(read);
        Self { read, last }
    }
}

impl Clock for SteadyClock {
    fn now(&self) -> DateTime<Utc> {
        // Numbers are whole whatever thread panicked. The clocks are read while nobody else reads
        // them, or an earlier reading might be taken for a later one.
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let reading = (self.read)();
        let steady = last.believed.wall + (reading.running - last.believed.running);
        let ahead = reading.wall - steady;
        let before = last.set_ahead;
        if ahead.abs() > STEP {
            last.set_ahead = Some(ahead);
        } else {
            last.believed = reading;
            last.set_ahead = None;
        }
        let after = last.set_ahead;
        drop(last);
        tell(before, after);
        match after {
            Some(_) => steady,
            None => reading.wall,
        }
    }

    fn set_ahead(&self) -> Option<TimeDelta> {
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        last.set_ahead
    }
}

impl fmt::Debug for SteadyClock {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SteadyClock")
            .finish_non_exhaustive()
    }
}

/// Tells an operator, once for each time that the wall clock is set.
fn tell(before: Option<TimeDelta>, after: Option<TimeDelta>) {
    match (before, after) {
        (None, None) => {}
        (Some(_), None) => tracing::info!("the machine's clock agrees with the desk's again"),
        (Some(before), Some(after)) if (after - before).abs() <= STEP => {}
        (_, Some(ahead)) => tracing::warn!(
            set_ahead_seconds = ahead.as_seconds_f64().round(),
            "the machine's clock was set; the desk goes on by its own, so that nobody is called \
             early or late because of that. Restart it to take the new time over"
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    /// A machine whose clocks are moved by hand.
    #[derive(Clone)]
    struct Machine(Arc<Mutex<Reading>>);

    impl Machine {
        fn new() -> (Self, SteadyClock) {
            let machine = Self(Arc::new(Mutex::new(Reading {
                wall: DateTime::from_timestamp(1_800_000_000, 0).unwrap(),
                running: TimeDelta::hours(1),
            })));
            let read = machine.clone();
            let clock = SteadyClock::reading(move || *read.0.lock().unwrap());
            (machine, clock)
        }

        fn passes(&self, time: TimeDelta) {
            let mut reading = self.0.lock().unwrap();
            reading.wall += time;
            reading.running += time;
        }

        fn is_set(&self, ahead: TimeDelta) {
            self.0.lock().unwrap().wall += ahead;
        }
    }

    #[test]
    fn time_passes_while_the_machine_is_awake_and_while_it_sleeps() {
        let (machine, clock) = Machine::new();
        for passed in [TimeDelta::milliseconds(1), TimeDelta::hours(8)] {
            let before = clock.now();
            machine.passes(passed);
            assert_eq!(clock.now() - before, passed);
        }
        assert_eq!(clock.set_ahead(), None);
    }

    #[test]
    fn no_setting_of_the_wall_clock_moves_it() {
        let steps = [
            TimeDelta::hours(1),
            TimeDelta::hours(-1),
            TimeDelta::days(1),
            TimeDelta::days(-1),
            TimeDelta::milliseconds(2_001),
        ];
        for step in steps {
            let (machine, clock) = Machine::new();
            let before = clock.now();
            machine.is_set(step);
            machine.passes(TimeDelta::seconds(1));
            assert_eq!(clock.now() - before, TimeDelta::seconds(1), "{step}");
            assert_eq!(clock.set_ahead(), Some(step));
            machine.passes(TimeDelta::days(20));
            let passed = TimeDelta::days(20) + TimeDelta::seconds(1);
            assert_eq!(clock.now() - before, passed, "{step}");
            machine.is_set(-step);
            assert_eq!(clock.now() - before, passed, "{step}");
            assert_eq!(clock.set_ahead(), None, "{step}");
        }
    }

    #[test]
    fn what_a_time_service_corrects_is_followed() {
        let (machine, clock) = Machine::new();
        let before = clock.now();
        for _ in 0..100 {
            machine.is_set(TimeDelta::milliseconds(150));
            machine.passes(TimeDelta::seconds(1));
            clock.now();
        }
        assert_eq!(clock.now() - before, TimeDelta::seconds(115));
        assert_eq!(clock.set_ahead(), None);
    }
}
