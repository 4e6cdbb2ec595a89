//! The rules of the desk, pure: no clock is read, nothing waits, nothing is logged, no port or
//! actor is named. Everything here can be replayed at any time and gives the same answer.

pub mod agenda;
pub mod assessment;
pub mod away;
pub mod calendar;
pub mod command;
pub mod decide;
pub mod duty;
pub mod escalation;
pub mod event;
pub mod group;
pub mod hazard;
pub mod id;
pub mod incident;
pub mod kpi;
pub mod lease;
pub mod likeness;
pub mod mask;
pub mod notice;
pub mod person;
pub mod place;
pub mod quiet;
pub mod recurring;
pub mod refusal;
mod replay;
pub mod report;
pub mod routing;
pub mod sla;
pub mod triage;

pub use agenda::{AgendaItem, AgendaKind};
pub use assessment::{Assessment, Finding, Opinion, Question};
pub use calendar::{Calendar, CalendarPolicy};
pub use command::{By, Command};
pub use decide::{Decision, Effect, Opening, decide, open};
pub use duty::{DutyOverride, DutySchedule, Mute, Roster};
pub use escalation::{Escalation, EscalationPolicy};
pub use event::{Author, Event, Recorded};
pub use group::{Access, Department, GroupConfig, Reporting, Settings, Standing};
pub use hazard::Hazard;
pub use id::*;
pub use incident::{
    BlockKind, Comment, DepartmentSession, Incident, Participation, Resolution, Stage, Urgency,
    Work, Workflow,
};
pub use notice::{Audience, Class, Notice, Says};
pub use person::{Language, Person};
pub use place::Place;
pub use refusal::Refusal;
pub use report::{Addition, Photo, Recording, RecordingKind, Report};
pub use sla::{Deadline, DeadlineKind};
pub use triage::{Rater, Triage, TriageMode, TriagePolicy};
