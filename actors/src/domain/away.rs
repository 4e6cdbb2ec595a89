//! What fell due while the desk was away. Said one by one, sixty incidents would be sixty messages, of
//! which a group hears twenty a minute, with everything else behind them: so what is late for that
//! reason waits a moment for its like, and many words become one message. What is critical is never
//! among them.

use chrono::{DateTime, Duration, Utc};

use super::command::Command;
use super::escalation::call_due;
use super::group::Settings;
use super::id::PersonId;
use super::incident::{Incident, Stage, Urgency};
use super::notice::{NAMES_PER_MESSAGE, Says};
use super::quiet;
use super::sla::{self, Absence};

/// How long a late word waits for others: incidents look at the clock one after the other, and after a
/// start a thousand of them take about a second.
pub const GATHERING: Duration = Duration::seconds(3);

/// From how many late words on they become one message: fewer are read faster one by one, each with
/// its buttons.
pub const GATHERED_FROM: usize = 3;

/// How many words one message tells: at two thirds of the messenger's limit of letters each of them
/// has a line.
pub const WORDS_PER_MESSAGE: usize = 60;

/// How many words are gathered at once, which bounds one transaction; what is beyond them follows.
pub const GATHERED_AT_ONCE: usize = 600;

/// For how many minutes the desk was away when that was due which the clock does to an incident now.
#[must_use]
pub fn late_by(
    incident: &Incident,
    command: &Command,
    absence: Absence,
    now: DateTime<Utc>,
    settings: &Settings,
) -> Option<i64> {
    match command {
        Command::LookAtClock => {
            let deadlines = sla::deadlines(incident, settings);
            let due = deadlines.iter().filter(|deadline| deadline.due <= now);
            due.filter_map(|deadline| absence.explains(deadline.due))
                .max()
        }
        Command::NoteUnheard { .. } => late_call(incident, absence, settings),
        _ => None,
    }
}

/// The same of a call that follows at once where others reached nobody: it is as late as the first of
/// them was.
fn late_call(incident: &Incident, absence: Absence, settings: &Settings) -> Option<i64> {
    let mut before = incident.clone();
    loop {
        let calls = &mut before.escalation.as_mut()?.calls;
        calls.pop()?;
        let follows = calls.last().is_some_and(|call| call.failed_at.is_some());
        let late = call_due(&before, settings).and_then(|due| absence.explains(due));
        if late.is_some() || !follows {
            return late;
        }
    }
}

/// Whether such words may be told together with others. What has a clock of its own that runs while it
/// is read, and what somebody is asked in person by way of a reply, may not.
#[must_use]
pub fn may_be_gathered(says: &Says, urgency: Option<Urgency>) -> bool {
    urgency != Some(Urgency::Critical)
        && matches!(
            says,
            Says::Nudge { .. }
                | Says::NewInDepartment { .. }
                | Says::NobodyOnDuty { .. }
                | Says::DepartmentMissing { .. }
                | Says::DepartmentReminder { .. }
                | Says::EscalationWarned { .. }
                | Says::Escalated { .. }
                | Says::Overdue { .. }
                | Says::WokenUp
                | Says::WaitQuestioned { .. }
                | Says::LeaseQuestioned { .. }
                | Says::LeaseEnded { .. }
                | Says::AutoClosed { .. }
        )
}

/// Whether there is still something to say: a moment has passed, and it may have been claimed.
#[must_use]
pub fn still_holds(says: &Says, incident: &Incident) -> bool {
    match says {
        Says::EscalationWarned { .. } | Says::Escalated { .. } => {
            let acknowledged = incident
                .escalation
                .as_ref()
                .is_some_and(|it| it.acknowledged.is_some());
            incident.is_open() && incident.work().is_none() && !acknowledged
        }
        Says::LeaseQuestioned { .. } => incident.work().is_some_and(|it| it.asked_at.is_some()),
        Says::Overdue { .. } => incident.is_open() && !matches!(incident.stage, Stage::Done { .. }),
        _ => quiet::holds(says, &incident.stage),
    }
}

/// Whom such words call by name.
#[must_use]
pub fn called(says: &Says) -> &[PersonId] {
    match says {
        Says::Nudge { call, .. }
        | Says::NewInDepartment { call, .. }
        | Says::DepartmentMissing { call, .. }
        | Says::EscalationWarned { call, .. } => call,
        _ => &[],
    }
}

/// Words, each with those whom it names, in messages: of so many words and so many different names.
/// Words that name the same people stand together, so that nobody is called more often than need be.
#[must_use]
pub fn in_messages<W>(words: Vec<(W, Vec<PersonId>)>) -> Vec<Vec<W>> {
    let mut words = words;
    for (_, names) in &mut words {
        names.sort_unstable();
        names.dedup();
    }
    // Stable: among those who hear the same, words keep their order.
    words.sort_by(|(_, one), (_, other)| one.cmp(other));
    let mut messages: Vec<(Vec<W>, Vec<PersonId>)> = Vec::new();
    for (word, names) in words {
        let room = messages.last_mut().filter(|(told, named)| {
            let more = names.iter().filter(|name| !named.contains(name)).count();
            told.len() < WORDS_PER_MESSAGE && named.len() + more <= NAMES_PER_MESSAGE
        });
        match room {
            Some((told, named)) => {
                named.extend(names);
                named.sort_unstable();
                named.dedup();
                told.push(word);
            }
            None => messages.push((vec![word], names)),
        }
    }
    messages.into_iter().map(|(told, _)| told).collect()
}
