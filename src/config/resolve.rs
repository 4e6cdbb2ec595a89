//! From what was written in several places to the one configuration that holds.

use std::fmt;

use super::key::{self, KEYS, Key};
use super::problem::{ConfigError, Problem};
use super::source::{Given, Inputs, Layer, Origin};
use super::{
    Anthropic, BotToken, Config, Dashboard, Database, Log, Sla, Telegram, Triage, Webhook, parse,
};

/// What a secret looks like to whoever asks for the configuration.
const REDACTED: &str = "[redacted]";

/// The configuration, and where each of its values was written.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// The configuration.
    pub config: Config,
    /// One entry for each key of the schema, in its order.
    pub settings: Vec<Setting>,
}

/// What `deskbell config check` tells about one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The key's name in the environment.
    pub name: &'static str,
    /// The value, or a stand-in for a secret; absent when it is not set.
    pub shown: Option<String>,
    /// Where it was written.
    pub origin: Origin,
}

impl fmt::Display for Setting {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(shown) = &self.shown else {
            return write!(formatter, "{} is not set", self.name);
        };
        write!(formatter, "{} = {shown}  ({})", self.name, self.origin)
    }
}

/// Settles every setting and checks it.
///
/// # Errors
/// All that is wrong, at once: each problem names its key, its place and what to do.
pub fn resolve(inputs: &Inputs) -> Result<Resolved, ConfigError> {
    let mut reader = Reader::new(inputs);
    let telegram = reader.telegram();
    let database = reader.database();
    let sla = reader.sla();
    let platform_admin_ids = reader.optional(&key::PLATFORM_ADMIN_IDS, parse::user_ids);
    let anthropic = reader.anthropic();
    let triage = reader.triage();
    let health_listen = reader.optional(&key::HEALTH_LISTEN, parse::health_address);
    let dashboard = reader.dashboard();
    let log = reader.log(inputs);
    let settings = reader.settings();
    let config = || {
        Some(Config {
            telegram: telegram?,
            database: database?,
            sla: sla?,
            platform_admin_ids: platform_admin_ids.unwrap_or_default(),
            anthropic: anthropic?,
            triage: triage?,
            health_listen,
            dashboard,
            log: log?,
        })
    };
    reader
        .finish(config())
        .map(|config| Resolved { config, settings })
}

/// Settles only what triage needs, for commands that look through reports and nothing else.
///
/// # Errors
/// As [`resolve`], for the settings of triage and for sources that cannot be read.
pub fn resolve_triage(inputs: &Inputs) -> Result<(Anthropic, Triage), ConfigError> {
    let mut reader = Reader::new(inputs);
    let anthropic = reader.anthropic();
    let triage = reader.triage();
    reader.finish(anthropic.zip(triage))
}

/// Settles only where the database is, and how to reach Telegram where that is wanted, for commands
/// that look and do not serve.
///
/// # Errors
/// As [`resolve`], for those settings and for sources that cannot be read.
pub fn resolve_look(
    inputs: &Inputs,
    telegram_too: bool,
) -> Result<(Database, Option<Telegram>), ConfigError> {
    let mut reader = Reader::new(inputs);
    let database = reader.database();
    let settled = match telegram_too {
        true => database.zip(reader.telegram().map(Some)),
        false => database.map(|database| (database, None)),
    };
    reader.finish(settled)
}

/// Settles only how to log, for commands that need nothing else.
///
/// # Errors
/// As [`resolve`], for the settings of logging and for sources that cannot be read.
pub fn resolve_log(inputs: &Inputs) -> Result<Log, ConfigError> {
    let mut reader = Reader::new(inputs);
    let log = reader.log(inputs);
    reader.finish(log)
}

/// Takes settings out of the layers and collects what is wrong with them.
struct Reader {
    layers: Vec<Layer>,
    problems: Vec<Problem>,
}

impl Reader {
    fn new(inputs: &Inputs) -> Self {
        let (layers, problems) = inputs.layers();
        Self { layers, problems }
    }

    fn telegram(&mut self) -> Option<Telegram> {
        let token = self.token();
        let api_url = self.defaulted(&key::TELEGRAM_API_URL, parse::service_url)?;
        let webhook = self.webhook(&api_url);
        Some(Telegram {
            token: token?,
            api_url,
            webhook,
        })
    }

    fn token(&mut self) -> Option<BotToken> {
        let key = key::TELEGRAM_BOT_TOKEN;
        let has_problem = self
            .problems
            .iter()
            .any(|problem| problem.key.starts_with(key.name));
        if self.given(&key).is_none() && !has_problem {
            let message = "is missing: get a token from @BotFather in Telegram and set it in the \
                           environment, as telegram_bot_token in the file of --config, or by \
                           TELEGRAM_BOT_TOKEN_FILE (to look around without one: deskbell demo)";
            self.problems.push(Problem::new(key.name, None, message));
        }
        self.optional(&key, BotToken::parse)
    }

    fn webhook(&mut self, api_url: &url::Url) -> Option<Webhook> {
        let both = (&key::WEBHOOK_URL, &key::WEBHOOK_SECRET);
        self.go_together(both, "for long polling");
        let url = self.optional(&key::WEBHOOK_URL, |text| parse::webhook_url(text, api_url));
        let listen = self.defaulted(&key::WEBHOOK_LISTEN, parse::listen_address);
        let secret = self.optional(&key::WEBHOOK_SECRET, parse::webhook_secret);
        Some(Webhook {
            url: url?,
            listen: listen?,
            secret: secret?,
        })
    }

    fn dashboard(&mut self) -> Option<Dashboard> {
        let both = (&key::DASHBOARD_LISTEN, &key::DASHBOARD_URL);
        self.go_together(both, "for no dashboard");
        let listen = self.optional(both.0, parse::dashboard_address);
        let url = self.optional(both.1, parse::dashboard_url);
        Some(Dashboard {
            listen: listen?,
            url: url?,
        })
    }

    /// Two settings of which one makes no sense alone.
    fn go_together(&mut self, (one, other): (&Key, &Key), without: &str) {
        let (one_given, other_given) = (self.given(one).is_some(), self.given(other).is_some());
        if one_given != other_given {
            let (present, missing) = match one_given {
                true => (one, other),
                false => (other, one),
            };
            let origin = self.given(present).map(|given| given.origin.clone());
            let message = format!(
                "needs {} beside it; {without} set neither of the two",
                missing.name
            );
            self.problems
                .push(Problem::new(present.name, origin, message));
        }
    }

    /// Two names for one thing: the stronger source decides, a tie is a contradiction.
    fn database(&mut self) -> Option<Database> {
        let path_rank = self.rank(&key::DATABASE_PATH);
        let url_rank = self.rank(&key::DATABASE_URL);
        if url_rank == path_rank && url_rank.is_some() {
            let origin = self
                .given(&key::DATABASE_URL)
                .map(|given| given.origin.clone());
            let message = "DATABASE_PATH is set in the same place: keep one of the two";
            self.problems
                .push(Problem::new(key::DATABASE_URL.name, origin, message));
            return None;
        }
        if self.url_decides() {
            self.optional(&key::DATABASE_URL, parse::database_url)
        } else {
            self.defaulted(&key::DATABASE_PATH, parse::sqlite_path)
        }
    }

    fn url_decides(&self) -> bool {
        match (
            self.rank(&key::DATABASE_URL),
            self.rank(&key::DATABASE_PATH),
        ) {
            (Some(url), Some(path)) => url < path,
            (url, _) => url.is_some(),
        }
    }

    fn sla(&mut self) -> Option<Sla> {
        let unclaimed_nudge = self.defaulted(&key::SLA_UNCLAIMED_NUDGE_MINUTES, parse::minutes);
        let summary_timeout = self.defaulted(&key::SLA_SUMMARY_TIMEOUT_MINUTES, parse::minutes);
        let sweep_interval = self.defaulted(&key::REMINDER_CHECK_INTERVAL_MINUTES, parse::minutes);
        Some(Sla {
            unclaimed_nudge: unclaimed_nudge?,
            summary_timeout: summary_timeout?,
            sweep_interval: sweep_interval?,
        })
    }

    fn anthropic(&mut self) -> Option<Anthropic> {
        let api_key = self.optional(&key::ANTHROPIC_API_KEY, parse::api_key);
        let base_url = self.defaulted(&key::ANTHROPIC_BASE_URL, parse::service_url)?;
        Some(Anthropic { api_key, base_url })
    }

    fn triage(&mut self) -> Option<Triage> {
        let model = self.defaulted(&key::TRIAGE_MODEL, parse::model);
        let prices = self.defaulted(&key::TRIAGE_PRICES, parse::prices);
        let prompt_path = self.optional(&key::TRIAGE_PROMPT_PATH, parse::path);
        let daily_calls = self.defaulted(&key::TRIAGE_DAILY_CALLS, parse::calls);
        let daily_micros = self.defaulted(&key::TRIAGE_DAILY_SPEND, parse::amount);
        let timeout = self.defaulted(&key::TRIAGE_TIMEOUT_SECONDS, parse::call_seconds);
        Some(Triage {
            model: model?,
            prices: prices?,
            prompt_path,
            daily_calls: daily_calls?,
            daily_micros: daily_micros?,
            timeout: timeout?,
        })
    }

    fn log(&mut self, inputs: &Inputs) -> Option<Log> {
        let filter = self.defaulted(&key::LOG_LEVEL, parse::log_filter);
        let format = self.defaulted(&key::LOG_FORMAT, parse::log_format);
        Some(Log {
            filter: filter?,
            format: format?,
            surroundings: inputs.surroundings(),
        })
    }

    /// How strong the source that sets this key is; lower is stronger.
    fn rank(&self, key: &Key) -> Option<usize> {
        self.layers
            .iter()
            .position(|layer| layer.contains_key(key.name))
    }

    fn given(&self, key: &Key) -> Option<&Given> {
        self.layers.iter().find_map(|layer| layer.get(key.name))
    }

    /// The value of a key that may be unset.
    fn optional<T>(
        &mut self,
        key: &Key,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let given = self.given(key)?;
        match parse(&given.value) {
            Ok(value) => Some(value),
            Err(expected) => {
                let message = if key.is_secret() {
                    expected
                } else {
                    format!("\"{}\" cannot be used: {expected}", given.value)
                };
                let problem = Problem::new(key.name, Some(given.origin.clone()), message);
                self.problems.push(problem);
                None
            }
        }
    }

    /// The value of a key that has a default.
    fn defaulted<T>(
        &mut self,
        key: &Key,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        if self.given(key).is_some() {
            return self.optional(key, parse);
        }
        key.default.and_then(|text| parse(text).ok())
    }

    fn settings(&self) -> Vec<Setting> {
        KEYS.iter().map(|key| self.setting(key)).collect()
    }

    fn setting(&self, key: &Key) -> Setting {
        let given = self.given(key);
        let (written, origin) = match given {
            Some(given) => (Some(given.value.as_str()), given.origin.clone()),
            None => (key.default, Origin::Default),
        };
        let overruled = match key.name {
            name if name == key::DATABASE_PATH.name => self.url_decides(),
            name if name == key::DATABASE_URL.name => given.is_some() && !self.url_decides(),
            _ => false,
        };
        let shown = match written {
            Some(_) if overruled => Some("(not used: the database is set elsewhere)".to_owned()),
            Some(_) if key.is_secret() => Some(REDACTED.to_owned()),
            written => written.map(str::to_owned),
        };
        Setting {
            name: key.name,
            shown,
            origin,
        }
    }

    fn finish<T>(self, value: Option<T>) -> Result<T, ConfigError> {
        match value {
            Some(value) if self.problems.is_empty() => Ok(value),
            _ => Err(ConfigError {
                problems: self.problems,
            }),
        }
    }
}
