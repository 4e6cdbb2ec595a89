//! The nevers of this package that no lint can hold.
#![allow(
    clippy::expect_used,
    reason = "tests and their helpers state their expectations by panicking"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// Words that would make the rules of the desk wait, log, or know an actor.
const NEVER_IN_DOMAIN: [&str; 7] = [
    "tracing", "log", "tokio", "ractor", "async", "await", "spawn",
];

/// Paths that would make them read a clock, or know a port or a way in.
const NEVER_NAMED_IN_DOMAIN: [&str; 7] = [
    "Utc::now",
    "Local::now",
    "SystemTime",
    "Instant::now",
    "std::env",
    "crate::ports",
    "crate::inbound",
];

/// What adapters speak with: each has its place in the root package.
const NEVER_IN_ACTORS: [&str; 7] = [
    "sqlx",
    "rusqlite",
    "tokio_postgres",
    "teloxide",
    "reqwest",
    "axum",
    "hyper",
];

fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources(under: &str) -> Vec<(PathBuf, String)> {
    let mut waiting = vec![package().join(under)];
    let mut found = Vec::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path).expect("a readable folder");
            waiting.extend(entries.map(|entry| entry.expect("an entry").path()));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("a readable source");
            found.push((path, text));
        }
    }
    assert!(!found.is_empty(), "no sources under {under}");
    found
}

/// The code of a source, without its comments: prose may speak of what code must not do.
fn code(text: &str) -> String {
    let lines = text.lines().map(|line| line.split("//").next());
    lines.flatten().collect::<Vec<_>>().join("\n")
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
}

#[test]
fn the_domain_never_waits_reads_a_clock_logs_or_names_a_port_or_an_actor() {
    let mut domain = sources("src/domain");
    let root = package().join("src/domain.rs");
    let text = fs::read_to_string(&root).expect("the root of the domain");
    domain.push((root, text));
    for (path, text) in domain {
        let code = code(&text);
        for word in words(&code) {
            assert!(
                !NEVER_IN_DOMAIN.contains(&word),
                "{word} in {}",
                path.display()
            );
        }
        for name in NEVER_NAMED_IN_DOMAIN {
            assert!(!code.contains(name), "{name} in {}", path.display());
        }
    }
}

#[test]
fn the_actors_never_name_a_vendors_library() {
    let manifest = fs::read_to_string(package().join("Cargo.toml")).expect("the manifest");
    for word in words(&manifest) {
        assert!(!NEVER_IN_ACTORS.contains(&word), "{word} in Cargo.toml");
    }
    for (path, text) in sources("src") {
        for word in words(&code(&text)) {
            assert!(
                !NEVER_IN_ACTORS.contains(&word),
                "{word} in {}",
                path.display()
            );
        }
    }
}
