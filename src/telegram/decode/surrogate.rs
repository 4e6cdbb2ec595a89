//! Halves of characters, written as JSON escapes: `"\ud83d"` without its other half.
//!
//! A JSON reader that is true to Unicode refuses the whole document over one such half. Whoever
//! wrote it, a report must not vanish because of it.

/// How long an escape is: `\uXXXX`.
const ESCAPE: usize = 6;

/// The document with the replacement character for every half that stands alone; `None` where
/// there is nothing to mend.
pub(super) fn mended(raw: &str) -> Option<String> {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    let mut lone = false;
    while let Some(position) = rest.find('\\') {
        let (before, escape) = rest.split_at(position);
        out.push_str(before);
        let length = match (half(escape), escape.get(ESCAPE..).and_then(half)) {
            (Some(Half::First), Some(Half::Second)) => 2 * ESCAPE,
            (Some(_), _) => {
                lone = true;
                out.push_str("\\ufffd");
                rest = escape.get(ESCAPE..).unwrap_or_default();
                continue;
            }
            // Whatever is escaped goes with its stroke: `\\ud83d` is no escape of a half.
            (None, _) => escape.chars().take(2).map(char::len_utf8).sum(),
        };
        let (kept, after) = escape.split_at_checked(length)?;
        out.push_str(kept);
        rest = after;
    }
    out.push_str(rest);
    lone.then_some(out)
}

/// Which half of a character an escape is.
enum Half {
    First,
    Second,
}

fn half(escape: &str) -> Option<Half> {
    let digits = escape.strip_prefix("\\u")?.get(..4)?;
    match u16::from_str_radix(digits, 16).ok()? {
        0xD800..=0xDBFF => Some(Half::First),
        0xDC00..=0xDFFF => Some(Half::Second),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_that_stands_alone_is_replaced_and_nothing_else() {
        for (raw, expected) in [
            (r#""a\ud83dz""#, Some(r#""a\ufffdz""#)),
            (r#""\ude00""#, Some(r#""\ufffd""#)),
            (r#""\ud83d\ud83d\ude00""#, Some(r#""\ufffd\ud83d\ude00""#)),
            (r#""\ud83d\n""#, Some(r#""\ufffd\n""#)),
            (r#""\ud83d\ude00""#, None),
            (r#""\\ud83d""#, None),
            (r#""\u00e4 õ \" \\""#, None),
            (r#""cut off\"#, None),
            (r#""\ud8"#, None),
        ] {
            assert_eq!(mended(raw).as_deref(), expected, "{raw}");
        }
    }
}
