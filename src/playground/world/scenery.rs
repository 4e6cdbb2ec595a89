//! Setting the stage: who exists, which groups there are, and who is in them.

use super::{
    BOT, Chat, ChatId, ChatKind, Content, Message, MessageId, Misuse, Person, PersonId, Rights,
    Service, Standing, State, ThreadId, Topic,
};

/// People's ids begin past 32 bits, so that a desk that keeps them in 32 fails early.
const FIRST_PERSON: i64 = 5_000_000_000;
/// Old accounts have short ids.
const FIRST_OLD_PERSON: i64 = 210_000_002;
/// Neighbours' ids are apart, and fall on different colours of the page.
const ID_STEP: i64 = 11;
/// Supergroup ids are below this, as Telegram's are.
const SUPERGROUPS: i64 = -1_002_000_000_000;
/// Basic group ids are below this.
const GROUPS: i64 = -4_100_000_000;

impl State {
    /// A new account.
    pub(in crate::playground) fn add_person(&mut self, first_name: &str) -> PersonId {
        let number = self.fresh();
        // Every third account is an old one with a short id.
        let id = if number % 3 == 0 {
            FIRST_OLD_PERSON + number * ID_STEP
        } else {
            FIRST_PERSON + number * ID_STEP
        };
        self.people.insert(
            PersonId(id),
            Person {
                number,
                ..Person::named(first_name)
            },
        );
        PersonId(id)
    }

    /// A new group of these people; the first owns it.
    pub(in crate::playground) fn add_group(
        &mut self,
        kind: ChatKind,
        title: &str,
        people: &[PersonId],
    ) -> ChatId {
        let base = if kind == ChatKind::Group {
            GROUPS
        } else {
            SUPERGROUPS
        };
        let id = ChatId(base - self.fresh() * 13);
        let mut chat = Chat::new(id, kind, title);
        for (index, person) in people.iter().enumerate() {
            let standing = if index == 0 {
                Standing::Owner
            } else {
                Standing::Member
            };
            chat.members.insert(*person, standing);
        }
        self.chats.insert(id, chat);
        id
    }

    /// The private chat of a person with the bot; made when first needed.
    pub(in crate::playground) fn private_chat(&mut self, person: PersonId) -> ChatId {
        let id = ChatId(person.0);
        self.chats.entry(id).or_insert_with(|| {
            let mut chat = Chat::new(id, ChatKind::Private, "");
            chat.members.insert(person, Standing::Member);
            chat.members.insert(BOT, Standing::Member);
            chat
        });
        id
    }

    /// Opens a topic.
    pub(in crate::playground) fn add_topic(
        &mut self,
        chat: ChatId,
        by: PersonId,
        name: &str,
    ) -> Result<ThreadId, Misuse> {
        let id = self.announce(chat, by, Service::TopicCreated(name.to_owned()))?;
        let thread = ThreadId(id.0);
        let topic = Topic {
            name: name.to_owned(),
            closed: false,
        };
        let chat = self.chats.get_mut(&chat).ok_or(Misuse::NoSuchChat(chat))?;
        chat.topics.insert(thread, topic);
        Ok(thread)
    }

    /// Closes a topic.
    pub(in crate::playground) fn close_topic(
        &mut self,
        chat: ChatId,
        by: PersonId,
        thread: ThreadId,
    ) -> Result<MessageId, Misuse> {
        if let Some(topic) = self
            .chats
            .get_mut(&chat)
            .and_then(|it| it.topics.get_mut(&thread))
        {
            topic.closed = true;
        }
        self.announce(chat, by, Service::TopicClosed)
    }

    /// A service message.
    pub(super) fn announce(
        &mut self,
        chat: ChatId,
        by: PersonId,
        service: Service,
    ) -> Result<MessageId, Misuse> {
        if !self.chats.contains_key(&chat) {
            return Err(Misuse::NoSuchChat(chat));
        }
        let message = self.blank(chat, by, Content::Service(service));
        Ok(self.append(message))
    }

    /// A message with nothing but a sender and a content.
    pub(super) fn blank(&mut self, chat: ChatId, sender: PersonId, content: Content) -> Message {
        Message {
            id: self.next_message_id(chat),
            chat,
            thread: None,
            sender,
            sender_chat: None,
            date: self.now(),
            edit_date: None,
            edits: 0,
            content,
            reply_to: None,
            album: None,
            keyboard: Vec::new(),
            force_reply: None,
            forwarded_from: None,
            silent: false,
        }
    }

    /// Changes somebody's place in a chat, with the service message and the updates that come of it.
    pub(in crate::playground) fn set_standing(
        &mut self,
        chat: ChatId,
        by: PersonId,
        person: PersonId,
        new: Standing,
    ) -> Result<(), Misuse> {
        let place = self.chats.get_mut(&chat).ok_or(Misuse::NoSuchChat(chat))?;
        let old = place.standing(person);
        let title_change = place.kind != ChatKind::Private;
        if old == new {
            return Ok(());
        }
        place.members.insert(person, new);
        let date = self.now();
        if let Some(by) = self.people.get_mut(&by) {
            by.met = by.met || person == BOT;
        }
        let update = self.member_update_json(chat, by, person, (old, new), date);
        if person == BOT {
            self.tell("my_chat_member", update);
        } else if self.bot_is_admin(chat) {
            self.tell("chat_member", update);
        }
        if title_change && old.is_present() != new.is_present() {
            let service = if new.is_present() {
                Service::Joined(vec![person])
            } else {
                Service::Left(person)
            };
            self.announce(chat, by, service)?;
        }
        Ok(())
    }

    /// `chat_member` updates go to administrators only.
    fn bot_is_admin(&self, chat: ChatId) -> bool {
        self.chats
            .get(&chat)
            .is_some_and(|chat| chat.standing(BOT).is_admin())
    }

    /// Gives or takes the bot's right to pin.
    pub(in crate::playground) fn set_bot_pin_right(
        &mut self,
        chat: ChatId,
        by: PersonId,
        pin: bool,
    ) -> Result<(), Misuse> {
        let rights = Rights { pin, delete: true };
        self.set_standing(chat, by, BOT, Standing::Administrator(rights))
    }

    /// A basic group becomes a supergroup: new id, new message numbers, two service messages.
    pub(in crate::playground) fn migrate(
        &mut self,
        chat: ChatId,
        by: PersonId,
    ) -> Result<ChatId, Misuse> {
        let old = self.chats.get(&chat).ok_or(Misuse::NoSuchChat(chat))?;
        let (title, members) = (old.title.clone(), old.members.clone());
        let new = self.add_group(ChatKind::Supergroup, &title, &[]);
        if let Some(fresh) = self.chats.get_mut(&new) {
            fresh.members = members;
        }
        self.announce(chat, by, Service::MigratedTo(new))?;
        if let Some(old) = self.chats.get_mut(&chat) {
            old.migrated_to = Some(new);
            old.pins.clear();
        }
        self.announce(new, by, Service::MigratedFrom(chat))?;
        Ok(new)
    }
}
