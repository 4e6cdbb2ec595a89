//! The machine's clock is set while the desk runs: nobody is called because of that, and whoever is to
//! be called is called in time.

use std::path::Path;

use actors::domain::{Event, IncidentId};
use actors::ports::Clock;
use chrono::TimeDelta;
use deskbell::clock::SystemClock;

use super::past::{Due, Past, founded};
use super::preload::library;
use crate::street::Street;
use crate::world::Engine;

/// The clock is set before that.
const SOON: TimeDelta = TimeDelta::seconds(5);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn set_a_day_ahead_it_calls_nobody_whose_time_has_not_come() {
    is_set_by(86_400).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn set_a_day_back_it_calls_everybody_whose_time_has_come() {
    is_set_by(-86_400).await;
}

/// One call comes due soon, and one in an hour. They are looked for in that order, so that once the
/// first was made, the second would have been.
async fn is_set_by(seconds: i64) {
    let street = Street::new(Engine::Sqlite).await;
    let (people, chats) = founded(&street, 1).await;
    let store = street.store().await;
    let past = Past::of(&store, chats[0], people).await;
    let soon = SystemClock.now() + SOON;
    let later = soon + TimeDelta::hours(1);
    let [soon_called, later_called] = [
        past.incident(Due::Call, soon, 1).await,
        past.incident(Due::Call, later, 2).await,
    ]
    .map(|incident| incident.identity.id);
    drop(past);
    drop(store);

    let set = street.folder.path().join("set");
    let (library, file) = (library("clock"), set.display().to_string());
    let preloaded = [("LD_PRELOAD", library.as_str()), ("CLOCK_SET_AHEAD", &file)];
    let desk = street.desk_with(&preloaded);
    street
        .until(|| desk.said().contains("the desk is up"))
        .await;
    is_set(&set, seconds);
    let warning = format!("set_ahead_seconds={seconds}");
    street.until(|| desk.said().contains(&warning)).await;
    let called = "SELECT COUNT(*) FROM events WHERE name = 'escalated'";
    while street.number(called).await == 0 {
        street.look_again().await;
    }
    let ended = desk.stopped().await;
    assert_eq!(ended.code, Some(0), "{}", ended.said);
    assert_eq!(ended.said.matches(&warning).count(), 1, "{}", ended.said);
    let calls = calls(&street).await;
    let [(incident, at)] = calls.as_slice() else {
        panic!("{calls:?}");
    };
    assert_eq!((*incident, *at >= soon), (soon_called, true), "{calls:?}");
    assert_ne!(*incident, later_called);
}

/// In one step, so that no half of a number is read.
fn is_set(file: &Path, seconds: i64) {
    let made = file.with_extension("new");
    std::fs::write(&made, seconds.to_string()).unwrap();
    std::fs::rename(&made, file).unwrap();
}

/// Who was called about, and when.
async fn calls(street: &Street) -> Vec<(IncidentId, chrono::DateTime<chrono::Utc>)> {
    let store = street.store().await;
    let mut calls = Vec::new();
    for id in [1, 2].map(IncidentId) {
        let events = store.events(id).await.unwrap();
        let called = events
            .iter()
            .filter(|it| matches!(it.event, Event::Escalated { .. }));
        calls.extend(called.map(|it| (id, it.at)));
    }
    calls
}
