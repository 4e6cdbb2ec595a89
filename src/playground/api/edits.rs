//! `edit*`, `deleteMessage*`, `pin*` and `unpin*`.

use serde_json::json;

use super::parameters::Parameters;
use super::sends::{SentMedia, markup, media_content, words, written};
use super::{Answer, Refusal, State, chat_of};
use crate::playground::world::{Change, Content, MessageId};

/// Every method that changes a message the bot sent.
pub(super) fn edit(state: &mut State, method: &str, parameters: &Parameters) -> Answer {
    let chat = chat_of(parameters)?;
    let id = message_of(parameters)?;
    let change = match method {
        "editMessageText" => Change::Text(words(parameters, "text", "entities")?),
        "editMessageCaption" => Change::Caption(words(parameters, "caption", "caption_entities")?),
        "editMessageMedia" => new_media(state, parameters)?,
        _ => Change::Keyboard,
    };
    let keyboard = markup(parameters)?.keyboard;
    state.bot_edits(chat, id, change, keyboard)?;
    written(state, chat, id)
}

fn new_media(state: &mut State, parameters: &Parameters) -> Result<Change, Refusal> {
    let media: Option<SentMedia> = parameters.nested("media")?;
    let media = media.ok_or_else(|| Refusal::bad_request("input media not specified"))?;
    match media_content(state, parameters, &media)? {
        Content::Photo { picture, caption } => Ok(Change::Photo(picture, caption)),
        _ => Err(Refusal::bad_request("unsupported media type")),
    }
}

/// Pins, unpins and deletions.
pub(super) fn pin_or_delete(state: &mut State, method: &str, parameters: &Parameters) -> Answer {
    let chat = chat_of(parameters)?;
    match method {
        "pinChatMessage" => state.bot_pins(chat, message_of(parameters)?)?,
        "unpinChatMessage" => state.bot_unpins(chat, parameters.message("message_id"))?,
        "unpinAllChatMessages" => state.bot_unpins_all(chat)?,
        "deleteMessages" => {
            let ids: Vec<i64> = parameters.nested("message_ids")?.unwrap_or_default();
            for id in ids {
                // Telegram skips those that cannot be deleted.
                let _skipped = state.bot_deletes(chat, MessageId(id)).is_err();
            }
        }
        _ => state.bot_deletes(chat, message_of(parameters)?)?,
    }
    Ok(json!(true))
}

fn message_of(parameters: &Parameters) -> Result<MessageId, Refusal> {
    let missing = || Refusal::bad_request("message identifier is not specified");
    parameters.message("message_id").ok_or_else(missing)
}
