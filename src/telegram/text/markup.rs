//! Text for Telegram. What people wrote (names, titles, reports, departments) is untrusted: here,
//! and only here, it becomes safe to show.
//!
//! Safe means: it fits, it cannot break the message's markup, it cannot reorder the words around
//! it, and nothing in it comes alive as a link, a mention or a command of the desk's.

use unicode_segmentation::UnicodeSegmentation;

/// Marks that something was cut.
const ELLIPSIS: char = '…';

/// Invisible and without width: put after `@`, `/`, `#`, `$` and the like, it keeps Telegram from
/// turning what follows into a link, and people see the same text.
const WORD_JOINER: char = '\u{2060}';

/// Begins text whose direction is its own affair.
const FIRST_STRONG_ISOLATE: char = '\u{2068}';

/// Ends it.
const POP_ISOLATE: char = '\u{2069}';

/// How many empty lines in a row survive in a text of several lines.
const EMPTY_LINES_KEPT: usize = 1;

/// How many lines of a text are shown: more would push the desk's own words off a phone's screen.
const LINES_KEPT: usize = 20;

/// How many marks over and under one letter are kept: languages need up to four, and a tower of
/// them covers the lines above and below.
const MARKS_KEPT: usize = 4;

/// What the words go into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Medium {
    /// A message: Telegram HTML.
    Html,
    /// A toast, a button, a placeholder, a command's description: plain text.
    Plain,
}

impl Medium {
    /// Text from outside on one line, at most `limit` UTF-16 units of it.
    pub(super) fn line(self, untrusted: &str, limit: usize) -> String {
        let words: Vec<&str> = untrusted.split_whitespace().collect();
        self.finish(&tame(&words.join(" ")), limit)
    }

    /// Text from outside with its line breaks, at most `limit` UTF-16 units of it.
    pub(super) fn block(self, untrusted: &str, limit: usize) -> String {
        // Marks that turn lines around are gone by then, and may have stood alone on one.
        self.finish(tame(&without_gaps(untrusted)).trim(), limit)
    }

    fn finish(self, tamed: &str, limit: usize) -> String {
        let cut = isolated(&cut(tamed, limit));
        match self {
            Self::Html => escaped(&cut),
            Self::Plain => cut,
        }
    }
}

/// Makes text literal in Telegram HTML. Quotes too: an attribute is text as well.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(character),
        }
    }
    out
}

/// Whether somebody would see anything of it.
pub(super) fn is_visible(text: &str) -> bool {
    !text.chars().all(|character| {
        character.is_whitespace() || character.is_control() || is_invisible(character)
    })
}

/// The length as Telegram counts it.
pub(super) fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// The longest beginning that has at most `limit` UTF-16 units, the ellipsis included. What looks
/// like one character stays one, unless it alone is longer than the limit.
pub(super) fn cut(text: &str, limit: usize) -> String {
    if units(text) <= limit {
        return text.to_owned();
    }
    let room = limit.saturating_sub(ELLIPSIS.len_utf16());
    let mut out = beginning(text.graphemes(true), room);
    if out.is_empty() {
        let mut buffer = [0; 4];
        for character in text.chars() {
            let character: &str = character.encode_utf8(&mut buffer);
            if units(&out) + units(character) > room {
                break;
            }
            out.push_str(character);
        }
    }
    out.truncate(out.trim_end().len());
    out.push(ELLIPSIS);
    out
}

fn beginning<'a>(pieces: impl Iterator<Item = &'a str>, room: usize) -> String {
    let mut out = String::new();
    let mut used = 0;
    for piece in pieces {
        used += units(piece);
        if used > room {
            break;
        }
        out.push_str(piece);
    }
    out
}

/// Without characters that reorder or hide others, and without anything that comes alive.
fn tame(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text
        .chars()
        .filter(|character| !is_unwanted(*character))
        .peekable();
    let mut before = None;
    let mut marks = 0;
    while let Some(character) = characters.next() {
        marks = if is_mark(character) { marks + 1 } else { 0 };
        if marks > MARKS_KEPT {
            continue;
        }
        out.push(if character == '\t' { ' ' } else { character });
        if let Some(next) = characters.peek()
            && begins_something_live(before, character, *next)
        {
            out.push(WORD_JOINER);
        }
        before = Some(character);
    }
    out
}

/// `@name`, `name@domain`, `/command`, `scheme://`, `#tag`, `$CASH`, `name.domain`; but not
/// `gate 1/2`: words stay as they were written wherever they are only words.
fn begins_something_live(before: Option<char>, character: char, next: char) -> bool {
    match character {
        '@' | '#' | '$' => !next.is_whitespace(),
        '/' => next == '/' || !before.is_some_and(char::is_alphanumeric) && !next.is_whitespace(),
        '.' => next.is_alphanumeric(),
        _ => false,
    }
}

/// Controls but the line break, and everything that sets the direction of other characters, or
/// ends a line in its own way.
fn is_unwanted(character: char) -> bool {
    (character.is_control() && !matches!(character, '\n' | '\t'))
        || matches!(character, '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Marks that stack: those for Latin, Greek and Cyrillic letters and for symbols.
fn is_mark(character: char) -> bool {
    matches!(
        character,
        '\u{0300}'..='\u{036F}'
            | '\u{0483}'..='\u{0489}'
            | '\u{1AB0}'..='\u{1AFF}'
            | '\u{1DC0}'..='\u{1DFF}'
            | '\u{20D0}'..='\u{20FF}'
            | '\u{FE20}'..='\u{FE2F}'
    )
}

fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{00AD}'
            | '\u{115F}'
            | '\u{1160}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}'
            | '\u{FFA0}'
            | '\u{E0000}'..='\u{E007F}'
    )
}

/// Lines with text that runs from right to left are set apart, so that a number or a name of ours
/// beside them stays where it was put.
fn isolated(text: &str) -> String {
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| {
            if line.chars().any(runs_from_right_to_left) {
                format!("{FIRST_STRONG_ISOLATE}{line}{POP_ISOLATE}")
            } else {
                line.to_owned()
            }
        })
        .collect();
    lines.join("\n")
}

/// Hebrew, Arabic, Syriac, Thaana, N'Ko and their neighbours, presentation forms, marks, and the
/// right-to-left part of the supplementary plane.
fn runs_from_right_to_left(character: char) -> bool {
    matches!(
        character,
        '\u{0590}'..='\u{08FF}'
            | '\u{200F}'
            | '\u{FB1D}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFE}'
            | '\u{10800}'..='\u{10FFF}'
            | '\u{1E800}'..='\u{1EFFF}'
    )
}

/// Whatever ends a line anywhere does here: hidden line breaks would get past [`LINES_KEPT`].
fn ends_line(character: char) -> bool {
    matches!(
        character,
        '\n' | '\u{000B}' | '\u{000C}' | '\u{0085}' | '\u{2028}' | '\u{2029}'
    )
}

/// Trimmed, and without long gaps between its lines.
fn without_gaps(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    let mut empty = 0;
    for line in text.trim().split(ends_line) {
        let line = line.trim_end();
        empty = if line.is_empty() { empty + 1 } else { 0 };
        if empty <= EMPTY_LINES_KEPT {
            lines.push(line);
        }
    }
    let kept = lines.iter().take(LINES_KEPT).copied();
    let mut out = kept.collect::<Vec<_>>().join("\n");
    if lines.len() > LINES_KEPT {
        out.push(ELLIPSIS);
    }
    out
}
