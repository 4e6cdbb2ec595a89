//! How actors find those that live as long as the tree: by a line that the tree reconnects when it
//! restarts one of them.

use std::sync::{Arc, PoisonError, RwLock};

use ractor::{ActorRef, ActorStatus, Message};

/// A line to an actor that may be restarted.
pub struct Line<M> {
    end: Arc<RwLock<Option<ActorRef<M>>>>,
}

impl<M> Clone for Line<M> {
    fn clone(&self) -> Self {
        Self {
            end: Arc::clone(&self.end),
        }
    }
}

impl<M> Default for Line<M> {
    fn default() -> Self {
        Self {
            end: Arc::default(),
        }
    }
}

impl<M: Message> Line<M> {
    /// Sends a message. If nobody is there it is dropped, and with it the reply port it carries:
    /// whoever waits for an answer sees that at once and asks again.
    pub fn send(&self, message: M) {
        if let Some(actor) = self.actor()
            && let Err(error) = actor.cast(message)
        {
            tracing::debug!(%error, "nobody at the other end of the line");
        }
    }

    /// The actor at the other end, if it is alive.
    #[must_use]
    pub fn actor(&self) -> Option<ActorRef<M>> {
        self.end
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
            .filter(|actor| actor.get_status() <= ActorStatus::Running)
    }

    /// Puts an actor at the other end.
    pub(crate) fn connect(&self, actor: ActorRef<M>) {
        *self.end.write().unwrap_or_else(PoisonError::into_inner) = Some(actor);
    }
}
