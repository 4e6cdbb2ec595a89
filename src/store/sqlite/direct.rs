//! A connection without a thread between: a statement is a function call. sqlx gives each SQLite
//! connection a thread, and every statement is a word to it and a word back; for the dozen statements
//! of a claim that took longer than the disk.

use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator as _;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, OpenFlags, ToSql};

use super::{BUSY_TIMEOUT, READ_TIMEOUT, STATEMENT_CACHE};
use crate::store::columns::{Asked, Rows};
use crate::store::fault::Fault;
use crate::store::row::Record;
use crate::store::statements::Statement;
use crate::store::value::Value;

/// After how many pages the log is brought into the database, 16 MB: the commit that has to do it waits for
/// the disk twice more. At SQLite's own thousand it was more than one claim in a hundred.
const LOG_PAGES: i64 = 4_000;

/// How to open the file for writing. It is there by then, with its tables.
#[derive(Debug, Clone)]
pub(super) struct Opening(PathBuf);

impl Opening {
    /// For the database at this path.
    pub(super) fn at(path: &Path) -> Self {
        Self(path.to_path_buf())
    }

    /// Opens it. `FULL`: what was acknowledged survives a power cut.
    pub(super) fn open(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.0, flags)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "wal_autocheckpoint", LOG_PAGES)?;
        prepare_once(&connection)?;
        Ok(connection)
    }

    /// Opens it only to read.
    pub(super) fn read(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.0, flags)?;
        connection.busy_timeout(READ_TIMEOUT)?;
        prepare_once(&connection)?;
        Ok(connection)
    }
}

/// Statements are kept, and their plans do not depend on what is bound to them: otherwise SQLite
/// prepares those anew whose values differ, which took longer than they do
/// (`SQLITE_DBCONFIG_ENABLE_QPSG`).
fn prepare_once(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_prepared_statement_cache_capacity(STATEMENT_CACHE);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// Reads many narrow rows, all of the same moment.
pub(super) fn moment(connection: &mut Connection, asked: &[Asked]) -> Result<Vec<Rows>, Fault> {
    let moment = connection.transaction()?;
    asked.iter().map(|asked| rows(&moment, asked)).collect()
}

fn rows(connection: &Connection, asked: &Asked) -> Result<Rows, Fault> {
    let mut statement = prepared(connection, asked.columns.rows, &asked.values)?;
    let mut found = statement.raw_query();
    let mut cells = Vec::new();
    while let Some(row) = found.next()? {
        for column in 0..asked.columns.width {
            cells.push(row.get::<_, Option<i64>>(column)?);
        }
    }
    Rows::of(asked.columns.width, cells)
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let value = match self {
            Self::Number(Some(number)) => ValueRef::Integer(*number),
            Self::Text(Some(text)) => ValueRef::Text(text.as_bytes()),
            Self::Number(None) | Self::Text(None) => ValueRef::Null,
        };
        Ok(ToSqlOutput::Borrowed(value))
    }
}

/// Runs a statement; answers how many rows it touched, or found if it is a question.
pub(in crate::store) fn execute(
    connection: &Connection,
    statement: Statement,
    values: &[Value],
) -> rusqlite::Result<u64> {
    let mut statement = prepared(connection, statement, values)?;
    let touched = match statement.column_count() {
        0 => statement.raw_execute()?,
        _ => statement.raw_query().count()?,
    };
    Ok(u64::try_from(touched).unwrap_or(u64::MAX))
}

/// Has the engine check a statement against the schema.
pub(in crate::store) fn check(
    connection: &Connection,
    statement: Statement,
) -> rusqlite::Result<()> {
    connection.prepare_cached(statement.numbered()).map(drop)
}

/// All rows a statement gives.
pub(in crate::store) fn fetch_all<T: Record>(
    connection: &Connection,
    statement: Statement,
    values: &[Value],
) -> rusqlite::Result<Vec<T>> {
    let mut statement = prepared(connection, statement, values)?;
    let mut rows = statement.raw_query();
    let mut records = Vec::new();
    while let Some(row) = rows.next()? {
        records.push(T::of_file(row)?);
    }
    Ok(records)
}

/// A statement with its values; one that is for another form of it is left out.
fn prepared<'c>(
    connection: &'c Connection,
    statement: Statement,
    values: &[Value],
) -> rusqlite::Result<CachedStatement<'c>> {
    let mut statement = connection.prepare_cached(statement.numbered())?;
    for (place, value) in (1..=statement.parameter_count()).zip(values) {
        statement.raw_bind_parameter(place, value)?;
    }
    Ok(statement)
}
