//! The databases that are measured: an empty one for each scenario, on either engine.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};
use tempfile::TempDir;

use crate::postgres::Server;

/// Which engine.
#[derive(Clone, Copy)]
pub(crate) enum Engine<'s> {
    /// In a file.
    Sqlite,
    /// On that server.
    Postgres(&'s Server),
}

impl Engine<'_> {
    /// What it is called.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }
}

/// An empty database, and the folder in which its desk runs.
pub(crate) struct Database {
    /// As the desk is told it.
    pub(crate) url: String,
    folder: TempDir,
    /// Where the engine keeps its data, if it is not the folder.
    data: Option<std::path::PathBuf>,
}

impl Database {
    /// Makes one.
    pub(crate) async fn new(engine: Engine<'_>) -> Self {
        // Beside the build and not where temporary files go: that is memory on some machines.
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let (url, data) = match engine {
            Engine::Sqlite => {
                let path = folder.path().join("incidents.db");
                (format!("sqlite:{}", path.display()), None)
            }
            Engine::Postgres(server) => {
                static MADE: AtomicU32 = AtomicU32::new(0);
                let made = MADE.fetch_add(1, Ordering::Relaxed);
                let name = format!("bench_{}_{made}", std::process::id());
                (server.make(&name).await, server.data())
            }
        };
        Self { url, folder, data }
    }

    /// Where the desk runs.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A folder on the disk that is waited for.
    pub(crate) fn disk(&self) -> &Path {
        self.data.as_deref().unwrap_or(self.folder())
    }

    /// Whether it is SQLite's.
    pub(crate) fn is_sqlite(&self) -> bool {
        self.url.starts_with("sqlite")
    }

    /// Runs statements.
    pub(crate) async fn run(&self, sql: &str) {
        let sql = AssertSqlSafe(sql.to_owned());
        if self.is_sqlite() {
            let mut connection = SqliteConnection::connect(&self.url).await.unwrap();
            sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
            connection.close().await.unwrap();
        } else {
            let mut connection = PgConnection::connect(&self.url).await.unwrap();
            sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
            connection.close().await.unwrap();
        }
    }
}
