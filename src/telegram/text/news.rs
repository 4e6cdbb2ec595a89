//! What becomes of an incident, to those whom it concerns.

use actors::domain::notice::Menu;
use actors::domain::{
    BlockKind, Incident, IncidentId, PersonId, Photo, Resolution, Says, Stage, Work,
};
use actors::inbound::{Button, Verb};

use super::Key;
use super::answers::other_number;
use super::card;
use super::page::Page;
use super::scene::Scene;
use super::wording::Filling;

/// How much of somebody's reasons is quoted, in UTF-16 units.
const REASON_LIMIT: usize = 700;

/// The card; without its incident, which cannot be, only a word in its place.
pub(super) fn card(scene: &Scene<'_>, menu: Menu, others: &[Incident]) -> Page {
    match scene.incident {
        Some(incident) => card::card(scene, incident, menu, original(incident, others)),
        None => scene.subject().into(),
    }
}

/// An incident, shown where it was asked for.
pub(super) fn shown(scene: &Scene<'_>, menu: Menu, others: &[Incident]) -> Page {
    let Some(incident) = scene.incident else {
        return scene.subject().into();
    };
    let mut page = card::card(scene, incident, menu, original(incident, others));
    let history = Button::History {
        incident: incident.identity.id,
        page: 0,
    };
    let history = scene.key("button-history", history);
    page.row([history].into_iter().chain(scene.card_key()));
    page.rows(asked(scene, incident), 2);
    page
}

/// Answers to what the clock asks, for those who were asked in one message with much else.
fn asked(scene: &Scene<'_>, incident: &Incident) -> Vec<Key> {
    let key = |label, verb| card::verb_key(scene, incident, label, verb);
    let mut keys = Vec::new();
    let escalation = incident.escalation.as_ref();
    let called = escalation.is_some_and(|it| !it.calls.is_empty() && it.acknowledged.is_none());
    if called && incident.is_open() && incident.work().is_none() {
        keys.push(key("button-acknowledge", Verb::Acknowledge));
    }
    let questioned = |work: &Work| work.asked_at.is_some();
    if incident.is_under_way() && incident.work().is_some_and(questioned) {
        keys.push(key("button-still-on-it", Verb::StillOnIt));
    }
    if matches!(incident.stage, Stage::Blocked { .. }) {
        keys.push(key("button-other-date", Verb::AskWakeUp));
    }
    keys
}

fn original<'a>(incident: &Incident, others: &'a [Incident]) -> Option<&'a Incident> {
    others
        .iter()
        .find(|other| Some(other.identity.id) == incident.duplicate_of)
}

/// Where the card is, in place of one that went astray.
pub(super) fn card_elsewhere(scene: &Scene<'_>) -> Page {
    let mut page = Page::of(scene.say("card-elsewhere", &[subject(scene)]));
    page.row(scene.card_key());
    page
}

/// Photos of a report that came from elsewhere.
pub(super) fn photos(scene: &Scene<'_>, photos: &[Photo]) -> Page {
    let mut page = Page::of(scene.say("news-photos", &[subject(scene)]));
    page.photos(photos);
    page
}

/// News to one person.
pub(super) fn page(scene: &Scene<'_>, says: &Says, others: &[Incident]) -> Page {
    let mut page = match says {
        Says::Claimed { by } => by_person(scene, "news-claimed", *by),
        Says::Assigned { by } => with_excerpt(scene, by_person(scene, "news-assigned", *by)),
        Says::Blocked { by, kind, comment } => {
            with_quote(scene, by_person(scene, blocked_id(*kind), *by), comment)
        }
        Says::Resumed { by } => by_person(scene, "news-resumed", *by),
        Says::Transferred { to, by } => {
            let to = ("department", scene.department(*to).into());
            scene
                .say(
                    "news-transferred",
                    &[subject(scene), person(scene, *by), to],
                )
                .into()
        }
        Says::Resolved { by } => with_summary(scene, by_person(scene, "news-resolved", *by)),
        Says::ConfirmationAsked { by } => return confirmation_asked(scene, *by),
        Says::Reopened { by, comment } => {
            with_quote(scene, by_person(scene, "news-reopened", *by), comment)
        }
        Says::Cancelled { by, reason } => {
            with_quote(scene, by_person(scene, "news-cancelled", *by), reason)
        }
        Says::MarkedDuplicate { of, by } => marked_duplicate(scene, *of, *by, others),
        Says::AutoClosed {
            resolution,
            absent_minutes,
        } => auto_closed(scene, *resolution, *absent_minutes),
        Says::DepartmentReminder { absent_minutes } => {
            return department_reminder(scene, *absent_minutes);
        }
        Says::SummaryReminder { minutes_left } => {
            let minutes = ("minutes", Filling::from(*minutes_left));
            scene
                .say("news-summary-reminder", &[subject(scene), minutes])
                .into()
        }
        // `render` sends no others here.
        _ => Page::default(),
    };
    page.row(scene.card_key());
    page
}

fn blocked_id(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Attention => "news-attention",
        BlockKind::NeedsPurchase => "news-needs-purchase",
        BlockKind::NeedsContractor => "news-needs-contractor",
        BlockKind::Waiting => "news-waiting",
    }
}

fn confirmation_asked(scene: &Scene<'_>, by: PersonId) -> Page {
    let mut page = with_summary(scene, by_person(scene, "news-confirmation-asked", by));
    if let Some(incident) = scene.incident {
        for row in card::confirmation_keys(scene, incident) {
            page.row(row);
        }
    }
    page
}

fn marked_duplicate(scene: &Scene<'_>, of: IncidentId, by: PersonId, others: &[Incident]) -> Page {
    let other = ("other", other_number(scene, others, of).into());
    scene
        .say(
            "news-duplicate",
            &[subject(scene), person(scene, by), other],
        )
        .into()
}

fn auto_closed(scene: &Scene<'_>, resolution: Resolution, absent_minutes: Option<i64>) -> Page {
    let id = match resolution {
        Resolution::NoSummary => "news-closed-without-summary",
        Resolution::Unconfirmed => "news-closed-unconfirmed",
        Resolution::Resolved
        | Resolution::Confirmed
        | Resolution::Cancelled
        | Resolution::Duplicate => "news-closed-by-clock",
    };
    let mut page = Page::of(scene.say(id, &[subject(scene)]));
    lateness(scene, absent_minutes, &mut page);
    page
}

fn department_reminder(scene: &Scene<'_>, absent_minutes: Option<i64>) -> Page {
    let first = Page::of(scene.say("news-department-reminder", &[subject(scene)]));
    let mut page = with_excerpt(scene, first);
    lateness(scene, absent_minutes, &mut page);
    if let Some(incident) = scene.incident {
        for row in card::department_keys(scene, incident) {
            page.row(row);
        }
    }
    page
}

/// Says why something comes late, if the desk itself was down.
pub(super) fn lateness(scene: &Scene<'_>, absent_minutes: Option<i64>, page: &mut Page) {
    if let Some(minutes) = absent_minutes {
        let down = scene.voice.duration(chrono::Duration::minutes(minutes));
        page.line(scene.say("late", &[("duration", down.into())]));
    }
}

fn by_person(scene: &Scene<'_>, id: &str, by: PersonId) -> Page {
    scene.say(id, &[subject(scene), person(scene, by)]).into()
}

fn with_quote(scene: &Scene<'_>, mut page: Page, words: &str) -> Page {
    page.quote(&scene.voice, words, REASON_LIMIT);
    page
}

fn with_summary(scene: &Scene<'_>, page: Page) -> Page {
    let summary = scene
        .incident
        .and_then(|incident| incident.summary.as_deref());
    match summary {
        Some(summary) => with_quote(scene, page, summary),
        None => page,
    }
}

fn with_excerpt(scene: &Scene<'_>, mut page: Page) -> Page {
    excerpt_line(scene, &mut page);
    page
}

/// The first words of the report.
pub(super) fn excerpt_line(scene: &Scene<'_>, page: &mut Page) {
    if let Some(incident) = scene.incident {
        let text = ("text", scene.excerpt(incident).into());
        page.line(scene.say("excerpt", &[text]));
    }
}

pub(super) fn subject(scene: &Scene<'_>) -> (&'static str, Filling) {
    ("number", scene.subject().into())
}

fn person(scene: &Scene<'_>, id: PersonId) -> (&'static str, Filling) {
    ("person", scene.mention(id).into())
}
