//! The port through which lasting words reach people.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::calls::Telling;
use super::dashboard::SignInLink;
use crate::domain::kpi::Overview;
use crate::domain::recurring::Recurring;
use crate::domain::{
    ChatId, GroupConfig, Incident, IncidentNumber, JoinRequestId, Language, MessageId, Person,
    PersonId, Place, Recorded, Says, ThreadId, id::MessageRef,
};

/// Delivers letters. The outbox calls it, nobody else does.
#[async_trait]
pub trait Chat: Send + Sync + 'static {
    /// Delivers one letter; answers with the message it became, where it became a new one.
    ///
    /// # Errors
    /// A [`ChatError`], which says what to do next.
    async fn deliver(&self, letter: &Letter) -> Result<Option<MessageId>, ChatError>;
}

/// What is done with a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// It becomes a new message.
    Send,
    /// It takes the place of a message of the bot.
    Edit(MessageId),
    /// A message is pinned, silently.
    Pin(MessageId),
    /// A message is unpinned.
    Unpin(MessageId),
}

/// Something to say, with all that is needed to put it into words.
#[derive(Debug, Clone)]
pub struct Letter {
    /// What is done.
    pub act: Act,
    /// Where.
    pub chat: ChatId,
    /// In which forum topic.
    pub thread: Option<ThreadId>,
    /// As an answer to which message of that chat; sent all the same when that is gone.
    pub reply_to: Option<MessageId>,
    /// Whom to name at the start: they could not be reached privately.
    pub mentions: Vec<Person>,
    /// Whether an earlier try may have arrived: the words say so.
    pub repeat: bool,
    /// In which language.
    pub language: Language,
    /// In whose zone times are shown.
    pub time_zone: Tz,
    /// The present moment.
    pub now: DateTime<Utc>,
    /// What is said.
    pub says: Says,
    /// What it is about.
    pub background: Background,
}

/// What words need to know: read at the moment of saying, so that they are never out of date.
#[derive(Debug, Clone, Default)]
pub struct Background {
    /// The group.
    pub group: Option<Arc<GroupConfig>>,
    /// The incident.
    pub incident: Option<Incident>,
    /// Its card, to link to.
    pub card: Option<MessageRef>,
    /// Everybody who is named.
    pub people: Vec<Person>,
    /// The incidents of a list, or the other incident of a duplicate.
    pub incidents: Vec<Incident>,
    /// How many incidents, or events, there are over all pages.
    pub total: u32,
    /// The events of a history.
    pub history: Vec<Recorded>,
    /// Groups to choose among, or those of the reader.
    pub groups: Vec<Arc<GroupConfig>>,
    /// The number of the incident an answer is about, where the incident itself is not needed.
    pub number: Option<IncidentNumber>,
    /// What comes again in the group.
    pub recurring: Vec<Recurring>,
    /// The place whose code is shown.
    pub place: Option<Place>,
    /// What a report says.
    pub overview: Option<Overview>,
    /// The reader's way into the dashboard, where there is one.
    pub sign_in: Option<SignInLink>,
    /// Who was told in person, oldest first, and who could not be.
    pub tellings: Vec<Telling>,
    /// What is told in one message of what fell due while the desk was away.
    pub gathered: Vec<Gathered>,
    /// The unanswered request to be let into a department, for the buttons that answer it.
    pub join_request: Option<JoinRequestId>,
}

/// A word among those that became one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathered {
    /// What it says.
    pub says: Says,
    /// Of which incident.
    pub incident: Incident,
}

impl Background {
    /// A person who is named; somebody unknown if nothing is known of them.
    #[must_use]
    pub fn person(&self, id: PersonId) -> Person {
        self.people
            .iter()
            .find(|person| person.id == id)
            .cloned()
            .unwrap_or_else(|| Person::unknown(id))
    }
}

/// Why a letter was not delivered, by what to do next.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChatError {
    /// Wait that long before anything else goes to this chat.
    #[error("told to wait {0:?}")]
    RetryAfter(Duration),
    /// Wait that long before anything else goes anywhere.
    #[error("told to wait {0:?} with everything")]
    Flooded(Duration),
    /// The chat has another number from now on.
    #[error("the chat was upgraded to {0}")]
    Migrated(ChatId),
    /// The message to change is gone: send it anew.
    #[error("the message is gone: {reason}")]
    Gone {
        /// In the messenger's words.
        reason: String,
    },
    /// Nothing can be said there at present: not a member, blocked, never started, deleted.
    #[error("the chat cannot be reached: {reason}")]
    Unreachable {
        /// In the messenger's words.
        reason: String,
    },
    /// The bot lacks a right for this one act.
    #[error("not allowed: {reason}")]
    NotAllowed {
        /// In the messenger's words.
        reason: String,
    },
    /// A passing fault: try again. The letter may have arrived.
    #[error("passing fault: {reason}")]
    Transient {
        /// What happened.
        reason: String,
    },
    /// It will never work.
    #[error("refused for good: {reason}")]
    Permanent {
        /// In the messenger's words.
        reason: String,
    },
}
