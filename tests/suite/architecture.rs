//! The nevers that the compiler cannot hold, each as a test over the sources.

use std::fs;
use std::path::{Path, PathBuf};

/// A source file: where it stands, and what it says outside of its own tests and comments.
struct Source {
    path: String,
    code: String,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every production source below a folder.
fn sources(folder: &str) -> Vec<Source> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let is_test = path.iter().any(|part| {
                ["tests", "tests.rs", "testing", "testing.rs"]
                    .iter()
                    .any(|it| part == *it)
            });
            if path.is_dir() && !is_test {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") && !is_test {
                found.push(source(&path));
            }
        }
    }
    assert!(found.len() > 3, "no sources below {folder}");
    found
}

fn source(path: &Path) -> Source {
    let text = fs::read_to_string(path).unwrap();
    let production = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or_default();
    let code = production
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n");
    let path = path.strip_prefix(root()).unwrap().display().to_string();
    Source { path, code }
}

/// Where any of these words stand, but for the files that may.
fn found(folder: &str, words: &[&str], except: &[&str]) -> Vec<String> {
    let mut places = Vec::new();
    for source in sources(folder) {
        if except
            .iter()
            .any(|allowed| source.path.starts_with(allowed))
        {
            continue;
        }
        for word in words.iter().filter(|word| source.code.contains(**word)) {
            places.push(format!("{}: {word}", source.path));
        }
    }
    places
}

fn nowhere(places: &[String]) {
    assert!(places.is_empty(), "{places:#?}");
}

#[test]
fn adapters_never_import_each_other() {
    let adapters = ["store", "telegram", "playground", "web"];
    for adapter in adapters {
        let others: Vec<String> = adapters
            .iter()
            .filter(|other| **other != adapter)
            .map(|other| format!("crate::{other}"))
            .collect();
        let words: Vec<&str> = others.iter().map(String::as_str).collect();
        nowhere(&found(&format!("src/{adapter}"), &words, &[]));
    }
}

#[test]
fn nobody_but_the_incident_actor_decides() {
    let allowed = ["actors/src/incident", "actors/src/domain"];
    nowhere(&found("actors/src", &[" decide("], &allowed));
    nowhere(&found("src", &["domain::decide", "decide::decide"], &[]));
}

#[test]
fn nobody_but_the_store_writes_an_incident() {
    let writes = [
        "INSERT INTO incidents",
        "UPDATE incidents",
        "DELETE FROM incidents",
    ];
    nowhere(&found("src", &writes, &["src/store/statements/"]));
    let users = [
        "sql::OPEN_INCIDENT,",
        "sql::INSERT_INCIDENT",
        "sql::UPDATE_INCIDENT",
    ];
    nowhere(&found("src", &users, &["src/store/commit.rs"]));
}

#[test]
fn the_clock_is_read_in_one_place_and_the_environment_in_another() {
    let clock = ["Utc::now", "Local::now", "SystemTime::now"];
    nowhere(&found("src", &clock, &["src/clock.rs"]));
    nowhere(&found("actors/src", &clock, &[]));
    let environment = ["env::var", "env::vars"];
    nowhere(&found("src", &environment, &["src/config"]));
    nowhere(&found("actors/src", &environment, &[]));
}

#[test]
fn no_call_to_telegram_waits_inside() {
    // How long to wait, and with what, is the outbox's to decide; teloxide's own sending waits ten
    // seconds when a proxy answers 5xx.
    let waits = ["sleep(", "sleep_until(", "teloxide::net", "Requester"];
    let mut looked_at = 0;
    for source in sources("src/telegram") {
        let calls = ["src/telegram/client", "src/telegram/deliver"];
        if calls.iter().any(|it| source.path.starts_with(it)) {
            looked_at += 1;
            let found = waits.iter().find(|wait| source.code.contains(**wait));
            assert_eq!(found, None, "in {}", source.path);
        }
    }
    assert!(looked_at >= 4, "client and deliver have moved");
}

#[test]
fn sql_is_never_made_of_strings() {
    nowhere(&found("src/store", &["AssertSqlSafe"], &[]));
}

#[test]
fn panics_unwind_since_supervision_lives_by_that() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(!manifest.contains("panic = \"abort\""));
}

#[test]
fn both_engines_have_the_same_migrations() {
    let versions = |engine: &str| {
        let folder = root().join("migrations").join(engine);
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    };
    assert_eq!(versions("sqlite"), versions("postgres"));
    assert!(!versions("sqlite").is_empty());
}

#[test]
fn no_file_is_longer_than_500_lines_and_none_has_an_empty_name() {
    let vague = [
        "utils", "common", "helpers", "types", "manager", "service_", "prelude",
    ];
    for folder in ["src", "actors/src"] {
        for source in sources(folder) {
            let lines = fs::read_to_string(root().join(&source.path))
                .unwrap()
                .lines()
                .count();
            assert!(lines <= 500, "{} has {lines} lines", source.path);
            let name = Path::new(&source.path)
                .file_stem()
                .unwrap()
                .to_string_lossy()
                .into_owned();
            assert!(
                !vague.contains(&name.as_str()),
                "{} says nothing",
                source.path
            );
        }
    }
}
