//! The world as tests speak to it: people say, reply, press, and look.
//!
//! Doing what no person can do (writing where one is not a member, pressing in a chat that is not
//! there) is a mistake in the script, so it ends the script at that line.

mod observe;
mod talk;
mod trouble;

use super::handle::World;
use super::world::{BOT, ChatId, ChatKind, Misuse, PersonId, Rights, Standing, ThreadId};

/// A person about to open an account.
#[derive(Debug)]
#[must_use = "nobody exists before `add`"]
pub struct NewPerson<'a> {
    world: &'a World,
    first_name: String,
    last_name: Option<String>,
    username: Option<String>,
    language: Option<String>,
    started: bool,
}

impl NewPerson<'_> {
    /// With a last name.
    pub fn last_name(mut self, name: &str) -> Self {
        self.last_name = Some(name.to_owned());
        self
    }

    /// With a username, without its `@`.
    pub fn username(mut self, name: &str) -> Self {
        self.username = Some(name.to_owned());
        self
    }

    /// With Telegram set to this language; English if not said.
    pub fn language(mut self, code: &str) -> Self {
        self.language = Some(code.to_owned());
        self
    }

    /// Has started the bot some time ago, so the bot may write first.
    pub fn started(mut self) -> Self {
        self.started = true;
        self
    }

    /// Opens the account.
    pub fn add(self) -> PersonId {
        self.world.act(|state| {
            let id = state.add_person(&self.first_name);
            if let Some(person) = state.people.get_mut(&id) {
                person.last_name = self.last_name;
                person.username = self.username;
                person.language_code = self.language.or(person.language_code.take());
                person.started = self.started;
                person.met = self.started;
            }
            if self.started {
                state.private_chat(id);
            }
            id
        })
    }
}

/// Ends a script that asks for what no person can do.
#[track_caller]
#[expect(
    clippy::panic,
    reason = "a mistake in a test's script must end the test at that line"
)]
fn told<T>(result: Result<T, Misuse>) -> T {
    match result {
        Ok(done) => done,
        Err(misuse) => panic!("the script is wrong: {misuse}"),
    }
}

/// People and places.
impl World {
    /// The bot, who is a member like others.
    pub fn bot(&self) -> PersonId {
        BOT
    }

    /// The bot's username, without its `@`.
    pub fn bot_username(&self) -> String {
        self.look(|state| state.bot_username().to_owned())
    }

    /// A new person; more can be said before `add`.
    pub fn person(&self, first_name: &str) -> NewPerson<'_> {
        NewPerson {
            world: self,
            first_name: first_name.to_owned(),
            last_name: None,
            username: None,
            language: None,
            started: false,
        }
    }

    /// A supergroup of these people; the first owns it. The bot is not in it yet.
    pub fn group(&self, title: &str, people: &[PersonId]) -> ChatId {
        self.act(|state| state.add_group(ChatKind::Supergroup, title, people))
    }

    /// A basic group, which may become a supergroup.
    pub fn basic_group(&self, title: &str, people: &[PersonId]) -> ChatId {
        self.act(|state| state.add_group(ChatKind::Group, title, people))
    }

    /// A supergroup with topics.
    pub fn forum(&self, title: &str, people: &[PersonId]) -> ChatId {
        self.act(|state| state.add_group(ChatKind::Forum, title, people))
    }

    /// Opens a topic of a forum.
    #[track_caller]
    pub fn topic(&self, forum: ChatId, by: PersonId, name: &str) -> ThreadId {
        told(self.act(|state| state.add_topic(forum, by, name)))
    }

    /// Closes a topic.
    #[track_caller]
    pub fn close_topic(&self, forum: ChatId, by: PersonId, thread: ThreadId) {
        told(self.act(|state| state.close_topic(forum, by, thread)));
    }

    /// The private chat of a person with the bot.
    pub fn private(&self, person: PersonId) -> ChatId {
        self.act(|state| state.private_chat(person))
    }

    /// Adds the bot as a plain member: privacy mode hides ordinary talk from it.
    #[track_caller]
    pub fn add_bot(&self, chat: ChatId, by: PersonId) {
        self.set_standing(chat, by, BOT, Standing::Member);
    }

    /// Adds or promotes the bot with the rights to pin and to delete: it sees everything.
    #[track_caller]
    pub fn promote_bot(&self, chat: ChatId, by: PersonId) {
        let rights = Rights {
            pin: true,
            delete: true,
        };
        self.set_standing(chat, by, BOT, Standing::Administrator(rights));
    }

    /// Takes the bot's right to pin, or gives it back.
    #[track_caller]
    pub fn set_bot_pin_right(&self, chat: ChatId, by: PersonId, pin: bool) {
        told(self.act(|state| state.set_bot_pin_right(chat, by, pin)));
    }

    /// Lets the bot read only.
    #[track_caller]
    pub fn mute_bot(&self, chat: ChatId, by: PersonId) {
        self.set_standing(chat, by, BOT, Standing::Muted);
    }

    /// Removes the bot for good.
    #[track_caller]
    pub fn kick_bot(&self, chat: ChatId, by: PersonId) {
        self.set_standing(chat, by, BOT, Standing::Kicked);
    }

    /// Changes anybody's place in a chat, with the updates that come of it.
    #[track_caller]
    pub fn set_standing(&self, chat: ChatId, by: PersonId, who: PersonId, standing: Standing) {
        told(self.act(|state| state.set_standing(chat, by, who, standing)));
    }

    /// A basic group becomes a supergroup; returns the new chat.
    #[track_caller]
    pub fn migrate(&self, chat: ChatId, by: PersonId) -> ChatId {
        told(self.act(|state| state.migrate(chat, by)))
    }

    /// Turns privacy mode on or off, as BotFather does.
    pub fn set_privacy_mode(&self, on: bool) {
        self.act(|state| state.privacy_mode = on);
    }

    /// The person blocks the bot.
    #[track_caller]
    pub fn block(&self, person: PersonId) {
        told(self.act(|state| state.set_blocked(person, true)));
    }

    /// The person lets the bot speak again.
    #[track_caller]
    pub fn unblock(&self, person: PersonId) {
        told(self.act(|state| state.set_blocked(person, false)));
    }
}
