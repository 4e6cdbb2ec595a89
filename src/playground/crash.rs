//! What tests of crashes need of the playground: a call that stands still at a named moment, so
//! that the desk can be killed just then, and a Telegram that takes delivery for confirmation, as
//! many a bot does.

use serde_json::Value;

use super::handle::World;
use super::world::State;

/// A moment in the life of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Moment {
    /// It has arrived, and nothing of it is done.
    Arrived,
    /// It is done, and its answer is not out.
    Applied,
    /// Its answer is on the way.
    Answered,
}

/// What was ordered.
#[derive(Debug, Default)]
pub(super) struct Crash {
    stop: Option<Stop>,
    forgets_what_it_delivers: bool,
}

/// The call that is to stand still.
#[derive(Debug)]
struct Stop {
    method: String,
    /// So many calls of that method pass first.
    passing: u32,
    moment: Moment,
    reached: bool,
}

impl Crash {
    /// Where the call that just arrived is to stand still.
    pub(super) fn strike(&mut self, method: &str) -> Option<Moment> {
        let stop = self.stop.as_mut()?;
        if stop.reached || !stop.method.eq_ignore_ascii_case(method) {
            return None;
        }
        let hit = stop.passing == 0;
        stop.passing = stop.passing.saturating_sub(1);
        hit.then_some(stop.moment)
    }
}

/// Confirms a batch that is about to be delivered, where that was ordered.
pub(super) fn forget(state: &mut State, updates: &[Value]) {
    let newest = updates
        .iter()
        .filter_map(|update| update.get("update_id").and_then(Value::as_i64))
        .max();
    if let Some(newest) = newest.filter(|_| state.crash.forgets_what_it_delivers) {
        state.queue.confirm(newest + 1);
    }
}

/// Crashes.
impl World {
    /// The next call of `method` after `passing` others stands still at that moment, until
    /// [`World::go_on`]. An answer that is on the way cannot stand still, and is only noticed.
    pub fn stop_at(&self, method: &str, passing: u32, moment: Moment) {
        let stop = Stop {
            method: method.to_owned(),
            passing,
            moment,
            reached: false,
        };
        self.act(|state| state.crash.stop = Some(stop));
    }

    /// Whether that moment has come.
    pub fn has_stopped(&self) -> bool {
        self.look(|state| state.crash.stop.as_ref().is_some_and(|stop| stop.reached))
    }

    /// Drops the call that stands still, and stops no other.
    pub fn go_on(&self) {
        self.act(|state| state.crash.stop = None);
    }

    /// Whatever is delivered counts as confirmed, whether it is handled or not.
    pub fn forget_on_delivery(&self, on: bool) {
        self.act(|state| state.crash.forgets_what_it_delivers = on);
    }

    /// Stands still if this is where to; whether it was.
    pub(super) async fn stands_still(&self, at: Option<Moment>, here: Moment) -> bool {
        if at != Some(here) {
            return false;
        }
        let mut changes = self.changes();
        self.act(|state| {
            if let Some(stop) = &mut state.crash.stop {
                stop.reached = true;
            }
        });
        let waiting = async {
            while self.has_stopped() && changes.changed().await.is_ok() {
                changes.borrow_and_update();
            }
        };
        if here != Moment::Answered {
            tokio::select! {
                () = waiting => {}
                () = self.closing() => {}
            }
        }
        true
    }
}
