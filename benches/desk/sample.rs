//! Many measurements of one thing.

use std::time::Duration;

/// Durations, to be asked for their percentiles.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sample(Vec<Duration>);

impl Sample {
    /// Adds one.
    pub(crate) fn push(&mut self, duration: Duration) {
        self.0.push(duration);
    }

    /// Adds those of another.
    pub(crate) fn add(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// In milliseconds, the value that so many of a hundred do not exceed.
    pub(crate) fn percentile(&self, percent: usize) -> f64 {
        assert!(!self.0.is_empty(), "nothing was measured");
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let rank = (sorted.len() * percent).div_ceil(100).max(1);
        milliseconds(sorted[rank - 1])
    }

    /// In milliseconds, the largest.
    pub(crate) fn largest(&self) -> f64 {
        self.percentile(100)
    }
}

impl FromIterator<Duration> for Sample {
    fn from_iter<I: IntoIterator<Item = Duration>>(durations: I) -> Self {
        Self(durations.into_iter().collect())
    }
}

/// A duration in milliseconds.
pub(crate) fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}
