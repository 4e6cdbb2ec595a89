//! One open incident: decides, commits, answers.
//!
//! Owns the incident as its last commit left it. Invariant: memory never runs ahead of the store;
//! what is held here was committed. Because one actor serialises all commands of its incident,
//! a claim race has one winner without a lock; because the commit is conditional on the version,
//! that stays so should two desks ever run. When it dies, it is found again from the store by the
//! next message.

mod menu;
mod pressed;
mod rows;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use ractor::{Actor, ActorProcessingErr, ActorRef, RpcReplyPort};

use crate::address::drafts;
use crate::context::Context;
use crate::domain::notice::{Menu, Prompt, ReplyTo};
use crate::domain::{
    Audience, By, Class, Command, Decision, DepartmentId, GroupConfig, GroupId, Incident,
    IncidentId, Refusal, Says, UpdateId, decide,
};
use crate::inbound::{Answer, Verdict};
use crate::nursery::Breed;
use crate::outcome::{Outcome, Unanswered};
use crate::ports::{Commit, CommitError, Draft, IncidentWrite, Record, StoreError};

pub(crate) use menu::SOME_WORDS;
use menu::route;
use pressed::Pressed;
pub(crate) use rows::record_in_log;
use rows::{card, named_in, recorded, to_asker, verdict};

/// How often a command is decided anew when somebody else changed the incident meanwhile. Only
/// another desk on the same database can do that, and it changes one incident rarely.
const CONFLICT_LIMIT: u32 = 3;

/// How long a change of the card may be on its way before a press on the old one draws it again. A
/// group takes a message every three seconds, so by then the change has arrived or was lost.
const REDRAW_PAUSE: TimeDelta = TimeDelta::seconds(15);

/// What an incident is told.
pub enum Msg {
    /// Somebody wants something of it.
    Act(Box<Act>, RpcReplyPort<Outcome>),
    /// A stored deadline is due.
    LookAtClock,
    /// See whether anything is due that nobody told about.
    Sweep,
}

/// Something that somebody wants of an incident.
pub struct Act {
    /// What.
    pub wish: Wish,
    /// Who asks.
    pub by: By,
    /// The configuration of the incident's group.
    pub config: Arc<GroupConfig>,
    /// The update it came in.
    pub update: Option<UpdateId>,
    /// Where it came from.
    pub source: Source,
    /// What else is to be kept with it.
    pub records: Vec<Record>,
}

/// What somebody wants.
pub enum Wish {
    /// Do something.
    Do(Command),
    /// Give it to a department, be it the first or another.
    Route(DepartmentId),
    /// Ask for the words that the command still lacks, if it would be accepted with some.
    AskFor(Prompt, Command),
    /// Show other buttons on the card.
    Menu(Menu),
}

/// Where a wish came from, and how it is answered.
#[derive(Debug, Clone, Copy)]
pub enum Source {
    /// A button: answered by a toast. It carries the edition its card was drawn with.
    Press {
        /// The message the button stands on.
        on: ReplyTo,
        /// The edition.
        edition: i64,
    },
    /// A message: answered by a message.
    Message(ReplyTo),
    /// A button or message whose answer is the changed card alone.
    Quiet(ReplyTo),
}

impl Source {
    /// The message it came with.
    #[must_use]
    pub fn message(&self) -> ReplyTo {
        match self {
            Self::Press { on, .. } => *on,
            Self::Message(message) | Self::Quiet(message) => *message,
        }
    }
}

/// What an incident starts with: itself, where it is known already.
pub type Arguments = (IncidentId, Option<Box<Incident>>);

/// The incident as last committed.
pub struct State {
    id: IncidentId,
    incident: Option<Box<Incident>>,
    /// When its card was last to be drawn.
    drawn_at: Option<DateTime<Utc>>,
}

/// The actor.
pub struct IncidentActor {
    context: Arc<Context>,
}

/// How incidents are raised.
pub struct Incidents {
    /// What each is given.
    pub context: Arc<Context>,
}

impl Breed for Incidents {
    type Key = IncidentId;
    type Child = IncidentActor;

    const KIND: &'static str = "incident";

    fn raise(&self, key: IncidentId) -> (IncidentActor, Arguments) {
        let context = Arc::clone(&self.context);
        (IncidentActor { context }, (key, None))
    }

    fn is_waited_for(message: &Msg) -> bool {
        matches!(message, Msg::Act(..))
    }
}

impl Actor for IncidentActor {
    type Msg = Msg;
    type State = State;
    type Arguments = Arguments;

    async fn pre_start(
        &self,
        _: ActorRef<Msg>,
        (id, incident): Arguments,
    ) -> Result<State, ActorProcessingErr> {
        Ok(State {
            id,
            incident,
            drawn_at: None,
        })
    }

    async fn handle(
        &self,
        myself: ActorRef<Msg>,
        message: Msg,
        state: &mut State,
    ) -> Result<(), ActorProcessingErr> {
        match message {
            Msg::Act(act, reply) => {
                let outcome = self.act(state, &act).await;
                if reply.send(outcome).is_err() {
                    tracing::debug!(incident = %state.id, "nobody waits for the answer any more");
                }
            }
            Msg::LookAtClock => self.look_at_clock(state, true).await,
            Msg::Sweep => self.look_at_clock(state, false).await,
        }
        // Whoever raced for it still waits for an answer, so the mailbox is worked off first.
        if state
            .incident
            .as_ref()
            .is_some_and(|known| !known.is_open())
        {
            myself.drain()?;
        }
        Ok(())
    }
}

impl IncidentActor {
    async fn act(&self, state: &mut State, act: &Act) -> Outcome {
        for _ in 0..CONFLICT_LIMIT {
            let Some(incident) = self.known(state).await? else {
                return self.refuse(state, None, act, Refusal::NoSuchIncident).await;
            };
            // Of another group: nothing of it is told or drawn, not even that it exists.
            if incident.identity.group != act.config.id {
                return self.refuse(state, None, act, Refusal::NoSuchIncident).await;
            }
            let done = match &act.wish {
                Wish::Do(command) => self.do_it(&incident, act, command).await,
                Wish::Route(to) => self.do_it(&incident, act, &route(&incident, *to)).await,
                Wish::AskFor(prompt, command) => self.ask(&incident, act, prompt, command).await,
                Wish::Menu(menu) => self.show(&incident, act, *menu).await,
            };
            match done {
                Ok(Done::Changed(incident, verdict)) => {
                    state.incident = Some(incident);
                    state.drawn_at = Some(self.context.clock.now());
                    return Ok(verdict);
                }
                Ok(Done::Same(verdict)) => return Ok(verdict),
                Ok(Done::Refused(refusal)) => {
                    return self.refuse(state, Some(&incident), act, refusal).await;
                }
                Err(CommitError::Conflict) => state.incident = None,
                Err(CommitError::AlreadyHandled) => {
                    state.incident = None;
                    return Ok(Verdict::plain(Answer::Silent));
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(Unanswered::Unavailable {
            reason: format!("incident {} kept changing under our hands", state.id),
        })
    }

    /// The incident, loaded if need be.
    async fn known(&self, state: &mut State) -> Result<Option<Box<Incident>>, StoreError> {
        if state.incident.is_none() {
            state.incident = self.context.store.incident(state.id).await?.map(Box::new);
        }
        Ok(state.incident.clone())
    }

    async fn do_it(
        &self,
        incident: &Incident,
        act: &Act,
        command: &Command,
    ) -> Result<Done, CommitError> {
        let now = self.context.clock.now();
        let decision = match decide(incident, command, &act.by, now, &act.config) {
            Ok(_) if is_stale(incident, act) => return Ok(Done::Refused(Refusal::StaleCard)),
            Ok(decision) => decision,
            Err(refusal) => return Ok(Done::Refused(refusal)),
        };
        let Some(happened) = decision.events.first().map(|first| first.event.clone()) else {
            return Ok(Done::Same(verdict(incident, act, Answer::Silent)));
        };
        let mut commit = Commit::new(now, act.update);
        commit.records.clone_from(&act.records);
        let asker = Some(act.source.message());
        commit.outbox = drafts(incident, &decision.notices, &act.config, asker);
        let pressed = Pressed::find(&self.context, incident, act, Menu::Main).await?;
        commit.outbox.extend(pressed.copy);
        commit.outbox.extend(pressed.astray);
        commit.records.extend(pressed.found);
        let mut answer = Answer::Accepted(happened.clone());
        if let Source::Message(_) = act.source {
            answer = Answer::Silent;
            if !decision
                .notices
                .iter()
                .any(|notice| notice.audience == Audience::Asker)
            {
                let says = Says::Accepted { event: happened };
                commit
                    .outbox
                    .push(to_asker(Some(incident), act, Class::Chatter, says));
            }
        }
        let incident = self
            .keep(commit, act.config.id, incident.version, decision)
            .await?;
        let verdict = verdict(&incident, act, answer);
        Ok(Done::Changed(incident, verdict))
    }

    /// Commits a decision; only then is it true.
    async fn keep(
        &self,
        mut commit: Commit,
        group: GroupId,
        expected: i64,
        decision: Decision,
    ) -> Result<Box<Incident>, CommitError> {
        let effects = decision.effects.into_iter();
        commit
            .records
            .extend(effects.map(|effect| recorded(effect, group)));
        let after = Box::new(decision.incident);
        commit.incident = Some(IncidentWrite {
            expected: Some(expected),
            incident: (*after).clone(),
            events: decision.events,
            deadlines: decision.deadlines,
        });
        let events = commit.incident.as_ref().map(|write| write.events.clone());
        self.context.store.commit(commit).await?;
        self.context.wakes.all();
        record_in_log(&after, &events.unwrap_or_default());
        Ok(after)
    }

    /// Asks for words, if the command would be accepted with some.
    async fn ask(
        &self,
        incident: &Incident,
        act: &Act,
        prompt: &Prompt,
        command: &Command,
    ) -> Result<Done, CommitError> {
        let now = self.context.clock.now();
        if let Err(refusal) = decide(incident, command, &act.by, now, &act.config) {
            return Ok(Done::Refused(refusal));
        }
        if is_stale(incident, act) {
            return Ok(Done::Refused(Refusal::StaleCard));
        }
        let Some(person) = act.by.person() else {
            return Ok(Done::Refused(Refusal::Anonymous));
        };
        let prompt = prompt.clone();
        let says = Says::Prompt { person, prompt };
        let prompt = to_asker(Some(incident), act, Class::Page, says);
        self.say(act, None, vec![prompt]).await?;
        Ok(Done::Same(verdict(incident, act, Answer::Asked)))
    }

    async fn show(&self, incident: &Incident, act: &Act, menu: Menu) -> Result<Done, CommitError> {
        if is_stale(incident, act) {
            return Ok(Done::Refused(Refusal::StaleCard));
        }
        // The card is everybody's: who could use none of a menu's buttons does not open it.
        let now = self.context.clock.now();
        if let Some(refusal) = menu::useless(incident, act, menu, now) {
            return Ok(Done::Refused(refusal));
        }
        let pressed = Pressed::find(&self.context, incident, act, menu).await?;
        let card = || card(incident, act, Class::Awaited, menu);
        let mut rows = vec![pressed.copy.unwrap_or_else(card)];
        rows.extend(pressed.astray);
        self.say(act, pressed.found, rows).await?;
        Ok(Done::Same(verdict(incident, act, Answer::Shown)))
    }

    /// Tells somebody why not. A press gets a toast; if its card was old, the card is drawn anew.
    async fn refuse(
        &self,
        state: &mut State,
        incident: Option<&Incident>,
        act: &Act,
        refusal: Refusal,
    ) -> Outcome {
        let people = self.context.store.people(&named_in(&refusal)).await?;
        let mut verdict = Verdict {
            answer: Answer::Refused(refusal.clone()),
            group: Some(Arc::clone(&act.config)),
            number: incident.map(|incident| incident.identity.number),
            people,
        };
        let said = match (incident, &act.source) {
            (Some(incident), Source::Press { .. }) if is_stale(incident, act) => {
                self.redraw(state, incident, act).await
            }
            // A manager is to know by name whom a department turned away.
            (_, Source::Press { .. }) if matches!(refusal, Refusal::MembersOnly { .. }) => {
                self.say(act, None, Vec::new()).await
            }
            (_, Source::Press { .. } | Source::Quiet(_)) => Ok(()),
            (incident, Source::Message(_)) => {
                verdict.answer = Answer::Silent;
                let says = Says::Refused { refusal };
                let letter = to_asker(incident, act, Class::Page, says);
                self.say(act, None, vec![letter]).await
            }
        };
        match said {
            Ok(()) | Err(CommitError::AlreadyHandled) => Ok(verdict),
            Err(error) => Err(error.into()),
        }
    }

    /// Draws what somebody pressed on anew, since it was old. A card is left alone while its last
    /// change is still on its way: fifty who lose a race are no reason to draw it fifty-one times.
    async fn redraw(
        &self,
        state: &mut State,
        incident: &Incident,
        act: &Act,
    ) -> Result<(), CommitError> {
        let pressed = Pressed::find(&self.context, incident, act, Menu::Main).await?;
        if let Some(instead) = pressed.copy.or(pressed.astray) {
            return self.say(act, None, vec![instead]).await;
        }
        let now = self.context.clock.now();
        if pressed.found.is_none()
            && state
                .drawn_at
                .is_some_and(|drawn| now - drawn < REDRAW_PAUSE)
        {
            return Ok(());
        }
        state.drawn_at = Some(now);
        let card = card(incident, act, Class::Card, Menu::Main);
        self.say(act, pressed.found, vec![card]).await
    }

    async fn look_at_clock(&self, state: &mut State, restate: bool) {
        match self.fire(state, restate).await {
            Ok(Some(incident)) => {
                state.incident = Some(incident);
                state.drawn_at = Some(self.context.clock.now());
            }
            Ok(None) => {}
            Err(CommitError::Conflict) => state.incident = None,
            Err(error) => {
                tracing::warn!(incident = %state.id, error = &error as &dyn std::error::Error,
                    "a deadline could not be handled and is tried again at the next look");
            }
        }
    }

    /// Does what is due. With `restate` the deadlines are written anew even if nothing is due: the
    /// stored ones said otherwise, because the group's clocks were changed meanwhile.
    async fn fire(
        &self,
        state: &mut State,
        restate: bool,
    ) -> Result<Option<Box<Incident>>, CommitError> {
        let Some(incident) = self.known(state).await? else {
            return Ok(None);
        };
        let Some(config) = self.context.store.group(incident.identity.group).await? else {
            return Ok(None);
        };
        let now = self.context.clock.now();
        let absence = self.context.absence;
        let by = By::Clock { absence };
        let Ok(decision) = decide(&incident, &Command::LookAtClock, &by, now, &config) else {
            return Ok(None);
        };
        if decision.events.is_empty() && !restate {
            return Ok(None);
        }
        let mut commit = Commit::new(now, None);
        commit.outbox = drafts(&incident, &decision.notices, &config, None);
        let after = self
            .keep(commit, config.id, incident.version, decision)
            .await?;
        Ok(Some(after))
    }

    async fn say(
        &self,
        act: &Act,
        found: Option<Record>,
        outbox: Vec<Draft>,
    ) -> Result<(), CommitError> {
        let mut commit = Commit::new(self.context.clock.now(), act.update);
        commit.records.clone_from(&act.records);
        commit.records.extend(found);
        commit.outbox = outbox;
        self.context.store.commit(commit).await?;
        self.context.wakes.outbox.notify_one();
        Ok(())
    }
}

/// What became of a wish.
enum Done {
    /// The incident changed.
    Changed(Box<Incident>, Verdict),
    /// It did not.
    Same(Verdict),
    /// It was refused.
    Refused(Refusal),
}

/// Whether the button stood on a card that has moved on.
fn is_stale(incident: &Incident, act: &Act) -> bool {
    matches!(act.source, Source::Press { edition, .. } if edition != incident.edition)
}
