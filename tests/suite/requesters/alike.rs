//! A report that resembles an open incident: its reporter is asked before there is a second.

use chrono::TimeDelta;
use deskbell::playground::{ChatId, MessageId};

use crate::cast::Yard;
use crate::maintenance_desk::full_workflow;
use crate::world::{World, conversations};

conversations! {
    the_same_is_joined_and_not_made_again
    what_is_another_becomes_an_incident
    without_an_answer_it_becomes_an_incident
    a_private_report_is_asked_about_privately
    only_the_reporter_answers
    what_cannot_wait_does_not
    a_claim_desk_is_not_asked
    guests_hear_nothing_of_others
    it_waits_through_a_restart
    the_same_message_never_makes_two
}

/// A maintenance desk at which Olga has reported a leaking tap.
async fn desk(world: &World) -> Yard {
    let yard = Yard::open(world).await;
    full_workflow(world, &yard).await;
    yard.report(world, "The tap in 204 leaks").await;
    yard
}

/// Jaan reports what looks the same; the question.
async fn asked(world: &World, yard: &Yard) -> MessageId {
    world
        .say(yard.chat, yard.jaan, "/new_issue 204 tap is leaking badly")
        .await;
    world.said(yard.chat, "that looks like 0001").id
}

fn second(world: &World, chat: ChatId) -> bool {
    world.heard(chat, "0002 ·").is_some()
}

async fn the_same_is_joined_and_not_made_again(world: World) {
    let yard = desk(&world).await;
    let question = asked(&world, &yard).await;
    assert!(!second(&world, yard.chat));
    let toast = world
        .press(yard.jaan, yard.chat, question, "The same")
        .await;
    assert_eq!(toast.text, "🤝 You joined 0001");
    let settled = world.telegram.message(yard.chat, question).unwrap();
    assert!(settled.text.contains("You joined 0001"), "{}", settled.text);
    let card = world.card(yard.chat, "0001");
    assert!(
        card.text.contains("204 tap is leaking badly"),
        "{}",
        card.text
    );
    assert!(card.text.contains("1 more reported it"), "{}", card.text);
    world.pass(TimeDelta::minutes(10)).await;
    assert!(!second(&world, yard.chat));
    // Jaan hears what Olga hears.
    world
        .press(yard.olga, yard.chat, card.id, "Choose department")
        .await;
    world
        .press(yard.olga, yard.chat, card.id, "Maintenance")
        .await;
    world.press(yard.mari, yard.chat, card.id, "Claim").await;
    let told = world.times_said(yard.chat, "Mari has taken 0001");
    assert!(told >= 1);
    let told = world.said(yard.chat, "Mari has taken 0001");
    assert!(
        told.text.contains("Jaan") && told.text.contains("Olga"),
        "{}",
        told.text
    );
    world.finish().await;
}

async fn what_is_another_becomes_an_incident(world: World) {
    let yard = desk(&world).await;
    let question = asked(&world, &yard).await;
    let data = world.data(yard.chat, question, "It is another");
    world
        .press(yard.jaan, yard.chat, question, "It is another")
        .await;
    assert!(world.card(yard.chat, "0002").text.contains("leaking badly"));
    let settled = world.telegram.message(yard.chat, question).unwrap();
    assert!(settled.buttons.is_empty(), "{settled:?}");
    let toast = world.press_old(yard.jaan, yard.chat, question, &data).await;
    assert!(toast.contains("already"), "{toast}");
    world.pass(TimeDelta::minutes(10)).await;
    assert!(world.heard(yard.chat, "0003 ·").is_none());
    world.finish().await;
}

async fn without_an_answer_it_becomes_an_incident(world: World) {
    let yard = desk(&world).await;
    asked(&world, &yard).await;
    world.pass(TimeDelta::minutes(2)).await;
    assert!(!second(&world, yard.chat));
    world.pass(TimeDelta::seconds(61)).await;
    let card = world.card(yard.chat, "0002");
    assert!(card.text.contains("leaking badly") && card.pinned);
    world.finish().await;
}

async fn a_private_report_is_asked_about_privately(world: World) {
    let yard = desk(&world).await;
    world.say(yard.chat, yard.jaan, "Morning").await;
    let own = world.start(yard.jaan).await;
    world.say(own, yard.jaan, "Tap leaking in 204!").await;
    let question = world.said(own, "that looks like 0001").id;
    world.press(yard.jaan, own, question, "The same").await;
    world.said(own, "You joined 0001");
    assert!(
        world
            .card(yard.chat, "0001")
            .text
            .contains("Tap leaking in 204!")
    );
    world.say(own, yard.jaan, "Tap in 204 leaks again").await;
    world.pass(TimeDelta::minutes(4)).await;
    world.said(own, "Recorded as 0002");
    assert!(second(&world, yard.chat));
    world.finish().await;
}

async fn only_the_reporter_answers(world: World) {
    let yard = desk(&world).await;
    let question = asked(&world, &yard).await;
    for button in ["The same", "It is another"] {
        let toast = world.press(yard.olga, yard.chat, question, button).await;
        assert!(toast.text.contains("for somebody else"), "{}", toast.text);
    }
    assert!(!second(&world, yard.chat));
    world
        .press(yard.jaan, yard.chat, question, "The same")
        .await;
    world.finish().await;
}

async fn what_cannot_wait_does_not(world: World) {
    let yard = Yard::open(&world).await;
    full_workflow(&world, &yard).await;
    yard.report(&world, "Smoke in 204").await;
    world
        .say(
            yard.chat,
            yard.jaan,
            "/new_issue Smoke in 204, it is on fire",
        )
        .await;
    assert!(second(&world, yard.chat));
    world.finish().await;
}

async fn a_claim_desk_is_not_asked(world: World) {
    let yard = Yard::open(&world).await;
    yard.report(&world, "The tap in 204 leaks").await;
    world
        .say(yard.chat, yard.jaan, "/new_issue The tap in 204 leaks")
        .await;
    assert!(second(&world, yard.chat));
    world.finish().await;
}

async fn guests_hear_nothing_of_others(world: World) {
    let yard = desk(&world).await;
    world.say(yard.chat, yard.mari, "/qr Room 204").await;
    let group = world.config(yard.chat).await.id;
    let place = world.store().place_named(group, "room 204").await;
    let payload = place.unwrap().unwrap().payload();
    let guest = world.telegram.person("Greta").add();
    let own = world.telegram.private(guest);
    world.say(own, guest, &format!("/start {payload}")).await;
    world.say(own, guest, "The tap leaks").await;
    assert!(world.heard(own, "looks like").is_none());
    world.said(own, "Recorded as 0002");
    world.finish().await;
}

async fn it_waits_through_a_restart(mut world: World) {
    let yard = desk(&world).await;
    asked(&world, &yard).await;
    world.restart().await;
    assert!(!second(&world, yard.chat));
    world.pass(TimeDelta::minutes(4)).await;
    world.restart().await;
    world.pass(TimeDelta::minutes(4)).await;
    assert!(second(&world, yard.chat));
    assert!(world.heard(yard.chat, "0003 ·").is_none());
    world.finish().await;
}

async fn the_same_message_never_makes_two(world: World) {
    let yard = desk(&world).await;
    let said = world.say(yard.chat, yard.jaan, "204 tap is leaking").await;
    world.reply(yard.chat, yard.jaan, said, "/new_issue").await;
    world.reply(yard.chat, yard.mari, said, "/new_issue").await;
    world.pass(TimeDelta::minutes(10)).await;
    assert!(second(&world, yard.chat));
    assert!(world.heard(yard.chat, "0003 ·").is_none());
    world.finish().await;
}
