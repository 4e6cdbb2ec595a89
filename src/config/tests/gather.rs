//! What is read from the machine.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use super::*;

fn gather(
    folder: &Path,
    config_file: Option<&Path>,
    variables: &[(&str, &OsStr)],
) -> Result<Inputs, ConfigError> {
    let variables = variables
        .iter()
        .map(|(name, value)| (OsString::from(name), (*value).to_owned()));
    Inputs::gather(
        BTreeMap::new(),
        config_file,
        variables,
        &folder.join(".env"),
    )
}

#[test]
fn environment_dotenv_file_and_credentials_are_all_read() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(".env", "LOG_FORMAT=json\n");
    write("desk.toml", "sla_unclaimed_nudge_minutes = 7\n");
    write("telegram-bot-token", &format!("{TOKEN}\n"));
    let file = folder.path().join("desk.toml");
    let variables = [
        ("CREDENTIALS_DIRECTORY", folder.path().as_os_str()),
        ("DATABASE_PATH", OsStr::new("near.db")),
    ];
    let inputs = gather(folder.path(), Some(&file), &variables).unwrap_or_else(|e| panic!("{e}"));
    let config = resolve(&inputs).unwrap().config;
    for (name, value) in [
        ("TELEGRAM_BOT_TOKEN", TOKEN),
        ("DATABASE_PATH", "near.db"),
        ("LOG_FORMAT", "json"),
        ("SLA_UNCLAIMED_NUDGE_MINUTES", "7"),
    ] {
        assert_eq!(held(&config, name), value, "{name}");
    }
}

#[test]
fn a_secret_file_is_read_from_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("token");
    std::fs::write(&path, TOKEN).unwrap();
    let variables = [("TELEGRAM_BOT_TOKEN_FILE", path.as_os_str())];
    let inputs = gather(folder.path(), None, &variables).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(
        resolve(&inputs).unwrap().config.telegram.token.expose(),
        TOKEN
    );
}

#[test]
fn a_config_file_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("desk.toml");
    let error = gather(folder.path(), Some(&missing), &[])
        .err()
        .unwrap()
        .to_string();
    assert!(error.contains("desk.toml: no such file"), "{error}");
}

#[test]
fn a_known_variable_that_is_no_unicode_is_refused_and_an_unknown_one_ignored() {
    let folder = tempfile::tempdir().unwrap();
    let broken = OsStr::from_bytes(b"\xff");
    assert!(gather(folder.path(), None, &[("LS_COLORS", broken)]).is_ok());
    let error = gather(folder.path(), None, &[("DATABASE_PATH", broken)]).err();
    let error = error.unwrap().to_string();
    assert!(
        error.contains("DATABASE_PATH (environment variable DATABASE_PATH)"),
        "{error}"
    );
}
