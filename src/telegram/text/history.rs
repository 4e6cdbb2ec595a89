//! What happened to an incident, as a timeline: when, what, who.

use actors::domain::notice::HISTORY_PAGE_SIZE;
use actors::domain::{Author, BlockKind, Event, Recorded};
use actors::inbound::Button;

use super::card::urgency_name;
use super::list::turn;
use super::page::Page;
use super::scene::Scene;
use super::wording::{Filling, Phrase};

/// How much of somebody's words is shown, in UTF-16 units: a page of them fits one message.
const WORDS_LIMIT: usize = 120;

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

fn entry(scene: &Scene<'_>, recorded: &Recorded) -> Phrase {
    let time = ("time", scene.moment(recorded.at).into());
    let what = ("what", what(scene, &recorded.event).into());
    match recorded.by {
        Author::Person(person) => {
            let person = ("person", scene.name(person).into());
            scene.say("history-entry", &[time, what, person])
        }
        Author::Clock => scene.say("history-entry-clock", &[time, what]),
        Author::Triage => scene.say("history-entry-triage", &[time, what]),
    }
}

fn what(scene: &Scene<'_>, event: &Event) -> Phrase {
    let words = |id, words: &str| {
        let words = scene.voice.line(words, WORDS_LIMIT);
        scene.say(id, &[("words", words.into())])
    };
    match event {
        Event::Reported { .. } => scene.say("event-reported", &[]),
        Event::Answered { text } => words("event-answered", text),
        Event::DepartmentSet { department } => {
            let department = ("department", scene.department(*department).into());
            scene.say("event-department", &[department])
        }
        Event::MembershipRequested { department } => {
            let department = ("department", scene.department(*department).into());
            scene.say("event-membership-requested", &[department])
        }
        Event::Assigned { person } => {
            let person = ("person", scene.name(*person).into());
            scene.say("event-assigned", &[person])
        }
        Event::Blocked { kind, comment } => words(blocked_id(*kind), comment),
        Event::SummaryPartGiven {
            comment: Some(comment),
            ..
        }
        | Event::Summarised { comment, .. } => words("event-summarised", comment),
        Event::SummaryPartGiven { comment: None, .. } | Event::PhotoAdded { .. } => {
            scene.say("event-photo", &[])
        }
        Event::Reopened { comment } => words("event-reopened", comment),
        Event::Cancelled { reason } => words("event-cancelled", reason),
        Event::Commented { text } => words("event-commented", text),
        Event::ReportAmended { text } => words("event-amended", text),
        Event::UrgencySet { urgency } => {
            let urgency = ("urgency", urgency_name(scene, *urgency).into());
            scene.say("event-urgency", &[urgency])
        }
        plain => scene.say(plain_id(plain), &[]),
    }
}

fn plain_id(event: &Event) -> &'static str {
    match event {
        Event::IntakeEnded => "event-intake-ended",
        Event::Claimed => "event-claimed",
        Event::Joined => "event-joined",
        Event::Left => "event-left",
        Event::Started => "event-started",
        Event::Resumed => "event-resumed",
        Event::ResolutionBegun => "event-resolution-begun",
        Event::Confirmed => "event-confirmed",
        Event::MarkedDuplicate { .. } => "event-duplicate",
        Event::DepartmentReminded => "event-department-reminded",
        Event::DispatchersTold => "event-dispatchers-told",
        Event::Nudged { .. } => "event-nudged",
        Event::SummaryReminded => "event-summary-reminded",
        Event::SummaryTimedOut => "event-summary-timed-out",
        // The others have words or names with them and are put into words above.
        _ => "event-confirmation-timed-out",
    }
}

fn blocked_id(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Attention => "event-attention",
        BlockKind::NeedsPurchase => "event-needs-purchase",
        BlockKind::NeedsContractor => "event-needs-contractor",
        BlockKind::Waiting => "event-waiting",
    }
}
