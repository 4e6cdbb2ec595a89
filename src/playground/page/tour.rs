//! What to try: a short tour that ticks itself off.

use chrono::TimeDelta;
use serde::Serialize;

use super::super::Scene;
use super::super::formatted::EntityKind;
use super::super::world::{BOT, ChatKind, Message, Press, State, Trick};

/// Commands that raise an incident.
const RAISING: [&str; 3] = ["/new_issue", "/ticket", "/new"];

/// One thing to try.
#[derive(Debug, Serialize)]
pub(super) struct Step {
    title: &'static str,
    hint: &'static str,
    done: bool,
}

/// The tour, and how far it has come.
pub(super) fn steps(state: &State, scene: Scene, claim_labels: &[String]) -> Vec<Step> {
    match scene {
        Scene::Hotel => of_the_hotel(state),
        Scene::Empty | Scene::Yard => of_the_yard(state, claim_labels),
    }
}

/// A week lies behind the hotel: what is new since then is told by the clock having been moved.
fn of_the_hotel(state: &State) -> Vec<Step> {
    let asked = |command: &str| people_said(state, |_, message| begins_with(message, command));
    let done = |words: &str| {
        let presses = state.presses.values();
        let labels = presses.filter_map(|press| press.label.as_ref());
        labels.into_iter().any(|label| label.contains(words))
    };
    vec![
        Step {
            title: "Look at the week",
            hint: "As Helena, send /report week in Hotel Aurora.",
            done: asked("/report"),
        },
        Step {
            title: "Take it away",
            hint: "Press Excel table below the picture.",
            done: done("Excel"),
        },
        Step {
            title: "See what is left",
            hint: "Send /open, and press one of them.",
            done: asked("/open"),
        },
        Step {
            title: "Report something",
            hint: "As Anu, write to Deskbell in private what is wrong, and where.",
            done: people_said(state, |state, message| {
                let lately = state.now() - message.date < TimeDelta::hours(1);
                let chat = state.chats.get(&message.chat);
                lately && chat.is_some_and(|chat| chat.kind == ChatKind::Private)
            }),
        },
        Step {
            title: "Be called",
            hint: "As Helena, rate it critical, move the clock on by 15 minutes, and acknowledge.",
            done: done("Acknowledge"),
        },
    ]
}

fn begins_with(message: &Message, command: &str) -> bool {
    let words = message.words();
    words.is_some_and(|words| words.text.starts_with(command))
}

fn of_the_yard(state: &State, claim_labels: &[String]) -> Vec<Step> {
    let claims: Vec<&Press> = state
        .presses
        .values()
        .filter(|press| is_claim(press, claim_labels))
        .collect();
    let contested = claims.iter().any(|one| {
        claims
            .iter()
            .any(|two| one.message == two.message && one.person != two.person)
    });
    let done_alone = |trick| state.tried.contains(&trick);
    vec![
        Step {
            title: "Set the desk up",
            hint: "As Mari, use the buttons under Deskbell's first message.",
            done: state.presses.values().any(|press| press.answer.is_some()),
        },
        Step {
            title: "Raise an incident",
            hint: "Reply to Olga's message with /new_issue.",
            done: people_said(state, |_, message| raises(message)),
        },
        Step {
            title: "Claim it",
            hint: "Switch to Jaan (key 2) and press Claim.",
            done: !claims.is_empty(),
        },
        Step {
            title: "Come too late",
            hint: "Press Claim on the same card as somebody else.",
            done: contested,
        },
        Step {
            title: "Answer a prompt",
            hint: "Press Resolve, then write the summary as a reply.",
            done: people_said(state, answers_prompt),
        },
        Step {
            title: "Talk in private",
            hint: "Open the chat with Deskbell and send /my.",
            done: people_said(state, |state, message| {
                let chat = state.chats.get(&message.chat);
                let greeting = message.words().is_some_and(|it| it.text == "/start");
                !greeting && chat.is_some_and(|chat| chat.kind == ChatKind::Private)
            }),
        },
        Step {
            title: "Race of 50",
            hint: "Raise another one, and let fifty people press at once.",
            done: done_alone(Trick::Race),
        },
        Step {
            title: "Let time pass",
            hint: "Leave an incident unclaimed and move the clock on.",
            done: done_alone(Trick::Clock),
        },
    ]
}

fn is_claim(press: &Press, claim_labels: &[String]) -> bool {
    press
        .label
        .as_ref()
        .is_some_and(|label| matches_label(label, claim_labels))
}

/// Whether a button's label contains one of these words.
pub(super) fn matches_label(label: &str, wanted: &[String]) -> bool {
    let label = label.to_lowercase();
    wanted
        .iter()
        .any(|wanted| label.contains(&wanted.to_lowercase()))
}

fn people_said(state: &State, wanted: impl Fn(&State, &Message) -> bool) -> bool {
    let messages = state.chats.values().flat_map(|chat| chat.messages.values());
    messages
        .filter(|message| message.sender != BOT)
        .any(|message| wanted(state, message))
}

fn raises(message: &Message) -> bool {
    let Some(words) = message.words() else {
        return false;
    };
    let mut commands = words
        .entities
        .iter()
        .filter(|entity| entity.kind == EntityKind::BotCommand);
    commands.any(|entity| {
        let command = words.under(entity);
        RAISING.contains(&command.split('@').next().unwrap_or_default())
    })
}

fn answers_prompt(state: &State, message: &Message) -> bool {
    let replied = message
        .reply_to
        .and_then(|id| state.message(message.chat, id));
    replied.is_some_and(|replied| replied.force_reply.is_some())
}
