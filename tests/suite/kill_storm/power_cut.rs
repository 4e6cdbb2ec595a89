//! The power goes: what was written and not synced is gone, or some of it is. What was acknowledged
//! is not.
//!
//! `DESKBELL_POWER_CUTS` sets how often, `DESKBELL_SEED` repeats a run that failed. What a database
//! server does with its disk is not the desk's, so this is about SQLite.

use super::disk::{Honesty, Loss};
use super::{Storm, count, seeded, storms};
use crate::street::Street;
use crate::world::Engine;

/// How often the power goes unless the environment says otherwise.
const CUTS: usize = 12;

/// It goes after so many more calls than were made before the start.
const CALLS_BEFORE_A_CUT: (u64, u64) = (2, 90);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_when_the_power_goes() {
    let cuts = count("DESKBELL_POWER_CUTS", CUTS);
    let (seed, mut random) = seeded(&format!("{cuts} power cuts"));
    for cuts in storms(cuts) {
        let street = Street::new(Engine::Sqlite).await;
        let mut storm = Storm::new(&street, random.between(0, u64::MAX)).with_duplicates();
        for _ in 0..cuts {
            storm.power_cut().await;
        }
        storm.settle().await;
        storm.proves_sound(cuts, seed).await;
    }
}

impl Storm<'_> {
    async fn power_cut(&mut self) {
        self.begin_life();
        let (least, most) = CALLS_BEFORE_A_CUT;
        let calls = self.random.between(least, most);
        let desk = self.disk.desk(self.street, Honesty::Honest);
        self.acts_for_a_life(calls).await;
        assert!(self.disk.is_watched(), "disk.c was not preloaded");
        desk.killed().await;
        let loss = *self
            .random
            .one_of(&[Loss::EverythingUnsynced, Loss::SomeUnsynced]);
        self.disk.lose_power(loss, &mut self.random);
    }
}
