//! The lifecycle: `(incident, command, who, when, policy)` gives a decision, or a refusal that says
//! why. The table it implements stands in the README; the tests walk through it row by row.

mod asking;
mod clock;
mod triage;

use chrono::{DateTime, Duration, Utc};

use asking::Asking;

use super::command::{By, Command};
use super::event::{Author, Event, Recorded};
use super::group::{GroupConfig, Reporting, Standing};
use super::id::{DepartmentId, IncidentId, IncidentNumber, PersonId};
use super::incident::{Identity, Incident, Report};
use super::lease;
use super::notice::Notice;
use super::refusal::Refusal;
use super::routing;
use super::sla::{self, Deadline};

/// How long a closed incident may be opened again.
pub const REOPEN_WINDOW: Duration = Duration::days(7);

/// How many clarifying questions are asked at most.
pub const QUESTION_LIMIT: u8 = 3;

/// What follows from a command: the incident as it will be, why, and what is said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The incident with the events applied.
    pub incident: Incident,
    /// What happened, oldest first; empty when a look at the clock found nothing due.
    pub events: Vec<Recorded>,
    /// What is said to whom.
    pub notices: Vec<Notice>,
    /// What changes outside the incident.
    pub effects: Vec<Effect>,
    /// All deadlines the incident has from now on.
    pub deadlines: Vec<Deadline>,
    /// By when it is to be done, if that is known.
    pub target: Option<DateTime<Utc>>,
}

/// The first decision of an incident. The store gives number and identity in the transaction that
/// keeps it, so that numbers have no gaps; until then both are zero.
pub type Opening = Decision;

/// What a decision changes outside its incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The person becomes a member of the department.
    Enrol {
        /// Who.
        person: PersonId,
        /// Where.
        department: DepartmentId,
    },
    /// The person waits for a manager to be let into the department.
    RequestMembership {
        /// Who.
        person: PersonId,
        /// Where.
        department: DepartmentId,
    },
}

/// Raises an incident.
///
/// # Errors
/// A [`Refusal`] when there is nothing to report, or the reporter may not.
pub fn open(
    report: Report,
    by: &Standing,
    now: DateTime<Utc>,
    config: &GroupConfig,
) -> Result<Opening, Refusal> {
    let planned = report.planned;
    let may = config.settings.reporting == Reporting::Everyone || by.registered || by.directs();
    if !may && planned.is_none() {
        return Err(Refusal::RegistrationNeeded);
    }
    if report.is_empty() {
        return Err(Refusal::EmptyReport);
    }
    let triage::Beginning {
        clarify,
        rate,
        rules,
    } = triage::begin(&report, &config.settings.triage);
    let reported = Event::Reported {
        report: Box::new(report),
        workflow: config.settings.workflow,
        clarify,
        rate,
    };
    let mut events = vec![reported];
    events.extend(rules);
    if !clarify {
        let department = planned.and_then(|it| it.department);
        let department = department.filter(|it| config.department(*it).is_some());
        let set = department.map(|department| Event::DepartmentSet { department });
        events.extend(set.or_else(|| only_department(config)));
    }
    let identity = Identity {
        id: IncidentId(0),
        number: IncidentNumber(0),
        company: config.company,
        group: config.id,
    };
    let author = match planned {
        Some(_) => Author::Clock,
        None => Author::Person(by.person),
    };
    let events = record(events, author, now);
    let incident = Incident::replay(identity, &events).ok_or(Refusal::Trouble)?;
    Ok(conclude(None, incident, events, Vec::new(), None, config))
}

/// Decides what a command does to an incident.
///
/// # Errors
/// A [`Refusal`], which leaves everything as it was.
pub fn decide(
    incident: &Incident,
    command: &Command,
    by: &By,
    now: DateTime<Utc>,
    config: &GroupConfig,
) -> Result<Decision, Refusal> {
    let mut effects = Vec::new();
    let events = match by {
        By::Person(standing) => {
            let asking = Asking {
                incident,
                standing,
                now,
                config,
            };
            asking.decide(command, &mut effects)?
        }
        By::Clock { .. } => clock::events(incident, command, now, config),
        By::Triage => triage::events(incident, command, config)?,
    };
    let author = match by {
        By::Person(standing) => Author::Person(standing.person),
        By::Clock { .. } => Author::Clock,
        By::Triage => Author::Triage,
    };
    let events = record(events, author, now);
    let mut after = incident.clone();
    for recorded in &events {
        after.apply(recorded);
    }
    let absence = match by {
        By::Clock { absence } => *absence,
        By::Person(_) | By::Triage => None,
    };
    Ok(conclude(
        Some(incident),
        after,
        events,
        effects,
        absence,
        config,
    ))
}

/// Where there is one department, nobody needs to choose it.
fn only_department(config: &GroupConfig) -> Option<Event> {
    match config.departments.as_slice() {
        [only] => Some(Event::DepartmentSet {
            department: only.id,
        }),
        _ => None,
    }
}

fn record(events: Vec<Event>, by: Author, at: DateTime<Utc>) -> Vec<Recorded> {
    events
        .into_iter()
        .map(|event| Recorded { at, by, event })
        .collect()
}

fn conclude(
    before: Option<&Incident>,
    incident: Incident,
    events: Vec<Recorded>,
    effects: Vec<Effect>,
    absence: Option<sla::Absence>,
    config: &GroupConfig,
) -> Decision {
    let notices = routing::notices(before, &incident, &events, absence, config);
    let deadlines = sla::deadlines(&incident, &config.settings);
    let target = lease::resolution_due(&incident, &config.settings);
    Decision {
        target,
        incident,
        events,
        notices,
        effects,
        deadlines,
    }
}
