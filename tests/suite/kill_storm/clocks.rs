//! What comes due while the desk is killed again and again: a call to somebody, the next level of
//! one, a call that reaches nobody, a claim without a sign of life, and the end of one. Each happens
//! once and not before its time, and whomever it concerns hears of it.
//!
//! `DESKBELL_CLOCK_KILLS` sets how often it is killed, `DESKBELL_SEED` repeats a run that failed.

use actors::domain::{Author, Event, Incident, Recorded};
use actors::ports::Clock;
use chrono::{DateTime, TimeDelta, Utc};
use deskbell::clock::SystemClock;
use deskbell::playground::{ChatId, Moment};

use super::evidence::{self, Filed};
use super::past::{ALL, Due, Past, People, founded};
use super::people::Crowd;
use super::random::Random;
use super::{checker, count, seeded};
use crate::binary::on_both;
use crate::street::Street;

/// How often it is killed unless the environment says otherwise.
const KILLS: usize = 10;

/// In how many groups things come due: each has its pace to keep.
const GROUPS: usize = 8;

/// How many things come due in each.
const IN_EACH: usize = 2;

/// Preparing takes less than that.
const LEAD: TimeDelta = TimeDelta::seconds(4);

/// From one thing that comes due to the next: the lives of the desk end among them.
const BETWEEN: TimeDelta = TimeDelta::milliseconds(300);

/// An incident, what is to happen to it, and when.
struct Awaited {
    incident: Incident,
    what: Due,
    at: DateTime<Utc>,
}

on_both! {
    whoever_is_to_be_called_is_called_however_often_the_desk_is_killed
}

async fn whoever_is_to_be_called_is_called_however_often_the_desk_is_killed(street: Street) {
    let kills = count("DESKBELL_CLOCK_KILLS", KILLS);
    let (seed, mut random) = seeded(&format!("{kills} kills while things come due"));
    let (people, chats) = founded(&street, GROUPS).await;
    let awaited = prepared(&street, people, &chats).await;
    let begun = SystemClock.now();
    for _ in 0..kills {
        is_killed_while_it_speaks(&street, &mut random).await;
    }
    let last = awaited.iter().map(|it| it.at).max().unwrap();
    let desk = street.desk();
    street.until(|| SystemClock.now() > last).await;
    all_has_happened(&street, &awaited, people).await;
    street.all_is_said().await;
    assert_eq!(desk.stopped().await.code, Some(0));

    let found = evidence::gather(&street, &Crowd::default(), kills).await;
    let mut faults = checker::faults_of_the_clock(&found, begun);
    for one in &awaited {
        let filed = found.incidents.iter();
        let filed = filed.clone().find(|it| same(it, one)).unwrap();
        faults.extend(one.fault(&filed.events, people));
    }
    assert_eq!(faults, Vec::<String>::new(), "DESKBELL_SEED={seed}");
}

fn same(filed: &Filed, awaited: &Awaited) -> bool {
    filed.incident.identity.id == awaited.incident.identity.id
}

/// One life, which ends at a moment of one of the next messages.
async fn is_killed_while_it_speaks(street: &Street, random: &mut Random) {
    let moments = [Moment::Arrived, Moment::Applied, Moment::Answered];
    let moment = *random.one_of(&moments);
    let passing = u32::try_from(random.between(0, 2)).unwrap();
    street.telegram.stop_at("sendMessage", passing, moment);
    let desk = street.desk();
    street
        .awaits(|telegram| telegram.has_stopped().then_some(()))
        .await;
    desk.killed().await;
    street.telegram.go_on();
}

/// Waits until the store knows of everything that is to happen.
async fn all_has_happened(street: &Street, awaited: &[Awaited], people: People) {
    let known = awaited.iter().map(|one| one.incident.version);
    let new = awaited.iter().map(|one| one.events(people).len());
    let whole = known.sum::<i64>() + i64::try_from(new.sum::<usize>()).unwrap();
    while street.number("SELECT COUNT(*) FROM events").await < whole {
        street.look_again().await;
    }
}

/// Incidents made so long ago that their moments are at hand.
async fn prepared(street: &Street, people: People, chats: &[ChatId]) -> Vec<Awaited> {
    let store = street.store().await;
    let first = SystemClock.now() + LEAD;
    let mut awaited = Vec::new();
    for chat in chats {
        let past = Past::of(&store, *chat, people).await;
        for _ in 0..IN_EACH {
            let number = awaited.len();
            let what = ALL[number % ALL.len()];
            let at = first + BETWEEN * i32::try_from(number).unwrap();
            let incident = past.incident(what, at, number).await;
            awaited.push(Awaited { incident, what, at });
        }
    }
    awaited
}

impl Awaited {
    /// What is to happen, in this order.
    fn events(&self, people: People) -> Vec<Event> {
        let call = |level, person| Event::Escalated {
            level,
            people: vec![person],
        };
        match self.what {
            Due::Call => vec![call(1, people.mari)],
            Due::NextLevel => vec![call(2, people.kadri)],
            Due::DeafCall => vec![
                call(1, people.peeter),
                Event::CallUnheard {
                    people: vec![people.peeter],
                },
                call(2, people.kadri),
            ],
            Due::Question => vec![Event::LeaseQuestioned],
            Due::LeaseEnd => vec![Event::LeaseEnded],
        }
    }

    /// That something else happened, or too early.
    fn fault(&self, events: &[Recorded], people: People) -> Option<String> {
        let (known, later) = events.split_at(self.known(events));
        let by_clock = later.iter().filter(|it| it.by == Author::Clock);
        let by_clock: Vec<_> = by_clock.collect();
        let happened: Vec<Event> = by_clock.iter().map(|it| it.event.clone()).collect();
        let early = by_clock.iter().any(|it| it.at < self.at);
        let number = self.incident.identity.number;
        (happened != self.events(people) || early).then(|| {
            format!(
                "{number}: {:?} due at {}, after {known:?} came {later:?}",
                self.what, self.at
            )
        })
    }

    /// How many events it had when it was made.
    fn known(&self, events: &[Recorded]) -> usize {
        usize::try_from(self.incident.version)
            .unwrap()
            .min(events.len())
    }
}
