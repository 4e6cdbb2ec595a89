//! The door to the tree: bounds what is in flight, and routes what comes in to the actor of its
//! chat. It holds nothing, so that a restart loses only what is being handed over; whoever handed
//! it over sees that and hands it over again.

use std::sync::Arc;
use std::time::Duration;

use ractor::{Actor, ActorProcessingErr, ActorRef, RpcReplyPort};
use tokio::sync::{Semaphore, oneshot};

use crate::domain::ChatId;
use crate::group::{self, Groups};
use crate::inbound::{Inbound, Place, What};
use crate::line::Line;
use crate::nursery;
use crate::outcome::{Outcome, Unanswered};
use crate::private::{self, Privates};

/// How many commands may be under way at once. Mailboxes know no bound, so it is kept here: a
/// batch from the messenger holds 100, a webhook sends 100 side by side at most, and the rest is
/// room for the dashboard.
pub const IN_FLIGHT_LIMIT: usize = 256;

/// How long an answer may take. A command costs milliseconds; one that takes this long waits for
/// a store that hangs, and the asker does better to ask again.
pub const ANSWER_LIMIT: Duration = Duration::from_secs(20);

/// A handle to the tree, for adapters: what they may do is hand over.
#[derive(Clone)]
pub struct Desk {
    gateway: Line<Msg>,
    in_flight: Arc<Semaphore>,
}

impl Desk {
    pub(crate) fn new(gateway: Line<Msg>) -> Self {
        Self {
            gateway,
            in_flight: Arc::new(Semaphore::new(IN_FLIGHT_LIMIT)),
        }
    }

    /// Hands something over and waits for the answer. Calls that are polled in order reach the
    /// actor of a chat in that order.
    ///
    /// # Errors
    /// [`Unanswered`]: nothing was acknowledged.
    pub async fn hand_over(&self, inbound: Inbound) -> Outcome {
        let _permit = self.in_flight.acquire().await.map_err(failed)?;
        if self.gateway.actor().is_none() {
            return Err(started_again());
        }
        let (answer, waiting) = oneshot::channel();
        self.gateway
            .send(Msg::Handle(Box::new(inbound), answer.into()));
        match tokio::time::timeout(ANSWER_LIMIT, waiting).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(gone)) => Err(failed(gone)),
            // Nobody died over it, and what hangs may yet be kept: it must not count against the
            // command, nor may anybody be told that nothing was changed.
            Err(late) => Err(Unanswered::unavailable(&late)),
        }
    }

    /// Asks the tree whether it answers.
    pub async fn answers(&self) -> bool {
        let (answer, waiting) = oneshot::channel();
        self.gateway.send(Msg::Ping(answer.into()));
        matches!(
            tokio::time::timeout(ANSWER_LIMIT, waiting).await,
            Ok(Ok(()))
        )
    }
}

fn failed(error: impl std::fmt::Display) -> Unanswered {
    Unanswered::Failed {
        reason: error.to_string(),
    }
}

/// A part that everything goes through has just fallen. It is no fault of a command that comes before
/// it has been started again, and must not count against it.
fn started_again() -> Unanswered {
    Unanswered::Unavailable {
        reason: "a central part is being started again".to_owned(),
    }
}

/// What the gateway is told.
pub enum Msg {
    /// Something came in.
    Handle(Box<Inbound>, RpcReplyPort<Outcome>),
    /// Are you there?
    Ping(RpcReplyPort<()>),
}

/// The actor.
pub struct Gateway {
    /// The actors of group chats.
    pub groups: Line<nursery::Msg<Groups>>,
    /// The actors of private chats.
    pub privates: Line<nursery::Msg<Privates>>,
}

impl Actor for Gateway {
    type Msg = Msg;
    type State = ();
    type Arguments = ();

    async fn pre_start(&self, _: ActorRef<Msg>, (): ()) -> Result<(), ActorProcessingErr> {
        Ok(())
    }

    async fn handle(
        &self,
        _: ActorRef<Msg>,
        message: Msg,
        (): &mut (),
    ) -> Result<(), ActorProcessingErr> {
        match message {
            Msg::Handle(inbound, reply) => self.route(inbound, reply),
            Msg::Ping(reply) => {
                if reply.send(()).is_err() {
                    tracing::debug!("whoever asked for a sign of life has gone");
                }
            }
        }
        Ok(())
    }
}

impl Gateway {
    fn route(&self, inbound: Box<Inbound>, reply: RpcReplyPort<Outcome>) {
        match inbound.place {
            Place::Group { chat, .. } => {
                let key = group_key(&inbound.what, chat);
                if self.groups.actor().is_none() {
                    return refuse(reply);
                }
                let message = group::Msg::Handle(inbound, reply);
                self.groups.send(nursery::Msg::Pass { key, message });
            }
            Place::Private { chat: key } => {
                if self.privates.actor().is_none() {
                    return refuse(reply);
                }
                let message = private::Msg::Handle(inbound, reply);
                self.privates.send(nursery::Msg::Pass { key, message });
            }
        }
    }
}

fn refuse(reply: RpcReplyPort<Outcome>) {
    if reply.send(Err(started_again())).is_err() {
        tracing::debug!("nobody waits for the answer any more");
    }
}

/// News of a chat's new number go to the actor of the old one: that is where the group is known.
fn group_key(what: &What, chat: ChatId) -> ChatId {
    match what {
        What::Migrated { from, .. } => *from,
        _ => chat,
    }
}
