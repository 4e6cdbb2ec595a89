//! Days as people name them: by a button, or in words.

use chrono::{DateTime, Datelike, Days as WholeDays, NaiveDate, NaiveTime, Utc, Weekday};

use super::local::{Edge, on_the_wall};
use super::week::Days;
use super::{Calendar, Settings};
use crate::domain::notice::WakeUp;

/// When a morning begins, in minutes of the day: what was put off is to be done on that day.
const MORNING: u16 = 8 * 60;

/// What people write between day, month and year, and how long a date with a time may be.
const LONGEST: usize = 40;

/// The moment that an offer means; `None`: nobody knows.
#[must_use]
pub fn wake_up_at(
    wake_up: WakeUp,
    now: DateTime<Utc>,
    settings: &Settings,
) -> Option<DateTime<Utc>> {
    let today = now.with_timezone(&settings.time_zone).date_naive();
    let morning = |day: Option<NaiveDate>| {
        day.and_then(|day| on_the_wall(settings.time_zone, day, MORNING, Edge::Begin))
    };
    match wake_up {
        WakeUp::Tomorrow => morning(today.succ_opt()),
        WakeUp::Monday => {
            let monday = Days::one(Weekday::Mon);
            let from = morning(Some(today)).unwrap_or(now).max(now);
            Some(Calendar::of(settings).next_local(monday, MORNING, from))
        }
        WakeUp::NextWeek => morning(today.checked_add_days(WholeDays::new(7))),
        WakeUp::Unknown => None,
    }
}

/// The moment that somebody wrote: `24.12`, `24.12.2026`, `2026-12-24`, each with a time such as
/// `9:00` behind it or not. A day without a year is the next one of that date.
#[must_use]
pub fn moment_of(text: &str, now: DateTime<Utc>, settings: &Settings) -> Option<DateTime<Utc>> {
    if text.len() > LONGEST {
        return None;
    }
    let mut words = text.split_whitespace();
    let (day, time) = (words.next()?, words.next());
    if words.next().is_some() {
        return None;
    }
    let today = now.with_timezone(&settings.time_zone).date_naive();
    let day = day_of(day.trim_end_matches(['.', ',']), today)?;
    let minute = match time {
        None => MORNING,
        Some(time) => minute_of(time)?,
    };
    on_the_wall(settings.time_zone, day, minute, Edge::Begin)
}

fn day_of(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return Some(day);
    }
    let mut parts = text.split(['.', '/']);
    let day: u32 = parts.next()?.parse().ok()?;
    let month: u32 = parts.next()?.parse().ok()?;
    match (parts.next(), parts.next()) {
        (None, _) => {
            let this_year = NaiveDate::from_ymd_opt(today.year(), month, day);
            this_year
                .filter(|day| *day >= today)
                .or_else(|| NaiveDate::from_ymd_opt(today.year() + 1, month, day))
        }
        (Some(year), None) => {
            let year: i32 = year.parse().ok()?;
            let year = if year < 100 { 2000 + year } else { year };
            NaiveDate::from_ymd_opt(year, month, day)
        }
        _ => None,
    }
}

fn minute_of(text: &str) -> Option<u16> {
    let time = NaiveTime::parse_from_str(&text.replace('.', ":"), "%H:%M").ok()?;
    let minute = chrono::Timelike::num_seconds_from_midnight(&time) / 60;
    u16::try_from(minute).ok()
}
