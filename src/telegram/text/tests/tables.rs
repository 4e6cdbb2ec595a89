//! Tables are read by spreadsheets, which take for a formula whatever begins like one: ten thousand
//! cells of what people could write are written and read back.

use std::io::Cursor;

use actors::domain::incident::{Participation, ParticipationRole};
use actors::domain::{Language, Person, PersonId};
use actors::ports::Letter;
use calamine::{Data, Reader, Xlsx};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::super::{attachment, render};
use super::fixture::{World, at, style};

/// How many rows there are; four cells of each are what people wrote.
const ROWS: usize = 2_500;
const WRITTEN: [usize; 4] = [12, 13, 14, 18];

/// What a spreadsheet may take for the beginning of a formula (CWE-1236), full-width forms included.
const DANGEROUS: &str = "=+-@\t\r\n＝＋－＠";

/// A table in which people wrote what they could.
fn hostile(form: &str) -> (Letter, Vec<String>) {
    let mut runner = TestRunner::deterministic();
    let words = "[ \u{A0}\u{FEFF}]{0,2}[=+\\-@\t\r\n＝＋－＠]{1,2}[A-Za-z0-9(!\"',;|]{0,12}";
    let mut written = Vec::new();
    for _ in 0..ROWS {
        written.push(words.new_tree(&mut runner).unwrap().current());
    }
    let world = World::hostile(Language::English, "=HYPERLINK(\"http://example.com\")");
    let name = format!("report Month {form}, 12345 created");
    let mut letters = world.letters().into_iter();
    let (_, mut letter) = letters.find(|(it, _)| *it == name).unwrap();
    let found = &mut letter.background;
    let incident = found.incidents.first().unwrap().clone();
    found.incidents.clear();
    for (number, words) in (1_000..).zip(&written) {
        let person = PersonId(number);
        let mut incident = incident.clone();
        incident.report.text.clone_from(words);
        incident.report.reporter = person;
        incident.participations = vec![Participation {
            person,
            role: ParticipationRole::Owner,
            began_at: at(14, 3),
            ended_at: None,
            end: None,
        }];
        found.incidents.push(incident);
        found.people.push(Person {
            name: words.clone(),
            ..Person::unknown(person)
        });
    }
    (letter, written)
}

fn prove_harmless(cell: &str) {
    let begins = cell
        .trim_start_matches([' ', '\u{A0}', '\u{FEFF}'])
        .chars()
        .next();
    assert!(!begins.is_some_and(|it| DANGEROUS.contains(it)), "{cell:?}");
}

#[test]
fn no_cell_of_a_csv_table_is_taken_for_a_formula() {
    let (letter, written) = hostile("Csv");
    let said = render(&letter, &style()).text;
    assert!(
        said.contains("it lists the first 20,000"),
        "the cut is said: {said}"
    );
    let file = attachment(&letter, &style()).unwrap().unwrap();
    let mut reader = csv::Reader::from_reader(file.bytes.as_slice());
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), ROWS);
    let mut cells = 0;
    for (row, words) in rows.iter().zip(&written) {
        for column in WRITTEN {
            prove_harmless(&row[column]);
            cells += 1;
        }
        // Whole, but for blanks around it and the apostrophe before it.
        let (cell, words) = (&row[18], words.trim());
        assert!(
            cell == words || cell == format!("'{words}"),
            "{cell:?} {words:?}"
        );
    }
    assert_eq!(cells, 10_000);
}

#[test]
fn no_cell_of_a_spreadsheet_is_a_formula() {
    let (letter, _) = hostile("Xlsx");
    let file = attachment(&letter, &style()).unwrap().unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file.bytes)).unwrap();
    let mut cells = 0;
    for sheet in book.sheet_names() {
        let formulas = book.worksheet_formula(&sheet).unwrap();
        let formulas: Vec<_> = formulas.used_cells().collect();
        assert!(formulas.is_empty(), "{sheet}: {formulas:?}");
        let range = book.worksheet_range(&sheet).unwrap();
        for (_, _, cell) in range.used_cells() {
            if let Data::String(cell) = cell {
                prove_harmless(cell);
                cells += 1;
            }
        }
    }
    assert!(cells > 10_000, "{cells}");
}
