//! Every text in every language: nothing missing, nothing left over, nothing broken.

use std::collections::{BTreeMap, BTreeSet};

use actors::domain::Language;

use super::super::markup::{is_visible, units};
use super::super::wording::sources;
use super::super::{
    CommandScope, Press, Rendered, TOAST_LIMIT, attachment, commands, description, makes_file,
    render, short_description, toast,
};
use super::fixture::{World, at, style};
use super::{ledger, reader};
use crate::telegram::button;
use crate::telegram::text::ChatWords;
use crate::web::dashboard::tests::pages;
use crate::words::Reading;

/// Telegram's limits, in UTF-16 units.
const MESSAGE_LIMIT: usize = 4_096;
const CAPTION_LIMIT: usize = 1_024;
const PLACEHOLDER_LIMIT: usize = 64;
const COMMAND_LIMIT: usize = 256;
const DESCRIPTION_LIMIT: usize = 512;
const SHORT_DESCRIPTION_LIMIT: usize = 120;

/// Telegram's limits for keyboards.
const KEYS_LIMIT: usize = 100;
const ROW_LIMIT: usize = 8;

/// Says everything there is to say in a language, and proves that Telegram would take it.
pub(super) fn say_everything(world: &World) {
    for (name, letter) in world.letters() {
        let rendered = render(&letter, &style());
        prove_text(&name, &rendered, world, makes_file(&letter.says));
        prove_keys(&name, &rendered);
        if let Some(placeholder) = rendered.force_reply {
            assert!(
                (1..=PLACEHOLDER_LIMIT).contains(&units(&placeholder)),
                "{name}"
            );
            assert!(
                rendered.keyboard.is_empty(),
                "{name}: a question has no buttons"
            );
        }
    }
    for verdict in world.verdicts() {
        if let Some(toast) = toast(&verdict, world.language, at(14, 25)) {
            assert!(
                (1..=TOAST_LIMIT).contains(&units(&toast.text)),
                "{}",
                toast.text
            );
        }
    }
    prove_profile(world.language);
}

fn prove_text(name: &str, rendered: &Rendered, world: &World, caption: bool) {
    let read = reader::read(&rendered.text)
        .unwrap_or_else(|problem| panic!("{name}: {problem}\n{}", rendered.text));
    let limit = if rendered.photos.is_empty() && !caption {
        MESSAGE_LIMIT
    } else {
        CAPTION_LIMIT
    };
    assert!(
        (1..=limit).contains(&read.units()),
        "{name}: {}",
        read.units()
    );
    let unfilled = read.text.contains("{$") && !world.text.contains("{$");
    assert!(!unfilled, "{name}: {}", read.text);
    let ragged = read.text.starts_with('\n') || read.text.ends_with('\n');
    assert!(!ragged, "{name}: {}", read.text);
}

fn prove_keys(name: &str, rendered: &Rendered) {
    let keys: Vec<_> = rendered.keyboard.iter().flatten().collect();
    assert!(keys.len() <= KEYS_LIMIT, "{name}: {}", keys.len());
    for row in &rendered.keyboard {
        assert!((1..=ROW_LIMIT).contains(&row.len()), "{name}: {row:?}");
    }
    for key in keys {
        assert!(is_visible(&key.label), "{name}: {key:?}");
        match &key.press {
            Press::Data(pressed) => {
                let data = button::encode(pressed);
                assert_eq!(button::decode(&data), Some(*pressed), "{name}");
            }
            Press::Link(address) => {
                let known = ["https://t.me/", "https://desk.example.com/sign-in/"];
                let leads = known.iter().any(|it| address.starts_with(it));
                assert!(leads, "{name}: {address}");
            }
        }
    }
}

fn prove_profile(language: Language) {
    for scope in CommandScope::ALL {
        for entry in commands(language, scope) {
            let length = units(&entry.description);
            assert!((1..=COMMAND_LIMIT).contains(&length), "{}", entry.command);
        }
    }
    assert!((1..=DESCRIPTION_LIMIT).contains(&units(&description(language))));
    let short = short_description(language);
    assert!((1..=SHORT_DESCRIPTION_LIMIT).contains(&units(&short)));
}

/// The texts of a language: each with what it has places for.
fn texts(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut present = String::new();
    for line in sources(language).iter().flat_map(|source| source.lines()) {
        if line.starts_with('#') {
            continue;
        }
        let begins = line.starts_with(|first: char| first.is_ascii_lowercase());
        if let Some((id, _)) = line.split_once(" = ")
            && begins
        {
            present = id.to_owned();
            assert!(
                texts.insert(present.clone(), BTreeSet::new()).is_none(),
                "{present} stands twice"
            );
        }
        for place in line.split('$').skip(1) {
            let name = place.split(|end: char| !end.is_ascii_lowercase()).next();
            let places = texts.get_mut(&present).unwrap();
            places.insert(name.unwrap_or_default().to_owned());
        }
    }
    texts
}

#[test]
fn every_text_is_said_in_every_language_and_none_is_left_over() {
    for language in Language::ALL {
        say_everything(&World::new(language));
        make_every_file(&World::new(language));
        show_every_page(&World::new(language));
        tell_every_report(&World::new(language));
        assert_eq!(ledger::mistakes(), Vec::<String>::new());
        let written: BTreeSet<String> = texts(language).into_keys().collect();
        let said = ledger::used(language);
        let never_said: Vec<_> = written.difference(&said).collect();
        assert!(never_said.is_empty(), "{}: {never_said:?}", language.tag());
        let missing: Vec<_> = said.difference(&written).collect();
        assert!(missing.is_empty(), "{}: {missing:?}", language.tag());
    }
}

#[test]
fn every_translation_has_the_same_places() {
    let english = texts(Language::English);
    assert!(english.len() > 200);
    for language in [Language::Estonian, Language::Russian] {
        let translated = texts(language);
        for (id, places) in &english {
            assert_eq!(translated.get(id), Some(places), "{}: {id}", language.tag());
        }
        assert_eq!(translated.len(), english.len());
    }
}

#[test]
fn toasts_and_buttons_have_no_markup() {
    for language in Language::ALL {
        let answers = sources(language)[2];
        assert!(!answers.contains(['<', '&']), "{}", language.tag());
        for source in sources(language) {
            for line in source.lines().filter(|line| {
                ["button-", "placeholder-", "command-", "bot-"]
                    .iter()
                    .any(|plain| line.starts_with(plain))
            }) {
                assert!(!line.contains(['<', '&']), "{line}");
            }
        }
    }
}

#[test]
fn no_translation_was_left_in_english() {
    let english: BTreeMap<_, _> = lines(Language::English);
    for language in [Language::Estonian, Language::Russian] {
        let same: Vec<_> = lines(language)
            .into_iter()
            .filter(|(id, line)| english.get(id) == Some(line))
            .filter(|(_, line)| line.chars().filter(|c| c.is_alphabetic()).count() > 0)
            .filter(|(_, line)| has_words(line))
            .map(|(id, _)| id)
            .collect();
        assert_eq!(
            same,
            SAME_IN_ALL.map(str::to_owned).to_vec(),
            "{}",
            language.tag()
        );
    }
}

/// Names of languages, zones and the like are the same everywhere.
const SAME_IN_ALL: [&str; 6] = [
    "button-triage-claude",
    "language-english",
    "language-estonian",
    "language-russian",
    "placeholder-person",
    "placeholder-time-zone",
];

fn lines(language: Language) -> BTreeMap<String, String> {
    sources(language)
        .iter()
        .flat_map(|source| source.lines())
        .filter_map(|line| line.split_once(" = "))
        .map(|(id, line)| (id.trim().to_owned(), line.to_owned()))
        .collect()
}

/// "min" is no word to translate.
const LETTERS_OF_A_UNIT: usize = 3;

/// Whether there are words outside the places.
fn has_words(line: &str) -> bool {
    let mut depth = 0;
    let mut letters = 0;
    let plain = line.replace("<b>", "").replace("</b>", "");
    let plain = plain.replace("<i>", "").replace("</i>", "");
    for character in plain.chars() {
        match character {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ if depth == 0 && character.is_alphabetic() => letters += 1,
            _ => {}
        }
    }
    letters > LETTERS_OF_A_UNIT
}

#[test]
fn the_desks_own_words_name_no_accounts() {
    for language in Language::ALL {
        for (name, letter) in World::new(language).letters() {
            let text = render(&letter, &style()).text;
            let mut outside_code = String::new();
            for (index, part) in text.split("code>").enumerate() {
                if index % 2 == 0 {
                    outside_code.push_str(part);
                }
            }
            assert!(!outside_code.contains('@'), "{name}: {text}");
        }
    }
}

/// Pictures and tables are made of everything, and say what is said nowhere else.
fn make_every_file(world: &World) {
    for (name, letter) in world.letters() {
        if let Some(file) = attachment(&letter, &style()).unwrap() {
            assert!(file.bytes.len() > 100, "{name}");
        }
    }
}

/// On the command line it is told in full.
fn tell_every_report(world: &World) {
    let (group, people) = (world.group(), world.people());
    for (span, overview) in world.specimens().overviews {
        let reading = Reading {
            language: world.language,
            group: Some(&group),
            people: &people,
            now: at(14, 25),
        };
        let told = ChatWords.report(&reading, span, &overview);
        let several = overview.groups.iter().all(|it| told.contains(&it.title));
        assert!(several && !told.contains("<b>"), "{told}");
    }
}

/// Pages in a browser say what is said nowhere else.
fn show_every_page(world: &World) {
    for page in pages(&ChatWords, &world.specimens()) {
        assert!(!page.contains("{$"), "{page}");
        assert!(
            page.contains("<title>") && page.contains("</main>"),
            "{page}"
        );
    }
}

#[test]
fn nothing_that_people_wrote_comes_alive_on_a_page() {
    let hostile = World::hostile(
        Language::English,
        "<script>alert(1)</script>\" onload=\"x <img src=x>",
    );
    for page in pages(&ChatWords, &hostile.specimens()) {
        for alive in ["<script", "<img", "\" onload"] {
            assert!(!page.contains(alive), "{alive} in {page}");
        }
        assert!(
            !page.contains("style="),
            "the policy would refuse it: {page}"
        );
    }
}
