//! The world as tests speak to it: people say, reply, press, and look.
//!
//! Doing what no person can do (writing where one is not a member, pressing in a chat that is not
//! there) is a mistake in the script, so it ends the script at that line.

use serde_json::Value;

use super::handle::{WaitError, World};
use super::view::MessageView;
use super::world::{
    BOT, Call, ChatId, ChatKind, Content, Draft, Fault, MessageId, Misuse, PersonId, PressId,
    Rights, Standing, StoredFile, ThreadId, Toast, Violation,
};
use crate::playground::formatted::Formatted;

/// The picture people send in tests: the smallest PNG there is.
const SMALLEST_PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0,
    1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 13, b'I', b'D', b'A', b'T',
    0x78, 0x9c, 0x63, 0xf8, 0xcf, 0xc0, 0xf0, 0x1f, 0, 5, 0, 1, 0xff, 0x89, 0x99, 0x3d, 0x1d, 0, 0,
    0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

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

/// Words and presses.
impl World {
    /// Presses Start: sends `/start` in private. Returns the private chat.
    #[track_caller]
    pub fn start_bot(&self, person: PersonId) -> ChatId {
        let chat = self.private(person);
        self.say(chat, person, "/start");
        chat
    }

    /// Writes.
    #[track_caller]
    pub fn say(&self, chat: ChatId, person: PersonId, text: &str) -> MessageId {
        self.post(chat, person, Draft::text(text))
    }

    /// Writes into a topic.
    #[track_caller]
    pub fn say_in(
        &self,
        chat: ChatId,
        thread: ThreadId,
        person: PersonId,
        text: &str,
    ) -> MessageId {
        self.post(
            chat,
            person,
            Draft {
                thread: Some(thread),
                ..Draft::text(text)
            },
        )
    }

    /// Writes as the group, as anonymous administrators do.
    #[track_caller]
    pub fn say_anonymously(&self, chat: ChatId, person: PersonId, text: &str) -> MessageId {
        self.post(
            chat,
            person,
            Draft {
                anonymous: true,
                ..Draft::text(text)
            },
        )
    }

    /// Answers a message.
    #[track_caller]
    pub fn reply(&self, chat: ChatId, person: PersonId, to: MessageId, text: &str) -> MessageId {
        self.post(
            chat,
            person,
            Draft {
                reply_to: Some(to),
                ..Draft::text(text)
            },
        )
    }

    /// Answers a message with a photo.
    #[track_caller]
    pub fn reply_photo(
        &self,
        chat: ChatId,
        person: PersonId,
        to: MessageId,
        caption: &str,
    ) -> MessageId {
        let content = self.picture(caption);
        self.post(
            chat,
            person,
            Draft {
                reply_to: Some(to),
                ..Draft::of(content)
            },
        )
    }

    /// Passes on what somebody else wrote.
    #[track_caller]
    pub fn forward(
        &self,
        chat: ChatId,
        person: PersonId,
        author: PersonId,
        text: &str,
    ) -> MessageId {
        self.post(
            chat,
            person,
            Draft {
                forwarded_from: Some(author),
                ..Draft::text(text)
            },
        )
    }

    /// Sends a photo.
    #[track_caller]
    pub fn photo(&self, chat: ChatId, person: PersonId, caption: &str) -> MessageId {
        let content = self.picture(caption);
        self.post(chat, person, Draft::of(content))
    }

    /// Sends several photos at once: as many messages of one album, the caption under the first.
    #[track_caller]
    pub fn album(
        &self,
        chat: ChatId,
        person: PersonId,
        caption: &str,
        photos: usize,
    ) -> Vec<MessageId> {
        let album = Some(self.act(|state| state.fresh()).to_string());
        let captions = std::iter::once(caption)
            .chain(std::iter::repeat(""))
            .take(photos);
        captions
            .map(|caption| {
                let content = self.picture(caption);
                self.post(
                    chat,
                    person,
                    Draft {
                        album: album.clone(),
                        ..Draft::of(content)
                    },
                )
            })
            .collect()
    }

    /// Changes what one wrote.
    #[track_caller]
    pub fn edit(&self, chat: ChatId, person: PersonId, message: MessageId, text: &str) {
        told(self.act(|state| state.edit_own(chat, person, message, text)));
    }

    /// Deletes a message; the bot is never told.
    #[track_caller]
    pub fn delete(&self, chat: ChatId, message: MessageId) {
        told(self.act(|state| state.remove(chat, message)));
    }

    /// Presses the button with this label.
    ///
    /// # Errors
    ///
    /// When the message is gone, or has no such button: the error lists those it has.
    pub fn press(
        &self,
        chat: ChatId,
        person: PersonId,
        message: MessageId,
        label: &str,
    ) -> Result<PressId, Misuse> {
        self.act(|state| state.press_label(chat, person, message, label))
    }

    /// A press with any data, as a forged client sends it.
    #[track_caller]
    pub fn press_data(
        &self,
        chat: ChatId,
        person: PersonId,
        message: MessageId,
        data: &str,
    ) -> PressId {
        told(self.act(|state| state.press(chat, person, message, data)))
    }

    /// The same press under a new update id.
    #[track_caller]
    pub fn press_again(&self, press: PressId) {
        told(self.act(|state| state.press_again(press)));
    }

    /// The answer to a press, as soon as there is one.
    ///
    /// # Errors
    ///
    /// When the bot has not answered in ten seconds.
    pub async fn toast(&self, press: PressId) -> Result<Toast, WaitError> {
        self.wait_for("the answer to a press", |world| world.toast_now(press))
            .await
    }

    /// The answer to a press, if there is one.
    pub fn toast_now(&self, press: PressId) -> Option<Toast> {
        self.look(|state| {
            state
                .presses
                .get(&press)
                .and_then(|press| press.answer.clone())
        })
    }

    #[track_caller]
    fn post(&self, chat: ChatId, person: PersonId, draft: Draft) -> MessageId {
        told(self.act(|state| state.post(chat, person, draft)))
    }

    fn picture(&self, caption: &str) -> Content {
        let file = StoredFile {
            name: "photo.png".to_owned(),
            media_type: "image/png".to_owned(),
            bytes: SMALLEST_PNG.to_vec(),
        };
        let picture = self.act(|state| state.files.keep_picture(file));
        Content::Photo {
            picture,
            caption: Formatted::typed(caption),
        }
    }
}

/// Looking.
impl World {
    /// Everything in a chat, oldest first.
    pub fn messages(&self, chat: ChatId) -> Vec<MessageView> {
        self.look(|state| state.views(chat))
    }

    /// One message.
    pub fn message(&self, chat: ChatId, id: MessageId) -> Option<MessageView> {
        self.look(|state| state.message(chat, id).map(|message| state.view(message)))
    }

    /// The newest message of the bot that is no service message.
    pub fn last_from_bot(&self, chat: ChatId) -> Option<MessageView> {
        self.messages(chat)
            .into_iter()
            .rfind(|message| message.from_bot && !matches!(message.content, Content::Service(_)))
    }

    /// What is pinned, in the order it was pinned.
    pub fn pinned(&self, chat: ChatId) -> Vec<MessageView> {
        self.look(|state| {
            let pins = state
                .chats
                .get(&chat)
                .into_iter()
                .flat_map(|chat| &chat.pins);
            pins.filter_map(|id| state.message(chat, *id))
                .map(|one| state.view(one))
                .collect()
        })
    }

    /// A chat as text.
    pub fn transcript(&self, chat: ChatId) -> String {
        self.look(|state| state.transcript(chat))
    }

    /// Every call the bot made.
    pub fn calls(&self) -> Vec<Call> {
        self.look(|state| state.audit.calls())
    }

    /// Every rule the bot broke.
    pub fn violations(&self) -> Vec<Violation> {
        self.look(|state| state.violations())
    }

    /// Presses the bot has not answered yet, in time or not.
    pub fn unanswered_presses(&self) -> Vec<PressId> {
        self.look(|state| {
            let open = state
                .presses
                .iter()
                .filter(|(_, press)| press.answer.is_none());
            open.map(|(id, _)| *id).collect()
        })
    }

    /// The offset after all that the bot has confirmed.
    pub fn confirmed_offset(&self) -> i64 {
        self.look(|state| state.queue.confirmed_offset())
    }

    /// Updates the bot has not confirmed.
    pub fn pending_updates(&self) -> Vec<Value> {
        self.look(|state| state.queue.pending())
    }
}

/// Weather.
impl World {
    /// The next `times` calls of `method` go wrong; without a method, of any but `getUpdates`.
    pub fn fail_next(&self, method: Option<&str>, times: u32, fault: Fault) {
        self.act(|state| state.weather.expect(method, times, fault));
    }

    /// Every call fails with a 502 until the clock has moved on by this much.
    pub fn go_down_for(&self, time: chrono::TimeDelta) {
        self.act(|state| state.weather.down_until = Some(state.now() + time));
    }

    /// Every update comes twice under the same id.
    pub fn duplicate_updates(&self, on: bool) {
        self.act(|state| state.weather.duplicate_updates = on);
    }

    /// Every press comes twice, each under an id of its own.
    pub fn duplicate_presses(&self, on: bool) {
        self.act(|state| state.weather.duplicate_presses = on);
    }

    /// Fair weather.
    pub fn clear_weather(&self) {
        self.act(|state| state.weather.clear());
    }

    /// Queues any JSON as an update; a missing `update_id` is filled in. Returns the id.
    pub fn deliver_raw(&self, update: Value) -> i64 {
        self.act(|state| {
            let now = state.now();
            state.queue.push_raw(update, now)
        })
    }
}
