//! The line to the Bot API: one way of calling it, whatever the method.
//!
//! teloxide gives the bot (token, address, HTTP client) and the types of requests; the call itself
//! is made here. teloxide's own sending waits ten seconds inside the call when a proxy answers 5xx,
//! loses an error whose `parameters` it does not know, never tells the status code, and recognises
//! errors by literals that Telegram has since changed. An outbox that must know whether a message
//! may have arrived, and a loop that tells "wrong token" from "another poller", need all four.
//!
//! Neither the token nor a message's words ever stand in an error: URLs are stripped from the
//! HTTP client's errors, and answers that cannot be read are described, not quoted.

mod classify;
mod fault;
#[cfg(test)]
mod tests;

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use actors::domain::PersonId;
use actors::ports::Clock;
use chrono::{DateTime, TimeDelta, Utc};
use reqwest::multipart::{Form, Part};
use reqwest::{RequestBuilder, Url};
use secrecy::{ExposeSecret, SecretString};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use teloxide::Bot;
use teloxide::requests::Payload;

use super::text::Attachment;

pub use fault::Fault;

/// How long a call may take in all: Telegram holds an overloaded bot's call for about 3 s, and a
/// bad line needs a few tries of TCP.
pub const CALL_TIMEOUT: Duration = Duration::from_secs(20);

/// How long the line waits for the other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// For a connection to come about: a bad line is found out before people wonder.
    pub connect: Duration,
    /// For a call in all.
    pub call: Duration,
    /// For updates, in whole seconds: so long Telegram is asked to hold a poll.
    pub hold: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            call: CALL_TIMEOUT,
            // Telegram's own limit.
            hold: Duration::from_secs(50),
        }
    }
}

impl Timeouts {
    /// For a poll in all: what Telegram holds it, and the way there and back.
    pub(super) fn poll(&self) -> Duration {
        self.hold.saturating_add(self.connect)
    }
}

/// How many connections are kept for the calls to come: for the answers to a race of fifty, and what is
/// polled and delivered meanwhile. Each holds some twenty kilobytes, with TLS some more.
const KEPT_CONNECTIONS: usize = 64;

/// How much of an answer is read: Telegram cuts its longest, a batch of updates, at 4 MB.
const ANSWER_LIMIT: usize = 8 * 1024 * 1024;

/// How long a call with a file may take in all: a picture of a few hundred KB on a bad line.
const UPLOAD_TIMEOUT: Duration = Duration::from_secs(60);

/// The moment before the first round trip.
const NEVER: i64 = i64::MIN;

/// Calls that name no chat and have no limit of their own: told to wait with one of these, the bot
/// has to wait with everything.
const WITHOUT_CHAT: [&str; 2] = ["answerCallbackQuery", "getUpdates"];

/// The bot, as Telegram knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Me {
    /// Its number.
    pub id: PersonId,
    /// Its username without the `@`.
    pub username: String,
}

/// Why a call gave no result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The Bot API answered that it will not: nothing was done.
    #[error("{method} was refused: {fault}")]
    Refused {
        /// Of which call.
        method: String,
        /// In its words.
        fault: Fault,
    },
    /// The call never left: nothing was done.
    #[error("{method} did not reach the Bot API: {reason}")]
    NotSent {
        /// Of which call.
        method: String,
        /// What happened.
        reason: String,
    },
    /// The answer is missing or unreadable: it may have been done.
    #[error("{method} has no answer, it may have been done: {reason}")]
    Unanswered {
        /// Of which call.
        method: String,
        /// What happened.
        reason: String,
    },
}

impl CallError {
    /// What the Bot API said, if it said something.
    #[must_use]
    pub fn fault(&self) -> Option<&Fault> {
        match self {
            Self::Refused { fault, .. } => Some(fault),
            Self::NotSent { .. } | Self::Unanswered { .. } => None,
        }
    }
}

/// The HTTP client could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the HTTP client could not be made; are the system's root certificates installed?")]
pub struct ClientError(#[source] reqwest::Error);

/// The line to the Bot API.
pub struct Client {
    bot: Bot,
    clock: Arc<dyn Clock>,
    timeouts: Timeouts,
    last_round_trip: AtomicI64,
    /// Until when the bot was told to wait with everything.
    flooded_until: AtomicI64,
}

/// teloxide's `Bot` prints its token.
impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("api_host", &self.bot.api_url().host_str())
            .finish_non_exhaustive()
    }
}

impl Client {
    /// A line for the bot of that token to the Bot API server at that address.
    ///
    /// # Errors
    /// When the HTTP client cannot be made.
    pub fn new(
        token: &SecretString,
        api_url: Url,
        clock: Arc<dyn Clock>,
        timeouts: Timeouts,
    ) -> Result<Self, ClientError> {
        let http = reqwest::Client::builder()
            .connect_timeout(timeouts.connect)
            .timeout(timeouts.call)
            // The address holds the token: it is not to be carried to wherever an answer points.
            .redirect(reqwest::redirect::Policy::none())
            .tcp_nodelay(true)
            .pool_max_idle_per_host(KEPT_CONNECTIONS)
            .build()
            .map_err(|error| ClientError(error.without_url()))?;
        Ok(Self {
            bot: Bot::with_client(token.expose_secret(), http).set_api_url(api_url),
            clock,
            timeouts,
            last_round_trip: AtomicI64::new(NEVER),
            flooded_until: AtomicI64::new(NEVER),
        })
    }

    /// Who the bot is.
    ///
    /// # Errors
    /// A [`CallError`]; a wrong token is a fault that [`Fault::is_token_refused`].
    pub async fn get_me(&self) -> Result<Me, CallError> {
        #[derive(Deserialize)]
        struct Account {
            id: i64,
            username: String,
        }
        let account: Account = self.send(&teloxide::payloads::GetMe::new()).await?;
        Ok(Me {
            id: PersonId(account.id),
            username: account.username,
        })
    }

    /// How long the line waits.
    pub(super) fn timeouts(&self) -> Timeouts {
        self.timeouts
    }

    /// When the Bot API last answered: what a watchdog wants to know.
    #[must_use]
    pub fn last_round_trip(&self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp_millis(self.last_round_trip.load(Ordering::Relaxed))
    }

    /// How long the bot was told to wait with everything, from now on.
    #[must_use]
    pub fn flooded(&self) -> Option<Duration> {
        let until = DateTime::from_timestamp_millis(self.flooded_until.load(Ordering::Relaxed))?;
        let wait = (until - self.clock.now()).to_std().ok()?;
        (!wait.is_zero()).then_some(wait)
    }

    fn note_flood(&self, method: &str, fault: &Fault) {
        let Some(wait) = fault.retry_after.filter(|_| WITHOUT_CHAT.contains(&method)) else {
            return;
        };
        tracing::warn!(method, ?wait, "Telegram wants to be left alone");
        let wait = TimeDelta::from_std(wait).unwrap_or_default();
        let until = (self.clock.now() + wait).timestamp_millis();
        self.flooded_until.fetch_max(until, Ordering::Relaxed);
    }

    /// Makes the call of a teloxide payload and reads of its result what `T` asks for: a result
    /// must not be lost, and a message be sent twice, because a type knows too little of it.
    pub(super) async fn send<P, T>(&self, payload: &P) -> Result<T, CallError>
    where
        P: Payload + Serialize + Sync,
        T: DeserializeOwned,
    {
        self.call(&documented_name(P::NAME), payload, self.timeouts.call)
            .await
    }

    /// Makes the call of a teloxide payload of which nothing but success is of interest.
    pub(super) async fn order<P>(&self, payload: &P, timeout: Duration) -> Result<(), CallError>
    where
        P: Payload + Serialize + Sync,
    {
        let timeout = timeout.min(self.timeouts.call);
        self.call(&documented_name(P::NAME), payload, timeout)
            .await
            .map(|IgnoredAny| ())
    }

    /// Makes the call of a teloxide payload that brings a file along, which it names
    /// `attach://` and the part's name.
    pub(super) async fn upload<P, T>(
        &self,
        payload: &P,
        (part, file): (&'static str, &Attachment),
    ) -> Result<T, CallError>
    where
        P: Payload + Serialize + Sync,
        T: DeserializeOwned,
    {
        let method = documented_name(P::NAME);
        let form = form(payload)
            .and_then(|form| Ok(form.part(part, upload_part(file)?)))
            .map_err(|reason| CallError::NotSent {
                method: method.clone(),
                reason,
            })?;
        self.call_with(&method, UPLOAD_TIMEOUT, |request| request.multipart(form))
            .await
    }

    /// Makes a call, with that long for all of it.
    pub(super) async fn call<T: DeserializeOwned>(
        &self,
        method: &str,
        payload: &(impl Serialize + Sync),
        timeout: Duration,
    ) -> Result<T, CallError> {
        self.call_with(method, timeout, |request| request.json(payload))
            .await
    }

    async fn call_with<T: DeserializeOwned>(
        &self,
        method: &str,
        timeout: Duration,
        fill: impl FnOnce(RequestBuilder) -> RequestBuilder + Send,
    ) -> Result<T, CallError> {
        let answer = self
            .exchange(method, timeout, fill)
            .await
            .map_err(|error| {
                let never_left = error.is_connect() || error.is_builder();
                let (method, reason) = (method.to_owned(), describe(error));
                if never_left {
                    CallError::NotSent { method, reason }
                } else {
                    CallError::Unanswered { method, reason }
                }
            })?;
        self.open(method, &answer)
    }

    async fn exchange(
        &self,
        method: &str,
        timeout: Duration,
        fill: impl FnOnce(RequestBuilder) -> RequestBuilder + Send,
    ) -> Result<Answer, reqwest::Error> {
        let request = self.bot.client().post(self.address(method));
        let mut response = fill(request.timeout(timeout)).send().await?;
        let status = response.status().as_u16();
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            body.extend_from_slice(&chunk);
            if body.len() > ANSWER_LIMIT {
                break;
            }
        }
        Ok(Answer { status, body })
    }

    /// Downloads a file of the Bot API, if it is no larger than that.
    pub(super) async fn download(
        &self,
        path: &str,
        limit: usize,
        timeout: Duration,
    ) -> Option<Vec<u8>> {
        let base = self.bot.api_url();
        let base = base.as_str().trim_end_matches('/');
        let address = format!("{base}/file/bot{}/{path}", self.bot.token());
        let get = self.bot.client().get(address).timeout(timeout);
        let mut response = get.send().await.ok()?.error_for_status().ok()?;
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.ok()? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > limit {
                return None;
            }
        }
        Some(bytes)
    }

    fn address(&self, method: &str) -> String {
        let base = self.bot.api_url();
        let base = base.as_str().trim_end_matches('/');
        format!("{base}/bot{}/{method}", self.bot.token())
    }

    fn open<T: DeserializeOwned>(&self, method: &str, answer: &Answer) -> Result<T, CallError> {
        let unanswered = |what: &str| CallError::Unanswered {
            method: method.to_owned(),
            reason: format!("{what} (status {})", answer.status),
        };
        let envelope: Envelope<'_> = serde_json::from_slice(&answer.body)
            .map_err(|_| unanswered("what answered is not a Bot API server"))?;
        self.last_round_trip
            .store(self.clock.now().timestamp_millis(), Ordering::Relaxed);
        if !envelope.ok {
            let fault = Fault::read(&envelope, answer.status);
            self.note_flood(method, &fault);
            let method = method.to_owned();
            return Err(CallError::Refused { method, fault });
        }
        let result = envelope.result.map_or("null", RawValue::get);
        serde_json::from_str(result).map_err(|_| unanswered("the result has another shape"))
    }
}

struct Answer {
    status: u16,
    body: Vec<u8>,
}

/// What every answer is wrapped in.
#[derive(Deserialize)]
struct Envelope<'a> {
    ok: bool,
    #[serde(borrow)]
    result: Option<&'a RawValue>,
    error_code: Option<i64>,
    description: Option<String>,
    parameters: Option<serde_json::Value>,
}

/// teloxide names methods `SendMessage`; the documentation says `sendMessage`, and not every
/// server takes both.
fn documented_name(name: &str) -> String {
    let mut characters = name.chars();
    characters
        .next()
        .map(|first| first.to_ascii_lowercase())
        .into_iter()
        .chain(characters)
        .collect()
}

/// A payload as the fields of a multipart form: what is no text stands there as JSON.
fn form(payload: &impl Serialize) -> Result<Form, String> {
    let fields = serde_json::to_value(payload).map_err(|error| error.to_string())?;
    let serde_json::Value::Object(fields) = fields else {
        return Err("the payload is no object".to_owned());
    };
    let given = fields.into_iter().filter(|(_, value)| !value.is_null());
    Ok(given.fold(Form::new(), |form, (name, value)| match value {
        serde_json::Value::String(text) => form.text(name, text),
        other => form.text(name, other.to_string()),
    }))
}

fn upload_part(file: &Attachment) -> Result<Part, String> {
    Part::bytes(file.bytes.clone())
        .file_name(file.name.clone())
        .mime_str(file.media_type)
        .map_err(|error| error.to_string())
}

/// An HTTP error and all its causes, without the address, since that holds the token.
fn describe(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        words.push_str(": ");
        words.push_str(&error.to_string());
        cause = error.source();
    }
    words
}
