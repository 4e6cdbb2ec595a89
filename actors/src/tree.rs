//! The root of the tree: starts everything in order, restarts what falls, ends the process when
//! that does not help, and stops everything in the opposite order.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use ractor::{Actor, ActorCell, ActorId, ActorProcessingErr, ActorRef, SupervisionEvent};
use tokio::sync::{oneshot, watch};

use crate::audit::Audit;
use crate::context::{Context, Wakes};
use crate::domain::sla::Absence;
use crate::domain::{PersonId, Settings};
use crate::gateway::{self, Desk, Gateway};
use crate::group::Groups;
use crate::incident::Incidents;
use crate::line::Line;
use crate::nursery::{self, Nursery};
use crate::outbox::{self, Outbox, UnderWay};
use crate::ports::{
    Analyst, Chat, Clock, Pictures, Roll, RunEnd, SignIn, Store, StoreError, TriageLimits,
};
use crate::private::Privates;
use crate::restart::{Advice, RestartWindow};
use crate::sla_timer::{self, SlaTimer};
use crate::triage::gauge::{Gauge, Reading};
use crate::triage::{self, Triage};

/// How long each part may take to finish what it has begun when the desk stops. Telegram answers
/// within a second or not at all; systemd gives the whole stop 45 s.
const STOP_LIMIT: Duration = Duration::from_secs(5);

/// What a desk is made of.
pub struct Parts {
    /// What lasts.
    pub store: Arc<dyn Store>,
    /// Where letters go.
    pub chat: Arc<dyn Chat>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Who is in a group.
    pub roll: Arc<dyn Roll>,
    /// Lets people into the dashboard, where there is one.
    pub sign_in: Option<Arc<dyn SignIn>>,
    /// The triage model, where there is one.
    pub analyst: Option<Arc<dyn Analyst>>,
    /// Where photos are looked at.
    pub pictures: Arc<dyn Pictures>,
    /// What triage may spend.
    pub triage_limits: TriageLimits,
    /// Who approves new groups; nobody means that they need no approval.
    pub platform_administrators: Vec<PersonId>,
    /// What a new group begins with.
    pub new_group_settings: Settings,
    /// How often every open incident is looked at, in case a stored deadline was lost.
    pub sweep_every: TimeDelta,
}

/// What was found at start.
#[derive(Debug, Clone)]
pub struct Found {
    /// Open incidents.
    pub open_incidents: u32,
    /// Deadlines that came due while the desk was away.
    pub late_deadlines: usize,
    /// Deliveries that were not finished.
    pub unfinished_deliveries: u32,
    /// Of those, how many may have arrived.
    pub doubtful_deliveries: u32,
    /// How the last run ended.
    pub last_run: RunEnd,
    /// How long the desk was away.
    pub absence: Option<Absence>,
}

/// A running desk.
pub struct Tree {
    /// The door.
    pub desk: Desk,
    /// Taps on shoulders, for clocks that are moved by hand.
    pub wakes: Wakes,
    /// What was found at start.
    pub found: Found,
    /// Whether every critical incident will call somebody.
    pub audit: Arc<Audit>,
    context: Arc<Context>,
    gauge: Arc<Gauge>,
    lines: Lines,
    root: ActorRef<Msg>,
    given_up: watch::Receiver<Option<String>>,
}

/// The desk could not be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An actor did not start.
    #[error("the supervisor tree did not start: {0}")]
    Actors(#[from] ractor::SpawnErr),
}

impl Tree {
    /// Starts a desk: reads what was left and says what was found. Incidents wake when somebody
    /// wants something of them, or their time comes.
    /// Deadlines act only after [`Tree::begin_deadlines`].
    ///
    /// # Errors
    /// [`StartError`]: nothing runs then.
    pub async fn start(parts: Parts) -> Result<Self, StartError> {
        let now = parts.clock.now();
        let found = find(&*parts.store, now).await?;
        let wakes = Wakes::default();
        let context = Arc::new(Context {
            store: parts.store,
            clock: parts.clock,
            roll: parts.roll,
            sign_in: parts.sign_in,
            wakes: wakes.clone(),
            absence: found.absence,
            deadlines_act: AtomicBool::new(false),
            audit: Arc::default(),
            under_way: UnderWay::default(),
            platform_administrators: parts.platform_administrators,
            new_group_settings: parts.new_group_settings,
        });
        let lines = Lines::default();
        let (give_up, given_up) = watch::channel(None);
        let gauge = Arc::new(Gauge::default());
        let supervisor = Supervisor {
            gauge: Arc::clone(&gauge),
            context: Arc::clone(&context),
            chat: parts.chat,
            lines: lines.clone(),
            analyst: parts.analyst,
            pictures: parts.pictures,
            triage_limits: parts.triage_limits,
            sweep_every: parts.sweep_every,
            give_up,
        };
        let (root, _) = Actor::spawn(None, supervisor, ()).await?;
        announce(&found);
        Ok(Self {
            desk: Desk::new(lines.gateway.clone()),
            wakes,
            found,
            audit: Arc::clone(&context.audit),
            context,
            gauge,
            lines,
            root,
            given_up,
        })
    }

    /// Lets deadlines act. To be called once the messenger's backlog is handled: somebody may have
    /// claimed while the desk was away.
    pub fn begin_deadlines(&self) {
        self.context.deadlines_act.store(true, Ordering::SeqCst);
        self.wakes.sla_timer.notify_one();
    }

    /// How triage stands.
    #[must_use]
    pub fn triage(&self) -> Reading {
        self.gauge.reading()
    }

    /// Waits until the tree gives up, and answers why. The process should end then, so that it is
    /// started anew.
    pub async fn given_up(&self) -> String {
        let mut given_up = self.given_up.clone();
        match given_up.wait_for(Option::is_some).await {
            Ok(reason) => reason.clone().unwrap_or_default(),
            Err(_) => "the root supervisor is gone".to_owned(),
        }
    }

    /// Stops the desk: nothing new is taken, what was begun is finished, children before parents.
    /// To be called once nothing is handed over any more.
    pub async fn stop(&self) {
        self.drain(self.lines.gateway.actor().map(|actor| actor.get_cell()))
            .await;
        self.drain(self.lines.privates.actor().map(|actor| actor.get_cell()))
            .await;
        self.drain(self.lines.groups.actor().map(|actor| actor.get_cell()))
            .await;
        self.drain(self.lines.incidents.actor().map(|actor| actor.get_cell()))
            .await;
        if let Some(outbox) = self.lines.outbox.actor() {
            let (finished, waiting) = oneshot::channel();
            self.lines.outbox.send(outbox::Msg::Finish(finished.into()));
            if tokio::time::timeout(STOP_LIMIT, waiting).await.is_err() {
                tracing::warn!("some deliveries were cut off; they count as doubtful");
            }
            outbox.stop(None);
        }
        if let Err(error) = self.root.stop_and_wait(None, Some(STOP_LIMIT)).await {
            tracing::warn!(%error, "the tree did not stop in time");
        }
        if let Err(error) = self.context.store.end_run(self.context.clock.now()).await {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "the end of this run could not be noted; the next start takes it for a crash"
            );
        }
    }

    async fn drain(&self, parent: Option<ActorCell>) {
        let Some(parent) = parent else { return };
        parent.drain_children_and_wait(Some(STOP_LIMIT)).await;
        if let Err(error) = parent.drain_and_wait(Some(STOP_LIMIT)).await {
            tracing::warn!(%error, "an actor did not finish in time");
        }
    }
}

/// What was left.
async fn find(store: &dyn Store, now: DateTime<Utc>) -> Result<Found, StoreError> {
    let last_run = store.begin_run(now).await?;
    let recovered = store.outbox_recover(now, &[]).await?;
    if recovered.given_up > 0 {
        tracing::warn!(
            messages = recovered.given_up,
            "small talk that was being sent when the desk stopped is not repeated"
        );
    }
    let late_deadlines = store.due(now, u32::MAX).await?.len();
    Ok(Found {
        open_incidents: store.open_count().await?,
        late_deadlines,
        unfinished_deliveries: recovered.waiting,
        doubtful_deliveries: recovered.doubtful,
        last_run: last_run.end,
        absence: last_run.last_seen.map(|from| Absence { from, until: now }),
    })
}

/// The one line that says what was found.
fn announce(found: &Found) {
    let down = found
        .absence
        .map(|absence| (absence.until - absence.from).num_seconds());
    let last_run = match found.last_run {
        RunEnd::FirstRun => "there was none",
        RunEnd::Stopped => "stopped in order",
        RunEnd::Crashed => "crashed or was killed",
    };
    tracing::info!(
        open_incidents = found.open_incidents,
        late_deadlines = found.late_deadlines,
        unfinished_deliveries = found.unfinished_deliveries,
        doubtful_deliveries = found.doubtful_deliveries,
        last_run,
        down_seconds = down,
        "the desk is up"
    );
}

/// The ways to everything that lives as long as the tree.
#[derive(Clone, Default)]
struct Lines {
    gateway: Line<gateway::Msg>,
    groups: Line<nursery::Msg<Groups>>,
    privates: Line<nursery::Msg<Privates>>,
    incidents: Line<nursery::Msg<Incidents>>,
    sla_timer: Line<sla_timer::Msg>,
    outbox: Line<outbox::Msg>,
    triage: Line<triage::Msg>,
}

/// What the root is told: nothing.
enum Msg {}

/// The parts of the tree, in the order in which they start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Incidents,
    Groups,
    Privates,
    Gateway,
    Outbox,
    SlaTimer,
    Triage,
}

impl Part {
    const ALL: [Self; 7] = [
        Self::Incidents,
        Self::Groups,
        Self::Privates,
        Self::Gateway,
        Self::Outbox,
        Self::SlaTimer,
        Self::Triage,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Incidents => "incident supervisor",
            Self::Groups => "group supervisor",
            Self::Privates => "private chat supervisor",
            Self::Gateway => "gateway",
            Self::Outbox => "outbox",
            Self::SlaTimer => "sla timer",
            Self::Triage => "triage",
        }
    }
}

/// The root.
struct Supervisor {
    context: Arc<Context>,
    gauge: Arc<Gauge>,
    chat: Arc<dyn Chat>,
    lines: Lines,
    analyst: Option<Arc<dyn Analyst>>,
    pictures: Arc<dyn Pictures>,
    triage_limits: TriageLimits,
    sweep_every: TimeDelta,
    give_up: watch::Sender<Option<String>>,
}

/// Who is who, and who fell how often.
#[derive(Default)]
struct State {
    parts: Vec<(Part, ActorId)>,
    falls: RestartWindow,
}

impl Actor for Supervisor {
    type Msg = Msg;
    type State = State;
    type Arguments = ();

    async fn pre_start(&self, myself: ActorRef<Msg>, (): ()) -> Result<State, ActorProcessingErr> {
        let mut state = State::default();
        for part in Part::ALL {
            let id = self.start(part, &myself).await?;
            state.parts.push((part, id));
        }
        Ok(state)
    }

    async fn handle(
        &self,
        _: ActorRef<Msg>,
        message: Msg,
        _: &mut State,
    ) -> Result<(), ActorProcessingErr> {
        match message {}
    }

    async fn handle_supervisor_evt(
        &self,
        myself: ActorRef<Msg>,
        event: SupervisionEvent,
        state: &mut State,
    ) -> Result<(), ActorProcessingErr> {
        if let SupervisionEvent::ActorFailed(actor, cause) = event {
            self.fell(&myself, state, actor.get_id(), &cause.to_string())
                .await;
        }
        Ok(())
    }
}

impl Supervisor {
    async fn fell(&self, myself: &ActorRef<Msg>, state: &mut State, id: ActorId, cause: &str) {
        let Some((part, known)) = state.parts.iter_mut().find(|(_, known)| *known == id) else {
            return;
        };
        let advice = state.falls.fell(self.context.clock.now());
        let restarts = state.falls.count();
        let name = part.name();
        if let Advice::Restart { .. } = advice {
            tracing::warn!(
                actor = name,
                cause,
                restarts_in_window = restarts,
                "an actor failed and is restarted"
            );
            match self.start(*part, myself).await {
                Ok(id) => *known = id,
                Err(error) => self.end(format!("the {name} could not be restarted: {error}")),
            }
        } else {
            self.end(format!("the {name} keeps failing: {cause}"));
        }
    }

    fn end(&self, reason: String) {
        tracing::error!(reason, "the desk gives up, so that it is started anew");
        self.give_up.send_replace(Some(reason));
    }

    fn triage(&self, context: Arc<Context>) -> Triage {
        Triage {
            context,
            incidents: self.lines.incidents.clone(),
            analyst: self.analyst.clone(),
            pictures: Arc::clone(&self.pictures),
            limits: self.triage_limits,
            gauge: Arc::clone(&self.gauge),
        }
    }

    async fn start(
        &self,
        part: Part,
        myself: &ActorRef<Msg>,
    ) -> Result<ActorId, ActorProcessingErr> {
        let context = Arc::clone(&self.context);
        let parent = myself.get_cell();
        let lines = &self.lines;
        let incidents = lines.incidents.clone();
        match part {
            Part::Incidents => {
                let breed = Arc::new(Incidents {
                    context: Arc::clone(&context),
                });
                let nursery = Nursery { breed, context };
                start_at(&lines.incidents, nursery, (), parent).await
            }
            Part::Groups => {
                let breed = Arc::new(Groups {
                    context: Arc::clone(&context),
                    incidents,
                });
                let nursery = Nursery { breed, context };
                start_at(&lines.groups, nursery, (), parent).await
            }
            Part::Privates => {
                let breed = Arc::new(Privates {
                    context: Arc::clone(&context),
                    groups: lines.groups.clone(),
                });
                let nursery = Nursery { breed, context };
                start_at(&lines.privates, nursery, (), parent).await
            }
            Part::Gateway => {
                let gateway = Gateway {
                    groups: lines.groups.clone(),
                    privates: lines.privates.clone(),
                };
                start_at(&lines.gateway, gateway, (), parent).await
            }
            Part::Outbox => {
                let chat = Arc::clone(&self.chat);
                start_at(&lines.outbox, Outbox { context, chat }, (), parent).await
            }
            Part::SlaTimer => {
                let timer = SlaTimer {
                    context,
                    incidents,
                    groups: lines.groups.clone(),
                    sweep_every: self.sweep_every,
                };
                start_at(&lines.sla_timer, timer, (), parent).await
            }
            Part::Triage => {
                let triage = self.triage(context);
                start_at(&lines.triage, triage, (), parent).await
            }
        }
    }
}

/// Starts an actor and puts it at the end of its line.
async fn start_at<A: Actor>(
    line: &Line<A::Msg>,
    actor: A,
    arguments: A::Arguments,
    parent: ActorCell,
) -> Result<ActorId, ActorProcessingErr> {
    let (actor, _) = Actor::spawn_linked(None, actor, arguments, parent).await?;
    let id = actor.get_id();
    line.connect(actor);
    Ok(id)
}
