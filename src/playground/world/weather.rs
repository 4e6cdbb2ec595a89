//! Bad weather: faults that a test or the page switches on.

use chrono::{DateTime, Utc};

/// How a call goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// 429 with this many seconds to wait; nothing is done.
    TooManyRequests(i64),
    /// 500 as Telegram writes it; nothing is done.
    ServerError,
    /// 502 with a page of HTML, as a proxy writes it; nothing is done.
    BadGateway,
    /// No answer until the caller gives up; nothing is done.
    Hang,
    /// It is done, and the connection breaks before the answer is out.
    ReplyLost,
}

/// A fault that waits for its calls.
#[derive(Debug, Clone)]
struct Pending {
    /// Lowercase; none is any method but `getUpdates`, which has faults of its own name.
    method: Option<String>,
    left: u32,
    fault: Fault,
}

/// All that is switched on.
#[derive(Debug, Default)]
pub(in crate::playground) struct Weather {
    pending: Vec<Pending>,
    /// Every call gets a 502 until then.
    pub(in crate::playground) down_until: Option<DateTime<Utc>>,
    /// Every update is queued twice under one id.
    pub(in crate::playground) duplicate_updates: bool,
    /// Every press arrives twice, as when Telegram's app sends it again.
    pub(in crate::playground) duplicate_presses: bool,
}

impl Weather {
    /// The next `times` calls of `method` (or of any but `getUpdates`) go wrong.
    pub(in crate::playground) fn fail_next(
        &mut self,
        method: Option<&str>,
        times: u32,
        fault: Fault,
    ) {
        let method = method.map(str::to_ascii_lowercase);
        self.pending.push(Pending {
            method,
            left: times,
            fault,
        });
    }

    /// What befalls this call.
    pub(in crate::playground) fn strike(
        &mut self,
        method: &str,
        now: DateTime<Utc>,
    ) -> Option<Fault> {
        if self.down_until.is_some_and(|until| now < until) {
            return Some(Fault::BadGateway);
        }
        let method = method.to_ascii_lowercase();
        let hit = self
            .pending
            .iter_mut()
            .find(|pending| match &pending.method {
                Some(named) => *named == method,
                None => method != "getupdates",
            })?;
        hit.left = hit.left.saturating_sub(1);
        let fault = hit.fault;
        self.pending.retain(|pending| pending.left > 0);
        Some(fault)
    }

    /// Fair weather again.
    pub(in crate::playground) fn clear(&mut self) {
        *self = Self::default();
    }
}
