//! The simulated Telegram: people, chats, messages, and what of it the bot is told.
//!
//! Pure state: no I/O, no waiting, and time comes from the given clock. `people` is what people
//! do, `bot` is what the bot may do and how Telegram refuses it, `wire` is how either is written
//! for the bot.

mod audit;
mod bot;
mod chat;
mod files;
mod message;
mod people;
mod person;
mod press;
mod queue;
mod refusal;
mod scenery;
mod weather;
mod wire;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use actors::ports::Clock;
use chrono::{DateTime, Utc};

use super::crash::Crash;

pub use audit::{Call, Violation};
pub use chat::{ChatId, ChatKind, Rights, Standing, ThreadId};
pub use files::Picture;
pub use message::{Button, Content, FileKind, ForceReply, MessageId, Service};
pub use people::Misuse;
pub use person::PersonId;
pub use press::{PressId, Toast};
pub use weather::Fault;

pub(in crate::playground) use audit::Audit;
pub(in crate::playground) use bot::{Change, Markup, Outgoing, ReplyTarget};
pub(in crate::playground) use chat::{Chat, Topic};
pub(in crate::playground) use files::{Files, StoredFile};
pub(in crate::playground) use message::Message;
pub(in crate::playground) use people::Draft;
pub(in crate::playground) use person::Person;
pub(in crate::playground) use press::Press;
pub(in crate::playground) use queue::{Queue, Webhook};
pub(in crate::playground) use refusal::Refusal;
pub(in crate::playground) use weather::{Weather, Whim};

/// The id of the playground's bot: a plain one, as BotFather gives them.
pub(in crate::playground) const BOT: PersonId = PersonId(7_100_200_300);
/// Telegram's stand-in for every anonymous administrator.
pub(in crate::playground) const ANONYMOUS_ADMIN: PersonId = PersonId(1_087_968_824);

/// A command of the bot's menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MenuCommand {
    /// Without its slash.
    pub command: String,
    /// What it does, in the language of its menu.
    pub description: String,
}

/// What the page can do beside what people do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::playground) enum Trick {
    /// Moved the clock.
    Clock,
    /// Ran a race.
    Race,
    /// Made bad weather.
    Weather,
}

/// For whom a menu is: the scope as canonical JSON, and the language or nothing.
pub(in crate::playground) type MenuKey = (String, String);

/// Everything there is.
pub(in crate::playground) struct State {
    clock: Arc<dyn Clock>,
    pub(in crate::playground) people: BTreeMap<PersonId, Person>,
    pub(in crate::playground) chats: BTreeMap<ChatId, Chat>,
    pub(in crate::playground) presses: BTreeMap<PressId, Press>,
    pub(in crate::playground) queue: Queue,
    pub(in crate::playground) files: Files,
    pub(in crate::playground) audit: Audit,
    pub(in crate::playground) weather: Weather,
    pub(in crate::playground) crash: Crash,
    pub(in crate::playground) menus: BTreeMap<MenuKey, Vec<MenuCommand>>,
    /// What the bot says of itself: name, description and short description by language.
    pub(in crate::playground) profile: BTreeMap<(String, String), String>,
    /// Off lets the bot read everything in its groups, as BotFather's `/setprivacy` does.
    pub(in crate::playground) privacy_mode: bool,
    /// What the visitor has done beside talking: the page's list of things to try reads it.
    pub(in crate::playground) tried: BTreeSet<Trick>,
    next_shared_message: i64,
    next_id: i64,
}

impl State {
    pub(in crate::playground) fn new(clock: Arc<dyn Clock>) -> Self {
        let mut people = BTreeMap::new();
        people.insert(BOT, Person::bot("Deskbell", "deskbell_demo_bot"));
        people.insert(ANONYMOUS_ADMIN, Person::bot("Group", "GroupAnonymousBot"));
        Self {
            clock,
            people,
            chats: BTreeMap::new(),
            presses: BTreeMap::new(),
            queue: Queue::default(),
            files: Files::default(),
            audit: Audit::default(),
            weather: Weather::default(),
            crash: Crash::default(),
            menus: BTreeMap::new(),
            profile: BTreeMap::new(),
            privacy_mode: true,
            tried: BTreeSet::new(),
            next_shared_message: 1,
            next_id: 1,
        }
    }

    pub(in crate::playground) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub(in crate::playground) fn bot_username(&self) -> &str {
        self.people
            .get(&BOT)
            .and_then(|bot| bot.username.as_deref())
            .unwrap_or_default()
    }

    /// A number never given before, for people, chats, presses, files and albums.
    pub(in crate::playground) fn fresh(&mut self) -> i64 {
        let id = self.next_id;
        self.next_id += 1;
        id
    }

    /// Supergroups count their own messages; all other chats of a bot share one count.
    fn next_message_id(&mut self, chat: ChatId) -> MessageId {
        let counter = match self.chats.get_mut(&chat) {
            Some(chat) if chat.is_supergroup() => &mut chat.next_message,
            _ => &mut self.next_shared_message,
        };
        let id = MessageId(*counter);
        *counter += 1;
        id
    }

    /// A message, wherever it is.
    pub(in crate::playground) fn message(&self, chat: ChatId, id: MessageId) -> Option<&Message> {
        self.chats.get(&chat)?.messages.get(&id)
    }

    fn message_mut(&mut self, chat: ChatId, id: MessageId) -> Option<&mut Message> {
        self.chats.get_mut(&chat)?.messages.get_mut(&id)
    }

    /// Puts a message into its chat and tells the bot when it may see it.
    fn append(&mut self, message: Message) -> MessageId {
        let (chat, id) = (message.chat, message.id);
        let told = self.bot_sees(&message);
        if let Some(chat) = self.chats.get_mut(&chat) {
            chat.keep(message);
        }
        if told {
            self.tell_message("message", chat, id);
        }
        id
    }

    /// Queues an update about a message.
    fn tell_message(&mut self, kind: &'static str, chat: ChatId, id: MessageId) {
        let Some(message) = self.message(chat, id) else {
            return;
        };
        let (sender, joined) = (message.sender, message.joined());
        let body = self.message_json(message);
        for person in joined.into_iter().chain([sender]) {
            if let Some(person) = self.people.get_mut(&person) {
                person.met = true;
            }
        }
        self.tell(kind, body);
    }

    /// Queues an update.
    fn tell(&mut self, kind: &'static str, body: serde_json::Value) {
        let now = self.now();
        let times = if self.weather.duplicate_updates { 2 } else { 1 };
        self.queue.push(kind, &body, now, times);
    }

    /// Privacy mode as Telegram's bot FAQ has it: commands, replies to the bot and service
    /// messages; an administrator, or a bot without privacy mode, sees everything.
    fn bot_sees(&self, message: &Message) -> bool {
        let Some(chat) = self.chats.get(&message.chat) else {
            return false;
        };
        if message.sender == BOT {
            return matches!(message.content, Content::Service(Service::Pinned(_)));
        }
        if chat.kind == ChatKind::Private {
            return true;
        }
        let reads_all = match chat.members.get(&BOT) {
            Some(Standing::Administrator(_) | Standing::Owner) => true,
            Some(Standing::Member | Standing::Muted) => !self.privacy_mode,
            Some(Standing::Left | Standing::Kicked) | None => return false,
        };
        let to_bot = message
            .reply_to
            .and_then(|id| chat.messages.get(&id))
            .is_some_and(|target| target.sender == BOT);
        reads_all
            || to_bot
            || matches!(message.content, Content::Service(_))
            || message.is_command_for(self.bot_username())
    }
}
