//! What may go wrong, first in the store's own words and then in those of the port.

use std::sync::Arc;

use actors::ports::{CommitError, StoreError};

use super::postgres::Told;

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
    Fault(Fault),
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Earlier(refused) => *refused,
            fault => Self::Fault(fault),
        }
    }
}

impl Refused {
    /// What went wrong, if this is no refusal.
    pub(super) fn fault(&self) -> Option<&Fault> {
        match self {
            Self::Fault(fault) => Some(fault),
            Self::Conflict | Self::AlreadyHandled | Self::AlreadyReported => None,
        }
    }

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
            away: self.fault().is_some_and(Fault::is_away),
            source: Box::new(self),
        }
    }
}

/// What went wrong, before it is said in which operation.
#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    #[error("the lock on the database could not be looked after")]
    Lease(#[source] sqlx::Error),
    #[error("the database server refused, or did not answer")]
    Server(#[source] Told),
    #[error("the database server sent a row in another form")]
    Misread(#[source] tokio_postgres::Error),
    #[error("no connection to the database server was to be had")]
    NoLine,
    #[error("the connection to the database server was cut")]
    Cut,
    /// Of a statement that was sent ahead.
    #[error(transparent)]
    Earlier(Box<Refused>),
    #[error("the database file refused")]
    File(#[from] rusqlite::Error),
    #[error("the transaction this was written in, together with others, was not kept")]
    TransactionLost(#[source] Arc<Fault>),
    #[error("the store's writer has stopped")]
    WriterStopped,
    #[error("the database server is silent")]
    Silent,
    #[error("another process has taken over the database")]
    TakenOver,
    #[error("the database was opened to look only")]
    ReadOnly,
    #[error("{what} is not in the form in which this version stores it")]
    Unreadable {
        what: &'static str,
        #[source]
        source: serde_json::Error,
    },
    #[error("the store holds {0} that is no moment in time")]
    NoMoment(i64),
    #[error("{0}")]
    TooMuch(&'static str),
    #[error("{0}")]
    Inconsistent(&'static str),
}

impl From<tokio_postgres::Error> for Fault {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Server(error.into())
    }
}

impl From<Refused> for Fault {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Fault(fault) => fault,
            refused => Self::Earlier(Box::new(refused)),
        }
    }
}

impl Fault {
    /// Whether another process has the database now: nothing can be written any more.
    pub(super) fn is_taken_over(&self) -> bool {
        match self {
            Self::TakenOver => true,
            Self::TransactionLost(cause) => cause.is_taken_over(),
            _ => false,
        }
    }

    /// Whether the database is away, locked or full, so that the same later may work. Otherwise it
    /// is this one thing that it cannot do, now or later, and everything else goes on.
    pub(super) fn is_away(&self) -> bool {
        match self {
            Self::Server(told) => told.is_away(),
            Self::File(error) => is_file_away(error),
            Self::TransactionLost(_)
            | Self::WriterStopped
            | Self::Lease(_)
            | Self::Silent
            | Self::NoLine
            | Self::Cut
            | Self::TakenOver => true,
            Self::Earlier(refused) => refused.fault().is_some_and(Self::is_away),
            Self::Misread(_)
            | Self::Unreadable { .. }
            | Self::NoMoment(_)
            | Self::TooMuch(_)
            | Self::Inconsistent(_)
            | Self::ReadOnly => false,
        }
    }

    /// In the words of the port.
    pub(super) fn during(self, operation: &'static str) -> StoreError {
        StoreError {
            operation,
            away: self.is_away(),
            source: Box::new(self),
        }
    }
}

/// What SQLite says of data or of a statement: `ERROR`, `TOOBIG`, `MISMATCH` and `RANGE`.
const ABOUT_THE_VALUES: [u32; 4] = [1, 18, 20, 25];

fn is_file_away(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|told| {
        let code = told.extended_code.unsigned_abs() & 0xff;
        told.code != rusqlite::ErrorCode::ConstraintViolation && !ABOUT_THE_VALUES.contains(&code)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_away_when_it_is_and_not_when_it_refuses_one_thing() {
        let memory = rusqlite::Connection::open_in_memory().unwrap();
        let refused = |sql| is_file_away(&memory.execute_batch(sql).unwrap_err());
        assert!(!refused("SELECT nothing FROM nowhere"));
        assert!(!refused(
            "CREATE TABLE one (it INTEGER NOT NULL); INSERT INTO one VALUES (NULL)"
        ));
        assert!(
            refused("PRAGMA query_only = 1; INSERT INTO one VALUES (1)"),
            "read only"
        );
        assert!(!is_file_away(&rusqlite::Error::QueryReturnedNoRows));
    }
}
