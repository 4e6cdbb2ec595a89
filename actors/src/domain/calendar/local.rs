//! From the clock on a wall to a moment, where clocks are put forward and back.

use chrono::{DateTime, Days, LocalResult, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use super::week::{Days as WeekDays, MINUTES_OF_DAY};

/// How far a gap in local time is searched for its end, in minutes: the largest there was is a whole
/// day, skipped where a country went over the date line.
const LONGEST_GAP: i64 = 25 * 60;

/// Which end of a stretch a time on the wall is: it decides which of two moments is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// It begins: the first time the clock shows that.
    Begin,
    /// It ends: the last time the clock shows that.
    End,
}

/// The moment at which a clock on the wall shows a minute of a day; 1440 is the midnight after it.
/// Where that minute is skipped, it is the moment at which the clock is put forward.
#[must_use]
pub fn on_the_wall(zone: Tz, day: NaiveDate, minute: u16, edge: Edge) -> Option<DateTime<Utc>> {
    let day = match minute >= MINUTES_OF_DAY {
        true => day.checked_add_days(Days::new(1))?,
        false => day,
    };
    let minute = u32::from(minute % MINUTES_OF_DAY);
    let wanted = day.and_hms_opt(minute / 60, minute % 60, 0)?;
    resolve(zone, wanted, edge)
}

fn resolve(zone: Tz, wanted: NaiveDateTime, edge: Edge) -> Option<DateTime<Utc>> {
    match zone.from_local_datetime(&wanted) {
        LocalResult::Single(at) => Some(at.with_timezone(&Utc)),
        LocalResult::Ambiguous(first, last) => {
            let at = match edge {
                Edge::Begin => first,
                Edge::End => last,
            };
            Some(at.with_timezone(&Utc))
        }
        LocalResult::None => after_the_gap(zone, wanted),
    }
}

/// The first moment whose local time is not before the wanted one, which is skipped.
fn after_the_gap(zone: Tz, wanted: NaiveDateTime) -> Option<DateTime<Utc>> {
    (1..=LONGEST_GAP).find_map(|minutes| {
        let local = wanted.checked_add_signed(TimeDelta::minutes(minutes))?;
        let after = zone.from_local_datetime(&local).earliest()?;
        Some(after.with_timezone(&Utc))
    })
}

/// The next moment, after the given one, at which the clock shows a minute of the day on one of
/// these days. Each day has one: a minute that is skipped comes when the clock is put forward, one
/// that comes twice counts the first time.
#[must_use]
pub fn next_local(
    zone: Tz,
    days: WeekDays,
    minute: u16,
    after: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    /// A week and a day: the same day of next week is the farthest there is, and a day may be
    /// missing where a country went over the date line.
    const FARTHEST: usize = 16;
    let today = after.with_timezone(&zone).date_naive();
    let first = today.pred_opt()?;
    let mut found = first.iter_days().take(FARTHEST).filter_map(|day| {
        let wanted = days.contains(chrono::Datelike::weekday(&day));
        wanted
            .then(|| on_the_wall(zone, day, minute, Edge::Begin))
            .flatten()
    });
    found.find(|at| *at > after)
}
