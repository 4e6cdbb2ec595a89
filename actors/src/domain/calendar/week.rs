//! Times that come again each week, by the clock on a wall: opening hours, shifts.

use std::fmt;

use chrono::{DateTime, Datelike, Days as DayCount, NaiveDate, Utc, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::local::{Edge, on_the_wall};

/// Minutes of a day, an hour that clocks skip or repeat left aside.
pub const MINUTES_OF_DAY: u16 = 24 * 60;

/// How many spans a week may have: two a day, and as many again for nights.
pub const SPAN_LIMIT: usize = 28;

/// Days of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Days(u8);

impl Days {
    /// Every day.
    pub const ALL: Self = Self(0b111_1111);
    /// Monday to Friday.
    pub const WORKING: Self = Self(0b001_1111);
    /// Saturday and Sunday.
    pub const WEEKEND: Self = Self(0b110_0000);

    /// That one day.
    #[must_use]
    pub fn one(day: Weekday) -> Self {
        Self(1 << day.num_days_from_monday())
    }

    /// From one day to another, both included; over the end of the week where need be.
    #[must_use]
    pub fn range(first: Weekday, last: Weekday) -> Self {
        let mut days = Self::one(first);
        let mut day = first;
        while day != last {
            day = day.succ();
            days = days.and(Self::one(day));
        }
        days
    }

    /// These and those.
    #[must_use]
    pub fn and(self, more: Self) -> Self {
        Self(self.0 | more.0)
    }

    /// Whether a day is one of them.
    #[must_use]
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & Self::one(day).0 != 0
    }

    /// Runs of days that follow each other, Monday first: first and last day of each.
    #[must_use]
    pub fn runs(self) -> Vec<(Weekday, Weekday)> {
        let mut runs: Vec<(Weekday, Weekday)> = Vec::new();
        let mut day = Weekday::Mon;
        for _ in 0..7 {
            if self.contains(day) {
                match runs.last_mut() {
                    Some(run) if run.1.succ() == day => run.1 = day,
                    _ => runs.push((day, day)),
                }
            }
            day = day.succ();
        }
        runs
    }
}

impl TryFrom<u8> for Days {
    type Error = NoSuchDays;

    fn try_from(bits: u8) -> Result<Self, NoSuchDays> {
        if bits == 0 || bits > Self::ALL.0 {
            return Err(NoSuchDays(bits));
        }
        Ok(Self(bits))
    }
}

impl From<Days> for u8 {
    fn from(days: Days) -> Self {
        days.0
    }
}

/// A number that stands for no days of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoSuchDays(u8);

impl fmt::Display for NoSuchDays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} stands for no days of the week", self.0)
    }
}

impl std::error::Error for NoSuchDays {}

/// From one time to another, on some days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// On which days it begins.
    pub days: Days,
    /// When it begins: minutes of the day.
    pub from: u16,
    /// When it ends: minutes of the day; not after `from` means on the next day.
    pub until: u16,
}

impl Span {
    /// When the one that begins on a day begins and ends. An hour that comes twice belongs to it
    /// both times, and one that is skipped makes it shorter: so spans that touch leave no gap.
    #[must_use]
    pub fn on(&self, zone: Tz, day: NaiveDate) -> Option<Stretch> {
        if !self.days.contains(day.weekday()) {
            return None;
        }
        let last = match self.until > self.from {
            true => day,
            false => day.checked_add_days(DayCount::new(1))?,
        };
        let from = on_the_wall(zone, day, self.from, Edge::Begin)?;
        let until = on_the_wall(zone, last, self.until, Edge::End)?;
        (from < until).then_some(Stretch { from, until })
    }
}

/// A stretch of time; its end is no part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stretch {
    /// When it begins.
    pub from: DateTime<Utc>,
    /// When it ends.
    pub until: DateTime<Utc>,
}

impl Stretch {
    /// Whether a moment lies in it.
    #[must_use]
    pub fn contains(&self, at: DateTime<Utc>) -> bool {
        self.from <= at && at < self.until
    }
}

/// The spans of a week.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Week(pub Vec<Span>);

impl Week {
    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a moment lies in one of its spans.
    #[must_use]
    pub fn contains(&self, zone: Tz, at: DateTime<Utc>) -> bool {
        self.around(zone, at).iter().any(|it| it.contains(at))
    }

    /// The next moment at which it begins or ends; `None` where it never does.
    #[must_use]
    pub fn next_boundary(&self, zone: Tz, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let around = self.around(zone, after).into_iter();
        let boundaries = around.flat_map(|stretch| [stretch.from, stretch.until]);
        let horizon = self.horizon(zone, after)?;
        boundaries.filter(|at| *at > after && *at < horizon).min()
    }

    /// The next moment at which it begins.
    #[must_use]
    pub fn next_start(&self, zone: Tz, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let around = self.around(zone, after).into_iter();
        around.map(|it| it.from).find(|from| *from > after)
    }

    /// The next moment at which it ends.
    #[must_use]
    pub fn next_end(&self, zone: Tz, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let horizon = self.horizon(zone, after)?;
        let around = self.around(zone, after).into_iter();
        around
            .map(|it| it.until)
            .find(|until| *until > after && *until < horizon)
    }

    /// The stretches that begin on a day, soonest first.
    pub(super) fn on(&self, zone: Tz, day: NaiveDate) -> Vec<Stretch> {
        let mut found: Vec<Stretch> = self.0.iter().filter_map(|it| it.on(zone, day)).collect();
        found.sort_unstable();
        found
    }

    /// What lies about a moment: from the day before, whose night may still last, to the same day of
    /// the week after; what touches is one.
    fn around(&self, zone: Tz, at: DateTime<Utc>) -> Vec<Stretch> {
        let today = at.with_timezone(&zone).date_naive();
        let first = today.pred_opt().unwrap_or(today);
        let days = first.iter_days().take(AROUND_DAYS);
        joined(days.flat_map(|day| self.on(zone, day)).collect())
    }

    /// Where what is known of `around` ends: an end beyond may be a seam.
    fn horizon(&self, zone: Tz, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let today = at.with_timezone(&zone).date_naive();
        let last = today.checked_add_days(DayCount::new(AROUND_DAYS as u64 - 1))?;
        on_the_wall(zone, last, 0, Edge::Begin)
    }
}

/// How many days are looked at around a moment: yesterday, a week, and one more for its night.
const AROUND_DAYS: usize = 10;

/// Makes one of stretches that touch or overlap, soonest first.
#[must_use]
pub fn joined(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_unstable();
    let mut found: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        match found.last_mut() {
            Some(last) if stretch.from <= last.until => {
                last.until = last.until.max(stretch.until);
            }
            _ => found.push(stretch),
        }
    }
    found
}
