//! Whether the database does its work. When it does not, everybody who needs it fails, many times
//! a second; the log says once that it began and once that it is over.

use std::error::Error;
use std::sync::atomic::{AtomicU64, Ordering};

use super::fault::Fault;

/// How one kind of work goes: reading goes on where writing cannot, for instance on a full disk.
pub(super) struct Health {
    work: &'static str,
    failures: AtomicU64,
}

impl Health {
    /// Of that kind of work, which goes well so far.
    pub(super) fn of(work: &'static str) -> Self {
        Self {
            work,
            failures: AtomicU64::new(0),
        }
    }

    /// Takes note of how it went.
    pub(super) fn note(&self, failed: Option<&Fault>) {
        match failed.filter(|fault| fault.is_away()) {
            Some(fault) => {
                if self.failures.fetch_add(1, Ordering::Relaxed) == 0 {
                    tracing::error!(
                        work = self.work,
                        error = fault as &dyn Error,
                        "the database does not work; nothing is acknowledged until it does"
                    );
                }
            }
            None => {
                let failures = self.failures.swap(0, Ordering::Relaxed);
                if failures > 0 {
                    tracing::info!(work = self.work, failures, "the database works again");
                }
            }
        }
    }
}
