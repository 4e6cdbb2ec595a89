//! A chain as people write it: "critical, closed hours: @mari @jaan 15 min x2 > managers 30". Levels
//! are parted by `>` or a new line; people are named by username, or by name where they have none;
//! the minutes are how long a level is waited for, `x2` that it is called twice.

use super::{Chain, Hours, LEVEL_LIMIT, Level, PEOPLE_LIMIT, REPEAT_LIMIT, WAIT_LIMIT};
use crate::domain::id::PersonId;
use crate::domain::incident::Urgency;
use crate::domain::person::Person;

/// Why words are no chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadChain {
    /// They are not written like one.
    Form,
    /// Nobody of the desk's people is called so.
    Nobody(String),
    /// More levels, people, repeats or minutes than there may be.
    TooMuch,
}

const URGENCIES: [(&str, Urgency); 11] = [
    ("critical", Urgency::Critical),
    ("kriitiline", Urgency::Critical),
    ("критично", Urgency::Critical),
    ("критическая", Urgency::Critical),
    ("same day", Urgency::SameDay),
    ("same-day", Urgency::SameDay),
    ("samal päeval", Urgency::SameDay),
    ("сегодня", Urgency::SameDay),
    ("planned", Urgency::Planned),
    ("plaaniline", Urgency::Planned),
    ("планово", Urgency::Planned),
];

const HOURS: [(&str, Hours); 6] = [
    ("open hours", Hours::Open),
    ("tööajal", Hours::Open),
    ("в рабочее время", Hours::Open),
    ("closed hours", Hours::Closed),
    ("väljaspool tööaega", Hours::Closed),
    ("в нерабочее время", Hours::Closed),
];

const MANAGERS: [&str; 4] = ["managers", "juhid", "менеджеры", "руководители"];

const MINUTES: [&str; 4] = ["min", "minutes", "minutit", "мин"];

/// How long a level is waited for unless it says so.
const USUAL_WAIT: u32 = 15;

/// The chain that words mean. `staff` are those who may be called.
///
/// # Errors
/// [`BadChain`] for anything that cannot be understood whole: half a chain would be a trap.
pub fn chain_of_words(text: &str, staff: &[Person]) -> Result<Chain, BadChain> {
    let (head, levels) = match text.split_once(':') {
        Some((head, levels)) => (head, levels),
        None => ("", text),
    };
    let mut chain = Chain {
        urgency: None,
        hours: Hours::Any,
        levels: Vec::new(),
    };
    for word in head.split(',').map(|word| word.trim().to_lowercase()) {
        let urgency = URGENCIES.iter().find(|(known, _)| *known == word);
        let hours = HOURS.iter().find(|(known, _)| *known == word);
        match (urgency, hours) {
            (Some((_, urgency)), _) => chain.urgency = Some(*urgency),
            (_, Some((_, hours))) => chain.hours = *hours,
            (None, None) if word.is_empty() => {}
            (None, None) => return Err(BadChain::Form),
        }
    }
    let levels = levels.split(['>', '\n', '→']).map(str::trim);
    for level in levels.filter(|level| !level.is_empty()) {
        chain.levels.push(level_of_words(level, staff)?);
    }
    match chain.levels.len() {
        0 => Err(BadChain::Form),
        1..=LEVEL_LIMIT => Ok(chain),
        _ => Err(BadChain::TooMuch),
    }
}

fn level_of_words(text: &str, staff: &[Person]) -> Result<Level, BadChain> {
    let mut level = Level {
        people: Vec::new(),
        wait_minutes: USUAL_WAIT,
        repeats: 0,
    };
    let mut managers = false;
    let mut name: Vec<&str> = Vec::new();
    for word in text.split([' ', ',', '\t']).filter(|word| !word.is_empty()) {
        let plain = word.to_lowercase();
        let read = if MANAGERS.contains(&plain.as_str()) {
            managers = true;
            true
        } else {
            MINUTES.contains(&plain.trim_end_matches('.')) || number(&plain, &mut level)?
        };
        if read || word.starts_with('@') {
            person(&mut name, staff, &mut level)?;
        }
        if !read {
            name.push(word);
        }
    }
    person(&mut name, staff, &mut level)?;
    match (managers, level.people.len()) {
        (true, 0) | (false, 1..=PEOPLE_LIMIT) => Ok(level),
        (false, 0) | (true, _) => Err(BadChain::Form),
        (false, _) => Err(BadChain::TooMuch),
    }
}

/// Whether a word says how long, or how often; then it is noted.
fn number(word: &str, level: &mut Level) -> Result<bool, BadChain> {
    let times = word.strip_prefix(['x', '×', 'х']);
    if let Some(times) = times.and_then(|times| times.parse::<u32>().ok()) {
        return match times {
            1..=REPEAT_LIMIT => {
                level.repeats = times - 1;
                Ok(true)
            }
            _ => Err(BadChain::TooMuch),
        };
    }
    let minutes = MINUTES
        .iter()
        .find_map(|unit| word.strip_suffix(unit))
        .unwrap_or(word);
    match minutes.parse::<u32>() {
        Ok(1..=WAIT_LIMIT) => {
            level.wait_minutes = minutes.parse().map_err(|_| BadChain::Form)?;
            Ok(true)
        }
        Ok(_) => Err(BadChain::TooMuch),
        Err(_) => Ok(false),
    }
}

/// Finds whoever was named by the words gathered so far.
fn person(name: &mut Vec<&str>, staff: &[Person], level: &mut Level) -> Result<(), BadChain> {
    if name.is_empty() {
        return Ok(());
    }
    let wanted = name.join(" ");
    name.clear();
    let found = found(&wanted, staff).ok_or(BadChain::Nobody(wanted))?;
    if !level.people.contains(&found) {
        level.people.push(found);
    }
    Ok(())
}

fn found(wanted: &str, staff: &[Person]) -> Option<PersonId> {
    let wanted = wanted.to_lowercase();
    let is_meant = |person: &&Person| match wanted.strip_prefix('@') {
        Some(username) => {
            let own = person.username.as_deref().map(str::to_lowercase);
            own.as_deref() == Some(username)
        }
        None => person.name.to_lowercase() == wanted,
    };
    staff.iter().find(is_meant).map(|person| person.id)
}
