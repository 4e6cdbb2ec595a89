//! Bad weather: faults that a test or the page switches on.

use std::fmt;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

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
    /// It is done, and the answer ends in the middle, as a proxy with a small buffer leaves it.
    Truncated,
    /// Of `getUpdates`: the batch before comes once more, and nothing is confirmed.
    OldBatch,
    /// Of `getUpdates`: the updates come in the opposite order.
    Reordered,
}

/// Decides for each call, by its method, how it goes wrong, if it does.
type Decide = dyn FnMut(&str) -> Option<Fault> + Send;

/// Whoever decides so.
pub(in crate::playground) struct Whim(pub(in crate::playground) Box<Decide>);

impl fmt::Debug for Whim {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Whim")
    }
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
    /// Asked about every call that nothing else befalls.
    pub(in crate::playground) whim: Option<Whim>,
    last_batch: Option<Value>,
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
        self.strike_as_told(method)
            .or_else(|| (self.whim.as_mut()?.0)(method))
    }

    fn strike_as_told(&mut self, method: &str) -> Option<Fault> {
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

    /// A batch as the weather lets it through.
    pub(in crate::playground) fn pass(&mut self, fault: Option<Fault>, mut batch: Value) -> Value {
        if fault == Some(Fault::Reordered)
            && let Some(updates) = batch.as_array_mut()
        {
            updates.reverse();
        }
        self.last_batch = Some(batch.clone());
        batch
    }

    /// The batch before.
    pub(in crate::playground) fn last_batch(&self) -> Value {
        self.last_batch.clone().unwrap_or_else(|| json!([]))
    }

    /// Fair weather again.
    pub(in crate::playground) fn clear(&mut self) {
        *self = Self::default();
    }
}
