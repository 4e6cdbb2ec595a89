//! What may go wrong, first in the store's own words and then in those of the port.

use std::sync::Arc;

use actors::ports::{CommitError, StoreError};

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
    #[error("{what} is not in the form in which this version stores it")]
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
