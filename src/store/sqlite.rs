//! SQLite: one writer that keeps what waits in one transaction with one fsync, and a few
//! connections that only read.
//!
//! SQLite has one write lock. Connections racing for it wait unfairly, some for seconds, so all
//! writes go through one thread. While that thread waits for the disk the next writes queue up, and
//! the following transaction takes them all: under load the fsync is shared.

mod direct;
mod lease;
mod readers;
mod writer;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection as File;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection as _};

use self::direct::Opening;
pub(super) use self::direct::{check, execute, fetch_all};
use self::lease::Lease;
pub(super) use self::readers::Borrowed;
use self::readers::Readers;
use self::writer::Writer;
use super::OpenError;
use super::columns::{Asked, Rows};
use super::engine::{Connection, Write};
use super::epoch;
use super::fault::{Fault, Refused};
use super::statements::Statement;
use super::value::Value;
use super::{schema, statements};

/// Below this, SQLite may damage a database in WAL mode when its log starts anew.
const OLDEST_SAFE_VERSION: (u32, u32, u32) = (3, 51, 3);

/// How long to wait for a lock of another program, such as a backup.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// How long a read may wait for a lock. Readers do not wait for each other or for the writer, only for
/// a program that has the file to itself, and meanwhile a thread of the desk stands still.
const READ_TIMEOUT: Duration = Duration::from_millis(500);

/// Room for every statement of the store, so that none is compiled twice.
const STATEMENT_CACHE: usize = 256;

pub(super) static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("migrations/sqlite");

/// A database in a file.
pub(super) struct SqliteEngine {
    opening: Opening,
    readers: Readers,
    /// None where the store was opened to look only.
    writer: Option<Writer>,
}

impl SqliteEngine {
    /// Opens the file, making or migrating it as needed.
    pub(super) async fn open(path: &Path) -> Result<Self, OpenError> {
        let lease = Lease::take(path).await?;
        let mut connection = connect(&options(path), path).await?;
        check_version(&mut connection).await?;
        MIGRATIONS.run(&mut connection).await?;
        connection.close().await?;
        let opening = Opening::at(path);
        let mut file = opening.open().map_err(Fault::from)?;
        for statement in statements::all() {
            check(&file, statement).map_err(Fault::from)?;
        }
        let epoch = epoch::take_over(&mut Connection::Sqlite(&mut file)).await?;
        drop(file);
        let readers = Readers::open(&opening).map_err(Fault::from)?;
        let writer = Writer::start(opening.clone(), lease, epoch).map_err(OpenError::NoThread)?;
        Ok(Self {
            opening,
            readers,
            writer: Some(writer),
        })
    }

    /// Only to look, beside whoever writes.
    pub(super) async fn look(path: &Path) -> Result<Self, OpenError> {
        let mut file = look(path)?;
        schema::confirm(&mut Connection::Sqlite(&mut file), &MIGRATIONS).await?;
        drop(file);
        let opening = Opening::at(path);
        Ok(Self {
            readers: Readers::open(&opening).map_err(Fault::from)?,
            opening,
            writer: None,
        })
    }

    /// Many narrow rows, all of the same moment.
    pub(super) async fn rows(&self, asked: Vec<Asked>) -> Result<Vec<Rows>, Fault> {
        self.apart(move |file| direct::moment(file, &asked)).await
    }

    /// Long texts, many of them.
    pub(super) async fn texts(
        &self,
        statement: Statement,
        values: Vec<Value>,
    ) -> Result<Vec<(String,)>, Fault> {
        self.apart(move |file| Ok(fetch_all(file, statement, &values)?))
            .await
    }

    /// Reads on a thread and a connection of their own: a long read must hold nobody up. A connection
    /// for each time costs a millisecond, and keeps none for a report that comes once a day.
    async fn apart<T: Send + 'static>(
        &self,
        read: impl FnOnce(&mut File) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let opening = self.opening.clone();
        let read = tokio::task::spawn_blocking(move || read(&mut opening.read()?)).await;
        read.map_err(|_| Fault::Inconsistent("a read for a report broke off"))?
    }

    pub(super) async fn reader(&self) -> Borrowed {
        self.readers.borrow().await
    }

    pub(super) async fn write<W: Write>(&self, write: W) -> Result<W::Answer, Refused> {
        match &self.writer {
            Some(writer) => writer.keep(write).await,
            None => Err(Fault::ReadOnly.into()),
        }
    }
}

/// A connection that only looks, beside whoever writes.
pub(super) fn look(path: &Path) -> Result<File, OpenError> {
    Ok(Opening::at(path).read().map_err(Fault::from)?)
}

/// `FULL`: what was acknowledged survives a power cut.
fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .statement_cache_capacity(STATEMENT_CACHE)
        .disable_statement_logging()
}

async fn connect(
    options: &SqliteConnectOptions,
    path: &Path,
) -> Result<SqliteConnection, OpenError> {
    SqliteConnection::connect_with(options)
        .await
        .map_err(|source| match busy(&source) {
            true => OpenError::Busy(PathBuf::from(path)),
            false => OpenError::Database(source),
        })
}

/// Whether another program holds the lock. 5 is SQLite's primary code `SQLITE_BUSY`; what an
/// extended code adds stands in the higher bits.
fn busy(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code());
    code.and_then(|code| code.parse::<u32>().ok())
        .is_some_and(|code| code & 0xff == 5)
}

async fn check_version(connection: &mut SqliteConnection) -> Result<(), OpenError> {
    let (found,): (String,) = sqlx::query_as("SELECT sqlite_version()")
        .fetch_one(connection)
        .await?;
    let mut parts = found
        .split('.')
        .map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    let version = (next(), next(), next());
    if version < OLDEST_SAFE_VERSION {
        return Err(OpenError::UnsafeSqlite { found });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn commits_wait_for_the_disk_and_references_are_checked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deskbell.db");
        let mut connection = connect(&options(&path), &path).await.unwrap();
        const FULL: i64 = 2;
        let found: (i64, i64, String) = sqlx::query_as(
            "SELECT synchronous, foreign_keys, journal_mode \
             FROM pragma_synchronous, pragma_foreign_keys, pragma_journal_mode",
        )
        .fetch_one(&mut connection)
        .await
        .unwrap();
        assert_eq!(found, (FULL, 1, "wal".to_owned()));
    }
}
