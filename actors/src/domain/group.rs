//! A group's configuration: who is who, and which policy holds.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::calendar::CalendarPolicy;
use super::duty::Roster;
use super::escalation::EscalationPolicy;
use super::id::{ChatId, CompanyId, DepartmentId, GroupId, PersonId};
use super::incident::Workflow;
use super::kpi::ReportPolicy;
use super::lease::LeasePolicy;
use super::person::Language;
use super::triage::TriagePolicy;

/// Who may claim for a department.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// A first claim makes a member.
    Open,
    /// An outsider's claim becomes a join request.
    Request,
    /// Outsiders are refused.
    Members,
}

impl Access {
    /// Every kind, most open first.
    pub const ALL: [Self; 3] = [Self::Open, Self::Request, Self::Members];
}

/// Who may report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reporting {
    /// Everybody in the group.
    #[default]
    Everyone,
    /// Those who registered.
    Registered,
}

/// A named team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Department {
    /// Which.
    pub id: DepartmentId,
    /// Its name, as people typed it.
    pub name: String,
    /// Who may claim for it.
    pub access: Access,
    /// Who belongs to it.
    pub members: Vec<PersonId>,
}

/// What a group may set for itself. Stored whole; a field it lacks has its default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The language the desk speaks in the group.
    pub language: Language,
    /// The zone in which times are shown.
    pub time_zone: Tz,
    /// Which way incidents go.
    pub workflow: Workflow,
    /// Who may report.
    pub reporting: Reporting,
    /// Minutes until a department that has not claimed is nudged, and between nudges.
    pub unclaimed_nudge_minutes: u32,
    /// How many nudges at most.
    pub unclaimed_nudge_limit: u32,
    /// Minutes until the reporter is reminded to choose a department.
    pub department_reminder_minutes: u32,
    /// Minutes until the dispatchers are told that no department was chosen.
    pub department_dispatcher_minutes: u32,
    /// Minutes for the summary; the reminder comes at half.
    pub summary_timeout_minutes: u32,
    /// Hours for the confirmation (full workflow).
    pub confirmation_timeout_hours: u32,
    /// Whether the group finished, or dismissed, its set-up.
    pub set_up: bool,
    /// Business hours, holidays, quiet hours.
    pub calendar: CalendarPolicy,
    /// Who looks through reports.
    pub triage: TriagePolicy,
    /// How long claims last, and targets.
    pub leases: LeasePolicy,
    /// Who is called when nobody takes an incident.
    pub escalation: EscalationPolicy,
    /// Reports that come by themselves.
    pub reports: ReportPolicy,
    /// Whether a report that resembles an open incident is asked about first; where nobody has said,
    /// as it was before there was this setting: at a maintenance desk.
    pub asks_about_alike: Option<bool>,
}

impl Settings {
    /// Whether a report that resembles an open incident is asked about before it becomes a second.
    #[must_use]
    pub fn asks_about_alike(&self) -> bool {
        let maintenance = self.workflow == Workflow::Full;
        self.asks_about_alike.unwrap_or(maintenance)
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Language::English,
            time_zone: Tz::UTC,
            workflow: Workflow::Quick,
            reporting: Reporting::Everyone,
            unclaimed_nudge_minutes: 10,
            unclaimed_nudge_limit: 3,
            department_reminder_minutes: 10,
            department_dispatcher_minutes: 30,
            summary_timeout_minutes: 10,
            confirmation_timeout_hours: 24,
            set_up: false,
            calendar: CalendarPolicy::default(),
            triage: TriagePolicy::default(),
            leases: LeasePolicy::default(),
            escalation: EscalationPolicy::default(),
            reports: ReportPolicy::default(),
            asks_about_alike: None,
        }
    }
}

/// The zones a group is offered, by what most of them need; any other is named. A button carries
/// the place in this list, so the order never changes and new ones go to the end.
pub const TIME_ZONES: [Tz; 12] = [
    Tz::Europe__Tallinn,
    Tz::Europe__Riga,
    Tz::Europe__Vilnius,
    Tz::Europe__Helsinki,
    Tz::Europe__London,
    Tz::Europe__Berlin,
    Tz::Europe__Kyiv,
    Tz::Europe__Moscow,
    Tz::UTC,
    Tz::America__New_York,
    Tz::Asia__Dubai,
    Tz::Asia__Tashkent,
];

/// A department that every new group is given, named in the group's language when it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DefaultDepartment {
    english: &'static str,
    estonian: &'static str,
    russian: &'static str,
}

/// The departments a new group starts with, so that its first incident needs no set-up. A button
/// carries the place in this list, so the order never changes.
pub const DEFAULT_DEPARTMENTS: [DefaultDepartment; 5] = [
    DefaultDepartment {
        english: "Maintenance",
        estonian: "Hooldus",
        russian: "Техслужба",
    },
    DefaultDepartment {
        english: "Housekeeping",
        estonian: "Majapidamine",
        russian: "Хозслужба",
    },
    DefaultDepartment {
        english: "Reception",
        estonian: "Vastuvõtt",
        russian: "Ресепшен",
    },
    DefaultDepartment {
        english: "Kitchen",
        estonian: "Köök",
        russian: "Кухня",
    },
    DefaultDepartment {
        english: "Dispatch",
        estonian: "Dispetšerid",
        russian: "Диспетчерская",
    },
];

impl DefaultDepartment {
    /// Its name in a language.
    #[must_use]
    pub fn name(&self, language: Language) -> &'static str {
        match language {
            Language::English => self.english,
            Language::Estonian => self.estonian,
            Language::Russian => self.russian,
        }
    }

    /// The group's department that came of it, in whichever language it was made.
    #[must_use]
    pub fn within<'a>(&self, config: &'a GroupConfig) -> Option<&'a Department> {
        Language::ALL
            .into_iter()
            .find_map(|language| config.department_named(self.name(language)))
    }
}

/// Whether the desk works in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupStatus {
    /// A platform administrator has not approved it yet.
    AwaitingApproval,
    /// It works.
    Active,
    /// A platform administrator refused it.
    Refused,
    /// The bot was removed; what was recorded stays.
    Removed,
}

/// Everything the desk knows about a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupConfig {
    /// Which group.
    pub id: GroupId,
    /// Its company.
    pub company: CompanyId,
    /// The other groups of its company, oldest first: they share people and departments with it, and
    /// see nothing of its incidents.
    pub siblings: Vec<GroupId>,
    /// The version of the company's configuration this was read at.
    pub version: i64,
    /// The chat behind it now.
    pub chat: ChatId,
    /// The chat's title: untrusted text.
    pub title: String,
    /// Whether the desk works here.
    pub status: GroupStatus,
    /// What it set for itself.
    pub settings: Settings,
    /// The company's departments, in the order they were made.
    pub departments: Vec<Department>,
    /// Who manages.
    pub managers: Vec<PersonId>,
    /// Who dispatches.
    pub dispatchers: Vec<PersonId>,
    /// Who registered.
    pub registered: Vec<PersonId>,
    /// Who asked to be let into which department and has no answer yet.
    pub join_requests: Vec<(PersonId, DepartmentId)>,
    /// Who is on duty when.
    pub roster: Roster,
}

impl GroupConfig {
    /// The members of a department who are on duty there at that moment.
    #[must_use]
    pub fn on_duty(&self, department: DepartmentId, at: DateTime<Utc>) -> Vec<PersonId> {
        let known = self.department(department);
        let members = known.map(|it| it.members.as_slice()).unwrap_or_default();
        let zone = self.settings.time_zone;
        let works = |member: &&PersonId| self.roster.is_on(**member, department, zone, at);
        members.iter().filter(works).copied().collect()
    }

    /// What a person is in this group.
    #[must_use]
    pub fn standing(&self, person: PersonId) -> Standing {
        Standing {
            person,
            manager: self.managers.contains(&person),
            dispatcher: self.dispatchers.contains(&person),
            registered: self.registered.contains(&person),
            present: false,
            departments: self.departments_of(person),
            requested: self
                .join_requests
                .iter()
                .filter(|(asking, _)| *asking == person)
                .map(|(_, department)| *department)
                .collect(),
        }
    }

    /// Whether somebody works for this company: only they may be called about its incidents.
    #[must_use]
    pub fn is_staff(&self, person: PersonId) -> bool {
        self.managers.contains(&person)
            || self.dispatchers.contains(&person)
            || !self.departments_of(person).is_empty()
    }

    /// Everybody who works for this company.
    #[must_use]
    pub fn staff(&self) -> Vec<PersonId> {
        let members = self.departments.iter().flat_map(|it| &it.members);
        let all = members.chain(&self.managers).chain(&self.dispatchers);
        let mut all: Vec<PersonId> = all.copied().collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    fn departments_of(&self, person: PersonId) -> Vec<DepartmentId> {
        self.departments
            .iter()
            .filter(|department| department.members.contains(&person))
            .map(|department| department.id)
            .collect()
    }

    /// Whether it is the first group of its company.
    #[must_use]
    pub fn is_oldest(&self) -> bool {
        self.siblings.iter().all(|sibling| self.id < *sibling)
    }

    /// A department of this company.
    #[must_use]
    pub fn department(&self, id: DepartmentId) -> Option<&Department> {
        self.departments
            .iter()
            .find(|department| department.id == id)
    }

    /// The department of that name, whatever the case.
    #[must_use]
    pub fn department_named(&self, name: &str) -> Option<&Department> {
        let wanted = name.trim().to_lowercase();
        self.departments
            .iter()
            .find(|department| department.name.to_lowercase() == wanted)
    }
}

/// What a person is in a group, as far as the rules care.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Who.
    pub person: PersonId,
    /// Manager of the company.
    pub manager: bool,
    /// Dispatcher of the company.
    pub dispatcher: bool,
    /// Did `/register`.
    pub registered: bool,
    /// Speaks in the group's own chat, so may see what happens there.
    pub present: bool,
    /// The departments they belong to.
    pub departments: Vec<DepartmentId>,
    /// The departments they asked to be let into.
    pub requested: Vec<DepartmentId>,
}

impl Standing {
    /// Whether they belong to this department.
    #[must_use]
    pub fn is_member(&self, department: DepartmentId) -> bool {
        self.departments.contains(&department)
    }

    /// Manager or dispatcher.
    #[must_use]
    pub fn directs(&self) -> bool {
        self.manager || self.dispatcher
    }
}
