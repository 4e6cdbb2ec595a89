//! "AI said, people set": what a report shows of it, and that it is what the events add up to.

use actors::domain::kpi::{Depth, Ratings, Scope, Span, Window};
use actors::domain::{Author, Event, Incident, Rater, Recorded, Urgency};
use chrono::TimeDelta;

use crate::triage::model::{Model, says};
use crate::triage::with_model;
use crate::world::{World, conversations};
use crate::yard::Yard;

conversations! {
    a_report_shows_what_ai_said_beside_what_people_set
    ratings_are_what_the_events_add_up_to
}

/// Mari rates what has that number.
pub(crate) async fn rate(world: &World, yard: &Yard, number: &str, urgency: &str) {
    let card = world.card(yard.chat, number).id;
    world.press(yard.mari, yard.chat, card, "Urgency").await;
    world.press(yard.mari, yard.chat, card, urgency).await;
}

async fn a_report_shows_what_ai_said_beside_what_people_set(mut world: World) {
    let model = Model::always(says(Urgency::Planned, "Smell in the lobby"));
    let yard = with_model(&mut world, &model).await;
    let reports = ["It smells in the lobby", "A lamp is dark", "Another lamp"];
    for (number, words) in (1..).zip(reports) {
        raised(&world, &yard, number, words).await;
    }
    rate(&world, &yard, "0001", "critical").await;
    let asked = world.say(yard.chat, yard.mari, "/report day").await;
    let shown = world.answer(yard.chat, asked);
    for line in [
        "Critical, and AI had said less: 0001 Smell in the lobby",
        "rated 3, people changed 1",
    ] {
        assert!(shown.text.contains(line), "{line}: {}", shown.text);
    }
    world
        .press(yard.mari, yard.chat, shown.id, "AI said, people set")
        .await;
    let table = world.said(yard.chat, "left so");
    for line in [
        "0001 · Smell in the lobby · AI said",
        "left so 2, people set",
        "rated by triage",
    ] {
        assert!(table.text.contains(line), "{line}: {}", table.text);
    }
    assert_eq!(table.labels(), ["0001"]);
    let toast = world
        .press(yard.jaan, yard.chat, shown.id, "AI said, people set")
        .await;
    assert!(toast.text.contains("manager"), "{toast:?}");
    world.press(yard.mari, yard.chat, shown.id, "CSV").await;
    let file = world.telegram.last_from_bot(yard.chat).unwrap();
    let table = world.document(&file).await;
    let table = String::from_utf8(table).unwrap();
    let (head, first) = (table.lines().next().unwrap(), table.lines().nth(1).unwrap());
    assert!(
        head.contains("urgency,rated_by,triage_said,triage_by"),
        "{head}"
    );
    assert!(first.contains("critical,person,planned,model"), "{first}");
    world.finish().await;
}

/// Mari reports something, the model says what it thinks, and only then Mari opens menus: what the
/// model says draws the card anew.
pub(crate) async fn raised(world: &World, yard: &Yard, number: i64, words: &str) {
    let report = format!("/new_issue {words}");
    world.say(yard.chat, yard.mari, &report).await;
    for _ in 0..200 {
        let incident = world.incident(yard.chat, number).await;
        let assessment = incident.triage.assessment;
        if assessment.is_some_and(|it| it.by == Rater::Model) {
            break;
        }
        world.settle().await;
    }
    world.settle().await;
    let card = world.card(yard.chat, &format!("{number:04}")).id;
    for button in ["Choose department", "Kitchen"] {
        world.press(yard.mari, yard.chat, card, button).await;
    }
}

/// The same from the events alone, slowly.
fn reference(logs: &[(Incident, Vec<Recorded>)], scope: Scope, window: Window) -> Ratings {
    let mut ratings = Ratings::default();
    for (incident, log) in logs {
        let mine = scope.department.is_none() || scope.department == incident.department();
        let inside = window.from <= log[0].at && log[0].at < window.until;
        let (mut said, mut set) = (None, None);
        for recorded in log {
            match (&recorded.event, recorded.by) {
                (Event::Assessed { assessment }, _) => said = assessment.urgency,
                (Event::UrgencySet { urgency }, Author::Person(_)) => set = Some(*urgency),
                _ => {}
            }
        }
        if let Some(said) = said.filter(|_| mine && inside) {
            ratings.note(said, set, 1);
        }
    }
    ratings
}

async fn ratings_are_what_the_events_add_up_to(mut world: World) {
    let script = (0..4).flat_map(|_| {
        [Urgency::Critical, Urgency::SameDay, Urgency::Planned].map(|it| says(it, "Something"))
    });
    let model = Model::new(script);
    let yard = with_model(&mut world, &model).await;
    let sets = ["critical", "", "same day", "planned", ""];
    for number in 1..=10_i64 {
        let words = format!("Something {number} is odd");
        raised(&world, &yard, number, &words).await;
        let set = sets[usize::try_from(number).unwrap() % sets.len()];
        if !set.is_empty() {
            rate(&world, &yard, &format!("{number:04}"), set).await;
        }
        world.pass(TimeDelta::hours(5)).await;
    }
    let config = yard.config(&world).await;
    let store = world.store();
    let mut logs = Vec::new();
    for number in 1..=10 {
        let incident = world.incident(yard.chat, number).await;
        let log = store.events(incident.identity.id).await.unwrap();
        logs.push((incident, log));
    }
    let (now, zone) = (world.telegram.now(), config.settings.time_zone);
    let mut all = 0;
    for span in Span::ALL {
        let window = span.around(now, zone);
        let mut windows = span.parts(window, zone);
        windows.push(window);
        for window in windows {
            let facts = store.facts(config.id, window, Depth::Figures);
            let facts = facts.await.unwrap();
            let counted = facts.ratings(Scope::ALL, window);
            assert_eq!(counted, reference(&logs, Scope::ALL, window), "{window:?}");
            let missed = facts.missed_criticals(Scope::ALL, window);
            let count = u32::try_from(missed.len()).unwrap();
            assert_eq!(counted.missed_criticals(), count, "{window:?}");
            all = counted.rated().max(all);
        }
    }
    assert_eq!(all, 10, "a month holds them all");
    world.finish().await;
}
