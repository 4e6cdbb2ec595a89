//! Which rows this process is delivering: known beside the actor, since deliveries outlast it. A row
//! that the store takes for being sent and that nobody here delivers is stranded, and would keep its
//! chat waiting for ever: its delivery fell while it was noting how it ended, or the store's answer
//! that it began was lost.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::context::Context;
use crate::domain::OutboxId;
use crate::ports::StoreError;

/// How often it is looked for stranded rows: half of the ten seconds in which one is to be found.
const EVERY: TimeDelta = TimeDelta::seconds(5);

/// The rows that are being delivered; one may be in here twice while an actor takes over.
#[derive(Debug, Default, Clone)]
pub struct UnderWay(Arc<Mutex<Vec<OutboxId>>>);

/// As long as this lives, a row is being delivered.
pub(super) struct Held {
    under_way: UnderWay,
    row: OutboxId,
}

impl UnderWay {
    /// Somebody begins to deliver a row.
    pub(super) fn hold(&self, row: OutboxId) -> Held {
        self.rows().push(row);
        Held {
            under_way: self.clone(),
            row,
        }
    }

    /// Numbers stay numbers, whatever thread panicked while it held them.
    fn rows(&self) -> MutexGuard<'_, Vec<OutboxId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut rows = self.under_way.rows();
        if let Some(place) = rows.iter().position(|row| *row == self.row) {
            rows.swap_remove(place);
        }
    }
}

/// Lets stranded rows wait again, if it is time to look for some.
pub(super) async fn look_for_stranded(
    context: &Context,
    looked: &mut Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    if looked.is_some_and(|at| (now - at).abs() < EVERY) {
        return Ok(());
    }
    let sending = context.store.outbox_being_sent().await?;
    // Asked for after the rows: what has ended meanwhile is not being sent any more, and stays as it is.
    let held = context.under_way.rows().clone();
    let is_held = |rows: &Vec<OutboxId>| rows.iter().any(|row| held.contains(row));
    if !sending.iter().all(is_held) {
        let found = context.store.outbox_recover(now, &held).await?;
        tracing::warn!(
            doubtful = found.doubtful,
            given_up = found.given_up,
            "deliveries that nobody was making any more are taken up again"
        );
    }
    *looked = Some(now);
    Ok(())
}
