//! Each key from each source, which source wins, and that every error names its key.

mod errors;
mod example;
mod gather;
mod sources;

use std::path::PathBuf;

use secrecy::ExposeSecret;

use super::*;

const TOKEN: &str = "123456789:AAabcdefghijklmnopqrstuvwxyz_012345";
const SECRET_HALF: &str = "AAabcdefghijklmnopqrstuvwxyz_012345";

/// A value for each key that is not its default, and that stands alone beside a token.
const SAMPLES: &[(&str, &str)] = &[
    ("TELEGRAM_BOT_TOKEN", TOKEN),
    ("TELEGRAM_API_URL", "http://127.0.0.1:8082/"),
    ("WEBHOOK_URL", "https://desk.example.com/hook"),
    ("WEBHOOK_LISTEN", "0.0.0.0:9000"),
    ("WEBHOOK_SECRET", "hush_hush-1"),
    ("DATABASE_PATH", "/srv/desk.db"),
    ("DATABASE_URL", "postgres://desk:hush@db.example.com/desk"),
    ("SLA_UNCLAIMED_NUDGE_MINUTES", "7"),
    ("SLA_SUMMARY_TIMEOUT_MINUTES", "8"),
    ("REMINDER_CHECK_INTERVAL_MINUTES", "9"),
    ("PLATFORM_ADMIN_IDS", "11,22"),
    ("ANTHROPIC_API_KEY", "sk-hush"),
    ("ANTHROPIC_BASE_URL", "http://127.0.0.1:8083/"),
    ("TRIAGE_MODEL", "claude-sonnet-5-5"),
    ("TRIAGE_PRICES", "2/10"),
    ("TRIAGE_PROMPT_PATH", "/etc/deskbell/prompt.txt"),
    ("TRIAGE_DAILY_CALLS", "7"),
    ("TRIAGE_DAILY_SPEND", "2.500000"),
    ("TRIAGE_TIMEOUT_SECONDS", "9"),
    ("HEALTH_LISTEN", "127.0.0.1:9090"),
    ("DASHBOARD_LISTEN", "127.0.0.1:9091"),
    ("DASHBOARD_URL", "https://desk.example.com/"),
    ("LOG_LEVEL", "deskbell=trace"),
    ("LOG_FORMAT", "json"),
];

/// The value that the finished configuration holds for a key.
fn held(config: &Config, name: &str) -> String {
    let webhook = || config.telegram.webhook.as_ref().unwrap();
    let minutes = |duration: Duration| (duration.as_secs() / 60).to_string();
    match name {
        "TELEGRAM_BOT_TOKEN" => config.telegram.token.expose().to_owned(),
        "TELEGRAM_API_URL" => config.telegram.api_url.to_string(),
        "WEBHOOK_URL" => webhook().url.to_string(),
        "WEBHOOK_LISTEN" => webhook().listen.to_string(),
        "WEBHOOK_SECRET" => webhook().secret.expose_secret().to_owned(),
        "DATABASE_PATH" | "DATABASE_URL" => match &config.database {
            Database::Sqlite(path) => path.display().to_string(),
            Database::Postgres(url) => url.expose_secret().to_owned(),
        },
        "SLA_UNCLAIMED_NUDGE_MINUTES" => minutes(config.sla.unclaimed_nudge),
        "SLA_SUMMARY_TIMEOUT_MINUTES" => minutes(config.sla.summary_timeout),
        "REMINDER_CHECK_INTERVAL_MINUTES" => minutes(config.sla.sweep_interval),
        "PLATFORM_ADMIN_IDS" => {
            let ids: Vec<_> = config
                .platform_admin_ids
                .iter()
                .map(i64::to_string)
                .collect();
            ids.join(",")
        }
        "ANTHROPIC_API_KEY" => {
            let key = config.anthropic.api_key.as_ref();
            key.unwrap().expose_secret().to_owned()
        }
        "ANTHROPIC_BASE_URL" => config.anthropic.base_url.to_string(),
        "HEALTH_LISTEN" => config.health_listen.unwrap().to_string(),
        "DASHBOARD_LISTEN" => config.dashboard.as_ref().unwrap().listen.to_string(),
        "DASHBOARD_URL" => config.dashboard.as_ref().unwrap().url.to_string(),
        "TRIAGE_MODEL" => config.triage.model.clone(),
        "TRIAGE_PRICES" => {
            let (input, output) = config.triage.prices;
            format!("{}/{}", input / 1_000_000, output / 1_000_000)
        }
        "TRIAGE_PROMPT_PATH" => {
            let path = config.triage.prompt_path.as_ref();
            path.unwrap().display().to_string()
        }
        "TRIAGE_DAILY_CALLS" => config.triage.daily_calls.to_string(),
        "TRIAGE_DAILY_SPEND" => {
            let micros = config.triage.daily_micros;
            format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000)
        }
        "TRIAGE_TIMEOUT_SECONDS" => config.triage.timeout.as_secs().to_string(),
        "LOG_LEVEL" => config.log.filter.clone(),
        "LOG_FORMAT" => format!("{:?}", config.log.format).to_lowercase(),
        other => panic!("the test does not know {other}"),
    }
}

/// Inputs that lack nothing: a token, and the other half of what goes together when one half is
/// looked at.
fn complete(name: &str) -> Inputs {
    let mut inputs = Inputs::default();
    let mut need = |key: &str, value: &str| {
        if key != name {
            inputs.environment.insert(key.to_owned(), value.to_owned());
        }
    };
    need("TELEGRAM_BOT_TOKEN", TOKEN);
    if name.starts_with("WEBHOOK") {
        need("WEBHOOK_URL", "https://other.example.com/");
        need("WEBHOOK_SECRET", "other");
    }
    if name.starts_with("DASHBOARD") {
        need("DASHBOARD_LISTEN", "127.0.0.1:1");
        need("DASHBOARD_URL", "https://other.example.com/");
    }
    inputs
}

fn with_environment(pairs: &[(&str, &str)]) -> Inputs {
    let mut inputs = complete("");
    for (name, value) in pairs {
        inputs
            .environment
            .insert((*name).to_owned(), (*value).to_owned());
    }
    inputs
}

fn toml(text: &str) -> Option<TextFile> {
    Some(TextFile {
        path: PathBuf::from("desk.toml"),
        text: text.to_owned(),
    })
}

fn setting(resolved: &Resolved, name: &str) -> Setting {
    let found = resolved
        .settings
        .iter()
        .find(|setting| setting.name == name);
    found.unwrap().clone()
}

fn problems(inputs: &Inputs) -> Vec<String> {
    let error = resolve(inputs).unwrap_err();
    error.problems.iter().map(ToString::to_string).collect()
}

fn only_problem(inputs: &Inputs) -> String {
    let [problem] = <[String; 1]>::try_from(problems(inputs)).unwrap();
    problem
}
