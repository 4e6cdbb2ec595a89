//! The bot's token, in a type that cannot be printed.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

/// Telegram promises no length. Real secrets have 35 characters; this lower bound tells a token
/// from a slip of the mouse while leaving room for other Bot API servers.
const SHORTEST_SECRET: usize = 30;

/// A bot's token. Whoever holds it is the bot, so no formatting shows it.
#[derive(Clone)]
pub struct BotToken {
    whole: SecretString,
    bot_id: i64,
}

impl BotToken {
    /// Checks that the text looks like a token of @BotFather.
    ///
    /// # Errors
    /// Says what shape is expected; never repeats the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        let parts = text.split_once(':').and_then(|(id, secret)| {
            let bot_id = id.parse::<i64>().ok().filter(|id| *id > 0)?;
            is_token_secret(secret).then_some(bot_id)
        });
        match parts {
            Some(bot_id) => Ok(Self {
                whole: SecretString::from(text),
                bot_id,
            }),
            None => Err(format!(
                "does not look like a bot token ({} characters given); it has the form \
                 123456789:AAAA... with 35 characters after the colon: copy it whole from @BotFather",
                text.chars().count()
            )),
        }
    }

    /// The token itself, for the one client that talks to Telegram.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.whole.expose_secret()
    }

    /// The bot's user id, the public half of the token.
    #[must_use]
    pub const fn bot_id(&self) -> i64 {
        self.bot_id
    }
}

impl fmt::Debug for BotToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "BotToken({}:[REDACTED])", self.bot_id)
    }
}

fn is_token_secret(text: &str) -> bool {
    text.len() >= SHORTEST_SECRET && text.bytes().all(is_token_byte)
}

/// Whether a byte may stand after the colon of a token.
pub(crate) const fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}
