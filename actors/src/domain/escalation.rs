//! Who is called when nobody takes an incident, and when: levels, one after the other, until
//! somebody acknowledges. Pure: what was called is what the incident's events say, so a restart, or
//! a second look, calls nobody twice.

pub mod words;

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::group::{GroupConfig, Settings};
use super::id::PersonId;
use super::incident::{Incident, Stage, Urgency};

/// How many chains a group may have: one for each urgency, in and out of business hours.
pub const CHAIN_LIMIT: usize = 6;

/// How many levels a chain may have: after five nobody is left to call.
pub const LEVEL_LIMIT: usize = 5;

/// How many people a level may name: more than that, and everybody waits for somebody else.
pub const PEOPLE_LIMIT: usize = 10;

/// How often a level may be called again.
pub const REPEAT_LIMIT: u32 = 10;

/// How many minutes a level may be waited for: a day.
pub const WAIT_LIMIT: u32 = 24 * 60;

/// What a group may set of escalation. Minutes of 0 mean never.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EscalationPolicy {
    /// Minutes that a critical incident may lie unclaimed until the first level is called.
    pub critical_minutes: u32,
    /// The same for `same-day`: minutes of business hours.
    pub same_day_minutes: u32,
    /// The same for `planned`: minutes of business hours.
    pub planned_minutes: u32,
    /// Who is called: the first chain that fits. Where none does, the managers.
    pub chains: Vec<Chain>,
}

impl Default for EscalationPolicy {
    fn default() -> Self {
        Self {
            critical_minutes: 15,
            same_day_minutes: 2 * 60,
            planned_minutes: 24 * 60,
            chains: Vec::new(),
        }
    }
}

/// Levels, called one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chain {
    /// For incidents of this urgency; otherwise for all.
    pub urgency: Option<Urgency>,
    /// When.
    pub hours: Hours,
    /// The levels, first things first.
    pub levels: Vec<Level>,
}

/// When a chain is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hours {
    /// At all hours.
    #[default]
    Any,
    /// In business hours.
    Open,
    /// Out of business hours.
    Closed,
}

/// Some people who are called at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Who; nobody named means the managers.
    pub people: Vec<PersonId>,
    /// Minutes that they have until they, or the next, are called.
    pub wait_minutes: u32,
    /// How often they are called again before the next are.
    pub repeats: u32,
}

/// Where a group has no chain: its managers, an hour long.
static MANAGERS: [Level; 1] = [Level {
    people: Vec::new(),
    wait_minutes: MANAGERS_WAIT,
    repeats: 3,
}];

/// How long managers are waited for: as long as the first call of what is critical was.
const MANAGERS_WAIT: u32 = 15;

/// What an incident remembers of being called about, since it last began to lie unclaimed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalation {
    /// From when it is counted.
    pub since: DateTime<Utc>,
    /// When the group was warned that somebody will be called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warned_at: Option<DateTime<Utc>>,
    /// Who was called, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<Call>,
    /// Who said that they look after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acknowledged: Option<Acknowledgement>,
}

/// A level was called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Which level, from 1.
    pub level: u8,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub people: Vec<PersonId>,
    /// Whom no private message reached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unheard: Vec<PersonId>,
    /// When it turned out that it reached nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed_at: Option<DateTime<Utc>>,
}

/// Somebody said that they look after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledgement {
    /// Who.
    pub by: PersonId,
    /// When.
    pub at: DateTime<Utc>,
}

impl Escalation {
    /// Nothing said yet about what lies unclaimed since then.
    #[must_use]
    pub fn beginning(since: DateTime<Utc>) -> Self {
        Self {
            since,
            warned_at: None,
            calls: Vec::new(),
            acknowledged: None,
        }
    }

    /// Whether somebody was called.
    #[must_use]
    pub fn has_called(&self, person: PersonId) -> bool {
        let mut calls = self.calls.iter();
        calls.any(|call| call.people.contains(&person))
    }

    /// Everybody who was called.
    #[must_use]
    pub fn called(&self) -> Vec<PersonId> {
        let people = self.calls.iter().flat_map(|call| &call.people);
        let mut people: Vec<PersonId> = people.copied().collect();
        people.sort_unstable();
        people.dedup();
        people
    }

    /// When the first call was made, or else that moment: the chain of that hour is gone through.
    fn began_at(&self, otherwise: DateTime<Utc>) -> DateTime<Utc> {
        self.calls.first().map_or(otherwise, |call| call.at)
    }

    /// Notes whom the last call did not reach.
    pub(super) fn note_unheard(&mut self, people: &[PersonId], at: DateTime<Utc>) {
        let Some(last) = self.calls.last_mut() else {
            return;
        };
        for person in people {
            if last.people.contains(person) && !last.unheard.contains(person) {
                last.unheard.push(*person);
            }
        }
        if last.failed_at.is_none() && last.unheard.len() == last.people.len() {
            last.failed_at = Some(at);
        }
    }
}

/// Since when an incident lies unclaimed and rated as it is; nothing if it does not. The choice of
/// its first department is no claim, and gives no time.
#[must_use]
pub fn unclaimed_since(incident: &Incident) -> Option<DateTime<Utc>> {
    incident.urgency?;
    let since = match &incident.stage {
        Stage::Intake { .. } | Stage::AwaitingDepartment { .. } => incident.opened_at,
        Stage::New { since, .. } => match incident.sessions.as_slice() {
            [only] if only.claimed_at.is_none() => incident.opened_at,
            _ => *since,
        },
        _ => return None,
    };
    let rated = incident.counted_from.unwrap_or(incident.opened_at);
    Some(since.max(rated))
}

/// What was said since then, if anything was.
fn present(incident: &Incident, since: DateTime<Utc>) -> Option<&Escalation> {
    let escalation = incident.escalation.as_ref();
    escalation.filter(|escalation| escalation.since == since)
}

/// When the group is warned, if it has not been.
#[must_use]
pub fn warning_due(incident: &Incident, settings: &Settings) -> Option<DateTime<Utc>> {
    let since = unclaimed_since(incident)?;
    let silent = match present(incident, since) {
        None => true,
        Some(it) => it.warned_at.is_none() && it.calls.is_empty() && it.acknowledged.is_none(),
    };
    let patience = Duration::minutes(i64::from(first_minutes(incident, settings)?));
    silent
        .then(|| after(since, patience * 2 / 3, incident, settings))
        .flatten()
}

/// When somebody is called next, unless somebody acknowledges or claims; nothing at the chain's end.
#[must_use]
pub fn call_due(incident: &Incident, settings: &Settings) -> Option<DateTime<Utc>> {
    let since = unclaimed_since(incident)?;
    let said = present(incident, since);
    if said.is_some_and(|it| it.acknowledged.is_some()) {
        return None;
    }
    let Some(last) = said.and_then(|it| it.calls.last()) else {
        let patience = Duration::minutes(i64::from(first_minutes(incident, settings)?));
        return after(since, patience, incident, settings);
    };
    let said = said?;
    let chain = chain(incident, settings, said.began_at(last.at));
    let next = next_level(said, chain)?;
    match last.failed_at {
        Some(failed) if next > usize::from(last.level) => Some(failed),
        _ => {
            let level = usize::from(last.level).checked_sub(1);
            let level = level.and_then(|index| chain.get(index));
            let minutes = level.map_or(MANAGERS_WAIT, |it| it.wait_minutes.max(1));
            after(
                last.at,
                Duration::minutes(i64::from(minutes)),
                incident,
                settings,
            )
        }
    }
}

/// Which level is called now, and who that is.
#[must_use]
pub fn next_call(
    incident: &Incident,
    now: DateTime<Utc>,
    config: &GroupConfig,
) -> Option<(u8, Vec<PersonId>)> {
    let since = unclaimed_since(incident)?;
    let said = present(incident, since);
    let began_at = said.map_or(now, |said| said.began_at(now));
    let chain = chain(incident, &config.settings, began_at);
    let number = match said {
        Some(said) if !said.calls.is_empty() => next_level(said, chain)?,
        _ => 1,
    };
    let level = chain.get(number.checked_sub(1)?)?;
    let named = level.people.iter().copied();
    let mut people: Vec<PersonId> = named.filter(|it| config.is_staff(*it)).collect();
    if people.is_empty() {
        people.clone_from(&config.managers);
    }
    Some((u8::try_from(number).ok()?, people))
}

/// The number of the level that comes after what was said, from 1; none at the end of the chain. A
/// level that heard nothing is not called again while there is another.
fn next_level(said: &Escalation, chain: &[Level]) -> Option<usize> {
    let last = said.calls.last()?;
    let number = usize::from(last.level);
    let of_level = said.calls.iter().rev();
    let times = of_level.take_while(|call| call.level == last.level).count();
    let repeats = chain
        .get(number.checked_sub(1)?)
        .map_or(0, |level| level.repeats.min(REPEAT_LIMIT));
    let again = u32::try_from(times).is_ok_and(|times| times <= repeats);
    let follows = number < chain.len();
    match (follows, again) {
        (true, false) => Some(number + 1),
        (true, true) if last.failed_at.is_some() => Some(number + 1),
        (_, true) => Some(number),
        (false, false) => None,
    }
}

/// The chain that holds for an incident at a moment.
fn chain<'a>(incident: &Incident, settings: &'a Settings, at: DateTime<Utc>) -> &'a [Level] {
    let open = Calendar::of(settings).is_open(at);
    let fits = |chain: &&Chain| {
        let urgency = chain.urgency.is_none() || chain.urgency == incident.urgency;
        let hours = match chain.hours {
            Hours::Any => true,
            Hours::Open => open,
            Hours::Closed => !open,
        };
        urgency && hours && !chain.levels.is_empty()
    };
    let chain = settings.escalation.chains.iter().find(fits);
    chain.map_or(&MANAGERS, |chain| chain.levels.as_slice())
}

fn first_minutes(incident: &Incident, settings: &Settings) -> Option<u32> {
    let policy = &settings.escalation;
    let minutes = match incident.urgency? {
        Urgency::Critical => policy.critical_minutes,
        Urgency::SameDay => policy.same_day_minutes,
        Urgency::Planned => policy.planned_minutes,
    };
    (minutes > 0).then_some(minutes)
}

/// The clock of what is critical never rests; any other one counts business hours, and calls nobody
/// in quiet hours.
fn after(
    from: DateTime<Utc>,
    wait: Duration,
    incident: &Incident,
    settings: &Settings,
) -> Option<DateTime<Utc>> {
    match incident.urgency? {
        Urgency::Critical => from.checked_add_signed(wait),
        Urgency::SameDay | Urgency::Planned => {
            let calendar = Calendar::of(settings);
            let due = calendar.after_open_time(from, wait);
            Some(calendar.quiet_until(due).unwrap_or(due))
        }
    }
}
