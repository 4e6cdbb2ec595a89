//! The card: the one message of an incident that always shows how it stands, and what may be done.
//!
//! It is only redrawn when something changes, so it names times of day, never how long ago.

use actors::domain::incident::Work;
use actors::domain::notice::Menu;
use actors::domain::{
    BlockKind, Comment, Incident, PersonId, Resolution, Stage, Urgency, decide::REOPEN_WINDOW,
};
use actors::inbound::{Button, Verb};
use chrono::{DateTime, Duration, Utc};

use super::marks;
use super::page::Page;
use super::requests::place_name;
use super::scene::{Scene, number_of};
use super::triage;
use super::wording::Phrase;

mod keys;

pub(super) use keys::{confirmation_keys, department_keys, hand_over_keys, verb_button, verb_key};

/// How much of a report its card shows, in UTF-16 units. With the other limits a card stays well
/// below the 4,096 that a message may have.
const REPORT_LIMIT: usize = 1_200;

/// How much of a summary.
const SUMMARY_LIMIT: usize = 700;

/// How much of the newest comment, and of what blocks an incident.
const COMMENT_LIMIT: usize = 200;

/// How many helpers are named.
const HELPERS_NAMED: usize = 8;

/// The card.
pub(super) fn card(
    scene: &Scene<'_>,
    incident: &Incident,
    menu: Menu,
    other: Option<&Incident>,
) -> Page {
    let mut page = face(scene, incident, other);
    for row in keys::card_keys(scene, incident, menu) {
        page.row(row);
    }
    page
}

/// What a card says.
pub(super) fn face(scene: &Scene<'_>, incident: &Incident, other: Option<&Incident>) -> Page {
    let mut page = Page::of(title(scene, incident));
    stage_lines(scene, incident, &mut page);
    if let Some(planned) = &incident.report.planned {
        let time = ("time", scene.moment(planned.due).into());
        page.line(scene.say("card-planned", &[time]));
    }
    if let Some(place) = &incident.report.place {
        let place = ("place", place_name(scene, place).into());
        page.line(scene.say("card-place", &[place]));
    }
    if let Some(overdue) = incident.overdue_at.filter(|_| incident.is_open()) {
        let time = ("time", scene.moment(overdue).into());
        page.line(scene.say("card-overdue", &[time]));
    }
    escalation_line(scene, incident, &mut page);
    if let Some(other) = other.filter(|other| Some(other.identity.id) == incident.duplicate_of) {
        let number = number_of(other.identity.number);
        page.line(scene.say("card-duplicate", &[("other", number.into())]));
    }
    triage::findings(scene, incident, &mut page);
    page.gap();
    page.quote(&scene.voice, &incident.report.text, REPORT_LIMIT);
    triage::translation(scene, incident, &mut page);
    page.line(reporter(scene, incident));
    if let Some(summary) = &incident.summary {
        page.line(scene.say("card-summary", &[]));
        page.quote(&scene.voice, summary, SUMMARY_LIMIT);
    }
    if let Some(comment) = &incident.latest_comment {
        page.line(latest_comment(scene, incident, comment));
    }
    page
}

/// Who was called last, or who looks after it.
fn escalation_line(scene: &Scene<'_>, incident: &Incident, page: &mut Page) {
    let Some(escalation) = &incident.escalation else {
        return;
    };
    if let Some(it) = escalation.acknowledged {
        let person = ("person", scene.mention(it.by).into());
        let time = ("time", scene.moment(it.at).into());
        page.line(scene.say("card-acknowledged", &[person, time]));
    } else if let Some(call) = escalation.calls.last() {
        let level = ("level", i64::from(call.level).into());
        let time = ("time", scene.moment(call.at).into());
        page.line(scene.say("card-escalated", &[level, time]));
    }
}

fn title(scene: &Scene<'_>, incident: &Incident) -> Phrase {
    let fillings = [
        ("mark", marks::stage(&incident.stage).into()),
        ("number", number_of(incident.identity.number).into()),
        ("state", state(scene, &incident.stage).into()),
    ];
    let title = scene.say("card-title", &fillings);
    match incident.urgency {
        None => title,
        Some(urgency) => {
            let fillings = [
                ("title", title.into()),
                ("urgency", urgency_name(scene, urgency).into()),
            ];
            scene.say("card-title-rated", &fillings)
        }
    }
}

/// The state in a few words.
pub(super) fn state(scene: &Scene<'_>, stage: &Stage) -> Phrase {
    scene.say(stage_id(stage), &[])
}

/// The text that says it.
pub(super) fn stage_id(stage: &Stage) -> &'static str {
    match stage {
        Stage::Intake { .. } => "state-intake",
        Stage::AwaitingDepartment { .. } => "state-awaiting-department",
        Stage::New { .. } => "state-new",
        Stage::Accepted(_) => "state-accepted",
        Stage::InProgress(_) => "state-in-progress",
        Stage::Blocked { kind, .. } => blocked_id(*kind),
        Stage::AwaitingSummary { .. } => "state-awaiting-summary",
        Stage::Done { .. } => "state-done",
        Stage::Closed { resolution, .. } => resolution_id(*resolution),
    }
}

/// How an incident ended, in a few words.
pub(super) fn resolution(scene: &Scene<'_>, resolution: Resolution) -> Phrase {
    scene.say(resolution_id(resolution), &[])
}

fn blocked_id(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Attention => "state-attention",
        BlockKind::NeedsPurchase => "state-needs-purchase",
        BlockKind::NeedsContractor => "state-needs-contractor",
        BlockKind::Waiting => "state-waiting",
    }
}

fn resolution_id(resolution: Resolution) -> &'static str {
    match resolution {
        Resolution::Resolved => "state-resolved",
        Resolution::Confirmed => "state-confirmed",
        Resolution::NoSummary => "state-no-summary",
        Resolution::Unconfirmed => "state-unconfirmed",
        Resolution::Cancelled => "state-cancelled",
        Resolution::Duplicate => "state-duplicate",
    }
}

/// An urgency with its mark.
pub(super) fn urgency_name(scene: &Scene<'_>, urgency: Urgency) -> Phrase {
    let id = match urgency {
        Urgency::Critical => "urgency-critical",
        Urgency::SameDay => "urgency-same-day",
        Urgency::Planned => "urgency-planned",
    };
    scene.say(id, &[])
}

fn stage_lines(scene: &Scene<'_>, incident: &Incident, page: &mut Page) {
    match &incident.stage {
        Stage::Intake { since, .. } | Stage::AwaitingDepartment { since, .. } => {
            page.line(scene.say("card-since", &[("time", scene.moment(*since).into())]));
        }
        Stage::New {
            department, since, ..
        } => {
            let fillings = [
                ("department", scene.department(*department).into()),
                ("time", scene.moment(*since).into()),
            ];
            page.line(scene.say("card-unclaimed", &fillings));
        }
        Stage::Accepted(work) | Stage::InProgress(work) => work_lines(scene, work, page),
        Stage::Blocked {
            work,
            since,
            comment,
            wake,
            ..
        } => {
            work_lines(scene, work, page);
            let fillings = [
                ("time", scene.moment(*since).into()),
                ("text", scene.voice.line(comment, COMMENT_LIMIT).into()),
            ];
            page.line(scene.say("card-blocked", &fillings));
            if let Some(wake) = wake {
                let time = ("time", scene.moment(*wake).into());
                page.line(scene.say("card-wake-up", &[time]));
            }
        }
        Stage::AwaitingSummary {
            work,
            resolver,
            since,
            ..
        } => {
            work_lines(scene, work, page);
            page.line(summary_wanted(scene, *resolver, *since));
        }
        Stage::Done { work, .. } => {
            work_lines(scene, work, page);
            let reporter = scene.mention(incident.report.reporter);
            page.line(scene.say("card-confirmation-wanted", &[("person", reporter.into())]));
        }
        Stage::Closed { at, by, .. } => {
            closed_lines(scene, incident, *at, *by, page);
        }
    }
}

fn work_lines(scene: &Scene<'_>, work: &Work, page: &mut Page) {
    let fillings = [
        ("department", scene.department(work.department).into()),
        ("person", scene.mention(work.owner).into()),
        ("time", scene.moment(work.since).into()),
    ];
    page.line(scene.say("card-owner", &fillings));
    if !work.helpers.is_empty() {
        let names = scene.names(&work.helpers, HELPERS_NAMED);
        page.line(scene.say("card-helpers", &[("names", names.into())]));
    }
}

fn summary_wanted(scene: &Scene<'_>, resolver: PersonId, since: DateTime<Utc>) -> Phrase {
    let person = ("person", scene.mention(resolver).into());
    match scene.group {
        None => scene.say("card-summary-wanted", &[person]),
        Some(group) => {
            let patience = Duration::minutes(i64::from(group.settings.summary_timeout_minutes));
            let until = ("time", scene.moment(since + patience).into());
            scene.say("card-summary-wanted-until", &[person, until])
        }
    }
}

fn closed_lines(
    scene: &Scene<'_>,
    incident: &Incident,
    at: DateTime<Utc>,
    by: Option<PersonId>,
    page: &mut Page,
) {
    let took = scene.voice.duration(at - incident.opened_at);
    let time = ("time", scene.moment(at).into());
    let took = ("duration", took.into());
    if let Some(department) = incident.department() {
        let department = scene.department(department);
        page.line(scene.say("card-department", &[("department", department.into())]));
    }
    page.line(match by {
        Some(person) => {
            let person = ("person", scene.mention(person).into());
            scene.say("card-closed", &[person, time, took])
        }
        None => scene.say("card-closed-by-clock", &[time, took]),
    });
}

fn reporter(scene: &Scene<'_>, incident: &Incident) -> Phrase {
    let person = scene.mention(incident.report.reporter);
    let mut parts = vec![scene.say(
        "card-reporter",
        &[
            ("person", person.into()),
            ("time", scene.moment(incident.opened_at).into()),
        ],
    )];
    let photos = i64::try_from(incident.report.photos.len()).unwrap_or(i64::MAX);
    if photos > 0 {
        parts.push(scene.say("card-photos", &[("count", photos.into())]));
    }
    let recordings = i64::try_from(incident.report.recordings.len()).unwrap_or(i64::MAX);
    if recordings > 0 {
        parts.push(scene.say("card-recordings", &[("count", recordings.into())]));
    }
    let followers = i64::try_from(incident.followers.len()).unwrap_or(i64::MAX);
    if followers > 0 {
        parts.push(scene.say("card-followers", &[("count", followers.into())]));
    }
    if incident.reopenings > 0 {
        let count = i64::from(incident.reopenings);
        parts.push(scene.say("card-reopened", &[("count", count.into())]));
    }
    let parts: Vec<&str> = parts.iter().map(Phrase::as_str).collect();
    Phrase::ready(parts.join(" · "))
}

fn latest_comment(scene: &Scene<'_>, incident: &Incident, comment: &Comment) -> Phrase {
    let said = [
        ("person", scene.name(comment.by).into()),
        (
            "text",
            scene.voice.line(&comment.text, COMMENT_LIMIT).into(),
        ),
    ];
    let line = scene.say("card-comment", &said);
    if incident.comments < 2 {
        return line;
    }
    let earlier = i64::from(incident.comments - 1);
    let fillings = [("comment", line.into()), ("count", earlier.into())];
    scene.say("card-comment-and-earlier", &fillings)
}
