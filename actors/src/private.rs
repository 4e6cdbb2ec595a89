//! One person's private chat with the desk: reports for their group, and what concerns only them.
//!
//! Owns nothing but a note of who the person was when last written down; rests after a while
//! without a word. What belongs to a group is passed on to the group's actor, with the reply port.

mod account;
mod home;
mod numbers;
mod place;
mod press;
mod report;
mod roll;

use std::sync::Arc;

use ractor::{Actor, ActorProcessingErr, ActorRef, RpcReplyPort};

use crate::context::Context;
use crate::domain::id::MessageRef;
use crate::domain::notice::Prompt;
use crate::domain::{ChatId, Class, GroupId, MessageId, Person, Refusal, Says};
use crate::group::{self, Groups};
use crate::inbound::{Answer, Ask, Button, Inbound, Message, Verdict, What};
use crate::line::Line;
use crate::nursery::{self, Breed};
use crate::outcome::{Outcome, Unanswered};
use crate::ports::{Address, Commit, CommitError, Draft, OutboxRow, Record};

/// How long an unanswered prompt takes the next plain words for its answer. Telegram marks an
/// answer to a prompt as one by itself; this is for those who type without.
const PROMPT_PATIENCE: chrono::Duration = chrono::Duration::minutes(10);

/// How long a private chat's actor stays without a word: a conversation is over by then.
const REST_AFTER: std::time::Duration = std::time::Duration::from_secs(600);

/// What a private chat is told.
pub enum Msg {
    /// Something came in.
    Handle(Box<Inbound>, RpcReplyPort<Outcome>),
    /// Rest, if nothing came in since.
    Rest {
        /// How much had come in when this was set.
        handled: u64,
    },
}

/// The actor.
pub struct PrivateActor {
    context: Arc<Context>,
    groups: Line<nursery::Msg<Groups>>,
}

/// How private chats are raised.
pub struct Privates {
    /// What each is given.
    pub context: Arc<Context>,
    /// The way to groups.
    pub groups: Line<nursery::Msg<Groups>>,
}

impl Breed for Privates {
    type Key = ChatId;
    type Child = PrivateActor;

    const KIND: &'static str = "private chat";

    fn raise(&self, _: ChatId) -> (PrivateActor, ()) {
        let actor = PrivateActor {
            context: Arc::clone(&self.context),
            groups: self.groups.clone(),
        };
        (actor, ())
    }

    fn is_waited_for(message: &Msg) -> bool {
        matches!(message, Msg::Handle(..))
    }
}

/// What a private chat remembers.
#[derive(Default)]
pub struct State {
    known: Option<Person>,
    handled: u64,
}

/// Where something goes.
enum Step {
    /// This is the answer.
    Answer(Verdict),
    /// That group sees to it.
    Pass(GroupId, Box<Inbound>),
}

type Next = Result<Step, Unanswered>;

/// Where something goes in the end.
enum Settled {
    /// This is the answer.
    Answer(Verdict),
    /// The group of that chat answers.
    Group(ChatId, Box<Inbound>),
}

impl Actor for PrivateActor {
    type Msg = Msg;
    type State = State;
    type Arguments = ();

    async fn pre_start(&self, _: ActorRef<Msg>, (): ()) -> Result<State, ActorProcessingErr> {
        Ok(State::default())
    }

    async fn handle(
        &self,
        myself: ActorRef<Msg>,
        message: Msg,
        state: &mut State,
    ) -> Result<(), ActorProcessingErr> {
        match message {
            Msg::Handle(inbound, reply) => {
                state.handled += 1;
                let handled = state.handled;
                myself.send_after(REST_AFTER, move || Msg::Rest { handled });
                self.answer(state, *inbound, reply).await;
            }
            Msg::Rest { handled } if handled == state.handled => myself.drain()?,
            Msg::Rest { .. } => {}
        }
        Ok(())
    }
}

impl PrivateActor {
    async fn answer(&self, state: &mut State, inbound: Inbound, reply: RpcReplyPort<Outcome>) {
        let outcome = match self.settle(state, inbound).await {
            Ok(Settled::Group(key, inbound)) => {
                let message = group::Msg::Handle(inbound, reply);
                self.groups.send(nursery::Msg::Pass { key, message });
                return;
            }
            Ok(Settled::Answer(verdict)) => Ok(verdict),
            Err(unanswered) => Err(unanswered),
        };
        if reply.send(outcome).is_err() {
            tracing::debug!("nobody waits for the answer any more");
        }
    }

    /// Finds the chat of the group that sees to it, or the answer.
    async fn settle(&self, state: &mut State, inbound: Inbound) -> Result<Settled, Unanswered> {
        let (group, inbound) = match self.step(state, inbound).await? {
            Step::Pass(group, inbound) => (group, inbound),
            Step::Answer(verdict) => return Ok(Settled::Answer(verdict)),
        };
        let Some(config) = self.context.store.group(group).await? else {
            let nowhere = Verdict::plain(Answer::Refused(Refusal::NoGroup));
            return Ok(Settled::Answer(nowhere));
        };
        Ok(match self.pass(inbound, &config).await? {
            Step::Pass(_, inbound) => Settled::Group(config.chat, inbound),
            Step::Answer(verdict) => Settled::Answer(verdict),
        })
    }

    async fn step(&self, state: &mut State, inbound: Inbound) -> Next {
        let Some(person) = inbound.sender.person().cloned() else {
            return silent();
        };
        if let What::BotBlocked { blocked } = inbound.what {
            state.known = None;
            return self.blocked(&inbound, &person, blocked).await;
        }
        self.remember(state, &person).await?;
        match &inbound.what {
            What::Ask { ask, message } => {
                let (ask, message) = (ask.clone(), message.clone());
                self.ask(inbound, &person, ask, message).await
            }
            What::Press { button, on } => {
                let (button, on) = (*button, *on);
                if button == Button::ForgetMe {
                    // With the next word they are met anew.
                    state.known = None;
                }
                self.press(inbound, &person, button, on).await
            }
            What::Said { message } => {
                let message = message.clone();
                self.said(inbound, &person, message).await
            }
            What::Edited { message } => {
                let message = message.id;
                self.edited(inbound, message).await
            }
            What::UnknownPress => refused(Refusal::NotNow),
            _ => silent(),
        }
    }

    /// Whoever writes here can be reached here.
    async fn remember(&self, state: &mut State, person: &Person) -> Result<(), Unanswered> {
        if state.known.as_ref() == Some(person) {
            return Ok(());
        }
        let mut commit = Commit::new(self.context.clock.now(), None);
        commit.records = vec![
            Record::Seen {
                person: person.clone(),
                group: None,
            },
            Record::Reachable {
                person: person.id,
                reachable: true,
            },
        ];
        self.context.store.commit(commit).await?;
        state.known = Some(person.clone());
        Ok(())
    }

    async fn blocked(&self, inbound: &Inbound, person: &Person, blocked: bool) -> Next {
        let record = Record::Reachable {
            person: person.id,
            reachable: !blocked,
        };
        self.keep(inbound, vec![record], Vec::new(), Answer::Silent)
            .await
    }

    async fn ask(&self, inbound: Inbound, person: &Person, ask: Ask, message: Message) -> Next {
        let to = message.id;
        match ask {
            Ask::Start => self.started(&inbound, person, &message).await,
            Ask::Help => self.say(&inbound, to, Says::Help).await,
            Ask::Language => self.say(&inbound, to, Says::MyLanguage).await,
            Ask::Privacy => self.say(&inbound, to, Says::Privacy).await,
            Ask::ForgetMe => {
                let person = person.id;
                self.say(&inbound, to, Says::ForgetMeAsked { person }).await
            }
            Ask::Unknown => self.refuse(&inbound, to, Refusal::UnknownCommand).await,
            Ask::Departments | Ask::Settings | Ask::Managers => {
                self.refuse(&inbound, to, Refusal::GroupOnly).await
            }
            Ask::NewIncident => {
                if !message.is_empty() || message.reply_to.is_some() {
                    self.report(inbound, person, message).await
                } else {
                    self.home(inbound, person, to).await
                }
            }
            Ask::Incident { number }
            | Ask::History { number }
            | Ask::Comment { number, .. }
            | Ask::Assign { number, .. }
            | Ask::Reopen { number, .. }
            | Ask::Cancel { number, .. }
            | Ask::Duplicate { number, .. } => match number {
                Some(number) => self.by_number(inbound, person, number, to).await,
                None => self.by_answered(inbound, person, &message).await,
            },
            Ask::Report { .. } | Ask::Duty | Ask::Qr | Ask::Recurring => {
                self.managed(inbound, person, to).await
            }
            Ask::Dashboard => self.dashboard_asked(&inbound, person, to).await,
            Ask::Home => self.home_asked(&inbound, person, to).await,
            Ask::My
            | Ask::Open { .. }
            | Ask::Mute
            | Ask::Register
            | Ask::Join
            | Ask::LeaveDepartment => self.home(inbound, person, to).await,
        }
    }

    /// Passes something on to the person's group: the one they chose, where there are several.
    async fn home(&self, inbound: Inbound, person: &Person, to: MessageId) -> Next {
        match self.groups_of(person.id).await?.first() {
            Some(group) => Ok(Step::Pass(*group, Box::new(inbound))),
            None => self.refuse(&inbound, to, Refusal::NoGroup).await,
        }
    }

    /// Passes something on to a group that the person manages, else to their own.
    async fn managed(&self, inbound: Inbound, person: &Person, to: MessageId) -> Next {
        for group in self.groups_of(person.id).await? {
            let config = self.context.store.group(group).await?;
            if config.is_some_and(|config| config.managers.contains(&person.id)) {
                return Ok(Step::Pass(group, Box::new(inbound)));
            }
        }
        self.home(inbound, person, to).await
    }

    /// Words or a photo: an answer to what the desk asked, else a report.
    async fn said(&self, inbound: Inbound, person: &Person, message: Message) -> Next {
        let answered = self.answered_row(&inbound, person, &message).await?;
        if let Some(row) = answered.filter(wants_answer) {
            return self.answered(inbound, row, message).await;
        }
        if let (Some(album), Some(_)) = (&message.album, &message.photo) {
            let chat = inbound.place.chat();
            let known = self.context.store.incident_from_album(chat, album).await?;
            if let Some(incident) = known {
                return Ok(Step::Pass(incident.identity.group, Box::new(inbound)));
            }
        }
        self.report(inbound, person, message).await
    }

    async fn answered_row(
        &self,
        inbound: &Inbound,
        person: &Person,
        message: &Message,
    ) -> Result<Option<OutboxRow>, Unanswered> {
        let chat = inbound.place.chat();
        let store = &self.context.store;
        if let Some(answered) = message.reply_to.as_deref().filter(|it| it.by_bot) {
            let message = answered.message.id;
            // Somebody may be quicker than the news that the prompt has arrived. In this order:
            // what is settled between the two questions is found by the second.
            let unsettled = store.unsettled_prompt(chat, person.id).await?;
            let known = store.said_in(MessageRef { chat, message }).await?;
            return Ok(known.or(unsettled));
        }
        let open = store.open_prompt(chat, person.id).await?;
        let now = self.context.clock.now();
        Ok(open.filter(|row| now - row.created_at <= PROMPT_PATIENCE))
    }

    /// The group sees to the answer. It finds the prompt by the message that is answered, so that
    /// is put right where somebody typed without answering.
    async fn answered(&self, mut inbound: Inbound, row: OutboxRow, message: Message) -> Next {
        let Some(group) = row.group else {
            return silent();
        };
        if message.reply_to.is_none()
            && let Some(said) = row.message
        {
            inbound.what = What::Said {
                message: as_answer_to(said, message),
            };
        }
        Ok(Step::Pass(group, Box::new(inbound)))
    }

    async fn edited(&self, inbound: Inbound, message: MessageId) -> Next {
        let chat = inbound.place.chat();
        let origin = MessageRef { chat, message };
        match self.context.store.incident_from(origin).await? {
            Some(incident) => Ok(Step::Pass(incident.identity.group, Box::new(inbound))),
            None => silent(),
        }
    }

    async fn refuse(&self, inbound: &Inbound, to: MessageId, refusal: Refusal) -> Next {
        self.say(inbound, to, Says::Refused { refusal }).await
    }

    async fn say(&self, inbound: &Inbound, to: MessageId, says: Says) -> Next {
        let row = row(inbound, to, Class::Page, says);
        self.keep(inbound, Vec::new(), vec![row], Answer::Silent)
            .await
    }

    async fn keep(
        &self,
        inbound: &Inbound,
        records: Vec<Record>,
        outbox: Vec<Draft>,
        answer: Answer,
    ) -> Next {
        let mut commit = Commit::new(self.context.clock.now(), Some(inbound.update));
        commit.records = records;
        commit.outbox = outbox;
        match self.context.store.commit(commit).await {
            Ok(_) => self.context.wakes.all(),
            Err(CommitError::AlreadyHandled) => return silent(),
            Err(error) => return Err(error.into()),
        }
        Ok(Step::Answer(Verdict::plain(answer)))
    }
}

/// A row for the private chat itself.
fn row(inbound: &Inbound, to: MessageId, class: Class, says: Says) -> Draft {
    Draft {
        incident: None,
        about_opened: false,
        group: None,
        address: Address::Chat {
            chat: inbound.place.chat(),
            thread: None,
        },
        class,
        says,
        reply_to: Some(to),
        held_until: None,
        absent_minutes: None,
        edit: None,
    }
}

/// Whether words in answer to it go to what it asked, or is about. In answer to anything else,
/// also to "what is wrong?", they are a report.
fn wants_answer(row: &OutboxRow) -> bool {
    match &row.says {
        Says::Prompt { prompt, .. } => *prompt != Prompt::Report,
        _ => row.incident.is_some(),
    }
}

fn as_answer_to(said: MessageId, message: Message) -> Message {
    let prompt = Message {
        id: said,
        text: String::new(),
        photo: None,
        recording: None,
        album: None,
        reply_to: None,
        named: Vec::new(),
    };
    Message {
        reply_to: Some(Box::new(crate::inbound::Answered {
            author: None,
            by_bot: true,
            message: prompt,
        })),
        ..message
    }
}

fn silent() -> Next {
    Ok(Step::Answer(Verdict::plain(Answer::Silent)))
}

fn refused(refusal: Refusal) -> Next {
    Ok(Step::Answer(Verdict::plain(Answer::Refused(refusal))))
}
