//! How people, chats, messages and members are written for the bot.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::{
    Button, Chat, ChatId, ChatKind, Content, FileKind, Message, MessageId, PersonId, Rights,
    Service, Standing, State,
};
use crate::playground::formatted::Formatted;

impl State {
    pub(in crate::playground) fn user_json(&self, id: PersonId) -> Value {
        let Some(person) = self.people.get(&id) else {
            return json!({"id": id.0, "is_bot": false, "first_name": ""});
        };
        let mut user = Map::new();
        user.insert("id".into(), json!(id.0));
        user.insert("is_bot".into(), json!(person.is_bot));
        user.insert("first_name".into(), json!(person.first_name));
        put(&mut user, "last_name", person.last_name.as_ref());
        put(&mut user, "username", person.username.as_ref());
        put(
            &mut user,
            "language_code",
            person.language_code.as_ref().filter(|_| !person.is_bot),
        );
        Value::Object(user)
    }

    /// The short form of a chat, as it stands in messages.
    pub(in crate::playground) fn chat_json(&self, id: ChatId) -> Value {
        let mut chat = Map::new();
        chat.insert("id".into(), json!(id.0));
        let Some(known) = self.chats.get(&id) else {
            chat.insert("type".into(), json!("supergroup"));
            return Value::Object(chat);
        };
        chat.insert("type".into(), json!(known.kind_name()));
        if known.kind == ChatKind::Private {
            if let Some(person) = self.people.get(&PersonId(id.0)) {
                chat.insert("first_name".into(), json!(person.first_name));
                put(&mut chat, "last_name", person.last_name.as_ref());
                put(&mut chat, "username", person.username.as_ref());
            }
        } else {
            chat.insert("title".into(), json!(known.title));
        }
        if known.kind == ChatKind::Forum {
            chat.insert("is_forum".into(), json!(true));
        }
        Value::Object(chat)
    }

    pub(in crate::playground) fn message_json(&self, message: &Message) -> Value {
        let mut written = self.message_map(message);
        let replied = message
            .reply_to
            .and_then(|id| self.message(message.chat, id));
        if let Some(replied) = replied {
            // One level deep, as Telegram does.
            written.insert(
                "reply_to_message".into(),
                Value::Object(self.message_map(replied)),
            );
        }
        if let Content::Service(Service::Pinned(id)) = &message.content {
            let pinned = match self.message(message.chat, *id) {
                Some(pinned) => Value::Object(self.message_map(pinned)),
                None => self.inaccessible_json(message.chat, *id),
            };
            written.insert("pinned_message".into(), pinned);
        }
        Value::Object(written)
    }

    /// A message that is gone or too old.
    pub(in crate::playground) fn inaccessible_json(&self, chat: ChatId, id: MessageId) -> Value {
        json!({"chat": self.chat_json(chat), "message_id": id.0, "date": 0})
    }

    fn message_map(&self, message: &Message) -> Map<String, Value> {
        let mut map = Map::new();
        map.insert("message_id".into(), json!(message.id.0));
        if let Some(thread) = message.thread {
            map.insert("message_thread_id".into(), json!(thread.0));
            map.insert("is_topic_message".into(), json!(true));
        }
        map.insert("from".into(), self.user_json(message.sender));
        if let Some(chat) = message.sender_chat {
            map.insert("sender_chat".into(), self.chat_json(chat));
        }
        map.insert("chat".into(), self.chat_json(message.chat));
        map.insert("date".into(), json!(message.date.timestamp()));
        put(
            &mut map,
            "edit_date",
            message.edit_date.map(|date| date.timestamp()),
        );
        put(&mut map, "media_group_id", message.album.as_ref());
        if let Some((author, date)) = &message.forwarded_from {
            map.insert(
                "forward_origin".into(),
                json!({"type": "user", "date": date.timestamp(),
                       "sender_user": self.user_json(*author)}),
            );
        }
        self.put_content(&mut map, &message.content);
        if !message.keyboard.is_empty() {
            map.insert("reply_markup".into(), keyboard_json(&message.keyboard));
        }
        map
    }

    fn put_content(&self, map: &mut Map<String, Value>, content: &Content) {
        match content {
            Content::Text(text) => self.put_words(map, text, "text", "entities"),
            Content::Photo { picture, caption } => {
                let sizes = picture.sizes();
                let sizes = sizes.iter().map(|size| {
                    json!({"file_id": size.file_id, "file_unique_id": format!("u{}", size.file_id),
                           "width": size.width, "height": size.height})
                });
                map.insert("photo".into(), sizes.collect());
                self.put_words(map, caption, "caption", "caption_entities");
            }
            Content::Document {
                kind,
                file,
                caption,
            } => {
                let mut document = json!({"file_id": file, "file_unique_id": format!("u{file}")});
                if let (Some((_, stored)), Some(object)) =
                    (self.files.find(file), document.as_object_mut())
                {
                    object.insert("file_name".into(), json!(stored.name));
                    object.insert("mime_type".into(), json!(stored.media_type));
                    object.insert("file_size".into(), json!(stored.bytes.len()));
                }
                if let Some(object) = document.as_object_mut() {
                    for (name, value) in measures(*kind) {
                        object.insert((*name).into(), json!(value));
                    }
                }
                map.insert(kind.field().into(), document);
                self.put_words(map, caption, "caption", "caption_entities");
            }
            Content::Service(service) => self.put_service(map, service),
        }
    }

    fn put_words(
        &self,
        map: &mut Map<String, Value>,
        words: &Formatted,
        text_key: &str,
        entities_key: &str,
    ) {
        if words.text.is_empty() {
            return;
        }
        map.insert(text_key.into(), json!(words.text));
        if !words.entities.is_empty() {
            let entities = words.entities_json(|id| self.user_json(PersonId(id)));
            map.insert(entities_key.into(), entities);
        }
    }

    fn put_service(&self, map: &mut Map<String, Value>, service: &Service) {
        let (key, value) = match service {
            // Written by `message_json`, which may look further.
            Service::Pinned(_) => return,
            Service::Joined(people) => {
                let people = people.iter().map(|person| self.user_json(*person));
                ("new_chat_members", people.collect())
            }
            Service::Left(person) => ("left_chat_member", self.user_json(*person)),
            Service::MigratedTo(chat) => ("migrate_to_chat_id", json!(chat.0)),
            Service::MigratedFrom(chat) => ("migrate_from_chat_id", json!(chat.0)),
            Service::TopicCreated(name) => (
                "forum_topic_created",
                json!({"name": name, "icon_color": 7_322_096}),
            ),
            Service::TopicClosed => ("forum_topic_closed", json!({})),
        };
        map.insert(key.into(), value);
    }

    /// A member as `getChatMember` and the member updates write it.
    pub(in crate::playground) fn member_json(&self, person: PersonId, standing: Standing) -> Value {
        let user = self.user_json(person);
        match standing {
            Standing::Owner => json!({"status": "creator", "user": user, "is_anonymous": false}),
            Standing::Administrator(rights) => administrator_json(user, rights),
            Standing::Member => json!({"status": "member", "user": user}),
            Standing::Muted => muted_json(user),
            Standing::Left => json!({"status": "left", "user": user}),
            Standing::Kicked => json!({"status": "kicked", "user": user, "until_date": 0}),
        }
    }

    /// `getChat`'s long form.
    pub(in crate::playground) fn full_chat_json(&self, chat: &Chat) -> Value {
        let mut written = self.chat_json(chat.id);
        let Some(map) = written.as_object_mut() else {
            return written;
        };
        map.insert("accent_color_id".into(), json!(2));
        map.insert("max_reaction_count".into(), json!(11));
        map.insert(
            "accepted_gift_types".into(),
            json!({"unlimited_gifts": false, "limited_gifts": false, "unique_gifts": false,
                   "premium_subscription": false, "gifts_from_channels": false}),
        );
        if chat.kind != ChatKind::Private {
            map.insert("permissions".into(), member_permissions());
        }
        let pinned = chat.pins.iter().max().and_then(|id| chat.messages.get(id));
        if let Some(pinned) = pinned {
            map.insert(
                "pinned_message".into(),
                Value::Object(self.message_map(pinned)),
            );
        }
        written
    }

    pub(super) fn member_update_json(
        &self,
        chat: ChatId,
        by: PersonId,
        person: PersonId,
        standings: (Standing, Standing),
        date: DateTime<Utc>,
    ) -> Value {
        json!({
            "chat": self.chat_json(chat),
            "from": self.user_json(by),
            "date": date.timestamp(),
            "old_chat_member": self.member_json(person, standings.0),
            "new_chat_member": self.member_json(person, standings.1),
        })
    }
}

fn put(map: &mut Map<String, Value>, key: &str, value: Option<impl serde::Serialize>) {
    if let Some(value) = value {
        map.insert(key.into(), json!(value));
    }
}

/// What Telegram tells of a file that plays: how long it lasts, and how large it is shown.
fn measures(kind: FileKind) -> &'static [(&'static str, i64)] {
    match kind {
        FileKind::Document => &[],
        FileKind::Voice | FileKind::Audio => &[("duration", 3)],
        FileKind::VideoNote => &[("duration", 3), ("length", 240)],
        FileKind::Video => &[("duration", 3), ("width", 320), ("height", 240)],
    }
}

/// An inline keyboard as Telegram writes it.
pub(in crate::playground) fn keyboard_json(keyboard: &[Vec<Button>]) -> Value {
    let rows = keyboard.iter().map(|row| {
        let row = row.iter().map(|button| {
            let mut written = Map::new();
            written.insert("text".into(), json!(button.label));
            put(&mut written, "callback_data", button.data.as_ref());
            put(&mut written, "url", button.url.as_ref());
            Value::Object(written)
        });
        Value::Array(row.collect())
    });
    json!({"inline_keyboard": Value::Array(rows.collect())})
}

fn administrator_json(user: Value, rights: Rights) -> Value {
    json!({
        "status": "administrator", "user": user, "can_be_edited": false, "is_anonymous": false,
        "can_manage_chat": true, "can_delete_messages": rights.delete,
        "can_manage_video_chats": false, "can_restrict_members": false,
        "can_promote_members": false, "can_change_info": false, "can_invite_users": true,
        "can_post_stories": false, "can_edit_stories": false, "can_delete_stories": false,
        "can_pin_messages": rights.pin, "can_manage_topics": false,
    })
}

fn muted_json(user: Value) -> Value {
    json!({
        "status": "restricted", "user": user, "is_member": true, "can_send_messages": false,
        "can_send_audios": false, "can_send_documents": false, "can_send_photos": false,
        "can_send_videos": false, "can_send_video_notes": false, "can_send_voice_notes": false,
        "can_send_polls": false, "can_send_other_messages": false,
        "can_add_web_page_previews": false, "can_react_to_messages": false, "can_edit_tag": false,
        "can_change_info": false, "can_invite_users": false, "can_pin_messages": false,
        "can_manage_topics": false, "until_date": 0,
    })
}

fn member_permissions() -> Value {
    json!({
        "can_send_messages": true, "can_send_audios": true, "can_send_documents": true,
        "can_send_photos": true, "can_send_videos": true, "can_send_video_notes": true,
        "can_send_voice_notes": true, "can_send_polls": true, "can_send_other_messages": true,
        "can_add_web_page_previews": true, "can_change_info": false, "can_invite_users": true,
        "can_pin_messages": false, "can_manage_topics": false,
    })
}
