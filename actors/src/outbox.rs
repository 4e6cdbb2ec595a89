//! Delivers what was committed, within the messenger's limits, and notes how it went.
//!
//! Owns no words: they are rows. Invariant: a row is noted as being sent before it is sent, so that
//! after a crash it is known to be doubtful; in one chat one row is under way at a time, so order
//! is kept. When this actor dies, deliveries under way finish by themselves, and the next one reads
//! the same rows.

mod compose;
mod limits;
mod settle;

use std::collections::HashSet;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use ractor::{Actor, ActorProcessingErr, ActorRef, RpcReplyPort};

use crate::context::Context;
use crate::domain::ChatId;
use crate::ports::{Chat, OutboxRow, StoreError};
use crate::pulse;
use limits::{Limits, Room};

/// How many deliveries may be under way at once: it bounds how many repeats a crash can cause.
pub const IN_FLIGHT_LIMIT: usize = 8;

/// How many waiting rows one look considers: more than limits allow to be sent in a second.
const BATCH: u32 = 64;

/// The longest time between two looks: the wall clock may be moved.
const LONGEST_NAP: Duration = Duration::from_secs(1);

/// The shortest nap, while a chat's budget is used up for a moment.
const SHORTEST_NAP: Duration = Duration::from_millis(20);

/// What the outbox is told.
pub enum Msg {
    /// See what waits, and answer when to look again.
    Look(RpcReplyPort<Duration>),
    /// A delivery ended.
    Done {
        /// To which chat.
        chat: ChatId,
        /// Until when the messenger wants to be left alone with that chat.
        rest: Option<Duration>,
    },
    /// Finish what is under way, begin nothing new, and answer when that is done.
    Finish(RpcReplyPort<()>),
}

/// The actor.
pub struct Outbox {
    /// What it is given.
    pub context: Arc<Context>,
    /// Where letters go.
    pub chat: Arc<dyn Chat>,
}

/// What is under way.
pub struct State {
    in_flight: HashSet<ChatId>,
    limits: Limits,
    /// Nothing new begins, from the word to finish until the end.
    finishing: bool,
    waiting: Option<RpcReplyPort<()>>,
}

impl Actor for Outbox {
    type Msg = Msg;
    type State = State;
    type Arguments = ();

    async fn pre_start(&self, myself: ActorRef<Msg>, (): ()) -> Result<State, ActorProcessingErr> {
        let tap = Arc::clone(&self.context.wakes.outbox);
        pulse::start(myself, tap, Msg::Look);
        Ok(State {
            in_flight: HashSet::new(),
            limits: Limits::new(Arc::clone(&self.context.clock)),
            finishing: false,
            waiting: None,
        })
    }

    async fn handle(
        &self,
        myself: ActorRef<Msg>,
        message: Msg,
        state: &mut State,
    ) -> Result<(), ActorProcessingErr> {
        match message {
            Msg::Look(reply) => {
                let nap = self.look(&myself, state).await.unwrap_or_else(|error| {
                    tracing::warn!(
                        error = &error as &dyn std::error::Error,
                        "the outbox could not be read; it is read again in a second"
                    );
                    LONGEST_NAP
                });
                if reply.send(nap).is_err() {
                    tracing::debug!("the pulse of the outbox has stopped");
                }
            }
            Msg::Done { chat, rest } => {
                state.in_flight.remove(&chat);
                if let Some(rest) = rest {
                    state.limits.rest(chat, rest);
                }
                state.finish_if_idle();
                self.context.wakes.outbox.notify_one();
            }
            Msg::Finish(reply) => {
                state.finishing = true;
                state.waiting = Some(reply);
                state.finish_if_idle();
            }
        }
        Ok(())
    }
}

impl Outbox {
    /// Begins what may begin; answers how long to nap.
    async fn look(
        &self,
        myself: &ActorRef<Msg>,
        state: &mut State,
    ) -> Result<Duration, StoreError> {
        if state.finishing {
            return Ok(LONGEST_NAP);
        }
        let now = self.context.clock.now();
        let mut nap = LONGEST_NAP;
        for row in self.context.store.outbox_heads(now, BATCH).await? {
            if state.in_flight.len() >= IN_FLIGHT_LIMIT {
                return Ok(nap);
            }
            if state.in_flight.contains(&row.chat) {
                continue;
            }
            match state.limits.room(row.chat, row.class) {
                Room::Now => {
                    state.in_flight.insert(row.chat);
                    self.begin(myself.clone(), row);
                }
                Room::After(wait) => nap = nap.min(wait),
            }
        }
        if let Some(next) = self.context.store.outbox_next(now).await? {
            nap = nap.min((next - now).to_std().unwrap_or_default());
        }
        Ok(nap.clamp(SHORTEST_NAP, LONGEST_NAP))
    }

    fn begin(&self, myself: ActorRef<Msg>, row: OutboxRow) {
        let context = Arc::clone(&self.context);
        let messenger = Arc::clone(&self.chat);
        let delivery = async move {
            let chat = row.chat;
            let delivered = settle::deliver(&context, &*messenger, &row);
            let rest = match AssertUnwindSafe(delivered).catch_unwind().await {
                Ok(rest) => rest,
                Err(_) => settle::after_panic(&context, &row).await,
            };
            if let Err(error) = myself.cast(Msg::Done { chat, rest }) {
                tracing::debug!(%error, "the outbox was restarted while a delivery was under way");
            }
        };
        // Not an actor: a delivery ends by itself, is bounded by IN_FLIGHT_LIMIT, and must settle
        // its row even if the outbox is restarted meanwhile.
        #[allow(clippy::disallowed_methods)]
        tokio::spawn(delivery);
    }
}

impl State {
    fn finish_if_idle(&mut self) {
        if self.in_flight.is_empty()
            && let Some(reply) = self.waiting.take()
            && reply.send(()).is_err()
        {
            tracing::debug!("nobody waits for the outbox to finish any more");
        }
    }
}
