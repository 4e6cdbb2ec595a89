//! Menus on a card: which department, how pressing, why it cannot go on.

use chrono::{DateTime, Utc};

use super::Act;
use crate::domain::notice::Menu;
use crate::domain::{
    BlockKind, Command, DepartmentId, Incident, PersonId, Refusal, Stage, Urgency, decide,
};

/// Stands for the words that will be asked for, when it is tried whether asking makes sense.
pub(crate) const SOME_WORDS: &str = "…";

/// The first department is chosen, every other is a change: they are open to different people.
pub(super) fn route(incident: &Incident, department: DepartmentId) -> Command {
    match incident.stage {
        Stage::AwaitingDepartment { .. } | Stage::Intake { .. } => {
            Command::ChooseDepartment { department }
        }
        _ => Command::ChangeDepartment { department },
    }
}

/// Why nothing of a menu is open to whoever asks for it.
pub(super) fn useless(
    incident: &Incident,
    act: &Act,
    menu: Menu,
    now: DateTime<Utc>,
) -> Option<Refusal> {
    let offers: Vec<Command> = match menu {
        Menu::Main => return None,
        Menu::Urgency => Urgency::ALL
            .map(|urgency| Command::SetUrgency { urgency })
            .into(),
        Menu::Block => BlockKind::ALL
            .map(|kind| Command::Block {
                kind,
                comment: SOME_WORDS.to_owned(),
            })
            .into(),
        Menu::HandOver => {
            let department = incident
                .department()
                .and_then(|it| act.config.department(it));
            let members = department
                .map(|it| it.members.as_slice())
                .unwrap_or_default();
            let hand_over = |person: &PersonId| Command::Assign {
                person: *person,
                standing: act.config.standing(*person),
            };
            members.iter().map(hand_over).collect()
        }
        Menu::Departments => {
            let departments = act.config.departments.iter();
            departments.map(|it| route(incident, it.id)).collect()
        }
    };
    let mut why = None;
    for offer in offers {
        match decide(incident, &offer, &act.by, now, &act.config) {
            Ok(_) => return None,
            Err(Refusal::AlreadySo) => {}
            Err(refusal) => why = Some(refusal),
        }
    }
    why
}
