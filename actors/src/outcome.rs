//! What comes back from the tree: an answer, or why there is none.

use crate::inbound::Verdict;
use crate::ports::{CommitError, StoreError};

/// What comes back: an answer, or why there is none.
pub type Outcome = Result<Verdict, Unanswered>;

/// Why there is no answer. Nothing was acknowledged: the same must be asked again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unanswered {
    /// The store is away or full; asking again helps once it is back, however long that takes.
    #[error("the desk cannot keep anything at present: {reason}")]
    Unavailable {
        /// Why.
        reason: String,
    },
    /// Whoever was asked died over it, or the store cannot do this one thing; asking a few times
    /// more is worth while, not more.
    #[error("no answer: {reason}")]
    Failed {
        /// Why.
        reason: String,
    },
}

impl Unanswered {
    /// The desk can keep nothing, and why.
    #[must_use]
    pub fn unavailable(error: &dyn std::error::Error) -> Self {
        let reason = explained(error);
        Self::Unavailable { reason }
    }
}

/// An error and all its causes.
fn explained(error: &dyn std::error::Error) -> String {
    let mut reason = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        reason.push_str(": ");
        reason.push_str(&cause.to_string());
        source = cause.source();
    }
    reason
}

impl From<StoreError> for Unanswered {
    fn from(error: StoreError) -> Self {
        let reason = explained(&error);
        if error.away {
            Self::Unavailable { reason }
        } else {
            Self::Failed { reason }
        }
    }
}

impl From<CommitError> for Unanswered {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Store(error) => error.into(),
            CommitError::Conflict | CommitError::AlreadyHandled | CommitError::AlreadyReported => {
                Self::unavailable(&error)
            }
        }
    }
}
