//! How the desk dies: at named moments, which are seen from outside, and at moments that nobody
//! chose. The desk itself has no place that knows of it.
//!
//! `DESKBELL_KILLS` sets how often it is killed, on each engine.

use std::iter::repeat_n;

use deskbell::playground::Moment;

use super::disk::Point;
use super::random::Random;
use super::{CALLS_OF_A_START, Storm, count, seeded, storms};
use crate::binary::on_both;
use crate::process::Ended;
use crate::street::Street;
use crate::world::Engine;

/// How a life ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Death {
    /// Whenever it comes; with `promising`, not before somebody was promised something: a promise
    /// that was never heard cannot be broken.
    AnyTime { promising: bool },
    /// When a call to Telegram comes to that moment.
    InCall(&'static str, Moment),
    /// At a call to the disk, while it works.
    AtWork(Point),
    /// At a call to the disk, while it starts.
    Starting(Point),
    /// At a call to the disk, after it was asked to stop.
    Stopping(Point),
}

/// A kill at any time comes after so many more calls than were made before the start: from the
/// first contact, over the catching-up after the last kill, into the work that follows.
const CALLS_BEFORE_A_KILL: (u64, u64) = (2, 90);

/// How many deaths at the beginning come after a promise.
const PROMISING: usize = 3;

/// How many deaths come at any time beside those, unless more are asked for.
const UNNAMED: usize = 6;

/// Every call that carries the desk's work.
const CALLS: [&str; 6] = [
    "getUpdates",
    "answerCallbackQuery",
    "sendMessage",
    "editMessageText",
    "pinChatMessage",
    "unpinChatMessage",
];

impl Death {
    /// Each named moment once, and some deaths at any time.
    fn every_way(engine: Engine) -> Vec<Self> {
        let mut deaths = named(engine);
        deaths.extend(repeat_n(Self::unnamed(), PROMISING + UNNAMED));
        deaths
    }

    /// So many deaths in any order: if there is room each named moment, and then as many again at
    /// any time.
    fn some_ways(engine: Engine, number: usize, random: &mut Random) -> Vec<Self> {
        let mut deaths = vec![Self::AnyTime { promising: true }; PROMISING.min(number)];
        let others = number - deaths.len();
        let mut named = named(engine);
        random.shuffle(&mut named);
        named.truncate(others);
        named.extend(repeat_n(Self::unnamed(), others - named.len()));
        random.shuffle(&mut named);
        deaths.extend(named);
        deaths
    }

    fn unnamed() -> Self {
        Self::AnyTime { promising: false }
    }
}

/// Every named moment. What a database server does with its disk is not the desk's.
fn named(engine: Engine) -> Vec<Death> {
    let moments = [Moment::Arrived, Moment::Applied, Moment::Answered];
    let calls = CALLS
        .iter()
        .flat_map(|call| moments.map(|moment| Death::InCall(call, moment)));
    let mut deaths: Vec<Death> = calls.collect();
    if let Engine::Sqlite = engine {
        // The log with each commit; the database itself when the log has grown long.
        deaths.extend(on("wal").map(Death::AtWork));
        deaths.extend(on("database").map(Death::AtWork));
        deaths.extend(on("wal").map(Death::Starting));
        deaths.extend(on("wal").map(Death::Stopping));
    }
    deaths
}

/// Around every write to a file and every sync of it.
fn on(file: &'static str) -> [Point; 5] {
    let at = |call, moment| Point { call, file, moment };
    [
        at("write", "before"),
        at("write", "torn"),
        at("write", "after"),
        at("sync", "before"),
        at("sync", "after"),
    ]
}

on_both! {
    nothing_acknowledged_is_lost_however_often_the_desk_is_killed
}

async fn nothing_acknowledged_is_lost_however_often_the_desk_is_killed(street: Street) {
    let engine = street.engine;
    let kills = count("DESKBELL_KILLS", Death::every_way(engine).len());
    let (seed, mut random) = seeded(&format!("{kills} kills"));
    let mut first = Some(street);
    for kills in storms(kills) {
        let street = match first.take() {
            Some(street) => street,
            None => Street::new(engine).await,
        };
        let mut storm = Storm::new(&street, random.between(0, u64::MAX)).with_duplicates();
        for death in Death::some_ways(engine, kills, &mut random) {
            storm.begin_life();
            storm.lives_until(death).await;
        }
        storm.settle().await;
        storm.proves_sound(kills, seed).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_first_start_that_is_cut_short_is_simply_made_again() {
    let journal = on("journal").map(|point| (point, 1));
    let log = on("wal").map(|point| (point, 1));
    let later = on("wal").map(|point| (point, 2));
    for (point, nth) in journal.into_iter().chain(log).chain(later) {
        let street = Street::new(Engine::Sqlite).await;
        let mari = street.telegram.person("Mari").started().add();
        let chat = street.group("Yard", &[mari]);
        street.telegram.say(chat, mari, "/new_issue It squeaks");
        let storm = Storm::new(&street, 0);
        storm.disk.arm();
        let desk = storm.disk.desk_until(&street, point, nth);
        storm.is_killed(&desk.ended().await);
        let desk = street.desk();
        street.sees(chat, "0001 ·", "Choose department").await;
        let ended = desk.stopped().await;
        assert_eq!(ended.code, Some(0), "{}", ended.said);
    }
}

impl Storm<'_> {
    /// One life of the desk, to that end.
    async fn lives_until(&mut self, death: Death) {
        match death {
            Death::AnyTime { promising } => self.dies_at_any_time(promising).await,
            Death::InCall(call, moment) => self.dies_in(call, moment).await,
            Death::AtWork(point) => {
                let nth = match point.file {
                    "wal" => self.random.between(1, 12),
                    _ => 1,
                };
                self.disk.disarm();
                let desk = self.disk.desk_until(self.street, point, nth);
                self.acts_for(CALLS_OF_A_START).await;
                self.disk.arm();
                self.is_killed(&self.acts_until_it_ends(desk).await);
            }
            Death::Starting(point) => {
                self.disk.arm();
                let nth = self.random.between(1, 3);
                let desk = self.disk.desk_until(self.street, point, nth);
                self.is_killed(&self.acts_until_it_ends(desk).await);
            }
            Death::Stopping(point) => {
                let calls = self.random.between(3, 30);
                self.disk.disarm();
                let desk = self.disk.desk_until(self.street, point, 1);
                self.acts_for(calls).await;
                self.disk.arm();
                desk.ask_to_stop();
                self.is_killed(&self.acts_until_it_ends(desk).await);
            }
        }
    }

    async fn dies_at_any_time(&mut self, promising: bool) {
        let telegram = &self.street.telegram;
        let (least, most) = CALLS_BEFORE_A_KILL;
        let calls = self.random.between(least, most);
        let promised = self.crowd.lock().unwrap().promised(telegram);
        let desk = self.street.desk();
        self.acts_for(calls).await;
        if promising {
            self.acts_until(|crowd, telegram| crowd.promised(telegram) > promised)
                .await;
        }
        desk.killed().await;
    }

    async fn dies_in(&mut self, call: &str, moment: Moment) {
        let passing = match call {
            "pinChatMessage" | "unpinChatMessage" => 0,
            _ => self.random.between(0, 4),
        };
        let telegram = &self.street.telegram;
        telegram.stop_at(call, u32::try_from(passing).unwrap(), moment);
        let desk = self.street.desk();
        self.acts_until(|_, telegram| telegram.has_stopped()).await;
        desk.killed().await;
        telegram.go_on();
    }

    /// A desk that is to die on its disk ends by a signal, and no other way.
    fn is_killed(&self, ended: &Ended) {
        assert!(self.disk.is_watched(), "disk.c was not preloaded");
        let killed = ended.code.is_none() && ended.said.contains("disk.c: killed");
        assert!(killed, "the desk outlived its point:\n{}", ended.said);
    }
}
