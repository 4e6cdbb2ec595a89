//! Secrets of browsers and links: made at random, kept by others, known to the desk by digest only.

use actors::ports::SecretDigest;
use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

use super::Dashboard;
use super::sign_in::SESSION_LASTS;

/// How long a secret is, in bytes: 256 bits cannot be guessed.
const SECRET_BYTES: usize = 32;

/// How long it is when written: what is longer is none of ours, and not hashed.
const WRITTEN: usize = 43;

/// A new secret, as it is written; an error says that the machine gives no random numbers.
pub(super) fn secret() -> Result<String, getrandom::Error> {
    let mut bytes = [0; SECRET_BYTES];
    getrandom::fill(&mut bytes)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// What the desk knows a secret by; nothing for what can be none.
pub(super) fn digest(written: &str) -> Option<SecretDigest> {
    let known = written.len() == WRITTEN && written.is_ascii();
    known.then(|| {
        let digest = Sha256::digest(written.as_bytes());
        SecretDigest(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    })
}

impl Dashboard {
    /// With https a name that browsers keep to this very host. Without it, which is on this machine
    /// only, they would refuse such a cookie.
    fn cookie_name(&self) -> &'static str {
        match self.secure {
            true => "__Host-deskbell",
            false => "deskbell",
        }
    }

    /// The session that a browser says it has.
    pub(super) fn session_in(&self, headers: &HeaderMap) -> Option<SecretDigest> {
        let cookies = headers.get_all(COOKIE).iter();
        let mut pairs = cookies
            .filter_map(|it| it.to_str().ok())
            .flat_map(|it| it.split(';'))
            .filter_map(|it| it.trim().split_once('='));
        let (_, value) = pairs.find(|(name, _)| *name == self.cookie_name())?;
        digest(value)
    }

    /// Gives a browser its session, or takes it away.
    pub(super) fn cookie(&self, session: Option<&str>) -> Option<HeaderValue> {
        let name = self.cookie_name();
        let secure = if self.secure { "; Secure" } else { "" };
        let (value, age) = match session {
            Some(session) => (session, SESSION_LASTS.num_seconds()),
            None => ("", 0),
        };
        let cookie =
            format!("{name}={value}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}");
        HeaderValue::from_str(&cookie).ok()
    }
}
