//! Which moments an incident waits for. Deadlines are what its state and the group's settings add
//! up to, so they can be stored, thrown away and found again.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::escalation;
use super::group::{GroupConfig, Settings};
use super::incident::{Incident, Stage, Work};
use super::lease;

/// How long a clarifying question waits for its answer: an incident must not hang on a reporter who
/// has gone back to work.
pub const INTAKE_PATIENCE: Duration = Duration::minutes(10);

/// What a deadline is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineKind {
    /// Ask the reporter nothing more.
    IntakeTimeout,
    /// Remind the reporter to choose a department.
    DepartmentReminder,
    /// Tell the dispatchers that no department was chosen.
    DepartmentDispatchers,
    /// Nudge the department to claim.
    UnclaimedNudge,
    /// Remind the resolver of the summary.
    SummaryReminder,
    /// Close without a summary.
    SummaryTimeout,
    /// Close without a confirmation.
    ConfirmationTimeout,
    /// Tell who works on it that it may go on.
    WakeUp,
    /// Ask the owner whether it still waits.
    WaitingTooLong,
    /// Tell owner and managers that it is not resolved in time.
    ResolutionOverdue,
    /// Ask the owner for a sign of life.
    LeaseQuestion,
    /// Give it back, since none came.
    LeaseEnd,
    /// Warn the group that somebody will be called.
    EscalationWarning,
    /// Call the next level.
    Escalation,
}

impl DeadlineKind {
    /// Its name in the store and in logs.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::IntakeTimeout => "intake_timeout",
            Self::DepartmentReminder => "department_reminder",
            Self::DepartmentDispatchers => "department_dispatchers",
            Self::UnclaimedNudge => "unclaimed_nudge",
            Self::SummaryReminder => "summary_reminder",
            Self::SummaryTimeout => "summary_timeout",
            Self::ConfirmationTimeout => "confirmation_timeout",
            Self::WakeUp => "wake_up",
            Self::WaitingTooLong => "waiting_too_long",
            Self::ResolutionOverdue => "resolution_overdue",
            Self::LeaseQuestion => "lease_question",
            Self::LeaseEnd => "lease_end",
            Self::EscalationWarning => "escalation_warning",
            Self::Escalation => "escalation",
        }
    }
}

/// A moment at which an incident wants to be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// What for.
    pub kind: DeadlineKind,
    /// When.
    pub due: DateTime<Utc>,
}

/// A time during which the desk did not run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absence {
    /// When it was last seen alive.
    pub from: DateTime<Utc>,
    /// When it came back.
    pub until: DateTime<Utc>,
}

impl Absence {
    /// Whether a moment fell into it.
    #[must_use]
    pub fn covers(&self, moment: DateTime<Utc>) -> bool {
        self.from <= moment && moment < self.until
    }

    /// For how many minutes the desk was down when something was due, if that is why it is late.
    #[must_use]
    pub fn explains(&self, due: DateTime<Utc>) -> Option<i64> {
        let minutes = (self.until - self.from).num_minutes().max(1);
        self.covers(due).then_some(minutes)
    }
}

/// The deadlines of an incident, soonest first.
#[must_use]
pub fn deadlines(incident: &Incident, settings: &Settings) -> Vec<Deadline> {
    let mut found = match &incident.stage {
        Stage::Intake { since, .. } => {
            vec![deadline(
                DeadlineKind::IntakeTimeout,
                *since,
                INTAKE_PATIENCE,
            )]
        }
        Stage::AwaitingDepartment {
            since,
            reminded,
            dispatchers_told,
        } => department_deadlines(*since, *reminded, *dispatchers_told, settings),
        Stage::New { since, nudges, .. } => nudge_deadline(*since, *nudges, settings),
        Stage::AwaitingSummary {
            since, reminded, ..
        } => summary_deadlines(*since, *reminded, settings),
        Stage::Done { since, .. } => {
            let wait = Duration::hours(i64::from(settings.confirmation_timeout_hours));
            vec![deadline(DeadlineKind::ConfirmationTimeout, *since, wait)]
        }
        Stage::Accepted(work) | Stage::InProgress(work) => lease_deadline(incident, work, settings)
            .into_iter()
            .collect(),
        Stage::Blocked {
            since, wake, asked, ..
        } => match (asked, wake) {
            (true, _) => Vec::new(),
            (false, Some(wake)) => vec![at(DeadlineKind::WakeUp, *wake)],
            (false, None) => {
                let patience = lease::waiting_too_long(*since, settings);
                let due = patience.map(|due| at(DeadlineKind::WaitingTooLong, due));
                due.into_iter().collect()
            }
        },
        Stage::Closed { .. } => Vec::new(),
    };
    found.extend(overdue_deadline(incident, settings));
    let warning = escalation::warning_due(incident, settings);
    found.extend(warning.map(|due| at(DeadlineKind::EscalationWarning, due)));
    let call = escalation::call_due(incident, settings);
    found.extend(call.map(|due| at(DeadlineKind::Escalation, due)));
    found.sort_by_key(|deadline| deadline.due);
    found
}

/// A claim is a lease: it wants a sign of life now and then, and an answer when one is asked for.
fn lease_deadline(incident: &Incident, work: &Work, settings: &Settings) -> Option<Deadline> {
    let grace_ends = work
        .asked_at
        .map(|asked| lease::grace_ends(asked, settings));
    // Who was asked at the end of a shift is not asked again.
    if let Some(due) = grace_ends
        .flatten()
        .into_iter()
        .chain(work.shift_ends_at)
        .min()
    {
        return Some(at(DeadlineKind::LeaseEnd, due));
    }
    lease::question_due(incident, work.last_seen(), settings)
        .map(|due| at(DeadlineKind::LeaseQuestion, due))
}

/// Said once. While an incident is blocked its clock stands still, and once it is resolved there is
/// nothing to say.
fn overdue_deadline(incident: &Incident, settings: &Settings) -> Option<Deadline> {
    let counts = matches!(
        incident.stage,
        Stage::New { .. } | Stage::Accepted(_) | Stage::InProgress(_)
    );
    if !counts || incident.overdue_at.is_some() {
        return None;
    }
    lease::resolution_due(incident, settings).map(|due| at(DeadlineKind::ResolutionOverdue, due))
}

fn at(kind: DeadlineKind, due: DateTime<Utc>) -> Deadline {
    Deadline { kind, due }
}

/// When a deadline of this kind was due before the present change.
#[must_use]
pub fn due_before(
    before: Option<&Incident>,
    kind: DeadlineKind,
    config: &GroupConfig,
) -> Option<DateTime<Utc>> {
    deadlines(before?, &config.settings)
        .into_iter()
        .find(|deadline| deadline.kind == kind)
        .map(|deadline| deadline.due)
}

/// How many nudges are due by now, and so how many have been given once one is sent: nudges that
/// an absence swallowed are not made up for one by one.
#[must_use]
pub fn nudges_due(since: DateTime<Utc>, now: DateTime<Utc>, settings: &Settings) -> u32 {
    let interval = i64::from(settings.unclaimed_nudge_minutes.max(1));
    let passed = (now - since).num_minutes() / interval;
    u32::try_from(passed)
        .unwrap_or(0)
        .min(settings.unclaimed_nudge_limit)
}

/// How many minutes are left for the summary, the begun one counted.
#[must_use]
pub fn summary_minutes_left(since: DateTime<Utc>, now: DateTime<Utc>, settings: &Settings) -> i64 {
    let left = minutes(settings.summary_timeout_minutes) - (now - since);
    (left + Duration::seconds(59)).num_minutes().max(1)
}

fn department_deadlines(
    since: DateTime<Utc>,
    reminded: bool,
    dispatchers_told: bool,
    settings: &Settings,
) -> Vec<Deadline> {
    let reminder = minutes(settings.department_reminder_minutes);
    let dispatchers = minutes(settings.department_dispatcher_minutes);
    let mut found = Vec::new();
    if !reminded {
        found.push(deadline(DeadlineKind::DepartmentReminder, since, reminder));
    }
    if !dispatchers_told {
        found.push(deadline(
            DeadlineKind::DepartmentDispatchers,
            since,
            dispatchers,
        ));
    }
    found
}

fn nudge_deadline(since: DateTime<Utc>, nudges: u32, settings: &Settings) -> Vec<Deadline> {
    if nudges >= settings.unclaimed_nudge_limit {
        return Vec::new();
    }
    let wait = minutes(settings.unclaimed_nudge_minutes.max(1))
        * (i32::try_from(nudges).unwrap_or(i32::MAX - 1) + 1);
    vec![deadline(DeadlineKind::UnclaimedNudge, since, wait)]
}

fn summary_deadlines(since: DateTime<Utc>, reminded: bool, settings: &Settings) -> Vec<Deadline> {
    let timeout = minutes(settings.summary_timeout_minutes);
    let mut found = vec![deadline(DeadlineKind::SummaryTimeout, since, timeout)];
    if !reminded {
        found.push(deadline(DeadlineKind::SummaryReminder, since, timeout / 2));
    }
    found
}

fn minutes(count: u32) -> Duration {
    Duration::minutes(i64::from(count))
}

fn deadline(kind: DeadlineKind, since: DateTime<Utc>, wait: Duration) -> Deadline {
    // Settings are stored data: a wait beyond the calendar means never, not a crash.
    let due = since
        .checked_add_signed(wait)
        .unwrap_or(DateTime::<Utc>::MAX_UTC);
    Deadline { kind, due }
}
