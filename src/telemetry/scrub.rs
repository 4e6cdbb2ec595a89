//! The last line of defence for the bot's token: whatever a library logs, it does not get out.
//!
//! The token is part of every Bot API address, so one careless error message would print it.

use std::borrow::Cow;
use std::io::{self, Write};

use tracing_subscriber::fmt::MakeWriter;

use crate::config::is_token_byte;

/// What stands in the log instead of a token.
const BLOT: &[u8] = b"[token]";
/// The shape of a token is digits, a colon, and at least this many letters, digits, `_` or `-`;
/// shorter than any real one, longer than a time of day or a port.
const SHORTEST_SECRET: usize = 30;
const FEWEST_DIGITS: usize = 6;

/// Makes writers that blot out tokens.
pub(super) struct Scrubbed<W>(pub(super) W);

impl<'a, W: MakeWriter<'a>> MakeWriter<'a> for Scrubbed<W> {
    type Writer = ScrubbingWriter<W::Writer>;

    fn make_writer(&'a self) -> Self::Writer {
        ScrubbingWriter(self.0.make_writer())
    }
}

/// Blots out tokens. The formatter writes each line whole, so a token is never cut in two.
pub(super) struct ScrubbingWriter<W>(W);

impl<W: Write> Write for ScrubbingWriter<W> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0.write_all(&scrub(line))?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn scrub(line: &[u8]) -> Cow<'_, [u8]> {
    let mut clean: Option<Vec<u8>> = None;
    let mut rest = line;
    while let Some((before, after)) = next_token(rest) {
        let clean = clean.get_or_insert_default();
        clean.extend_from_slice(before);
        clean.extend_from_slice(BLOT);
        rest = after;
    }
    match clean {
        None => Cow::Borrowed(line),
        Some(mut clean) => {
            clean.extend_from_slice(rest);
            Cow::Owned(clean)
        }
    }
}

/// What is before and after the first token.
fn next_token(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let colons = text.iter().enumerate().filter(|(_, byte)| **byte == b':');
    colons.map(|(colon, _)| colon).find_map(|colon| {
        let (left, right) = (text.get(..colon)?, text.get(colon + 1..)?);
        let digits = left
            .iter()
            .rev()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let secret = right
            .iter()
            .take_while(|byte| is_token_byte(**byte))
            .count();
        if digits < FEWEST_DIGITS || secret < SHORTEST_SECRET {
            return None;
        }
        Some((left.get(..colon - digits)?, right.get(secret..)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scrubbed(text: &str) -> String {
        String::from_utf8(scrub(text.as_bytes()).into_owned()).unwrap()
    }

    #[test]
    fn every_token_of_a_line_is_blotted_out() {
        let secret = "AAabcdefghijklmnopqrstuvwxyz_0-2345";
        assert_eq!(
            scrubbed(&format!("a bot123456789:{secret}/x b 987654:{secret}")),
            "a bot[token]/x b [token]"
        );
    }

    #[test]
    fn what_only_resembles_a_token_stays() {
        for text in [
            "at 12:30:59 on 127.0.0.1:8081",
            "1234567:tooshort",
            "12345:AAabcdefghijklmnopqrstuvwxyz_0-2345",
            "ends with a colon 123456:",
            "",
        ] {
            assert_eq!(scrubbed(text), text);
        }
    }
}
