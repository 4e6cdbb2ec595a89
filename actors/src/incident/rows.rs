//! What an incident writes down: rows, records, answers, and its lines in the log.

use std::sync::Arc;

use super::Act;
use crate::address::draft;
use crate::domain::notice::Menu;
use crate::domain::{
    Audience, Author, Class, Command, Effect, Event, GroupId, Incident, Notice, PersonId, Recorded,
    Refusal, Says,
};
use crate::inbound::{Answer, Verdict};
use crate::ports::{Draft, Record};

/// One line for each event, for whoever follows an incident in the log. Never its words.
pub(crate) fn record_in_log(incident: &Incident, events: &[Recorded]) {
    for recorded in events {
        let event: &'static str = (&recorded.event).into();
        let by = match recorded.by {
            Author::Person(person) => Some(person.0),
            Author::Clock | Author::Triage => None,
        };
        tracing::info!(
            incident = %incident.identity.number,
            group = %incident.identity.group,
            by,
            version = incident.version,
            "incident {event}"
        );
    }
}

pub(super) fn recorded(effect: Effect, group: GroupId) -> Record {
    match effect {
        Effect::Enrol { person, department } => Record::Member { department, person },
        Effect::RequestMembership { person, department } => Record::JoinRequested {
            group,
            department,
            person,
        },
    }
}

pub(super) fn verdict(incident: &Incident, act: &Act, answer: Answer) -> Verdict {
    Verdict {
        answer,
        group: Some(Arc::clone(&act.config)),
        number: Some(incident.identity.number),
        people: Vec::new(),
    }
}

pub(super) fn to_asker(incident: Option<&Incident>, act: &Act, class: Class, says: Says) -> Draft {
    let notice = Notice {
        audience: Audience::Asker,
        class,
        says,
    };
    draft(incident, &notice, &act.config, Some(act.source.message()))
}

pub(super) fn card(incident: &Incident, act: &Act, class: Class, menu: Menu) -> Draft {
    let notice = Notice {
        audience: Audience::Group,
        class,
        says: Says::Card { menu },
    };
    draft(Some(incident), &notice, &act.config, None)
}

/// Who is named in a refusal.
pub(super) fn named_in(refusal: &Refusal) -> Vec<PersonId> {
    match refusal {
        Refusal::AlreadyClaimed { owner, .. } => vec![*owner],
        Refusal::AlreadyAcknowledged { by, .. } => vec![*by],
        Refusal::Closed { by, .. } => by.iter().copied().collect(),
        Refusal::ResolverOnly { resolver } => vec![*resolver],
        Refusal::NotAMember { person } => vec![*person],
        _ => Vec::new(),
    }
}

/// Which of the events is the answer to a command: what triage says beside it is not.
pub(super) fn headline(command: &Command, events: &[Recorded]) -> Option<Event> {
    let mut events = events.iter().map(|recorded| &recorded.event);
    let aside = |event: &&Event| match command {
        Command::Claim | Command::ChooseDepartment { .. } => matches!(
            event,
            Event::Assessed { .. } | Event::IntakeEnded | Event::DepartmentSet { .. }
        ),
        _ => matches!(event, Event::Assessed { .. }),
    };
    let mut all = events.clone();
    let told = events.find(|event| !aside(event));
    told.or(all.next_back()).cloned()
}
