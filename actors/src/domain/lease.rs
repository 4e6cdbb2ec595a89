//! How long a claim lasts without a sign of life, and until when an incident is to be resolved.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::group::Settings;
use super::incident::{Incident, Urgency, Workflow};

/// What a group may set of leases and targets. Minutes of 0 mean never.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LeasePolicy {
    /// Whether claims of the quick workflow are leases too; those of the full one always are.
    pub in_quick_workflow: bool,
    /// Minutes without a sign of life until the owner of a critical incident is asked.
    pub critical_minutes: u32,
    /// The same for `same-day` and what is not rated: minutes of business hours.
    pub same_day_minutes: u32,
    /// The same for `planned`: minutes of business hours.
    pub planned_minutes: u32,
    /// Minutes that the owner has to answer.
    pub grace_minutes: u32,
    /// Hours in a blocked state without a wake-up date until the owner is asked.
    pub waiting_hours: u32,
    /// Hours within which a critical incident is to be resolved.
    pub critical_target_hours: u32,
    /// Days within which a planned one is to be resolved; `same-day` means by the end of the day.
    pub planned_target_days: u32,
}

impl Default for LeasePolicy {
    fn default() -> Self {
        Self {
            in_quick_workflow: false,
            critical_minutes: 30,
            same_day_minutes: 4 * 60,
            planned_minutes: 3 * 24 * 60,
            grace_minutes: 30,
            waiting_hours: 24,
            critical_target_hours: 4,
            planned_target_days: 7,
        }
    }
}

impl LeasePolicy {
    /// How many minutes a claim of what is rated so lasts without a sign of life.
    #[must_use]
    pub fn minutes(&self, urgency: Urgency) -> u32 {
        match urgency {
            Urgency::Critical => self.critical_minutes,
            Urgency::SameDay => self.same_day_minutes,
            Urgency::Planned => self.planned_minutes,
        }
    }

    /// Lets such claims last so many.
    pub fn last(&mut self, urgency: Urgency, minutes: u32) {
        match urgency {
            Urgency::Critical => self.critical_minutes = minutes,
            Urgency::SameDay => self.same_day_minutes = minutes,
            Urgency::Planned => self.planned_minutes = minutes,
        }
    }
}

/// When the owner is asked for a sign of life, if never one comes after `since`.
pub(super) fn question_due(
    incident: &Incident,
    since: DateTime<Utc>,
    settings: &Settings,
) -> Option<DateTime<Utc>> {
    let policy = &settings.leases;
    if incident.workflow == Workflow::Quick && !policy.in_quick_workflow {
        return None;
    }
    let urgency = incident.urgency.unwrap_or(Urgency::SameDay);
    let (minutes, around_the_clock) = (policy.minutes(urgency), urgency == Urgency::Critical);
    let lease = Duration::minutes(i64::from(minutes));
    match (minutes, around_the_clock) {
        (0, _) => None,
        (_, true) => since.checked_add_signed(lease),
        (_, false) => {
            let calendar = Calendar::of(settings);
            let due = calendar.after_open_time(since, lease);
            // Who sleeps gives no sign of life.
            Some(calendar.quiet_until(due).unwrap_or(due))
        }
    }
}

/// Until when the owner has to answer.
pub(super) fn grace_ends(asked: DateTime<Utc>, settings: &Settings) -> Option<DateTime<Utc>> {
    let grace = Duration::minutes(i64::from(settings.leases.grace_minutes.max(1)));
    asked.checked_add_signed(grace)
}

/// When the owner of a blocked incident is asked whether it still waits.
pub(super) fn waiting_too_long(since: DateTime<Utc>, settings: &Settings) -> Option<DateTime<Utc>> {
    let hours = settings.leases.waiting_hours;
    let patience = Duration::hours(i64::from(hours));
    (hours > 0)
        .then(|| since.checked_add_signed(patience))
        .flatten()
}

/// By when an incident is to be resolved, times in which it was blocked not counted. Nothing while
/// it is unrated.
#[must_use]
pub fn resolution_due(incident: &Incident, settings: &Settings) -> Option<DateTime<Utc>> {
    let policy = &settings.leases;
    let from = incident.counted_from.unwrap_or(incident.opened_at);
    let target = match incident.urgency? {
        Urgency::Critical if policy.critical_target_hours == 0 => return None,
        Urgency::Critical => {
            let hours = Duration::hours(i64::from(policy.critical_target_hours));
            from.checked_add_signed(hours)?
        }
        Urgency::SameDay => Calendar::of(settings).end_of_open_day(from),
        Urgency::Planned if policy.planned_target_days == 0 => return None,
        Urgency::Planned => {
            let days = Duration::days(i64::from(policy.planned_target_days));
            from.checked_add_signed(days)?
        }
    };
    target.checked_add_signed(incident.paused_since(from))
}
