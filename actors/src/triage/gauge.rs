//! What can be seen of triage from outside: counters and the breaker's position, for health and
//! metrics. It carries nothing that anybody decides by.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use super::breaker::Position;

/// What can be seen of triage, of this run.
#[derive(Debug, Default)]
pub struct Gauge(Mutex<Reading>);

/// What a look at the gauge shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// Where the breaker stands; nothing where there is no model.
    pub breaker: Option<Position>,
    /// How often it moved.
    pub moves: u64,
    /// Calls that have ended, by how. There are as many names as outcomes.
    pub calls: BTreeMap<&'static str, u64>,
    /// What they cost, in millionths of the price table's currency.
    pub micros: u64,
    /// Calls that are under way.
    pub under_way: usize,
}

impl Gauge {
    /// How it stands now.
    #[must_use]
    pub fn reading(&self) -> Reading {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Where the breaker stands, and how many calls are under way.
    pub(super) fn stands(&self, breaker: Option<Position>, under_way: usize) {
        let mut reading = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let moved = reading.breaker.is_some() && reading.breaker != breaker;
        reading.moves += u64::from(moved);
        reading.breaker = breaker;
        reading.under_way = under_way;
    }

    /// A call has ended.
    pub(super) fn ended(&self, outcome: &'static str, micros: u64) {
        let mut reading = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *reading.calls.entry(outcome).or_default() += 1;
        reading.micros = reading.micros.saturating_add(micros);
    }
}
