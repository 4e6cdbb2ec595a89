//! What somebody is told whose command was done: briefly, for a toast or a reply.

use actors::domain::{BlockKind, Event, Incident, IncidentId, Urgency};

use chrono::{DateTime, Utc};

use super::scene::{Scene, number_of};
use super::wording::{Filling, Phrase};

/// A command was done; this event says which.
pub(super) fn accepted(scene: &Scene<'_>, event: &Event) -> Phrase {
    let number = ("number", Filling::from(scene.subject()));
    match event {
        Event::Reported { .. } => scene.say("accepted-reported", &[number]),
        Event::Answered { .. } => scene.say("accepted-answered", &[]),
        Event::IntakeEnded => scene.say("accepted-intake-ended", &[number]),
        Event::DepartmentSet { department } => {
            let department = ("department", scene.department(*department).into());
            scene.say("accepted-department", &[number, department])
        }
        Event::MembershipRequested { department } => {
            let department = ("department", scene.department(*department).into());
            scene.say("accepted-membership-requested", &[department])
        }
        Event::Claimed => scene.say("accepted-claimed", &[number]),
        Event::Joined => scene.say("accepted-joined", &[number]),
        Event::Left => scene.say("accepted-left", &[number]),
        Event::Assigned { person } => {
            let person = ("person", scene.name(*person).into());
            scene.say("accepted-assigned", &[number, person])
        }
        Event::Started => scene.say("accepted-started", &[number]),
        Event::Blocked { kind, .. } => scene.say(blocked_id(*kind), &[number]),
        Event::WakeUpSet { wake } => wake_up_set(scene, *wake),
        Event::Acknowledged => scene.say("accepted-acknowledged", &[number]),
        Event::StillOnIt => scene.say("accepted-still-on-it", &[number]),
        Event::Resumed => scene.say("accepted-resumed", &[number]),
        Event::ResolutionBegun => scene.say("accepted-resolution-begun", &[number]),
        Event::SummaryPartGiven { comment: None, .. } => scene.say("accepted-photo-first", &[]),
        Event::SummaryPartGiven { .. } => scene.say("accepted-words-first", &[]),
        Event::Summarised { .. } => scene.say("accepted-summarised", &[number]),
        Event::Confirmed => scene.say("accepted-confirmed", &[number]),
        Event::Reopened { .. } => scene.say("accepted-reopened", &[number]),
        Event::Cancelled { .. } => scene.say("accepted-cancelled", &[number]),
        Event::MarkedDuplicate { .. } => scene.say("accepted-duplicate", &[number]),
        Event::Commented { .. } => scene.say("accepted-commented", &[number]),
        Event::PhotoAdded { .. } => scene.say("accepted-photo-added", &[number]),
        Event::Followed => scene.say("accepted-followed", &[number]),
        Event::RecordingAdded { .. } => scene.say("accepted-recording-added", &[number]),
        Event::UrgencySet { urgency } => scene.say(urgency_id(*urgency), &[number]),
        Event::ReportAmended { .. } => scene.say("accepted-amended", &[number]),
        Event::Assessed { .. } | Event::AssessmentGivenUp | Event::QuestionAsked { .. } => {
            scene.say("accepted-triage", &[])
        }
        // Only the clock makes these happen, and it waits for no answer.
        Event::DepartmentReminded
        | Event::DispatchersTold
        | Event::Nudged { .. }
        | Event::SummaryReminded
        | Event::WokenUp
        | Event::WaitQuestioned
        | Event::LeaseQuestioned
        | Event::ShiftEnding { .. }
        | Event::LeaseEnded
        | Event::OverdueNoted
        | Event::EscalationWarned
        | Event::Escalated { .. }
        | Event::CallUnheard { .. }
        | Event::SummaryTimedOut
        | Event::ConfirmationTimedOut => scene.say("accepted-done", &[]),
    }
}

fn wake_up_set(scene: &Scene<'_>, wake: Option<DateTime<Utc>>) -> Phrase {
    let number = ("number", Filling::from(scene.subject()));
    match wake {
        Some(wake) => {
            let time = ("time", scene.moment(wake).into());
            scene.say("accepted-wake-up", &[number, time])
        }
        None => scene.say("accepted-no-wake-up", &[number]),
    }
}

fn blocked_id(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Attention => "accepted-attention",
        BlockKind::NeedsPurchase => "accepted-needs-purchase",
        BlockKind::NeedsContractor => "accepted-needs-contractor",
        BlockKind::Waiting => "accepted-waiting",
    }
}

fn urgency_id(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Critical => "accepted-critical",
        Urgency::SameDay => "accepted-same-day",
        Urgency::Planned => "accepted-planned",
    }
}

/// The number of another incident, if it is known.
pub(super) fn other_number(scene: &Scene<'_>, incidents: &[Incident], id: IncidentId) -> Phrase {
    incidents
        .iter()
        .find(|incident| incident.identity.id == id)
        .map_or_else(
            || scene.say("another-incident", &[]),
            |incident| number_of(incident.identity.number),
        )
}
