//! What a requester is told privately, from the number to the end.

use chrono::TimeDelta;
use deskbell::playground::{ChatId, MessageId};

use crate::cast::Yard;
use crate::maintenance_desk::full_workflow;
use crate::world::{World, conversations};

conversations! {
    a_requester_hears_of_every_step
    what_is_not_fixed_is_said_privately_and_why
    what_nobody_confirms_closes_and_they_are_told
    a_number_comes_at_once
}

/// Olga has reported something privately, and Jaan claimed it; her chat, and the card.
async fn claimed(world: &World, yard: &Yard) -> (ChatId, MessageId) {
    full_workflow(world, yard).await;
    world.say(yard.chat, yard.olga, "Morning").await;
    let own = world.start(yard.olga).await;
    world.say(own, yard.olga, "The tap of room 204 leaks").await;
    let taken = world.said(own, "Recorded as 0001").id;
    world.press(yard.olga, own, taken, "Maintenance").await;
    let card = world.card(yard.chat, "0001").id;
    world.press(yard.jaan, yard.chat, card, "Claim").await;
    world.said(own, "Jaan has taken 0001");
    (own, card)
}

/// Jaan says that it is done.
async fn done(world: &World, yard: &Yard, card: MessageId) {
    world.press(yard.jaan, yard.chat, card, "Resolve").await;
    let prompt = world.said(yard.chat, "how was 0001 resolved").id;
    world
        .reply(yard.chat, yard.jaan, prompt, "New washer")
        .await;
}

async fn a_requester_hears_of_every_step(world: World) {
    let yard = Yard::open(&world).await;
    let (own, card) = claimed(&world, &yard).await;
    let (chat, jaan) = (yard.chat, yard.jaan);
    world.press(jaan, chat, card, "Start").await;
    world.press(jaan, chat, card, "Block…").await;
    world.press(jaan, chat, card, "Needs a purchase").await;
    let prompt = world.said(chat, "what must be bought for 0001").id;
    world.reply(chat, jaan, prompt, "A washer").await;
    let told = world.said(own, "0001 needs a purchase");
    assert!(told.text.contains("A washer"), "{}", told.text);
    world.press(jaan, chat, card, "Resume").await;
    world.said(own, "0001 goes on, says Jaan");
    done(&world, &yard, card).await;
    let asked = world.said(own, "Is it fixed?");
    assert!(asked.text.contains("New washer"), "{}", asked.text);
    let toast = world.press(yard.olga, own, asked.id, "Confirm").await;
    assert_eq!(toast.text, "👍 Thank you, 0001 is closed");
    assert!(!world.card(chat, "0001").pinned);
    world.finish().await;
}

async fn what_is_not_fixed_is_said_privately_and_why(world: World) {
    let yard = Yard::open(&world).await;
    let (own, card) = claimed(&world, &yard).await;
    done(&world, &yard, card).await;
    let asked = world.said(own, "Is it fixed?").id;
    world.press(yard.olga, own, asked, "Not fixed").await;
    world.said(own, "what is still wrong with 0001");
    world.say(own, yard.olga, "It still drips").await;
    let told = world.said(yard.chat, "Olga has reopened 0001");
    assert!(told.text.contains("It still drips"), "{}", told.text);
    assert!(world.card(yard.chat, "0001").text.contains("in progress"));
    assert_eq!(world.times_said(yard.chat, "0002"), 0, "it is no report");
    world.finish().await;
}

async fn what_nobody_confirms_closes_and_they_are_told(world: World) {
    let yard = Yard::open(&world).await;
    let (own, card) = claimed(&world, &yard).await;
    done(&world, &yard, card).await;
    world.pass(TimeDelta::hours(25)).await;
    world.said(own, "0001 was closed");
    world.finish().await;
}

async fn a_number_comes_at_once(world: World) {
    let yard = Yard::open(&world).await;
    world.say(yard.chat, yard.olga, "Morning").await;
    let own = world.start(yard.olga).await;
    let said = world.say(own, yard.olga, "The gate jams").await;
    let taken = world.answer(own, said);
    assert!(taken.text.contains("Recorded as 0001"), "{}", taken.text);
    world.finish().await;
}
