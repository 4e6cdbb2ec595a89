//! What both readers make of an update: just the facts the desk looks at, with nothing of the
//! wire's shape left.

use actors::domain::{
    ChatId, MessageId, PersonId, Photo, Recording, RecordingKind, ThreadId, UpdateId,
};
use chrono::{DateTime, Utc};

/// An update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Update {
    pub(super) id: UpdateId,
    pub(super) kind: Kind,
}

/// What kind of update it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Message(Message),
    EditedMessage(Message),
    Press(Press),
    /// The bot's own membership of a chat changed.
    OwnMembership(MemberChange),
    /// Somebody else's membership of a chat changed.
    Membership(MemberChange),
    /// A kind the desk has no use for.
    Other,
}

/// A user, who may be a bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct User {
    pub(super) id: PersonId,
    pub(super) is_bot: bool,
    pub(super) first_name: String,
    pub(super) last_name: Option<String>,
    pub(super) username: Option<String>,
    pub(super) language_code: Option<String>,
}

/// A chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Chat {
    pub(super) id: ChatId,
    pub(super) kind: ChatKind,
    pub(super) title: String,
}

/// What kind of chat it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ChatKind {
    Private,
    Group,
    /// Channels, and what Telegram may yet invent: the desk does not work there.
    Other,
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Message {
    pub(super) id: MessageId,
    pub(super) from: Option<User>,
    /// Whether it was sent on behalf of a chat, so that `from` is a stand-in.
    pub(super) on_behalf_of_chat: bool,
    pub(super) chat: Chat,
    pub(super) sent_at: Option<DateTime<Utc>>,
    pub(super) edited_at: Option<DateTime<Utc>>,
    /// The forum topic. A reply in the General topic carries a `message_thread_id` too, which is
    /// no topic: only `is_topic_message` tells them apart.
    pub(super) topic: Option<ThreadId>,
    pub(super) reply_to: Option<Box<Message>>,
    /// Whether somebody passed on what was written elsewhere.
    pub(super) forwarded: bool,
    pub(super) content: Content,
}

/// What a message holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Content {
    /// Something a person sent.
    Sent(Sent),
    /// A basic group became the supergroup of this number; said in the old chat.
    MigratedTo(ChatId),
    /// This supergroup was the basic group of that number; said in the new chat.
    MigratedFrom(ChatId),
    /// The chat has this title from now on.
    Retitled(String),
    /// This user left, or was removed.
    Left(User),
    /// Any other service message.
    Service,
}

/// What a person sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sent {
    /// The text, or the caption of whatever it is.
    pub(super) text: String,
    /// The largest size of its photo.
    pub(super) photo: Option<Photo>,
    /// Its voice note, video or file.
    pub(super) recording: Option<Recording>,
    pub(super) album: Option<String>,
    /// Those mentioned by more than an `@username`.
    pub(super) mentioned: Vec<User>,
}

/// A press of an inline button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Press {
    pub(super) id: String,
    pub(super) from: User,
    /// Where the button stands; unknown where the message is no longer told.
    pub(super) on: Option<PressedOn>,
    pub(super) data: Option<String>,
}

/// The message on which a button was pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PressedOn {
    pub(super) chat: Chat,
    pub(super) message: MessageId,
    pub(super) topic: Option<ThreadId>,
}

/// A change of somebody's membership.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MemberChange {
    pub(super) chat: Chat,
    /// Who changed it.
    pub(super) from: User,
    pub(super) at: Option<DateTime<Utc>>,
    /// Whose membership it is.
    pub(super) member: PersonId,
    pub(super) before: Membership,
    pub(super) after: Membership,
    /// Whether they may pin messages from now on, and might not before.
    pub(super) may_pin_now: bool,
}

/// What a membership amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Membership {
    /// Left, removed or banned; of a private chat: the bot is blocked.
    Absent,
    /// Present, but may not write.
    Muted,
    /// Present, and may write.
    Present,
}

/// A recording, of which there is only one in a message.
pub(super) fn recording(kind: RecordingKind, file: &str) -> Recording {
    let file = file.to_owned();
    Recording { kind, file }
}

/// A photo comes in several sizes: the largest is the one to keep.
pub(super) fn largest<'a>(sizes: impl Iterator<Item = (&'a str, i64, i64)>) -> Option<Photo> {
    sizes
        .max_by_key(|(_, width, height)| width.saturating_mul(*height))
        .map(|(file, _, _)| Photo(file.to_owned()))
}
