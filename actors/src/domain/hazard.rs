//! The rule lists: what is critical whatever anybody thinks, in the three languages of the desk.
//!
//! A list is made of terms. A term matches a word, or with `*` the beginning of one, since Estonian
//! and Russian bend their words at the end; `~` stands for up to [`GAP`] words of any kind. A list
//! errs towards critical: a false alarm costs a press, a missed one a house.

mod words;

use serde::{Deserialize, Serialize};

use super::incident::Urgency;
use super::triage::TriagePolicy;

/// How many words a `~` may stand for.
const GAP: usize = 4;

/// Something that is critical.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hazard {
    /// It burns.
    Fire,
    /// There is smoke, or a smell of burning.
    Smoke,
    /// Gas, or another poison in the air.
    Gas,
    /// Water where it must not be, and more of it.
    Flood,
    /// Somebody cannot get out.
    PersonStuck,
    /// Somebody is hurt or ill.
    PersonHurt,
    /// The power is out.
    NoPower,
    /// Bare wires, sparks, shocks.
    LiveWire,
    /// One of the group's own words.
    OwnWord,
}

impl Hazard {
    /// Those with a list, in the order in which they are shown.
    pub const LISTED: [Self; 8] = [
        Self::Fire,
        Self::Smoke,
        Self::Gas,
        Self::Flood,
        Self::PersonStuck,
        Self::PersonHurt,
        Self::NoPower,
        Self::LiveWire,
    ];

    fn list(self) -> &'static [&'static str] {
        match self {
            Self::Fire => words::FIRE,
            Self::Smoke => words::SMOKE,
            Self::Gas => words::GAS,
            Self::Flood => words::FLOOD,
            Self::PersonStuck => words::PERSON_STUCK,
            Self::PersonHurt => words::PERSON_HURT,
            Self::NoPower => words::NO_POWER,
            Self::LiveWire => words::LIVE_WIRE,
            Self::OwnWord => &[],
        }
    }
}

/// The first hazard that a report names, as the group sees it.
#[must_use]
pub fn found_in(text: &str, policy: &TriagePolicy) -> Option<Hazard> {
    let words = harmless_left_out(words_of(text));
    let listed = Hazard::LISTED.into_iter();
    let mut listed = listed.filter(|hazard| !policy.ignored.contains(hazard));
    let named = listed.find(|hazard| any(hazard.list(), &words));
    named.or_else(|| {
        let mut own = policy.own_words.iter();
        own.any(|term| matches(&words_of_term(term), &words))
            .then_some(Hazard::OwnWord)
    })
}

/// What the lists say about a report without hazards; nothing where none fits.
#[must_use]
pub fn lesser_urgency(text: &str) -> Option<Urgency> {
    let words = words_of(text);
    if any(words::PLANNED, &words) {
        Some(Urgency::Planned)
    } else if any(words::SAME_DAY, &words) {
        Some(Urgency::SameDay)
    } else {
        None
    }
}

/// "The fire door", "no smoking": the words stand there, the hazard does not.
fn harmless_left_out(words: Vec<String>) -> Vec<String> {
    let mut kept = words;
    for term in words::HARMLESS {
        let term = words_of_term(term);
        while let Some(at) = (0..kept.len()).find(|at| fits(&term, kept.get(*at..).unwrap_or(&[])))
        {
            kept.drain(at..(at + term.len()).min(kept.len()));
        }
    }
    kept
}

fn any(terms: &[&str], words: &[String]) -> bool {
    terms
        .iter()
        .any(|term| matches(&words_of_term(term), words))
}

fn matches(term: &[String], words: &[String]) -> bool {
    !term.is_empty() && (0..words.len()).any(|at| fits(term, words.get(at..).unwrap_or(&[])))
}

fn fits(term: &[String], words: &[String]) -> bool {
    let Some((first, rest)) = term.split_first() else {
        return true;
    };
    if first == "~" {
        return (0..=GAP).any(|gap| words.get(gap..).is_some_and(|words| fits(rest, words)));
    }
    let Some((word, others)) = words.split_first() else {
        return false;
    };
    let same = match first.strip_suffix('*') {
        Some(stem) => word.starts_with(stem),
        None => word == first,
    };
    same && fits(rest, others)
}

fn words_of_term(term: &str) -> Vec<String> {
    let terms = term.split_whitespace();
    terms.map(lower).collect()
}

/// The words of a text, small; marks and invisible characters part nothing and count for nothing.
fn words_of(text: &str) -> Vec<String> {
    let visible: String = text.chars().filter(|mark| !is_invisible(*mark)).collect();
    lower(&visible)
        .split(|mark: char| !mark.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn lower(text: &str) -> String {
    text.to_lowercase().replace('ё', "е")
}

/// Characters that a hazard could be hidden with: they take no room on a screen.
fn is_invisible(mark: char) -> bool {
    matches!(mark, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}
