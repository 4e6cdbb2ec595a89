//! Reports of figures: who gets them, what they say, and what can be taken away.

pub(crate) mod command;
pub(crate) mod history;
pub(crate) mod reference;

use std::collections::BTreeMap;
use std::sync::Arc;

use actors::domain::Urgency;
use actors::domain::kpi::{Depth, Facts, Figures, Scope, Span, Window};
use actors::ports::Store;
use actors::testing::store_contract::desk::noon;
use chrono::TimeDelta;
use deskbell::playground::Content;

use crate::cast::Yard;
use crate::databases;
use crate::kill_storm::random::{self, Random};
use crate::kill_storm::{say, setting};
use crate::world::{World, conversations};

conversations! {
    a_manager_gets_a_picture_and_tables
    an_empty_time_says_so
    figures_are_for_managers
    in_private_a_manager_gets_them_too
    the_figures_are_what_the_events_add_up_to
    who_did_what_and_who_came_too_late_is_told
}

async fn a_manager_gets_a_picture_and_tables(world: World) {
    let yard = Yard::open(&world).await;
    yard.claimed(&world).await;
    let asked = world.say(yard.chat, yard.mari, "/report day").await;
    let report = world.answer(yard.chat, asked);
    assert!(
        matches!(report.content, Content::Photo { .. }),
        "{report:?}"
    );
    let text = &report.text;
    assert!(text.contains("Created 1 · closed 0 · open now 1"), "{text}");
    assert!(text.contains("Response: median"), "{text}");
    assert!(text.contains("from raised to last done"), "{text}");
    for (label, ending) in [("CSV", "csv"), ("Excel", "xlsx")] {
        world.press(yard.mari, yard.chat, report.id, label).await;
        let file = world.telegram.last_from_bot(yard.chat).unwrap();
        assert!(
            matches!(file.content, Content::Document { .. }),
            "{ending}: {file:?}"
        );
    }
    world
        .press(yard.mari, yard.chat, report.id, "Earlier")
        .await;
    let earlier = world.telegram.last_from_bot(yard.chat).unwrap();
    assert!(earlier.text.contains("Nothing was raised"), "{earlier:?}");
    world.finish().await;
}

async fn an_empty_time_says_so(world: World) {
    let yard = Yard::open(&world).await;
    for span in ["", " week", " month"] {
        let asked = world
            .say(yard.chat, yard.mari, &format!("/report{span}"))
            .await;
        let text = world.answer(yard.chat, asked).text;
        assert!(text.contains("Nothing was raised"), "{text}");
    }
    let asked = world.say(yard.chat, yard.mari, "/report decade").await;
    assert!(!world.answer(yard.chat, asked).text.contains("Created"));
    world.finish().await;
}

async fn figures_are_for_managers(world: World) {
    let yard = Yard::open(&world).await;
    let asked = world.say(yard.chat, yard.jaan, "/report").await;
    let text = world.answer(yard.chat, asked).text;
    assert!(text.contains("manager"), "{text}");
    let asked = world.say(yard.chat, yard.mari, "/report").await;
    let report = world.answer(yard.chat, asked);
    let toast = world.press(yard.jaan, yard.chat, report.id, "CSV").await;
    assert!(toast.text.contains("manager"), "{toast:?}");
    assert_eq!(
        world.telegram.last_from_bot(yard.chat).unwrap().id,
        report.id
    );
    world.finish().await;
}

async fn in_private_a_manager_gets_them_too(world: World) {
    let yard = Yard::open(&world).await;
    yard.claimed(&world).await;
    // The desk knows by now which group is hers.
    world.say(yard.chat, yard.mari, "/my").await;
    let private = world.start(yard.mari).await;
    let asked = world.say(private, yard.mari, "/report week").await;
    let report = world.answer(private, asked);
    assert!(report.text.contains("Created 1"), "{report:?}");
    world.press(yard.mari, private, report.id, "Excel").await;
    let file = world.telegram.last_from_bot(private).unwrap();
    assert!(matches!(file.content, Content::Document { .. }), "{file:?}");
    world.finish().await;
}

/// Some incidents over two days: left alone, claimed, resolved, closed by the clock, cancelled,
/// reopened.
async fn history(world: &World, yard: &Yard) {
    let chat = yard.chat;
    for number in 1..=9_u32 {
        world.pass(TimeDelta::minutes(i64::from(number) * 37)).await;
        let card = yard.waiting(world).await;
        world
            .pass(TimeDelta::minutes(i64::from(number * number)))
            .await;
        if number % 4 == 0 {
            continue;
        }
        world.press(yard.jaan, chat, card, "Claim").await;
        if number % 2 == 0 {
            world
                .say(chat, yard.mari, &format!("/cancel {number} Changed"))
                .await;
            continue;
        }
        world.pass(TimeDelta::minutes(i64::from(number * 11))).await;
        world.press(yard.jaan, chat, card, "Resolve").await;
        if number % 3 == 0 {
            world.pass(TimeDelta::minutes(15)).await;
            continue;
        }
        let prompt = world
            .said(chat, &format!("how was 000{number} resolved"))
            .id;
        world.reply(chat, yard.jaan, prompt, "Mended").await;
        if number == 5 {
            world.say(chat, yard.mari, "/reopen 0005 Still leaks").await;
        }
    }
}

async fn the_figures_are_what_the_events_add_up_to(world: World) {
    let yard = Yard::open(&world).await;
    history(&world, &yard).await;
    let config = world.config(yard.chat).await;
    let store = world.store();
    let mut logs = Vec::new();
    for number in 1..=9 {
        let incident = world.incident(yard.chat, number).await;
        let log = store.events(incident.identity.id).await.unwrap();
        logs.push((incident, log));
    }
    let now = world.telegram.now();
    let zone = config.settings.time_zone;
    let mut seen = Figures::default();
    let scopes = config.departments.iter().map(|department| Scope {
        department: Some(department.id),
        ..Scope::ALL
    });
    for scope in std::iter::once(Scope::ALL).chain(scopes) {
        for span in Span::ALL {
            let window = span.around(now, zone);
            let mut windows = span.parts(window, zone);
            windows.push(window);
            for window in windows {
                let facts = store.facts(config.id, window, Depth::Figures).await;
                let counted = facts.unwrap().figures(scope, window);
                let expected = reference::figures(&logs, &[], scope, window, &config.settings);
                assert_eq!(counted, expected, "{scope:?} {window:?}");
                seen = if counted.created > seen.created {
                    counted
                } else {
                    seen
                };
            }
        }
    }
    assert!(
        seen.created == 9 && seen.auto_closed > 0 && seen.reopened == 1,
        "{seen:?}"
    );
    assert!(
        seen.response.is_some() && seen.resolution.is_some(),
        "{seen:?}"
    );
    world.finish().await;
}

/// How many incidents a made-up history has, and in how many windows and scopes it is counted.
const INCIDENTS: i64 = 40;
const COUNTS: usize = 60;

/// Windows of any length, scopes of any kind: what SQL counts is what the events add up to.
async fn counted_as_the_events_have_it(store: Arc<dyn Store>) {
    let seed = setting("DESKBELL_SEED").unwrap_or_else(random::seed);
    say(&format!("a made-up history, DESKBELL_SEED={seed}"));
    let mut random = Random::new(seed);
    let history = history::made_up(Arc::clone(&store), &mut random, INCIDENTS).await;
    let (logs, lost) = (&history.logs, &history.lost);
    let mut seen = Figures::default();
    for _ in 0..COUNTS {
        let mut moment = || {
            let minutes = random.between(0, 45 * 24 * 60);
            noon() + TimeDelta::minutes(i64::try_from(minutes).unwrap())
        };
        let (one, other) = (moment(), moment());
        let window = Window {
            from: one.min(other),
            until: one.max(other),
        };
        let departments = history.config.departments.iter().map(|it| Some(it.id));
        let departments: Vec<_> = departments.chain([None, None]).collect();
        let urgencies: Vec<_> = Urgency::ALL
            .map(Some)
            .into_iter()
            .chain([None; 3])
            .collect();
        let scope = Scope {
            department: *random.one_of(&departments),
            urgency: *random.one_of(&urgencies),
        };
        let what = format!("{scope:?} {window:?} DESKBELL_SEED={seed}");
        let facts = store.facts(history.config.id, window, Depth::People);
        let facts = facts.await.unwrap();
        let counted = facts.figures(scope, window);
        let settings = &history.config.settings;
        let expected = reference::figures(logs, lost, scope, window, settings);
        assert_eq!(counted, expected, "{what}");
        let ratings = facts.ratings(scope, window);
        assert_eq!(ratings, reference::ratings(logs, scope, window), "{what}");
        let deeds: BTreeMap<_, _> = facts
            .deeds(scope, window, history.ended)
            .into_iter()
            .collect();
        let expected = reference::deeds(logs, lost, scope, window, history.ended);
        assert_eq!(deeds, expected, "{what}");
        seen.done = seen.done.max(counted.done);
        seen.lost_claims = seen.lost_claims.max(counted.lost_claims);
        seen.calls = seen.calls.max(counted.calls);
        seen.acknowledging = seen.acknowledging.or(counted.acknowledging);
        side_by_side(&facts, window, &what);
    }
    assert!(seen.done > 0 && seen.lost_claims > 0, "{seen:?}");
    assert!(seen.calls > 0 && seen.acknowledging.is_some(), "{seen:?}");
}

/// What is counted side by side is what each would be by itself.
fn side_by_side(facts: &Facts, window: Window, what: &str) {
    let mut parts = Vec::new();
    let third = (window.until - window.from) / 3;
    let mut from = window.from;
    for until in [from + third, from + third * 2, window.until] {
        parts.push(Window { from, until });
        from = until;
    }
    let counted = facts.count(window, &parts);
    assert_eq!(counted.whole, facts.figures(Scope::ALL, window), "{what}");
    for (part, figures) in counted.parts {
        assert_eq!(figures, facts.figures(Scope::ALL, part), "{what} {part:?}");
    }
    for (id, figures) in counted.departments {
        let scope = Scope {
            department: Some(id),
            ..Scope::ALL
        };
        assert_eq!(figures, facts.figures(scope, window), "{what} {scope:?}");
    }
    for (urgency, figures) in counted.urgencies {
        let scope = Scope {
            urgency,
            ..Scope::ALL
        };
        if urgency.is_some() {
            assert_eq!(figures, facts.figures(scope, window), "{what} {scope:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_made_up_history_is_counted_as_its_events_have_it_on_sqlite() {
    let database = databases::sqlite().await;
    counted_as_the_events_have_it(database.store()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_made_up_history_is_counted_as_its_events_have_it_on_postgres() {
    let database = databases::postgres().await;
    counted_as_the_events_have_it(database.store()).await;
}

async fn who_did_what_and_who_came_too_late_is_told(world: World) {
    let yard = Yard::open(&world).await;
    world
        .enrol(yard.chat, &[yard.jaan, yard.olga], "Maintenance")
        .await;
    let card = yard.waiting(&world).await;
    let late = world.data(yard.chat, card, "Claim");
    world.press(yard.jaan, yard.chat, card, "Claim").await;
    for _ in 0..2 {
        let toast = world.press_old(yard.olga, yard.chat, card, &late).await;
        assert!(toast.contains("already claimed"), "{toast}");
    }
    world.pass(TimeDelta::minutes(30)).await;
    let asked = world.say(yard.chat, yard.mari, "/report day").await;
    let report = world.answer(yard.chat, asked);
    let late = "Claims that came too late: 1";
    assert!(report.text.contains(late), "{}", report.text);
    world
        .press(yard.mari, yard.chat, report.id, "Who did what")
        .await;
    let people = world.said(yard.chat, "At work:").text;
    for line in [
        "Jaan: claimed 1, resolved 0, at work 3",
        "Olga: claimed 0, resolved 0, at work 0 min, too late 1",
    ] {
        assert!(people.contains(line), "{line}: {people}");
    }
    world.finish().await;
}
