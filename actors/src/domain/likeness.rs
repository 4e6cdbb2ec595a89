//! Whether a report says again what an open incident says already: the same place, similar words.
//!
//! It only ever leads to a question, so it may err; it errs towards not asking.

use std::collections::BTreeSet;

use super::incident::Incident;
use super::place::folded;
use super::report::Report;

/// How many open incidents a report is held beside, newest first: more are no longer about today.
pub const CANDIDATES: u32 = 60;

/// How many of the words of a long report are looked at.
const WORDS_LOOKED_AT: usize = 60;

/// How much of a word counts, in characters: endings say little in any of the desk's languages.
const STEM: usize = 4;

/// How much of the shorter one's words both must have, in percent: where both are known to be of
/// one place, and where nothing is known of one.
const ALIKE_AT_A_PLACE: usize = 40;
const ALIKE_ANYWHERE: usize = 70;

/// How many words both must have where no place is known: one word is soon the same.
const WORDS_ANYWHERE: usize = 2;

/// Words that say nothing, as they are cut short.
const SILENT: [&str; 44] = [
    "the", "a", "an", "is", "are", "in", "on", "at", "of", "and", "to", "it", "my", "our", "we",
    "i", "has", "have", "ther", "with", "not", "plea", "room", "on", "ei", "ja", "ma", "me", "see",
    "meie", "minu", "palu", "toas", "tuba", "и", "в", "на", "не", "у", "с", "мы", "пожа", "номе",
    "комн",
];

/// The incident that a report resembles most, if it resembles any.
#[must_use]
pub fn most_alike<'a>(report: &Report, open: &'a [Incident]) -> Option<&'a Incident> {
    let new = Said::of(report);
    let alike = open.iter().filter(|it| it.is_open()).filter_map(|it| {
        let likeness = new.likeness(&Said::of(&it.report))?;
        Some((likeness, it))
    });
    // Of several that are as much alike, the newest: they come newest first.
    alike
        .rev()
        .max_by_key(|(likeness, _)| *likeness)
        .map(|(_, incident)| incident)
}

/// What a report says, as far as it can be compared.
struct Said {
    words: BTreeSet<String>,
    /// Numbers: of rooms, of trucks.
    numbers: BTreeSet<String>,
    place: Option<String>,
}

impl Said {
    fn of(report: &Report) -> Self {
        let text = report.text.to_lowercase().replace('ё', "е");
        let mut said = Self {
            words: BTreeSet::new(),
            numbers: BTreeSet::new(),
            place: report.place.as_deref().map(folded),
        };
        let place = said.place.clone().unwrap_or_default();
        let words = text
            .split(|sign: char| !sign.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .take(WORDS_LOOKED_AT);
        for word in words {
            if word.chars().any(|sign| sign.is_ascii_digit()) {
                said.numbers.insert(word.to_owned());
            } else {
                let stem: String = word.chars().take(STEM).collect();
                if !SILENT.contains(&stem.as_str()) {
                    said.words.insert(stem);
                }
            }
        }
        let in_place = place.split(|sign: char| !sign.is_alphanumeric());
        let numbered = in_place.filter(|it| it.chars().any(|sign| sign.is_ascii_digit()));
        said.numbers.extend(numbered.map(str::to_owned));
        said
    }

    /// How much two are alike, in percent; `None` where they are not.
    fn likeness(&self, other: &Self) -> Option<usize> {
        let same_place = self.is_where(other)?;
        let shared = self.words.intersection(&other.words).count();
        let fewest = self.words.len().min(other.words.len());
        if shared == 0 || fewest == 0 {
            return None;
        }
        let percent = shared * 100 / fewest;
        let alike = match same_place {
            true => percent >= ALIKE_AT_A_PLACE,
            false => percent >= ALIKE_ANYWHERE && shared >= WORDS_ANYWHERE,
        };
        alike.then_some(percent + if same_place { 100 } else { 0 })
    }

    /// Whether both are known to be of one place; `None` where they are of different ones.
    fn is_where(&self, other: &Self) -> Option<bool> {
        let named = match (&self.place, &other.place) {
            (Some(here), Some(there)) if here == there => return Some(true),
            (Some(_), Some(_)) => return None,
            _ => false,
        };
        match (self.numbers.is_empty(), other.numbers.is_empty()) {
            (true, true) => Some(named),
            (false, false) if self.numbers.is_disjoint(&other.numbers) => None,
            (false, false) => Some(true),
            // "204: the tap leaks" is not "the tap leaks" for sure.
            _ => Some(false),
        }
    }
}
