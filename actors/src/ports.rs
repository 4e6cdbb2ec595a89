//! What the desk needs from the world outside, as traits that name no vendor.

pub mod chat;
pub mod commit;
pub mod store;

pub use chat::{Act, Background, Chat, ChatError, Letter};
pub use commit::{
    Address, Commit, CommitError, Committed, Draft, IncidentWrite, Record, StoreError,
};
pub use store::{
    Card, Head, LastRun, OutboxRow, Pace, Recovered, Rest, RunEnd, SentLately, Settled, Store,
};

use chrono::{DateTime, Utc};

/// Tells the time. Production reads the machine; tests and the demo move it by hand.
pub trait Clock: Send + Sync + 'static {
    /// The present moment.
    fn now(&self) -> DateTime<Utc>;
}
