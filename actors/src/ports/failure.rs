//! Why something was not kept, or could not be read.

/// Why a commit was not kept.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// The incident has moved on: load it and decide again.
    #[error("the incident has moved on")]
    Conflict,
    /// The update has its verdict already.
    #[error("the update was handled already")]
    AlreadyHandled,
    /// An incident was made from that message already.
    #[error("an incident was made from that message already")]
    AlreadyReported,
    /// The store does not answer, or is full: the same again later may work.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The store failed.
#[derive(Debug, thiserror::Error)]
#[error("the store failed to {operation}")]
pub struct StoreError {
    /// What was tried.
    pub operation: &'static str,
    /// Whether the store is away or full, so that the same later may work. Otherwise it is this one
    /// thing that it cannot do.
    pub away: bool,
    /// Why it failed.
    #[source]
    pub source: Box<dyn std::error::Error + Send + Sync>,
}

impl StoreError {
    /// Says in the log what follows. That it is away a store says itself, once for everybody.
    pub fn tell(&self, what_follows: &str) {
        let error = self as &dyn std::error::Error;
        if self.away {
            tracing::debug!(error, "{what_follows}");
        } else {
            tracing::warn!(error, "{what_follows}");
        }
    }
}
