//! One group: its configuration, who may do what, and the way to its incidents.
//!
//! Owns a copy of the group's configuration, read anew whenever the company's version has moved, so
//! it is never acted on out of date. Invariant: a change of configuration is committed before the
//! copy changes. When it dies, the next message finds everything in the store.

mod agenda;
mod alike;
mod ask;
mod belong;
mod configure;
mod duty;
mod escalation;
mod figures;
mod hours;
mod lifecycle;
mod places;
mod press;
mod recurring;
mod report;
mod said;
mod schedule;
mod shift;
mod triage;

pub(crate) use lifecycle::{cards_naming, is_at_home, redrawn};

use std::collections::HashMap;
use std::sync::Arc;

use ractor::{Actor, ActorProcessingErr, ActorRef, RpcReplyPort};

use crate::address::draft;
use crate::context::Context;
use crate::domain::group::GroupStatus;
use crate::domain::id::MessageRef;
use crate::domain::notice::ReplyTo;
use crate::domain::{
    Audience, ChatId, Class, Command, GroupConfig, Incident, IncidentId, MessageId, Notice, Person,
    PersonId, Refusal, Says, Standing,
};
use crate::inbound::{Answer, Inbound, Place, Verdict, What};
use crate::incident::{self, Act, Incidents};
use crate::line::Line;
use crate::nursery::{self, Breed};
use crate::outcome::{Outcome, Unanswered};
use crate::ports::{Commit, CommitError, Draft, Record};
use crate::sight::is_none_of_theirs;

/// How many people a group remembers having seen. Beyond it the memory is dropped whole: the cost
/// is one superfluous write for each of them.
const SEEN_LIMIT: usize = 10_000;

/// What a group is told.
pub enum Msg {
    /// Something came in.
    Handle(Box<Inbound>, RpcReplyPort<Outcome>),
    /// Something on its agenda is due.
    LookAtClock,
}

/// The actor.
pub struct GroupActor {
    context: Arc<Context>,
    incidents: Line<nursery::Msg<Incidents>>,
}

/// How groups are raised.
pub struct Groups {
    /// What each is given.
    pub context: Arc<Context>,
    /// The way to incidents.
    pub incidents: Line<nursery::Msg<Incidents>>,
}

impl Breed for Groups {
    type Key = ChatId;
    type Child = GroupActor;

    const KIND: &'static str = "group";

    fn raise(&self, key: ChatId) -> (GroupActor, ChatId) {
        let actor = GroupActor {
            context: Arc::clone(&self.context),
            incidents: self.incidents.clone(),
        };
        (actor, key)
    }

    fn is_waited_for(message: &Msg) -> bool {
        matches!(message, Msg::Handle(..))
    }
}

/// What a group remembers.
pub struct State {
    chat: ChatId,
    config: Option<Arc<GroupConfig>>,
    seen: HashMap<PersonId, Person>,
}

/// What follows from something that came in.
enum Step {
    /// This is the answer.
    Answer(Verdict),
    /// The incident answers.
    Forward(IncidentId, Box<Act>),
}

type Next = Result<Step, Unanswered>;

impl Actor for GroupActor {
    type Msg = Msg;
    type State = State;
    type Arguments = ChatId;

    async fn pre_start(&self, _: ActorRef<Msg>, chat: ChatId) -> Result<State, ActorProcessingErr> {
        Ok(State {
            chat,
            config: None,
            seen: HashMap::new(),
        })
    }

    async fn handle(
        &self,
        _: ActorRef<Msg>,
        message: Msg,
        state: &mut State,
    ) -> Result<(), ActorProcessingErr> {
        let Msg::Handle(inbound, reply) = message else {
            Box::pin(self.look_at_clock(state)).await;
            return Ok(());
        };
        let answer = match self.step(state, &inbound).await {
            Ok(Step::Forward(key, act)) => {
                let message = incident::Msg::Act(act, reply);
                self.incidents.send(nursery::Msg::Pass { key, message });
                return Ok(());
            }
            Ok(Step::Answer(mut verdict)) => {
                // Its language and its departments, for whatever has to be said.
                verdict.group = verdict.group.or_else(|| state.config.clone());
                Ok(verdict)
            }
            Err(unanswered) => Err(unanswered),
        };
        if reply.send(answer).is_err() {
            tracing::debug!(chat = %state.chat, "nobody waits for the answer any more");
        }
        Ok(())
    }
}

impl GroupActor {
    async fn step(&self, state: &mut State, inbound: &Inbound) -> Next {
        self.refresh(state).await?;
        match &inbound.what {
            What::BotAdded { may_pin } => return self.bot_added(state, inbound, *may_pin).await,
            What::BotMayPin => return self.bot_may_pin(state, inbound).await,
            What::BotRemoved => return self.bot_removed(state, inbound).await,
            What::Migrated { from, to } => return self.migrated(state, inbound, *from, *to).await,
            What::Retitled => return self.retitled(state, inbound).await,
            What::Left { person } => return self.left(state, inbound, *person).await,
            What::BotBlocked { .. } => return silent(),
            What::Ask { .. } if state.config.is_none() => {
                self.found(state, inbound, None).await?;
                let awaits = |config: &Arc<GroupConfig>| config.status != GroupStatus::Active;
                if state.config.as_ref().is_some_and(awaits) {
                    // The group's first words say so.
                    return silent();
                }
            }
            What::UnknownPress => return refused(Refusal::NotNow),
            _ => {}
        }
        let Some(config) = state.config.clone() else {
            return match inbound.what {
                // The chat was upgraded, and its cards with it: these are the old ones.
                What::Press { .. } => refused(Refusal::StaleCard),
                _ => silent(),
            };
        };
        let turn = self.turn(state, inbound, config);
        if turn.config.status != GroupStatus::Active {
            return turn.inactive().await;
        }
        match &inbound.what {
            What::Press { .. } if inbound.sender.is_absent() => {
                self.turned_away(state, inbound).await
            }
            What::Ask { ask, message } => turn.ask(ask, message).await,
            What::Press { button, on } => turn.press(*button, *on).await,
            What::Said { message } => turn.said(message).await,
            What::Edited { message } => turn.edited(message).await,
            _ => silent(),
        }
    }

    /// Reads the configuration if it has moved on, or was never read.
    async fn refresh(&self, state: &mut State) -> Result<(), Unanswered> {
        let store = &self.context.store;
        match &state.config {
            None => state.config = store.group_of_chat(state.chat).await?.map(Arc::new),
            Some(config) => {
                if store.company_version(config.company).await? != config.version {
                    // Whoever was forgotten, or left, is met anew with their next word.
                    state.seen.clear();
                    // By the chat: after an upgrade another group may be the one behind it.
                    state.config = store.group_of_chat(state.chat).await?.map(Arc::new);
                }
            }
        }
        Ok(())
    }

    /// Gathers what bears on one thing that came in.
    fn turn<'a>(
        &'a self,
        state: &mut State,
        inbound: &'a Inbound,
        config: Arc<GroupConfig>,
    ) -> Turn<'a> {
        let here = matches!(inbound.place, Place::Group { .. });
        let mut records = Vec::new();
        if let Some(person) = inbound.sender.person() {
            let known = state.seen.get(&person.id) == Some(person);
            if !known {
                let group = here.then_some(config.id);
                let person = person.clone();
                records.push(Record::Seen { person, group });
            }
            // A refused press or correction commits nothing, so it does not count as remembered.
            let lasting = !matches!(inbound.what, What::Press { .. } | What::Edited { .. });
            if !known && lasting {
                if state.seen.len() >= SEEN_LIMIT {
                    state.seen.clear();
                }
                state.seen.insert(person.id, person.clone());
            }
        }
        Turn {
            context: &self.context,
            incidents: &self.incidents,
            config,
            inbound,
            records,
            rows: Vec::new(),
        }
    }
}

/// One thing that came in, with all that bears on it.
struct Turn<'a> {
    context: &'a Context,
    incidents: &'a Line<nursery::Msg<Incidents>>,
    config: Arc<GroupConfig>,
    inbound: &'a Inbound,
    records: Vec<Record>,
    /// What is said beside what an incident says, if it does what is wished.
    rows: Vec<Draft>,
}

impl Turn<'_> {
    /// What the sender is in this group; a refusal if it cannot be told who they are.
    fn standing(&self) -> Result<Standing, Refusal> {
        let person = self.inbound.sender.person().ok_or(Refusal::Anonymous)?;
        let mut standing = self.config.standing(person.id);
        standing.present = matches!(self.inbound.place, Place::Group { .. });
        Ok(standing)
    }

    /// Whether the sender may configure the group: its managers, and whom the messenger lets
    /// administer it.
    fn may_configure(&self) -> bool {
        self.manages() || self.inbound.sender.is_administrator()
    }

    /// Whether the sender manages the company.
    fn manages(&self) -> bool {
        let person = self.inbound.sender.person();
        person.is_some_and(|person| self.config.managers.contains(&person.id))
    }

    /// Whether the sender may change what is the company's: its managers, and where this is its only
    /// group whom the messenger lets administer that. Those of one group have no say in another.
    fn may_run_company(&self) -> bool {
        self.manages() || self.config.siblings.is_empty() && self.inbound.sender.is_administrator()
    }

    /// A message of this chat, to be answered.
    fn reply_to(&self, message: MessageId) -> ReplyTo {
        ReplyTo {
            message: MessageRef {
                chat: self.inbound.place.chat(),
                message,
            },
            thread: self.inbound.place.thread(),
        }
    }

    /// A row that answers a message.
    fn answer_row(
        &self,
        incident: Option<&Incident>,
        to: MessageId,
        class: Class,
        says: Says,
    ) -> Draft {
        let notice = Notice {
            audience: Audience::Asker,
            class,
            says,
        };
        draft(incident, &notice, &self.config, Some(self.reply_to(to)))
    }

    /// A row that takes the place of one of the bot's messages.
    fn edit_row(&self, on: MessageId, says: Says) -> Draft {
        let mut row = self.answer_row(None, on, Class::Awaited, says);
        row.reply_to = None;
        row.edit = Some(on);
        row
    }

    /// Answers a message with a message.
    async fn say(self, to: MessageId, says: Says) -> Next {
        let row = self.answer_row(None, to, Class::Page, says);
        self.keep(Vec::new(), vec![row], Answer::Silent).await
    }

    /// Answers a message with a message about an incident.
    async fn say_about(self, incident: &Incident, to: MessageId, says: Says) -> Next {
        let row = self.answer_row(Some(incident), to, Class::Page, says);
        self.keep(Vec::new(), vec![row], Answer::Silent).await
    }

    /// Answers a message with a refusal.
    async fn refuse(self, to: MessageId, refusal: Refusal) -> Next {
        self.say(to, Says::Refused { refusal }).await
    }

    /// Commits, and answers once that is done. What was handled before is not answered twice.
    async fn keep(self, records: Vec<Record>, outbox: Vec<Draft>, answer: Answer) -> Next {
        let mut commit = Commit::new(self.context.clock.now(), Some(self.inbound.update));
        let moved = self.moved(&records).await?;
        let shifts = shift::moved(&self.config, &records, commit.at);
        commit.records = self.records;
        commit.records.extend(records);
        commit.records.extend(moved);
        commit.records.extend(shifts);
        commit.outbox = outbox;
        if !commit.is_empty() {
            match self.context.store.commit(commit).await {
                Ok(_) => self.context.wakes.all(),
                Err(CommitError::AlreadyHandled) => return silent(),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(Step::Answer(Verdict {
            answer,
            group: Some(self.config),
            number: None,
            people: Vec::new(),
        }))
    }

    /// What comes at other moments, because the group's time zone changes.
    async fn moved(&self, records: &[Record]) -> Result<Vec<Record>, Unanswered> {
        let zone = records.iter().find_map(|record| match record {
            Record::Settings { settings, .. } => Some(settings.time_zone),
            _ => None,
        });
        match zone.filter(|zone| *zone != self.config.settings.time_zone) {
            Some(zone) => self.replanned(zone).await,
            None => Ok(Vec::new()),
        }
    }

    /// Hands the matter to an incident.
    async fn forward(
        self,
        incident: IncidentId,
        wish: incident::Wish,
        source: incident::Source,
    ) -> Next {
        let by = match (self.standing(), source) {
            (Ok(standing), _) => crate::domain::By::Person(standing),
            (Err(refusal), incident::Source::Message(asked)) => {
                return self.refuse(asked.message.message, refusal).await;
            }
            (Err(refusal), _) => return refused(refusal),
        };
        if let incident::Wish::Do(Command::Assign { person, .. }) = wish
            && is_none_of_theirs(self.context, &self.config, None, person).await
        {
            return match source {
                incident::Source::Message(asked) => {
                    self.refuse(asked.message.message, Refusal::NoSuchPerson)
                        .await
                }
                _ => refused(Refusal::NoSuchPerson),
            };
        }
        Ok(Step::Forward(
            incident,
            Box::new(Act {
                wish,
                by,
                config: self.config,
                update: Some(self.inbound.update),
                source,
                records: self.records,
                rows: self.rows,
            }),
        ))
    }

    /// What somebody hears in a group where the desk does not work, or not yet.
    async fn inactive(self) -> Next {
        match (&self.inbound.what, self.config.status) {
            (What::Ask { message, .. }, GroupStatus::AwaitingApproval) => {
                let to = message.id;
                self.say(to, Says::ApprovalAwaited).await
            }
            (What::Press { button, on }, GroupStatus::AwaitingApproval) => {
                self.press_approval(*button, *on).await
            }
            (What::Ask { message, .. }, _) => {
                let to = message.id;
                self.refuse(to, Refusal::GroupInactive).await
            }
            (What::Press { .. }, _) => refused(Refusal::GroupInactive),
            _ => silent(),
        }
    }
}

fn silent() -> Next {
    Ok(Step::Answer(Verdict::plain(Answer::Silent)))
}

fn refused(refusal: Refusal) -> Next {
    Ok(Step::Answer(Verdict::plain(Answer::Refused(refusal))))
}
