//! From text to a value. An error says what was expected; the caller adds which setting it was.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;
use tracing_subscriber::EnvFilter;
use url::Url;

use super::{Database, LogFormat};

/// A clock of a week or more is a slip: such an incident would in effect never be chased.
const LONGEST_MINUTES: u64 = 7 * 24 * 60;
const SECONDS_A_MINUTE: u64 = 60;
/// A minute: who reported has gone back to work by then.
const LONGEST_CALL_SECONDS: u64 = 60;
/// Names of models have some twenty characters.
const LONGEST_MODEL: usize = 100;
/// What Telegram accepts as a webhook's secret token.
const LONGEST_WEBHOOK_SECRET: usize = 256;
/// The ports that Telegram's own servers deliver to.
const TELEGRAM_PORTS: [u16; 4] = [443, 80, 88, 8443];
/// Telegram's own Bot API; elsewhere its rules for webhooks do not hold.
const TELEGRAM_HOST: &str = "api.telegram.org";
/// Our own packages, to which a plain level applies.
const OUR_TARGETS: [&str; 2] = ["deskbell", "actors"];

pub(super) fn minutes(text: &str) -> Result<Duration, String> {
    match text.parse::<u64>() {
        Ok(minutes @ 1..=LONGEST_MINUTES) => Ok(Duration::from_secs(minutes * SECONDS_A_MINUTE)),
        _ => Err(format!(
            "give whole minutes, from 1 to {LONGEST_MINUTES} (a week)"
        )),
    }
}

pub(super) fn user_ids(text: &str) -> Result<BTreeSet<i64>, String> {
    text.split(',')
        .map(str::trim)
        .filter(|id| !id.is_empty())
        .map(|id| id.parse::<i64>().ok().filter(|id| *id > 0))
        .collect::<Option<_>>()
        .ok_or_else(|| {
            "give numeric Telegram user ids with commas between, such as 1234567,7654321 \
             (not @names)"
                .to_owned()
        })
}

pub(super) fn listen_address(text: &str) -> Result<SocketAddr, String> {
    text.parse()
        .map_err(|_| "give an address and a port, such as 127.0.0.1:8081".to_owned())
}

pub(super) fn health_address(text: &str) -> Result<SocketAddr, String> {
    text.parse()
        .map_err(|_| "give an address and a port, such as 127.0.0.1:8082".to_owned())
}

pub(super) fn dashboard_address(text: &str) -> Result<SocketAddr, String> {
    text.parse()
        .map_err(|_| "give an address and a port, such as 127.0.0.1:8085".to_owned())
}

/// Sessions are cookies, which go to whoever answers at the address: so it is https, or this
/// machine, and nobody else's path. Telegram takes no button that leads to `localhost`.
pub(super) fn dashboard_url(text: &str) -> Result<Url, String> {
    let url = service_url(text)?;
    let local = match url.host() {
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        _ => false,
    };
    if url.scheme() != "https" && !local {
        return Err(
            "give an https:// address (http:// only with 127.0.0.1, to try it on this machine)"
                .to_owned(),
        );
    }
    if url.path() != "/" {
        return Err("give the address alone, such as https://desk.example.com".to_owned());
    }
    Ok(url)
}

pub(super) fn service_url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("is not a URL ({error})"))?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err("give an address that begins with https:// (or http://)".to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
        return Err("give the plain address, without user, ? or #".to_owned());
    }
    Ok(url)
}

/// Telegram's servers deliver to https on four ports only; a local server is free of that.
pub(super) fn webhook_url(text: &str, api_url: &Url) -> Result<Url, String> {
    let url = service_url(text)?;
    if api_url.host_str() != Some(TELEGRAM_HOST) {
        return Ok(url);
    }
    if url.scheme() != "https" {
        return Err("Telegram delivers to https:// only".to_owned());
    }
    match url.port_or_known_default() {
        Some(port) if TELEGRAM_PORTS.contains(&port) => Ok(url),
        _ => Err("Telegram delivers to the ports 443, 80, 88 and 8443 only".to_owned()),
    }
}

pub(super) fn webhook_secret(text: &str) -> Result<SecretString, String> {
    let allowed = text.bytes().all(super::is_token_byte);
    if allowed && (1..=LONGEST_WEBHOOK_SECRET).contains(&text.len()) {
        Ok(SecretString::from(text))
    } else {
        Err(format!(
            "use 1 to {LONGEST_WEBHOOK_SECRET} letters, digits, _ and - \
             (for instance the output of `openssl rand -hex 32`)"
        ))
    }
}

pub(super) fn api_key(text: &str) -> Result<SecretString, String> {
    if text.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(SecretString::from(text))
    } else {
        Err("holds spaces or other characters that no key has: copy it again".to_owned())
    }
}

pub(super) fn model(text: &str) -> Result<String, String> {
    let named = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:@/".contains(&byte);
    if !text.is_empty() && text.len() <= LONGEST_MODEL && text.bytes().all(named) {
        Ok(text.to_owned())
    } else {
        Err("give the name of a model, such as claude-haiku-5-5".to_owned())
    }
}

/// An amount of money, in millionths.
pub(super) fn amount(text: &str) -> Result<u64, String> {
    let expected = || "give an amount with a point, such as 1.00".to_owned();
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 6 || part.len() > 6 || !digits(whole) || !digits(part) {
        return Err(expected());
    }
    let micros = format!("{whole}{part:0<6}");
    micros.parse().map_err(|_| expected())
}

pub(super) fn prices(text: &str) -> Result<(u64, u64), String> {
    let prices = text.split_once('/').and_then(|(input, output)| {
        Some((amount(input.trim()).ok()?, amount(output.trim()).ok()?))
    });
    prices.ok_or_else(|| {
        "give two prices of a million tokens, read and written, such as 0.10/0.50".to_owned()
    })
}

pub(super) fn calls(text: &str) -> Result<u64, String> {
    text.parse::<u32>()
        .map(u64::from)
        .map_err(|_| "give a whole number of calls, 0 for none".to_owned())
}

pub(super) fn call_seconds(text: &str) -> Result<Duration, String> {
    match text.parse::<u64>() {
        Ok(seconds @ 1..=LONGEST_CALL_SECONDS) => Ok(Duration::from_secs(seconds)),
        _ => Err(format!(
            "give whole seconds, from 1 to {LONGEST_CALL_SECONDS}: nobody waits longer for a question"
        )),
    }
}

#[allow(clippy::unnecessary_wraps)] // one signature for every parser
pub(super) fn path(text: &str) -> Result<PathBuf, String> {
    Ok(PathBuf::from(text))
}

#[allow(clippy::unnecessary_wraps)] // one signature for every parser
pub(super) fn sqlite_path(text: &str) -> Result<Database, String> {
    Ok(Database::Sqlite(PathBuf::from(text)))
}

pub(super) fn database_url(text: &str) -> Result<Database, String> {
    const EXPECTED: &str = "give postgres://user:password@host/database or sqlite:path";
    if let Some(path) = text.strip_prefix("sqlite:") {
        let path = path.strip_prefix("//").unwrap_or(path);
        if path.is_empty() || path.starts_with(':') || path.contains('?') {
            return Err("give sqlite: and the path of a file, without parameters".to_owned());
        }
        return sqlite_path(path);
    }
    let url = Url::parse(text).map_err(|error| format!("is not a URL ({error}): {EXPECTED}"))?;
    match url.scheme() {
        "postgres" | "postgresql" => Ok(Database::Postgres(SecretString::from(text))),
        _ => Err(EXPECTED.to_owned()),
    }
}

pub(super) fn log_format(text: &str) -> Result<LogFormat, String> {
    match text.to_ascii_lowercase().as_str() {
        "text" => Ok(LogFormat::Text),
        "json" => Ok(LogFormat::Json),
        _ => Err("give text or json".to_owned()),
    }
}

/// A plain level, also by Python's names, applies to Deskbell; the libraries below it say no more
/// than warnings, because their other lines are about themselves. Anything else is a filter in the
/// syntax of `tracing`.
pub(super) fn log_filter(text: &str) -> Result<String, String> {
    match level(text) {
        Some(quiet @ ("error" | "off")) => return Ok(quiet.to_owned()),
        Some(level) => {
            let [desk, actors] = OUR_TARGETS.map(|target| format!("{target}={level}"));
            return Ok(format!("warn,{desk},{actors}"));
        }
        None => {}
    }
    // `EnvFilter` takes a bare unknown word for the name of a module and logs all of it.
    let parts: Option<Vec<&str>> = text
        .split(',')
        .map(|part| {
            if part.contains('=') {
                Some(part)
            } else {
                level(part)
            }
        })
        .collect();
    parts
        .map(|parts| parts.join(","))
        .filter(|filter| EnvFilter::builder().parse(filter).is_ok())
        .ok_or_else(|| {
            "give DEBUG, INFO, WARNING, ERROR, or a filter such as deskbell=debug,sqlx=warn".into()
        })
}

fn level(name: &str) -> Option<&'static str> {
    match name.trim().to_ascii_lowercase().as_str() {
        "trace" | "notset" => Some("trace"),
        "debug" => Some("debug"),
        "info" => Some("info"),
        "warn" | "warning" => Some("warn"),
        "error" | "critical" | "fatal" => Some("error"),
        "off" => Some("off"),
        _ => None,
    }
}
