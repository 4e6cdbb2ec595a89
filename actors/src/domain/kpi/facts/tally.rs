//! Counts and durations while they are gathered.

use chrono::Duration;

use super::{CallFact, IncidentFact};
use crate::domain::kpi::{Figures, Times};

/// Figures in the making: counts stand in them already, times are still a heap of durations.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) counts: Figures,
    pub(super) responses: Heap,
    resolutions: Heap,
    holds: Heap,
    acknowledging: Heap,
}

/// Durations in milliseconds; those below nothing are only counted.
#[derive(Default)]
pub(super) struct Heap {
    possible: Vec<i64>,
    impossible: u32,
}

impl Tally {
    /// An incident was done.
    pub(super) fn done(&mut self, fact: &IncidentFact, at: i64) {
        self.resolutions.note(at - fact.opened_at);
        if fact.on_hold > 0 {
            self.holds.note(fact.on_hold);
        }
        if let Some(in_time) = fact.in_time {
            self.counts.with_target += 1;
            self.counts.within_target += u32::from(in_time);
        }
    }

    /// Something happened of a call.
    pub(super) fn called(&mut self, call: CallFact, at: i64) {
        match call {
            CallFact::Warned => self.counts.warnings += 1,
            CallFact::Called => self.counts.calls += 1,
            CallFact::Undelivered => self.counts.undelivered_calls += 1,
            CallFact::Acknowledged { called_at } => {
                self.counts.acknowledged += 1;
                if let Some(called_at) = called_at {
                    self.acknowledging.note(at - called_at);
                }
            }
        }
    }

    /// As they are shown.
    pub(super) fn figures(self) -> Figures {
        let heaps = [&self.responses, &self.resolutions, &self.acknowledging];
        let impossible = heaps.iter().map(|heap| heap.impossible).sum();
        let resolution = self.resolutions.times();
        Figures {
            done: resolution.map_or(0, |times| times.count),
            response: self.responses.times(),
            resolution,
            on_hold: self.holds.times(),
            acknowledging: self.acknowledging.times(),
            impossible,
            ..self.counts
        }
    }
}

impl Heap {
    pub(super) fn note(&mut self, milliseconds: i64) {
        match milliseconds < 0 {
            true => self.impossible += 1,
            false => self.possible.push(milliseconds),
        }
    }

    /// Mean, and median and 90th percentile by nearest rank.
    fn times(mut self) -> Option<Times> {
        let count = self.possible.len();
        let sum: i64 = self.possible.iter().sum();
        let mean = sum.checked_div(i64::try_from(count).ok()?)?;
        let mut rank = |tenths: usize| {
            let place = (count * tenths).div_ceil(10).checked_sub(1)?;
            let (_, found, _) = self.possible.select_nth_unstable(place);
            Some(Duration::milliseconds(*found))
        };
        Some(Times {
            count: u32::try_from(count).ok()?,
            mean: Duration::milliseconds(mean),
            median: rank(5)?,
            p90: rank(9)?,
        })
    }
}
