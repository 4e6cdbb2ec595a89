//! What words are asked for.

use serde::{Deserialize, Serialize};

use super::Role;
use crate::domain::assessment::Question;
use crate::domain::id::DepartmentId;
use crate::domain::incident::BlockKind;

/// Words that somebody is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "prompt", rename_all = "snake_case")]
pub enum Prompt {
    /// How it was resolved.
    Summary,
    /// The words that a photo still lacks.
    SummaryWords,
    /// The photo that a summary still lacks.
    SummaryPhoto,
    /// Why it cannot go on.
    Block {
        /// Which way.
        kind: BlockKind,
    },
    /// On which day it may go on.
    WakeUp,
    /// Why it is not fixed.
    Reopen,
    /// What is wrong, for a `/new_issue` without words.
    Report,
    /// What a report does not say.
    Clarification {
        /// The question.
        question: Question,
    },
    /// A word that is critical in this group.
    CriticalWord,
    /// The name of a new department.
    DepartmentName,
    /// The new name of a department.
    DepartmentRename {
        /// Which.
        department: DepartmentId,
    },
    /// Who shall belong to a department: named as for a role.
    Member {
        /// Which.
        department: DepartmentId,
    },
    /// Who of a department works when.
    Schedule {
        /// Which department.
        department: DepartmentId,
    },
    /// When the group wants quiet.
    QuietHours,
    /// When the group is open.
    BusinessHours,
    /// The group's time zone.
    TimeZone,
    /// Who is called when nobody takes an incident.
    Chain,
    /// Who shall manage or dispatch: `@username`, or a reply to one of their messages.
    Role {
        /// As what.
        role: Role,
    },
}
