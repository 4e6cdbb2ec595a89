//! Takes updates from Telegram and hands each to the desk.
//!
//! Telegram itself is the inbox: it keeps what was not confirmed for 24 hours. So nothing is
//! confirmed before it has its verdict, neither by moving the offset nor by answering a webhook
//! with 200, and a crash at any moment loses nothing. teloxide's own listeners confirm on receipt,
//! which is why this loop exists.

mod answers;
mod poll;
mod reception;
mod setbacks;
#[cfg(test)]
mod tests;
mod window;

use actors::domain::{Language, PersonId, UpdateId};
use actors::inbound::{Inbound, Verdict};
use async_trait::async_trait;
use teloxide::types::AllowedUpdate;

pub(super) use poll::until;
pub use poll::{ListenError, Listener};
pub use reception::{Opened, Reception, Taken};
pub use setbacks::Pace;
pub(super) use setbacks::{Setbacks, Step};

/// What Telegram is asked for. Said with every poll: it remembers the last such list, and its
/// default leaves out who left a group.
pub(super) const ALLOWED_UPDATES: [AllowedUpdate; 5] = [
    AllowedUpdate::Message,
    AllowedUpdate::EditedMessage,
    AllowedUpdate::CallbackQuery,
    AllowedUpdate::MyChatMember,
    AllowedUpdate::ChatMember,
];

/// The desk, as seen from here.
#[async_trait]
pub trait Door: Send + Sync {
    /// Hands something over and waits until it lasts, or until it is known why it never will.
    ///
    /// # Errors
    /// When there is no verdict; the same is handed over again then.
    async fn hand_over(&self, inbound: Inbound) -> Result<Verdict, DoorError>;

    /// Keeps an update that got no verdict again and again.
    ///
    /// # Errors
    /// When it could not be kept; it is tried again then.
    async fn set_aside(&self, update: UpdateId, raw: &str, cause: &str) -> Result<(), DoorError>;

    /// The language that somebody's private chat speaks, if the desk knows: what they chose there
    /// outweighs what their client says.
    async fn language_of(&self, person: PersonId) -> Option<Language>;

    /// What piled up while the desk was away has its verdicts now. Said once.
    fn caught_up(&self);
}

/// The desk gave no verdict.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DoorError {
    /// The desk can keep nothing at present: whatever comes waits until it can.
    #[error("{reason}")]
    Closed {
        /// Why.
        reason: String,
    },
    /// This one failed: trying a few times more is worth while, not more.
    #[error("{reason}")]
    Failed {
        /// Why.
        reason: String,
    },
}
