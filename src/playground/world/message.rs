//! Messages: what they say, what hangs under them, and what they answer.

use std::fmt;

use chrono::{DateTime, Utc};

use super::{ChatId, PersonId, Picture, ThreadId};
use crate::playground::formatted::{EntityKind, Formatted};

/// A message within its chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageId(pub i64);

impl fmt::Display for MessageId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// What a message is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Words.
    Text(Formatted),
    /// A picture with a caption.
    Photo {
        /// The picture.
        picture: Picture,
        /// What is written under it.
        caption: Formatted,
    },
    /// A file with a caption.
    Document {
        /// What Telegram takes it for.
        kind: FileKind,
        /// The id of the stored file.
        file: String,
        /// What is written under it.
        caption: Formatted,
    },
    /// Telegram's own words about the chat.
    Service(Service),
}

/// What Telegram takes a file for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Any file.
    Document,
    /// A voice note.
    Voice,
    /// A round video; it has no caption.
    VideoNote,
    /// A sound file.
    Audio,
    /// A video.
    Video,
}

impl FileKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Document,
        Self::Voice,
        Self::VideoNote,
        Self::Audio,
        Self::Video,
    ];

    /// How messages, and the methods that send them, call it.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Voice => "voice",
            Self::VideoNote => "video_note",
            Self::Audio => "audio",
            Self::Video => "video",
        }
    }

    /// The method that sends it.
    #[must_use]
    pub fn method(self) -> &'static str {
        match self {
            Self::Document => "sendDocument",
            Self::Voice => "sendVoice",
            Self::VideoNote => "sendVideoNote",
            Self::Audio => "sendAudio",
            Self::Video => "sendVideo",
        }
    }
}

/// What Telegram itself says in a chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Service {
    /// A message was pinned.
    Pinned(MessageId),
    /// People, or the bot, came in.
    Joined(Vec<PersonId>),
    /// Somebody went or was removed.
    Left(PersonId),
    /// This group goes on there.
    MigratedTo(ChatId),
    /// This group was that one.
    MigratedFrom(ChatId),
    /// A topic was opened.
    TopicCreated(String),
    /// A topic was closed.
    TopicClosed,
}

/// An inline button: a label and what its press sends, or where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// What is written on it.
    pub label: String,
    /// What a press sends to the bot.
    pub data: Option<String>,
    /// Where it leads, for link buttons.
    pub url: Option<String>,
}

/// A prompt: clients open their composer as a reply to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForceReply {
    /// Only for those who are mentioned, and for whom the message answers.
    pub selective: bool,
    /// Shown in the empty composer.
    pub placeholder: Option<String>,
}

/// One message.
#[derive(Debug, Clone)]
pub(in crate::playground) struct Message {
    pub(in crate::playground) id: MessageId,
    pub(in crate::playground) chat: ChatId,
    pub(in crate::playground) thread: Option<ThreadId>,
    pub(in crate::playground) sender: PersonId,
    /// The group itself, when an administrator writes anonymously.
    pub(in crate::playground) sender_chat: Option<ChatId>,
    pub(in crate::playground) date: DateTime<Utc>,
    pub(in crate::playground) edit_date: Option<DateTime<Utc>>,
    pub(in crate::playground) edits: u32,
    pub(in crate::playground) content: Content,
    pub(in crate::playground) reply_to: Option<MessageId>,
    pub(in crate::playground) album: Option<String>,
    pub(in crate::playground) keyboard: Vec<Vec<Button>>,
    pub(in crate::playground) force_reply: Option<ForceReply>,
    /// Who first wrote it, when it was forwarded.
    pub(in crate::playground) forwarded_from: Option<(PersonId, DateTime<Utc>)>,
    pub(in crate::playground) silent: bool,
}

impl Message {
    /// Text or caption.
    pub(in crate::playground) fn words(&self) -> Option<&Formatted> {
        match &self.content {
            Content::Text(text) => Some(text),
            Content::Photo { caption, .. } | Content::Document { caption, .. } => Some(caption),
            Content::Service(_) => None,
        }
    }

    /// Whom this message brought in.
    pub(super) fn joined(&self) -> Vec<PersonId> {
        match &self.content {
            Content::Service(Service::Joined(people)) => people.clone(),
            _ => Vec::new(),
        }
    }

    /// A command at the very start that names this bot or none.
    pub(super) fn is_command_for(&self, bot_username: &str) -> bool {
        let Some(words) = self.words() else {
            return false;
        };
        let first = words.entities.iter().find(|entity| entity.offset == 0);
        first.is_some_and(|entity| {
            entity.kind == EntityKind::BotCommand
                && match words.under(entity).split_once('@') {
                    Some((_, named)) => named.eq_ignore_ascii_case(bot_username),
                    None => true,
                }
        })
    }

    /// The button with exactly this data.
    pub(in crate::playground) fn button_with(&self, data: &str) -> Option<&Button> {
        self.keyboard
            .iter()
            .flatten()
            .find(|button| button.data.as_deref() == Some(data))
    }
}
