//! What happened to an incident. The event log is the audit trail; an incident is nothing but its
//! events applied in order, so a stored row can always be checked against its log.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use super::assessment::{Assessment, Question};
use super::id::{DepartmentId, IncidentId, PersonId};
use super::incident::{BlockKind, Urgency, Workflow};
use super::report::{Photo, Recording, Report};

/// An event, with when and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// When.
    pub at: DateTime<Utc>,
    /// Who made it happen.
    pub by: Author,
    /// What.
    pub event: Event,
}

/// Who made an event happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// A person.
    Person(PersonId),
    /// A deadline.
    Clock,
    /// The triage model.
    Triage,
}

/// Something that happened to an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, IntoStaticStr)]
#[serde(tag = "event", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Event {
    /// It was raised.
    Reported {
        /// What was said.
        report: Box<Report>,
        /// Which way it goes.
        workflow: Workflow,
        /// Whether clarifying questions come first.
        clarify: bool,
        /// Whether the triage model is to look at it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        rate: bool,
    },
    /// Triage says what it thinks of the report.
    Assessed {
        /// What.
        assessment: Box<Assessment>,
    },
    /// The model gave no answer of use about these words, again and again: it is not asked any more.
    AssessmentGivenUp,
    /// The reporter was asked something.
    QuestionAsked {
        /// What.
        question: Question,
    },
    /// The reporter answered a question.
    Answered {
        /// In their words.
        text: String,
    },
    /// Nothing more is asked.
    IntakeEnded,
    /// It went to its first department, or to another one.
    DepartmentSet {
        /// Which.
        department: DepartmentId,
    },
    /// An outsider asked to be let into the department.
    MembershipRequested {
        /// Which.
        department: DepartmentId,
    },
    /// Its author took it.
    Claimed,
    /// Its author helps.
    Joined,
    /// Its author no longer works on it; the eldest helper takes over from a leaving owner.
    Left,
    /// It was given to somebody.
    Assigned {
        /// To whom.
        person: PersonId,
    },
    /// Work began.
    Started,
    /// Work cannot go on.
    Blocked {
        /// Why.
        kind: BlockKind,
        /// In their words.
        comment: String,
    },
    /// When work may go on was said, or that this is not known.
    WakeUpSet {
        /// When.
        wake: Option<DateTime<Utc>>,
    },
    /// Its wake-up date came, and who works on it was told.
    WokenUp,
    /// It was blocked for long, and its owner was asked whether it still waits.
    WaitQuestioned,
    /// Its author is still on it.
    StillOnIt,
    /// There was no sign of life, and its owner was asked for one.
    LeaseQuestioned,
    /// The shift of its owner ends, who was asked what becomes of it.
    ShiftEnding {
        /// When.
        until: DateTime<Utc>,
    },
    /// No sign of life came: it was taken from its owner.
    LeaseEnded,
    /// It was not resolved in time, and owner and managers were told.
    OverdueNoted,
    /// Work goes on.
    Resumed,
    /// The work is done; its author owes the summary.
    ResolutionBegun,
    /// A part of what closes it came, another part is still missing.
    SummaryPartGiven {
        /// The words.
        comment: Option<String>,
        /// The photo.
        photo: Option<Photo>,
    },
    /// The summary is complete.
    Summarised {
        /// The words.
        comment: String,
        /// The photo.
        photo: Option<Photo>,
    },
    /// The reporter or a manager says it is fixed.
    Confirmed,
    /// It is not fixed.
    Reopened {
        /// Why.
        comment: String,
    },
    /// It was called off.
    Cancelled {
        /// Why.
        reason: String,
    },
    /// It repeats another.
    MarkedDuplicate {
        /// Which.
        of: IncidentId,
    },
    /// Somebody said something about it.
    Commented {
        /// In their words.
        text: String,
    },
    /// Somebody showed something about it.
    PhotoAdded {
        /// The photo.
        photo: Photo,
    },
    /// Somebody said something about it in a recording.
    RecordingAdded {
        /// The recording.
        recording: Recording,
    },
    /// Its author reported the same, and hears what the reporter hears.
    Followed,
    /// It was rated.
    UrgencySet {
        /// How pressing.
        urgency: Urgency,
    },
    /// The reporter corrected the report.
    ReportAmended {
        /// The corrected text, whole.
        text: String,
        /// What was added to it, where that was corrected.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        addition: Option<String>,
    },
    /// The reporter was reminded to choose a department.
    DepartmentReminded,
    /// The dispatchers were told that no department was chosen.
    DispatchersTold,
    /// The department was nudged to claim.
    Nudged {
        /// How many nudges that makes, counting those that an absence of the desk swallowed.
        nudges: u32,
    },
    /// The resolver was reminded of the summary.
    SummaryReminded,
    /// The group was warned that somebody will be called.
    EscalationWarned,
    /// Nobody took it: a level was called.
    Escalated {
        /// Which, from 1.
        level: u8,
        /// Who.
        people: Vec<PersonId>,
    },
    /// What was last called out reached these people by no private message.
    CallUnheard {
        /// Whom not.
        people: Vec<PersonId>,
    },
    /// Its author looks after it: nobody else is called.
    Acknowledged,
    /// The summary never came.
    SummaryTimedOut,
    /// The confirmation never came.
    ConfirmationTimedOut,
}
