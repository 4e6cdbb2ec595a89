//! What people do: write, edit, press, block.

use std::collections::BTreeMap;

use serde_json::json;

use super::press::PRESSES_KEPT;
use super::{
    ANONYMOUS_ADMIN, ChatId, ChatKind, Content, Message, MessageId, PersonId, Press, PressId,
    State, ThreadId,
};
use crate::playground::formatted::Formatted;

/// Something a person cannot do; the fault of the script, not of the bot.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Misuse {
    /// There is no such chat.
    #[error("there is no chat {0}")]
    NoSuchChat(ChatId),
    /// There is no such person.
    #[error("there is no person {0}")]
    NoSuchPerson(PersonId),
    /// There is no such message.
    #[error("there is no message {1} in chat {0}")]
    NoSuchMessage(ChatId, MessageId),
    /// Only members write.
    #[error("{1} is not in chat {0}")]
    NotAMember(ChatId, PersonId),
    /// The group goes on elsewhere.
    #[error("chat {0} was upgraded to {1}")]
    Migrated(ChatId, ChatId),
    /// There is no button with that label.
    #[error("message {message} has no button {wanted:?}; it has {labels:?}")]
    NoSuchButton {
        /// Where it was looked for.
        message: MessageId,
        /// What was looked for.
        wanted: String,
        /// What there is.
        labels: Vec<String>,
    },
    /// There is no such press.
    #[error("there is no press {}", .0.0)]
    NoSuchPress(PressId),
    /// Only one's own words can be edited.
    #[error("message {0} is somebody else's")]
    NotYours(MessageId),
}

/// A message about to be written by a person.
#[derive(Debug, Clone)]
pub(in crate::playground) struct Draft {
    pub(in crate::playground) content: Content,
    pub(in crate::playground) reply_to: Option<MessageId>,
    pub(in crate::playground) thread: Option<ThreadId>,
    pub(in crate::playground) album: Option<String>,
    pub(in crate::playground) forwarded_from: Option<PersonId>,
    pub(in crate::playground) anonymous: bool,
}

impl Draft {
    pub(in crate::playground) fn of(content: Content) -> Self {
        Self {
            content,
            reply_to: None,
            thread: None,
            album: None,
            forwarded_from: None,
            anonymous: false,
        }
    }

    pub(in crate::playground) fn text(text: &str) -> Self {
        Self::of(Content::Text(Formatted::typed(text)))
    }
}

impl State {
    /// A person writes.
    pub(in crate::playground) fn post(
        &mut self,
        chat: ChatId,
        person: PersonId,
        draft: Draft,
    ) -> Result<MessageId, Misuse> {
        self.may_write(chat, person)?;
        let sender = if draft.anonymous {
            ANONYMOUS_ADMIN
        } else {
            person
        };
        let now = self.now();
        let blank = self.blank(chat, sender, draft.content);
        let replied = draft.reply_to.and_then(|id| self.message(chat, id));
        let message = Message {
            thread: draft.thread.or(replied.and_then(|message| message.thread)),
            sender_chat: draft.anonymous.then_some(chat),
            reply_to: draft.reply_to,
            album: draft.album,
            forwarded_from: draft.forwarded_from.map(|author| (author, now)),
            ..blank
        };
        Ok(self.append(message))
    }

    fn may_write(&mut self, chat: ChatId, person: PersonId) -> Result<(), Misuse> {
        let place = self.chats.get(&chat).ok_or(Misuse::NoSuchChat(chat))?;
        if let Some(to) = place.migrated_to {
            return Err(Misuse::Migrated(chat, to));
        }
        if !place.standing(person).is_present() {
            return Err(Misuse::NotAMember(chat, person));
        }
        if place.kind == ChatKind::Private {
            // Writing to a bot starts it, and lifts a block.
            if let Some(person) = self.people.get_mut(&person) {
                person.started = true;
                person.blocked_bot = false;
            }
        }
        Ok(())
    }

    /// A person changes their words.
    pub(in crate::playground) fn edit_own(
        &mut self,
        chat: ChatId,
        person: PersonId,
        id: MessageId,
        text: &str,
    ) -> Result<(), Misuse> {
        let now = self.now();
        let message = self
            .message_mut(chat, id)
            .ok_or(Misuse::NoSuchMessage(chat, id))?;
        if message.sender != person {
            return Err(Misuse::NotYours(id));
        }
        let words = Formatted::typed(text);
        match &mut message.content {
            Content::Text(old) => *old = words,
            Content::Photo { caption, .. } | Content::Document { caption, .. } => *caption = words,
            Content::Service(_) => return Err(Misuse::NotYours(id)),
        }
        message.edit_date = Some(now);
        message.edits += 1;
        let message = message.clone();
        if self.bot_sees(&message) {
            self.tell_message("edited_message", chat, id);
        }
        Ok(())
    }

    /// A person deletes a message; the bot is never told.
    pub(in crate::playground) fn remove(
        &mut self,
        chat: ChatId,
        id: MessageId,
    ) -> Result<(), Misuse> {
        let place = self.chats.get_mut(&chat).ok_or(Misuse::NoSuchChat(chat))?;
        place.pins.retain(|pinned| *pinned != id);
        match place.messages.remove(&id) {
            Some(_) => Ok(()),
            None => Err(Misuse::NoSuchMessage(chat, id)),
        }
    }

    /// A person presses the button with this label.
    pub(in crate::playground) fn press_label(
        &mut self,
        chat: ChatId,
        person: PersonId,
        id: MessageId,
        label: &str,
    ) -> Result<PressId, Misuse> {
        let message = self
            .message(chat, id)
            .ok_or(Misuse::NoSuchMessage(chat, id))?;
        let buttons = message.keyboard.iter().flatten();
        let data = buttons
            .clone()
            .find(|button| button.label == label)
            .and_then(|it| it.data.clone());
        let Some(data) = data else {
            return Err(Misuse::NoSuchButton {
                message: id,
                wanted: label.to_owned(),
                labels: buttons.map(|button| button.label.clone()).collect(),
            });
        };
        self.press(chat, person, id, &data)
    }

    /// A press with any data, as a forged client sends it; the message need not exist any more.
    pub(in crate::playground) fn press(
        &mut self,
        chat: ChatId,
        person: PersonId,
        message: MessageId,
        data: &str,
    ) -> Result<PressId, Misuse> {
        if !self.people.contains_key(&person) {
            return Err(Misuse::NoSuchPerson(person));
        }
        let id = PressId(self.fresh());
        let at = self.now();
        let button = self
            .message(chat, message)
            .and_then(|one| one.button_with(data));
        let label = button.map(|button| button.label.clone());
        let data = data.to_owned();
        let press = Press {
            person,
            chat,
            message,
            data,
            label,
            at,
            delivered: false,
            answer: None,
        };
        self.presses.insert(id, press);
        while self.presses.len() > PRESSES_KEPT {
            self.presses.pop_first();
        }
        self.tell_press(id);
        if self.weather.duplicate_presses {
            self.tell_press(id);
        }
        Ok(id)
    }

    /// The same press under a new update id, as Telegram's app sends it when it is unsure.
    pub(in crate::playground) fn press_again(&mut self, id: PressId) -> Result<(), Misuse> {
        if !self.presses.contains_key(&id) {
            return Err(Misuse::NoSuchPress(id));
        }
        self.tell_press(id);
        Ok(())
    }

    fn tell_press(&mut self, id: PressId) {
        let Some(press) = self.presses.get(&id).cloned() else {
            return;
        };
        if let Some(person) = self.people.get_mut(&press.person) {
            person.met = true;
        }
        let message = match self.message(press.chat, press.message) {
            Some(message) => self.message_json(message),
            None => self.inaccessible_json(press.chat, press.message),
        };
        let body = json!({
            "id": id.query(),
            "from": self.user_json(press.person),
            "message": message,
            "chat_instance": format!("{}", press.chat.0.wrapping_mul(-7_919)),
            "data": press.data,
        });
        self.tell("callback_query", body);
    }

    /// A person blocks the bot, or lets it speak again.
    pub(in crate::playground) fn set_blocked(
        &mut self,
        person: PersonId,
        blocked: bool,
    ) -> Result<(), Misuse> {
        let account = self
            .people
            .get_mut(&person)
            .ok_or(Misuse::NoSuchPerson(person))?;
        account.blocked_bot = blocked;
        let chat = self.private_chat(person);
        let standing = |blocked| {
            if blocked {
                super::Standing::Kicked
            } else {
                super::Standing::Member
            }
        };
        let standings = (standing(!blocked), standing(blocked));
        let now = self.now();
        let update = self.member_update_json(chat, person, super::BOT, standings, now);
        self.tell("my_chat_member", update);
        Ok(())
    }

    /// Unread messages by chat, for the page's badges.
    pub(in crate::playground) fn unread(&self, person: PersonId) -> BTreeMap<ChatId, usize> {
        let chats = self
            .chats
            .values()
            .filter(|chat| chat.standing(person).is_present());
        chats
            .map(|chat| {
                let read = chat.read.get(&person).copied().unwrap_or(MessageId(0));
                let unread = chat.messages.range(read..).filter(|(id, message)| {
                    **id > read && message.sender != person && message.words().is_some()
                });
                (chat.id, unread.count())
            })
            .collect()
    }
}
