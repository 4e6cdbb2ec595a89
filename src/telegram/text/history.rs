//! What happened to an incident, as a timeline: when, what, who.

use actors::domain::notice::HISTORY_PAGE_SIZE;
use actors::domain::{Author, BlockKind, DepartmentId, Event, PersonId, Rater, Recorded, Urgency};
use actors::inbound::Button;
use chrono::{DateTime, Utc};

use super::card::urgency_name;
use super::list::turn;
use super::markup::Medium;
use super::page::Page;
use super::scene::Scene;
use super::wording::{Filling, Phrase};

/// How much of somebody's words is shown, in UTF-16 units: a page of them fits one message.
const WORDS_LIMIT: usize = 120;

/// How much on a page in a browser, which has room.
const PAGE_WORDS_LIMIT: usize = 4_000;

/// A page of a history.
pub(super) fn page(scene: &Scene<'_>, history: &[Recorded], present: u32, total: u32) -> Page {
    let subject = ("number", Filling::from(scene.subject()));
    let mut page = Page::of(scene.say("history", &[subject]));
    page.gap();
    for recorded in history {
        page.line(entry(scene, recorded));
    }
    if let Some(incident) = scene.incident {
        let incident = incident.identity.id;
        let pages = total.div_ceil(HISTORY_PAGE_SIZE);
        turn(scene, &mut page, present, pages, |page| Button::History {
            incident,
            page,
        });
        page.row([scene.key("button-show", Button::Show { incident })]);
    }
    page
}

/// How many people an entry names.
const NAMED: usize = 10;

fn entry(scene: &Scene<'_>, recorded: &Recorded) -> Phrase {
    let time = ("time", scene.moment(recorded.at).into());
    let what = ("what", what(scene, &recorded.event).into());
    match doer(recorded) {
        Doer::Person(person) => {
            let person = ("person", scene.name(person).into());
            scene.say("history-entry", &[time, what, person])
        }
        Doer::Clock => scene.say("history-entry-clock", &[time, what]),
        Doer::Rule => scene.say("history-entry-rule", &[time, what]),
        Doer::Model => scene.say("history-entry-triage", &[time, what]),
    }
}

/// Who did something, as people would say it.
pub(super) enum Doer {
    Person(PersonId),
    Clock,
    /// The rule list: it speaks in the moment in which somebody reports, and is not that person.
    Rule,
    Model,
}

pub(super) fn doer(recorded: &Recorded) -> Doer {
    let by_rule = |event: &Event| match event {
        Event::Assessed { assessment } => assessment.by == Rater::Rules,
        _ => false,
    };
    match recorded.by {
        _ if by_rule(&recorded.event) => Doer::Rule,
        Author::Person(person) => Doer::Person(person),
        Author::Clock => Doer::Clock,
        Author::Triage => Doer::Model,
    }
}

fn timed(scene: &Scene<'_>, id: &str, at: DateTime<Utc>) -> Phrase {
    scene.say(id, &[("time", scene.moment(at).into())])
}

/// What happened, without when and by whom.
pub(super) fn what(scene: &Scene<'_>, event: &Event) -> Phrase {
    let plain = |id| scene.say(id, &[]);
    match event {
        Event::Reported { .. } => plain("event-reported"),
        Event::Answered { text } => words(scene, "event-answered", text),
        Event::Assessed { assessment } => match assessment.urgency {
            Some(urgency) => rated(scene, urgency),
            None => plain("event-assessed"),
        },
        Event::AssessmentGivenUp => plain("event-assessment-given-up"),
        Event::QuestionAsked { question } => words(scene, "event-question", &question.text),
        Event::IntakeEnded => plain("event-intake-ended"),
        Event::DepartmentSet { department: to } => department(scene, "event-department", *to),
        Event::MembershipRequested { department: to } => {
            department(scene, "event-membership-requested", *to)
        }
        Event::Claimed => plain("event-claimed"),
        Event::Joined => plain("event-joined"),
        Event::Left => plain("event-left"),
        Event::Assigned { person } => {
            scene.say("event-assigned", &[("person", scene.name(*person).into())])
        }
        Event::Started => plain("event-started"),
        Event::Blocked { kind, comment } => words(scene, blocked_id(*kind), comment),
        Event::WakeUpSet { wake: Some(wake) } => timed(scene, "event-wake-up", *wake),
        Event::WakeUpSet { wake: None } => plain("event-no-wake-up"),
        Event::WokenUp => plain("event-woken-up"),
        Event::WaitQuestioned => plain("event-wait-questioned"),
        Event::StillOnIt => plain("event-still-on-it"),
        Event::LeaseQuestioned => plain("event-lease-questioned"),
        Event::ShiftEnding { until } => timed(scene, "event-shift-ending", *until),
        Event::LeaseEnded => plain("event-lease-ended"),
        Event::OverdueNoted => plain("event-overdue"),
        Event::EscalationWarned => plain("event-escalation-warned"),
        Event::Escalated { level, people } => called(scene, Some(*level), people),
        Event::CallUnheard { people } => called(scene, None, people),
        Event::Acknowledged => plain("event-acknowledged"),
        Event::Resumed => plain("event-resumed"),
        Event::ResolutionBegun => plain("event-resolution-begun"),
        Event::SummaryPartGiven { comment, .. } => match comment {
            Some(comment) => words(scene, "event-summarised", comment),
            None => plain("event-photo"),
        },
        Event::Summarised { comment, .. } => words(scene, "event-summarised", comment),
        Event::Confirmed => plain("event-confirmed"),
        Event::Reopened { comment } => words(scene, "event-reopened", comment),
        Event::Cancelled { reason } => words(scene, "event-cancelled", reason),
        Event::MarkedDuplicate { .. } => plain("event-duplicate"),
        Event::Commented { text } => words(scene, "event-commented", text),
        Event::PhotoAdded { .. } => plain("event-photo"),
        Event::Followed => plain("event-followed"),
        Event::RecordingAdded { .. } => plain("event-recording"),
        Event::UrgencySet { urgency } => rated(scene, *urgency),
        Event::ReportAmended { text, .. } => words(scene, "event-amended", text),
        Event::DepartmentReminded => plain("event-department-reminded"),
        Event::DispatchersTold => plain("event-dispatchers-told"),
        Event::Nudged { .. } => plain("event-nudged"),
        Event::SummaryReminded => plain("event-summary-reminded"),
        Event::SummaryTimedOut => plain("event-summary-timed-out"),
        Event::ConfirmationTimedOut => plain("event-confirmation-timed-out"),
    }
}

/// Who was called, or, without a level, whom that did not reach.
fn called(scene: &Scene<'_>, level: Option<u8>, people: &[PersonId]) -> Phrase {
    let names = ("names", scene.names(people, NAMED).into());
    match level {
        Some(level) => {
            let level = ("level", i64::from(level).into());
            scene.say("event-escalated", &[level, names])
        }
        None => scene.say("event-call-unheard", &[names]),
    }
}

fn rated(scene: &Scene<'_>, urgency: Urgency) -> Phrase {
    let urgency = urgency_name(scene, urgency);
    scene.say("event-urgency", &[("urgency", urgency.into())])
}

fn words(scene: &Scene<'_>, id: &str, words: &str) -> Phrase {
    let words = match scene.voice.medium {
        Medium::Html => scene.voice.line(words, WORDS_LIMIT),
        Medium::Plain => scene.voice.line(words, PAGE_WORDS_LIMIT),
    };
    scene.say(id, &[("words", words.into())])
}

fn department(scene: &Scene<'_>, id: &str, department: DepartmentId) -> Phrase {
    let department = scene.department(department);
    scene.say(id, &[("department", department.into())])
}

fn blocked_id(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Attention => "event-attention",
        BlockKind::NeedsPurchase => "event-needs-purchase",
        BlockKind::NeedsContractor => "event-needs-contractor",
        BlockKind::Waiting => "event-waiting",
    }
}
