//! What the page's buttons do.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State as Shared};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::json;

use super::super::formatted::Formatted;
use super::super::handle::World;
use super::super::world::{
    BOT, ChatId, Content, Draft, Fault, MessageId, Misuse, PersonId, Standing, StoredFile, Trick,
};

/// The clock moves by at most this much at once.
const LONGEST_STEP: i64 = 24 * 60;
/// How long "Telegram down" lasts.
const OUTAGE: TimeDelta = TimeDelta::seconds(10);
/// What a 429 from the weather menu asks for.
const RETRY_AFTER: i64 = 5;

/// A mistake of the visitor's, or of the page's, in words.
struct Unable(Misuse);

impl IntoResponse for Unable {
    fn into_response(self) -> Response {
        let body = json!({"error": self.0.to_string()});
        (StatusCode::CONFLICT, Json(body)).into_response()
    }
}

fn answer<T>(result: Result<T, Misuse>) -> Response {
    match result {
        Ok(_) => Json(json!({})).into_response(),
        Err(misuse) => Unable(misuse).into_response(),
    }
}

#[derive(Deserialize)]
pub(super) struct Said {
    person: i64,
    chat: i64,
    text: String,
    reply_to: Option<i64>,
}

/// Writes.
pub(super) async fn say(Shared(world): Shared<World>, Json(said): Json<Said>) -> Response {
    let draft = Draft {
        reply_to: said.reply_to.map(MessageId),
        ..Draft::text(said.text.trim())
    };
    answer(world.act(|state| state.post(ChatId(said.chat), PersonId(said.person), draft)))
}

#[derive(Deserialize)]
pub(super) struct Edited {
    person: i64,
    chat: i64,
    message: i64,
    text: String,
}

/// Changes one's own words.
pub(super) async fn edit(Shared(world): Shared<World>, Json(edited): Json<Edited>) -> Response {
    let (chat, person) = (ChatId(edited.chat), PersonId(edited.person));
    let message = MessageId(edited.message);
    answer(world.act(|state| state.edit_own(chat, person, message, edited.text.trim())))
}

#[derive(Deserialize)]
pub(super) struct Pictured {
    person: i64,
    chat: i64,
    #[serde(default)]
    caption: String,
    reply_to: Option<i64>,
}

/// Sends a photo; its bytes are the body.
pub(super) async fn photo(
    Shared(world): Shared<World>,
    Query(pictured): Query<Pictured>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Response {
    let media_type = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    // Anything else could be sent by a stranger's form, or could be run when shown.
    let Some(media_type @ ("image/png" | "image/jpeg")) = media_type else {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    };
    let file = StoredFile {
        name: "photo".to_owned(),
        media_type: media_type.to_owned(),
        bytes: bytes.to_vec(),
    };
    let caption = Formatted::typed(pictured.caption.trim());
    answer(world.act(|state| {
        let picture = state.files.keep_picture(file);
        let content = Content::Photo { picture, caption };
        let draft = Draft {
            reply_to: pictured.reply_to.map(MessageId),
            ..Draft::of(content)
        };
        state.post(ChatId(pictured.chat), PersonId(pictured.person), draft)
    }))
}

#[derive(Deserialize)]
pub(super) struct Pressed {
    person: i64,
    chat: i64,
    message: i64,
    data: String,
}

/// Presses, and answers with the toast when it comes.
pub(super) async fn press(Shared(world): Shared<World>, Json(pressed): Json<Pressed>) -> Response {
    let (chat, person) = (ChatId(pressed.chat), PersonId(pressed.person));
    let message = MessageId(pressed.message);
    let press = world.act(|state| state.press(chat, person, message, &pressed.data));
    let press = match press {
        Ok(press) => press,
        Err(misuse) => return Unable(misuse).into_response(),
    };
    match world.toast(press).await {
        Ok(toast) => Json(json!({"text": toast.text, "alert": toast.alert})).into_response(),
        Err(_) => Json(json!({"silent": true})).into_response(),
    }
}

#[derive(Deserialize)]
pub(super) struct Started {
    person: i64,
}

/// Presses Start in the private chat.
pub(super) async fn start(Shared(world): Shared<World>, Json(started): Json<Started>) -> Response {
    answer(world.act(|state| {
        let person = PersonId(started.person);
        let chat = state.private_chat(person);
        state.post(chat, person, Draft::text("/start"))
    }))
}

#[derive(Deserialize)]
pub(super) struct Step {
    minutes: i64,
}

/// Moves the desk's clock on.
pub(super) async fn clock(Shared(world): Shared<World>, Json(step): Json<Step>) -> Response {
    let step = TimeDelta::minutes(step.minutes.clamp(0, LONGEST_STEP));
    if !world.advance(step) {
        return StatusCode::NOT_IMPLEMENTED.into_response();
    }
    world.act(|state| state.tried.insert(Trick::Clock));
    Json(json!({})).into_response()
}

/// A change of weather.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub(super) enum Change {
    Down,
    TooMany,
    LostReply,
    DuplicatePresses { on: bool },
    PinRight { chat: i64, on: bool },
    Clear,
}

/// Switches a fault on or off.
pub(super) async fn weather(Shared(world): Shared<World>, Json(change): Json<Change>) -> Response {
    let result = world.act(|state| {
        state.tried.insert(Trick::Weather);
        match change {
            Change::Down => state.weather.down_until = Some(state.now() + OUTAGE),
            Change::TooMany => {
                state
                    .weather
                    .fail_next(None, 1, Fault::TooManyRequests(RETRY_AFTER))
            }
            Change::LostReply => state.weather.fail_next(None, 1, Fault::ReplyLost),
            Change::DuplicatePresses { on } => state.weather.duplicate_presses = on,
            Change::PinRight { chat, on } => {
                let chat = ChatId(chat);
                let owner = state.chats.get(&chat).and_then(|chat| {
                    let mut members = chat.members.iter();
                    members.find(|(_, standing)| **standing == Standing::Owner)
                });
                let owner = owner.map_or(BOT, |(person, _)| *person);
                return state.set_bot_pin_right(chat, owner, on);
            }
            Change::Clear => state.weather.clear(),
        }
        Ok(())
    });
    answer(result)
}
