//! Letters as the Bot API wants them.

use actors::domain::{ChatId, MessageId, Photo, Recording, RecordingKind, Says};
use actors::ports::{ChatError, Letter};
use reqwest::Url;
use teloxide::payloads::{
    EditMessageText, PinChatMessage, SendAudio, SendDocument, SendMediaGroup, SendMessage,
    SendPhoto, SendVideo, SendVideoNote, SendVoice, UnpinChatMessage,
};
use teloxide::types::{
    self, FileId, ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, InputMedia,
    InputMediaPhoto, LinkPreviewOptions, ParseMode, Recipient, ReplyMarkup, ReplyParameters,
    ThreadId,
};

use crate::telegram::button;
use crate::telegram::client::CallError;
use crate::telegram::text::{Key, Press, Rendered};

/// Where a new message goes.
#[derive(Debug, Clone)]
pub(super) struct Destination {
    chat: Recipient,
    thread: Option<ThreadId>,
    reply_to: Option<types::MessageId>,
    silent: bool,
}

impl Destination {
    pub(super) fn of(letter: &Letter) -> Self {
        let thread = letter
            .thread
            .and_then(|thread| i32::try_from(thread.0).ok());
        Self {
            chat: recipient(letter.chat),
            thread: thread.map(|thread| ThreadId(types::MessageId(thread))),
            reply_to: letter.reply_to.and_then(|message| message_id(message).ok()),
            // A card is there to be looked at; whoever is to act on it is called by name.
            silent: matches!(letter.says, Says::Card { .. }),
        }
    }

    /// Takes away what Telegram has just refused; an error where that would not help. Each step
    /// takes something away, so this ends.
    pub(super) fn make_do(&mut self, error: CallError) -> Result<(), ChatError> {
        let fault = error.fault();
        let topic_shut = fault.is_some_and(|fault| fault.is_topic_shut());
        let answered_gone = fault.is_some_and(|fault| fault.is_answered_message_gone());
        if topic_shut && self.thread.is_some() {
            self.thread = None;
            // An answer to a message of that topic would go there too.
            self.reply_to = None;
            Ok(())
        } else if (answered_gone || topic_shut) && self.reply_to.is_some() {
            self.reply_to = None;
            Ok(())
        } else {
            Err(error.into())
        }
    }

    fn reply(&self) -> Option<ReplyParameters> {
        self.reply_to
            .map(|message| ReplyParameters::new(message).allow_sending_without_reply())
    }

    fn silent(&self) -> Option<bool> {
        self.silent.then_some(true)
    }
}

pub(super) fn message(to: &Destination, rendered: &Rendered) -> SendMessage {
    let mut payload = SendMessage::new(to.chat.clone(), rendered.text.clone());
    payload.message_thread_id = to.thread;
    payload.parse_mode = Some(ParseMode::Html);
    payload.link_preview_options = Some(no_preview());
    payload.disable_notification = to.silent();
    payload.reply_parameters = to.reply();
    payload.reply_markup = markup(rendered);
    payload
}

pub(super) fn photo(to: &Destination, photo: &Photo, words: Option<&Rendered>) -> SendPhoto {
    let mut payload = SendPhoto::new(to.chat.clone(), file(photo));
    payload.message_thread_id = to.thread;
    payload.caption = words.and_then(caption);
    payload.parse_mode = Some(ParseMode::Html);
    payload.disable_notification = to.silent();
    payload.reply_parameters = to.reply();
    payload.reply_markup = words.and_then(markup);
    payload
}

/// The part of a form that carries the file.
pub(super) const UPLOADED: &str = "upload";

pub(super) fn picture(to: &Destination, rendered: &Rendered) -> SendPhoto {
    photo(to, &uploaded(), Some(rendered))
}

pub(super) fn document(to: &Destination, rendered: &Rendered) -> SendDocument {
    let mut payload = SendDocument::new(to.chat.clone(), file(&uploaded()));
    payload.message_thread_id = to.thread;
    payload.caption = caption(rendered);
    payload.parse_mode = Some(ParseMode::Html);
    payload.disable_notification = to.silent();
    payload.reply_parameters = to.reply();
    payload.reply_markup = markup(rendered);
    payload
}

/// A recording, sent as what it is: only so can it be played where it stands.
pub(super) enum Recorded {
    Voice(SendVoice),
    VideoNote(SendVideoNote),
    Audio(SendAudio),
    Video(SendVideo),
    Document(SendDocument),
}

macro_rules! recorded {
    ($kind:ident, $payload:ident, $to:ident, $file:ident, $words:ident) => {{
        let mut payload = $payload::new($to.chat.clone(), $file);
        payload.message_thread_id = $to.thread;
        payload.caption = caption($words);
        payload.parse_mode = Some(ParseMode::Html);
        payload.disable_notification = $to.silent();
        payload.reply_parameters = $to.reply();
        Recorded::$kind(payload)
    }};
}

pub(super) fn recording(to: &Destination, recording: &Recording, words: &Rendered) -> Recorded {
    let file = InputFile::file_id(FileId(recording.file.clone()));
    match recording.kind {
        RecordingKind::Voice => recorded!(Voice, SendVoice, to, file, words),
        RecordingKind::Audio => recorded!(Audio, SendAudio, to, file, words),
        RecordingKind::Video => recorded!(Video, SendVideo, to, file, words),
        RecordingKind::Document => recorded!(Document, SendDocument, to, file, words),
        // It takes no words: that it answers the card must do.
        RecordingKind::VideoNote => {
            let mut payload = SendVideoNote::new(to.chat.clone(), file);
            payload.message_thread_id = to.thread;
            payload.disable_notification = to.silent();
            payload.reply_parameters = to.reply();
            Recorded::VideoNote(payload)
        }
    }
}

fn uploaded() -> Photo {
    Photo(format!("attach://{UPLOADED}"))
}

pub(super) fn album(
    to: &Destination,
    photos: &[Photo],
    words: Option<&Rendered>,
) -> SendMediaGroup {
    let mut words = words.and_then(caption);
    let media = photos.iter().map(|photo| {
        let mut media = InputMediaPhoto::new(file(photo)).parse_mode(ParseMode::Html);
        media.caption = words.take();
        InputMedia::Photo(media)
    });
    let mut payload = SendMediaGroup::new(to.chat.clone(), media);
    payload.message_thread_id = to.thread;
    payload.disable_notification = to.silent();
    payload.reply_parameters = to.reply();
    payload
}

pub(super) fn edit(
    chat: ChatId,
    message: types::MessageId,
    rendered: &Rendered,
) -> EditMessageText {
    let mut payload = EditMessageText::new(recipient(chat), message, rendered.text.clone());
    payload.parse_mode = Some(ParseMode::Html);
    payload.link_preview_options = Some(no_preview());
    payload.reply_markup = keyboard(&rendered.keyboard);
    payload
}

pub(super) fn pin(chat: ChatId, message: types::MessageId) -> PinChatMessage {
    let mut payload = PinChatMessage::new(recipient(chat), message);
    payload.disable_notification = Some(true);
    payload
}

pub(super) fn unpin(chat: ChatId, message: types::MessageId) -> UnpinChatMessage {
    let mut payload = UnpinChatMessage::new(recipient(chat));
    payload.message_id = Some(message);
    payload
}

/// A message by the number that teloxide's types hold; Telegram gives no larger ones.
pub(super) fn message_id(message: MessageId) -> Result<types::MessageId, ChatError> {
    i32::try_from(message.0)
        .map(types::MessageId)
        .map_err(|_| ChatError::Gone {
            reason: format!("no message has the number {message}"),
        })
}

fn recipient(chat: ChatId) -> Recipient {
    Recipient::Id(types::ChatId(chat.0))
}

fn file(photo: &Photo) -> InputFile {
    InputFile::file_id(FileId(photo.0.clone()))
}

fn caption(rendered: &Rendered) -> Option<String> {
    (!rendered.text.is_empty()).then(|| rendered.text.clone())
}

/// Links in messages lead to chats, which have no preview worth its room.
fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}

/// Buttons, or an opened field for the answer: a message has one of them.
fn markup(rendered: &Rendered) -> Option<ReplyMarkup> {
    if let Some(keyboard) = keyboard(&rendered.keyboard) {
        return Some(ReplyMarkup::InlineKeyboard(keyboard));
    }
    let placeholder = rendered.force_reply.as_ref()?;
    let mut force = ForceReply::new().selective();
    force.input_field_placeholder = Some(placeholder.clone()).filter(|words| !words.is_empty());
    Some(ReplyMarkup::ForceReply(force))
}

fn keyboard(rows: &[Vec<Key>]) -> Option<InlineKeyboardMarkup> {
    let rows: Vec<Vec<InlineKeyboardButton>> = rows
        .iter()
        .map(|row| row.iter().filter_map(inline_button).collect::<Vec<_>>())
        .filter(|row| !row.is_empty())
        .collect();
    (!rows.is_empty()).then(|| InlineKeyboardMarkup::new(rows))
}

fn inline_button(key: &Key) -> Option<InlineKeyboardButton> {
    match &key.press {
        Press::Data(data) => Some(InlineKeyboardButton::callback(
            key.label.clone(),
            button::encode(data),
        )),
        Press::Link(address) => match Url::parse(address) {
            Ok(url) => Some(InlineKeyboardButton::url(key.label.clone(), url)),
            // A button less is better than a message that Telegram refuses whole.
            Err(error) => {
                tracing::warn!(%error, "a button's link is no address and is left out");
                None
            }
        },
    }
}
