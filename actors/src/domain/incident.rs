//! An incident: what events add up to.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::escalation::Escalation;
use super::id::{CompanyId, DepartmentId, GroupId, IncidentId, IncidentNumber, PersonId};
use super::triage::Triage;

pub use super::report::{Addition, Photo, Report};

/// Which of an incident's numbers and places never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The desk's own number.
    pub id: IncidentId,
    /// The number people use.
    pub number: IncidentNumber,
    /// The company whose numbers these are.
    pub company: CompanyId,
    /// The group in which it was raised.
    pub group: GroupId,
}

/// One issue, request or repair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// What never changes.
    pub identity: Identity,
    /// How many events made it: the store commits only onto the version it was decided on.
    pub version: i64,
    /// How often that changed on which buttons act; a button of an older edition never acts.
    pub edition: i64,
    /// The workflow of the group when it was raised.
    pub workflow: Workflow,
    /// Where it stands, with what belongs to that.
    pub stage: Stage,
    /// What was reported, by whom.
    pub report: Report,
    /// When it was raised.
    pub opened_at: DateTime<Utc>,
    /// How pressing it is, once rated.
    pub urgency: Option<Urgency>,
    /// What was done about it, by the resolver's words.
    pub summary: Option<String>,
    /// The incident that this one repeats.
    pub duplicate_of: Option<IncidentId>,
    /// Each stay in a department, oldest first.
    pub sessions: Vec<DepartmentSession>,
    /// Each time that somebody worked on it, oldest first.
    pub participations: Vec<Participation>,
    /// How many comments it has.
    pub comments: u32,
    /// The newest of them.
    pub latest_comment: Option<Comment>,
    /// How often it was opened again.
    pub reopenings: u32,
    /// What triage has found, and still wants.
    #[serde(default, skip_serializing_if = "Triage::is_empty")]
    pub triage: Triage,
    /// Times in which it was blocked, oldest first: the clock stood still.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<Pause>,
    /// From when its target is counted, if not from when it was raised: it was rated, or opened
    /// again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counted_from: Option<DateTime<Utc>>,
    /// When it was done, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_at: Option<DateTime<Utc>>,
    /// Who reported the same and joined: they hear what the reporter hears.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub followers: Vec<PersonId>,
    /// When it was noted that it is not resolved in time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overdue_at: Option<DateTime<Utc>>,
    /// Who was called since it lies unclaimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalation: Option<Escalation>,
}

/// A time in which an incident was blocked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// From when.
    pub from: DateTime<Utc>,
    /// Until when; open while it is blocked.
    pub until: Option<DateTime<Utc>>,
}

impl Pause {
    /// How much of it lies between two moments; one that still lasts ends with the second.
    #[must_use]
    pub fn within(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> Duration {
        let end = self.until.unwrap_or(until).min(until);
        (end - self.from.max(from)).max(Duration::zero())
    }
}

impl Incident {
    /// Whether it still wants somebody's attention.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !matches!(self.stage, Stage::Closed { .. })
    }

    /// Whether somebody works on it and can go on.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        matches!(self.stage, Stage::Accepted(_) | Stage::InProgress(_))
    }

    /// Who works on it now.
    #[must_use]
    pub fn work(&self) -> Option<&Work> {
        match &self.stage {
            Stage::Accepted(work)
            | Stage::InProgress(work)
            | Stage::Blocked { work, .. }
            | Stage::AwaitingSummary { work, .. }
            | Stage::Done { work, .. } => Some(work),
            Stage::Intake { .. }
            | Stage::AwaitingDepartment { .. }
            | Stage::New { .. }
            | Stage::Closed { .. } => None,
        }
    }

    /// The department it lies with; a closed incident keeps its last one.
    #[must_use]
    pub fn department(&self) -> Option<DepartmentId> {
        self.sessions.last().map(|session| session.department)
    }

    /// Whether this person owns it or helps with it now.
    #[must_use]
    pub fn is_worked_on_by(&self, person: PersonId) -> bool {
        self.work().is_some_and(|work| work.includes(person))
    }

    /// For how long it was blocked between two moments.
    #[must_use]
    pub fn paused(&self, from: DateTime<Utc>, until: DateTime<Utc>) -> Duration {
        let pauses = self.pauses.iter();
        pauses.fold(Duration::zero(), |sum, pause| {
            sum + pause.within(from, until)
        })
    }

    /// For how long it was blocked since then, a pause that still lasts not counted.
    #[must_use]
    pub fn paused_since(&self, from: DateTime<Utc>) -> Duration {
        let ended = self.pauses.iter().filter(|pause| pause.until.is_some());
        ended.fold(Duration::zero(), |sum, pause| {
            sum + pause.within(from, DateTime::<Utc>::MAX_UTC)
        })
    }

    /// Whether somebody has a part in it: they reported it, joined it, or work or worked on it.
    #[must_use]
    pub fn concerns(&self, person: PersonId) -> bool {
        let mut worked = self.participations.iter();
        self.report.reporter == person
            || self.followers.contains(&person)
            || worked.any(|part| part.person == person)
    }

    /// Everybody this incident mentions: the reporter, all who ever worked on it, and who spoke last.
    #[must_use]
    pub fn people(&self) -> Vec<PersonId> {
        let mut people = vec![self.report.reporter];
        people.extend(&self.followers);
        people.extend(self.participations.iter().map(|part| part.person));
        people.extend(self.latest_comment.iter().map(|comment| comment.by));
        if let Some(escalation) = &self.escalation {
            people.extend(escalation.called());
            people.extend(escalation.acknowledged.map(|it| it.by));
        }
        if let Stage::Closed { by, .. } = &self.stage {
            people.extend(by);
        }
        people.sort_unstable();
        people.dedup();
        people
    }
}

/// Something said about an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// By whom.
    pub by: PersonId,
    /// When.
    pub at: DateTime<Utc>,
    /// In their words: untrusted text.
    pub text: String,
}

/// Which way incidents of a group go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Workflow {
    /// The claim desk: claim, resolve with a summary, closed.
    #[default]
    Quick,
    /// The maintenance desk: accept, start, done, confirmed by the reporter.
    Full,
}

/// How pressing an incident is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Urgency {
    /// Drop everything.
    Critical,
    /// Before the day ends.
    SameDay,
    /// When it fits.
    Planned,
}

impl Urgency {
    /// Every urgency, most pressing first.
    pub const ALL: [Self; 3] = [Self::Critical, Self::SameDay, Self::Planned];
}

/// Why work cannot go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// Somebody in charge must look at it.
    Attention,
    /// Something must be bought.
    NeedsPurchase,
    /// Somebody from outside must come.
    NeedsContractor,
    /// It waits for something else.
    Waiting,
}

impl BlockKind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: [Self; 4] = [
        Self::Attention,
        Self::NeedsPurchase,
        Self::NeedsContractor,
        Self::Waiting,
    ];
}

/// Where an incident stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The reporter is asked for what is missing.
    Intake {
        /// Since when, or since the last answer.
        since: DateTime<Utc>,
        /// How many answers were given.
        answers: u8,
    },
    /// Nobody has said yet whose it is.
    AwaitingDepartment {
        /// Since when.
        since: DateTime<Utc>,
        /// Whether the reporter was reminded.
        reminded: bool,
        /// Whether the dispatchers were told.
        dispatchers_told: bool,
    },
    /// A department has it, nobody has claimed it.
    New {
        /// Whose it is.
        department: DepartmentId,
        /// Since when it lies unclaimed.
        since: DateTime<Utc>,
        /// How often the department was nudged.
        nudges: u32,
    },
    /// Claimed, not begun (full workflow).
    Accepted(Work),
    /// Somebody is at it.
    InProgress(Work),
    /// Somebody has it, and cannot go on.
    Blocked {
        /// Why.
        kind: BlockKind,
        /// Who has it.
        work: Work,
        /// Since when.
        since: DateTime<Utc>,
        /// In the owner's words.
        comment: String,
        /// When the owner wants to be told that it may go on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        wake: Option<DateTime<Utc>>,
        /// Whether the owner was told so, or asked whether it still waits.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        asked: bool,
    },
    /// Resolved, the resolver still has to say how.
    AwaitingSummary {
        /// Who has it.
        work: Work,
        /// Who must say how.
        resolver: PersonId,
        /// Since when.
        since: DateTime<Utc>,
        /// Whether the resolver was reminded.
        reminded: bool,
        /// The words, if a photo is still missing.
        comment: Option<String>,
        /// The photo, if words are still missing.
        photo: Option<Photo>,
    },
    /// Done, the reporter has not confirmed (full workflow).
    Done {
        /// Who had it.
        work: Work,
        /// Who did it.
        resolver: PersonId,
        /// Since when.
        since: DateTime<Utc>,
    },
    /// Over.
    Closed {
        /// How it ended.
        resolution: Resolution,
        /// When.
        at: DateTime<Utc>,
        /// Who ended it; nobody when the clock did.
        by: Option<PersonId>,
    },
}

/// Who works on an incident: exactly one owner, any number of helpers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// The department whose work it is.
    pub department: DepartmentId,
    /// Who claimed it, or was assigned.
    pub owner: PersonId,
    /// When the owner got it.
    pub since: DateTime<Utc>,
    /// Who joined after, oldest first.
    pub helpers: Vec<PersonId>,
    /// When one of them last did something about it, if that was after the owner got it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_at: Option<DateTime<Utc>>,
    /// When the owner was asked for a sign of life, if none has come since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_at: Option<DateTime<Utc>>,
    /// When the owner's shift ends, who was asked what becomes of it and has said nothing since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shift_ends_at: Option<DateTime<Utc>>,
}

impl Work {
    /// Whether this person owns or helps.
    #[must_use]
    pub fn includes(&self, person: PersonId) -> bool {
        self.owner == person || self.helpers.contains(&person)
    }

    /// When one of them last gave a sign of life.
    #[must_use]
    pub fn last_seen(&self) -> DateTime<Utc> {
        self.seen_at.unwrap_or(self.since).max(self.since)
    }

    /// The owner, then the helpers.
    pub fn people(&self) -> impl Iterator<Item = PersonId> + '_ {
        std::iter::once(self.owner).chain(self.helpers.iter().copied())
    }
}

/// How an incident ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resolution {
    /// The resolver said how (quick workflow).
    Resolved,
    /// The reporter or a manager confirmed it.
    Confirmed,
    /// The resolver never said how.
    NoSummary,
    /// Nobody confirmed it in time.
    Unconfirmed,
    /// It was called off.
    Cancelled,
    /// It repeats another incident.
    Duplicate,
}

/// One stay of an incident in a department; response time is `claimed_at - assigned_at`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepartmentSession {
    /// Which department.
    pub department: DepartmentId,
    /// When it got the incident.
    pub assigned_at: DateTime<Utc>,
    /// When somebody first claimed it there.
    pub claimed_at: Option<DateTime<Utc>>,
    /// When it left, or was closed.
    pub ended_at: Option<DateTime<Utc>>,
    /// How the stay ended.
    pub end: Option<SessionEnd>,
}

/// How a stay in a department ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionEnd {
    /// It was closed there.
    Closed,
    /// It went to another department.
    Transferred,
}

/// One person's work on an incident, from when to when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participation {
    /// Who.
    pub person: PersonId,
    /// As what.
    pub role: ParticipationRole,
    /// From when.
    pub began_at: DateTime<Utc>,
    /// Until when; open while they work.
    pub ended_at: Option<DateTime<Utc>>,
    /// How it ended.
    pub end: Option<ParticipationEnd>,
}

/// As what somebody worked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParticipationRole {
    /// Claimed it, or was assigned.
    Owner,
    /// Joined.
    Helper,
}

/// How somebody's work ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParticipationEnd {
    /// They resolved it.
    ResolvedSelf,
    /// Somebody else resolved it.
    ResolvedOther,
    /// They left.
    Released,
    /// It went to another department or person.
    Transferred,
    /// It was closed without being resolved.
    Closed,
}
