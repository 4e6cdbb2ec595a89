//! The real binary under load, killed at moments that nobody chose: what people were told is true,
//! what they said is kept, and what is repeated says so.
//!
//! `DESKBELL_KILLS` sets how often it is killed, `DESKBELL_SEED` repeats a run that failed.

mod checker;
mod evidence;
mod people;
mod planted;
pub(crate) mod random;

use std::sync::Mutex;

use crate::binary::on_both;
use crate::street::Street;
use people::Crowd;
use random::Random;

/// How often the desk is killed unless the environment says otherwise.
const SQLITE_KILLS: u32 = 20;
const POSTGRES_KILLS: u32 = 5;

/// A kill comes after so many more calls than were made before the start: from the first contact,
/// over the catching-up after the last kill, into the work that follows.
const CALLS_BEFORE_A_KILL: (u64, u64) = (2, 90);

/// People do not press again at each outage: their presses alone would fill every life.
const LIVES_BEFORE_ANOTHER_TRY: u32 = 4;

/// So many desks are not killed before they have promised something: a promise that was never
/// heard cannot be broken.
const PROMISING_LIVES: u32 = 4;

/// Before the last kills nobody new comes, so that the end need not wait for the groups' pace.
const LAST_KILLS: u32 = 3;

on_both! {
    nothing_acknowledged_is_lost_however_often_the_desk_is_killed
}

async fn nothing_acknowledged_is_lost_however_often_the_desk_is_killed(street: Street) {
    let usual = if street.url.starts_with("sqlite") {
        SQLITE_KILLS
    } else {
        POSTGRES_KILLS
    };
    let kills = setting("DESKBELL_KILLS").map_or(usual, |kills| u32::try_from(kills).unwrap());
    let seed = setting("DESKBELL_SEED").unwrap_or_else(random::seed);
    say(&format!("{kills} kills, DESKBELL_SEED={seed}"));
    let mut random = Random::new(seed);
    street.telegram.duplicate_updates(true);
    street.telegram.duplicate_presses(true);
    let crowd = Mutex::new(Crowd::default());
    for kill in 0..kills {
        let more = kill + LAST_KILLS < kills;
        let (least, most) = CALLS_BEFORE_A_KILL;
        let fatal = street.telegram.call_count() + random.between(least, most);
        if kill % LIVES_BEFORE_ANOTHER_TRY == 0 {
            crowd.lock().unwrap().begin_again();
        }
        let promised = crowd.lock().unwrap().promised(&street.telegram);
        let desk = street.desk();
        // A desk that only waits for the groups' pace is killed all the same.
        let _ = street
            .telegram
            .wait_until(|telegram| {
                let mut crowd = crowd.lock().unwrap();
                crowd.act(telegram, more);
                let promises = kill >= PROMISING_LIVES || crowd.promised(telegram) > promised;
                (telegram.call_count() >= fatal && promises).then_some(())
            })
            .await;
        desk.killed().await;
    }
    settle(&street, &crowd).await;
    let found = evidence::gather(&street, &crowd.into_inner().unwrap(), kills).await;
    say(&found.to_string());
    assert_eq!(
        checker::faults(&found),
        Vec::<String>::new(),
        "DESKBELL_SEED={seed}"
    );
    // How many are heard depends on where the kills fall; without any, nothing was tried.
    assert!(!found.promises.is_empty(), "too little happened: {found}");
}

/// Lets one more desk finish everything, and stop in order.
async fn settle(street: &Street, crowd: &Mutex<Crowd>) {
    crowd.lock().unwrap().begin_again();
    let desk = street.desk();
    street
        .awaits(|telegram| {
            let mut crowd = crowd.lock().unwrap();
            crowd.act(telegram, false);
            crowd.is_done(telegram).then_some(())
        })
        .await;
    street.all_is_said().await;
    let ended = desk.stopped().await;
    assert_eq!(ended.code, Some(0), "{}", ended.said);
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
