//! Whether the database does its work. When it does not, everybody who needs it fails, many times
//! a second; the log says once that it began and once that it is over.

use std::error::Error;
use std::sync::atomic::{AtomicU64, Ordering};

use super::fault::Fault;

/// How one kind of work goes: reading goes on where writing cannot, for instance on a full disk.
pub(super) struct Health {
    work: &'static str,
    successes: AtomicU64,
    failures: AtomicU64,
}

/// When some work began, told by what had succeeded until then.
#[derive(Debug, Clone, Copy)]
pub(super) struct Begun(u64);

impl Health {
    /// Of that kind of work, which goes well so far.
    pub(super) fn of(work: &'static str) -> Self {
        Self {
            work,
            successes: AtomicU64::new(0),
            failures: AtomicU64::new(0),
        }
    }

    /// Some work begins.
    pub(super) fn begin(&self) -> Begun {
        Begun(self.successes.load(Ordering::Relaxed))
    }

    /// Takes note of how it went. What has waited in vain since before others succeeded says
    /// nothing of how things are.
    pub(super) fn note(&self, begun: Begun, failed: Option<&Fault>) {
        let Some(fault) = failed.filter(|fault| fault.is_away()) else {
            self.successes.fetch_add(1, Ordering::Relaxed);
            let failures = self.failures.swap(0, Ordering::Relaxed);
            if failures > 0 {
                tracing::info!(work = self.work, failures, "the database works again");
            }
            return;
        };
        if self.successes.load(Ordering::Relaxed) > begun.0 {
            tracing::debug!(
                work = self.work,
                error = fault as &dyn Error,
                "waited in vain"
            );
        } else if self.failures.fetch_add(1, Ordering::Relaxed) == 0 {
            tracing::error!(
                work = self.work,
                error = fault as &dyn Error,
                "the database does not work; nothing is acknowledged until it does"
            );
        }
    }
}
