//! Looks through new reports with the model's help, few at a time, and never stands in the way.
//!
//! Owns which calls are under way, and the breaker. Its queue is rows: open incidents that want to be
//! looked at. What it finds it tells the incident, which decides whether it still holds. When the
//! model is slow, limited, down or unset, incidents go on with what the rules say, and are looked at
//! again when it is back. When it dies, the next one reads the same rows.

pub mod breaker;
pub mod gauge;
mod inquiry;

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use ractor::{Actor, ActorProcessingErr, ActorRef, RpcReplyPort};

use self::breaker::{Breaker, Position};
use self::gauge::Gauge;
use self::inquiry::Prepared;
use crate::context::Context;
use crate::domain::{
    Command, CompanyId, Finding, GroupConfig, GroupId, Incident, IncidentId, Stage, TriageMode,
    mask,
};
use crate::incident::{self, Incidents};
use crate::line::Line;
use crate::nursery;
use crate::ports::{
    Analyst, AnalystCall, AnalystError, Pictures, Reply, StoreError, TriageLimits, Usage,
};
use crate::pulse;

/// How many calls are under way at once: so many keep up with a busy company, and a provider's
/// smallest limits bear them.
const CALLS_AT_ONCE: usize = 8;

/// How many waiting incidents one look reads: a millisecond of a reader's time, since under load
/// there are many looks.
const BATCH: u32 = 64;

/// How long a report may wait for its first look before it goes on with what the rules say: the
/// people who would claim it wait as well.
const FIRST_LOOK_LIMIT: TimeDelta = TimeDelta::seconds(30);

/// How often one report is tried at once, and the pause before that, doubled each time.
const ATTEMPTS: u32 = 3;
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(2);

/// How long a report that was tried in vain is left alone.
const LEFT_ALONE: TimeDelta = TimeDelta::hours(1);

/// After how many answers that are of no use a report is given up, until its words change: those of
/// the first minute, and one an hour for an afternoon, in which a model may be exchanged. A report
/// that no model can read must not cost a call an hour for as long as it is open.
const USELESS_ANSWERS: u32 = 8;

/// How many reports are remembered as tried in vain: above it all are forgotten, and tried anew.
const REMEMBERED: usize = 10_000;

/// How long an incident may take to keep what was found, before its words are looked at again.
const KEEPING: TimeDelta = TimeDelta::seconds(60);

/// The longest time between two looks: what nobody tapped for is found then.
const LONGEST_NAP: Duration = Duration::from_secs(5);

/// The nap while reports wait that cannot be asked about yet.
const SHORT_NAP: Duration = Duration::from_secs(1);

/// What it is told.
pub enum Msg {
    /// See what waits, and answer when to look again.
    Look(RpcReplyPort<Duration>),
    /// A call has ended.
    Answered(Box<Answered>),
}

/// A call that has ended.
pub struct Answered {
    prepared: Prepared,
    reply: Reply,
    began: DateTime<Utc>,
}

/// The actor.
pub struct Triage {
    /// What it is given.
    pub context: Arc<Context>,
    /// The way to incidents.
    pub incidents: Line<nursery::Msg<Incidents>>,
    /// The model, where there is one.
    pub analyst: Option<Arc<dyn Analyst>>,
    /// Where photos are looked at.
    pub pictures: Arc<dyn Pictures>,
    /// What may be spent.
    pub limits: TriageLimits,
    /// Where it shows how it stands.
    pub gauge: Arc<Gauge>,
}

/// What it remembers.
pub struct State {
    breaker: Breaker,
    /// How far the present round through the queue has come.
    after: IncidentId,
    under_way: HashMap<IncidentId, CompanyId>,
    tried: HashMap<IncidentId, Tried>,
    /// What was settled lately, about which words: the incident may not have kept it yet.
    found: HashMap<IncidentId, (String, DateTime<Utc>)>,
}

impl State {
    /// Whether something was found about these words a moment ago.
    fn has_found(&self, incident: &Incident, now: DateTime<Utc>) -> bool {
        let found = self.found.get(&incident.identity.id);
        found.is_some_and(|(text, at)| *text == incident.report.text && now - *at < KEEPING)
    }

    /// What there is to say about these words was said: the incident may not have kept it yet.
    fn is_done_with(&mut self, id: IncidentId, text: String, now: DateTime<Utc>) {
        self.tried.remove(&id);
        if self.found.len() >= REMEMBERED {
            self.found.clear();
        }
        self.found.insert(id, (text, now));
    }
}

/// How often a report was tried in vain, and until when it is left alone.
#[derive(Debug, Clone, Copy)]
struct Tried {
    /// Answers that were of no use.
    times: u32,
    not_before: DateTime<Utc>,
}

impl Actor for Triage {
    type Msg = Msg;
    type State = State;
    type Arguments = ();

    async fn pre_start(&self, myself: ActorRef<Msg>, (): ()) -> Result<State, ActorProcessingErr> {
        let tap = Arc::clone(&self.context.wakes.triage);
        pulse::start(myself, tap, Msg::Look);
        let state = State {
            breaker: Breaker::default(),
            after: IncidentId(0),
            under_way: HashMap::new(),
            tried: HashMap::new(),
            found: HashMap::new(),
        };
        self.show(&state);
        Ok(state)
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
                    error.tell("waiting reports could not be read; they are read again soon");
                    LONGEST_NAP
                });
                if reply.send(nap).is_err() {
                    tracing::debug!("the pulse of triage has stopped");
                }
            }
            Msg::Answered(answered) => {
                self.answered(state, *answered).await;
                self.context.wakes.triage.notify_one();
            }
        }
        self.show(state);
        Ok(())
    }
}

impl Triage {
    fn show(&self, state: &State) {
        let breaker = self.analyst.is_some().then(|| state.breaker.position());
        self.gauge.stands(breaker, state.under_way.len());
    }

    async fn look(
        &self,
        myself: &ActorRef<Msg>,
        state: &mut State,
    ) -> Result<Duration, StoreError> {
        let now = self.context.clock.now();
        let mut waits = false;
        let mut groups: HashMap<GroupId, Option<GroupConfig>> = HashMap::new();
        let store = &self.context.store;
        let queue = store.triage_queue(state.after, BATCH).await?;
        // Those that cannot be asked about must not hide those behind them.
        let full = queue.len() >= usize::try_from(BATCH).unwrap_or(usize::MAX);
        let last = queue.last().map(|incident| incident.identity.id);
        state.after = last.filter(|_| full).unwrap_or(IncidentId(0));
        for incident in queue {
            let id = incident.identity.id;
            if state.under_way.contains_key(&id) || state.has_found(&incident, now) {
                continue;
            }
            let group = incident.identity.group;
            if let Entry::Vacant(unknown) = groups.entry(group) {
                unknown.insert(self.context.store.group(group).await?);
            }
            let Some(Some(config)) = groups.get(&group) else {
                continue;
            };
            let asked = config.settings.triage.mode == TriageMode::Claude;
            let begun = asked && self.begin(myself, state, &incident, config, now).await?;
            if !begun {
                waits = true;
                self.without_model(state, &incident, now);
            }
        }
        Ok(if waits { SHORT_NAP } else { LONGEST_NAP })
    }

    /// Asks the model, if it may be asked now.
    async fn begin(
        &self,
        myself: &ActorRef<Msg>,
        state: &mut State,
        incident: &Incident,
        config: &GroupConfig,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let id = incident.identity.id;
        let rests = |tried: &Tried| now < tried.not_before;
        let full = state.under_way.len() >= CALLS_AT_ONCE;
        let Some(analyst) = self.analyst.as_ref().filter(|_| !full) else {
            return Ok(false);
        };
        if state.tried.get(&id).is_some_and(rests)
            || !self
                .can_pay(state, &**analyst, incident.identity.company, now)
                .await?
        {
            return Ok(false);
        }
        if !state.breaker.admit(now) {
            return Ok(false);
        }
        state.under_way.insert(id, incident.identity.company);
        let prepared = inquiry::prepare(&self.context, incident, config).await?;
        self.ask(myself.clone(), Arc::clone(analyst), prepared, now);
        Ok(true)
    }

    /// Makes the call beside the actor, which goes on meanwhile.
    fn ask(
        &self,
        myself: ActorRef<Msg>,
        analyst: Arc<dyn Analyst>,
        mut prepared: Prepared,
        began: DateTime<Utc>,
    ) {
        let limit = self.limits.call;
        let pictures = Arc::clone(&self.pictures);
        let call = async move {
            let asking = async {
                if let Some(photo) = &prepared.photo {
                    prepared.inquiry.picture = pictures.picture(photo).await;
                }
                analyst.assess(&prepared.inquiry).await
            };
            let reply = match tokio::time::timeout(limit, asking).await {
                Ok(reply) => reply,
                Err(_) => Reply {
                    opinion: Err(AnalystError::Transient {
                        reason: "no answer in time".to_owned(),
                    }),
                    usage: Usage::default(),
                    request: None,
                },
            };
            let answered = Box::new(Answered {
                prepared,
                reply,
                began,
            });
            if myself.cast(Msg::Answered(answered)).is_err() {
                tracing::debug!("triage has stopped before the model answered");
            }
        };
        // It ends within its time limit, and the actor must not wait for it.
        #[allow(clippy::disallowed_methods)]
        tokio::spawn(call);
    }

    async fn can_pay(
        &self,
        state: &State,
        analyst: &dyn Analyst,
        company: CompanyId,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let day = now - TimeDelta::days(1);
        let spent = self.context.store.triage_spent(company, day).await?;
        let under_way = state
            .under_way
            .values()
            .filter(|it| **it == company)
            .count();
        let under_way = u64::try_from(under_way).unwrap_or(u64::MAX);
        let calls = spent.calls.saturating_add(under_way);
        let dearest = analyst
            .dearest_call()
            .saturating_mul(under_way.saturating_add(1));
        Ok(calls < self.limits.daily_calls
            && spent.micros.saturating_add(dearest) <= self.limits.daily_micros)
    }

    /// Nobody waits for a model that cannot be asked: at once where there is none or it is away,
    /// after a moment where only its turn has not come.
    fn without_model(&self, state: &State, incident: &Incident, now: DateTime<Utc>) {
        let Stage::Intake { since, .. } = incident.stage else {
            return;
        };
        let turn_may_come = self.analyst.is_some()
            && state.breaker.position() == Position::Closed
            && !state.tried.contains_key(&incident.identity.id)
            && state.under_way.len() >= CALLS_AT_ONCE;
        if !turn_may_come || now - since >= FIRST_LOOK_LIMIT {
            self.tell(incident.identity.id, Command::EndIntake);
        }
    }

    async fn answered(&self, state: &mut State, answered: Answered) {
        let id = answered.prepared.incident;
        let now = self.context.clock.now();
        state.under_way.remove(&id);
        self.note(state, &answered.reply, now);
        let finding = found(&answered);
        self.keep(&answered, &finding, now).await;
        match finding {
            Ok(finding) => {
                let text = answered.prepared.text;
                state.is_done_with(id, text.clone(), now);
                let finding = Box::new(finding);
                self.tell(id, Command::Assess { finding, text });
            }
            Err(error) => self.tried_in_vain(state, (id, answered.prepared.text), &error, now),
        }
    }

    /// While the service is away the breaker says when to ask again, and this report is as good as
    /// any then. An answer of no use speaks of the report.
    fn tried_in_vain(
        &self,
        state: &mut State,
        (id, text): (IncidentId, String),
        error: &AnalystError,
        now: DateTime<Utc>,
    ) {
        if state.tried.len() >= REMEMBERED {
            state.tried.clear();
        }
        let before = state.tried.get(&id).map_or(0, |tried| tried.times);
        let (times, pause) = match error {
            _ if error.is_of_the_service() => (before, FIRST_PAUSE),
            _ if before + 1 < ATTEMPTS => (before + 1, FIRST_PAUSE * 2_i32.pow(before + 1)),
            _ => (before + 1, LEFT_ALONE),
        };
        tracing::warn!(incident = %id, outcome = error.name(), %error, useless_answers = times,
            "the model gave no usable opinion; the rules rate meanwhile");
        self.tell(id, Command::EndIntake);
        // Nothing is gained by asking about the same words again where the model declined.
        if times >= USELESS_ANSWERS || *error == AnalystError::Refused {
            state.is_done_with(id, text, now);
            self.tell(id, Command::GiveUpAssessment);
        } else {
            let not_before = now + pause;
            state.tried.insert(id, Tried { times, not_before });
        }
    }

    /// Minds the breaker, and says so when it moves.
    fn note(&self, state: &mut State, reply: &Reply, now: DateTime<Utc>) {
        let before = state.breaker.position();
        match &reply.opinion {
            Err(error) if error.is_of_the_service() => {
                let wait = match error {
                    AnalystError::RetryAfter(wait) => Some(*wait),
                    AnalystError::SpendLimit | AnalystError::Permanent { .. } => {
                        Some(Duration::from_secs(600))
                    }
                    _ => None,
                };
                state.breaker.failed(now, wait);
            }
            _ => state.breaker.succeeded(),
        }
        let after = state.breaker.position();
        if before != after {
            let (before, after) = (before.name(), after.name());
            tracing::warn!(before, after, "the triage model's circuit breaker moved");
        }
    }

    async fn keep(
        &self,
        answered: &Answered,
        finding: &Result<Finding, AnalystError>,
        now: DateTime<Utc>,
    ) {
        let Some(analyst) = &self.analyst else { return };
        let outcome = finding.as_ref().map_or_else(AnalystError::name, |_| "ok");
        self.gauge.ended(outcome, answered.reply.usage.micros);
        let call = AnalystCall {
            company: answered.prepared.company,
            incident: answered.prepared.incident,
            at: answered.began,
            identity: analyst.identity(),
            outcome,
            usage: answered.reply.usage,
            millis: (now - answered.began).num_milliseconds(),
            request: answered.reply.request.clone(),
        };
        if let Err(error) = self.context.store.triage_called(call).await {
            error.tell("a call to the triage model could not be noted");
        }
    }

    fn tell(&self, key: IncidentId, command: Command) {
        let message = incident::Msg::Triage(Box::new(command));
        self.incidents.send(nursery::Msg::Pass { key, message });
    }
}

/// What holds of an answer: of the agreed form, about this group's departments, and with private
/// things back where only the group sees them.
fn found(answered: &Answered) -> Result<Finding, AnalystError> {
    let opinion = answered.reply.opinion.clone()?;
    let checked = opinion.check(&answered.prepared.config);
    let mut finding = checked.map_err(|invalid| AnalystError::Malformed {
        reason: invalid.to_string(),
    })?;
    let masked: &mask::Masked = &answered.prepared.masked;
    let translation = finding.assessment.translation.take();
    finding.assessment.translation = translation.map(|it| masked.restore(&it));
    Ok(finding)
}
