//! One face for both engines. Everything beside this module, `sqlite` and `postgres` is written
//! once: a statement, its values, and the rows that come back.

use std::sync::Arc;

use actors::domain::{
    ChatId, CompanyId, DepartmentId, GroupId, IncidentId, IncidentNumber, JoinRequestId, MessageId,
    OutboxId, PersonId, ThreadId, UpdateId,
};
use actors::ports::{CommitError, StoreError};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnection, PgRow, Postgres};
use sqlx::sqlite::{Sqlite, SqliteConnection, SqliteRow};
use sqlx::{Executor, FromRow, SqlStr};

use super::postgres::PostgresEngine;
use super::sqlite::SqliteEngine;
use super::statements::Statement;

/// The engine behind the store.
pub(super) enum Engine {
    Sqlite(SqliteEngine),
    Postgres(PostgresEngine),
}

impl Engine {
    /// A connection to read from.
    pub(super) async fn reader(&self) -> Result<Reader, Fault> {
        Ok(match self {
            Self::Sqlite(engine) => Reader::Sqlite(engine.reader().await?),
            Self::Postgres(engine) => Reader::Postgres(engine.reader().await?),
        })
    }

    /// Whether this is still the only process on the database. A lock on a file cannot be lost.
    pub(super) async fn confirm_lease(&self) -> Result<(), Fault> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(engine) => engine.confirm_lease().await,
        }
    }

    /// Keeps a write, in a transaction; what it answers is on disk.
    pub(super) async fn write<W: Write>(&self, write: W) -> Result<W::Answer, Refused> {
        match self {
            Self::Sqlite(engine) => engine.write(write).await,
            Self::Postgres(engine) => engine.write(write).await,
        }
    }
}

/// Something that changes what is stored. It may be tried more than once, each time in a
/// transaction in which nothing of it was done yet.
#[async_trait]
pub(super) trait Write: Send + Sync + 'static {
    /// What whoever asked for it learns.
    type Answer: Send + 'static;

    /// Does it, inside a transaction; on a refusal all of it is undone.
    async fn apply(&self, connection: &mut Connection<'_>) -> Result<Self::Answer, Refused>;
}

/// A pooled connection.
pub(super) enum Reader {
    Sqlite(PoolConnection<Sqlite>),
    Postgres(PoolConnection<Postgres>),
}

impl Reader {
    pub(super) fn connection(&mut self) -> Connection<'_> {
        match self {
            Self::Sqlite(pooled) => Connection::Sqlite(pooled),
            Self::Postgres(pooled) => Connection::Postgres(pooled),
        }
    }
}

/// A connection to either engine.
pub(super) enum Connection<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection),
}

/// A row that can be read from either engine.
pub(super) trait Row:
    for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{
}

impl<T> Row for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin
{}

macro_rules! bound {
    ($query:expr, $values:expr) => {
        $values.iter().fold($query, |query, value| match value {
            Value::Number(number) => query.bind(*number),
            Value::Text(text) => query.bind(text.as_deref()),
        })
    };
}

impl Connection<'_> {
    /// Runs a statement; answers how many rows it touched.
    pub(super) async fn execute(
        &mut self,
        statement: Statement,
        values: &[Value],
    ) -> Result<u64, Fault> {
        let sql = statement.sql();
        Ok(match self {
            Self::Sqlite(connection) => bound!(sqlx::query(sql), values)
                .execute(&mut **connection)
                .await?
                .rows_affected(),
            Self::Postgres(connection) => bound!(sqlx::query(sql), values)
                .execute(&mut **connection)
                .await?
                .rows_affected(),
        })
    }

    /// All rows a statement gives.
    pub(super) async fn fetch_all<T: Row>(
        &mut self,
        statement: Statement,
        values: &[Value],
    ) -> Result<Vec<T>, Fault> {
        let sql = statement.sql();
        Ok(match self {
            Self::Sqlite(connection) => {
                bound!(sqlx::query_as(sql), values)
                    .fetch_all(&mut **connection)
                    .await?
            }
            Self::Postgres(connection) => {
                bound!(sqlx::query_as(sql), values)
                    .fetch_all(&mut **connection)
                    .await?
            }
        })
    }

    /// The only row a statement gives, if any.
    pub(super) async fn fetch_optional<T: Row>(
        &mut self,
        statement: Statement,
        values: &[Value],
    ) -> Result<Option<T>, Fault> {
        Ok(self.fetch_all(statement, values).await?.into_iter().next())
    }

    /// The only row of a statement that always gives one, such as a count.
    pub(super) async fn fetch_one<T: Row>(
        &mut self,
        statement: Statement,
        values: &[Value],
    ) -> Result<T, Fault> {
        self.fetch_optional(statement, values)
            .await?
            .ok_or(Fault::Database(sqlx::Error::RowNotFound))
    }

    /// Lets the engine check a statement against the schema.
    pub(super) async fn prepare(&mut self, statement: Statement) -> Result<(), sqlx::Error> {
        let sql = SqlStr::from_static(statement.sql());
        match self {
            Self::Sqlite(connection) => connection.prepare(sql).await.map(drop),
            Self::Postgres(connection) => connection.prepare(sql).await.map(drop),
        }
    }
}

/// A value of a statement. Moments are milliseconds since 1970, flags are 0 or 1.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Number(Option<i64>),
    Text(Option<String>),
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(Some(number))
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Number(Some(i64::from(flag)))
    }
}

impl From<DateTime<Utc>> for Value {
    fn from(moment: DateTime<Utc>) -> Self {
        Self::Number(Some(moment.timestamp_millis()))
    }
}

impl From<Option<DateTime<Utc>>> for Value {
    fn from(moment: Option<DateTime<Utc>>) -> Self {
        Self::Number(moment.map(|moment| moment.timestamp_millis()))
    }
}

/// PostgreSQL cannot hold a NUL in a text, so neither engine gets one.
fn storable(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(Some(storable(text)))
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<Option<&str>> for Value {
    fn from(text: Option<&str>) -> Self {
        Self::Text(text.map(storable))
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        Self::from(text.as_deref())
    }
}

macro_rules! identities {
    ($($name:ident),*) => {$(
        impl From<$name> for Value {
            fn from(id: $name) -> Self {
                Self::Number(Some(id.0))
            }
        }

        impl From<Option<$name>> for Value {
            fn from(id: Option<$name>) -> Self {
                Self::Number(id.map(|id| id.0))
            }
        }
    )*};
}

identities!(
    ChatId,
    CompanyId,
    DepartmentId,
    GroupId,
    IncidentId,
    IncidentNumber,
    JoinRequestId,
    MessageId,
    OutboxId,
    PersonId,
    ThreadId,
    UpdateId
);

/// The values of a statement, in the order of its `$1`, `$2`...
macro_rules! values {
    ($($value:expr),* $(,)?) => {
        &[$($crate::store::engine::Value::from($value)),*]
    };
}
pub(super) use values;

/// Why a write was not kept.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refused {
    #[error("the incident, or the chat's group, has moved on")]
    Conflict,
    #[error("the update was handled already")]
    AlreadyHandled,
    #[error("an incident was made from that message already")]
    AlreadyReported,
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Refused {
    /// In the words of the port.
    pub(super) fn into_commit_error(self) -> CommitError {
        match self {
            Self::Conflict => CommitError::Conflict,
            Self::AlreadyHandled => CommitError::AlreadyHandled,
            Self::AlreadyReported => CommitError::AlreadyReported,
            Self::Fault(fault) => CommitError::Store(fault.during("keep a commit")),
        }
    }

    /// As the failure of an operation that cannot be refused.
    pub(super) fn during(self, operation: &'static str) -> StoreError {
        StoreError {
            operation,
            source: Box::new(self),
        }
    }
}

/// What went wrong, before it is said in which operation.
#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    #[error("the database refused, or did not answer")]
    Database(#[from] sqlx::Error),
    #[error("the transaction this was written in, together with others, was not kept")]
    TransactionLost(#[source] Arc<sqlx::Error>),
    #[error("the store's writer has stopped")]
    WriterStopped,
    #[error("{what} does not stand in the store as this version writes it")]
    Unreadable {
        what: &'static str,
        #[source]
        source: serde_json::Error,
    },
    #[error("the store holds {0} that is no moment in time")]
    NoMoment(i64),
    #[error("{0}")]
    Inconsistent(&'static str),
}

impl Fault {
    /// In the words of the port.
    pub(super) fn during(self, operation: &'static str) -> StoreError {
        StoreError {
            operation,
            source: Box::new(self),
        }
    }
}
