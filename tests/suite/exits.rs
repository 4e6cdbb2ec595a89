//! How the real binary ends when it cannot go on: by a code that tells systemd whether a restart can
//! help, and with one line that says why. Codes 75 and 77 are looked at where they belong
//! (`binary.rs`); 70 needs a panic, which is planted (`panics.rs`).

mod panics;

use deskbell::exit::Exit;
use sqlx::{Connection, SqliteConnection};

use crate::databases::folder;
use crate::process::{Desk, Ended};
use crate::street::Street;
use crate::world::Engine;

/// How the last line begins, in the log and without one.
const LAST_WORDS: [&str; 2] = ["stopped: ", "deskbell: "];

/// The lines that say why it ended.
fn last_words(ended: &Ended) -> Vec<&str> {
    let lines = ended.said.lines();
    let last = lines.filter(|line| LAST_WORDS.iter().any(|words| line.contains(words)));
    last.collect()
}

/// It ended with that code, and one line says these words of it.
#[track_caller]
fn ends_with(ended: &Ended, code: i32, words: &[&str]) {
    assert_eq!(ended.code, Some(code), "{}", ended.said);
    let last = last_words(ended);
    assert_eq!(last.len(), 1, "one line: {}", ended.said);
    for words in words {
        assert!(last[0].contains(words), "{words}: {}", last[0]);
    }
}

#[tokio::test]
async fn a_command_line_that_cannot_be_understood_ends_with_64() {
    let folder = folder();
    let ended = Desk::run(folder.path(), &["serve", "--colour"], &[])
        .ended()
        .await;
    assert_eq!(ended.code, Some(64), "{}", ended.said);
    assert!(ended.said.contains("--colour"), "{}", ended.said);
    assert!(last_words(&ended).is_empty(), "it is explained once");
}

const OF_TOMORROW: &str = "INSERT INTO _sqlx_migrations \
    (version, description, success, checksum, execution_time) \
    SELECT 9999, 'of tomorrow', success, checksum, 0 FROM _sqlx_migrations WHERE version = 1";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_of_a_newer_version_ends_it_with_65() {
    let street = Street::new(Engine::Sqlite).await;
    drop(street.store().await);
    let mut connection = SqliteConnection::connect(&street.url).await.unwrap();
    let changed = sqlx::query(OF_TOMORROW).execute(&mut connection).await;
    assert_eq!(changed.unwrap().rows_affected(), 1);
    connection.close().await.unwrap();
    let ended = street.desk().ended().await;
    ends_with(
        &ended,
        65,
        &["the database was refused", "restart_helps=false"],
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_not_there_ends_it_with_69() {
    let street = Street::new(Engine::Sqlite).await;
    let nowhere = street.folder.path().join("nowhere").join("desk.db");
    let nowhere = format!("sqlite:{}", nowhere.display());
    let gone = "postgres://nobody@127.0.0.1:1/desk";
    for url in [nowhere.as_str(), gone] {
        let ended = street.desk_with(&[("DATABASE_URL", url)]).ended().await;
        ends_with(
            &ended,
            69,
            &["the database cannot be reached", "restart_helps=true"],
        );
    }
}

#[tokio::test]
async fn a_setting_that_cannot_be_read_ends_it_with_78() {
    let folder = folder();
    let minutes = [("SLA_UNCLAIMED_NUDGE_MINUTES", "soon")];
    let ended = Desk::serve(folder.path(), &minutes).ended().await;
    assert_eq!(ended.code, Some(78), "{}", ended.said);
    assert!(
        ended.said.contains("SLA_UNCLAIMED_NUDGE_MINUTES"),
        "{}",
        ended.said
    );
}

/// Takes a minute, most of which is spent waiting: so long a predecessor may still hold a poll.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_process_with_the_same_token_ends_it_with_76() {
    let street = Street::new(Engine::Sqlite).await;
    let (url, token) = (street.playground.api_url(), street.playground.token());
    let poll = format!("{url}/bot{token}/getUpdates?timeout=50");
    let desk = street.desk();
    let rival = async {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        loop {
            http.get(&poll).send().await.unwrap();
        }
    };
    let complaint = "another process polls with this token";
    let complained = async {
        while !desk.said().contains("stopped: ") {
            street.look_again().await;
        }
    };
    tokio::select! {
        () = complained => {}
        () = rival => unreachable!("the rival never rests"),
    }
    let ended = desk.ended().await;
    assert!(ended.said.contains(complaint), "{}", ended.said);
    ends_with(&ended, 76, &["receives this bot", "restart_helps=true"]);
    assert!(Exit::AnotherPoller.restart_helps());
}
