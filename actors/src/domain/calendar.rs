//! A group's calendar: when it is open, which days are holidays, when it wants quiet. All of it is
//! by the clock on its own wall, whatever is done to clocks in spring and autumn.

mod date;
mod holidays;
mod local;
mod week;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

pub use date::{moment_of, wake_up_at};
pub use holidays::{Country, Holidays, easter_sunday};
pub use local::{Edge, next_local, on_the_wall};
pub use week::{Days, MINUTES_OF_DAY, NoSuchDays, SPAN_LIMIT, Span, Stretch, Week, joined};

use super::group::Settings;

/// How many days ahead open time is searched: seven days of work, at an hour a week, are three years.
const LOOK_AHEAD_DAYS: usize = 1_500;

/// What a group may set of its calendar.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CalendarPolicy {
    /// When it is open; `None`: always, holidays or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub business_hours: Option<Week>,
    /// The days on which it does not open.
    pub holidays: Holidays,
    /// When it wants quiet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quiet_hours: Option<QuietHours>,
}

/// Hours in which only what cannot wait makes a sound; the same every day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct QuietHours {
    /// When they begin: minutes of the day.
    pub from: u16,
    /// When they end: minutes of the day; not after `from` means on the next day.
    pub until: u16,
}

/// How long quiet hours may last, in minutes: what is held back is not to be held for a day.
const LONGEST_QUIET: u16 = 12 * 60;

impl QuietHours {
    /// From one time of day until another; `None` where that is no time of day, or too long.
    #[must_use]
    pub fn new(from: u16, until: u16) -> Option<Self> {
        let until = until % MINUTES_OF_DAY;
        let length = (until + MINUTES_OF_DAY).checked_sub(from)? % MINUTES_OF_DAY;
        let fits = from < MINUTES_OF_DAY && (1..=LONGEST_QUIET).contains(&length);
        fits.then_some(Self { from, until })
    }
}

/// A group's calendar in its zone.
#[derive(Debug, Clone, Copy)]
pub struct Calendar<'a> {
    zone: Tz,
    policy: &'a CalendarPolicy,
}

impl<'a> Calendar<'a> {
    /// That of a group with these settings.
    #[must_use]
    pub fn of(settings: &'a Settings) -> Self {
        Self {
            zone: settings.time_zone,
            policy: &settings.calendar,
        }
    }

    /// Whether the group is open.
    #[must_use]
    pub fn is_open(&self, at: DateTime<Utc>) -> bool {
        match self.hours() {
            None => true,
            Some(week) => {
                let stretches = self.days(at).take(2);
                let mut stretches = stretches.flat_map(|day| self.open_on(week, day));
                stretches.any(|stretch| stretch.contains(at))
            }
        }
    }

    /// The moment by which the group will have been open for so long.
    #[must_use]
    pub fn after_open_time(&self, from: DateTime<Utc>, time: Duration) -> DateTime<Utc> {
        let plainly = from
            .checked_add_signed(time)
            .unwrap_or(DateTime::<Utc>::MAX_UTC);
        let Some(week) = self.hours() else {
            return plainly;
        };
        let mut left = time;
        let mut reached = from;
        for day in self.days(from).take(LOOK_AHEAD_DAYS) {
            for stretch in self.open_on(week, day) {
                // A night that runs into the next morning's hours is not counted twice.
                let begin = stretch.from.max(reached);
                if stretch.until <= begin {
                    continue;
                }
                let open = stretch.until - begin;
                if open >= left {
                    return begin + left;
                }
                left -= open;
                reached = stretch.until;
            }
        }
        // Holidays without end, or hours too few: late rather than never.
        reached.max(plainly)
    }

    /// When the day's work ends: of the day that is open then, or opens next. A group that is always
    /// open ends its day at midnight.
    #[must_use]
    pub fn end_of_open_day(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        let end_of = |day| match self.hours() {
            None => on_the_wall(self.zone, day, MINUTES_OF_DAY, Edge::End),
            Some(week) => {
                let stretches = self.open_on(week, day);
                stretches.iter().map(|stretch| stretch.until).max()
            }
        };
        self.days(at)
            .take(LOOK_AHEAD_DAYS)
            .filter_map(end_of)
            .find(|end| *end > at)
            .unwrap_or(at)
    }

    /// The next moment, after the given one, at which the clock on the wall shows a minute of the
    /// day on one of these days; a moment without end where there is none.
    #[must_use]
    pub fn next_local(&self, days: Days, minute: u16, after: DateTime<Utc>) -> DateTime<Utc> {
        next_local(self.zone, days, minute, after).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }

    /// Until when it is to be quiet, if it is quiet at that moment.
    #[must_use]
    pub fn quiet_until(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let quiet = self.policy.quiet_hours?;
        let span = Span {
            days: Days::ALL,
            from: quiet.from,
            until: quiet.until,
        };
        let nights = self.days(at).take(2);
        nights
            .filter_map(|day| span.on(self.zone, day))
            .find(|night| night.contains(at))
            .map(|night| night.until)
    }

    /// The hours that count: none, or an empty week in old settings, is always.
    fn hours(&self) -> Option<&'a Week> {
        let hours = self.policy.business_hours.as_ref();
        hours.filter(|week| !week.is_empty())
    }

    /// The days from the one before a moment, whose night may still last.
    fn days(&self, at: DateTime<Utc>) -> impl Iterator<Item = NaiveDate> {
        let today = at.with_timezone(&self.zone).date_naive();
        today.pred_opt().unwrap_or(today).iter_days()
    }

    /// What is open from a day on; nothing begins on a holiday.
    fn open_on(&self, week: &Week, day: NaiveDate) -> Vec<Stretch> {
        match self.policy.holidays.contains(day) {
            true => Vec::new(),
            false => week.on(self.zone, day),
        }
    }
}
