//! Who is on duty: weekly schedules by the clock on the group's wall, and a person's own word over
//! them.

mod wish;
pub(super) mod words;

use chrono::{DateTime, Duration, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::calendar::Week;
use super::id::{DepartmentId, PersonId};

pub use wish::{DutyWish, duty_wish};
pub use words::{BadWeek, week_of_words};

/// How long before the end of a shift those who hold incidents are asked what becomes of them:
/// time enough to hand them over.
pub const SHIFT_ENDING_NOTICE: Duration = Duration::minutes(15);

/// When a member of a department works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutySchedule {
    /// For which department.
    pub department: DepartmentId,
    /// Who.
    pub person: PersonId,
    /// When, in the group's zone.
    pub week: Week,
}

/// A person's own word on whether they are on duty; it outweighs their schedules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyOverride {
    /// Who.
    pub person: PersonId,
    /// Whether they are on duty.
    pub on: bool,
    /// When they said so.
    pub since: DateTime<Utc>,
    /// Until when it holds; `None`: until they say otherwise.
    pub until: Option<DateTime<Utc>>,
}

/// What somebody does not want to hear, of what is said to many. What is theirs, what is critical and
/// what is escalated everybody hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mute {
    /// That something is new in their department.
    NewInDepartment,
    /// That nobody has claimed it yet.
    Nudges,
    /// What is open when their shift starts.
    Digests,
}

impl Mute {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::NewInDepartment, Self::Nudges, Self::Digests];
}

/// Whom a company's desk calls, and when.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Roster {
    /// Who works when.
    pub schedules: Vec<DutySchedule>,
    /// Who said something else.
    pub overrides: Vec<DutyOverride>,
    /// Who does not want to hear what.
    pub mutes: Vec<(PersonId, Mute)>,
}

impl Roster {
    /// Whether a member of a department is on duty there. Who has neither schedule nor word of their
    /// own always is: a group that sets nothing calls everybody.
    #[must_use]
    pub fn is_on(
        &self,
        person: PersonId,
        department: DepartmentId,
        zone: Tz,
        at: DateTime<Utc>,
    ) -> bool {
        if let Some(word) = self.word_of(person, at) {
            return word.on;
        }
        match self.schedule(person, department) {
            Some(week) => week.contains(zone, at),
            None => true,
        }
    }

    /// When somebody works for a department; an empty schedule is none.
    #[must_use]
    pub fn schedule(&self, person: PersonId, department: DepartmentId) -> Option<&Week> {
        let mut schedules = self.schedules.iter();
        let found = schedules.find(|it| it.person == person && it.department == department);
        found.map(|it| &it.week).filter(|week| !week.is_empty())
    }

    /// What somebody said of themselves, while it holds.
    #[must_use]
    pub fn word_of(&self, person: PersonId, at: DateTime<Utc>) -> Option<&DutyOverride> {
        let holds =
            |word: &&DutyOverride| word.since <= at && word.until.is_none_or(|until| at < until);
        let mut words = self.overrides.iter().filter(|word| word.person == person);
        words.find(holds)
    }

    /// A word that somebody says now: it holds until their schedules next change by themselves, and
    /// without schedules until they say otherwise.
    #[must_use]
    pub fn said(&self, person: PersonId, on: bool, zone: Tz, at: DateTime<Utc>) -> DutyOverride {
        let until = self.next_change(person, zone, at);
        let since = at;
        DutyOverride {
            person,
            on,
            since,
            until,
        }
    }

    /// Whether somebody does not want to hear that.
    #[must_use]
    pub fn is_muted(&self, person: PersonId, mute: Mute) -> bool {
        self.mutes.contains(&(person, mute))
    }

    /// When the schedules of somebody next make them come on duty, or go off it.
    #[must_use]
    pub fn next_change(
        &self,
        person: PersonId,
        zone: Tz,
        after: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        self.week_of(person).next_boundary(zone, after)
    }

    /// When a shift of somebody next starts, in whichever department.
    #[must_use]
    pub fn next_start(
        &self,
        person: PersonId,
        zone: Tz,
        after: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        let theirs = self.schedules.iter().filter(|it| it.person == person);
        theirs
            .filter_map(|it| it.week.next_start(zone, after))
            .min()
    }

    /// The departments in which somebody's shift has started since a moment, and lasts.
    #[must_use]
    pub fn started(
        &self,
        person: PersonId,
        zone: Tz,
        since: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Vec<DepartmentId> {
        let before = since - Duration::milliseconds(1);
        let started = |it: &&DutySchedule| {
            let start = it.week.next_start(zone, before);
            it.person == person
                && start.is_some_and(|start| start <= now)
                && self.is_on(person, it.department, zone, now)
        };
        let schedules = self.schedules.iter().filter(started);
        schedules.map(|it| it.department).collect()
    }

    /// Everybody who has a schedule.
    #[must_use]
    pub fn scheduled(&self) -> Vec<PersonId> {
        let mut people: Vec<PersonId> = self.schedules.iter().map(|it| it.person).collect();
        people.sort_unstable();
        people.dedup();
        people
    }

    /// Sets when somebody works; `None`: they have no schedule there any more.
    pub fn set(&mut self, department: DepartmentId, person: PersonId, week: Option<Week>) {
        let other = |it: &DutySchedule| it.department != department || it.person != person;
        self.schedules.retain(other);
        self.schedules.extend(week.map(|week| DutySchedule {
            department,
            person,
            week,
        }));
    }

    /// When somebody is next to be asked what becomes of the incidents they hold: shifts that touch
    /// are one, so that nobody is asked at noon who works on.
    #[must_use]
    pub fn next_ending_notice(
        &self,
        person: PersonId,
        zone: Tz,
        after: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        let end = self
            .week_of(person)
            .next_end(zone, after + SHIFT_ENDING_NOTICE)?;
        Some(end - SHIFT_ENDING_NOTICE)
    }

    /// All that somebody works, over all departments.
    fn week_of(&self, person: PersonId) -> Week {
        let schedules = self.schedules.iter().filter(|it| it.person == person);
        Week(schedules.flat_map(|it| it.week.0.clone()).collect())
    }
}
