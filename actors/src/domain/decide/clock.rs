//! What the clock does to an incident.

use chrono::{DateTime, Duration, Utc};

use super::record;
use super::triage::onward;
use crate::domain::command::Command;
use crate::domain::escalation;
use crate::domain::event::{Author, Event};
use crate::domain::group::GroupConfig;
use crate::domain::id::PersonId;
use crate::domain::incident::{Incident, Stage, Work};
use crate::domain::lease;
use crate::domain::sla::{self, DeadlineKind};

/// When the shift of somebody who stays on until they say otherwise is thought of again.
const LOOKED_AGAIN: Duration = Duration::days(1);

pub(super) fn events(
    incident: &Incident,
    command: &Command,
    now: DateTime<Utc>,
    config: &GroupConfig,
) -> Vec<Event> {
    match command {
        Command::NoteUnheard { people } => unheard(incident, people, now, config),
        Command::NoteShiftEnding { owner, until } => {
            let noted = shift_ending(incident, *owner, *until);
            noted.into_iter().collect()
        }
        _ => due(incident, now, config),
    }
}

/// What rests, or is resolved already, is nobody's to give back.
fn shift_ending(incident: &Incident, owner: PersonId, until: DateTime<Utc>) -> Option<Event> {
    let work = incident.work().filter(|_| incident.is_under_way())?;
    let is_new = work.owner == owner && work.shift_ends_at != Some(until);
    is_new.then_some(Event::ShiftEnding { until })
}

/// Whoever said meanwhile that they stay on has a shift that ends later, and what they hold with it.
fn lease_end(incident: &Incident, now: DateTime<Utc>, config: &GroupConfig) -> Event {
    let silent = |work: &Work| {
        let grace_ends = lease::grace_ends(work.asked_at?, &config.settings);
        grace_ends.filter(|ends| *ends <= now)
    };
    let stays = incident.work().filter(|work| silent(work).is_none());
    let word = stays.and_then(|work| config.roster.word_of(work.owner, work.shift_ends_at?));
    match word.filter(|word| word.on) {
        Some(word) => Event::ShiftEnding {
            until: word.until.unwrap_or(now + LOOKED_AGAIN),
        },
        None => Event::LeaseEnded,
    }
}

/// A call that reached nobody counts as none: the next level is called at once.
fn unheard(
    incident: &Incident,
    people: &[PersonId],
    now: DateTime<Utc>,
    config: &GroupConfig,
) -> Vec<Event> {
    let last = incident.escalation.as_ref().and_then(|it| it.calls.last());
    let Some(last) = last else { return Vec::new() };
    let missed =
        |person: &&PersonId| last.people.contains(person) && !last.unheard.contains(person);
    let people: Vec<PersonId> = people.iter().filter(missed).copied().collect();
    if people.is_empty() {
        return Vec::new();
    }
    let mut events = vec![Event::CallUnheard { people }];
    let mut after = incident.clone();
    for recorded in record(events.clone(), Author::Clock, now) {
        after.apply(&recorded);
    }
    if escalation::call_due(&after, &config.settings).is_some_and(|due| due <= now) {
        events.extend(call(&after, now, config));
    }
    events
}

fn call(incident: &Incident, now: DateTime<Utc>, config: &GroupConfig) -> Option<Event> {
    let (level, people) = escalation::next_call(incident, now, config)?;
    Some(Event::Escalated { level, people })
}

/// What is due by the clock. Looking twice finds nothing the second time.
fn due(incident: &Incident, now: DateTime<Utc>, config: &GroupConfig) -> Vec<Event> {
    let due: Vec<DeadlineKind> = sla::deadlines(incident, &config.settings)
        .into_iter()
        .filter(|deadline| deadline.due <= now)
        .map(|deadline| deadline.kind)
        .collect();
    if due.contains(&DeadlineKind::SummaryTimeout) {
        return vec![Event::SummaryTimedOut];
    }
    // Who is called need not be warned about.
    let called = due.contains(&DeadlineKind::Escalation);
    due.into_iter()
        .filter(|kind| !(called && *kind == DeadlineKind::EscalationWarning))
        .flat_map(|kind| due_events(kind, incident, now, config))
        .collect()
}

fn due_events(
    kind: DeadlineKind,
    incident: &Incident,
    now: DateTime<Utc>,
    config: &GroupConfig,
) -> Vec<Event> {
    let event = match (kind, &incident.stage) {
        (DeadlineKind::IntakeTimeout, _) => return onward(incident, config),
        (DeadlineKind::DepartmentReminder, _) => Event::DepartmentReminded,
        (DeadlineKind::DepartmentDispatchers, _) => Event::DispatchersTold,
        (DeadlineKind::UnclaimedNudge, Stage::New { since, nudges, .. }) => Event::Nudged {
            nudges: sla::nudges_due(*since, now, &config.settings).max(nudges + 1),
        },
        (DeadlineKind::UnclaimedNudge, _) => Event::Nudged { nudges: 1 },
        (DeadlineKind::SummaryReminder, _) => Event::SummaryReminded,
        (DeadlineKind::SummaryTimeout, _) => Event::SummaryTimedOut,
        (DeadlineKind::ConfirmationTimeout, _) => Event::ConfirmationTimedOut,
        (DeadlineKind::WakeUp, _) => Event::WokenUp,
        (DeadlineKind::WaitingTooLong, _) => Event::WaitQuestioned,
        (DeadlineKind::ResolutionOverdue, _) => Event::OverdueNoted,
        (DeadlineKind::LeaseQuestion, _) => Event::LeaseQuestioned,
        (DeadlineKind::LeaseEnd, _) => lease_end(incident, now, config),
        (DeadlineKind::EscalationWarning, _) => Event::EscalationWarned,
        (DeadlineKind::Escalation, _) => {
            return call(incident, now, config).into_iter().collect();
        }
    };
    vec![event]
}
