//! An empty database for each test, on either engine.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use actors::ports::Store;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection};
use tempfile::TempDir;

/// Names the PostgreSQL server of the tests, by a database in which others may be made.
const ADMIN_URL: &str = "DESKBELL_TEST_POSTGRES_URL";

/// An open store in a database of its own.
pub(crate) struct Database {
    store: Arc<dyn Store>,
    /// Removed when the test ends; a PostgreSQL database goes with its throw-away server.
    _folder: Option<TempDir>,
}

impl Database {
    /// The store.
    pub(crate) fn store(&self) -> Arc<dyn Store> {
        self.store.clone()
    }
}

/// A new SQLite database.
pub(crate) async fn sqlite() -> Database {
    let folder = folder();
    let store = deskbell::store::open(&sqlite_url(&folder)).await.unwrap();
    Database {
        store,
        _folder: Some(folder),
    }
}

/// A new PostgreSQL database.
pub(crate) async fn postgres() -> Database {
    let store = deskbell::store::open(&postgres_url().await).await.unwrap();
    Database {
        store,
        _folder: None,
    }
}

/// An empty folder.
pub(crate) fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// Where the database of a folder is.
pub(crate) fn sqlite_path(folder: &TempDir) -> PathBuf {
    folder.path().join("deskbell.db")
}

/// The URL of that.
pub(crate) fn sqlite_url(folder: &TempDir) -> String {
    format!("sqlite:{}", sqlite_path(folder).display())
}

/// The URL of a new, empty PostgreSQL database.
pub(crate) async fn postgres_url() -> String {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let admin = admin_url().parse::<PgConnectOptions>().unwrap();
    let number = MADE.fetch_add(1, Ordering::Relaxed);
    let name = format!("deskbell_{}_{number}", std::process::id());
    let mut connection = PgConnection::connect_with(&admin).await.unwrap();
    let create = format!("CREATE DATABASE {name}");
    sqlx::query(AssertSqlSafe(create))
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    admin.database(&name).to_url_lossy().to_string()
}

#[allow(clippy::disallowed_methods)] // not the product's configuration, but the test run's
fn admin_url() -> String {
    std::env::var(ADMIN_URL).unwrap_or_else(|_| {
        panic!("{ADMIN_URL} is not set: run ./test.sh, which starts a PostgreSQL server")
    })
}
