//! The events of an incident are its whole truth: whatever people did, they add up to its row.
//!
//! `DESKBELL_SEED` repeats a run that failed.

use actors::domain::{Incident, IncidentId};
use chrono::TimeDelta;
use deskbell::playground::{ChatId, MessageView, PersonId};

use crate::kill_storm::random::{self, Random};
use crate::kill_storm::{say, setting};
use crate::world::{World, conversations};

/// How often somebody does something.
const STEPS: u32 = 80;

conversations! {
    whatever_people_do_the_events_add_up_to_what_is_stored
}

async fn whatever_people_do_the_events_add_up_to_what_is_stored(mut world: World) {
    let seed = setting("DESKBELL_SEED").unwrap_or_else(random::seed);
    say(&format!("DESKBELL_SEED={seed}"));
    let mut random = Random::new(seed);
    let people = ["Mari", "Jaan", "Olga"].map(|name| {
        let username = name.to_lowercase();
        world
            .telegram
            .person(name)
            .username(&username)
            .started()
            .add()
    });
    let chat = world.group("Anything goes", &people).await;
    world.say(chat, people[0], "/new_issue It squeaks").await;
    for _ in 0..STEPS {
        let person = *random.one_of(&people);
        match random.between(0, 10) {
            0 => drop(world.say(chat, person, "/new_issue Something else").await),
            1 | 2 => command(&world, &mut random, chat, person).await,
            3 | 4 => answer(&world, chat, person).await,
            5 => world.pass(TimeDelta::minutes(7)).await,
            6 if random.between(0, 4) == 0 => world.restart().await,
            _ => press(&world, &mut random, chat, person).await,
        }
    }
    let mut events = 0;
    for id in (1..).map(IncidentId) {
        let Some(stored) = world.store().incident(id).await.unwrap() else {
            break;
        };
        let record = world.store().events(id).await.unwrap();
        let replayed = Incident::replay(stored.identity, &record);
        assert_eq!(replayed.as_ref(), Some(&stored), "DESKBELL_SEED={seed}");
        events += record.len();
    }
    assert!(events > 10, "too little happened, DESKBELL_SEED={seed}");
    world.finish().await;
}

async fn command(world: &World, random: &mut Random, chat: ChatId, person: PersonId) {
    let commands = [
        "/comment 0001 Mind the dog",
        "/assign 0001 @jaan",
        "/reopen 0001 It squeaks again",
        "/cancel 0001 It was the wind",
        "/duplicate 0001 0002",
    ];
    let command: &str = random.one_of::<&str>(&commands);
    world.say(chat, person, command).await;
}

/// Answers the newest question, be it one's own or not.
async fn answer(world: &World, chat: ChatId, person: PersonId) {
    let messages = world.telegram.messages(chat);
    let prompt = messages
        .iter()
        .rfind(|message| message.force_reply.is_some());
    if let Some(prompt) = prompt {
        world.reply(chat, person, prompt.id, "Oiled it").await;
    }
}

/// Presses any button that stands on any card.
async fn press(world: &World, random: &mut Random, chat: ChatId, person: PersonId) {
    let messages = world.telegram.messages(chat);
    let cards: Vec<&MessageView> = messages
        .iter()
        .filter(|message| message.text.contains(" · ") && !presses(message).is_empty())
        .collect();
    if cards.is_empty() {
        return;
    }
    let card = random.one_of(&cards);
    let label = random.one_of(&presses(card)).clone();
    let press = world.telegram.press(chat, person, card.id, &label).unwrap();
    world.telegram.toast(press).await.unwrap();
    world.settle().await;
}

/// The buttons that are no links.
fn presses(message: &MessageView) -> Vec<String> {
    let buttons = message.buttons.iter().flatten();
    buttons
        .filter(|button| button.data.is_some())
        .map(|button| button.label.clone())
        .collect()
}
