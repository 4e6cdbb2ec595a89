//! Whether what several people saw can be put into one order: each operation takes effect at one
//! moment between its beginning and its end, and says what it says in that order. What one by one
//! would have said is asked of the domain itself.
//!
//! The search is that of Wing and Gong, with Lowe's memory of places it has been to.

use std::collections::HashSet;

use actors::domain::{
    Author, By, Command, Event, GroupConfig, Incident, PersonId, Recorded, Refusal, Standing,
    Workflow, decide,
};
use actors::inbound::{Answer, Verb};
use chrono::{DateTime, Utc};

/// What somebody wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A button.
    Press {
        person: i64,
        verb: Verb,
        edition: i64,
    },
    /// Number one gives it to somebody.
    Assign(i64),
    /// Number one calls it off.
    Cancel,
}

/// What came back.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Done {
    /// This.
    Answered(Answer),
    /// Nothing that tells whether it was done.
    Unknown,
}

/// An operation, and when it began and ended.
#[derive(Debug, Clone)]
pub(super) struct Operation {
    pub(super) wanted: Wanted,
    pub(super) began: u64,
    pub(super) ended: u64,
    pub(super) done: Done,
}

/// The past that a search knows: which operations were done, and what they made of the incident.
struct Search<'a> {
    operations: &'a [Operation],
    config: &'a GroupConfig,
    now: DateTime<Utc>,
    been: HashSet<(u64, String)>,
}

/// Whether there is such an order.
pub(super) fn is_linearizable(
    incident: &Incident,
    operations: &[Operation],
    config: &GroupConfig,
    now: DateTime<Utc>,
) -> bool {
    assert!(operations.len() <= 64, "more than a search can remember");
    let mut search = Search {
        operations,
        config,
        now,
        been: HashSet::new(),
    };
    search.goes_on(0, incident)
}

impl Search<'_> {
    fn goes_on(&mut self, past: u64, incident: &Incident) -> bool {
        let left: Vec<usize> = (0..self.operations.len())
            .filter(|index| past & (1 << index) == 0)
            .collect();
        let first_end = left.iter().map(|index| self.operations[*index].ended).min();
        let Some(first_end) = first_end else {
            return true;
        };
        let place = (past, serde_json::to_string(incident).unwrap());
        if !self.been.insert(place) {
            return false;
        }
        left.into_iter()
            .filter(|index| self.operations[*index].began < first_end)
            .collect::<Vec<_>>()
            .into_iter()
            .any(|index| self.takes(past | (1 << index), index, incident))
    }

    /// Whether it goes on with this operation next.
    fn takes(&mut self, past: u64, index: usize, incident: &Incident) -> bool {
        let operation = &self.operations[index];
        let (after, answer) = self.alone(incident, operation.wanted);
        match &operation.done {
            Done::Answered(seen) => *seen == answer && self.goes_on(past, &after),
            Done::Unknown => self.goes_on(past, &after) || self.goes_on(past, incident),
        }
    }

    /// What an operation does, and says, if nobody else is there.
    fn alone(&self, incident: &Incident, wanted: Wanted) -> (Incident, Answer) {
        let (person, command, edition) = match wanted {
            Wanted::Press {
                person,
                verb,
                edition,
            } => (person, command(verb), Some(edition)),
            Wanted::Assign(other) => {
                let person = PersonId(other);
                let standing = self.standing(other);
                (1, Command::Assign { person, standing }, None)
            }
            Wanted::Cancel => {
                let reason = "It was the wind".to_owned();
                (1, Command::Cancel { reason }, None)
            }
        };
        let by = By::Person(self.standing(person));
        match decide(incident, &command, &by, self.now, self.config) {
            Ok(_) if edition.is_some_and(|edition| edition != incident.edition) => {
                (incident.clone(), Answer::Refused(Refusal::StaleCard))
            }
            Ok(decision) => {
                let first = decision.events[0].event.clone();
                (decision.incident, Answer::Accepted(first))
            }
            Err(refusal) => (incident.clone(), Answer::Refused(refusal)),
        }
    }

    fn standing(&self, person: i64) -> Standing {
        Standing {
            present: true,
            ..self.config.standing(PersonId(person))
        }
    }
}

fn command(verb: Verb) -> Command {
    match verb {
        Verb::Claim => Command::Claim,
        Verb::Join => Command::Join,
        Verb::Leave => Command::Leave,
        other => panic!("nobody presses {other:?} here"),
    }
}

/// The same history, in which one who lost a claim says that they lost it to somebody else.
pub(super) fn with_a_lie(operations: &[Operation]) -> Option<Vec<Operation>> {
    let mut lie = operations.to_vec();
    lie.iter_mut().find_map(|it| match &mut it.done {
        Done::Answered(Answer::Refused(Refusal::AlreadyClaimed { owner, .. })) => {
            *owner = PersonId(owner.0 + 1_000);
            Some(())
        }
        _ => None,
    })?;
    Some(lie)
}

/// Small histories, some of which cannot have been.
pub(super) fn proves_itself() {
    let now = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
    let (incident, config) = waiting(now);
    let claim = |person, began, ended, done| Operation {
        wanted: Wanted::Press {
            person,
            verb: Verb::Claim,
            edition: incident.edition,
        },
        began,
        ended,
        done,
    };
    let won = || Done::Answered(Answer::Accepted(Event::Claimed));
    let lost_to = |owner| {
        Done::Answered(Answer::Refused(Refusal::AlreadyClaimed {
            owner: PersonId(owner),
            at: now,
            ago: chrono::Duration::zero(),
            may_join: true,
        }))
    };
    let check = |operations: &[Operation]| is_linearizable(&incident, operations, &config, now);
    assert!(check(&[claim(1, 0, 3, won()), claim(2, 1, 2, lost_to(1))]));
    assert!(check(&[
        claim(1, 0, 1, Done::Unknown),
        claim(2, 2, 3, lost_to(1))
    ]));
    assert!(check(&[
        claim(1, 0, 1, Done::Unknown),
        claim(2, 2, 3, won())
    ]));
    for wrong in [
        // Two winners.
        [claim(1, 0, 3, won()), claim(2, 1, 2, won())],
        // Lost to somebody who had not begun.
        [claim(1, 0, 1, lost_to(2)), claim(2, 2, 3, won())],
        // Lost to somebody who lost.
        [claim(1, 0, 3, lost_to(2)), claim(2, 1, 2, lost_to(1))],
        // Won after somebody had won.
        [claim(1, 0, 1, won()), claim(2, 2, 3, won())],
    ] {
        assert!(!check(&wrong), "{wrong:#?}");
    }
}

/// An incident that waits for a claim, in a department of two.
fn waiting(now: DateTime<Utc>) -> (Incident, GroupConfig) {
    use actors::domain::group::GroupStatus;
    use actors::domain::incident::Identity;
    use actors::domain::{
        Access, ChatId, CompanyId, Department, DepartmentId, GroupId, IncidentId, IncidentNumber,
        Report, Settings,
    };
    let department = DepartmentId(1);
    let config = GroupConfig {
        id: GroupId(1),
        company: CompanyId(1),
        siblings: Vec::new(),
        version: 1,
        chat: ChatId(-1),
        title: String::new(),
        status: GroupStatus::Active,
        settings: Settings::default(),
        departments: vec![Department {
            id: department,
            name: "Maintenance".to_owned(),
            access: Access::Open,
            members: vec![PersonId(1), PersonId(2)],
        }],
        managers: Vec::new(),
        dispatchers: Vec::new(),
        registered: Vec::new(),
        join_requests: Vec::new(),
        roster: actors::domain::Roster::default(),
    };
    let report = Report::of(PersonId(1), "The gate jams".to_owned());
    let events = [
        Event::Reported {
            report: Box::new(report),
            workflow: Workflow::Quick,
            clarify: false,
            rate: false,
        },
        Event::DepartmentSet { department },
    ]
    .map(|event| Recorded {
        at: now,
        by: Author::Person(PersonId(1)),
        event,
    });
    let identity = Identity {
        id: IncidentId(1),
        number: IncidentNumber(1),
        company: config.company,
        group: config.id,
    };
    (Incident::replay(identity, &events).unwrap(), config)
}
