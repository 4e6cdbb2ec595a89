//! What people write after `/duty`.

use chrono::{DateTime, Utc};

use super::words::{BadWeek, minute, week_of_words};
use crate::domain::calendar::{Calendar, Days, MINUTES_OF_DAY, Week, moment_of};
use crate::domain::group::{Department, GroupConfig, Settings};
use crate::domain::id::DepartmentId;

/// How somebody says that they are on duty, or are not, in each of the desk's languages.
const ON: [&str; 4] = ["on", "sees", "tööl", "вкл"];
const OFF: [&str; 4] = ["off", "väljas", "vaba", "выкл"];

/// What may stand before the moment until which that holds.
const UNTIL: [&str; 3] = ["until", "kuni", "до"];

/// How a schedule is taken away.
const NONE: [&str; 9] = [
    "none",
    "remove",
    "clear",
    "puudub",
    "eemalda",
    "kustuta",
    "нет",
    "убрать",
    "удалить",
];

/// What somebody wants of the duty roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DutyWish {
    /// To see it.
    Look,
    /// To say that they are on duty, or are not.
    Say {
        /// Which of the two.
        on: bool,
        /// Until when; `None`: until their schedules next change by themselves.
        until: Option<DateTime<Utc>>,
    },
    /// To set when somebody works.
    Schedule {
        /// For which department, if one was named.
        department: Option<DepartmentId>,
        /// When; `None`: they have no schedule any more.
        week: Option<Week>,
    },
}

/// The wish that words mean, without whom they name.
///
/// # Errors
/// [`BadWeek`] for what is none of these.
pub fn duty_wish(
    words: &str,
    config: &GroupConfig,
    now: DateTime<Utc>,
) -> Result<DutyWish, BadWeek> {
    let words = words.trim();
    let (first, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
    let first = first.to_lowercase();
    if first.is_empty() {
        return Ok(DutyWish::Look);
    }
    if let Some(on) = on_or_off(&first) {
        let until = moment(rest.trim(), now, &config.settings)?;
        return Ok(DutyWish::Say { on, until });
    }
    let (department, rest) = department_first(words, config);
    let week = match NONE.contains(&rest.to_lowercase().as_str()) {
        true => None,
        false => Some(week_of_words(rest)?),
    };
    Ok(DutyWish::Schedule { department, week })
}

fn on_or_off(word: &str) -> Option<bool> {
    match (ON.contains(&word), OFF.contains(&word)) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

/// A time of day, the next one, or a day; nothing is no moment.
fn moment(
    words: &str,
    now: DateTime<Utc>,
    settings: &Settings,
) -> Result<Option<DateTime<Utc>>, BadWeek> {
    let mut words = words.to_lowercase();
    for until in UNTIL {
        if let Some(rest) = words.strip_prefix(until) {
            words = rest.trim().to_owned();
        }
    }
    if words.is_empty() {
        return Ok(None);
    }
    let at = match minute(&words) {
        Ok(minute) if minute < MINUTES_OF_DAY => {
            Some(Calendar::of(settings).next_local(Days::ALL, minute, now))
        }
        _ => moment_of(&words, now, settings),
    };
    at.filter(|at| *at > now).map(Some).ok_or(BadWeek)
}

/// The department whose name the words begin with, and the rest of them.
fn department_first<'a>(words: &'a str, config: &GroupConfig) -> (Option<DepartmentId>, &'a str) {
    let begins = |department: &&Department| {
        let name = department.name.trim();
        let begin = words.get(..name.len());
        let ends = words.get(name.len()..);
        begin.is_some_and(|begin| begin.to_lowercase() == name.to_lowercase())
            && ends.is_some_and(|rest| rest.starts_with([' ', ':', '\n']))
    };
    let named = config.departments.iter().filter(begins);
    match named.max_by_key(|department| department.name.len()) {
        Some(department) => {
            let rest = words
                .get(department.name.trim().len()..)
                .unwrap_or_default();
            let rest = rest.trim_start_matches([':', ' ', '\n']);
            (Some(department.id), rest)
        }
        None => (None, words),
    }
}
