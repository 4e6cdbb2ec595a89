//! Random stories: who does what on a desk, and how much later the next one acts.

use actors::domain::{
    Access, BlockKind, Command, DepartmentId, Incident, PersonId, Stage, Urgency, Workflow,
};
use proptest::prelude::*;

use crate::world::{
    ANOTHER, Case, EVERYBODY, HOUSEKEEPING, JAAN, MAINTENANCE, MARI, blocking, change_to, hotel,
    noon, photo, reopening, showing, summary,
};

/// How many steps one story has: enough to be claimed, moved, closed and reopened several times.
const STEPS: usize = 40;

#[derive(Debug, Clone)]
pub(crate) struct Step {
    /// How many minutes after the one before.
    pub(crate) wait: i64,
    /// What somebody does then.
    pub(crate) deed: Deed,
}

#[derive(Debug, Clone)]
pub(crate) enum Deed {
    Look,
    Ask(Who, Command),
    Assign { by: Who, to: PersonId },
}

/// Who acts, if the story says so by the part they play.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Who {
    Named(PersonId),
    Reporter,
    /// The resolver, else the owner, else a member who might become one.
    InCharge,
}

impl Who {
    pub(crate) fn on(self, incident: &Incident) -> PersonId {
        match (self, &incident.stage) {
            (Self::Named(person), _) => person,
            (Self::Reporter, _) => incident.report.reporter,
            (Self::InCharge, Stage::AwaitingSummary { resolver, .. }) => *resolver,
            (Self::InCharge, _) => incident.work().map_or(JAAN, |work| work.owner),
        }
    }
}

fn who() -> impl Strategy<Value = Who> {
    // Were everybody equally likely, hardly any story would get beyond a claim.
    prop_oneof![
        4 => Just(Who::InCharge),
        3 => Just(Who::Reporter),
        3 => person().prop_map(Who::Named),
    ]
}

fn person() -> impl Strategy<Value = PersonId> {
    prop::sample::select(EVERYBODY.to_vec())
}

/// No department of the desk.
const NOWHERE: DepartmentId = DepartmentId(99);

fn department() -> impl Strategy<Value = DepartmentId> {
    prop::sample::select(vec![MAINTENANCE, MAINTENANCE, HOUSEKEEPING, NOWHERE])
}

fn words() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["", " \n", "It drips", "Капает 💧", "<b>&</b>"])
        .prop_map(str::to_owned)
}

/// What moves an incident on.
fn moves() -> impl Strategy<Value = Command> {
    prop_oneof![
        4 => department().prop_map(|department| Command::ChooseDepartment { department }),
        4 => Just(Command::Claim),
        2 => Just(Command::Join),
        2 => Just(Command::Leave),
        2 => Just(Command::Start),
        2 => prop::sample::select(BlockKind::ALL.to_vec()).prop_map(blocking),
        2 => Just(Command::Resume),
        1 => Just(Command::StillOnIt),
        1 => any::<bool>().prop_map(|named| Command::SetWakeUp {
            at: named.then(|| noon() + chrono::Duration::days(2)),
        }),
        1 => department().prop_map(change_to),
        4 => Just(Command::Resolve),
        5 => Just(summary("Washer replaced")),
        2 => Just(Command::Summarise { comment: None, photo: Some(photo()) }),
        6 => Just(Command::Confirm),
        2 => Just(reopening()),
        1 => words().prop_map(|reason| Command::Cancel { reason }),
    ]
}

/// What adds to it where it stands.
fn remarks() -> impl Strategy<Value = Command> {
    prop_oneof![
        words().prop_map(|text| Command::Answer { text }),
        Just(Command::EndIntake),
        Just(Command::DuplicateOf { incident: ANOTHER }),
        words().prop_map(|text| Command::Comment { text }),
        Just(showing()),
        prop::sample::select(Urgency::ALL.to_vec())
            .prop_map(|urgency| Command::SetUrgency { urgency }),
        words().prop_map(|text| Command::AmendReport { text, added: false }),
        Just(Command::LookAtClock),
    ]
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        3 => Just(Deed::Look),
        12 => (who(), moves()).prop_map(|(who, command)| Deed::Ask(who, command)),
        3 => (who(), remarks()).prop_map(|(who, command)| Deed::Ask(who, command)),
        1 => (who(), person()).prop_map(|(by, to)| Deed::Assign { by, to }),
    ]
}

fn wait() -> impl Strategy<Value = i64> {
    prop_oneof![
        6 => Just(0),
        6 => 0..12_i64,
        2 => 12..90_i64,
        1 => 90..20_000_i64,
    ]
}

pub(crate) fn story() -> impl Strategy<Value = Vec<Step>> {
    let step = (wait(), deed()).prop_map(|(wait, deed)| Step { wait, deed });
    prop::collection::vec(step, 1..STEPS)
}

pub(crate) fn beginning() -> impl Strategy<Value = Case> {
    let workflow = prop::sample::select(vec![Workflow::Quick, Workflow::Full]);
    let access = prop::sample::select(Access::ALL.to_vec());
    let reporter = prop::sample::select(vec![MARI, JAAN]);
    (workflow, access, reporter, any::<bool>()).prop_map(|(workflow, access, reporter, asks)| {
        let desk = hotel(workflow).access(access);
        if asks {
            desk.questioning(reporter)
        } else {
            desk.reported_by(reporter)
        }
    })
}
