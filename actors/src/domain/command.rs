//! What people, the clock and triage may ask of an incident.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::assessment::Finding;
use super::group::Standing;
use super::id::{DepartmentId, IncidentId, PersonId};
use super::incident::{BlockKind, Urgency};
use super::report::{Photo, Recording};
use super::sla::Absence;

/// Something asked of an incident. Verbs are absolute: none toggles, so a repeat is harmless.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// The reporter answers a clarifying question.
    Answer {
        /// In their words.
        text: String,
    },
    /// The reporter answers with one of the answers that were offered.
    AnswerWith {
        /// Which, from 0.
        choice: u8,
    },
    /// Nothing more will be asked.
    EndIntake,
    /// Triage says what it found in a report.
    Assess {
        /// What.
        finding: Box<Finding>,
        /// The words that were looked at: about others it says nothing.
        text: String,
    },
    /// Triage asks the model no more about these words.
    GiveUpAssessment,
    /// Say whose it is, the first time.
    ChooseDepartment {
        /// Whose.
        department: DepartmentId,
    },
    /// Take it.
    Claim,
    /// Help with it.
    Join,
    /// Stop working on it.
    Leave,
    /// Give it to a member.
    Assign {
        /// To whom.
        person: PersonId,
        /// What that person is in this group.
        standing: Standing,
    },
    /// Begin (full workflow).
    Start,
    /// It cannot go on.
    Block {
        /// Why.
        kind: BlockKind,
        /// In their words; mandatory.
        comment: String,
    },
    /// Say when it may go on, or that this is not known.
    SetWakeUp {
        /// When the owner wants to be told.
        at: Option<DateTime<Utc>>,
    },
    /// Say that one is still on it.
    StillOnIt,
    /// It can go on.
    Resume,
    /// Give it to another department.
    ChangeDepartment {
        /// Which.
        department: DepartmentId,
    },
    /// The work is done; the summary is asked for next.
    Resolve,
    /// Say how it was resolved; words and photo may come apart, in any order.
    Summarise {
        /// In their words.
        comment: Option<String>,
        /// The proof.
        photo: Option<Photo>,
    },
    /// Yes, it is fixed.
    Confirm,
    /// No, it is not.
    Reopen {
        /// Why; mandatory.
        comment: String,
    },
    /// Call it off.
    Cancel {
        /// Why; mandatory.
        reason: String,
    },
    /// It repeats another.
    DuplicateOf {
        /// Which.
        incident: IncidentId,
    },
    /// Say something about it.
    Comment {
        /// In their words.
        text: String,
    },
    /// Show something about it.
    AddPhoto {
        /// The photo.
        photo: Photo,
        /// What is written under it; may be empty.
        caption: String,
    },
    /// Say something about it in a recording.
    AddRecording {
        /// The recording.
        recording: Recording,
        /// What is written under it; may be empty.
        caption: String,
    },
    /// The same was reported again: join this one, and add what was said.
    Follow {
        /// In their words; may be empty.
        text: String,
        /// Their photos.
        photos: Vec<Photo>,
        /// Their recordings.
        recordings: Vec<Recording>,
    },
    /// Rate it.
    SetUrgency {
        /// How pressing.
        urgency: Urgency,
    },
    /// The message the incident was made from was corrected, or what was added to it.
    AmendReport {
        /// The corrected text.
        text: String,
        /// Whether it is what was added.
        added: bool,
    },
    /// Say that one looks after it: nobody else is called.
    Acknowledge,
    /// See which deadlines are due.
    LookAtClock,
    /// The clock says that its owner's shift ends, who is asked what becomes of it.
    NoteShiftEnding {
        /// Whose.
        owner: PersonId,
        /// When.
        until: DateTime<Utc>,
    },
    /// The clock says whom a call did not reach.
    NoteUnheard {
        /// Whom.
        people: Vec<PersonId>,
    },
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// A person, and what they are in this group.
    Person(Standing),
    /// A deadline came.
    Clock {
        /// The desk's last absence: what is late because of it is said to be so.
        absence: Option<Absence>,
    },
    /// The triage model.
    Triage,
}

impl By {
    /// The person, if one asks.
    #[must_use]
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Person(standing) => Some(standing.person),
            Self::Clock { .. } | Self::Triage => None,
        }
    }
}
