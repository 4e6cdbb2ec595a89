//! Fifty people press one button at the same moment.

use axum::Json;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use futures_util::future::join_all;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::super::handle::World;
use super::super::world::{
    Button, ChatId, Message, MessageId, PersonId, PressId, Standing, State, Toast, Trick,
};
use super::tour::matches_label;

/// The crowd.
const NAMES: [&str; 50] = [
    "Aino", "Anton", "Artur", "Birgit", "Boris", "Carmen", "Daria", "David", "Diana", "Eduard",
    "Eha", "Elena", "Erik", "Eva", "Fatima", "Georg", "Greta", "Hanna", "Heino", "Henrik", "Ida",
    "Igor", "Ilmar", "Indrek", "Irina", "Ivan", "Jelena", "Kadri", "Kalev", "Karin", "Kristjan",
    "Laura", "Leonid", "Maarja", "Madis", "Marek", "Nadia", "Nikolai", "Oleg", "Omar", "Peeter",
    "Raivo", "Riina", "Sofia", "Tanel", "Tiina", "Urmas", "Vera", "Yusuf", "Zoja",
];

/// Prime, and no divisor of the crowd: the front of the queue wanders.
const STRIDE: i64 = 17;

#[derive(Deserialize)]
pub(super) struct Start {
    chat: i64,
}

/// One racer's outcome.
#[derive(Debug, Serialize)]
struct Racer {
    name: String,
    toast: Option<String>,
    won: bool,
}

/// Lets the crowd press, waits for every answer, and says who won.
pub(super) async fn run(Shared(world): Shared<World>, Json(start): Json<Start>) -> Response {
    let chat = ChatId(start.chat);
    let labels = world.claim_labels().to_vec();
    let started = world.act(|state| {
        let (message, button) = newest_claim(state, chat, &labels)?;
        let data = button.data?;
        state.tried.insert(Trick::Race);
        let mut crowd = crowd(state, chat);
        // Somebody else is first each time.
        let first = usize::try_from(state.fresh() * STRIDE).unwrap_or_default();
        let first = first % crowd.len().max(1);
        crowd.rotate_left(first);
        let presses: Vec<(PersonId, PressId)> = crowd
            .into_iter()
            .filter_map(|person| Some((person, state.press(chat, person, message, &data).ok()?)))
            .collect();
        Some((button.label, presses))
    });
    let Some((label, presses)) = started else {
        let error = "There is no card to claim here yet: raise an incident first.";
        return (StatusCode::CONFLICT, Json(json!({"error": error}))).into_response();
    };
    let toasts = join_all(presses.iter().map(|(_, press)| world.toast(*press))).await;
    let outcomes: Vec<(String, Option<Toast>)> = presses
        .iter()
        .map(|(person, _)| world.look(|state| state.name(*person)))
        .zip(toasts.into_iter().map(Result::ok))
        .collect();
    Json(json!({"label": label, "racers": judge(outcomes)})).into_response()
}

/// The newest button that claims, and its message.
fn newest_claim(state: &State, chat: ChatId, labels: &[String]) -> Option<(MessageId, Button)> {
    let messages = state.chats.get(&chat)?.messages.values().rev();
    let claim = |message: &Message| {
        let mut buttons = message.keyboard.iter().flatten();
        buttons
            .find(|one| one.data.is_some() && matches_label(&one.label, labels))
            .cloned()
    };
    messages
        .filter_map(|message| Some((message.id, claim(message)?)))
        .next()
}

/// The crowd comes in without fifty service messages, and stays for the next race.
fn crowd(state: &mut State, chat: ChatId) -> Vec<PersonId> {
    let present: Vec<PersonId> = state
        .people
        .iter()
        .filter(|(_, person)| person.extra)
        .map(|(id, _)| *id)
        .collect();
    let crowd = if present.is_empty() {
        NAMES.iter().map(|name| state.add_person(name)).collect()
    } else {
        present
    };
    for person in &crowd {
        if let Some(account) = state.people.get_mut(person) {
            account.extra = true;
        }
        if let Some(chat) = state.chats.get_mut(&chat) {
            chat.members.insert(*person, Standing::Member);
        }
    }
    crowd
}

/// The page knows nothing of the desk's rules, so it goes by what people are told: the winner is
/// the one whom the others' toasts name, else the one who was told something nobody else was.
fn judge(outcomes: Vec<(String, Option<Toast>)>) -> Vec<Racer> {
    let text = |toast: &Option<Toast>| toast.as_ref().map(|toast| toast.text.clone());
    let texts: Vec<String> = outcomes
        .iter()
        .filter_map(|(_, toast)| text(toast))
        .collect();
    let named = |name: &str| texts.iter().filter(|text| text.contains(name)).count();
    let most_named = outcomes.iter().map(|(name, _)| (named(name), name)).max();
    let most_named = most_named
        .filter(|(count, _)| *count > 1)
        .map(|(_, name)| name.clone());
    let alone = |toast: &Option<Toast>| {
        let own = text(toast);
        own.is_some_and(|own| texts.iter().filter(|other| **other == own).count() == 1)
    };
    let fallback = outcomes
        .iter()
        .find(|(_, toast)| alone(toast))
        .map(|(name, _)| name.clone());
    let winner = most_named.or(fallback);
    let mut racers: Vec<Racer> = outcomes
        .into_iter()
        .map(|(name, toast)| Racer {
            won: winner.as_ref() == Some(&name),
            toast: toast.map(|toast| toast.text),
            name,
        })
        .collect();
    racers.sort_by_key(|racer| !racer.won);
    racers
}
