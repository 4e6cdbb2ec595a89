//! The triage model: Claude, over Anthropic's Messages API. One question, one answer, no tools.
//!
//! Whatever the model says is only read here into the fields it may fill; whether it holds, the
//! domain decides. Bodies are never logged, and the key cannot be printed.

mod answer;
mod prompt;
mod request;

use std::error::Error as _;
use std::fmt;
use std::time::Duration;

use actors::ports::analyst::Identity;
use actors::ports::{Analyst, AnalystError, Inquiry, Reply, Usage};
use async_trait::async_trait;
use reqwest::header::{HeaderMap, HeaderName};
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

pub use answer::read;
pub use prompt::{PROMPT_VERSION, SYSTEM};
pub use request::schema;

/// The version of the API that is spoken (platform.claude.com, "Versions").
pub const API_VERSION: &str = "2023-06-01";

/// How long connecting may take: a bad line is noticed before the time for the answer is gone.
const CONNECT_LIMIT: Duration = Duration::from_secs(5);

/// How large an answer may be: 1,000 tokens and their wrapping are a hundredth of this.
const ANSWER_LIMIT: usize = 1 << 20;

/// What an image takes at most, in tokens: Telegram's photos are at most 1280 pixels wide.
const IMAGE_TOKENS: u64 = 2_500;

/// What a report and its surroundings take at most, in tokens: 10,000 characters of a script that
/// takes a token for each, and the instructions.
const TEXT_TOKENS: u64 = 14_000;

/// What a million tokens cost, in millionths of a currency: what a token costs is millionths of that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prices {
    /// Read.
    pub input: u64,
    /// Written.
    pub output: u64,
}

impl Prices {
    fn cost(self, input_tokens: u64, output_tokens: u64) -> u64 {
        let input = input_tokens.saturating_mul(self.input);
        let output = output_tokens.saturating_mul(self.output);
        input.saturating_add(output).div_ceil(1_000_000)
    }
}

/// How Claude is reached, and what it is told.
#[derive(Clone)]
pub struct Options {
    /// The key.
    pub api_key: SecretString,
    /// The API's address.
    pub base_url: Url,
    /// The model.
    pub model: String,
    /// What it costs.
    pub prices: Prices,
    /// What it is told, where that is not [`SYSTEM`].
    pub prompt: Option<String>,
    /// How long an answer may take.
    pub timeout: Duration,
}

/// The model.
pub struct Claude {
    http: reqwest::Client,
    options: Options,
    identity: Identity,
}

impl fmt::Debug for Claude {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let identity = &self.identity;
        write!(formatter, "Claude({} {})", identity.model, identity.prompt)
    }
}

impl Claude {
    /// A model that can be asked.
    ///
    /// # Errors
    /// When the HTTP client cannot be made.
    pub fn new(options: Options) -> Result<Self, reqwest::Error> {
        let http = reqwest::Client::builder()
            .connect_timeout(CONNECT_LIMIT)
            .timeout(options.timeout)
            // The key is not to be carried to wherever an answer points.
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(reqwest::Error::without_url)?;
        let prompt = match &options.prompt {
            None => PROMPT_VERSION.to_owned(),
            Some(own) => prompt::own_version(own),
        };
        let identity = Identity {
            model: options.model.clone(),
            prompt,
        };
        Ok(Self {
            http,
            options,
            identity,
        })
    }

    async fn ask(&self, inquiry: &Inquiry) -> Result<Heard, AnalystError> {
        let base = self.options.base_url.as_str().trim_end_matches('/');
        let system = self.options.prompt.as_deref().unwrap_or(SYSTEM);
        let body = request::body(&self.options.model, system, inquiry);
        let sent = self
            .http
            .post(format!("{base}/v1/messages"))
            .header("x-api-key", self.options.api_key.expose_secret())
            .header("anthropic-version", API_VERSION)
            .json(&body)
            .send();
        let mut response = sent.await.map_err(passing)?;
        let status = response.status().as_u16();
        let headers = response.headers();
        let request = text_of(headers, HeaderName::from_static("request-id"));
        let wait = text_of(headers, reqwest::header::RETRY_AFTER);
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(passing)? {
            body.extend_from_slice(&chunk);
            if body.len() > ANSWER_LIMIT {
                return Err(AnalystError::Malformed {
                    reason: "longer than any answer".to_owned(),
                });
            }
        }
        Ok(Heard {
            status,
            request,
            wait,
            body,
        })
    }
}

/// What came over the line.
struct Heard {
    status: u16,
    request: Option<String>,
    wait: Option<String>,
    body: Vec<u8>,
}

#[async_trait]
impl Analyst for Claude {
    async fn assess(&self, inquiry: &Inquiry) -> Reply {
        let heard = match self.ask(inquiry).await {
            Ok(heard) => heard,
            Err(error) => {
                return Reply {
                    opinion: Err(error),
                    usage: Usage::default(),
                    request: None,
                };
            }
        };
        let (opinion, input_tokens, output_tokens) =
            read(heard.status, heard.wait.as_deref(), &heard.body);
        let outcome = opinion.as_ref().map_or_else(AnalystError::name, |_| "ok");
        tracing::info!(
            request_id = heard.request.as_deref(),
            status = heard.status,
            outcome,
            input_tokens,
            output_tokens,
            "the model answered"
        );
        Reply {
            opinion,
            usage: Usage {
                input_tokens,
                output_tokens,
                micros: self.options.prices.cost(input_tokens, output_tokens),
            },
            request: heard.request,
        }
    }

    fn identity(&self) -> Identity {
        self.identity.clone()
    }

    fn dearest_call(&self) -> u64 {
        let input = TEXT_TOKENS + IMAGE_TOKENS;
        self.options.prices.cost(input, request::MAX_TOKENS)
    }
}

fn text_of(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    Some(value.chars().take(100).collect())
}

/// A fault of the line. The address says nothing that the reader does not know.
fn passing(error: reqwest::Error) -> AnalystError {
    let error = error.without_url();
    let mut reason = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        reason.push_str(": ");
        reason.push_str(&error.to_string());
        cause = error.source();
    }
    AnalystError::Transient { reason }
}
