//! Bad weather, and updates no Telegram would send.

use chrono::TimeDelta;
use serde_json::Value;

use super::super::handle::World;
use super::super::world::{Fault, Whim};

/// Weather.
impl World {
    /// The next `times` calls of `method` go wrong; without a method, of any but `getUpdates`.
    pub fn fail_next(&self, method: Option<&str>, times: u32, fault: Fault) {
        self.act(|state| state.weather.fail_next(method, times, fault));
    }

    /// From now on `whim` is asked about each call, by its method, how it goes wrong, if it does.
    pub fn weather_is(&self, whim: impl FnMut(&str) -> Option<Fault> + Send + 'static) {
        self.act(|state| state.weather.whim = Some(Whim(Box::new(whim))));
    }

    /// Every call fails with a 502 until the clock has moved on by this much.
    pub fn go_down_for(&self, time: TimeDelta) {
        self.act(|state| state.weather.down_until = Some(state.now() + time));
    }

    /// Every update comes twice under the same id.
    pub fn duplicate_updates(&self, on: bool) {
        self.act(|state| state.weather.duplicate_updates = on);
    }

    /// Every press comes twice, each under an id of its own.
    pub fn duplicate_presses(&self, on: bool) {
        self.act(|state| state.weather.duplicate_presses = on);
    }

    /// Fair weather.
    pub fn clear_weather(&self) {
        self.act(|state| state.weather.clear());
    }

    /// Queues any JSON as an update; a missing `update_id` is filled in. Returns the id.
    pub fn deliver_raw(&self, update: Value) -> i64 {
        self.act(|state| {
            let now = state.now();
            state.queue.push_raw(update, now)
        })
    }
}
