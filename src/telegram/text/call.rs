//! Calls to many in the group: a department is wanted, or somebody who directs.

use actors::domain::{DepartmentId, PersonId, Says};
use actors::inbound::Verb;
use chrono::{DateTime, Utc};

use super::card::{department_keys, verb_key};
use super::news::lateness;
use super::page::Page;
use super::scene::Scene;
use super::wording::{Filling, Phrase};

/// A call.
pub(super) fn page(scene: &Scene<'_>, says: &Says) -> Page {
    match says {
        Says::NewInDepartment {
            department,
            call,
            released_by,
        } => new_in_department(scene, *department, call, *released_by),
        Says::Nudge {
            department,
            call,
            since,
            absent_minutes,
        } => nudge(scene, *department, call, *since, *absent_minutes),
        Says::DepartmentMissing {
            since,
            call,
            absent_minutes,
        } => department_missing(scene, *since, call, *absent_minutes),
        // `render` sends no others here.
        _ => Page::default(),
    }
}

fn new_in_department(
    scene: &Scene<'_>,
    department: DepartmentId,
    call: &[PersonId],
    released_by: Option<PersonId>,
) -> Page {
    let called = called(scene, department, call);
    let mut page = Page::of(match released_by {
        None => scene.say("call-new", &[called, subject(scene)]),
        Some(person) => {
            let person = ("person", scene.name(person).into());
            scene.say("call-released", &[called, subject(scene), person])
        }
    });
    excerpt(scene, &mut page);
    page
}

fn nudge(
    scene: &Scene<'_>,
    department: DepartmentId,
    call: &[PersonId],
    since: DateTime<Utc>,
    absent_minutes: Option<i64>,
) -> Page {
    let fillings = [
        called(scene, department, call),
        subject(scene),
        (
            "duration",
            scene.voice.duration(scene.voice.now - since).into(),
        ),
    ];
    let mut page = Page::of(scene.say("call-nudge", &fillings));
    excerpt(scene, &mut page);
    lateness(scene, absent_minutes, &mut page);
    if let Some(incident) = scene.incident {
        page.row([verb_key(scene, incident, "button-claim", Verb::Claim)]);
    }
    page
}

/// A department has it, and nobody there is on duty.
pub(super) fn nobody_on_duty(scene: &Scene<'_>, department: DepartmentId) -> Page {
    let department = ("department", scene.department(department).into());
    let mut page = Page::of(scene.say("call-nobody-on-duty", &[department, subject(scene)]));
    excerpt(scene, &mut page);
    page.row(scene.card_key());
    page
}

fn department_missing(
    scene: &Scene<'_>,
    since: DateTime<Utc>,
    call: &[PersonId],
    absent_minutes: Option<i64>,
) -> Page {
    let time = ("time", scene.moment(since).into());
    let names = ("names", scene.mentions(call).into());
    let mut page = Page::of(scene.say("call-department-missing", &[names, subject(scene), time]));
    excerpt(scene, &mut page);
    lateness(scene, absent_minutes, &mut page);
    if let Some(incident) = scene.incident {
        for row in department_keys(scene, incident) {
            page.row(row);
        }
    }
    page
}

pub(super) fn called(
    scene: &Scene<'_>,
    department: DepartmentId,
    call: &[PersonId],
) -> (&'static str, Filling) {
    let department = ("department", scene.department(department).into());
    let called: Phrase = if call.is_empty() {
        scene.say("called-department", &[department])
    } else {
        let names = ("names", scene.mentions(call).into());
        scene.say("called-people", &[department, names])
    };
    ("called", called.into())
}

fn subject(scene: &Scene<'_>) -> (&'static str, Filling) {
    ("number", scene.subject().into())
}

fn excerpt(scene: &Scene<'_>, page: &mut Page) {
    if let Some(incident) = scene.incident {
        let text = ("text", scene.excerpt(incident).into());
        page.line(scene.say("excerpt", &[text]));
    }
}
