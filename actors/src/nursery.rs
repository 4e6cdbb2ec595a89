//! Finds the child for a key, or starts it; restarts those that fall, and leaves lying those that
//! keep falling, so that one broken incident never takes its neighbours along. What is left lying has
//! a stand-in meanwhile.
//!
//! A child is a cache of rows: when it dies nothing is lost but the messages that waited in its
//! mailbox. Their reply ports die with them, so whoever asked notices at once and asks again. The
//! nursery itself holds nothing that cannot be found again, and is restarted by the tree.

mod stand_in;

use std::collections::HashMap;
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use ractor::{Actor, ActorId, ActorProcessingErr, ActorRef, ActorStatus, SupervisionEvent};

use crate::context::Context;
use crate::restart::{Advice, RestartWindow};
use stand_in::StandIn;

/// What a nursery raises.
pub trait Breed: Send + Sync + 'static {
    /// What tells children apart.
    type Key: Copy + Eq + Hash + Display + Debug + Send + Sync + 'static;
    /// The child.
    type Child: Actor;

    /// What a child is called in logs.
    const KIND: &'static str;

    /// The child for a key, and what it starts with.
    fn raise(&self, key: Self::Key) -> (Self::Child, <Self::Child as Actor>::Arguments);

    /// Whether somebody waits for an answer to that message.
    fn is_waited_for(message: &<Self::Child as Actor>::Msg) -> bool;
}

/// What a child understands.
pub type MessageOf<B> = <<B as Breed>::Child as Actor>::Msg;

/// What a child starts with.
pub type ArgumentsOf<B> = <<B as Breed>::Child as Actor>::Arguments;

/// What a nursery is told.
pub enum Msg<B: Breed> {
    /// Pass a message to the child for a key, starting it if need be.
    Pass {
        /// Which child.
        key: B::Key,
        /// The message.
        message: MessageOf<B>,
    },
    /// Start a child with what is already known, unless it lives.
    Adopt {
        /// Which child.
        key: B::Key,
        /// What it starts with.
        arguments: ArgumentsOf<B>,
    },
    /// Start a child again after its wait.
    Raise {
        /// Which child.
        key: B::Key,
    },
    /// Pass a message to every living child.
    Each {
        /// Makes the message for a child.
        message: fn() -> MessageOf<B>,
    },
}

impl<B: Breed> Debug for Msg<B> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Pass { key, .. } => write!(formatter, "Pass({key:?})"),
            Self::Adopt { key, .. } => write!(formatter, "Adopt({key:?})"),
            Self::Raise { key } => write!(formatter, "Raise({key:?})"),
            Self::Each { .. } => formatter.write_str("Each"),
        }
    }
}

/// The nursery of one breed.
pub struct Nursery<B> {
    /// How children are raised.
    pub breed: Arc<B>,
    /// The clock, for restart windows.
    pub context: Arc<Context>,
}

/// Who lives, and who fell how often.
pub struct State<B: Breed> {
    children: HashMap<B::Key, ActorRef<MessageOf<B>>>,
    keys: HashMap<ActorId, B::Key>,
    falls: HashMap<B::Key, RestartWindow>,
    parked: HashMap<B::Key, Parked<B>>,
}

/// A child that was left lying.
struct Parked<B: Breed> {
    until: DateTime<Utc>,
    stand_in: Option<ActorRef<MessageOf<B>>>,
}

/// How long a child that kept falling is left lying before the next message may start it anew:
/// long enough that a crash loop costs nothing, short enough that a mended cause shows soon. A
/// stand-in serves whoever comes meanwhile.
pub const PARKING: chrono::Duration = chrono::Duration::minutes(5);

impl<B: Breed> Actor for Nursery<B> {
    type Msg = Msg<B>;
    type State = State<B>;
    type Arguments = ();

    async fn pre_start(
        &self,
        _: ActorRef<Self::Msg>,
        (): (),
    ) -> Result<Self::State, ActorProcessingErr> {
        Ok(State {
            children: HashMap::new(),
            keys: HashMap::new(),
            falls: HashMap::new(),
            parked: HashMap::new(),
        })
    }

    async fn handle(
        &self,
        myself: ActorRef<Self::Msg>,
        message: Self::Msg,
        state: &mut Self::State,
    ) -> Result<(), ActorProcessingErr> {
        match message {
            Msg::Pass { key, message } => self.pass(&myself, state, key, message).await,
            Msg::Adopt { key, arguments } => self.adopt(&myself, state, key, arguments).await,
            Msg::Raise { key } => {
                self.find_or_start(&myself, state, key).await;
            }
            Msg::Each { message } => {
                for child in state.children.values() {
                    send(child, message());
                }
            }
        }
        Ok(())
    }

    async fn handle_supervisor_evt(
        &self,
        myself: ActorRef<Self::Msg>,
        event: SupervisionEvent,
        state: &mut Self::State,
    ) -> Result<(), ActorProcessingErr> {
        match event {
            SupervisionEvent::ActorFailed(child, cause) => {
                self.fell(&myself, state, child.get_id(), &cause.to_string());
            }
            SupervisionEvent::ActorTerminated(child, _, _) => {
                state.forget(child.get_id());
            }
            SupervisionEvent::ActorStarted(_) | SupervisionEvent::ProcessGroupChanged(_) => {}
        }
        Ok(())
    }
}

impl<B: Breed> Nursery<B> {
    async fn pass(
        &self,
        myself: &ActorRef<Msg<B>>,
        state: &mut State<B>,
        key: B::Key,
        message: MessageOf<B>,
    ) {
        let child = if self.is_parked(state, key) {
            self.stand_in(myself, state, key).await
        } else {
            self.find_or_start(myself, state, key).await
        };
        // A dropped message drops its reply port: the asker notices and asks again.
        if let Some(child) = child {
            send(&child, message);
        }
    }

    async fn adopt(
        &self,
        myself: &ActorRef<Msg<B>>,
        state: &mut State<B>,
        key: B::Key,
        arguments: ArgumentsOf<B>,
    ) {
        if state.living(key).is_none() {
            let (child, _) = self.breed.raise(key);
            self.start(myself, state, key, child, arguments).await;
        }
    }

    async fn find_or_start(
        &self,
        myself: &ActorRef<Msg<B>>,
        state: &mut State<B>,
        key: B::Key,
    ) -> Option<ActorRef<MessageOf<B>>> {
        if let Some(child) = state.living(key) {
            return Some(child);
        }
        if self.is_parked(state, key) {
            return None;
        }
        let (child, arguments) = self.breed.raise(key);
        self.start(myself, state, key, child, arguments).await
    }

    fn is_parked(&self, state: &mut State<B>, key: B::Key) -> bool {
        let now = self.context.clock.now();
        match state.parked.get(&key) {
            None => return false,
            Some(parked) if now < parked.until => return true,
            Some(_) => {}
        }
        let stand_in = state.parked.remove(&key).and_then(|parked| parked.stand_in);
        if let Some(Err(error)) = stand_in.map(|stand_in| stand_in.drain()) {
            tracing::debug!(%error, "a stand-in had gone already");
        }
        state.falls.remove(&key);
        false
    }

    /// What serves for a parked child.
    async fn stand_in(
        &self,
        myself: &ActorRef<Msg<B>>,
        state: &mut State<B>,
        key: B::Key,
    ) -> Option<ActorRef<MessageOf<B>>> {
        let parked = state.parked.get_mut(&key)?;
        if let Some(there) = parked.stand_in.as_ref().filter(|it| is_living(it)) {
            return Some(there.clone());
        }
        let stand_in = StandIn {
            breed: Arc::clone(&self.breed),
            key,
        };
        match Actor::spawn_linked(None, stand_in, (), myself.get_cell()).await {
            Ok((actor, _)) => parked.stand_in = Some(actor),
            Err(error) => {
                tracing::error!(actor = B::KIND, %key, %error, "could not start a stand-in");
            }
        }
        parked.stand_in.clone()
    }

    async fn start(
        &self,
        myself: &ActorRef<Msg<B>>,
        state: &mut State<B>,
        key: B::Key,
        child: B::Child,
        arguments: ArgumentsOf<B>,
    ) -> Option<ActorRef<MessageOf<B>>> {
        match Actor::spawn_linked(None, child, arguments, myself.get_cell()).await {
            Ok((child, _)) => {
                state.keys.insert(child.get_id(), key);
                state.children.insert(key, child.clone());
                Some(child)
            }
            Err(error) => {
                tracing::error!(actor = B::KIND, %key, %error, "could not start the actor");
                None
            }
        }
    }

    fn fell(&self, myself: &ActorRef<Msg<B>>, state: &mut State<B>, id: ActorId, cause: &str) {
        let Some(key) = state.forget(id) else { return };
        let now = self.context.clock.now();
        state.falls.retain(|_, window| !window.is_calm(now));
        let window = state.falls.entry(key).or_default();
        let advice = window.fell(now);
        let restarts = window.count();
        match advice {
            Advice::Restart { after } => {
                tracing::warn!(actor = B::KIND, %key, cause, restarts_in_window = restarts,
                    "an actor failed and is restarted from the store");
                let wait = after.to_std().unwrap_or_default();
                myself.send_after(wait, move || Msg::Raise { key });
            }
            Advice::GiveUp => {
                let until = now + PARKING;
                let stand_in = None;
                state.parked.insert(key, Parked { until, stand_in });
                tracing::error!(actor = B::KIND, %key, cause, restarts_in_window = restarts,
                    parked_minutes = PARKING.num_minutes(),
                    "an actor keeps failing and is parked; everything else goes on");
            }
        }
    }
}

impl<B: Breed> State<B> {
    fn living(&self, key: B::Key) -> Option<ActorRef<MessageOf<B>>> {
        self.children
            .get(&key)
            .filter(|child| is_living(child))
            .cloned()
    }

    /// Forgets a dead child; answers its key, unless another has taken its place already.
    fn forget(&mut self, id: ActorId) -> Option<B::Key> {
        let key = self.keys.remove(&id)?;
        if self
            .children
            .get(&key)
            .is_some_and(|child| child.get_id() == id)
        {
            self.children.remove(&key);
        }
        Some(key)
    }
}

fn is_living<M: ractor::Message>(child: &ActorRef<M>) -> bool {
    child.get_status() <= ActorStatus::Running
}

fn send<M: ractor::Message>(child: &ActorRef<M>, message: M) {
    if let Err(error) = child.cast(message) {
        tracing::debug!(%error, "a child died before its message came");
    }
}
