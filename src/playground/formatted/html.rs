//! Telegram's `HTML` parse mode, with its rules and its words of refusal.
//!
//! The parser walks bytes, because the refusals name byte offsets; what it copies is cut at ASCII
//! marks only, so it never cuts a character.

use super::{Entity, EntityKind, Formatted};

/// Tags Telegram knows. Everything else is refused, not shown.
const TAGS: &[&str] = &[
    "a",
    "b",
    "strong",
    "i",
    "em",
    "s",
    "strike",
    "del",
    "u",
    "ins",
    "tg-spoiler",
    "tg-emoji",
    "span",
    "pre",
    "code",
    "blockquote",
];

/// A tag that waits for its end.
struct Open {
    tag: String,
    argument: Option<String>,
    offset: usize,
    text_from: usize,
}

struct Parser<'a> {
    source: &'a str,
    at: usize,
    out: String,
    utf16: usize,
    open: Vec<Open>,
    entities: Vec<Entity>,
    /// The language of the `code` that was closed last: one entity with a `pre` around it.
    language: Option<String>,
}

/// Reads HTML as Telegram does; the error is the part after "can't parse entities: ".
pub(in crate::playground) fn parse(source: &str) -> Result<Formatted, String> {
    let mut parser = Parser {
        source,
        at: 0,
        out: String::new(),
        utf16: 0,
        open: Vec::new(),
        entities: Vec::new(),
        language: None,
    };
    while let Some(byte) = parser.peek() {
        match byte {
            b'<' if parser.byte(parser.at + 1) == Some(b'/') => parser.end_tag()?,
            b'<' => parser.start_tag()?,
            b'&' => parser.reference(),
            _ => parser.plain(),
        }
    }
    if let Some(open) = parser.open.last() {
        return Err(format!(
            "Can't find end tag corresponding to start tag \"{}\"",
            open.tag
        ));
    }
    Ok(Formatted {
        text: parser.out,
        entities: parser.entities,
    }
    .finished())
}

impl Parser<'_> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.source.as_bytes().get(at).copied()
    }

    fn peek(&self) -> Option<u8> {
        self.byte(self.at)
    }

    fn slice(&self, from: usize, to: usize) -> &str {
        self.source.get(from..to).unwrap_or_default()
    }

    fn push(&mut self, text: &str) {
        self.utf16 += text.encode_utf16().count();
        self.out.push_str(text);
    }

    fn skip_while(&mut self, wanted: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(&wanted) {
            self.at += 1;
        }
    }

    /// Copies up to the next mark.
    fn plain(&mut self) {
        let from = self.at;
        self.skip_while(|byte| byte != b'<' && byte != b'&');
        let text = self.slice(from, self.at).to_owned();
        self.push(&text);
    }

    /// `&lt;` and its like; what is none of them stays as it was written.
    fn reference(&mut self) {
        let rest = self.source.get(self.at..).unwrap_or_default();
        let (letter, length) = decode_reference(rest).unwrap_or(('&', 1));
        self.push(letter.encode_utf8(&mut [0; 4]));
        self.at += length;
    }

    fn start_tag(&mut self) -> Result<(), String> {
        let begin = self.at;
        self.at += 1;
        self.skip_while(|byte| !byte.is_ascii_whitespace() && byte != b'>');
        if self.peek().is_none() {
            return Err(format!("Unclosed start tag at byte offset {begin}"));
        }
        let tag = self.slice(begin + 1, self.at).to_ascii_lowercase();
        if !TAGS.contains(&tag.as_str()) {
            return Err(format!(
                "Unsupported start tag \"{tag}\" at byte offset {begin}"
            ));
        }
        let mut argument = None;
        while let Some((name, value)) = self.attribute(&tag, begin)? {
            argument = meaning(&tag, &name, value).or(argument);
        }
        if tag == "span" && argument.is_none() {
            return Err(format!(
                "Tag \"span\" must have class \"tg-spoiler\" at byte offset {begin}"
            ));
        }
        let (offset, text_from) = (self.utf16, self.out.len());
        self.open.push(Open {
            tag,
            argument,
            offset,
            text_from,
        });
        Ok(())
    }

    /// The next attribute, or none when the tag ends here.
    fn attribute(&mut self, tag: &str, begin: usize) -> Result<Option<(String, String)>, String> {
        self.skip_while(|byte| byte.is_ascii_whitespace());
        if self.peek() == Some(b'>') {
            self.at += 1;
            return Ok(None);
        }
        let from = self.at;
        self.skip_while(|byte| !byte.is_ascii_whitespace() && !b"=>\"'/".contains(&byte));
        let name = self.slice(from, self.at).to_ascii_lowercase();
        if name.is_empty() {
            return Err(format!(
                "Empty attribute name in the tag \"{tag}\" at byte offset {begin}"
            ));
        }
        self.skip_while(|byte| byte.is_ascii_whitespace());
        if self.peek() == Some(b'=') {
            self.at += 1;
            return Ok(Some((name, self.attribute_value(begin)?)));
        }
        if name == "expandable" {
            return Ok(Some((name, String::new())));
        }
        Err(format!(
            "Expected equal sign in declaration of an attribute of the tag \"{tag}\" at byte \
             offset {begin}"
        ))
    }

    fn attribute_value(&mut self, begin: usize) -> Result<String, String> {
        self.skip_while(|byte| byte.is_ascii_whitespace());
        let value = match self.peek() {
            Some(quote @ (b'"' | b'\'')) => {
                let from = self.at + 1;
                self.at = from;
                self.skip_while(|byte| byte != quote);
                let value = self.slice(from, self.at).to_owned();
                self.at += 1;
                value
            }
            _ => self.name_token()?,
        };
        if self.peek().is_none() {
            return Err(format!("Unclosed start tag at byte offset {begin}"));
        }
        Ok(decode_references(&value))
    }

    /// A value without quotes: letters, digits, periods and hyphens only.
    fn name_token(&mut self) -> Result<String, String> {
        let from = self.at;
        self.skip_while(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte));
        if self
            .peek()
            .is_some_and(|byte| !byte.is_ascii_whitespace() && byte != b'>')
        {
            return Err(format!(
                "Unexpected end of name token at byte offset {from}"
            ));
        }
        Ok(self.slice(from, self.at).to_ascii_lowercase())
    }

    fn end_tag(&mut self) -> Result<(), String> {
        let begin = self.at;
        let Some(open) = self.open.pop() else {
            return Err(format!("Unexpected end tag at byte offset {begin}"));
        };
        self.at += 2;
        self.skip_while(|byte| !byte.is_ascii_whitespace() && byte != b'>');
        let found = self.slice(begin + 2, self.at).to_ascii_lowercase();
        self.skip_while(|byte| byte.is_ascii_whitespace());
        if self.peek() != Some(b'>') {
            return Err(format!("Unclosed end tag at byte offset {begin}"));
        }
        self.at += 1;
        if !found.is_empty() && found != open.tag {
            return Err(format!(
                "Unmatched end tag at byte offset {begin}, expected \"</{}>\", found \"</{found}>\"",
                open.tag
            ));
        }
        self.close(&open);
        Ok(())
    }

    /// Keeps the entity of a finished tag.
    fn close(&mut self, open: &Open) {
        let (offset, length) = (open.offset, self.utf16 - open.offset);
        let covered = self.out.get(open.text_from..).unwrap_or_default();
        let Some(kind) = kind_of(open, covered).filter(|_| length > 0) else {
            return;
        };
        let code = Entity {
            kind: EntityKind::Code,
            offset,
            length,
        };
        if open.tag == "pre" && self.entities.last() == Some(&code) && self.language.is_some() {
            self.entities.pop();
            let kind = EntityKind::Pre(self.language.take());
            self.entities.push(Entity {
                kind,
                offset,
                length,
            });
            return;
        }
        if open.tag == "code" {
            self.language.clone_from(&open.argument);
        }
        self.entities.push(Entity {
            kind,
            offset,
            length,
        });
    }
}

/// What an attribute says to its tag; others are ignored, as Telegram does.
fn meaning(tag: &str, name: &str, value: String) -> Option<String> {
    match (tag, name) {
        ("a", "href") | ("tg-emoji", "emoji-id") | ("blockquote", "expandable") => Some(value),
        ("code", "class") => value.strip_prefix("language-").map(str::to_owned),
        ("span", "class") => (value == "tg-spoiler").then_some(value),
        _ => None,
    }
}

/// The entity of a finished tag; a link to nowhere and a custom emoji become plain text.
fn kind_of(open: &Open, covered: &str) -> Option<EntityKind> {
    Some(match open.tag.as_str() {
        "b" | "strong" => EntityKind::Bold,
        "i" | "em" => EntityKind::Italic,
        "s" | "strike" | "del" => EntityKind::Strikethrough,
        "u" | "ins" => EntityKind::Underline,
        "tg-spoiler" | "span" => EntityKind::Spoiler,
        "blockquote" if open.argument.is_some() => EntityKind::ExpandableBlockquote,
        "blockquote" => EntityKind::Blockquote,
        "pre" => EntityKind::Pre(None),
        "code" => EntityKind::Code,
        "a" => link(open.argument.as_deref().unwrap_or(covered))?,
        _ => return None,
    })
}

fn link(address: &str) -> Option<EntityKind> {
    if let Some(id) = address.strip_prefix("tg://user?id=") {
        return id.parse().ok().map(EntityKind::TextMention);
    }
    let known = ["http://", "https://", "tg://", "mailto:", "tel:", "ton://"];
    if known.iter().any(|scheme| address.starts_with(scheme)) {
        return Some(EntityKind::TextLink(address.to_owned()));
    }
    // Telegram completes a bare host name and drops what cannot be an address.
    let bare = address.contains('.') && !address.contains([' ', ':']);
    bare.then(|| EntityKind::TextLink(format!("http://{address}")))
}

/// Text with its references resolved, for attribute values.
fn decode_references(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(position) = rest.find('&') {
        let (before, from) = rest.split_at(position);
        out.push_str(before);
        let (letter, length) = decode_reference(from).unwrap_or(('&', 1));
        out.push(letter);
        rest = from.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// One reference at the start of `text`, and its length; only four have names.
fn decode_reference(text: &str) -> Option<(char, usize)> {
    for (name, letter) in [
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&amp;", '&'),
        ("&quot;", '"'),
    ] {
        if text.starts_with(name) {
            return Some((letter, name.len()));
        }
    }
    let number = text.strip_prefix("&#")?;
    let end = number
        .find(|letter: char| !letter.is_ascii_alphanumeric())
        .unwrap_or(number.len());
    let digits = number.get(..end)?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => digits.parse().ok()?,
    };
    let semicolon = usize::from(number.get(end..)?.starts_with(';'));
    let letter = char::from_u32(code).filter(|letter| *letter != '\0')?;
    Some((letter, 2 + end + semicolon))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(source: &str) -> Vec<(&'static str, usize, usize)> {
        let parsed = parse(source).unwrap();
        parsed
            .entities
            .iter()
            .map(|one| (one.kind.name(), one.offset, one.length))
            .collect()
    }

    #[test]
    fn offsets_are_counted_in_utf16_units() {
        assert_eq!(kinds("🚚 <b>Väravad</b>"), [("bold", 3, 7)]);
    }

    #[test]
    fn nested_tags_become_overlapping_entities() {
        assert_eq!(
            kinds("<b>a<i>b</i></b>"),
            [("bold", 0, 2), ("italic", 1, 1)]
        );
    }

    #[test]
    fn a_link_to_a_user_is_a_mention_of_that_user() {
        let parsed = parse("<a href=\"tg://user?id=5000000001\">Mari</a>").unwrap();
        assert_eq!(
            parsed.entities[0].kind,
            EntityKind::TextMention(5_000_000_001)
        );
    }

    #[test]
    fn code_with_a_language_inside_pre_is_one_entity() {
        let parsed = parse("<pre><code class=\"language-sql\">select 1</code></pre>").unwrap();
        assert_eq!(parsed.entities.len(), 1);
        assert_eq!(parsed.entities[0].kind, EntityKind::Pre(Some("sql".into())));
        assert_eq!(
            kinds("<code class=\"language-sql\">a</code>"),
            [("code", 0, 1)]
        );
    }

    #[test]
    fn four_names_and_numbers_are_decoded_and_others_stay() {
        assert_eq!(
            parse("&lt;&gt;&amp;&quot;&#65;&#x42;&nbsp;&").unwrap().text,
            "<>&\"AB&nbsp;&"
        );
    }

    #[test]
    fn trailing_blanks_go_and_take_their_entities_with_them() {
        let parsed = parse("yes<b> \n</b>").unwrap();
        assert_eq!(
            parsed,
            Formatted {
                text: "yes".into(),
                entities: vec![]
            }
        );
    }

    #[test]
    fn commands_mentions_and_addresses_are_found() {
        assert_eq!(
            kinds("/claim@deskbell_bot @mari_k https://example.org."),
            [("bot_command", 0, 19), ("mention", 20, 7), ("url", 28, 19)]
        );
        assert_eq!(kinds("<code>/my</code> /etc/hosts"), [("code", 0, 3)]);
    }

    #[test]
    fn refusals_are_worded_as_telegrams() {
        let refused = |source| parse(source).unwrap_err();
        assert_eq!(
            refused("x <h1>y"),
            "Unsupported start tag \"h1\" at byte offset 2"
        );
        assert_eq!(
            refused("<b>y"),
            "Can't find end tag corresponding to start tag \"b\""
        );
        assert_eq!(refused("y</b>"), "Unexpected end tag at byte offset 1");
        assert_eq!(
            refused("<b>y</i>"),
            "Unmatched end tag at byte offset 4, expected \"</b>\", found \"</i>\""
        );
        assert_eq!(refused("5 <6"), "Unclosed start tag at byte offset 2");
        assert_eq!(
            refused("a < b>"),
            "Unsupported start tag \"\" at byte offset 2"
        );
    }
}
