//! What an operator can set: one schema, read once at start from every place it may be written.
//!
//! A setting has one name everywhere: `LOG_LEVEL` in the environment, `log_level` in the TOML file,
//! `--log-level` on the command line. Where it is set several times, the first of these wins:
//! command line, systemd credential, environment, `.env`, TOML file, default.
//!
//! [`resolve`] is a pure function of [`Inputs`], so tests need no process environment;
//! [`Inputs::of_process`] is the only place of the program that reads the real one.

mod file;
mod gather;
mod key;
mod parse;
mod problem;
mod resolve;
mod secret;
mod source;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;
use url::Url;

pub use key::{KEYS, Key};
pub use problem::{ConfigError, Problem};
pub use resolve::{Resolved, Setting, resolve, resolve_log, resolve_look, resolve_triage};
pub use secret::BotToken;
pub(crate) use secret::is_token_byte;
pub use source::{Inputs, Origin, TextFile};

/// Everything the service was told, checked.
#[derive(Debug, Clone)]
pub struct Config {
    /// How Telegram is reached.
    pub telegram: Telegram,
    /// Where incidents are kept.
    pub database: Database,
    /// The clocks of a group that has chosen none of its own.
    pub sla: Sla,
    /// Telegram users who approve new groups; when empty, a new group needs no approval.
    pub platform_admin_ids: BTreeSet<i64>,
    /// How Claude is reached.
    pub anthropic: Anthropic,
    /// What triage uses and may spend.
    pub triage: Triage,
    /// Where health and metrics are shown; absent: nowhere.
    pub health_listen: Option<SocketAddr>,
    /// Where the dashboard is; absent: there is none.
    pub dashboard: Option<Dashboard>,
    /// What is logged, and how it looks.
    pub log: Log,
}

/// How Telegram is reached.
#[derive(Debug, Clone)]
pub struct Telegram {
    /// The bot's token from @BotFather.
    pub token: BotToken,
    /// Telegram's Bot API, or a local Bot API server.
    pub api_url: Url,
    /// Set: updates arrive by webhook. Absent: by long polling.
    pub webhook: Option<Webhook>,
}

/// Where Telegram delivers updates.
#[derive(Debug, Clone)]
pub struct Webhook {
    /// The public address that is registered with Telegram.
    pub url: Url,
    /// The local address that the service listens on.
    pub listen: SocketAddr,
    /// What every genuine delivery carries in `X-Telegram-Bot-Api-Secret-Token`.
    pub secret: SecretString,
}

/// Where incidents are kept.
#[derive(Debug, Clone)]
pub enum Database {
    /// A SQLite file.
    Sqlite(PathBuf),
    /// A PostgreSQL database, by a URL that may hold a password.
    Postgres(SecretString),
}

/// The clocks of a group that has chosen none of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sla {
    /// How long an incident may stay unclaimed before its department is nudged.
    pub unclaimed_nudge: Duration,
    /// How long a resolver may take to write the summary.
    pub summary_timeout: Duration,
    /// How often the safety sweep looks for a timer that was missed; timers themselves are exact.
    pub sweep_interval: Duration,
}

/// How Claude is reached.
#[derive(Debug, Clone)]
pub struct Anthropic {
    /// Absent: no triage by the model, rules rate.
    pub api_key: Option<SecretString>,
    /// Claude's API.
    pub base_url: Url,
}

/// What triage uses and may spend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Triage {
    /// The model.
    pub model: String,
    /// What a million tokens cost, read and written, in millionths of a currency.
    pub prices: (u64, u64),
    /// Where the operator's own instructions for the model stand.
    pub prompt_path: Option<PathBuf>,
    /// How many calls a company may make in 24 hours.
    pub daily_calls: u64,
    /// How much it may spend, in millionths of the currency.
    pub daily_micros: u64,
    /// How long one call may take.
    pub timeout: Duration,
}

/// Where the dashboard is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dashboard {
    /// The local address that the service listens on.
    pub listen: SocketAddr,
    /// The address that people open.
    pub url: Url,
}

/// What is logged, and how it looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// A filter in the syntax of `tracing`, already checked.
    pub filter: String,
    /// The form of a line.
    pub format: LogFormat,
    /// What the environment says about where standard output leads.
    pub surroundings: Surroundings,
}

/// The form of a log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for collectors.
    Json,
}

/// What the environment says about where standard output leads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// `JOURNAL_STREAM`: the journal's stream as `device:inode`, set by systemd.
    pub journal_stream: Option<String>,
    /// `NO_COLOR` is set to something (no-color.org).
    pub no_color: bool,
}
