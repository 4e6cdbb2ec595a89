//! One person's private chat with the desk: reports for their group, and what concerns only them.
//!
//! Owns nothing but a note of who the person was when last written down; rests after a while
//! without a word. What belongs to a group is passed on to the group's actor, with the reply port.

use std::sync::Arc;

use ractor::{Actor, ActorProcessingErr, ActorRef, RpcReplyPort};

use crate::context::Context;
use crate::domain::id::MessageRef;
use crate::domain::notice::Draft as Reported;
use crate::domain::{
    ChatId, Class, GroupId, IncidentId, Language, MessageId, Person, Refusal, Says,
};
use crate::gateway::{Outcome, Unanswered};
use crate::group::{self, Groups};
use crate::inbound::{Answer, Ask, Button, Inbound, Message, Verdict, What};
use crate::line::Line;
use crate::nursery::{self, Breed};
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
        let outcome = match self.step(state, inbound).await {
            Ok(Step::Pass(group, inbound)) => match self.context.store.group(group).await {
                Ok(Some(config)) => {
                    let key = config.chat;
                    let message = group::Msg::Handle(inbound, reply);
                    self.groups.send(nursery::Msg::Pass { key, message });
                    return;
                }
                Ok(None) => Ok(Verdict::plain(Answer::Refused(Refusal::NoGroup))),
                Err(error) => Err(error.into()),
            },
            Ok(Step::Answer(verdict)) => Ok(verdict),
            Err(unanswered) => Err(unanswered),
        };
        if reply.send(outcome).is_err() {
            tracing::debug!("nobody waits for the answer any more");
        }
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
            Ask::Start => self.say(&inbound, to, Says::Welcome).await,
            Ask::Help => self.say(&inbound, to, Says::Help).await,
            Ask::Privacy => self.say(&inbound, to, Says::Privacy).await,
            Ask::ForgetMe => self.say(&inbound, to, Says::ForgetMeAsked).await,
            Ask::Unknown => self.refuse(&inbound, to, Refusal::Malformed).await,
            Ask::Departments | Ask::Settings | Ask::Managers => {
                self.refuse(&inbound, to, Refusal::GroupOnly).await
            }
            Ask::NewIncident => {
                let words = !message.text.trim().is_empty() || message.photo.is_some();
                if words || message.reply_to.is_some() {
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
                None => self.home(inbound, person, to).await,
            },
            Ask::My | Ask::Open { .. } | Ask::Register | Ask::Join | Ask::LeaveDepartment => {
                self.home(inbound, person, to).await
            }
        }
    }

    /// Passes something on to the person's group: the one where they were seen last.
    async fn home(&self, inbound: Inbound, person: &Person, to: MessageId) -> Next {
        match self.context.store.groups_of(person.id).await?.first() {
            Some(group) => Ok(Step::Pass(*group, Box::new(inbound))),
            None => self.refuse(&inbound, to, Refusal::NoGroup).await,
        }
    }

    /// Passes a command on to the group whose company has an incident of that number.
    async fn by_number(
        &self,
        inbound: Inbound,
        person: &Person,
        number: crate::domain::IncidentNumber,
        to: MessageId,
    ) -> Next {
        for group in self.context.store.groups_of(person.id).await? {
            let Some(config) = self.context.store.group(group).await? else {
                continue;
            };
            let company = config.company;
            let found = self
                .context
                .store
                .incident_numbered(company, number)
                .await?;
            if let Some(incident) = found {
                return Ok(Step::Pass(incident.identity.group, Box::new(inbound)));
            }
        }
        self.home(inbound, person, to).await
    }

    /// Words or a photo: an answer to what the desk asked, else a report.
    async fn said(&self, inbound: Inbound, person: &Person, message: Message) -> Next {
        if let Some(row) = self.answered_row(&inbound, person, &message).await? {
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

    /// A report for the person's group; asks which, if there are several.
    async fn report(&self, mut inbound: Inbound, person: &Person, message: Message) -> Next {
        let groups = self.context.store.groups_of(person.id).await?;
        let to = message.id;
        match groups.as_slice() {
            [] => self.refuse(&inbound, to, Refusal::NoGroup).await,
            [group] => {
                let ask = Ask::NewIncident;
                inbound.what = What::Ask { ask, message };
                Ok(Step::Pass(*group, Box::new(inbound)))
            }
            _ => {
                let draft = draft_of(&inbound, &message);
                self.say(&inbound, to, Says::WhichGroup { draft, groups })
                    .await
            }
        }
    }

    async fn edited(&self, inbound: Inbound, message: MessageId) -> Next {
        let chat = inbound.place.chat();
        let origin = MessageRef { chat, message };
        match self.context.store.incident_from(origin).await? {
            Some(incident) => Ok(Step::Pass(incident.identity.group, Box::new(inbound))),
            None => silent(),
        }
    }

    async fn press(
        &self,
        mut inbound: Inbound,
        person: &Person,
        button: Button,
        on: MessageId,
    ) -> Next {
        let row = self.row_of(&inbound, on).await?;
        let of_row = row.as_ref().and_then(|row| row.group);
        match button {
            Button::Card { incident, .. }
            | Button::Show { incident }
            | Button::History { incident, .. } => self.by_incident(inbound, person, incident).await,
            Button::Configure { group, .. } => Ok(Step::Pass(group, Box::new(inbound))),
            Button::AnswerJoin(answer) => {
                match self.context.store.join_request(answer.request).await? {
                    Some((group, _, _)) => Ok(Step::Pass(group, Box::new(inbound))),
                    None => refused(Refusal::AlreadySo),
                }
            }
            Button::List { .. } | Button::Membership { .. } => match of_row {
                Some(group) => Ok(Step::Pass(group, Box::new(inbound))),
                None => refused(Refusal::NotNow),
            },
            Button::ReportTo { group } => match row.map(|row| row.says) {
                Some(Says::WhichGroup { draft, groups }) if groups.contains(&group) => {
                    inbound.what = What::Ask {
                        ask: Ask::NewIncident,
                        message: message_of(draft),
                    };
                    Ok(Step::Pass(group, Box::new(inbound)))
                }
                _ => refused(Refusal::NotNow),
            },
            Button::ForgetMe => self.forget(&inbound, person, on).await,
            Button::Language(language) => self.speak(&inbound, person, language, on).await,
        }
    }

    async fn row_of(
        &self,
        inbound: &Inbound,
        on: MessageId,
    ) -> Result<Option<OutboxRow>, Unanswered> {
        let chat = inbound.place.chat();
        let said = MessageRef { chat, message: on };
        Ok(self.context.store.said_in(said).await?)
    }

    /// Passes a press on to the incident's group, if the person has anything to do with it: a
    /// button can be made up.
    async fn by_incident(&self, inbound: Inbound, person: &Person, id: IncidentId) -> Next {
        let Some(incident) = self.context.store.incident(id).await? else {
            return refused(Refusal::NoSuchIncident);
        };
        let group = incident.identity.group;
        let Some(config) = self.context.store.group(group).await? else {
            return refused(Refusal::NoSuchIncident);
        };
        let standing = config.standing(person.id);
        let seen_there = self
            .context
            .store
            .groups_of(person.id)
            .await?
            .contains(&group);
        let concerned = seen_there
            || standing.directs()
            || !standing.departments.is_empty()
            || incident.report.reporter == person.id;
        if concerned {
            Ok(Step::Pass(group, Box::new(inbound)))
        } else {
            refused(Refusal::NoSuchIncident)
        }
    }

    async fn forget(&self, inbound: &Inbound, person: &Person, on: MessageId) -> Next {
        let record = Record::Forget { person: person.id };
        let mut row = row(inbound, on, Class::Page, Says::Forgotten);
        row.edit = Some(on);
        row.reply_to = None;
        self.keep(inbound, vec![record], vec![row], Answer::Saved)
            .await
    }

    async fn speak(
        &self,
        inbound: &Inbound,
        person: &Person,
        language: Language,
        on: MessageId,
    ) -> Next {
        let person = person.id;
        let record = Record::PersonLanguage { person, language };
        let mut row = row(inbound, on, Class::Edit, Says::Welcome);
        row.edit = Some(on);
        row.reply_to = None;
        self.keep(inbound, vec![record], vec![row], Answer::Saved)
            .await
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
        edit: None,
    }
}

fn draft_of(inbound: &Inbound, message: &Message) -> Reported {
    Reported {
        text: message.text.clone(),
        photos: message.photo.iter().cloned().collect(),
        origin: MessageRef {
            chat: inbound.place.chat(),
            message: message.id,
        },
        album: message.album.clone(),
    }
}

fn message_of(draft: Reported) -> Message {
    Message {
        id: draft.origin.message,
        text: draft.text,
        photo: draft.photos.into_iter().next(),
        album: draft.album,
        reply_to: None,
        named: Vec::new(),
    }
}

fn as_answer_to(said: MessageId, message: Message) -> Message {
    let prompt = Message {
        id: said,
        text: String::new(),
        photo: None,
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
