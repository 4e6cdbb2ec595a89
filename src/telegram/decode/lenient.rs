//! The reader for what teloxide's types cannot read, or read only in part: Telegram adds to its
//! messages several times a year, and a report must not vanish because its text holds an entity
//! that is newer than a library.
//!
//! It looks up what it needs and takes a field of an unexpected type for an absent one.

use actors::domain::{
    ChatId, MessageId, PersonId, Photo, Recording, RecordingKind, ThreadId, UpdateId,
};
use chrono::{DateTime, Utc};
use serde_json::Value;

use super::rich;
use super::update::{
    Chat, ChatKind, Content, Kind, MemberChange, Membership, Message, Press, PressedOn, Sent,
    Update, User, largest, recording,
};

/// What a person can send beside text; all other fields that a message may have are either about
/// its circumstances or make it a service message.
const MEDIA: [&str; 18] = [
    "animation",
    "audio",
    "checklist",
    "contact",
    "dice",
    "document",
    "game",
    "giveaway",
    "live_photo",
    "location",
    "paid_media",
    "poll",
    "sticker",
    "story",
    "venue",
    "video",
    "video_note",
    "voice",
];

/// What can be listened to, looked at or read, and is no photo.
const RECORDINGS: [(RecordingKind, &str); 5] = [
    (RecordingKind::Voice, "voice"),
    (RecordingKind::VideoNote, "video_note"),
    (RecordingKind::Audio, "audio"),
    (RecordingKind::Video, "video"),
    (RecordingKind::Document, "document"),
];

/// Reads an update; `None` where not even the least of it is there.
pub(super) fn read(raw: &Value) -> Option<Update> {
    let id = UpdateId(number(raw, "update_id")?);
    let kind = if let Some(value) = raw.get("message") {
        Kind::Message(message(value)?)
    } else if let Some(value) = raw.get("edited_message") {
        Kind::EditedMessage(message(value)?)
    } else if let Some(value) = raw.get("callback_query") {
        Kind::Press(press(value)?)
    } else if let Some(value) = raw.get("my_chat_member") {
        Kind::OwnMembership(member_change(value)?)
    } else if let Some(value) = raw.get("chat_member") {
        Kind::Membership(member_change(value)?)
    } else {
        Kind::Other
    };
    Some(Update { id, kind })
}

fn message(value: &Value) -> Option<Message> {
    let mut read = message_alone(value)?;
    // Telegram tells one level: what is answered is told without what it answers itself.
    read.reply_to = value
        .get("reply_to_message")
        .and_then(message_alone)
        .map(Box::new);
    Some(read)
}

fn message_alone(value: &Value) -> Option<Message> {
    Some(Message {
        id: MessageId(number(value, "message_id")?),
        from: value.get("from").and_then(user),
        on_behalf_of_chat: value.get("sender_chat").is_some_and(Value::is_object),
        chat: chat(value.get("chat")?)?,
        sent_at: moment(value, "date"),
        edited_at: moment(value, "edit_date"),
        topic: topic(value),
        reply_to: None,
        forwarded: value.get("forward_origin").is_some_and(Value::is_object),
        content: content(value),
    })
}

fn topic(value: &Value) -> Option<ThreadId> {
    let in_topic = value.get("is_topic_message").and_then(Value::as_bool);
    number(value, "message_thread_id")
        .filter(|_| in_topic == Some(true))
        .map(ThreadId)
}

fn content(value: &Value) -> Content {
    if let Some(to) = number(value, "migrate_to_chat_id") {
        return Content::MigratedTo(ChatId(to));
    }
    if let Some(from) = number(value, "migrate_from_chat_id") {
        return Content::MigratedFrom(ChatId(from));
    }
    if let Some(title) = text(value, "new_chat_title") {
        return Content::Retitled(title);
    }
    if let Some(left) = value.get("left_chat_member").and_then(user) {
        return Content::Left(left);
    }
    let sent = Sent {
        text: words(value),
        photo: photo(value),
        recording: recorded(value),
        album: text(value, "media_group_id"),
        mentioned: mentioned(value),
    };
    let is_sent = !sent.text.is_empty()
        || sent.photo.is_some()
        || MEDIA.iter().any(|key| value.get(key).is_some());
    if is_sent {
        Content::Sent(sent)
    } else {
        Content::Service
    }
}

fn words(value: &Value) -> String {
    text(value, "text")
        .or_else(|| text(value, "caption"))
        .or_else(|| value.get("rich_message").map(rich::flatten))
        .unwrap_or_default()
}

fn photo(value: &Value) -> Option<Photo> {
    let sizes = value
        .get("photo")
        .or_else(|| value.get("live_photo")?.get("photo"))?
        .as_array()?;
    largest(sizes.iter().filter_map(|size| {
        Some((
            size.get("file_id")?.as_str()?,
            number(size, "width").unwrap_or(0),
            number(size, "height").unwrap_or(0),
        ))
    }))
}

/// An animation comes as a document too.
fn recorded(value: &Value) -> Option<Recording> {
    let (kind, held) = RECORDINGS
        .into_iter()
        .find_map(|(kind, key)| Some((kind, value.get(key)?)))?;
    Some(recording(kind, held.get("file_id")?.as_str()?))
}

fn mentioned(value: &Value) -> Vec<User> {
    ["entities", "caption_entities"]
        .into_iter()
        .filter_map(|key| value.get(key)?.as_array())
        .flatten()
        .filter_map(|entity| entity.get("user").and_then(user))
        .collect()
}

fn press(value: &Value) -> Option<Press> {
    Some(Press {
        id: text(value, "id")?,
        from: user(value.get("from")?)?,
        on: value.get("message").and_then(pressed_on),
        data: text(value, "data"),
    })
}

fn pressed_on(value: &Value) -> Option<PressedOn> {
    Some(PressedOn {
        chat: chat(value.get("chat")?)?,
        message: MessageId(number(value, "message_id")?),
        topic: topic(value),
    })
}

fn member_change(value: &Value) -> Option<MemberChange> {
    let new = value.get("new_chat_member")?;
    let old = value.get("old_chat_member");
    Some(MemberChange {
        chat: chat(value.get("chat")?)?,
        from: user(value.get("from")?)?,
        at: moment(value, "date"),
        member: user(new.get("user")?)?.id,
        before: old.and_then(membership).unwrap_or(Membership::Absent),
        after: membership(new)?,
        may_pin_now: may_pin(new) && !old.is_some_and(may_pin),
    })
}

/// Members may pin where a group lets all of them; that is no right of the bot's own, and goes
/// with the group's permissions.
fn may_pin(member: &Value) -> bool {
    match member.get("status").and_then(Value::as_str) {
        Some("creator") => true,
        Some("administrator") => {
            member.get("can_pin_messages").and_then(Value::as_bool) == Some(true)
        }
        _ => false,
    }
}

fn membership(value: &Value) -> Option<Membership> {
    let may = |right: &str| value.get(right).and_then(Value::as_bool).unwrap_or(false);
    Some(match value.get("status")?.as_str()? {
        "creator" | "administrator" | "member" => Membership::Present,
        "restricted" if !may("is_member") => Membership::Absent,
        "restricted" if !may("can_send_messages") => Membership::Muted,
        "restricted" => Membership::Present,
        "left" | "kicked" => Membership::Absent,
        _ => return None,
    })
}

fn user(value: &Value) -> Option<User> {
    Some(User {
        id: PersonId(number(value, "id")?),
        is_bot: value.get("is_bot").and_then(Value::as_bool) == Some(true),
        first_name: text(value, "first_name").unwrap_or_default(),
        last_name: text(value, "last_name"),
        username: text(value, "username"),
        language_code: text(value, "language_code"),
    })
}

fn chat(value: &Value) -> Option<Chat> {
    Some(Chat {
        id: ChatId(number(value, "id")?),
        kind: match value.get("type").and_then(Value::as_str) {
            Some("private") => ChatKind::Private,
            Some("group" | "supergroup") => ChatKind::Group,
            _ => ChatKind::Other,
        },
        title: text(value, "title").unwrap_or_default(),
    })
}

fn number(value: &Value, key: &str) -> Option<i64> {
    value.get(key)?.as_i64()
}

fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key)?.as_str().map(str::to_owned)
}

/// An absent message has the date 0: that is no moment.
fn moment(value: &Value, key: &str) -> Option<DateTime<Utc>> {
    number(value, key)
        .filter(|seconds| *seconds > 0)
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
}
