//! The first reader: teloxide's types, which know the Bot API's shape to the letter.
//!
//! It answers `None` wherever they gave up. That must be looked for: of an update that they cannot
//! read they make an `Error`, but a message that holds one thing they do not know becomes
//! `MessageKind::Empty` without a word, its text lost.

use actors::domain::{ChatId, MessageId, PersonId, Recording, RecordingKind, ThreadId, UpdateId};
use teloxide::types::{
    self, CallbackQuery, ChatMember, ChatMemberKind, ChatMemberUpdated, ChatMigration,
    MaybeInaccessibleMessage, MessageEntity, MessageEntityKind, MessageKind, UpdateKind,
};

use super::update::{
    Chat, ChatKind, Content, Kind, MemberChange, Membership, Message, Press, PressedOn, Sent,
    Update, User, largest, recording,
};

/// Reads an update; `None` where teloxide's types do not understand all of it.
pub(super) fn read(raw: &str) -> Option<Update> {
    let update: types::Update = serde_json::from_str(raw).ok()?;
    let kind = match &update.kind {
        UpdateKind::Message(value) => Kind::Message(message(value)?),
        UpdateKind::EditedMessage(value) => Kind::EditedMessage(message(value)?),
        UpdateKind::CallbackQuery(value) => Kind::Press(press(value)?),
        UpdateKind::MyChatMember(value) => Kind::OwnMembership(member_change(value)?),
        UpdateKind::ChatMember(value) => Kind::Membership(member_change(value)?),
        UpdateKind::Error(_) => return None,
        _ => Kind::Other,
    };
    Some(Update {
        id: UpdateId(i64::from(update.id.0)),
        kind,
    })
}

fn message(value: &types::Message) -> Option<Message> {
    let mut read = message_alone(value)?;
    read.reply_to = match value.reply_to_message() {
        Some(answered) => Some(Box::new(message_alone(answered)?)),
        None => None,
    };
    Some(read)
}

fn message_alone(value: &types::Message) -> Option<Message> {
    Some(Message {
        id: MessageId(i64::from(value.id.0)),
        from: match &value.from {
            Some(from) => Some(user(from)?),
            None => None,
        },
        on_behalf_of_chat: value.sender_chat.is_some(),
        chat: chat(&value.chat),
        sent_at: Some(value.date).filter(|date| date.timestamp() > 0),
        edited_at: value.edit_date().copied(),
        topic: topic(value),
        reply_to: None,
        forwarded: value.forward_origin().is_some(),
        content: content(value)?,
    })
}

fn topic(value: &types::Message) -> Option<ThreadId> {
    value
        .thread_id
        .filter(|_| value.is_topic_message)
        .map(|thread| ThreadId(i64::from(thread.0.0)))
}

fn content(value: &types::Message) -> Option<Content> {
    Some(match &value.kind {
        MessageKind::Empty {} => return None,
        MessageKind::Common(_) => match value.chat_migration() {
            Some(ChatMigration::To { chat_id }) => Content::MigratedTo(ChatId(chat_id.0)),
            Some(ChatMigration::From { chat_id }) => Content::MigratedFrom(ChatId(chat_id.0)),
            None => Content::Sent(sent(value)?),
        },
        MessageKind::Dice(_) | MessageKind::Giveaway(_) => Content::Sent(Sent::default()),
        MessageKind::NewChatTitle(service) => Content::Retitled(service.new_chat_title.clone()),
        MessageKind::LeftChatMember(service) => Content::Left(user(&service.left_chat_member)?),
        _ => Content::Service,
    })
}

fn sent(value: &types::Message) -> Option<Sent> {
    let text = value.text().or_else(|| value.caption());
    let sizes = value.photo().unwrap_or_default();
    let mut mentioned = Vec::new();
    for entity in entities(value) {
        if let MessageEntityKind::TextMention { user: named } = &entity.kind {
            mentioned.push(user(named)?);
        }
    }
    Some(Sent {
        text: text.unwrap_or_default().to_owned(),
        photo: largest(sizes.iter().map(|size| {
            (
                size.file.id.0.as_str(),
                i64::from(size.width),
                i64::from(size.height),
            )
        })),
        recording: recorded(value),
        album: value.media_group_id().map(|album| album.0.clone()),
        mentioned,
    })
}

/// An animation is a file like any other.
fn recorded(value: &types::Message) -> Option<Recording> {
    let (kind, file) = if let Some(voice) = value.voice() {
        (RecordingKind::Voice, &voice.file)
    } else if let Some(note) = value.video_note() {
        (RecordingKind::VideoNote, &note.file)
    } else if let Some(audio) = value.audio() {
        (RecordingKind::Audio, &audio.file)
    } else if let Some(video) = value.video() {
        (RecordingKind::Video, &video.file)
    } else if let Some(animation) = value.animation() {
        (RecordingKind::Document, &animation.file)
    } else if let Some(document) = value.document() {
        (RecordingKind::Document, &document.file)
    } else {
        return None;
    };
    Some(recording(kind, file.id.0.as_str()))
}

fn entities(value: &types::Message) -> &[MessageEntity] {
    value
        .entities()
        .or_else(|| value.caption_entities())
        .unwrap_or_default()
}

fn press(value: &CallbackQuery) -> Option<Press> {
    Some(Press {
        id: value.id.0.clone(),
        from: user(&value.from)?,
        on: value.message.as_ref().map(pressed_on),
        data: value.data.clone(),
    })
}

/// Of the message only its place is looked at, so one that could not be read whole does here.
fn pressed_on(value: &MaybeInaccessibleMessage) -> PressedOn {
    PressedOn {
        chat: chat(value.chat()),
        message: MessageId(i64::from(value.id().0)),
        topic: value.regular_message().and_then(topic),
    }
}

fn member_change(value: &ChatMemberUpdated) -> Option<MemberChange> {
    Some(MemberChange {
        chat: chat(&value.chat),
        from: user(&value.from)?,
        at: Some(value.date),
        member: person_id(&value.new_chat_member.user)?,
        before: membership(&value.old_chat_member),
        after: membership(&value.new_chat_member),
        may_pin_now: may_pin(&value.new_chat_member) && !may_pin(&value.old_chat_member),
    })
}

fn may_pin(value: &ChatMember) -> bool {
    match &value.kind {
        ChatMemberKind::Owner(_) => true,
        ChatMemberKind::Administrator(administrator) => administrator.can_pin_messages,
        _ => false,
    }
}

fn membership(value: &ChatMember) -> Membership {
    match &value.kind {
        ChatMemberKind::Owner(_) | ChatMemberKind::Administrator(_) | ChatMemberKind::Member(_) => {
            Membership::Present
        }
        ChatMemberKind::Restricted(restricted) if !restricted.is_member => Membership::Absent,
        ChatMemberKind::Restricted(restricted) if !restricted.can_send_messages => {
            Membership::Muted
        }
        ChatMemberKind::Restricted(_) => Membership::Present,
        ChatMemberKind::Left | ChatMemberKind::Banned(_) => Membership::Absent,
    }
}

fn user(value: &types::User) -> Option<User> {
    Some(User {
        id: person_id(value)?,
        is_bot: value.is_bot,
        first_name: value.first_name.clone(),
        last_name: value.last_name.clone(),
        username: value.username.clone(),
        language_code: value.language_code.clone(),
    })
}

/// teloxide reads user numbers as unsigned; the desk keeps them signed, as SQL does.
fn person_id(value: &types::User) -> Option<PersonId> {
    i64::try_from(value.id.0).ok().map(PersonId)
}

fn chat(value: &types::Chat) -> Chat {
    Chat {
        id: ChatId(value.id.0),
        kind: if value.is_private() {
            ChatKind::Private
        } else if value.is_group() || value.is_supergroup() {
            ChatKind::Group
        } else {
            ChatKind::Other
        },
        title: value.title().unwrap_or_default().to_owned(),
    }
}
