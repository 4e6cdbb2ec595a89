//! The real binary under load, killed, without power, and restarted: what people were told is true,
//! what they said is kept, and what is repeated says so.
//!
//! `deaths` kills it at named moments and at moments that nobody chose, `power_cut` takes away what
//! was not synced, `restarts` asks it to stop; `bugs` shows that all this would notice.
//! `DESKBELL_SEED` repeats a run that failed.

mod bugs;
mod checker;
mod clocks;
mod deaths;
mod disk;
mod evidence;
mod past;
mod people;
mod planted;
mod power_cut;
mod preload;
pub(crate) mod random;
mod restarts;
mod set_clock;
mod shortage;
mod weather;

use std::sync::Mutex;

use deskbell::playground::World as Telegram;

use crate::process::{Desk, Ended};
use crate::street::Street;
use disk::Disk;
use evidence::Evidence;
use people::Crowd;
use random::Random;

/// After so many lives everything is checked and begins anew: no record grows for ever.
const LIVES_IN_ONE_STORM: usize = 60;

/// People do not press again at each outage: their presses alone would fill every life.
const LIVES_BEFORE_ANOTHER_TRY: usize = 4;

/// A desk that has made so many calls has asked who it is and for updates.
const CALLS_OF_A_START: u64 = 3;

/// How often people try again before nothing will come of it.
const TRIES: u32 = 15;

/// A street, and what happens in it.
struct Storm<'a> {
    street: &'a Street,
    disk: Disk,
    crowd: Mutex<Crowd>,
    random: Random,
    lives: usize,
}

impl<'a> Storm<'a> {
    fn new(street: &'a Street, luck: u64) -> Self {
        Self {
            street,
            disk: Disk::of(street),
            crowd: Mutex::default(),
            random: Random::new(luck),
            lives: 0,
        }
    }

    /// Everything that Telegram may deliver twice comes twice.
    fn with_duplicates(self) -> Self {
        self.street.telegram.duplicate_updates(true);
        self.street.telegram.duplicate_presses(true);
        self
    }

    /// Another life begins; now and then people try again what seems not to have worked.
    fn begin_life(&mut self) {
        if self.lives.is_multiple_of(LIVES_BEFORE_ANOTHER_TRY) {
            self.crowd.lock().unwrap().begin_again();
        }
        self.lives += 1;
    }

    /// Lets people act until something holds; those who wait in vain try again.
    async fn acts_until(&self, done: impl Fn(&Crowd, &Telegram) -> bool) {
        for _ in 0..TRIES {
            let found = self.street.telegram.wait_until(|telegram| {
                let mut crowd = self.crowd.lock().unwrap();
                crowd.act(telegram);
                done(&crowd, telegram).then_some(())
            });
            if found.await.is_ok() {
                return;
            }
            self.crowd.lock().unwrap().begin_again();
        }
        panic!("waited in vain:\n{}", self.street.telegram.scene());
    }

    /// Lets people act until the desk has made so many more calls.
    async fn acts_for(&self, calls: u64) {
        let enough = self.street.telegram.call_count() + calls;
        self.acts_until(|_, telegram| telegram.call_count() >= enough)
            .await;
    }

    /// Lets people act for a life of so many calls; the first one lasts until somebody was promised
    /// something, since a promise that was never heard cannot be broken.
    async fn acts_for_a_life(&self, calls: u64) {
        self.acts_for(calls).await;
        if self.lives == 1 {
            self.acts_until(|crowd, telegram| crowd.promised(telegram) > 0)
                .await;
        }
    }

    /// Lets people act until the desk ends by itself.
    async fn acts_until_it_ends(&self, desk: Desk) -> Ended {
        let acting = async {
            loop {
                self.acts_until(|_, _| false).await;
            }
        };
        tokio::select! {
            ended = desk.ended() => ended,
            () = acting => unreachable!("people act for ever"),
        }
    }

    /// Nobody does anything more: one more desk takes in what waits, says what is to be said, and
    /// stops in order.
    async fn settle(&self) {
        let enough = self.street.telegram.call_count() + CALLS_OF_A_START;
        let desk = self.street.desk();
        self.street
            .awaits(|telegram| {
                let up = telegram.call_count() >= enough;
                (up && telegram.pending_updates().is_empty()).then_some(())
            })
            .await;
        self.street.all_is_said().await;
        let ended = desk.stopped().await;
        assert_eq!(ended.code, Some(0), "{}", ended.said);
    }

    /// Nothing is wrong with what it left.
    async fn proves_sound(self, kills: usize, seed: u64) -> Evidence {
        let crowd = self.crowd.into_inner().unwrap();
        let found = evidence::gather(self.street, &crowd, kills).await;
        say(&found.to_string());
        assert_eq!(
            checker::faults(&found),
            Vec::<String>::new(),
            "DESKBELL_SEED={seed}"
        );
        // How many are heard depends on where the lives end; without any, nothing was tried.
        assert!(!found.promises.is_empty(), "too little happened: {found}");
        found
    }
}

/// So many lives, in storms.
fn storms(lives: usize) -> impl Iterator<Item = usize> {
    let begun = (0..lives).step_by(LIVES_IN_ONE_STORM);
    begun.map(move |begun| LIVES_IN_ONE_STORM.min(lives - begun))
}

/// A size, unless the environment says otherwise.
pub(crate) fn count(name: &str, usual: usize) -> usize {
    setting(name).map_or(usual, |count| usize::try_from(count).unwrap())
}

/// Chance, and the seed to have it again.
pub(crate) fn seeded(what: &str) -> (u64, Random) {
    let seed = setting("DESKBELL_SEED").unwrap_or_else(random::seed);
    say(&format!("{what}, DESKBELL_SEED={seed}"));
    (seed, Random::new(seed))
}

#[allow(clippy::disallowed_methods)] // not the product's configuration, but the test run's
pub(crate) fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|value| value.parse().unwrap())
}

/// Says what is needed to repeat a run; shown when the run fails.
#[allow(clippy::print_stdout)] // the one thing a random test must tell
pub(crate) fn say(words: &str) {
    println!("{words}");
}
