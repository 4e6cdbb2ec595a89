//! One open incident: decides, commits, answers.
//!
//! Owns the incident as its last commit left it. Invariant: memory never runs ahead of the store;
//! what is held here was committed. Because one actor serialises all commands of its incident,
//! a claim race has one winner without a lock; because the commit is conditional on the version,
//! that stays so should two desks ever run. When it dies, or goes to rest because nobody wants
//! anything of it, it is found again from the store by the next message.

mod act;
mod clock;
mod lost;
mod menu;
mod pressed;
mod rows;
mod triage;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use ractor::{Actor, ActorProcessingErr, ActorRef, RpcReplyPort};

use crate::address::drafts;
use crate::context::Context;
use crate::domain::id::MessageRef;
use crate::domain::notice::{Menu, Prompt};
use crate::domain::{
    Audience, Class, Command, Decision, GroupId, Incident, IncidentId, Person, PersonId, Recorded,
    Refusal, Says, decide,
};
use crate::inbound::{Answer, Verdict};
use crate::nursery::Breed;
use crate::outcome::{Outcome, Unanswered};
use crate::ports::{Commit, CommitError, Draft, IncidentWrite, Record, StoreError};

pub use act::{Act, Source, Wish};
use lost::Lost;
pub(crate) use menu::SOME_WORDS;
use menu::route;
pub(crate) use rows::record_in_log;
use rows::{card, headline, named_in, recorded, to_asker, verdict};

/// How often a command is decided anew when somebody else changed the incident meanwhile. Only
/// another desk on the same database can do that, and it changes one incident rarely.
const CONFLICT_LIMIT: u32 = 3;

/// How long a name is taken to be the person's: a race is over by then.
const NAMES_LAST: TimeDelta = TimeDelta::seconds(5);

/// What an incident is told.
pub enum Msg {
    /// Somebody wants something of it.
    Act(Box<Act>, RpcReplyPort<Outcome>),
    /// A stored deadline is due.
    LookAtClock,
    /// Its owner's shift ends then, who is asked what becomes of it.
    ShiftEnding {
        /// Whose shift.
        owner: PersonId,
        /// When.
        until: DateTime<Utc>,
    },
    /// A call about it did not reach everybody.
    Unheard,
    /// See whether anything is due that nobody told about.
    Sweep,
    /// Keep who lost a race.
    KeepLost,
    /// Triage says this.
    Triage(Box<Command>),
    /// Go to rest, if nobody has wanted anything since this was last said.
    Rest,
}

/// What an incident starts with: itself, where it is known already.
pub type Arguments = (IncidentId, Option<Box<Incident>>);

/// The incident as last committed.
pub struct State {
    id: IncidentId,
    incident: Option<Box<Incident>>,
    /// When its card was last to be drawn.
    drawn_at: Option<DateTime<Utc>>,
    /// The message that was seen to be its card, where buttons need not be looked up: what was a
    /// card stays one.
    card: Option<MessageRef>,
    /// Whether anybody wanted anything since it was last told to rest.
    wanted: bool,
    /// Who was named in a refusal lately, and when.
    named: Option<(DateTime<Utc>, Vec<Person>)>,
    /// Who lost a race for it.
    lost: Lost,
    /// What was committed, of which nobody was told yet but whoever asked for it.
    untold: Option<Vec<Recorded>>,
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
            card: None,
            wanted: true,
            named: None,
            lost: Lost::default(),
            untold: None,
        })
    }

    async fn handle(
        &self,
        myself: ActorRef<Msg>,
        message: Msg,
        state: &mut State,
    ) -> Result<(), ActorProcessingErr> {
        let is_at_rest = matches!(message, Msg::Rest) && !state.wanted;
        state.wanted = !matches!(message, Msg::Rest);
        match message {
            // Boxed, since an actor at rest holds as much memory as all that it may ever have to do.
            Msg::Act(act, reply) => {
                let outcome = Box::pin(self.act(state, &act)).await;
                if reply.send(outcome).is_err() {
                    tracing::debug!(incident = %state.id, "nobody waits for the answer any more");
                }
            }
            Msg::KeepLost => Box::pin(self.keep_lost(state)).await,
            Msg::LookAtClock => Box::pin(self.look_at_clock(state, true)).await,
            Msg::ShiftEnding { owner, until } => {
                Box::pin(self.hear_of_shift(state, owner, until)).await;
            }
            Msg::Unheard => Box::pin(self.hear_of_unheard(state)).await,
            Msg::Sweep => Box::pin(self.look_at_clock(state, false)).await,
            Msg::Triage(command) => Box::pin(self.triage(state, &command)).await,
            Msg::Rest => {}
        }
        self.tell_on(state).await;
        state.lost.keep_soon(&myself);
        let known = state.incident.as_ref();
        // Whoever raced for it still waits for an answer, so the mailbox is worked off first.
        if is_at_rest || known.is_some_and(|known| !known.is_open()) {
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
                Wish::Do(command) => self.do_it(state, &incident, act, command).await,
                Wish::Route(to) => {
                    let command = route(&incident, *to);
                    self.do_it(state, &incident, act, &command).await
                }
                Wish::AskFor(prompt, command) => self.ask(&incident, act, prompt, command).await,
                Wish::Menu(menu) => self.show(state, &incident, act, *menu).await,
            };
            match done {
                Ok(Done::Changed(incident, verdict)) => {
                    state.incident = Some(incident);
                    state.drawn_at = Some(self.context.clock.now());
                    return Ok(verdict);
                }
                Ok(Done::Same(verdict)) => return Ok(verdict),
                Ok(Done::Refused(refusal)) => {
                    state.lost.note(act, &refusal, self.context.clock.now());
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
        state: &mut State,
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
        let Some(happened) = headline(command, &decision.events) else {
            // Kept as handled: coming again, it might not be so any more.
            self.say(act, None, Vec::new()).await?;
            return Ok(Done::Same(verdict(incident, act, Answer::Silent)));
        };
        let mut commit = Commit::new(now, act.update);
        commit.records.clone_from(&act.records);
        let asker = Some(act.source.message());
        commit.outbox = drafts(incident, &decision, &act.config, asker);
        let pressed = self.pressed(state, incident, act, Menu::Main).await?;
        commit.outbox.extend(act.rows.iter().cloned());
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
            .keep(state, commit, act.config.id, incident.version, decision)
            .await?;
        let verdict = verdict(&incident, act, answer);
        Ok(Done::Changed(incident, verdict))
    }

    /// Commits a decision; only then is it true.
    async fn keep(
        &self,
        state: &mut State,
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
        let events = decision.events.clone();
        commit.incident = Some(IncidentWrite {
            expected: Some(expected),
            incident: (*after).clone(),
            events: decision.events,
            deadlines: decision.deadlines,
            target: decision.target,
        });
        self.context.store.commit(commit).await?;
        state.untold = Some(events);
        Ok(after)
    }

    /// Tells those who read rows, and the log. Whoever waits for an answer gets it first: they are a
    /// person with a finger on a button.
    async fn tell_on(&self, state: &mut State) {
        let Some(events) = state.untold.take() else {
            return;
        };
        tokio::task::yield_now().await;
        self.context.wakes.all();
        if let Some(incident) = &state.incident {
            record_in_log(incident, &events);
        }
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

    async fn show(
        &self,
        state: &mut State,
        incident: &Incident,
        act: &Act,
        menu: Menu,
    ) -> Result<Done, CommitError> {
        if is_stale(incident, act) {
            return Ok(Done::Refused(Refusal::StaleCard));
        }
        // The card is everybody's: who could use none of a menu's buttons does not open it.
        let now = self.context.clock.now();
        if let Some(refusal) = menu::useless(incident, act, menu, now) {
            return Ok(Done::Refused(refusal));
        }
        let pressed = self.pressed(state, incident, act, menu).await?;
        let card = || card(incident, act, Class::Awaited, menu);
        let mut rows = vec![pressed.copy.unwrap_or_else(card)];
        rows.extend(pressed.astray);
        self.say(act, pressed.found, rows).await?;
        Ok(Done::Same(verdict(incident, act, Answer::Shown)))
    }

    /// Tells somebody why not. A press gets a toast; if its card was old, the card is drawn anew.
    /// If it was not, the press is kept as handled: coming again it might be allowed, and act late.
    async fn refuse(
        &self,
        state: &mut State,
        incident: Option<&Incident>,
        act: &Act,
        refusal: Refusal,
    ) -> Outcome {
        let people = self.named(state, &named_in(&refusal)).await?;
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
            (Some(_), Source::Press { .. }) => self.say(act, None, Vec::new()).await,
            (None, Source::Press { .. }) | (_, Source::Quiet(_)) => Ok(()),
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

    /// Those people, as they are or were a moment ago: the losers of a race are all told the same
    /// name.
    async fn named(&self, state: &mut State, ids: &[PersonId]) -> Result<Vec<Person>, StoreError> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let now = self.context.clock.now();
        if let Some((at, people)) = &state.named
            && (TimeDelta::zero()..NAMES_LAST).contains(&(now - *at))
            && people
                .iter()
                .map(|person| person.id)
                .eq(ids.iter().copied())
        {
            return Ok(people.clone());
        }
        let people = self.context.store.people(ids).await?;
        state.named = Some((now, people.clone()));
        Ok(people)
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
