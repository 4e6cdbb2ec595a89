//! Opening a database, and what is said when that cannot be.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use actors::ports::Store;
use deskbell::store::{OpenError, open};
use sqlx::{Connection, PgConnection, SqliteConnection};

use crate::databases::{folder, postgres_url, sqlite_path, sqlite_url};

fn refusal(outcome: Result<Arc<dyn Store>, OpenError>) -> OpenError {
    match outcome {
        Ok(_) => panic!("it should not be opened"),
        Err(error) => error,
    }
}

#[tokio::test]
async fn a_second_opener_of_a_file_is_refused() {
    let folder = folder();
    let _first = open(&sqlite_url(&folder)).await.unwrap();
    let error = refusal(open(&sqlite_url(&folder)).await);
    assert!(matches!(error, OpenError::InUse(_)), "{error}");
    assert!(error.to_string().contains("deskbell.db"), "{error}");
}

#[tokio::test]
async fn a_second_opener_of_a_server_database_is_refused() {
    let url = postgres_url().await;
    let _first = open(&url).await.unwrap();
    let error = refusal(open(&url).await);
    assert!(matches!(error, OpenError::InUse(_)), "{error}");
}

/// The server drops the lock with the connection that holds it.
#[tokio::test]
async fn a_lost_lock_is_taken_anew_unless_another_process_was_faster() {
    let url = postgres_url().await;
    let first = open(&url).await.unwrap();
    let noon = actors::testing::store_contract::desk::noon();
    first.begin_run(noon).await.unwrap();
    cut_lock_holder(&url).await;
    first.heartbeat(noon).await.unwrap();
    assert!(matches!(refusal(open(&url).await), OpenError::InUse(_)));

    cut_lock_holder(&url).await;
    let _second = open(&url).await.unwrap();
    let lost = first.heartbeat(noon).await.unwrap_err();
    let cause = std::error::Error::source(&lost).unwrap().to_string();
    assert!(cause.contains("another process"), "{cause}");
}

/// The lock's number begins with `desk`; whoever is writing at the moment has another one.
pub(crate) async fn cut_lock_holder(url: &str) {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let cut: Vec<(bool,)> = sqlx::query_as(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks \
         WHERE locktype = 'advisory' AND classid = x'6465736b'::INT AND database = \
            (SELECT oid FROM pg_database WHERE datname = current_database())",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    assert_eq!(cut, [(true,)], "one connection holds it, and is gone");
}

#[tokio::test]
async fn a_missing_folder_is_named() {
    let folder = folder();
    let missing = folder.path().join("nowhere");
    let url = format!("sqlite:{}", missing.join("deskbell.db").display());
    let error = refusal(open(&url).await);
    assert!(
        matches!(&error, OpenError::NoFolder(named) if *named == missing),
        "{error}"
    );
}

#[tokio::test]
async fn a_folder_is_no_database() {
    let folder = folder();
    let url = format!("sqlite:{}", folder.path().display());
    let error = refusal(open(&url).await);
    assert!(matches!(error, OpenError::IsFolder(_)), "{error}");
}

#[tokio::test]
async fn a_lock_file_that_cannot_be_written_is_named() {
    let folder = folder();
    let lock = folder.path().join("deskbell.db.lock");
    std::fs::create_dir(&lock).unwrap();
    let error = refusal(open(&sqlite_url(&folder)).await);
    assert!(
        matches!(&error, OpenError::NotWritable { path, .. } if *path == lock),
        "{error}"
    );
}

#[tokio::test]
async fn another_file_is_not_taken_for_a_database() {
    let folder = folder();
    std::fs::write(
        sqlite_path(&folder),
        "minutes of the last meeting".repeat(99),
    )
    .unwrap();
    let error = refusal(open(&sqlite_url(&folder)).await);
    assert!(matches!(error, OpenError::Database(_)), "{error}");
}

#[tokio::test]
async fn no_message_shows_a_password() {
    for url in [
        "mysql://desk:s3cret@host/x",
        "postgres://desk:s3cret@:99999999/x",
    ] {
        let error = anyhow::Error::new(refusal(open(url).await));
        assert!(
            !format!("{error:#} {error:?}").contains("s3cret"),
            "{error:#}"
        );
    }
}

const NEWER: &str = "INSERT INTO _sqlx_migrations \
    (version, description, success, checksum, execution_time) \
    SELECT 9999, 'of tomorrow', success, checksum, 0 FROM _sqlx_migrations WHERE version = 1";

#[tokio::test]
async fn a_file_of_a_newer_version_is_refused() {
    let folder = folder();
    drop(open(&sqlite_url(&folder)).await.unwrap());
    let mut connection = SqliteConnection::connect(&sqlite_url(&folder))
        .await
        .unwrap();
    sqlx::query(NEWER).execute(&mut connection).await.unwrap();
    let error = refusal(open(&sqlite_url(&folder)).await);
    assert!(matches!(error, OpenError::Newer(9999)), "{error}");
}

#[tokio::test]
async fn a_server_database_of_a_newer_version_is_refused() {
    let url = postgres_url().await;
    drop(open(&url).await.unwrap());
    let mut connection = PgConnection::connect(&url).await.unwrap();
    sqlx::query(NEWER).execute(&mut connection).await.unwrap();
    let error = refusal(open(&url).await);
    assert!(matches!(error, OpenError::Newer(9999)), "{error}");
}

/// A database can only move between engines if they know the same tables.
#[test]
fn both_engines_have_the_same_migrations() {
    let listed = |engine: &str| -> BTreeSet<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("migrations")
            .join(engine);
        let name = |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().file_name();
        let files = std::fs::read_dir(folder).unwrap();
        files
            .map(|entry| name(entry).into_string().unwrap())
            .collect()
    };
    assert!(!listed("sqlite").is_empty());
    assert_eq!(listed("sqlite"), listed("postgres"));
}
