//! One face for both engines. Everything beside this module, `sqlite` and `postgres` is written
//! once: a statement, its values, and the rows that come back.

use std::time::Duration;

use async_trait::async_trait;

use super::columns::{Asked, Rows};
use super::fault::{Fault, Refused};
use super::postgres::{self, Line, PostgresEngine};
use super::row::Record;
use super::sqlite::{self, SqliteEngine};
use super::statements::Statement;
use super::value::Value;

/// The engine behind the store.
pub(super) enum Engine {
    Sqlite(SqliteEngine),
    Postgres(PostgresEngine),
}

impl Engine {
    /// A connection to read from.
    pub(super) async fn reader(&self) -> Result<Reader, Fault> {
        Ok(match self {
            Self::Sqlite(engine) => Reader::Sqlite(engine.reader().await),
            Self::Postgres(engine) => Reader::Postgres(engine.reader().await?),
        })
    }

    /// Many narrow rows, answer by answer, all of the same moment.
    pub(super) async fn rows(&self, asked: Vec<Asked>) -> Result<Vec<Rows>, Fault> {
        match self {
            Self::Sqlite(engine) => engine.rows(asked).await,
            Self::Postgres(engine) => engine.rows(&asked).await,
        }
    }

    /// Many long texts: the only column of a statement.
    pub(super) async fn texts(
        &self,
        statement: Statement,
        values: Vec<Value>,
    ) -> Result<Vec<(String,)>, Fault> {
        match self {
            Self::Sqlite(engine) => engine.texts(statement, values).await,
            Self::Postgres(engine) => engine.texts(statement, &values).await,
        }
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

/// A connection to read from, until it is dropped.
pub(super) enum Reader {
    Sqlite(sqlite::Borrowed),
    Postgres(postgres::Borrowed),
}

impl Reader {
    pub(super) fn connection(&mut self) -> Connection<'_> {
        match self {
            Self::Sqlite(borrowed) => Connection::Sqlite(borrowed),
            Self::Postgres(borrowed) => Connection::Postgres(borrowed),
        }
    }

    /// How long an answer may take. A file is read by this process itself, which cannot be cut off.
    pub(super) fn answer_timeout(&self) -> Duration {
        match self {
            Self::Sqlite(_) => Duration::MAX,
            Self::Postgres(_) => postgres::ANSWER_TIMEOUT,
        }
    }

    /// Gives the connection up, since no answer came in time.
    pub(super) fn cut_off(self) {
        match self {
            Self::Sqlite(borrowed) => drop(borrowed),
            Self::Postgres(borrowed) => postgres::cut_off(borrowed),
        }
    }
}

/// A connection to either engine.
pub(super) enum Connection<'c> {
    Sqlite(&'c mut rusqlite::Connection),
    Postgres(&'c mut Line),
}

impl Connection<'_> {
    /// Runs a statement; answers how many rows it touched.
    pub(super) async fn execute(
        &mut self,
        statement: Statement,
        values: &[Value],
    ) -> Result<u64, Fault> {
        match self {
            Self::Sqlite(connection) => Ok(sqlite::execute(connection, statement, values)?),
            Self::Postgres(line) => line.execute(statement, values).await,
        }
    }

    /// Runs a statement, inside a transaction, of which nobody wants to know how many rows it touched. A
    /// server's answer is not waited for: what is wrong with it is told by a later statement, or by the
    /// commit.
    pub(super) async fn send(
        &mut self,
        statement: Statement,
        values: &[Value],
    ) -> Result<(), Fault> {
        match self {
            Self::Sqlite(connection) => drop(sqlite::execute(connection, statement, values)?),
            Self::Postgres(line) => line.send(statement, values, None).await?,
        }
        Ok(())
    }

    /// The same with a statement that has to touch a row, or to find one: otherwise the transaction is
    /// refused, with this.
    pub(super) async fn require(
        &mut self,
        statement: Statement,
        values: &[Value],
        otherwise: Refused,
    ) -> Result<(), Refused> {
        match self {
            Self::Sqlite(connection) => {
                let touched = sqlite::execute(connection, statement, values);
                match touched.map_err(Fault::from)? {
                    0 => Err(otherwise),
                    _ => Ok(()),
                }
            }
            Self::Postgres(line) => Ok(line.send(statement, values, Some(otherwise)).await?),
        }
    }

    /// All rows a statement gives.
    pub(super) async fn fetch_all<T: Record>(
        &mut self,
        statement: Statement,
        values: &[Value],
    ) -> Result<Vec<T>, Fault> {
        match self {
            Self::Sqlite(connection) => Ok(sqlite::fetch_all(connection, statement, values)?),
            Self::Postgres(line) => line.fetch_all(statement, values).await,
        }
    }

    /// The only row a statement gives, if any.
    pub(super) async fn fetch_optional<T: Record>(
        &mut self,
        statement: Statement,
        values: &[Value],
    ) -> Result<Option<T>, Fault> {
        Ok(self.fetch_all(statement, values).await?.into_iter().next())
    }

    /// The only row of a statement that always gives one, such as a count.
    pub(super) async fn fetch_one<T: Record>(
        &mut self,
        statement: Statement,
        values: &[Value],
    ) -> Result<T, Fault> {
        self.fetch_optional(statement, values)
            .await?
            .ok_or(Fault::Inconsistent(NO_ROW))
    }
}

/// Of a statement that always gives one.
pub(super) const NO_ROW: &str = "a statement that always gives a row gave none";
