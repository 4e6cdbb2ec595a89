//! Rules as people write them: "every Monday 08:00 check the pool filter", "Mon, Thu 8:00
//! Engineering: test the pumps". Days may stand in any of the desk's languages; without days, every
//! day is meant.

use super::{Overlap, Rule, TEXT_LIMIT};
use crate::domain::calendar::{Days, MINUTES_OF_DAY};
use crate::domain::duty::words::{day, minute};
use crate::domain::group::Department;

/// Words that are no rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadRule;

/// Words between which the days stand.
const FILLERS: [&str; 18] = [
    "every",
    "each",
    "on",
    "at",
    "and",
    "iga",
    "igal",
    "kell",
    "ja",
    "каждый",
    "каждую",
    "каждое",
    "по",
    "в",
    "во",
    "и",
    "кожен",
    "&",
];

/// How "every day" begins.
const DAILY: [&str; 6] = ["day", "dai", "päev", "igap", "ден", "ежедн"];

/// How "on working days" begins.
const WORKING: [&str; 5] = ["weekd", "workd", "workin", "tööp", "будн"];

/// How "at weekends" begins.
const WEEKEND: [&str; 3] = ["weeke", "nädalav", "выход"];

/// The rule that words mean: days, a time, and then what is to be done. The name of a department
/// before a colon says whose it is.
///
/// # Errors
/// [`BadRule`] for anything that cannot be understood whole: work at the wrong time is worse than
/// being asked again.
pub fn rule_of_words(text: &str, departments: &[Department]) -> Result<Rule, BadRule> {
    let mut days: Option<Days> = None;
    let mut rest = text.trim();
    let at = loop {
        let (word, after) = first_word(rest).ok_or(BadRule)?;
        rest = after;
        let word = word.to_lowercase().replace(['–', '—'], "-");
        let bare = word.trim_matches([',', ';', ':', '.']);
        if bare.starts_with(|sign: char| sign.is_ascii_digit()) {
            break minute(bare).map_err(|_| BadRule)?;
        }
        if !bare.is_empty() && !FILLERS.contains(&bare) {
            let meant = days_of(bare)?;
            days = Some(days.map_or(meant, |days| days.and(meant)));
        }
    };
    if at >= MINUTES_OF_DAY {
        return Err(BadRule);
    }
    let between = |sign: char| sign.is_whitespace() || [':', ',', '-', '–', '—'].contains(&sign);
    let rest = rest.trim_start_matches(between).trim_end();
    let (department, text) = split_department(rest, departments);
    let length = text.chars().count();
    if !(1..=TEXT_LIMIT).contains(&length) {
        return Err(BadRule);
    }
    Ok(Rule {
        days: days.unwrap_or(Days::ALL),
        minute: at,
        department,
        text: text.to_owned(),
        overlap: Overlap::default(),
    })
}

fn split_department<'a>(
    text: &'a str,
    departments: &[Department],
) -> (Option<crate::domain::DepartmentId>, &'a str) {
    let named = text.split_once(':').and_then(|(name, rest)| {
        let wanted = name.trim().to_lowercase();
        let mut known = departments.iter();
        let known = known.find(|it| it.name.to_lowercase() == wanted)?;
        Some((Some(known.id), rest.trim()))
    });
    named.unwrap_or((None, text))
}

fn first_word(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end)?;
    (!word.is_empty()).then_some((word, rest))
}

/// "mon", "mon-fri", "mon,thu", "day".
fn days_of(word: &str) -> Result<Days, BadRule> {
    let begins = |beginnings: &[&str]| beginnings.iter().any(|it| word.starts_with(it));
    if begins(&DAILY) {
        return Ok(Days::ALL);
    }
    if begins(&WORKING) {
        return Ok(Days::WORKING);
    }
    if begins(&WEEKEND) {
        return Ok(Days::WEEKEND);
    }
    let mut parts = word.split(',').filter(|part| !part.is_empty());
    let first = part(parts.next().ok_or(BadRule)?)?;
    parts.try_fold(first, |days, it| Ok(days.and(part(it)?)))
}

fn part(word: &str) -> Result<Days, BadRule> {
    let read = |word: &str| day(word).map_err(|_| BadRule);
    match word.split_once('-') {
        Some((first, last)) => Ok(Days::range(read(first)?, read(last)?)),
        None => Ok(Days::one(read(word)?)),
    }
}
