//! What people do, as Telegram tells it: with all that a real update carries.

use actors::domain::{ChatId, IncidentId, PersonId};
use actors::inbound::{Button, Verb};
use deskbell::telegram::button::encode;
use serde_json::{Value, json};

use crate::telegram::BOT;

/// The first of those who press.
const FIRST: i64 = 5_000_000_001;

/// The person of that number, counted from zero.
pub(crate) fn person(number: usize) -> PersonId {
    PersonId(FIRST + i64::try_from(number).unwrap())
}

/// The group of that number, counted from zero.
pub(crate) fn group(number: usize) -> ChatId {
    ChatId(-1_003_000_000_001 - i64::try_from(number).unwrap())
}

/// What a person is called.
pub(crate) fn name(person: PersonId) -> String {
    format!("Person {}", person.0 - FIRST)
}

/// A press of a button on a card.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Press {
    /// Who.
    pub(crate) by: PersonId,
    /// Where.
    pub(crate) chat: ChatId,
    /// On which message.
    pub(crate) card: i64,
    /// Of which incident.
    pub(crate) incident: IncidentId,
    /// Drawn with which edition.
    pub(crate) edition: i64,
    /// Which button.
    pub(crate) verb: Verb,
}

impl Press {
    /// The update, but for its number.
    pub(crate) fn update(&self, query: u64) -> String {
        let button = |verb| {
            encode(&Button::Card {
                incident: self.incident,
                edition: self.edition,
                verb,
            })
        };
        let text = format!(
            "📣 {:04} · waiting for a claim\nThe barrier of dock 3 does not open, and two trucks \
             wait behind it.\nReported by Person 0 · Maintenance",
            self.incident.0
        );
        let message = json!({
            "message_id": self.card,
            "from": serde_json::from_str::<Value>(BOT).unwrap(),
            "chat": chat(self.chat),
            "date": 1_790_000_000,
            "text": text,
            "entities": [{"type": "bold", "offset": 0, "length": 31}],
            "reply_markup": {"inline_keyboard": [
                [{"text": "✋ Claim", "callback_data": button(Verb::Claim)}],
                [{"text": "Join", "callback_data": button(Verb::Join)},
                 {"text": "Leave", "callback_data": button(Verb::Leave)}],
            ]},
        });
        let press = json!({
            "id": query.to_string(),
            "from": user(self.by),
            "message": message,
            "chat_instance": "-3300119922771166554",
            "data": button(self.verb),
        });
        format!("\"callback_query\":{press}")
    }
}

/// A message in a group, but for the update's number.
pub(crate) fn says(by: PersonId, chat_id: ChatId, message: i64, text: &str) -> String {
    let mut message = json!({
        "message_id": message,
        "from": user(by),
        "chat": chat(chat_id),
        "date": 1_790_000_000,
        "text": text,
    });
    if let Some(command) = text.split(' ').next().filter(|word| word.starts_with('/')) {
        let entity = json!([{"type": "bot_command", "offset": 0, "length": command.len()}]);
        message
            .as_object_mut()
            .unwrap()
            .insert("entities".to_owned(), entity);
    }
    format!("\"message\":{message}")
}

fn user(person: PersonId) -> Value {
    json!({
        "id": person.0,
        "is_bot": false,
        "first_name": name(person),
        "username": format!("person_{}", person.0),
        "language_code": "en",
    })
}

fn chat(chat: ChatId) -> Value {
    json!({"id": chat.0, "title": "Yard", "type": "supergroup"})
}
