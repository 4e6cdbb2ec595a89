//! Reports that come by themselves.

use chrono::{DateTime, Datelike, Duration, Utc, Weekday};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::Span;
use crate::domain::calendar::{Days, MINUTES_OF_DAY, next_local};

/// How many moments are looked at for one: a month has at most 31 days, and a desk that was away for
/// more than a year begins anew.
const MOMENTS: usize = 400;

/// Which reports a group gets by itself, when, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReportPolicy {
    /// Of the day before, every day.
    pub daily: bool,
    /// Of the week before, on Mondays.
    pub weekly: bool,
    /// Of the month before, on the first.
    pub monthly: bool,
    /// At which minute of the day, by the clock on the group's wall.
    pub minute: u16,
    /// In the group, for all to read; otherwise to each manager privately.
    pub in_group: bool,
}

impl Default for ReportPolicy {
    fn default() -> Self {
        Self {
            daily: false,
            weekly: false,
            monthly: false,
            minute: 8 * 60,
            in_group: false,
        }
    }
}

impl ReportPolicy {
    /// Whether reports of that length come.
    #[must_use]
    pub fn wants(&self, span: Span) -> bool {
        match span {
            Span::Day => self.daily,
            Span::Week => self.weekly,
            Span::Month => self.monthly,
        }
    }

    /// Says whether reports of that length come.
    pub fn set(&mut self, span: Span, wanted: bool) {
        match span {
            Span::Day => self.daily = wanted,
            Span::Week => self.weekly = wanted,
            Span::Month => self.monthly = wanted,
        }
    }

    /// When the next report of that length comes, if any does.
    #[must_use]
    pub fn next(&self, span: Span, zone: Tz, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if !self.wants(span) {
            return None;
        }
        let days = match span {
            Span::Day | Span::Month => Days::ALL,
            Span::Week => Days::one(Weekday::Mon),
        };
        let minute = self.minute % MINUTES_OF_DAY;
        let mut next = next_local(zone, days, minute, after)?;
        for _ in 0..MOMENTS {
            if span != Span::Month || next.with_timezone(&zone).day() == 1 {
                return Some(next);
            }
            next = next_local(zone, days, minute, next)?;
        }
        None
    }

    /// When the newest report should have come of those that were due then and since: what an absence
    /// swallowed is not made up for one by one.
    #[must_use]
    pub fn newest(
        &self,
        span: Span,
        zone: Tz,
        due: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> DateTime<Utc> {
        let mut newest = due;
        for _ in 0..MOMENTS {
            match self.next(span, zone, newest).filter(|next| *next <= now) {
                Some(next) => newest = next,
                None => break,
            }
        }
        newest
    }
}

impl Span {
    /// What a report is about that is due then: a moment in the day, week or month before.
    #[must_use]
    pub fn before(self, due: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
        self.around(due, zone).from - Duration::seconds(1)
    }

    /// Its number on a group's agenda.
    #[must_use]
    pub fn number(self) -> i64 {
        match self {
            Self::Day => 1,
            Self::Week => 2,
            Self::Month => 3,
        }
    }

    /// The one of that number.
    #[must_use]
    pub fn numbered(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|span| span.number() == number)
    }
}
