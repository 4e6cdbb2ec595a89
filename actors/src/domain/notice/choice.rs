//! What is offered below a message, and which page of something is shown.

use serde::{Deserialize, Serialize};

use crate::domain::id::{DepartmentId, GroupId, PersonId};

/// Which buttons a card shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Menu {
    /// What may be done next.
    #[default]
    Main,
    /// The departments.
    Departments,
    /// The urgencies.
    Urgency,
    /// The ways in which work may be blocked.
    Block,
    /// The members to whom it may be handed over.
    HandOver,
}

/// When the desk is to come back to what is blocked, as it is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WakeUp {
    /// Tomorrow morning.
    Tomorrow,
    /// On the morning of next Monday.
    Monday,
    /// In a week, in the morning.
    NextWeek,
    /// Nobody knows.
    Unknown,
}

impl WakeUp {
    /// Every offer, in its order.
    pub const ALL: [Self; 4] = [Self::Tomorrow, Self::Monday, Self::NextWeek, Self::Unknown];
}

/// A list of incidents, a page of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// Which incidents.
    pub of: ListOf,
    /// Which page, from 0.
    pub page: u32,
}

/// Which incidents a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListOf {
    /// Those a person reported or works on, open ones.
    Mine(PersonId),
    /// The open ones of a company, or of one department of it.
    Open(Option<DepartmentId>),
    /// Those a department has and nobody has claimed.
    Unclaimed(DepartmentId),
    /// Those that are a person's own.
    Owned(PersonId),
}

/// A page of a group's configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Panel {
    /// The first message in a new group.
    SetUp,
    /// The overview.
    Settings,
    /// The same for an administrator who manages another company, and may bring the group under it.
    SettingsFor(PersonId),
    /// The language.
    Language,
    /// The time zone.
    TimeZone,
    /// The clocks.
    Clocks,
    /// Business hours, holidays, quiet hours.
    Hours,
    /// All departments.
    Departments,
    /// One department.
    Department(DepartmentId),
    /// The default departments.
    DefaultDepartments,
    /// Managers and dispatchers.
    Managers,
    /// Who looks through reports, and what is critical here.
    Triage,
    /// Who is called when nobody takes an incident.
    Escalation,
    /// Reports that come by themselves.
    Reports,
    /// Whether the group belongs to the company of that one, and what it means.
    Belong(GroupId),
}
