//! Calls about what nobody takes, with their evidence: what, where, how old, who was told and when,
//! who could not be reached, who is on duty.

use actors::domain::escalation::unclaimed_since;
use actors::domain::{Incident, PersonId, Says};
use actors::inbound::{Button, Verb};
use actors::ports::Telling;
use chrono::{DateTime, Duration, Utc};

use super::card::{hand_over_keys, verb_key};
use super::news::{excerpt_line, lateness, subject};
use super::page::Page;
use super::scene::Scene;
use super::wording::{Filling, Phrase};

/// From which delay on a call says how late it is: less is how long a message takes.
const LATE: Duration = Duration::minutes(1);

/// How much of a place is shown, in UTF-16 units.
const PLACE_LIMIT: usize = 80;

/// How many of those on duty, or told, are named.
const NAMED: usize = 12;

/// A warning, a call, or the word that somebody looks after it.
pub(super) fn page(scene: &Scene<'_>, says: &Says, tellings: &[Telling]) -> Page {
    match says {
        Says::EscalationWarned { call, due } => warning(scene, call, *due),
        Says::Acknowledged { by } => {
            let person = ("person", scene.mention(*by).into());
            let said = scene.say("escalation-acknowledged", &[subject(scene), person]);
            let mut page = Page::of(said);
            page.row(scene.card_key());
            page
        }
        Says::Escalated {
            level,
            people,
            due,
            absent_minutes,
        } => {
            let mut page = call(scene, *level);
            evidence(scene, people, tellings, &mut page);
            late(scene, *due, &mut page);
            lateness(scene, *absent_minutes, &mut page);
            keys(scene, &mut page);
            page
        }
        // `render` sends no others here.
        _ => Page::default(),
    }
}

fn warning(scene: &Scene<'_>, call: &[PersonId], due: DateTime<Utc>) -> Page {
    let time = ("time", scene.moment(due).into());
    let department = scene.incident.and_then(Incident::department);
    let mut fillings = vec![subject(scene), age(scene), time];
    let mut page = match department {
        None => Page::of(scene.say("escalation-warning-all", &fillings)),
        Some(department) => {
            fillings.push(super::call::called(scene, department, call));
            Page::of(scene.say("escalation-warning", &fillings))
        }
    };
    excerpt_line(scene, &mut page);
    if let Some(incident) = scene.incident.filter(|it| it.department().is_some()) {
        page.row([verb_key(scene, incident, "button-claim", Verb::Claim)]);
    }
    page
}

fn call(scene: &Scene<'_>, level: u8) -> Page {
    let level = ("level", i64::from(level).into());
    let mut page = Page::of(scene.say("escalation-call", &[subject(scene), age(scene), level]));
    excerpt_line(scene, &mut page);
    let Some(incident) = scene.incident else {
        return page;
    };
    let assessment = incident.triage.assessment.as_ref();
    let assessed = assessment.and_then(|it| it.place.as_deref());
    if let Some(place) = incident.report.place.as_deref().or(assessed) {
        let place = scene.voice.line(place, PLACE_LIMIT);
        page.line(scene.say("escalation-place", &[("place", place.into())]));
    }
    let department = incident.department();
    page.line(
        match department.and_then(|it| scene.group?.department(it)) {
            None => scene.say("escalation-no-department", &[]),
            Some(department) => {
                let on_duty = scene
                    .group
                    .map(|it| it.on_duty(department.id, scene.voice.now));
                let names = scene.names(&on_duty.unwrap_or_default(), NAMED);
                let name = scene.department_name(&scene.voice, department);
                let fillings = [("department", name.into()), ("names", names.into())];
                scene.say("escalation-department", &fillings)
            }
        },
    );
    page
}

/// For how long nobody has taken it.
fn age(scene: &Scene<'_>) -> (&'static str, Filling) {
    let since = scene
        .incident
        .map(|incident| unclaimed_since(incident).unwrap_or(incident.opened_at));
    let age = scene.voice.now - since.unwrap_or(scene.voice.now);
    ("duration", scene.voice.duration(age).into())
}

fn evidence(scene: &Scene<'_>, people: &[PersonId], tellings: &[Telling], page: &mut Page) {
    let told = |telling: &Telling| {
        let person = ("person", scene.name(telling.person).into());
        let time = ("time", scene.moment(telling.at?).into());
        let id = match telling.privately {
            true => "escalation-telling",
            false => "escalation-telling-in-group",
        };
        Some(scene.say(id, &[person, time]))
    };
    let heard: Vec<Phrase> = tellings.iter().filter_map(told).collect();
    let newest = heard.len().saturating_sub(NAMED);
    if let Some(heard) = heard.get(newest..).filter(|heard| !heard.is_empty()) {
        let names = ("names", scene.voice.series(heard).into());
        page.line(scene.say("escalation-told", &[names]));
    }
    let told = |person: &PersonId| tellings.iter().any(|telling| telling.person == *person);
    let others: Vec<PersonId> = people.iter().filter(|it| !told(it)).copied().collect();
    if others.len() > 1 {
        let names = ("names", scene.names(&others, NAMED).into());
        page.line(scene.say("escalation-with-you", &[names]));
    }
    let unheard = unheard(scene, tellings);
    if !unheard.is_empty() {
        let names = ("names", scene.names(&unheard, NAMED).into());
        page.line(scene.say("escalation-not-reached", &[names]));
    }
}

/// Whom no private message has reached.
fn unheard(scene: &Scene<'_>, tellings: &[Telling]) -> Vec<PersonId> {
    let missed = tellings
        .iter()
        .filter(|it| it.at.is_none() || !it.privately);
    let mut people: Vec<PersonId> = missed.map(|it| it.person).collect();
    let escalation = scene.incident.and_then(|it| it.escalation.as_ref());
    let calls = escalation.map_or(&[][..], |it| it.calls.as_slice());
    people.extend(calls.iter().flat_map(|call| &call.unheard));
    people.sort_unstable();
    people.dedup();
    people
}

fn late(scene: &Scene<'_>, due: DateTime<Utc>, page: &mut Page) {
    let delay = scene.voice.now - due;
    if delay >= LATE {
        let time = ("time", scene.moment(due).into());
        let duration = ("duration", scene.voice.duration(delay).into());
        page.line(scene.say("escalation-late", &[time, duration]));
    }
}

fn keys(scene: &Scene<'_>, page: &mut Page) {
    let Some(incident) = scene.incident else {
        return;
    };
    let key = |label, verb| verb_key(scene, incident, label, verb);
    page.row([key("button-acknowledge", Verb::Acknowledge)]);
    let open = Button::Show {
        incident: incident.identity.id,
    };
    let open = scene.key("button-open", open);
    if incident.department().is_none() {
        page.row([open]);
        return;
    }
    page.row([key("button-take", Verb::Claim), open]);
    let members = hand_over_keys(scene, incident);
    if !members.is_empty() {
        page.line(scene.say("escalation-give-to", &[]));
    }
    page.rows(members, 2);
}
