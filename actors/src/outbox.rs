//! Delivers what was committed, within the messenger's limits, and notes how it went.
//!
//! Owns no words: they are rows. Invariant: a row is noted as being sent before it is sent, so that
//! after a crash it is known to be doubtful; in one chat one row is under way at a time, so order
//! is kept. When this actor dies, deliveries under way finish by themselves, and the next one reads
//! the same rows, and what was sent lately, from the store. What is noted as being sent while nobody
//! sends it waits again within seconds.

mod compose;
mod limits;
mod settle;
mod turns;
mod under_way;

use std::collections::HashSet;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::FutureExt;
use ractor::{Actor, ActorProcessingErr, ActorRef, RpcReplyPort};

pub use compose::overview::{list as reported_incidents, read as overview};
pub use under_way::UnderWay;

use crate::context::Context;
use crate::domain::{ChatId, Class};
use crate::ports::{Chat, OutboxRow, StoreError};
use crate::pulse;
use limits::{LOOK_BACK, Limits, messages_of};
use settle::Told;
use turns::{Turn, Turns};
use under_way::look_for_stranded;

/// How many deliveries may be under way at once: it bounds how many repeats a crash can cause.
pub const IN_FLIGHT_LIMIT: usize = 8;

/// How many of them may be pages or less: a line on which every call hangs leaves an escalation its
/// own.
const PAGES_IN_FLIGHT: usize = IN_FLIGHT_LIMIT - 1;

/// How many of them may be less than pages.
const EDITS_IN_FLIGHT: usize = PAGES_IN_FLIGHT - 1;

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
        /// Whom the messenger wants to be left alone with.
        told: Option<Told>,
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
    turns: Turns,
    /// Whether the limits know what was sent before this began.
    remembers: bool,
    /// When it was last looked for rows that nobody delivers though they are being sent.
    looked_for_stranded: Option<DateTime<Utc>>,
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
            turns: Turns::default(),
            limits: Limits::new(Arc::clone(&self.context.clock)),
            remembers: false,
            looked_for_stranded: None,
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
                    error.tell("the outbox could not be read; it is read again in a second");
                    LONGEST_NAP
                });
                if reply.send(nap).is_err() {
                    tracing::debug!("the pulse of the outbox has stopped");
                }
            }
            Msg::Done { chat, told } => {
                state.in_flight.remove(&chat);
                match told {
                    Some(Told::Chat(rest)) => state.limits.rest(Some(chat), rest),
                    Some(Told::All(rest)) => state.limits.rest(None, rest),
                    None => {}
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
        let store = &self.context.store;
        let now = self.context.clock.now();
        if !state.remembers {
            let pace = store.outbox_pace(now - LOOK_BACK).await?;
            state.limits.take_up(&pace);
            state.remembers = true;
        }
        look_for_stranded(&self.context, &mut state.looked_for_stranded, now).await?;
        let heads = store.outbox_heads(now).await?;
        let (order, nap) = state
            .turns
            .order(&heads, &state.in_flight, &mut state.limits, now);
        let mut nap = nap.unwrap_or(LONGEST_NAP);
        for turn in order {
            if !state.takes(&turn) {
                continue;
            }
            // Each that goes takes room from those after it.
            if let Some(wait) = state.limits.wait(turn.head.chat, turn.goes, 1) {
                nap = nap.min(wait);
                continue;
            }
            let row = store.outbox_waiting(turn.head.id).await?;
            let Some(row) = row.filter(|row| row.chat == turn.head.chat) else {
                nap = SHORTEST_NAP;
                continue;
            };
            let messages = messages_of(&row.says);
            if let Some(wait) = state.limits.wait(row.chat, turn.goes, messages) {
                nap = nap.min(wait);
                continue;
            }
            state.goes(&turn, messages);
            self.begin(myself.clone(), row);
        }
        Ok(nap.clamp(SHORTEST_NAP, LONGEST_NAP))
    }

    fn begin(&self, myself: ActorRef<Msg>, row: OutboxRow) {
        let context = Arc::clone(&self.context);
        let messenger = Arc::clone(&self.chat);
        let held = context.under_way.hold(row.id);
        let delivery = async move {
            let chat = row.chat;
            let delivered = settle::deliver(&context, &*messenger, &row);
            let told = match AssertUnwindSafe(delivered).catch_unwind().await {
                Ok(told) => told,
                Err(_) => {
                    let settled = AssertUnwindSafe(settle::after_panic(&context, &row));
                    // Whatever becomes of that, its chat must not wait for this delivery.
                    settled.catch_unwind().await.ok().flatten()
                }
            };
            drop(held);
            if let Err(error) = myself.cast(Msg::Done { chat, told }) {
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
    /// Whether there is a place for that row among those under way.
    fn takes(&self, turn: &Turn) -> bool {
        let places = match turn.goes.overall {
            Class::Escalation => IN_FLIGHT_LIMIT,
            Class::Page => PAGES_IN_FLIGHT,
            Class::Awaited | Class::Card | Class::Edit | Class::Chatter => EDITS_IN_FLIGHT,
        };
        self.in_flight.len() < places && !self.in_flight.contains(&turn.head.chat)
    }

    fn goes(&mut self, turn: &Turn, messages: usize) {
        let chat = turn.head.chat;
        self.in_flight.insert(chat);
        self.limits.take(chat, messages);
        let now = self.limits.now();
        self.turns.had(&turn.head, now);
    }

    fn finish_if_idle(&mut self) {
        if self.in_flight.is_empty()
            && let Some(reply) = self.waiting.take()
            && reply.send(()).is_err()
        {
            tracing::debug!("nobody waits for the outbox to finish any more");
        }
    }
}
