//! Chats, their members and topics.

use std::collections::BTreeMap;
use std::fmt;

use super::{Message, MessageId, PersonId};

/// Messages kept per chat, so that a demo left running for weeks stays small; the oldest go first.
const MESSAGES_KEPT: usize = 20_000;

/// A chat; that of a private chat equals its person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChatId(pub i64);

impl fmt::Display for ChatId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// A forum topic: the id of the message that opened it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThreadId(pub i64);

/// What sort of chat it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChatKind {
    /// One person and the bot.
    Private,
    /// A basic group.
    Group,
    /// A supergroup.
    Supergroup,
    /// A supergroup with topics.
    Forum,
}

/// What an administrator may do, as far as a desk cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rights {
    /// May pin messages.
    pub pin: bool,
    /// May delete other people's messages.
    pub delete: bool,
}

/// A member's place in a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Made the group.
    Owner,
    /// Has rights.
    Administrator(Rights),
    /// Reads and writes.
    Member,
    /// Reads only.
    Muted,
    /// Was here and went.
    Left,
    /// Was removed and may not return.
    Kicked,
}

impl Standing {
    /// Whether this one is in the chat.
    pub fn is_present(self) -> bool {
        !matches!(self, Self::Left | Self::Kicked)
    }

    /// Whether this one is an administrator, or the owner.
    pub fn is_admin(self) -> bool {
        matches!(self, Self::Owner | Self::Administrator(_))
    }
}

/// A forum topic.
#[derive(Debug, Clone)]
pub(in crate::playground) struct Topic {
    pub(in crate::playground) name: String,
    pub(in crate::playground) closed: bool,
}

/// A chat with all that was said.
pub(in crate::playground) struct Chat {
    pub(in crate::playground) id: ChatId,
    pub(in crate::playground) kind: ChatKind,
    pub(in crate::playground) title: String,
    pub(in crate::playground) members: BTreeMap<PersonId, Standing>,
    pub(in crate::playground) topics: BTreeMap<ThreadId, Topic>,
    pub(in crate::playground) messages: BTreeMap<MessageId, Message>,
    /// In the order they were pinned: the last is the newest pin.
    pub(in crate::playground) pins: Vec<MessageId>,
    pub(in crate::playground) migrated_to: Option<ChatId>,
    /// How far each person has read on the page.
    pub(in crate::playground) read: BTreeMap<PersonId, MessageId>,
    pub(super) next_message: i64,
}

impl Chat {
    pub(super) fn new(id: ChatId, kind: ChatKind, title: &str) -> Self {
        Self {
            id,
            kind,
            title: title.to_owned(),
            members: BTreeMap::new(),
            topics: BTreeMap::new(),
            messages: BTreeMap::new(),
            pins: Vec::new(),
            migrated_to: None,
            read: BTreeMap::new(),
            next_message: 1,
        }
    }

    pub(in crate::playground) fn is_supergroup(&self) -> bool {
        matches!(self.kind, ChatKind::Supergroup | ChatKind::Forum)
    }

    /// "group" or "supergroup", as Telegram says it in refusals and in `type`.
    pub(in crate::playground) fn kind_name(&self) -> &'static str {
        match self.kind {
            ChatKind::Private => "private",
            ChatKind::Group => "group",
            ChatKind::Supergroup | ChatKind::Forum => "supergroup",
        }
    }

    pub(in crate::playground) fn standing(&self, person: PersonId) -> Standing {
        self.members.get(&person).copied().unwrap_or(Standing::Left)
    }

    pub(super) fn keep(&mut self, message: Message) {
        self.messages.insert(message.id, message);
        while self.messages.len() > MESSAGES_KEPT {
            self.messages.pop_first();
        }
    }
}
