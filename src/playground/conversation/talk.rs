//! What people write and press.

use super::super::formatted::Formatted;
use super::super::handle::{WaitError, World};
use super::super::world::{
    ChatId, Content, Draft, FileKind, MessageId, Misuse, PersonId, PressId, StoredFile, ThreadId,
    Toast,
};
use super::told;

/// The picture people send in tests: 1280 by 960, so that it comes in all of Telegram's sizes.
const PHOTO: &[u8] = include_bytes!("photo.png");

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

    /// Sends a voice note, a video or a file.
    #[track_caller]
    pub fn record(
        &self,
        chat: ChatId,
        person: PersonId,
        kind: FileKind,
        reply_to: Option<MessageId>,
    ) -> MessageId {
        let file = StoredFile {
            name: "recording.bin".to_owned(),
            media_type: "application/octet-stream".to_owned(),
            bytes: b"recorded".to_vec(),
        };
        let content = Content::Document {
            kind,
            file: self.act(|state| state.files.keep(file)),
            caption: Formatted::typed(""),
        };
        let draft = Draft {
            reply_to,
            ..Draft::of(content)
        };
        self.post(chat, person, draft)
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
            bytes: PHOTO.to_vec(),
        };
        let picture = self.act(|state| state.files.keep_picture(file));
        Content::Photo {
            picture,
            caption: Formatted::typed(caption),
        }
    }
}
