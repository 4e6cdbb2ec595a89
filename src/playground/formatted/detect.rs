//! Finds what Telegram finds in any text by itself: commands, mentions, tags, and addresses.
//!
//! After the rules of its own library (TDLib, `MessageEntity.cpp`), as far as a desk can meet them.
//! They look at the characters on both sides, not at words: `(@mari)` mentions, `a@mari` does not.

use super::{Entity, EntityKind};

/// Longest command Telegram knows, without its slash.
const LONGEST_COMMAND: usize = 64;
/// Shortest username a mention may name; Telegram's own are five and longer, collectible ones four.
const SHORTEST_USERNAME: usize = 4;
/// Longest username.
const LONGEST_USERNAME: usize = 32;
/// Longest cashtag, without its sign.
const LONGEST_CASHTAG: usize = 8;
/// Longest hashtag, without its sign.
const LONGEST_HASHTAG: usize = 256;

/// What an address without a scheme ends with: a few of the many that Telegram knows.
const DOMAINS: [&str; 26] = [
    "com", "net", "org", "info", "biz", "edu", "gov", "io", "me", "app", "dev", "xyz", "example",
    "eu", "ee", "lv", "lt", "fi", "se", "de", "uk", "us", "ru", "ua", "tv", "рф",
];

/// Schemes that are links whatever follows them.
const SCHEMES: [&str; 6] = [
    "https://",
    "http://",
    "ftp://",
    "tg://",
    "ton://",
    "tonsite://",
];

/// Every entity that is found, in the order of the text; none overlaps another.
pub(super) fn find(text: &str) -> Vec<Entity> {
    let letters: Vec<char> = text.chars().collect();
    let text = Letters(&letters);
    let mut found = Vec::new();
    let mut offset = 0;
    let mut at = 0;
    while let Some(letter) = text.at(at) {
        let Some((kind, length)) = text.recognise(at).filter(|(_, length)| *length > 0) else {
            at += 1;
            offset += letter.len_utf16();
            continue;
        };
        let covered = letters.iter().skip(at).take(length);
        let units = covered.map(|letter| letter.len_utf16()).sum();
        found.push(Entity {
            kind,
            offset,
            length: units,
        });
        at += length;
        offset += units;
    }
    found
}

struct Letters<'a>(&'a [char]);

impl Letters<'_> {
    fn at(&self, at: usize) -> Option<char> {
        self.0.get(at).copied()
    }

    fn before(&self, at: usize) -> Option<char> {
        self.at(at.checked_sub(1)?)
    }

    /// How many letters from here on are wanted, one after the other.
    fn run(&self, from: usize, wanted: impl Fn(char) -> bool) -> usize {
        let rest = self.0.iter().skip(from);
        rest.take_while(|letter| wanted(**letter)).count()
    }

    fn piece(&self, from: usize, length: usize) -> String {
        self.0.iter().skip(from).take(length).collect()
    }

    /// What begins here, and how long it is.
    fn recognise(&self, at: usize) -> Option<(EntityKind, usize)> {
        match self.at(at)? {
            '/' => self.command(at),
            '@' => self.mention(at),
            '#' => self.hashtag(at),
            '$' => self.cashtag(at),
            _ => self.address(at),
        }
    }

    fn command(&self, at: usize) -> Option<(EntityKind, usize)> {
        let apart = |letter: Option<char>| {
            !letter.is_some_and(|letter| is_word(letter) || "/<>".contains(letter))
        };
        let name = self.run(at + 1, is_name);
        let mut length = 1 + name;
        if self.at(at + length) == Some('@') {
            let bot = self.run(at + length + 1, is_name);
            length += if bot > 0 { 1 + bot } else { 0 };
        }
        let known = (1..=LONGEST_COMMAND).contains(&name);
        (known && apart(self.before(at)) && apart(self.at(at + length)))
            .then_some((EntityKind::BotCommand, length))
    }

    fn mention(&self, at: usize) -> Option<(EntityKind, usize)> {
        let name = self.run(at + 1, is_name);
        let apart =
            !self.before(at).is_some_and(is_word) && !self.at(at + 1 + name).is_some_and(is_word);
        ((SHORTEST_USERNAME..=LONGEST_USERNAME).contains(&name) && apart)
            .then_some((EntityKind::Mention, 1 + name))
    }

    fn hashtag(&self, at: usize) -> Option<(EntityKind, usize)> {
        let is_tag = |letter: char| is_word(letter) || letter == '\u{200C}';
        let name = self.run(at + 1, is_tag);
        let says = self.piece(at + 1, name);
        let numeric = says.chars().all(|letter| letter.is_ascii_digit());
        let apart = !self.before(at).is_some_and(is_tag) && self.at(at + 1 + name) != Some('#');
        ((1..=LONGEST_HASHTAG).contains(&name) && !numeric && apart)
            .then_some((EntityKind::Hashtag, 1 + name))
    }

    fn cashtag(&self, at: usize) -> Option<(EntityKind, usize)> {
        let name = self.run(at + 1, |letter| letter.is_ascii_uppercase());
        let apart =
            |letter: Option<char>| !letter.is_some_and(|letter| is_word(letter) || letter == '$');
        let known = (1..=LONGEST_CASHTAG).contains(&name);
        (known && apart(self.before(at)) && apart(self.at(at + 1 + name)))
            .then_some((EntityKind::Cashtag, 1 + name))
    }

    /// An address that begins here: with a scheme, or a host's name that ends as such names do.
    fn address(&self, at: usize) -> Option<(EntityKind, usize)> {
        if self.before(at).is_some_and(is_host) {
            return None;
        }
        let begins = |scheme: &&str| {
            let here = self.piece(at, scheme.len());
            here.eq_ignore_ascii_case(scheme)
        };
        if let Some(scheme) = SCHEMES.iter().find(|scheme| begins(scheme)) {
            let rest = self.run(at + scheme.len(), is_of_address);
            let length = scheme.len() + rest;
            return (rest > 0).then(|| (EntityKind::Url, length - self.trailing(at, length)));
        }
        let user = self.run(at, |letter| is_host(letter) || letter == '+');
        if self.at(at + user) == Some('@') {
            let host = self.host(at + user + 1)?;
            return (user > 0).then_some((EntityKind::Email, user + 1 + host));
        }
        let host = self.host(at)?;
        let path = match self.at(at + host) {
            Some('/' | '?' | '#' | ':') => self.run(at + host, is_of_address),
            _ => 0,
        };
        let length = host + path;
        Some((EntityKind::Url, length - self.trailing(at, length)))
    }

    /// The length of a host's name.
    fn host(&self, at: usize) -> Option<usize> {
        let length = self.run(at, is_host);
        let written = self.piece(at, length);
        let name = written.trim_end_matches(['.', '-', '_']);
        let (first, last) = name.rsplit_once('.')?;
        let ends = DOMAINS.contains(&last.to_lowercase().as_str()) || is_ip(name);
        (ends && !first.is_empty() && !first.starts_with('.')).then(|| name.chars().count())
    }

    /// How many marks at the end belong to the sentence, not to the address.
    fn trailing(&self, at: usize, length: usize) -> usize {
        let covered = self.0.iter().skip(at).take(length).rev();
        covered
            .take_while(|letter| ".,)!?:;'\"".contains(**letter))
            .count()
    }
}

fn is_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn is_host(letter: char) -> bool {
    is_word(letter) || letter == '.' || letter == '-'
}

/// What an address may go on with; general punctuation, to which invisible joiners belong, ends it.
fn is_of_address(letter: char) -> bool {
    !letter.is_whitespace()
        && !matches!(letter, '\u{2000}'..='\u{206F}')
        && !"<>()«»\"'`".contains(letter)
}

fn is_ip(name: &str) -> bool {
    let parts: Vec<&str> = name.split('.').collect();
    parts.len() == 4 && parts.iter().all(|part| part.parse::<u8>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&'static str, usize, usize)> {
        let found = find(text).into_iter();
        found
            .map(|entity| (entity.kind.name(), entity.offset, entity.length))
            .collect()
    }

    #[test]
    fn what_stands_on_both_sides_counts() {
        for (text, expected) in [
            ("(@mari)", vec![("mention", 1, 5)]),
            ("a@mari b_@mari", vec![]),
            ("😀 @mari", vec![("mention", 3, 5)]),
            (
                "see /open, or /my",
                vec![("bot_command", 4, 5), ("bot_command", 14, 3)],
            ),
            ("and/or 1/2 /etc/hosts //x </b>", vec![]),
            (
                "#tag #12 a#tag #õun",
                vec![("hashtag", 0, 4), ("hashtag", 15, 4)],
            ),
            ("$USD $usd US$USD", vec![("cashtag", 0, 4)]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn addresses_need_no_scheme() {
        for (text, expected) in [
            ("t.me/joinchat.", vec![("url", 0, 13)]),
            ("(https://x.example/a?b#c)", vec![("url", 1, 23)]),
            ("tg://resolve?domain=x", vec![("url", 0, 21)]),
            ("пример.рф", vec![("url", 0, 9)]),
            ("1.2.3.4:80", vec![("url", 0, 10)]),
            ("mail bob@evil.example now", vec![("email", 5, 16)]),
            ("gate.B opens at 14.02 e.g. today", vec![]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn an_invisible_joiner_keeps_all_of_them_apart() {
        let text = "@\u{2060}mari /\u{2060}open #\u{2060}tag $\u{2060}USD t.\u{2060}me \
                    https:/\u{2060}/\u{2060}x.\u{2060}example bob@\u{2060}x.\u{2060}ee";
        assert_eq!(found(text), vec![]);
    }
}
