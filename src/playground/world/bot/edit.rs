//! Editing the bot's own messages.

use super::super::{BOT, Button, ChatId, Content, Message, MessageId, Picture, Refusal, State};
use super::send::check_words;
use crate::playground::formatted::Formatted;

/// What an edit changes.
#[derive(Debug, Clone)]
pub(in crate::playground) enum Change {
    /// The text.
    Text(Formatted),
    /// The caption.
    Caption(Formatted),
    /// The picture and its caption.
    Photo(Picture, Formatted),
    /// Only the buttons.
    Keyboard,
}

const NOT_MODIFIED: &str = "message is not modified: specified new message content and reply \
                            markup are exactly the same as a current content and reply markup of \
                            the message";

impl State {
    /// Edits, or refuses as Telegram does. The keyboard is replaced, also by none.
    pub(in crate::playground) fn bot_edits(
        &mut self,
        chat: ChatId,
        id: MessageId,
        change: Change,
        keyboard: Vec<Vec<Button>>,
    ) -> Result<(), Refusal> {
        let place = self.bot_inside(chat)?;
        let kind = place.kind;
        let message = place.messages.get(&id);
        let message = message
            .ok_or_else(|| Refusal::bad_request("message to edit not found"))?
            .clone();
        if message.sender != BOT || message.words().is_none() {
            return Err(Refusal::bad_request("message can't be edited"));
        }
        // Who may not write any more may still change what they wrote.
        self.is_heard(chat, kind)?;
        let content = changed(&message, change)?;
        check_words(&content)?;
        let content = self.without_unmet(content);
        self.count_write(chat);
        if content == message.content && keyboard == message.keyboard {
            return Err(Refusal::bad_request(NOT_MODIFIED));
        }
        let now = self.now();
        if let Some(message) = self.message_mut(chat, id) {
            message.content = content;
            message.keyboard = keyboard;
            message.edit_date = Some(now);
            message.edits += 1;
        }
        Ok(())
    }
}

/// The content after the change.
fn changed(message: &Message, change: Change) -> Result<Content, Refusal> {
    match (change, message.content.clone()) {
        (Change::Keyboard, content) => Ok(content),
        (Change::Text(text), Content::Text(_)) => Ok(Content::Text(text)),
        (Change::Text(_), _) => Err(Refusal::bad_request(
            "there is no text in the message to edit",
        )),
        (Change::Caption(caption), Content::Photo { picture, .. }) => {
            Ok(Content::Photo { picture, caption })
        }
        (Change::Caption(caption), Content::Document { kind, file, .. }) => Ok(Content::Document {
            kind,
            file,
            caption,
        }),
        (Change::Caption(_), _) => Err(Refusal::bad_request(
            "there is no caption in the message to edit",
        )),
        (Change::Photo(picture, caption), _) => Ok(Content::Photo { picture, caption }),
    }
}
