//! Watches the clock for everybody: reads which deadlines are due and tells their incidents to look
//! at the clock. The incident decides; a tap too many finds nothing due.
//!
//! Owns nothing: due times are rows. It wakes at the soonest of them, when somebody taps it, and
//! every second at the latest, because timers stand still while a machine sleeps and clocks are
//! moved. When it dies the next one reads the same rows.

mod audit;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use ractor::{Actor, ActorProcessingErr, ActorRef, RpcReplyPort};

use crate::context::Context;
use crate::domain::{ChatId, CompanyId, IncidentId, IncidentNumber, sla};
use crate::group::{self, Groups};
use crate::incident::{self, Incidents};
use crate::line::Line;
use crate::nursery;
use crate::ports::StoreError;
use crate::pulse;

/// The longest time between two looks: a deadline is met within a second whatever the clocks did.
const LONGEST_NAP: Duration = Duration::from_secs(1);

/// The nap while something found due is still being worked on, and the shortest before the next is:
/// deadlines that lie so close together are handed out with one look.
const SHORTEST_NAP: Duration = Duration::from_millis(50);

/// How many open incidents one look of the sweep reads: a few milliseconds of a reader's time.
const SWEEP_PAGE: u32 = 500;

/// How many due deadlines one look hands out: what an incident takes for one is a few
/// milliseconds, so this is less than a second's work.
const BATCH: u32 = 500;

/// How many looks later an incident is told again if its deadline is still there: it was told a
/// moment ago, and telling it twice makes it write its deadlines twice.
const LOOKS_LATER: u32 = 10;

/// How often a sign of life is stored: so exactly is known when a crash happened.
const HEARTBEAT: TimeDelta = TimeDelta::seconds(10);

/// How often old rows are cleared away.
const HOUSEKEEPING: TimeDelta = TimeDelta::hours(1);

/// How long handled updates and albums are kept: the messenger offers an update for 24 hours.
const KEEP: TimeDelta = TimeDelta::hours(48);

/// What the timer is told.
pub enum Msg {
    /// See what is due, and answer when to look again.
    Look(RpcReplyPort<Duration>),
}

/// The actor.
pub struct SlaTimer {
    /// What it is given.
    pub context: Arc<Context>,
    /// The way to incidents.
    pub incidents: Line<nursery::Msg<Incidents>>,
    /// The way to groups, which have agendas.
    pub groups: Line<nursery::Msg<Groups>>,
    /// How often every open incident is looked at, in case a stored deadline was lost.
    pub sweep_every: TimeDelta,
}

/// What it remembers.
pub struct State {
    heartbeat: DateTime<Utc>,
    housekeeping: DateTime<Utc>,
    sweep: DateTime<Utc>,
    /// Who was told to look at the clock, and for how many looks that will do.
    told: HashMap<Waiter, u32>,
    /// How far the sweep that is under way has come.
    swept: Option<Place>,
    /// When it was last proved that what is critical will call somebody.
    audited: Option<DateTime<Utc>>,
}

/// Who waits for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Waiter {
    Incident(IncidentId),
    Unheard(IncidentId),
    Group(ChatId),
}

/// A place in the order of companies and numbers.
type Place = (CompanyId, IncidentNumber);

impl Actor for SlaTimer {
    type Msg = Msg;
    type State = State;
    type Arguments = ();

    async fn pre_start(&self, myself: ActorRef<Msg>, (): ()) -> Result<State, ActorProcessingErr> {
        let tap = Arc::clone(&self.context.wakes.sla_timer);
        pulse::start(myself, tap, Msg::Look);
        let now = self.context.clock.now();
        Ok(State {
            heartbeat: now,
            housekeeping: now,
            sweep: now,
            told: HashMap::new(),
            swept: None,
            audited: None,
        })
    }

    async fn handle(
        &self,
        _: ActorRef<Msg>,
        message: Msg,
        state: &mut State,
    ) -> Result<(), ActorProcessingErr> {
        let Msg::Look(reply) = message;
        let nap = self.look(state).await.unwrap_or_else(|error| {
            error.tell("deadlines could not be read; they are read again in a second");
            LONGEST_NAP
        });
        if reply.send(nap).is_err() {
            tracing::debug!("the pulse of the timer has stopped");
        }
        Ok(())
    }
}

impl SlaTimer {
    /// Hands out what is due; answers how long to nap.
    async fn look(&self, state: &mut State) -> Result<Duration, StoreError> {
        let store = &self.context.store;
        let now = self.context.clock.now();
        self.chores(state, now).await?;
        if !self.context.deadlines_act.load(Ordering::SeqCst) {
            return Ok(LONGEST_NAP);
        }
        if now - state.sweep >= self.sweep_every {
            let message = || incident::Msg::Rest;
            self.incidents.send(nursery::Msg::Each { message });
            state.sweep = now;
            state.swept = Some((CompanyId(0), IncidentNumber(0)));
        }
        self.hand_out(state, now).await?;
        self.audit_in_time(state, now).await?;
        if let Some(place) = state.swept {
            state.swept = self.sweep(place, now).await?;
        }
        let next = store.next_due().await?;
        let wait = next.and_then(|next| (next - now).to_std().ok());
        let nap = match (next, wait) {
            (None, _) => LONGEST_NAP,
            (Some(_), None) => SHORTEST_NAP,
            (Some(_), Some(wait)) => wait,
        };
        let nap = match state.swept {
            None => nap,
            Some(_) => SHORTEST_NAP,
        };
        Ok(nap.clamp(SHORTEST_NAP, LONGEST_NAP))
    }

    /// Tells those who wait for something that it is due, unless they were told a moment ago.
    async fn hand_out(&self, state: &mut State, now: DateTime<Utc>) -> Result<(), StoreError> {
        let store = &self.context.store;
        let incidents = store.due(now, BATCH).await?.into_iter();
        let groups = store.agenda_due(now, BATCH).await?.into_iter();
        let unheard = store.unheard(BATCH).await?.into_iter();
        let waiters = incidents
            .map(|(incident, _)| Waiter::Incident(incident))
            .chain(unheard.map(Waiter::Unheard))
            .chain(groups.map(Waiter::Group));
        let mut told = HashMap::new();
        for waiter in waiters {
            let left = state.told.get(&waiter).and_then(|left| left.checked_sub(1));
            if left.is_none() {
                self.tell(waiter);
            }
            told.insert(waiter, left.unwrap_or(LOOKS_LATER));
        }
        state.told = told;
        Ok(())
    }

    fn tell(&self, waiter: Waiter) {
        match waiter {
            Waiter::Incident(key) => {
                let message = incident::Msg::LookAtClock;
                self.incidents.send(nursery::Msg::Pass { key, message });
            }
            Waiter::Unheard(key) => {
                let message = incident::Msg::Unheard;
                self.incidents.send(nursery::Msg::Pass { key, message });
            }
            Waiter::Group(key) => {
                let message = group::Msg::LookAtClock;
                self.groups.send(nursery::Msg::Pass { key, message });
            }
        }
    }

    /// Looks at a page of the open incidents; answers how far it has come, unless that was the end.
    /// Only one that has something to do is woken.
    async fn sweep(&self, after: Place, now: DateTime<Utc>) -> Result<Option<Place>, StoreError> {
        let store = &self.context.store;
        let page = store.open_after(after, SWEEP_PAGE).await?;
        for incident in &page {
            let Some(config) = store.group(incident.identity.group).await? else {
                continue;
            };
            let deadlines = sla::deadlines(incident, &config.settings);
            if deadlines.iter().any(|deadline| deadline.due <= now) {
                let (key, message) = (incident.identity.id, incident::Msg::Sweep);
                self.incidents.send(nursery::Msg::Pass { key, message });
            }
        }
        let last = page.last().map(|incident| incident.identity);
        Ok(last.map(|identity| (identity.company, identity.number)))
    }

    /// What is to be done now and then.
    async fn chores(&self, state: &mut State, now: DateTime<Utc>) -> Result<(), StoreError> {
        if now - state.heartbeat >= HEARTBEAT {
            self.context.store.heartbeat(now).await?;
            state.heartbeat = now;
        }
        if now - state.housekeeping >= HOUSEKEEPING {
            self.context.store.prune(now - KEEP).await?;
            state.housekeeping = now;
        }
        Ok(())
    }
}
