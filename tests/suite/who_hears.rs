//! Who hears what: people concerned, once, where they can be reached, and nobody of their own doing.

use chrono::TimeDelta;
use deskbell::playground::{EntityKind, MessageView, PersonId};

use crate::cast::Yard;
use crate::world::{World, conversations};

conversations! {
    who_started_the_bot_hears_privately
    who_did_not_is_mentioned_in_the_group
    who_blocked_the_bot_is_mentioned_instead
    who_cannot_be_reached_after_all_is_mentioned_instead
    who_comes_back_hears_privately_again
    twelve_members_are_called_five_names_a_message
    an_empty_department_is_called_by_its_name
    nobody_hears_of_their_own_doing
    the_transferred_and_the_new_department_hear
    a_private_chat_speaks_its_persons_language
}

async fn who_started_the_bot_hears_privately(world: World) {
    let yard = Yard::open(&world).await;
    let private = world.start(yard.olga).await;
    yard.resolved(&world).await;
    world.said(private, "Jaan has taken 0001");
    let resolved = world.said(private, "Jaan has resolved 0001");
    assert!(resolved.text.contains("Oiled the hinge"));
    assert_eq!(world.times_said(yard.chat, "👉 Olga"), 0);
    world.finish().await;
}

async fn who_did_not_is_mentioned_in_the_group(world: World) {
    let yard = Yard::open(&world).await;
    yard.resolved(&world).await;
    for news in ["Jaan has taken 0001", "Jaan has resolved 0001"] {
        let told = world.said(yard.chat, news);
        assert!(told.text.contains("👉 Olga"), "{}", told.text);
        assert_eq!(mentions(&told, &[yard.olga]), 1);
    }
    world.finish().await;
}

async fn who_blocked_the_bot_is_mentioned_instead(world: World) {
    let yard = Yard::open(&world).await;
    let private = world.start(yard.olga).await;
    let card = yard.waiting(&world).await;
    world.telegram.block(yard.olga);
    world.settle().await;
    world.press(yard.jaan, yard.chat, card, "Claim").await;
    assert!(
        world
            .said(yard.chat, "Jaan has taken 0001")
            .text
            .contains("👉 Olga")
    );
    assert!(world.heard(private, "has taken").is_none());
    world.finish().await;
}

async fn who_cannot_be_reached_after_all_is_mentioned_instead(mut world: World) {
    let yard = Yard::open(&world).await;
    world.start(yard.olga).await;
    let card = yard.waiting(&world).await;
    world.press(yard.jaan, yard.chat, card, "Claim").await;
    world.halt().await;
    world.telegram.block(yard.olga);
    // Telegram forgets an update after a day, so the desk does not hear of it.
    world.clock.advance(TimeDelta::hours(25));
    world.wake().await;
    world.press(yard.jaan, yard.chat, card, "Leave").await;
    world.press(yard.mari, yard.chat, card, "Claim").await;
    assert!(
        world
            .said(yard.chat, "Mari has taken 0001")
            .text
            .contains("👉 Olga")
    );
    world.finish().await;
}

async fn who_comes_back_hears_privately_again(world: World) {
    let yard = Yard::open(&world).await;
    let private = world.start(yard.olga).await;
    let card = yard.waiting(&world).await;
    world.telegram.block(yard.olga);
    world.settle().await;
    world.telegram.unblock(yard.olga);
    world.settle().await;
    world.press(yard.jaan, yard.chat, card, "Claim").await;
    world.said(private, "Jaan has taken 0001");
    assert!(world.heard(yard.chat, "has taken").is_none());
    world.finish().await;
}

async fn twelve_members_are_called_five_names_a_message(world: World) {
    let members: Vec<PersonId> = (0..12)
        .map(|number| world.telegram.person(&format!("Member{number:02}")).add())
        .collect();
    let yard = Yard::with(&world, &members).await;
    world.enrol(yard.chat, &members, "Maintenance").await;
    yard.waiting(&world).await;

    let calls = calls(&world, &yard, "0001 is waiting");
    let named: Vec<usize> = calls.iter().map(|call| mentions(call, &members)).collect();
    assert_eq!(named, [5, 5, 2]);
    world.pass(TimeDelta::minutes(10)).await;
    let nudges = self::calls(&world, &yard, "nobody has claimed 0001");
    let named: Vec<usize> = nudges.iter().map(|call| mentions(call, &members)).collect();
    assert_eq!(named, [5, 5, 2]);
    world.finish().await;
}

async fn an_empty_department_is_called_by_its_name(world: World) {
    let yard = Yard::open(&world).await;
    yard.waiting(&world).await;
    let call = world.said(yard.chat, "0001 is waiting");
    assert!(call.text.starts_with("🔔 Maintenance — "), "{}", call.text);
    assert!(!call.silent);
    world.finish().await;
}

async fn nobody_hears_of_their_own_doing(world: World) {
    let yard = Yard::open(&world).await;
    let (chat, jaan) = (yard.chat, yard.jaan);
    world.enrol(chat, &[jaan, yard.mari], "Maintenance").await;
    let private = world.start(jaan).await;
    let before = world.telegram.messages(private).len();
    let said = world.say(chat, jaan, "/new_issue The gate squeaks").await;
    let card = world.answer(chat, said).id;
    world.press(jaan, chat, card, "Choose department").await;
    world.press(jaan, chat, card, "Maintenance").await;
    let call = world.said(chat, "0001 is waiting");
    assert_eq!(mentions(&call, &[jaan]), 0);
    assert_eq!(mentions(&call, &[yard.mari]), 1);
    world.press(jaan, chat, card, "Claim").await;
    world.press(jaan, chat, card, "Resolve").await;
    let prompt = world.said(chat, "how was 0001 resolved").id;
    world.reply(chat, jaan, prompt, "Oiled it").await;
    world.say(chat, jaan, "/reopen 0001 It squeaks").await;
    world.say(chat, jaan, "/cancel 0001 Never mind").await;
    assert_eq!(world.telegram.messages(private).len(), before);
    assert_eq!(world.times_said(chat, "👉 Jaan"), 0);
    world.finish().await;
}

async fn the_transferred_and_the_new_department_hear(world: World) {
    let cook = world.telegram.person("Anna").add();
    let yard = Yard::with(&world, &[cook]).await;
    let chat = yard.chat;
    world.enrol(chat, &[cook], "Kitchen").await;
    let private = world.start(yard.jaan).await;
    let card = yard.claimed(&world).await;
    world
        .press(yard.mari, chat, card, "Change department")
        .await;
    world.press(yard.mari, chat, card, "Kitchen").await;
    world.said(private, "Mari passed 0001 on to Kitchen");
    let call = world.said(chat, "0001 is waiting");
    assert_eq!(mentions(&call, &[cook]), 1);
    let reporter = world.said(chat, "Mari passed 0001 on to Kitchen");
    assert!(reporter.text.contains("👉 Olga"), "{}", reporter.text);
    world.finish().await;
}

async fn a_private_chat_speaks_its_persons_language(world: World) {
    let yard = Yard::open(&world).await;
    let liis = world.telegram.person("Liis").language("et").add();
    let other = world.group("Southgate Yard", &[yard.mari, liis]).await;
    let private = world.start(liis).await;
    let said = world.say(other, liis, "/new_issue Uks kriuksub").await;
    let card = world.answer(other, said).id;
    world.press(liis, other, card, "Choose department").await;
    world.press(liis, other, card, "Maintenance").await;
    world.press(yard.mari, other, card, "Claim").await;
    let told = world.said(private, "Mari");
    assert!(!told.text.contains("has taken"), "{}", told.text);
    assert!(told.text.contains("0001"));
    world.finish().await;
}

/// The bot's messages with these words.
fn calls(world: &World, yard: &Yard, words: &str) -> Vec<MessageView> {
    let mut messages = world.telegram.messages(yard.chat);
    messages.retain(|message| message.from_bot && message.text.contains(words));
    messages
}

/// How many of these people a message mentions so that Telegram tells them.
pub(crate) fn mentions(message: &MessageView, people: &[PersonId]) -> usize {
    let called = |person: &&PersonId| {
        let kind = EntityKind::TextMention(person.0);
        message.entities.iter().any(|entity| entity.kind == kind)
    };
    people.iter().filter(called).count()
}
