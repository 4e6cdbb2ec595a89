//! What comes in, once the messenger's own words for it are left behind, and the answer that goes
//! back at once.

mod button;

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::domain::id::MessageRef;
use crate::domain::kpi::Span;
use crate::domain::{
    ChatId, Event, GroupConfig, IncidentNumber, MessageId, Person, PersonId, Photo, Recording,
    Refusal, ThreadId, UpdateId,
};

pub use button::{Button, ButtonKind, Change, ChangeKind, Verb, VerbKind};

/// Something a person, or the messenger itself, did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inbound {
    /// The update it came in.
    pub update: UpdateId,
    /// When it happened, by the messenger's clock.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub sender: Sender,
    /// Where.
    pub place: Place,
    /// What.
    pub what: What,
}

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sender {
    /// A person, and whether the messenger says that they administer the group.
    Person {
        /// Who.
        person: Person,
        /// Whether they may configure the group by the messenger's own rules. Only asked for
        /// where it matters.
        administrator: bool,
        /// Whether they are in the group, by the messenger's word. Only asked for where it matters.
        present: Option<bool>,
    },
    /// Somebody who posts as a group or channel: it cannot be told who.
    Anonymous,
}

impl Sender {
    /// The person, if it is one.
    #[must_use]
    pub fn person(&self) -> Option<&Person> {
        match self {
            Self::Person { person, .. } => Some(person),
            Self::Anonymous => None,
        }
    }

    /// Whether the messenger says that they are not in the group.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        matches!(
            self,
            Self::Person {
                present: Some(false),
                ..
            }
        )
    }

    /// Whether the messenger lets them administer the group.
    #[must_use]
    pub fn is_administrator(&self) -> bool {
        matches!(
            self,
            Self::Person {
                administrator: true,
                ..
            }
        )
    }
}

/// Where something was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In a group.
    Group {
        /// The chat.
        chat: ChatId,
        /// Its title.
        title: String,
        /// The forum topic, if it is a real one.
        thread: Option<ThreadId>,
    },
    /// In a person's private chat with the bot.
    Private {
        /// The chat.
        chat: ChatId,
    },
}

impl Place {
    /// The chat.
    #[must_use]
    pub fn chat(&self) -> ChatId {
        match self {
            Self::Group { chat, .. } | Self::Private { chat } => *chat,
        }
    }

    /// The forum topic.
    #[must_use]
    pub fn thread(&self) -> Option<ThreadId> {
        match self {
            Self::Group { thread, .. } => *thread,
            Self::Private { .. } => None,
        }
    }
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A command was sent.
    Ask {
        /// The command.
        ask: Ask,
        /// The message it stands in.
        message: Message,
    },
    /// A button was pressed.
    Press {
        /// The button.
        button: Button,
        /// The message it stands on.
        on: MessageId,
    },
    /// A button was pressed that means nothing to this version: forged, or from another bot.
    UnknownPress,
    /// Something was written that is no command.
    Said {
        /// It.
        message: Message,
    },
    /// A message was edited.
    Edited {
        /// As it reads now.
        message: Message,
    },
    /// The bot was added to the group, or may write there again.
    BotAdded {
        /// Whether it may pin messages from now on, and might not before.
        may_pin: bool,
    },
    /// The bot, which is in the group, may pin messages from now on.
    BotMayPin,
    /// The bot was removed from the group.
    BotRemoved,
    /// The bot may, or may no longer, write to the person.
    BotBlocked {
        /// Whether it was blocked.
        blocked: bool,
    },
    /// The group's chat has another number from now on.
    Migrated {
        /// The old number.
        from: ChatId,
        /// The new number.
        to: ChatId,
    },
    /// The group has another title.
    Retitled,
    /// Somebody left the group.
    Left {
        /// Who.
        person: PersonId,
    },
}

/// A message that a person wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Which.
    pub id: MessageId,
    /// Its words, or its photo's caption; of a command, what follows it.
    pub text: String,
    /// Its photo.
    pub photo: Option<Photo>,
    /// Its voice note, or whatever else it holds to hear or to see.
    pub recording: Option<Recording>,
    /// The album it belongs to.
    pub album: Option<String>,
    /// The message it answers.
    pub reply_to: Option<Box<Answered>>,
    /// People named in it by more than an `@username`.
    pub named: Vec<Person>,
}

impl Message {
    /// Whether it says and shows nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.photo.is_none() && self.recording.is_none()
    }
}

/// A message that is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// Who wrote it; nobody for a post of a group or channel.
    pub author: Option<Person>,
    /// Whether the bot itself wrote it.
    pub by_bot: bool,
    /// It.
    pub message: Message,
}

/// A command, as typed. What follows it stands in the message's text where it is free text.
#[derive(Debug, Clone, PartialEq, Eq, strum::EnumDiscriminants)]
#[strum_discriminants(
    name(AskKind),
    derive(strum::EnumIter),
    doc = "The kinds of commands, to be gone through.",
    allow(missing_docs)
)]
pub enum Ask {
    /// `/new_issue`, `/ticket`, `/new`.
    NewIncident,
    /// `/my`.
    My,
    /// `/open [department]`.
    Open {
        /// The department's name.
        department: Option<String>,
    },
    /// `/incident 0042`.
    Incident {
        /// Which.
        number: Option<IncidentNumber>,
    },
    /// `/history 0042`.
    History {
        /// Which.
        number: Option<IncidentNumber>,
    },
    /// `/comment 0042 text`.
    Comment {
        /// Which.
        number: Option<IncidentNumber>,
        /// What.
        text: String,
    },
    /// `/assign 0042 @user`, or as a reply to one of their messages.
    Assign {
        /// Which.
        number: Option<IncidentNumber>,
        /// The username without `@`.
        username: Option<String>,
    },
    /// `/reopen 0042 why`.
    Reopen {
        /// Which.
        number: Option<IncidentNumber>,
        /// Why.
        comment: String,
    },
    /// `/cancel 0042 why`.
    Cancel {
        /// Which.
        number: Option<IncidentNumber>,
        /// Why.
        reason: String,
    },
    /// `/duplicate 0042 0017`.
    Duplicate {
        /// Which.
        number: Option<IncidentNumber>,
        /// Of which.
        of: Option<IncidentNumber>,
    },
    /// `/departments`.
    Departments,
    /// `/settings`.
    Settings,
    /// `/managers`.
    Managers,
    /// `/report day|week|month`.
    Report {
        /// How far it looks back, if that was understood.
        span: Option<Span>,
    },
    /// `/dashboard`: a way into it.
    Dashboard,
    /// `/home`: the group for private reports.
    Home,
    /// `/recurring`: what comes again; with words, one more.
    Recurring,
    /// `/qr room 204`: the code of a place, or of several, one a line.
    Qr,
    /// `/register`, `/register_driver`.
    Register,
    /// `/join`.
    Join,
    /// `/leave_department`.
    LeaveDepartment,
    /// `/duty`, with what is wanted of it.
    Duty,
    /// `/mute`.
    Mute,
    /// `/language`.
    Language,
    /// `/start`.
    Start,
    /// `/help`.
    Help,
    /// `/privacy`.
    Privacy,
    /// `/forget_me`.
    ForgetMe,
    /// A command the desk does not have, addressed to it.
    Unknown,
}

/// The answer that goes back at once. Whatever else is said goes through the outbox.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Nothing: not for us, or all of it is said in the chat.
    Silent,
    /// A command was done; its first event says which.
    Accepted(Event),
    /// It was refused.
    Refused(Refusal),
    /// The configuration is changed.
    Saved,
    /// Other buttons, another page: the change is to be seen.
    Shown,
    /// Words were asked for, in the chat.
    Asked,
}

/// An answer, with what is needed to put it into words.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The answer.
    pub answer: Answer,
    /// The group whose configuration holds.
    pub group: Option<Arc<GroupConfig>>,
    /// The incident it is about.
    pub number: Option<IncidentNumber>,
    /// Who is named in it.
    pub people: Vec<Person>,
}

impl Verdict {
    /// An answer that names nobody and nothing.
    #[must_use]
    pub fn plain(answer: Answer) -> Self {
        Self {
            answer,
            group: None,
            number: None,
            people: Vec::new(),
        }
    }
}

/// The message a command or press came with, for answers.
#[must_use]
pub fn source(inbound: &Inbound) -> Option<MessageRef> {
    let message = match &inbound.what {
        What::Ask { message, .. } | What::Said { message } | What::Edited { message } => message.id,
        What::Press { on, .. } => *on,
        _ => return None,
    };
    Some(MessageRef {
        chat: inbound.place.chat(),
        message,
    })
}
