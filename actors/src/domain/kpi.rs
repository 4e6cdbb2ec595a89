//! What reports count, and over which time. The figures themselves are counted by the store; this
//! says what they mean, so that whoever counts and whoever prints mean the same.

mod facts;
mod ratings;
mod schedule;

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, Duration, Months, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::id::{DepartmentId, GroupId, IncidentId, PersonId};
use super::incident::{Incident, Urgency};

pub use facts::{CallFact, ClaimFact, Counted, Depth, Fact, Facts, IncidentFact, Slice, WorkFact};
pub use ratings::Ratings;
pub use schedule::ReportPolicy;

/// How long a report looks back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Span {
    /// A day.
    Day,
    /// A week, from Monday.
    Week,
    /// A calendar month.
    Month,
}

impl Span {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Day, Self::Week, Self::Month];

    /// The day, week or month of that zone in which a moment lies, and its parts: four hours each,
    /// or a day each. Days have 23 or 25 hours where clocks are changed.
    #[must_use]
    pub fn around(self, at: DateTime<Utc>, zone: Tz) -> Window {
        let today = at.with_timezone(&zone).date_naive();
        let (first, after) = match self {
            Self::Day => (Some(today), today.succ_opt()),
            Self::Week => {
                let weekday = u64::from(today.weekday().num_days_from_monday());
                let first = today.checked_sub_days(Days::new(weekday));
                (
                    first,
                    first.and_then(|it| it.checked_add_days(Days::new(7))),
                )
            }
            Self::Month => {
                let first = today.with_day(1);
                (
                    first,
                    first.and_then(|it| it.checked_add_months(Months::new(1))),
                )
            }
        };
        let bound = |date: Option<NaiveDate>| date.map_or(at, |date| midnight(date, zone));
        Window {
            from: bound(first),
            until: bound(after),
        }
    }

    /// The parts of a window of this length.
    #[must_use]
    pub fn parts(self, window: Window, zone: Tz) -> Vec<Window> {
        let mut parts = Vec::new();
        let mut from = window.from;
        while from < window.until {
            let next = match self {
                Self::Day => from + Duration::hours(4),
                Self::Week | Self::Month => {
                    let tomorrow = from.with_timezone(&zone).date_naive().succ_opt();
                    tomorrow.map_or(window.until, |date| midnight(date, zone))
                }
            };
            // A clock that is changed must not make this endless.
            let until = next.clamp(from + Duration::hours(1), window.until.max(from));
            if until <= from {
                break;
            }
            parts.push(Window { from, until });
            from = until;
        }
        parts
    }
}

/// The parts of any window, and how they are called: four hours each up to a day, a day each up to two
/// months, and a calendar month each beyond.
#[must_use]
pub fn divided(window: Window, zone: Tz) -> (Span, Vec<Window>) {
    let length = window.until - window.from;
    if length <= Duration::hours(25) {
        return (Span::Day, Span::Day.parts(window, zone));
    }
    if length <= Duration::days(62) {
        return (Span::Week, Span::Week.parts(window, zone));
    }
    let mut parts = Vec::new();
    let mut from = window.from;
    while from < window.until {
        let next = Span::Month.around(from, zone).until;
        let until = next.max(from + Duration::hours(1)).min(window.until);
        parts.push(Window { from, until });
        from = until;
    }
    (Span::Month, parts)
}

/// The first moment of a day: where clocks are put forward at midnight it begins an hour later.
fn midnight(date: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let begins = |hour| {
        let local = date.and_hms_opt(hour, 0, 0)?;
        Some(
            zone.from_local_datetime(&local)
                .earliest()?
                .with_timezone(&Utc),
        )
    };
    (0..=3)
        .find_map(begins)
        .unwrap_or_else(|| date.and_time(chrono::NaiveTime::MIN).and_utc())
}

/// A stretch of time: its first moment, and the first one after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The first moment.
    pub from: DateTime<Utc>,
    /// The first moment after it.
    pub until: DateTime<Utc>,
}

/// Which figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Scope {
    /// Of one department: where an incident was at the time, or stands now.
    pub department: Option<DepartmentId>,
    /// Of one urgency: the one an incident has now.
    pub urgency: Option<Urgency>,
}

impl Scope {
    /// All of them.
    pub const ALL: Self = Self {
        department: None,
        urgency: None,
    };
}

/// How long something took. Median and 90th percentile are times that really occurred: the least
/// that half, and nine of ten, did not exceed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// How often it was measured.
    pub count: u32,
    /// The mean.
    pub mean: Duration,
    /// The median.
    pub median: Duration,
    /// The 90th percentile.
    pub p90: Duration,
}

/// What was counted in a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Figures {
    /// Incidents that were raised.
    pub created: u32,
    /// Incidents that were closed and are closed still.
    pub closed: u32,
    /// Of those, closed by the clock.
    pub auto_closed: u32,
    /// Incidents that are open now, whenever they were raised.
    pub open_now: u32,
    /// Incidents whose work was last said to be done in the window.
    pub done: u32,
    /// Of those that are done still, rated, so that there is a target.
    pub with_target: u32,
    /// Of those, done within it.
    pub within_target: u32,
    /// How often something was reopened.
    pub reopened: u32,
    /// From a department getting it to the first claim there, by when it was claimed.
    pub response: Option<Times>,
    /// From being raised to being done, by when it was done.
    pub resolution: Option<Times>,
    /// Of that, time on hold, of those that were on hold at all.
    pub on_hold: Option<Times>,
    /// Presses of Claim on what somebody else had claimed; a person counts once a race.
    pub lost_claims: u32,
    /// How often a group was warned that somebody will be called.
    pub warnings: u32,
    /// How often somebody was called because nobody took an incident.
    pub calls: u32,
    /// Private calls that did not arrive.
    pub undelivered_calls: u32,
    /// How often somebody said that they look after it.
    pub acknowledged: u32,
    /// From the first call to that word, where somebody had been called.
    pub acknowledging: Option<Times>,
    /// Times that would be below nothing: left out, and counted here.
    pub impossible: u32,
}

impl Figures {
    /// Whether nothing at all happened.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let happened = self.created + self.closed + self.done + self.reopened + self.calls;
        happened == 0 && self.response.is_none()
    }

    /// Hundredths of what was done with a target that met it.
    #[must_use]
    pub fn target_met(&self) -> Option<u32> {
        share(self.within_target, self.with_target)
    }

    /// Hundredths of what was closed that the clock closed.
    #[must_use]
    pub fn auto_closed_share(&self) -> Option<u32> {
        share(self.auto_closed, self.closed)
    }

    /// How many a day that is, in tenths, over the part of a window that has passed; nothing for
    /// less than a day.
    #[must_use]
    pub fn daily(count: u32, window: Window, now: DateTime<Utc>) -> Option<u32> {
        let passed = window.until.min(now) - window.from;
        let tenths = i64::from(count) * 10 * Duration::days(1).num_seconds();
        let seconds = Some(passed)
            .filter(|it| *it > Duration::days(1))?
            .num_seconds();
        u32::try_from((tenths + seconds / 2).checked_div(seconds)?).ok()
    }

    /// Reopenings per hundred that were done.
    #[must_use]
    pub fn reopened_share(&self) -> Option<u32> {
        share(self.reopened, self.done)
    }
}

/// Rounded to whole hundredths; nothing of nothing is no share.
fn share(part: u32, whole: u32) -> Option<u32> {
    let (part, whole) = (u64::from(part), u64::from(whole));
    let rounded = (part * 100 + whole / 2).checked_div(whole)?;
    u32::try_from(rounded).ok()
}

/// What one person did in a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Deeds {
    /// Incidents claimed.
    pub claims: u32,
    /// Incidents resolved, by who last said how.
    pub resolved: u32,
    /// Races lost.
    pub lost_claims: u32,
    /// Time for which they owned incidents or helped, as far as it lies in the window; incidents
    /// that were held side by side count each.
    pub active: Duration,
}

/// What calls there were about an incident in a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Called {
    /// How often somebody was called.
    pub calls: u32,
    /// When somebody first said that they look after it.
    pub acknowledged_at: Option<DateTime<Utc>>,
}

/// One of the groups of a report about several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupFigures {
    /// Which.
    pub id: GroupId,
    /// Its title: untrusted text.
    pub title: String,
    /// Its own figures.
    pub figures: Figures,
}

/// A report: a window, its parts, its departments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// The window.
    pub window: Window,
    /// All of it.
    pub whole: Figures,
    /// By group, where it is about several.
    pub groups: Vec<GroupFigures>,
    /// Its parts, in order.
    pub parts: Vec<(Window, Figures)>,
    /// By department.
    pub departments: Vec<(DepartmentId, Figures)>,
    /// By urgency; the last is what was not rated.
    pub urgencies: [(Option<Urgency>, Figures); 4],
    /// By person, who did most first; as many as are shown.
    pub people: Vec<(PersonId, Deeds)>,
    /// What triage said beside what people set.
    pub ratings: Ratings,
    /// What people called critical and triage had not, newest first; as many as are shown.
    pub missed: Vec<Incident>,
    /// Incidents that somebody was called about.
    pub called: BTreeMap<IncidentId, Called>,
    /// Whether a table lists only the first of the incidents, since there are more than it holds.
    pub cut: bool,
}

/// In which form a report is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportForm {
    /// A picture, with the figures and what they mean below.
    Picture,
    /// A table of comma-separated values.
    Csv,
    /// A spreadsheet.
    Xlsx,
    /// What triage said beside what people set, as words.
    Ratings,
    /// Who did what, as words.
    People,
}

impl ReportForm {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Picture,
        Self::Csv,
        Self::Xlsx,
        Self::Ratings,
        Self::People,
    ];

    /// Whether it is a table that lists the incidents.
    #[must_use]
    pub fn lists_incidents(self) -> bool {
        matches!(self, Self::Csv | Self::Xlsx)
    }

    /// Whether it says who did what.
    #[must_use]
    pub fn names_people(self) -> bool {
        matches!(self, Self::People | Self::Xlsx)
    }

    /// Whether it is a file, with few words below.
    #[must_use]
    pub fn is_file(self) -> bool {
        matches!(self, Self::Picture) || self.lists_incidents()
    }
}
