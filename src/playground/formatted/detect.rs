//! Finds what Telegram finds in any text by itself: commands, mentions and web addresses.

use super::{Entity, EntityKind};

/// Longest command Telegram knows, without its slash.
const LONGEST_COMMAND: usize = 64;
/// Shortest username a mention may name; Telegram's own are five and longer, collectible ones four.
const SHORTEST_USERNAME: usize = 4;

/// Every entity that is found word by word.
pub(super) fn find(text: &str) -> Vec<Entity> {
    let mut found = Vec::new();
    let mut offset = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        if let Some((kind, meant)) = recognise(word.trim_end()) {
            found.push(Entity {
                kind,
                offset,
                length: meant.encode_utf16().count(),
            });
        }
        offset += word.encode_utf16().count();
    }
    found
}

/// What a word is, and how much of it.
fn recognise(word: &str) -> Option<(EntityKind, &str)> {
    if let Some(rest) = word.strip_prefix('/') {
        let name = leading(rest, |letter| is_name(letter) || letter == '@');
        let plain = name.split('@').next().unwrap_or_default();
        let known = (1..=LONGEST_COMMAND).contains(&plain.len());
        let path = rest
            .get(name.len()..)
            .is_some_and(|after| after.starts_with('/'));
        return (known && !path).then(|| (EntityKind::BotCommand, cut(word, name.len() + 1)));
    }
    if let Some(rest) = word.strip_prefix('@') {
        let name = leading(rest, is_name);
        return (name.len() >= SHORTEST_USERNAME)
            .then(|| (EntityKind::Mention, cut(word, name.len() + 1)));
    }
    let address = word.starts_with("https://") || word.starts_with("http://");
    address.then(|| {
        (
            EntityKind::Url,
            word.trim_end_matches(['.', ',', ')', '!', '?']),
        )
    })
}

fn is_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

fn leading(text: &str, wanted: impl Fn(char) -> bool) -> &str {
    let end = text.find(|letter| !wanted(letter)).unwrap_or(text.len());
    cut(text, end)
}

fn cut(text: &str, end: usize) -> &str {
    text.get(..end).unwrap_or(text)
}
