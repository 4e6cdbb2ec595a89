//! What the desk needs from the world outside, as traits that name no vendor.

pub mod analyst;
pub mod calls;
pub mod chat;
pub mod commit;
pub mod dashboard;
pub mod failure;
pub mod store;

pub use analyst::{
    Analyst, AnalystCall, AnalystError, Inquiry, Picture, Reply, Spent, TriageLimits, Usage,
};
pub use calls::{Calls, Telling};
pub use chat::{Act, Background, Chat, ChatError, Gathered, Letter};
pub use commit::{Address, Commit, Committed, Draft, IncidentWrite, Record, Waiting};
pub use dashboard::{
    BOARD_GROUPS, Board, BoardFilter, Dashboard, Lane, SecretDigest, SignIn, SignInLink, Tally,
};
pub use failure::{CommitError, StoreError};
pub use store::{
    Backlog, Card, Head, LastRun, OutboxRow, Pace, Recovered, Rest, RunEnd, SentLately, Settled,
    Store,
};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::{ChatId, PersonId, Photo};

/// Tells the time. Production reads the machine; tests and the demo move it by hand.
pub trait Clock: Send + Sync + 'static {
    /// The present moment.
    fn now(&self) -> DateTime<Utc>;

    /// How far the machine's wall clock is ahead of this one, if somebody has set it meanwhile.
    fn set_ahead(&self) -> Option<TimeDelta> {
        None
    }
}

/// Shows photos that people sent.
#[async_trait]
pub trait Pictures: Send + Sync + 'static {
    /// A photo, if it can be had and is of a size to be looked at.
    async fn picture(&self, photo: &Photo) -> Option<Picture>;
}

/// Tells who is in a group, by the messenger's word.
#[async_trait]
pub trait Roll: Send + Sync + 'static {
    /// Whether somebody is in a chat, now or a moment ago; `None` where it cannot be told.
    async fn is_in(&self, chat: ChatId, person: PersonId) -> Option<bool>;
}
