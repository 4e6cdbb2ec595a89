//! What an operator is told when something is wrong, and what is never told.

use super::*;

#[test]
fn every_key_that_can_be_wrong_is_named_with_its_place_and_a_remedy() {
    let wrong = [
        ("TELEGRAM_BOT_TOKEN", "123", "@BotFather"),
        ("TELEGRAM_BOT_TOKEN", "123456789:short", "35 characters"),
        ("TELEGRAM_API_URL", "api.telegram.org", "is not a URL"),
        ("TELEGRAM_API_URL", "ftp://telegram", "begins with https://"),
        ("TELEGRAM_API_URL", "https://user@telegram", "without user"),
        ("WEBHOOK_URL", "http://desk.example.com", "https:// only"),
        (
            "WEBHOOK_URL",
            "https://desk.example.com:9000",
            "443, 80, 88 and 8443",
        ),
        ("WEBHOOK_LISTEN", "8081", "an address and a port"),
        ("WEBHOOK_SECRET", "with space", "letters, digits"),
        ("DATABASE_URL", "mysql://desk", "postgres://"),
        ("DATABASE_URL", "sqlite::memory:", "the path of a file"),
        ("DATABASE_URL", "desk.db", "sqlite:path"),
        ("SLA_UNCLAIMED_NUDGE_MINUTES", "0", "from 1 to 10080"),
        ("SLA_SUMMARY_TIMEOUT_MINUTES", "ten", "whole minutes"),
        (
            "REMINDER_CHECK_INTERVAL_MINUTES",
            "10081",
            "from 1 to 10080",
        ),
        ("PLATFORM_ADMIN_IDS", "@mari", "numeric"),
        ("PLATFORM_ADMIN_IDS", "-5", "numeric"),
        ("ANTHROPIC_API_KEY", "sk one", "copy it again"),
        ("ANTHROPIC_BASE_URL", "anthropic", "is not a URL"),
        ("TRIAGE_MODEL", "claude haiku", "the name of a model"),
        ("TRIAGE_PRICES", "0.10", "two prices"),
        ("TRIAGE_DAILY_CALLS", "many", "whole number"),
        ("TRIAGE_DAILY_SPEND", "1 dollar", "with a point"),
        ("TRIAGE_TIMEOUT_SECONDS", "61", "from 1 to 60"),
        ("HEALTH_LISTEN", "8082", "an address and a port"),
        ("DASHBOARD_LISTEN", "8085", "an address and a port"),
        ("DASHBOARD_URL", "http://desk.example", "https:// address"),
        ("DASHBOARD_URL", "https://a.example/desk", "address alone"),
        ("DASHBOARD_URL", "http://localhost", "with 127.0.0.1"),
        ("LOG_LEVEL", "loud", "DEBUG, INFO"),
        ("LOG_LEVEL", "deskbell=loud", "DEBUG, INFO"),
        ("LOG_FORMAT", "xml", "text or json"),
    ];
    for (name, value, remedy) in wrong {
        let mut inputs = complete(name);
        inputs.environment.insert(name.to_owned(), value.to_owned());
        let problem = only_problem(&inputs);
        let named = format!("{name} (environment variable {name}): ");
        assert!(problem.starts_with(&named), "{problem}");
        assert!(problem.contains(remedy), "{problem}");
        let secret = KEYS.iter().any(|key| key.name == name && key.is_secret());
        assert_eq!(
            problem.contains(&format!("\"{value}\"")),
            !secret,
            "{problem}"
        );
    }
}

#[test]
fn a_missing_token_says_where_to_get_one() {
    let problem = only_problem(&Inputs::default());
    assert!(
        problem.starts_with("TELEGRAM_BOT_TOKEN: is missing"),
        "{problem}"
    );
    assert!(problem.contains("@BotFather"), "{problem}");
}

#[test]
fn all_problems_are_told_at_once() {
    let wrong = with_environment(&[("LOG_FORMAT", "xml"), ("LOG_LEVEL", "loud")]);
    assert_eq!(problems(&wrong).len(), 2);
    let told = resolve(&wrong).unwrap_err().to_string();
    assert!(
        told.contains("\n  LOG_LEVEL (") && told.contains("\n  LOG_FORMAT ("),
        "{told}"
    );
}

#[test]
fn half_a_webhook_is_refused() {
    let url = with_environment(&[("WEBHOOK_URL", "https://desk.example.com")]);
    assert!(only_problem(&url).contains("needs WEBHOOK_SECRET"));
    let secret = with_environment(&[("WEBHOOK_SECRET", "hush")]);
    assert!(only_problem(&secret).contains("needs WEBHOOK_URL"));
    let listen = with_environment(&[("DASHBOARD_LISTEN", "127.0.0.1:8085")]);
    assert!(only_problem(&listen).contains("needs DASHBOARD_URL"));
}

#[test]
fn two_databases_in_one_place_are_a_contradiction() {
    let both = with_environment(&[("DATABASE_PATH", "a.db"), ("DATABASE_URL", "sqlite:b.db")]);
    assert!(only_problem(&both).contains("keep one of the two"));
}

#[test]
fn a_secret_written_twice_in_one_place_is_a_contradiction() {
    let both = with_environment(&[("TELEGRAM_BOT_TOKEN_FILE", "/run/token")]);
    let problem = only_problem(&both);
    assert!(problem.starts_with("TELEGRAM_BOT_TOKEN ("), "{problem}");
    assert!(problem.contains("keep one of the two"), "{problem}");
}

#[test]
fn the_file_is_told_by_line_and_column() {
    let mut inputs = complete("");
    inputs.file = toml("log_level = \"INFO\"\n\nsla_summary_timeout_minutes = \"ten\"\n");
    let problem = only_problem(&inputs);
    let place = "SLA_SUMMARY_TIMEOUT_MINUTES (desk.toml, line 3, column 31): \"ten\"";
    assert!(problem.starts_with(place), "{problem}");
}

#[test]
fn an_unknown_name_in_the_file_is_refused_with_a_suggestion() {
    let told = |text: &str| {
        let mut inputs = complete("");
        inputs.file = toml(text);
        only_problem(&inputs)
    };
    let close = told("\n  log_levle = \"INFO\"");
    assert!(
        close.starts_with("log_levle (desk.toml, line 2, column 3): "),
        "{close}"
    );
    assert!(close.ends_with("did you mean log_level?"), "{close}");
    assert!(told("LOG_LEVEL = \"INFO\"").ends_with("did you mean log_level?"));
    assert!(told("log_level_file = \"x\"").contains("did you mean log_level?"));
    assert!(told("colour = \"red\"").contains("remove it"));
    assert!(told("[telegram]\ntoken = \"x\"").contains("not grouped in tables"));
}

#[test]
fn a_value_of_the_wrong_kind_is_refused() {
    let mut inputs = complete("");
    inputs.file = toml("log_level = 2026-01-01");
    assert!(only_problem(&inputs).contains("a datetime does not fit here"));
}

#[test]
fn a_file_that_is_no_toml_is_told_by_place_and_never_quoted() {
    let mut inputs = complete("TELEGRAM_BOT_TOKEN");
    inputs.file = toml(&format!(
        "log_level = \"INFO\"\ntelegram_bot_token = {TOKEN}\n"
    ));
    let told = problems(&inputs).join("\n");
    assert!(told.contains("desk.toml, line 2, column"), "{told}");
    assert!(!told.contains("AAabc"), "{told}");
}

#[test]
fn a_broken_line_of_dotenv_is_told_by_number_and_never_quoted() {
    let mut inputs = complete("");
    inputs.dotenv = toml(&format!("# fine\nTELEGRAM_BOT_TOKEN {TOKEN}\n"));
    let problem = only_problem(&inputs);
    assert!(problem.contains("line 2 cannot be read"), "{problem}");
    assert!(!problem.contains(SECRET_HALF), "{problem}");
}

#[test]
fn no_secret_is_ever_formatted() {
    let secrets: Vec<_> = KEYS
        .iter()
        .zip(SAMPLES)
        .filter(|(key, _)| key.is_secret())
        .map(|(_, (name, value))| (*name, *value))
        .chain([("WEBHOOK_URL", "https://desk.example.com")])
        .collect();
    let resolved = resolve(&with_environment(&secrets)).unwrap();
    let mut shown = format!("{resolved:?}{:#?}", resolved.config);
    for setting in &resolved.settings {
        shown.push_str(&setting.to_string());
    }
    assert!(shown.contains("TELEGRAM_BOT_TOKEN = [redacted]"), "{shown}");
    for hidden in [SECRET_HALF, "hush"] {
        assert!(!shown.contains(hidden), "{hidden} in {shown}");
    }
}

#[test]
fn a_wrong_secret_is_not_repeated_in_its_error() {
    for (name, value) in [
        ("TELEGRAM_BOT_TOKEN", "123456789 AAhush"),
        ("WEBHOOK_SECRET", "hush hush"),
        ("DATABASE_URL", "mysql://desk:hush@db"),
        ("ANTHROPIC_API_KEY", "sk hush"),
    ] {
        let mut inputs = complete(name);
        inputs.environment.insert(name.to_owned(), value.to_owned());
        let error = resolve(&inputs).unwrap_err();
        let told = format!("{error} {error:?}");
        assert!(told.contains(name) && !told.contains("hush"), "{told}");
    }
}
