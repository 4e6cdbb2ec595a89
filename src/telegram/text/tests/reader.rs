//! Reads Telegram HTML as strictly as Telegram does, to prove that a text would be taken.

/// What a reader of the message sees, and what is alive in it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Read {
    pub(super) text: String,
    pub(super) tags: Vec<String>,
}

impl Read {
    /// The length as Telegram counts it.
    pub(super) fn units(&self) -> usize {
        self.text.encode_utf16().count()
    }
}

/// The tags that the desk uses, as Telegram writes them.
const TAGS: [&str; 5] = ["b", "i", "code", "a", "blockquote"];

/// Reads a text; says what Telegram would refuse.
pub(super) fn read(html: &str) -> Result<Read, String> {
    let mut read = Read::default();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(position) = rest.find(['<', '&', '>']) {
        let (before, from) = rest.split_at(position);
        read.text.push_str(before);
        rest = if let Some(tag) = from.strip_prefix("</") {
            let (name, after) = tag.split_once('>').ok_or("unclosed end tag")?;
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes nothing"));
            }
            after
        } else if let Some(tag) = from.strip_prefix('<') {
            let (tag, after) = tag.split_once('>').ok_or("unclosed tag")?;
            open.push(opened(tag)?);
            read.tags.push(tag.to_owned());
            after
        } else if from.starts_with('&') {
            let (entity, after) = from.split_once(';').ok_or("bare ampersand")?;
            read.text.push(character(entity)?);
            after
        } else {
            return Err("bare >".to_owned());
        };
    }
    read.text.push_str(rest);
    if open.is_empty() {
        Ok(read)
    } else {
        Err(format!("left open: {open:?}"))
    }
}

fn opened(tag: &str) -> Result<&str, String> {
    let (name, attribute) = tag.split_once(' ').unwrap_or((tag, ""));
    let fits = match (name, attribute) {
        ("a", link) => {
            let address = link
                .strip_prefix("href=\"")
                .and_then(|rest| rest.strip_suffix('"'));
            address.is_some_and(|address| !address.contains('"') && !address.is_empty())
        }
        ("blockquote", "" | "expandable") => true,
        (_, attribute) => attribute.is_empty(),
    };
    if fits && TAGS.contains(&name) {
        Ok(name)
    } else {
        Err(format!("<{tag}> is no tag"))
    }
}

fn character(entity: &str) -> Result<char, String> {
    match entity {
        "&lt" => Ok('<'),
        "&gt" => Ok('>'),
        "&amp" => Ok('&'),
        "&quot" => Ok('"'),
        _ => Err(format!("{entity}; is no entity")),
    }
}

/// What Telegram's clients would make alive in a plain text: the rules of its own parser, as far
/// as a desk's reports can meet them.
pub(super) fn live_pieces(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    for (index, character) in characters.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| characters[before]);
        let after = characters.get(index + 1).copied();
        let word_before = before.is_some_and(|before| before.is_alphanumeric() || before == '_');
        let word_after = after.is_some_and(|after| after.is_alphanumeric() || after == '_');
        let alive = match character {
            '@' => word_after,
            '/' => word_after && !word_before || after == Some('/'),
            '#' => word_after,
            '$' => after.is_some_and(|after| after.is_ascii_uppercase()),
            '.' => word_before && after.is_some_and(char::is_alphanumeric),
            _ => false,
        };
        if alive {
            let from = index.saturating_sub(5);
            found.push(characters[from..].iter().take(20).collect());
        }
    }
    found
}

#[test]
fn it_refuses_what_telegram_refuses() {
    for html in [
        "<b>",
        "</b>",
        "<b><i></b></i>",
        "a & b",
        "a > b",
        "<script>x</script>",
        "<a href=\"\">x</a>",
        "&nbsp;",
        "<b",
    ] {
        assert!(read(html).is_err(), "{html}");
    }
    let taken = read("<b>a</b> &lt;<a href=\"tg://user?id=1\">😀</a>").unwrap();
    assert_eq!(taken.text, "a <😀");
    assert_eq!(taken.units(), 5);
}
