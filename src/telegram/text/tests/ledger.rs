//! Writes down which texts were said, and what was wrong with them.

use std::cell::RefCell;
use std::collections::BTreeSet;

use actors::domain::Language;

thread_local! {
    static USED: RefCell<BTreeSet<(&'static str, String)>> = const { RefCell::new(BTreeSet::new()) };
    static MISTAKES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

pub(in super::super) fn note_use(language: Language, id: &str) {
    USED.with_borrow_mut(|used| used.insert((language.tag(), id.to_owned())));
}

pub(in super::super) fn note_mistake(language: Language, id: &str, mistake: &str) {
    let line = format!("{}: {id}: {mistake}", language.tag());
    MISTAKES.with_borrow_mut(|mistakes| mistakes.push(line));
}

/// The texts that this thread's test has said in a language.
pub(super) fn used(language: Language) -> BTreeSet<String> {
    USED.with_borrow(|used| {
        used.iter()
            .filter(|(tag, _)| *tag == language.tag())
            .map(|(_, id)| id.clone())
            .collect()
    })
}

/// What was wrong with them.
pub(super) fn mistakes() -> Vec<String> {
    MISTAKES.with_borrow(Clone::clone)
}
