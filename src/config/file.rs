//! The TOML file: flat, with the names of the environment in lower case.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::key::KEYS;
use super::problem::Problem;
use super::source::{Given, Origin, TextFile};

/// Below this likeness (0 to 1) a suggestion would be a guess.
const LIKE_ENOUGH: f64 = 0.8;

/// What the file sets, by the environment's names, with the place of each.
pub(super) fn read(file: &TextFile, problems: &mut Vec<Problem>) -> BTreeMap<String, Given> {
    let mut given = BTreeMap::new();
    let table = match DeTable::parse(&file.text) {
        Ok(table) => table.into_inner(),
        Err(error) => {
            let origin = error.span().map(|span| place(file, span));
            // The parser's full report quotes the line, which may hold a secret.
            let message = format!("is not valid TOML: {}", error.message());
            problems.push(Problem::new(
                &file.path.display().to_string(),
                origin,
                message,
            ));
            return given;
        }
    };
    for (name, value) in table {
        let known = known_names()
            .into_iter()
            .find(|known| known == name.get_ref().as_ref());
        match known {
            Some(known) => match text_of(value.get_ref()) {
                Ok(text) => {
                    let given_here = Given::new(&text, place(file, value.span()));
                    given.insert(known.to_ascii_uppercase(), given_here);
                }
                Err(message) => problems.push(Problem::new(
                    &known.to_ascii_uppercase(),
                    Some(place(file, value.span())),
                    message,
                )),
            },
            None if value.get_ref().is_table() => problems.push(grouped(file, &name)),
            None => problems.push(unknown(file, &name)),
        }
    }
    given
}

fn known_names() -> Vec<String> {
    let plain = KEYS.iter().map(|key| key.file_name());
    let paths = KEYS
        .iter()
        .filter(|key| key.is_secret())
        .map(|key| key.path_name().to_ascii_lowercase());
    plain.chain(paths).collect()
}

fn grouped(file: &TextFile, name: &Spanned<DeString<'_>>) -> Problem {
    let message = "settings are not grouped in tables: write each as name = value";
    Problem::new(name.get_ref(), Some(place(file, name.span())), message)
}

fn unknown(file: &TextFile, name: &Spanned<DeString<'_>>) -> Problem {
    let written = name.get_ref().to_ascii_lowercase();
    let likeness = |known: &String| strsim::jaro_winkler(known, &written);
    let closest = known_names()
        .into_iter()
        .max_by(|one, other| likeness(one).total_cmp(&likeness(other)))
        .filter(|known| likeness(known) >= LIKE_ENOUGH);
    let message = match closest {
        Some(known) => format!("there is no such setting: did you mean {known}?"),
        None => "there is no such setting: remove it (deskbell.example.toml lists them all)".into(),
    };
    Problem::new(name.get_ref(), Some(place(file, name.span())), message)
}

/// Every setting is text to the rest of the program, which checks it in one way for all sources.
fn text_of(value: &DeValue<'_>) -> Result<String, String> {
    match value {
        DeValue::String(text) => Ok(text.to_string()),
        DeValue::Integer(number) if number.radix() == 10 => Ok(number.as_str().to_owned()),
        DeValue::Boolean(truth) => Ok(truth.to_string()),
        DeValue::Array(items) => {
            let texts: Result<Vec<_>, _> =
                items.iter().map(|item| text_of(item.get_ref())).collect();
            Ok(texts?.join(","))
        }
        other => Err(format!(
            "a {} does not fit here: write text or a number",
            other.type_str()
        )),
    }
}

fn place(file: &TextFile, span: Range<usize>) -> Origin {
    let before = file.text.get(..span.start).unwrap_or(&file.text);
    let last_line = before.rsplit('\n').next().unwrap_or_default();
    Origin::File {
        path: file.path.clone(),
        line: before.matches('\n').count() + 1,
        column: last_line.chars().count() + 1,
    }
}
