//! `send*`, `copyMessage`, `forwardMessage` and `answerCallbackQuery`.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::parameters::Parameters;
use super::{Answer, Refusal, State, chat_of};
use crate::playground::formatted::{Formatted, parse_html};
use crate::playground::world::{
    Button, ChatId, Content, FileKind, ForceReply, Markup, MessageId, Outgoing, Picture,
    ReplyTarget, StoredFile, ThreadId, Toast,
};

/// Largest photo, and largest file, a bot may upload.
const LARGEST_PHOTO: usize = 10 << 20;
/// `callback_data` takes 1 to 64 bytes.
const LONGEST_DATA: usize = 64;
/// An album has 2 to 10 items.
const ALBUM_SIZES: std::ops::RangeInclusive<usize> = 2..=10;

#[derive(Deserialize)]
struct SentReply {
    message_id: i64,
    #[serde(default)]
    allow_sending_without_reply: bool,
}

#[derive(Deserialize)]
struct SentMarkup {
    inline_keyboard: Option<Vec<Vec<SentButton>>>,
    #[serde(default)]
    force_reply: bool,
    #[serde(default)]
    selective: bool,
    input_field_placeholder: Option<String>,
}

#[derive(Deserialize)]
struct SentButton {
    #[serde(default)]
    text: String,
    callback_data: Option<String>,
    url: Option<String>,
    /// A kind the playground does not play: a web app, a text to copy.
    #[serde(flatten)]
    other: Map<String, Value>,
}

/// One item of an album, or the new content of `editMessageMedia`.
#[derive(Deserialize)]
pub(super) struct SentMedia {
    #[serde(rename = "type")]
    pub(super) kind: String,
    media: String,
    #[serde(default)]
    caption: String,
    parse_mode: Option<String>,
}

/// Every method that puts a message into a chat.
pub(super) fn send(state: &mut State, method: &str, parameters: &Parameters) -> Answer {
    let chat = chat_of(parameters)?;
    match method {
        "sendChatAction" => state.bot_inside(chat).map(|_| json!(true)),
        "sendMediaGroup" => send_album(state, chat, parameters),
        "copyMessage" => {
            let content = original(state, parameters)?.1;
            let content = recaptioned(content, parameters)?;
            let id = state.bot_sends(outgoing(chat, content, parameters)?)?;
            Ok(json!({"message_id": id.0}))
        }
        "forwardMessage" => {
            let (author, content) = original(state, parameters)?;
            let mut forwarded = outgoing(chat, content, parameters)?;
            forwarded.forwarded_from = Some(author);
            let id = state.bot_sends(forwarded)?;
            written(state, chat, id)
        }
        _ => {
            let content = content_of(state, method, parameters)?;
            let id = state.bot_sends(outgoing(chat, content, parameters)?)?;
            written(state, chat, id)
        }
    }
}

/// A message as the answer of the method that wrote it.
pub(super) fn written(state: &State, chat: ChatId, id: MessageId) -> Answer {
    let message = state.message(chat, id);
    let message = message.ok_or_else(|| Refusal::bad_request("message not found"))?;
    Ok(state.message_json(message))
}

fn content_of(
    state: &mut State,
    method: &str,
    parameters: &Parameters,
) -> Result<Content, Refusal> {
    match method {
        "sendPhoto" => {
            let caption = words(parameters, "caption", "caption_entities")?;
            let picture = picture(state, parameters, "photo")?;
            Ok(Content::Photo { picture, caption })
        }
        other => match FileKind::ALL.into_iter().find(|it| it.method() == other) {
            Some(kind) => {
                let caption = words(parameters, "caption", "caption_entities")?;
                let file = document(state, parameters, kind.field())?;
                Ok(Content::Document {
                    kind,
                    file,
                    caption,
                })
            }
            None => Ok(Content::Text(words(parameters, "text", "entities")?)),
        },
    }
}

fn outgoing(chat: ChatId, content: Content, parameters: &Parameters) -> Result<Outgoing, Refusal> {
    let reply: Option<SentReply> = parameters.nested("reply_parameters")?;
    Ok(Outgoing {
        chat,
        thread: parameters.integer("message_thread_id").map(ThreadId),
        content,
        reply: reply.map(|reply| ReplyTarget {
            message: MessageId(reply.message_id),
            may_be_missing: reply.allow_sending_without_reply,
        }),
        markup: markup(parameters)?,
        album: None,
        silent: parameters.flag("disable_notification"),
        forwarded_from: None,
    })
}

/// Text or caption, by parse mode or by entities.
pub(super) fn words(
    parameters: &Parameters,
    text_name: &str,
    entities_name: &str,
) -> Result<Formatted, Refusal> {
    let text = parameters.text(text_name).unwrap_or_default();
    match parameters.text("parse_mode").as_deref().unwrap_or_default() {
        "" => {
            let entities = parameters.nested(entities_name)?.unwrap_or_default();
            Ok(Formatted::with_entities(&text, entities))
        }
        mode => parsed(&text, mode),
    }
}

fn parsed(text: &str, mode: &str) -> Result<Formatted, Refusal> {
    if !mode.eq_ignore_ascii_case("html") {
        return Err(Refusal::bad_request("unsupported parse_mode"));
    }
    parse_html(text)
        .map_err(|reason| Refusal::bad_request(format!("can't parse entities: {reason}")))
}

/// The buttons or the prompt under a message.
pub(super) fn markup(parameters: &Parameters) -> Result<Markup, Refusal> {
    let Some(sent) = parameters.nested::<SentMarkup>("reply_markup")? else {
        return Ok(Markup::default());
    };
    let rows = sent.inline_keyboard.unwrap_or_default().into_iter();
    let keyboard: Result<Vec<Vec<Button>>, Refusal> = rows
        .map(|row| row.into_iter().map(button).collect())
        .collect();
    let force_reply = sent.force_reply.then_some(ForceReply {
        selective: sent.selective,
        placeholder: sent.input_field_placeholder,
    });
    let mut keyboard = keyboard?;
    keyboard.retain(|row| !row.is_empty());
    Ok(Markup {
        keyboard,
        force_reply,
    })
}

fn button(sent: SentButton) -> Result<Button, Refusal> {
    if sent.text.is_empty() {
        return Err(Refusal::bad_request("inline keyboard button text is empty"));
    }
    if sent.callback_data.is_none() && sent.url.is_none() && sent.other.is_empty() {
        return Err(Refusal::bad_request(
            "Text buttons are unallowed in the inline keyboard",
        ));
    }
    if sent
        .callback_data
        .as_ref()
        .is_some_and(|data| !(1..=LONGEST_DATA).contains(&data.len()))
    {
        return Err(Refusal::bad_request("BUTTON_DATA_INVALID"));
    }
    Ok(Button {
        label: sent.text,
        data: sent.callback_data,
        url: sent.url,
    })
}

fn picture(state: &mut State, parameters: &Parameters, name: &str) -> Result<Picture, Refusal> {
    let given = parameters.text(name).unwrap_or_else(|| name.to_owned());
    picture_named(state, parameters, &given)
}

/// A picture that was uploaded, or sent before.
pub(super) fn picture_named(
    state: &mut State,
    parameters: &Parameters,
    given: &str,
) -> Result<Picture, Refusal> {
    if let Some(file) = parameters.file(given) {
        if file.bytes.len() > LARGEST_PHOTO {
            return Err(Refusal::bad_request("file is too big"));
        }
        return Ok(state.files.keep_picture(file.clone()));
    }
    state.files.picture(given).ok_or_else(wrong_file)
}

fn document(state: &mut State, parameters: &Parameters, name: &str) -> Result<String, Refusal> {
    let given = parameters.text(name).unwrap_or_else(|| name.to_owned());
    if let Some(file) = parameters.file(&given) {
        let file: StoredFile = file.clone();
        return Ok(state.files.keep(file));
    }
    state
        .files
        .find(&given)
        .map(|(id, _)| id.to_owned())
        .ok_or_else(wrong_file)
}

fn wrong_file() -> Refusal {
    Refusal::bad_request("wrong remote file identifier specified: Wrong character in the string")
}

fn send_album(state: &mut State, chat: ChatId, parameters: &Parameters) -> Answer {
    let items: Vec<SentMedia> = parameters.nested("media")?.unwrap_or_default();
    if !ALBUM_SIZES.contains(&items.len()) {
        return Err(Refusal::bad_request(
            "wrong number of messages in the album",
        ));
    }
    let album = state.fresh().to_string();
    let mut sent = Vec::new();
    for item in items {
        let content = media_content(state, parameters, &item)?;
        let mut message = outgoing(chat, content, parameters)?;
        message.album = Some(album.clone());
        let id = state.bot_sends(message)?;
        sent.push(written(state, chat, id)?);
    }
    Ok(Value::Array(sent))
}

/// The content of one media item.
pub(super) fn media_content(
    state: &mut State,
    parameters: &Parameters,
    item: &SentMedia,
) -> Result<Content, Refusal> {
    let caption = match item.parse_mode.as_deref().filter(|mode| !mode.is_empty()) {
        Some(mode) => parsed(&item.caption, mode)?,
        None => Formatted::typed(&item.caption),
    };
    if item.kind != "photo" {
        return Err(Refusal::bad_request("unsupported media type"));
    }
    let picture = picture_named(state, parameters, &item.media)?;
    Ok(Content::Photo { picture, caption })
}

/// Author and content of the message to copy or forward.
fn original(
    state: &mut State,
    parameters: &Parameters,
) -> Result<(crate::playground::world::PersonId, Content), Refusal> {
    let method_words = "message to copy not found";
    let from = parameters.integer("from_chat_id").map(ChatId);
    let from = from.ok_or_else(|| Refusal::bad_request("chat not found"))?;
    let place = state.bot_chat(from)?;
    let message = parameters
        .message("message_id")
        .and_then(|id| place.messages.get(&id));
    let message = message.filter(|message| message.words().is_some());
    let message = message.ok_or_else(|| Refusal::bad_request(method_words))?;
    Ok((message.sender, message.content.clone()))
}

/// A copy may bring a caption of its own.
fn recaptioned(content: Content, parameters: &Parameters) -> Result<Content, Refusal> {
    if !parameters.has("caption") {
        return Ok(content);
    }
    let caption = words(parameters, "caption", "caption_entities")?;
    Ok(match content {
        Content::Photo { picture, .. } => Content::Photo { picture, caption },
        Content::Document { kind, file, .. } => Content::Document {
            kind,
            file,
            caption,
        },
        other => other,
    })
}

/// The toast.
pub(super) fn answer_press(state: &mut State, parameters: &Parameters) -> Answer {
    let query = parameters.text("callback_query_id").unwrap_or_default();
    let text = parameters.text("text").unwrap_or_default();
    let toast = Toast {
        text,
        alert: parameters.flag("show_alert"),
    };
    state.bot_answers(&query, toast)?;
    Ok(json!(true))
}
