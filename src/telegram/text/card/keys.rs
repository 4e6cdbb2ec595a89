//! What may be done with an incident, as buttons. Each carries the edition it was drawn with, so
//! that a press on a card that has moved on never acts.

use actors::domain::notice::Menu;
use actors::domain::{BlockKind, Department, Incident, PersonId, Stage, Urgency, Workflow};

use super::super::Key;
use super::{Button, REOPEN_WINDOW, Scene, Verb, urgency_name};

/// How many departments are offered: a message has room for 100 buttons, the rest is for others.
const DEPARTMENTS_OFFERED: usize = 90;

/// How many members are offered: a screen of a phone. Others are named with `/assign`.
const MEMBERS_OFFERED: usize = 12;

/// The buttons of a card. A menu that no longer fits where the incident stands is not shown.
pub(super) fn card_keys(scene: &Scene<'_>, incident: &Incident, menu: Menu) -> Vec<Vec<Key>> {
    let choices = match menu {
        Menu::Main => return main_keys(scene, incident),
        _ if !fits(menu, &incident.stage) => return main_keys(scene, incident),
        Menu::Departments => department_keys(scene, incident),
        Menu::Urgency => in_rows(urgency_keys(scene, incident), 3),
        Menu::Block => in_rows(block_keys(scene, incident), 2),
        Menu::HandOver => in_rows(hand_over_keys(scene, incident), 2),
    };
    let back = verb_key(scene, incident, "button-back", Verb::Menu(Menu::Main));
    let mut rows = choices;
    if let Stage::New { .. } = incident.stage {
        // Whoever wants to claim must not have to find the way back first.
        rows.insert(
            0,
            vec![verb_key(scene, incident, "button-claim", Verb::Claim)],
        );
    }
    rows.push(vec![back]);
    rows
}

fn fits(menu: Menu, stage: &Stage) -> bool {
    match stage {
        Stage::Accepted(_) | Stage::InProgress(_) | Stage::Blocked { .. } => true,
        Stage::New { .. } => menu != Menu::Block && menu != Menu::HandOver,
        Stage::AwaitingDepartment { .. } | Stage::Intake { .. } => menu == Menu::Departments,
        Stage::AwaitingSummary { .. } | Stage::Done { .. } | Stage::Closed { .. } => false,
    }
}

/// A button that does something with an incident.
pub(in super::super) fn verb_key(
    scene: &Scene<'_>,
    incident: &Incident,
    label: &str,
    verb: Verb,
) -> Key {
    scene.key(label, verb_button(incident, verb))
}

/// What a button that does something with an incident carries.
pub(in super::super) fn verb_button(incident: &Incident, verb: Verb) -> Button {
    Button::Card {
        incident: incident.identity.id,
        edition: incident.edition,
        verb,
    }
}

/// What may be done next.
fn main_keys(scene: &Scene<'_>, incident: &Incident) -> Vec<Vec<Key>> {
    let key = |label, verb| verb_key(scene, incident, label, verb);
    let choose = |label| key(label, Verb::Menu(Menu::Departments));
    match &incident.stage {
        Stage::AwaitingSummary { .. } => Vec::new(),
        // Claims never wait for questions.
        Stage::Intake { .. } => vec![
            vec![key("button-claim", Verb::Claim)],
            vec![choose("button-choose-department")],
        ],
        Stage::AwaitingDepartment { .. } => vec![vec![choose("button-choose-department")]],
        Stage::New { .. } => vec![
            vec![key("button-claim", Verb::Claim)],
            direction_keys(scene, incident),
        ],
        Stage::Accepted(_) | Stage::InProgress(_) | Stage::Blocked { .. } => {
            work_keys(scene, incident)
        }
        Stage::Done { .. } => confirmation_keys(scene, incident),
        Stage::Closed { at, .. } if scene.voice.now - *at <= REOPEN_WINDOW => {
            vec![vec![key("button-reopen", Verb::Reopen)]]
        }
        Stage::Closed { .. } => Vec::new(),
    }
}

fn work_keys(scene: &Scene<'_>, incident: &Incident) -> Vec<Vec<Key>> {
    let key = |label, verb| verb_key(scene, incident, label, verb);
    let mut rows = vec![vec![
        key("button-join", Verb::Join),
        key("button-leave", Verb::Leave),
    ]];
    let mut progress = Vec::new();
    match &incident.stage {
        Stage::Accepted(_) => progress.push(key("button-start", Verb::Start)),
        Stage::Blocked { .. } => progress.push(key("button-resume", Verb::Resume)),
        _ => {}
    }
    if incident.workflow == Workflow::Full {
        progress.push(key("button-block", Verb::Menu(Menu::Block)));
        progress.push(key("button-hand-over", Verb::Menu(Menu::HandOver)));
    }
    if !progress.is_empty() {
        rows.push(progress);
    }
    rows.push(vec![key("button-resolve", Verb::Resolve)]);
    rows.push(direction_keys(scene, incident));
    rows
}

fn direction_keys(scene: &Scene<'_>, incident: &Incident) -> Vec<Key> {
    let menu = |label, menu| verb_key(scene, incident, label, Verb::Menu(menu));
    vec![
        menu("button-change-department", Menu::Departments),
        menu("button-urgency", Menu::Urgency),
    ]
}

/// Is it fixed?
pub(in super::super) fn confirmation_keys(scene: &Scene<'_>, incident: &Incident) -> Vec<Vec<Key>> {
    vec![vec![
        verb_key(scene, incident, "button-confirm", Verb::Confirm),
        verb_key(scene, incident, "button-not-fixed", Verb::Reopen),
    ]]
}

/// Whose is it?
pub(in super::super) fn department_keys(scene: &Scene<'_>, incident: &Incident) -> Vec<Vec<Key>> {
    let departments = scene
        .group
        .map(|group| group.departments.as_slice())
        .unwrap_or_default();
    let assessment = incident.triage.assessment.as_ref();
    let suggested = assessment.and_then(|it| it.department);
    let is_suggested = |department: &&Department| Some(department.id) == suggested;
    let first = departments.iter().filter(is_suggested);
    let rest = departments.iter().filter(|it| !is_suggested(it));
    let keys = first
        .chain(rest)
        .take(DEPARTMENTS_OFFERED)
        .map(|department| {
            let name = scene.department_name(&scene.voice.plain(), department);
            let present = incident.department() == Some(department.id);
            let button = verb_button(incident, Verb::Department(department.id));
            let name = match is_suggested(&department) && !present {
                true => scene.say("suggested", &[("label", name.into())]),
                false => name,
            };
            scene.choice(name, present, button)
        })
        .collect();
    in_rows(keys, 2)
}

/// To whom may it be handed over?
pub(in super::super) fn hand_over_keys(scene: &Scene<'_>, incident: &Incident) -> Vec<Key> {
    let owner = incident.work().map(|work| work.owner);
    let department = incident.department();
    let department = department.and_then(|it| scene.group?.department(it));
    let members = department
        .map(|it| it.members.as_slice())
        .unwrap_or_default();
    let others = members.iter().filter(|member| Some(**member) != owner);
    let works = |member: &PersonId| {
        let group = scene.group.zip(incident.department());
        group.is_none_or(|(group, department)| {
            let zone = group.settings.time_zone;
            let now = scene.voice.now;
            group.roster.is_on(*member, department, zone, now)
        })
    };
    let (on_duty, off_duty): (Vec<&PersonId>, Vec<&PersonId>) = others.partition(|it| works(it));
    let key = |member: &PersonId| {
        let button = verb_button(incident, Verb::HandOver(*member));
        let name = scene.plain_name(*member);
        let label = match works(member) {
            true => name,
            false => scene.say("off-duty", &[("person", name.into())]),
        };
        scene.labelled(&label, button)
    };
    let offered = on_duty.into_iter().chain(off_duty).take(MEMBERS_OFFERED);
    offered.map(key).collect()
}

fn urgency_keys(scene: &Scene<'_>, incident: &Incident) -> Vec<Key> {
    Urgency::ALL
        .into_iter()
        .map(|urgency| {
            let present = incident.urgency == Some(urgency);
            let button = verb_button(incident, Verb::Urgency(urgency));
            scene.choice(urgency_name(scene, urgency), present, button)
        })
        .collect()
}

fn block_keys(scene: &Scene<'_>, incident: &Incident) -> Vec<Key> {
    BlockKind::ALL
        .into_iter()
        .map(|kind| {
            let label = match kind {
                BlockKind::Attention => "button-attention",
                BlockKind::NeedsPurchase => "button-needs-purchase",
                BlockKind::NeedsContractor => "button-needs-contractor",
                BlockKind::Waiting => "button-waiting",
            };
            verb_key(scene, incident, label, Verb::Block(kind))
        })
        .collect()
}

fn in_rows(keys: Vec<Key>, width: usize) -> Vec<Vec<Key>> {
    let mut keys = keys.into_iter().peekable();
    let mut rows = Vec::new();
    while keys.peek().is_some() {
        rows.push(keys.by_ref().take(width).collect());
    }
    rows
}
