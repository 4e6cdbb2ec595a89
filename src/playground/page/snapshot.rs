//! Everything the page shows, from one person's place.

use serde_json::{Value, json};

use super::super::formatted::{EntityKind, Formatted};
use super::super::handle::World;
use super::super::world::{
    BOT, Chat, ChatId, ChatKind, Content, Message, MessageId, PersonId, Standing, State,
};
use super::tour;

/// Messages shown of the open chat; older ones are not what a demo is about.
const MESSAGES_SHOWN: usize = 300;
/// Longest preview of a message, in characters.
const PREVIEW: usize = 90;

/// The page of `person` with `chat` open. Whoever looks at a chat has read it.
pub(super) fn of(world: &World, person: Option<PersonId>, chat: Option<ChatId>) -> Value {
    let labels = world.claim_labels().to_vec();
    world.look_mut(|state| {
        let me = state.playable(person);
        let chat = state.open_chat(me, chat);
        state.mark_read(me, chat);
        let open = state.chats.get(&chat);
        json!({
            "now": state.now().to_rfc3339(),
            "canAdvance": world.can_advance(),
            "bot": {"id": BOT.0, "username": state.bot_username()},
            "me": me.0,
            "chat": chat.0,
            "people": state.people_shown(),
            "chats": state.chats_shown(me),
            "messages": open.map(|chat| state.messages_shown(me, chat)),
            "pins": open.map(|chat| state.pins_shown(chat)),
            "prompt": open.and_then(|chat| state.prompt(me, chat)).map(|id| id.0),
            "about": state.about(me),
            "commands": state.commands_shown(me, chat),
            "weather": state.weather_shown(chat),
            "steps": tour::steps(state, world.opened_as(), &labels),
        })
    })
}

impl State {
    fn playable(&self, wanted: Option<PersonId>) -> PersonId {
        let known = wanted.filter(|person| self.people.contains_key(person));
        let first = || self.players().map(|(id, _)| id).next();
        known.or_else(first).unwrap_or(BOT)
    }

    /// Whom the visitor may play, in the order they came.
    fn players(&self) -> impl Iterator<Item = (PersonId, &super::super::world::Person)> {
        let mut players: Vec<_> = self
            .people
            .iter()
            .filter(|(_, person)| !person.is_bot && !person.extra)
            .map(|(id, person)| (*id, person))
            .collect();
        players.sort_by_key(|(_, person)| person.number);
        players.into_iter()
    }

    /// The wanted chat, or this person's first group.
    fn open_chat(&self, me: PersonId, wanted: Option<ChatId>) -> ChatId {
        let mine = |chat: &&Chat| chat.standing(me).is_present();
        let wanted = wanted.and_then(|id| self.chats.get(&id)).filter(mine);
        let first = || self.chats.values().find(mine);
        wanted.or_else(first).map_or(ChatId(me.0), |chat| chat.id)
    }

    fn mark_read(&mut self, me: PersonId, chat: ChatId) {
        if let Some(chat) = self.chats.get_mut(&chat)
            && let Some(last) = chat.messages.keys().next_back().copied()
        {
            chat.read.insert(me, last);
        }
    }

    fn people_shown(&self) -> Vec<Value> {
        self.players()
            .map(|(id, person)| {
                let private = self
                    .unread(id)
                    .get(&ChatId(id.0))
                    .copied()
                    .unwrap_or_default();
                json!({"id": id.0, "name": person.first_name, "fullName": person.full_name(),
                       "username": person.username, "language": person.language_code,
                       "started": person.started, "unread": private})
            })
            .collect()
    }

    fn chats_shown(&self, me: PersonId) -> Vec<Value> {
        let unread = self.unread(me);
        let mine = self
            .chats
            .values()
            .filter(|chat| chat.standing(me).is_present() && chat.migrated_to.is_none());
        mine.map(|chat| {
            let last = chat.messages.values().next_back();
            let private = chat.kind == ChatKind::Private;
            let title = if private {
                self.name(BOT)
            } else {
                chat.title.clone()
            };
            let present = chat
                .members
                .values()
                .filter(|standing| standing.is_present());
            let account = self.people.get(&me);
            json!({
                "id": chat.id.0, "title": title, "private": private,
                "members": present.count(), "unread": unread.get(&chat.id),
                "started": account.is_some_and(|person| person.started),
                "last": last.map(|message| json!({
                    "name": self.name(message.sender), "mine": message.sender == me,
                    "service": matches!(message.content, Content::Service(_)),
                    "text": self.preview(message), "at": message.date.to_rfc3339(),
                })),
            })
        })
        .collect()
    }

    fn messages_shown(&self, me: PersonId, chat: &Chat) -> Vec<Value> {
        let skipped = chat.messages.len().saturating_sub(MESSAGES_SHOWN);
        chat.messages
            .values()
            .skip(skipped)
            .map(|one| self.message_shown(me, one))
            .collect()
    }

    fn message_shown(&self, me: PersonId, message: &Message) -> Value {
        let words = message.words().cloned().unwrap_or_default();
        let view = self.view(message);
        json!({
            "id": message.id.0, "sender": message.sender.0,
            "name": self.people.get(&message.sender).map(|person| person.full_name()),
            "bot": view.from_bot, "mine": message.sender == me,
            "at": message.date.to_rfc3339(), "edited": message.edits > 0,
            "service": matches!(message.content, Content::Service(_)).then_some(view.text),
            "text": words.text, "entities": entities(&words),
            "photo": photo(&message.content), "file": self.document(&message.content),
            "reply": message.reply_to.map(|id| self.quote(message.chat, id)),
            "forwarded": message.forwarded_from.map(|(author, _)| self.name(author)),
            "topic": self.topic_name(message),
            "album": message.album, "pinned": view.pinned, "silent": message.silent,
            "prompt": message.force_reply.is_some(),
            "placeholder": message.force_reply.as_ref().and_then(|it| it.placeholder.clone()),
            "buttons": message.keyboard.iter().map(|row| {
                let row = row.iter().map(|one| {
                    json!({"label": one.label, "data": one.data, "url": one.url})
                });
                row.collect::<Vec<Value>>()
            }).collect::<Vec<_>>(),
        })
    }

    fn topic_name(&self, message: &Message) -> Option<&str> {
        let topics = &self.chats.get(&message.chat)?.topics;
        topics
            .get(&message.thread?)
            .map(|topic| topic.name.as_str())
    }

    fn quote(&self, chat: ChatId, id: MessageId) -> Value {
        match self.message(chat, id) {
            Some(message) => json!({
                "id": id.0, "sender": message.sender.0, "name": self.name(message.sender),
                "bot": message.sender == BOT, "text": self.preview(message),
            }),
            None => json!({"id": id.0, "sender": 0, "name": "", "text": "Deleted message"}),
        }
    }

    /// One line of a message.
    fn preview(&self, message: &Message) -> String {
        if let Content::Service(service) = &message.content {
            return self.service_words(message, service);
        }
        let words = message
            .words()
            .map(|words| words.text.as_str())
            .unwrap_or_default();
        let line: String = words
            .lines()
            .next()
            .unwrap_or_default()
            .chars()
            .take(PREVIEW)
            .collect();
        match &message.content {
            Content::Photo { .. } if line.is_empty() => "📷 Photo".to_owned(),
            Content::Photo { .. } => format!("📷 {line}"),
            Content::Document { .. } => format!("📎 {line}"),
            _ => line,
        }
    }

    fn document(&self, content: &Content) -> Option<Value> {
        let Content::Document { file, .. } = content else {
            return None;
        };
        let (id, stored) = self.files.find(file)?;
        Some(
            json!({"url": format!("/playground/file/{id}"), "name": stored.name,
                    "size": stored.bytes.len()}),
        )
    }

    fn pins_shown(&self, chat: &Chat) -> Vec<Value> {
        let pins = chat.pins.iter().filter_map(|id| chat.messages.get(id));
        pins.map(|message| json!({"id": message.id.0, "text": self.preview(message)}))
            .collect()
    }

    /// The newest prompt that is for this person and that they have not answered.
    fn prompt(&self, me: PersonId, chat: &Chat) -> Option<MessageId> {
        let prompts = chat
            .messages
            .values()
            .rev()
            .filter(|one| one.force_reply.is_some());
        let mut open = prompts.filter(|prompt| {
            let answered = chat
                .messages
                .values()
                .any(|it| it.sender == me && it.reply_to == Some(prompt.id));
            !answered && self.is_asked(me, chat, prompt)
        });
        open.next().map(|message| message.id)
    }

    /// A selective prompt asks whom it mentions and whom it answers.
    fn is_asked(&self, me: PersonId, chat: &Chat, prompt: &Message) -> bool {
        let selective = prompt
            .force_reply
            .as_ref()
            .is_some_and(|force| force.selective);
        let replied = prompt.reply_to.and_then(|id| chat.messages.get(&id));
        let username = self
            .people
            .get(&me)
            .and_then(|person| person.username.as_deref());
        let mentioned = prompt.words().is_some_and(|words| {
            words.entities.iter().any(|entity| match entity.kind {
                EntityKind::TextMention(id) => id == me.0,
                EntityKind::Mention => words
                    .under(entity)
                    .strip_prefix('@')
                    .is_some_and(|name| Some(name) == username),
                _ => false,
            })
        });
        !selective || mentioned || replied.is_some_and(|replied| replied.sender == me)
    }

    /// What the bot says of itself in an empty chat.
    fn about(&self, me: PersonId) -> Option<&String> {
        let language = self
            .people
            .get(&me)
            .and_then(|person| person.language_code.clone());
        let mut languages = [language.unwrap_or_default(), String::new()].into_iter();
        languages.find_map(|language| self.profile.get(&("description".to_owned(), language)))
    }

    fn commands_shown(&self, me: PersonId, chat: ChatId) -> Vec<Value> {
        let menu = self.menu(me, chat).iter();
        menu.map(|one| json!({"command": one.command, "description": one.description}))
            .collect()
    }

    fn weather_shown(&self, chat: ChatId) -> Value {
        let standing = self.chats.get(&chat).map(|chat| chat.standing(BOT));
        let rights = match standing {
            Some(Standing::Administrator(rights)) => Some(rights.pin),
            _ => None,
        };
        json!({
            "down": self.weather.down_until.is_some_and(|until| self.now() < until),
            "duplicatePresses": self.weather.duplicate_presses,
            "pinRight": rights,
        })
    }
}

/// Entities for the page, which makes DOM nodes of them.
fn entities(words: &Formatted) -> Vec<Value> {
    let entities = words.entities.iter();
    entities
        .map(|entity| {
            let target = match &entity.kind {
                EntityKind::TextLink(url) => Some(json!(url)),
                EntityKind::TextMention(id) => Some(json!(id)),
                _ => None,
            };
            json!({"kind": entity.kind.name(), "offset": entity.offset, "length": entity.length,
                   "target": target})
        })
        .collect()
}

fn photo(content: &Content) -> Option<Value> {
    let Content::Photo { picture, .. } = content else {
        return None;
    };
    Some(json!({"url": format!("/playground/file/{}", picture.file),
                "width": picture.width, "height": picture.height}))
}
