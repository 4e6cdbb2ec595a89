//! The schema: every setting, once. Flags, environment, file and `config check` are read from it.

/// One setting.
#[derive(Debug)]
pub struct Key {
    /// The name in the environment; lower-cased it is the name in the file.
    pub name: &'static str,
    /// The command-line flag. A secret has none: the process list shows command lines to everybody.
    pub flag: Option<&'static str>,
    /// What stands for the value in `--help`.
    pub placeholder: &'static str,
    /// What holds when nothing was set.
    pub default: Option<&'static str>,
    /// One line for `--help`.
    pub help: &'static str,
}

impl Key {
    /// Whether the value is never shown, and may also come from a file or a systemd credential.
    #[must_use]
    pub const fn is_secret(&self) -> bool {
        self.flag.is_none()
    }

    /// The name in the TOML file.
    #[must_use]
    pub fn file_name(&self) -> String {
        self.name.to_ascii_lowercase()
    }

    /// The name of the systemd credential that may hold this secret.
    #[must_use]
    pub fn credential_name(&self) -> String {
        self.file_name().replace('_', "-")
    }

    /// The name that holds the path of a file with this secret.
    #[must_use]
    pub fn path_name(&self) -> String {
        format!("{}{PATH_SUFFIX}", self.name)
    }
}

/// `NAME_FILE` is how container platforms hand over secrets.
pub(super) const PATH_SUFFIX: &str = "_FILE";

pub(super) const TELEGRAM_BOT_TOKEN: Key = Key {
    name: "TELEGRAM_BOT_TOKEN",
    flag: None,
    placeholder: "TOKEN",
    default: None,
    help: "The bot's token from @BotFather (required)",
};

pub(super) const TELEGRAM_API_URL: Key = Key {
    name: "TELEGRAM_API_URL",
    flag: Some("telegram-api-url"),
    placeholder: "URL",
    default: Some("https://api.telegram.org"),
    help: "Telegram's Bot API, or a local Bot API server",
};

pub(super) const WEBHOOK_URL: Key = Key {
    name: "WEBHOOK_URL",
    flag: Some("webhook-url"),
    placeholder: "URL",
    default: None,
    help: "Public https address for Telegram's deliveries; without it, long polling",
};

pub(super) const WEBHOOK_LISTEN: Key = Key {
    name: "WEBHOOK_LISTEN",
    flag: Some("webhook-listen"),
    placeholder: "ADDRESS",
    default: Some("127.0.0.1:8081"),
    help: "Local address and port that receives the webhook",
};

pub(super) const WEBHOOK_SECRET: Key = Key {
    name: "WEBHOOK_SECRET",
    flag: None,
    placeholder: "SECRET",
    default: None,
    help: "Proves that a delivery comes from Telegram (required with WEBHOOK_URL)",
};

pub(super) const DATABASE_PATH: Key = Key {
    name: "DATABASE_PATH",
    flag: Some("database-path"),
    placeholder: "PATH",
    default: Some("incidents.db"),
    help: "SQLite file with the incidents; created when missing",
};

pub(super) const DATABASE_URL: Key = Key {
    name: "DATABASE_URL",
    flag: None,
    placeholder: "URL",
    default: None,
    help: "Instead of DATABASE_PATH: postgres://user:password@host/database, or sqlite:path",
};

pub(super) const SLA_UNCLAIMED_NUDGE_MINUTES: Key = Key {
    name: "SLA_UNCLAIMED_NUDGE_MINUTES",
    flag: Some("sla-unclaimed-nudge-minutes"),
    placeholder: "MINUTES",
    default: Some("10"),
    help: "An incident unclaimed for this long nudges its department",
};

pub(super) const SLA_SUMMARY_TIMEOUT_MINUTES: Key = Key {
    name: "SLA_SUMMARY_TIMEOUT_MINUTES",
    flag: Some("sla-summary-timeout-minutes"),
    placeholder: "MINUTES",
    default: Some("10"),
    help: "A resolved incident without a summary is closed after this long",
};

pub(super) const REMINDER_CHECK_INTERVAL_MINUTES: Key = Key {
    name: "REMINDER_CHECK_INTERVAL_MINUTES",
    flag: Some("reminder-check-interval-minutes"),
    placeholder: "MINUTES",
    default: Some("5"),
    help: "How often the safety sweep looks for a missed timer; timers are exact",
};

pub(super) const PLATFORM_ADMIN_IDS: Key = Key {
    name: "PLATFORM_ADMIN_IDS",
    flag: Some("platform-admin-ids"),
    placeholder: "IDS",
    default: None,
    help: "Telegram user ids, comma separated, who approve new groups; without them no approval",
};

pub(super) const ANTHROPIC_API_KEY: Key = Key {
    name: "ANTHROPIC_API_KEY",
    flag: None,
    placeholder: "KEY",
    default: None,
    help: "Key for triage by Claude; without it, groups that chose Claude are rated by rules",
};

pub(super) const ANTHROPIC_BASE_URL: Key = Key {
    name: "ANTHROPIC_BASE_URL",
    flag: Some("anthropic-base-url"),
    placeholder: "URL",
    default: Some("https://api.anthropic.com"),
    help: "Claude's API, or a stand-in for it",
};

pub(super) const TRIAGE_MODEL: Key = Key {
    name: "TRIAGE_MODEL",
    flag: Some("triage-model"),
    placeholder: "MODEL",
    default: Some("claude-haiku-5-5"),
    help: "The model that looks through reports",
};

pub(super) const TRIAGE_PRICES: Key = Key {
    name: "TRIAGE_PRICES",
    flag: Some("triage-prices"),
    placeholder: "IN/OUT",
    default: Some("0.10/0.50"),
    help: "What a million tokens of that model cost, read and written",
};

pub(super) const TRIAGE_PROMPT_PATH: Key = Key {
    name: "TRIAGE_PROMPT_PATH",
    flag: Some("triage-prompt-path"),
    placeholder: "PATH",
    default: None,
    help: "File with instructions for the model instead of those that are built in",
};

pub(super) const TRIAGE_DAILY_CALLS: Key = Key {
    name: "TRIAGE_DAILY_CALLS",
    flag: Some("triage-daily-calls"),
    placeholder: "CALLS",
    default: Some("500"),
    help: "How many calls a company may make in 24 hours",
};

pub(super) const TRIAGE_DAILY_SPEND: Key = Key {
    name: "TRIAGE_DAILY_SPEND",
    flag: Some("triage-daily-spend"),
    placeholder: "AMOUNT",
    default: Some("1.00"),
    help: "How much a company may spend in 24 hours, in the currency of the prices",
};

pub(super) const TRIAGE_TIMEOUT_SECONDS: Key = Key {
    name: "TRIAGE_TIMEOUT_SECONDS",
    flag: Some("triage-timeout-seconds"),
    placeholder: "SECONDS",
    default: Some("20"),
    help: "How long one call may take",
};

pub(super) const HEALTH_LISTEN: Key = Key {
    name: "HEALTH_LISTEN",
    flag: Some("health-listen"),
    placeholder: "ADDRESS",
    default: None,
    help: "Local address and port that shows /health and /metrics; without it, nowhere",
};

pub(super) const DASHBOARD_LISTEN: Key = Key {
    name: "DASHBOARD_LISTEN",
    flag: Some("dashboard-listen"),
    placeholder: "ADDRESS",
    default: None,
    help: "Local address and port of the dashboard; without it, there is none",
};

pub(super) const DASHBOARD_URL: Key = Key {
    name: "DASHBOARD_URL",
    flag: Some("dashboard-url"),
    placeholder: "URL",
    default: None,
    help: "Public https address of the dashboard (required with DASHBOARD_LISTEN)",
};

pub(super) const LOG_LEVEL: Key = Key {
    name: "LOG_LEVEL",
    flag: Some("log-level"),
    placeholder: "LEVEL",
    default: Some("INFO"),
    help: "DEBUG, INFO, WARNING, ERROR, or a filter such as deskbell=debug,sqlx=warn",
};

pub(super) const LOG_FORMAT: Key = Key {
    name: "LOG_FORMAT",
    flag: Some("log-format"),
    placeholder: "FORMAT",
    default: Some("text"),
    help: "text for people, json for collectors",
};

/// Every setting, in the order in which it is explained.
pub const KEYS: &[Key] = &[
    TELEGRAM_BOT_TOKEN,
    TELEGRAM_API_URL,
    WEBHOOK_URL,
    WEBHOOK_LISTEN,
    WEBHOOK_SECRET,
    DATABASE_PATH,
    DATABASE_URL,
    SLA_UNCLAIMED_NUDGE_MINUTES,
    SLA_SUMMARY_TIMEOUT_MINUTES,
    REMINDER_CHECK_INTERVAL_MINUTES,
    PLATFORM_ADMIN_IDS,
    ANTHROPIC_API_KEY,
    ANTHROPIC_BASE_URL,
    TRIAGE_MODEL,
    TRIAGE_PRICES,
    TRIAGE_PROMPT_PATH,
    TRIAGE_DAILY_CALLS,
    TRIAGE_DAILY_SPEND,
    TRIAGE_TIMEOUT_SECONDS,
    HEALTH_LISTEN,
    DASHBOARD_LISTEN,
    DASHBOARD_URL,
    LOG_LEVEL,
    LOG_FORMAT,
];
