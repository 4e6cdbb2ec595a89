//! Stands in for a child that is parked, so that whoever wants something of it is still served.
//!
//! Owns nothing between two messages: each is handled by a child made for it alone, which finds
//! everything in the store, does what the parked one would have done, and is thrown away. Invariant:
//! a message that breaks what handles it takes only itself along, so there is nothing to restart
//! and no loop. Whoever sent it sees that its reply port is gone, as when a child dies.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures_util::FutureExt;
use ractor::{Actor, ActorProcessingErr, ActorRef};

use super::{Breed, MessageOf};

/// The actor.
pub(super) struct StandIn<B: Breed> {
    pub(super) breed: Arc<B>,
    pub(super) key: B::Key,
}

/// What it remembers.
#[derive(Default)]
pub(super) struct State {
    /// Whether a message failed that nobody waits for: the clock would send the next one at once.
    deaf_to_the_clock: bool,
}

impl<B: Breed> Actor for StandIn<B> {
    type Msg = MessageOf<B>;
    type State = State;
    type Arguments = ();

    async fn pre_start(&self, _: ActorRef<Self::Msg>, (): ()) -> Result<State, ActorProcessingErr> {
        Ok(State::default())
    }

    async fn handle(
        &self,
        myself: ActorRef<Self::Msg>,
        message: Self::Msg,
        state: &mut State,
    ) -> Result<(), ActorProcessingErr> {
        let waited_for = B::is_waited_for(&message);
        if state.deaf_to_the_clock && !waited_for {
            return Ok(());
        }
        let attempt = AssertUnwindSafe(self.serve(myself, message));
        let failed = match attempt.catch_unwind().await {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(error)) => error.to_string(),
            Err(_) => "it panicked".to_owned(),
        };
        // Whoever waits for an answer says what becomes of it.
        tracing::debug!(actor = B::KIND, key = %self.key, failed, "served in vain for what is parked");
        state.deaf_to_the_clock |= !waited_for;
        Ok(())
    }
}

impl<B: Breed> StandIn<B> {
    async fn serve(
        &self,
        myself: ActorRef<MessageOf<B>>,
        message: MessageOf<B>,
    ) -> Result<(), ActorProcessingErr> {
        let (child, arguments) = self.breed.raise(self.key);
        let mut state = child.pre_start(myself.clone(), arguments).await?;
        child.handle(myself, message, &mut state).await
    }
}
