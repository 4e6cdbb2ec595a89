//! Reports of figures: who gets them, what they say, and what can be taken away.

use actors::domain::kpi::{Figures, Scope, Span, Times, Window};
use actors::domain::{Event, Incident, Recorded};
use chrono::{Duration, TimeDelta};
use deskbell::playground::Content;

use crate::cast::Yard;
use crate::world::{World, conversations};

conversations! {
    a_manager_gets_a_picture_and_tables
    an_empty_time_says_so
    figures_are_for_managers
    in_private_a_manager_gets_them_too
    the_figures_are_what_the_events_add_up_to
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

/// The same from the events alone, slowly.
fn reference(logs: &[(Incident, Vec<Recorded>)], scope: Scope, window: Window) -> Figures {
    let inside = |at| window.from <= at && at < window.until;
    let (mut figures, mut responses, mut resolutions) =
        (Figures::default(), Vec::new(), Vec::new());
    for (incident, log) in logs {
        let mine = scope.department.is_none() || scope.department == incident.department();
        let one = |yes: bool| u32::from(yes && mine);
        figures.created += one(inside(log[0].at));
        let last = log
            .iter()
            .rev()
            .find(|it| !matches!(it.event, Event::Commented { .. }));
        let clock = last.is_some_and(|it| matches!(it.event, Event::SummaryTimedOut));
        if incident.is_open() {
            figures.open_now += one(true);
        } else if last.is_some_and(|it| inside(it.at)) {
            figures.closed += one(true);
            figures.auto_closed += one(clock);
        }
        let mut reached = None;
        let mut done = None;
        for recorded in log {
            match &recorded.event {
                Event::DepartmentSet { department } => reached = Some((*department, recorded.at)),
                Event::Claimed | Event::Assigned { .. } => {
                    if let Some((department, since)) = reached.take()
                        && scope.department.is_none_or(|it| it == department)
                        && inside(recorded.at)
                    {
                        responses.push(recorded.at - since);
                    }
                }
                Event::Summarised { .. } => done = Some(recorded.at),
                Event::Reopened { .. } => figures.reopened += one(inside(recorded.at)),
                _ => {}
            }
        }
        if let Some(done) = done.filter(|at| inside(*at) && mine) {
            resolutions.push(done - log[0].at);
        }
    }
    figures.done = u32::try_from(resolutions.len()).unwrap();
    figures.response = times(responses);
    figures.resolution = times(resolutions);
    figures
}

fn times(mut all: Vec<Duration>) -> Option<Times> {
    all.sort_unstable();
    let sum: i64 = all.iter().map(Duration::num_milliseconds).sum();
    let count = i64::try_from(all.len()).unwrap();
    let rank = |tenths: usize| all[(all.len() * tenths).div_ceil(10) - 1];
    (!all.is_empty()).then(|| Times {
        count: u32::try_from(all.len()).unwrap(),
        mean: Duration::milliseconds(sum / count),
        median: rank(5),
        p90: rank(9),
    })
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
        ..Scope::of(config.id)
    });
    for scope in std::iter::once(Scope::of(config.id)).chain(scopes) {
        for span in Span::ALL {
            let window = span.around(now, zone);
            let mut windows = span.parts(window, zone);
            windows.push(window);
            for window in windows {
                let counted = store.figures(scope, window).await.unwrap();
                let expected = reference(&logs, scope, window);
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
