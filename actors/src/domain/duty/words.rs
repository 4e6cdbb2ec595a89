//! A week as people write it: "Mon-Fri 08:00-17:00, Sat 10-14". Days may stand in any of the desk's
//! languages; without days, every day is meant.

use chrono::Weekday;

use super::super::calendar::{Days, MINUTES_OF_DAY, SPAN_LIMIT, Span, Week};

/// Words that are no week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadWeek;

/// How each day begins in English, Estonian and Russian, whole or cut short; Estonian also writes
/// one letter a day.
const DAYS: [(Weekday, [&str; 4], &str); 7] = [
    (Weekday::Mon, ["mon", "esm", "пн", "пон"], "e"),
    (Weekday::Tue, ["tue", "tei", "вт", "вто"], "t"),
    (Weekday::Wed, ["wed", "kol", "ср", "сре"], "k"),
    (Weekday::Thu, ["thu", "nel", "чт", "чет"], "n"),
    (Weekday::Fri, ["fri", "ree", "пт", "пят"], "r"),
    (Weekday::Sat, ["sat", "lau", "сб", "суб"], "l"),
    (Weekday::Sun, ["sun", "püh", "вс", "вос"], "p"),
];

/// The week that words mean.
///
/// # Errors
/// [`BadWeek`] for anything that cannot be understood whole: half a schedule would be a trap.
pub fn week_of_words(text: &str) -> Result<Week, BadWeek> {
    let text = text.to_lowercase().replace(['–', '—'], "-");
    let spans = text.split([',', ';', '\n']).map(str::trim);
    let spans = spans.filter(|span| !span.is_empty()).map(span);
    let week = Week(spans.collect::<Result<_, _>>()?);
    match (1..=SPAN_LIMIT).contains(&week.0.len()) {
        true => Ok(week),
        false => Err(BadWeek),
    }
}

fn span(text: &str) -> Result<Span, BadWeek> {
    let first_digit = text.find(|sign: char| sign.is_ascii_digit());
    let (days, times) = text
        .split_at_checked(first_digit.ok_or(BadWeek)?)
        .ok_or(BadWeek)?;
    let (from, until) = times.split_once('-').ok_or(BadWeek)?;
    let (from, until) = (minute(from)?, minute(until)?);
    match from < MINUTES_OF_DAY {
        true => Ok(Span {
            days: days_of(days.trim())?,
            from,
            until,
        }),
        false => Err(BadWeek),
    }
}

fn days_of(text: &str) -> Result<Days, BadWeek> {
    if text.is_empty() {
        return Ok(Days::ALL);
    }
    match text.split_once('-') {
        Some((first, last)) => Ok(Days::range(day(first.trim())?, day(last.trim())?)),
        None => {
            let mut words = text.split_whitespace().map(day);
            let first = Days::one(words.next().ok_or(BadWeek)??);
            words.try_fold(first, |days, day| Ok(days.and(Days::one(day?))))
        }
    }
}

pub(in crate::domain) fn day(text: &str) -> Result<Weekday, BadWeek> {
    let text = text.trim_end_matches('.');
    let is_meant = |(_, begins, letter): &&(Weekday, [&str; 4], &str)| {
        *letter == text || begins.iter().any(|it| text.starts_with(it))
    };
    let found = DAYS.iter().find(is_meant);
    found.map(|(day, ..)| *day).ok_or(BadWeek)
}

/// `8`, `08:30` or `08.30`; `24` is the end of the day.
pub(in crate::domain) fn minute(text: &str) -> Result<u16, BadWeek> {
    let number = |text: &str| match text.len() {
        1 | 2 if text.bytes().all(|sign| sign.is_ascii_digit()) => {
            text.parse::<u16>().map_err(|_| BadWeek)
        }
        _ => Err(BadWeek),
    };
    let (hours, minutes) = match text.trim().split_once([':', '.']) {
        Some((hours, minutes)) => (number(hours)?, number(minutes)?),
        None => (number(text.trim())?, 0),
    };
    let minute = hours * 60 + minutes;
    match minutes < 60 && minute <= MINUTES_OF_DAY {
        true => Ok(minute),
        false => Err(BadWeek),
    }
}
