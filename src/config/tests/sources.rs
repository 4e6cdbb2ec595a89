//! Where a value may come from, and which source wins.

use std::io;

use super::*;

#[test]
fn the_samples_cover_the_schema() {
    let sampled: Vec<_> = SAMPLES.iter().map(|(name, _)| *name).collect();
    let known: Vec<_> = KEYS.iter().map(|key| key.name).collect();
    assert_eq!(sampled, known);
}

#[test]
fn a_flag_is_the_keys_name_with_dashes() {
    for key in KEYS.iter().filter(|key| !key.is_secret()) {
        assert_eq!(key.flag, Some(key.credential_name().as_str()));
    }
}

/// Resolves with the sample of each key in one source, and compares value and origin.
fn every_key_from(
    applies: fn(&Key) -> bool,
    put: impl Fn(&mut Inputs, &'static Key, &str),
    origin: impl Fn(&'static Key) -> Origin,
) {
    for (key, (name, value)) in KEYS.iter().zip(SAMPLES).filter(|(key, _)| applies(key)) {
        let mut inputs = complete(name);
        put(&mut inputs, key, value);
        let resolved = resolve(&inputs).unwrap();
        assert_eq!(held(&resolved.config, name), *value, "{name}");
        assert_eq!(setting(&resolved, name).origin, origin(key), "{name}");
    }
}

#[test]
fn every_key_can_be_set_in_the_environment() {
    every_key_from(
        |_| true,
        |inputs, key, value| {
            inputs
                .environment
                .insert(key.name.to_owned(), value.to_owned());
        },
        |key| Origin::Environment(key.name.to_owned()),
    );
}

#[test]
fn every_key_can_be_set_in_dotenv() {
    every_key_from(
        |_| true,
        |inputs, key, value| inputs.dotenv = toml(&format!("{}='{value}'\n", key.name)),
        |key| Origin::Dotenv(key.name.to_owned()),
    );
}

#[test]
fn every_key_can_be_set_in_the_file() {
    every_key_from(
        |_| true,
        |inputs, key, value| {
            inputs.file = toml(&format!("# a remark\n{} = \"{value}\"\n", key.file_name()));
        },
        |key| Origin::File {
            path: PathBuf::from("desk.toml"),
            line: 2,
            column: key.name.len() + 4,
        },
    );
}

#[test]
fn every_key_that_is_no_secret_can_be_set_by_a_flag() {
    every_key_from(
        |key| !key.is_secret(),
        |inputs, key, value| {
            inputs.flags.insert(key.name, value.to_owned());
        },
        |key| Origin::Flag(key.flag.unwrap()),
    );
}

#[test]
fn every_secret_can_be_a_systemd_credential() {
    every_key_from(
        Key::is_secret,
        |inputs, key, value| {
            inputs
                .credentials
                .insert(key.credential_name(), format!("{value}\n"));
        },
        |key| Origin::Credential(key.credential_name()),
    );
}

#[test]
fn every_secret_can_be_in_a_file_that_the_environment_names() {
    every_key_from(
        Key::is_secret,
        |inputs, key, _| {
            inputs
                .environment
                .insert(key.path_name(), format!("/run/{}", key.name));
            inputs.read_secret = |path| {
                let name = path.file_name().unwrap().to_str().unwrap();
                let sample = SAMPLES.iter().find(|(sample, _)| *sample == name);
                Ok(format!("{}\n", sample.unwrap().1))
            };
        },
        |key| Origin::Environment(key.path_name()),
    );
}

#[test]
fn a_secret_can_be_in_a_file_that_the_toml_file_names() {
    let mut inputs = complete("TELEGRAM_BOT_TOKEN");
    inputs.file = toml("telegram_bot_token_file = \"/run/token\"");
    inputs.read_secret = |_| Ok(TOKEN.to_owned());
    assert_eq!(
        resolve(&inputs).unwrap().config.telegram.token.expose(),
        TOKEN
    );
}

#[test]
fn numbers_and_lists_need_no_quotes_in_the_file() {
    let mut inputs = complete("");
    inputs.file = toml("sla_unclaimed_nudge_minutes = 30\nplatform_admin_ids = [5, 6]");
    let config = resolve(&inputs).unwrap().config;
    assert_eq!(held(&config, "SLA_UNCLAIMED_NUDGE_MINUTES"), "30");
    assert_eq!(held(&config, "PLATFORM_ADMIN_IDS"), "5,6");
}

#[test]
fn the_stronger_source_wins() {
    let mut inputs = complete("");
    let minutes = |inputs: &Inputs| {
        let config = resolve(inputs).unwrap().config;
        held(&config, "SLA_UNCLAIMED_NUDGE_MINUTES")
    };
    assert_eq!(minutes(&inputs), "10");
    inputs.file = toml("sla_unclaimed_nudge_minutes = 1");
    assert_eq!(minutes(&inputs), "1");
    inputs.dotenv = toml("SLA_UNCLAIMED_NUDGE_MINUTES=2");
    assert_eq!(minutes(&inputs), "2");
    let name = "SLA_UNCLAIMED_NUDGE_MINUTES";
    inputs.environment.insert(name.to_owned(), "3".to_owned());
    assert_eq!(minutes(&inputs), "3");
    inputs.flags.insert(name, "4".to_owned());
    assert_eq!(minutes(&inputs), "4");
}

#[test]
fn a_credential_is_stronger_than_the_environment() {
    let mut inputs = complete("");
    let other = TOKEN.replace("123456789", "987654321");
    inputs
        .credentials
        .insert("telegram-bot-token".to_owned(), other.clone());
    assert_eq!(
        resolve(&inputs).unwrap().config.telegram.token.expose(),
        other
    );
}

#[test]
fn an_empty_value_counts_as_not_given() {
    let config = resolve(&with_environment(&[
        ("LOG_FORMAT", ""),
        ("DATABASE_URL", " "),
    ]));
    let config = config.unwrap().config;
    assert_eq!(config.log.format, LogFormat::Text);
    assert_eq!(held(&config, "DATABASE_PATH"), "incidents.db");
}

#[test]
fn the_stronger_of_the_two_names_of_the_database_decides() {
    let mut inputs = with_environment(&[("DATABASE_PATH", "near.db")]);
    inputs.file = toml("database_url = \"postgres://far/desk\"");
    let resolved = resolve(&inputs).unwrap();
    assert_eq!(held(&resolved.config, "DATABASE_PATH"), "near.db");
    let overruled = setting(&resolved, "DATABASE_URL").to_string();
    assert!(overruled.contains("not used"), "{overruled}");
}

#[test]
fn a_database_url_may_name_a_sqlite_file() {
    for url in ["sqlite:data/desk.db", "sqlite://data/desk.db"] {
        let config = resolve(&with_environment(&[("DATABASE_URL", url)]))
            .unwrap()
            .config;
        assert_eq!(held(&config, "DATABASE_URL"), "data/desk.db");
    }
}

#[test]
fn without_a_webhook_url_updates_are_polled() {
    assert!(
        resolve(&complete(""))
            .unwrap()
            .config
            .telegram
            .webhook
            .is_none()
    );
}

#[test]
fn a_local_bot_api_server_may_deliver_without_tls_to_any_port() {
    let config = resolve(&with_environment(&[
        ("TELEGRAM_API_URL", "http://127.0.0.1:8081"),
        ("WEBHOOK_URL", "http://127.0.0.1:9000/hook"),
        ("WEBHOOK_SECRET", "hush"),
    ]));
    let config = config.unwrap().config;
    assert_eq!(held(&config, "WEBHOOK_URL"), "http://127.0.0.1:9000/hook");
}

#[test]
fn log_levels_go_by_the_names_of_python_and_of_tracing() {
    let filter = |level| {
        resolve(&with_environment(&[("LOG_LEVEL", level)]))
            .unwrap()
            .config
            .log
            .filter
    };
    assert_eq!(filter("INFO"), "warn,deskbell=info,actors=info");
    assert_eq!(filter("Warning"), "warn,deskbell=warn,actors=warn");
    assert_eq!(filter("CRITICAL"), "error");
    assert_eq!(filter("debug"), "warn,deskbell=debug,actors=debug");
    assert_eq!(filter("WARNING,sqlx=debug"), "warn,sqlx=debug");
}

#[test]
fn the_demo_needs_no_token_to_know_how_to_log() {
    let mut inputs = Inputs::default();
    inputs
        .environment
        .insert("NO_COLOR".to_owned(), "1".to_owned());
    inputs
        .environment
        .insert("JOURNAL_STREAM".to_owned(), "8:42".to_owned());
    let log = resolve_log(&inputs).unwrap();
    assert_eq!(log.format, LogFormat::Text);
    assert!(log.surroundings.no_color);
    assert_eq!(log.surroundings.journal_stream.as_deref(), Some("8:42"));
}

#[test]
fn a_secret_file_that_cannot_be_read_is_named() {
    let mut inputs = complete("TELEGRAM_BOT_TOKEN");
    let name = "TELEGRAM_BOT_TOKEN_FILE".to_owned();
    inputs.environment.insert(name, "/run/none".to_owned());
    inputs.read_secret = |_| Err(io::ErrorKind::PermissionDenied.into());
    let problem = only_problem(&inputs);
    assert!(
        problem.starts_with("TELEGRAM_BOT_TOKEN_FILE ("),
        "{problem}"
    );
    assert!(
        problem.contains("cannot read /run/none: permission denied"),
        "{problem}"
    );
    inputs.read_secret = |_| Ok("\n".to_owned());
    assert!(only_problem(&inputs).contains("/run/none is empty"));
}
