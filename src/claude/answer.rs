//! What the API answers: an opinion, or why there is none and what to do about it.

use std::time::Duration;

use actors::domain::Opinion;
use actors::ports::AnalystError;
use serde::Deserialize;

/// How long is waited where the API says "later" and not how much later.
const WAIT: Duration = Duration::from_secs(5);

/// How much of the service's words is kept.
const WORDS_LIMIT: usize = 200;

#[derive(Deserialize)]
struct Message {
    content: Vec<Block>,
    stop_reason: Option<String>,
    #[serde(default)]
    usage: Tokens,
}

/// A piece of what the model said. Others than text are none of ours.
#[derive(Deserialize)]
struct Block {
    #[serde(rename = "type")]
    kind: String,
    text: Option<String>,
}

#[derive(Deserialize, Default)]
struct Tokens {
    #[serde(default)]
    input_tokens: u64,
    #[serde(default)]
    output_tokens: u64,
    #[serde(default)]
    cache_creation_input_tokens: Option<u64>,
    #[serde(default)]
    cache_read_input_tokens: Option<u64>,
}

#[derive(Deserialize)]
struct Failure {
    error: FailureBody,
}

#[derive(Deserialize)]
struct FailureBody {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    details: Option<Details>,
}

#[derive(Deserialize)]
struct Details {
    error_code: Option<String>,
}

/// Reads an answer: the opinion, and how many tokens were read and written.
pub fn read(
    status: u16,
    retry_after: Option<&str>,
    body: &[u8],
) -> (Result<Opinion, AnalystError>, u64, u64) {
    if status != 200 {
        return (Err(failure(status, retry_after, body)), 0, 0);
    }
    let message: Message = match serde_json::from_slice(body) {
        Ok(message) => message,
        Err(_) => return (Err(malformed("not a message of this API")), 0, 0),
    };
    let tokens = &message.usage;
    let cached = tokens.cache_creation_input_tokens.unwrap_or(0)
        + tokens.cache_read_input_tokens.unwrap_or(0);
    let (input, output) = (tokens.input_tokens + cached, tokens.output_tokens);
    (opinion(&message), input, output)
}

fn opinion(message: &Message) -> Result<Opinion, AnalystError> {
    match message.stop_reason.as_deref() {
        Some("end_turn") => {}
        Some("refusal") => return Err(AnalystError::Refused),
        Some("max_tokens") => return Err(malformed("cut off at the limit of tokens")),
        _ => return Err(malformed("it ended in a way that was not asked for")),
    }
    let mut texts = message.content.iter().filter(|block| block.kind == "text");
    let text = texts.find_map(|block| block.text.as_deref());
    let text = text.ok_or_else(|| malformed("there is no text in it"))?;
    // The words themselves may quote the report, and stay out of the log.
    serde_json::from_str(text).map_err(|_| malformed("it is not of the agreed form"))
}

fn malformed(reason: &str) -> AnalystError {
    AnalystError::Malformed {
        reason: reason.to_owned(),
    }
}

fn failure(status: u16, retry_after: Option<&str>, body: &[u8]) -> AnalystError {
    let failure: Option<Failure> = serde_json::from_slice(body).ok();
    let error = failure.map(|failure| failure.error);
    let code = error.as_ref().and_then(|it| it.details.as_ref());
    let code = code.and_then(|it| it.error_code.as_deref());
    let wait = retry_after.and_then(|text| text.trim().parse::<u64>().ok());
    let wait = wait.map(Duration::from_secs);
    let reason = match &error {
        Some(error) => {
            let message: String = error.message.chars().take(WORDS_LIMIT).collect();
            format!("{} ({status}): {message}", error.kind)
        }
        None => format!("status {status}"),
    };
    match status {
        429 if code == Some("enforced_spend_limit_reached") => AnalystError::SpendLimit,
        402 => AnalystError::SpendLimit,
        429 => AnalystError::RetryAfter(wait.unwrap_or(WAIT)),
        408 | 500..=599 => match wait {
            Some(wait) => AnalystError::RetryAfter(wait),
            None => AnalystError::Transient { reason },
        },
        _ => AnalystError::Permanent { reason },
    }
}
