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
    a_claim_desk_that_wants_it_is_asked
    a_claim_desk_of_before_is_not_asked
    whoever_reported_the_same_confirms_and_the_first_word_counts
    whoever_reported_the_same_says_that_it_is_not_fixed
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

/// Mari says by a button whether reports that look alike are asked about.
async fn ask_about_repeats(world: &World, yard: &Yard, button: &str) {
    let asked = world.say(yard.chat, yard.mari, "/settings").await;
    let panel = world.answer(yard.chat, asked).id;
    world.press(yard.mari, yard.chat, panel, button).await;
}

/// A message that is answered is asked about likewise; what is claimed meanwhile is joined all the
/// same, and nothing dangerous waits.
async fn a_claim_desk_that_wants_it_is_asked(world: World) {
    let yard = Yard::open(&world).await;
    ask_about_repeats(&world, &yard, "Ask about repeats").await;
    let card = yard.report(&world, "The tap in 204 leaks").await;
    let said = world.say(yard.chat, yard.jaan, "204 tap is leaking").await;
    world.reply(yard.chat, yard.jaan, said, "/new_issue").await;
    let question = world.said(yard.chat, "that looks like 0001").id;
    assert!(!second(&world, yard.chat));
    world
        .press(yard.olga, yard.chat, card, "Choose department")
        .await;
    world.press(yard.olga, yard.chat, card, "Maintenance").await;
    world.press(yard.mari, yard.chat, card, "Claim").await;
    world
        .press(yard.jaan, yard.chat, question, "The same")
        .await;
    world.pass(TimeDelta::minutes(4)).await;
    assert!(!second(&world, yard.chat));
    // Jaan hears what Olga hears, to the end.
    world.press(yard.mari, yard.chat, card, "Resolve").await;
    let prompt = world.said(yard.chat, "how was 0001 resolved").id;
    world
        .reply(yard.chat, yard.mari, prompt, "New washer")
        .await;
    let told = world.said(yard.chat, "Mari has resolved 0001");
    assert!(told.text.contains("Jaan"), "{}", told.text);

    ask_about_repeats(&world, &yard, "Do not ask").await;
    yard.report(&world, "The lamp in 117 flickers").await;
    yard.report(&world, "The lamp in 117 flickers").await;
    world.card(yard.chat, "0003");
    world.finish().await;
}

/// The tap leaks at a maintenance desk, twice; Mari has mended it, and Jaan and Olga have started
/// the bot. The private chats of the two.
async fn mended(world: &World) -> (Yard, ChatId, ChatId) {
    let yard = desk(world).await;
    let (jaans, olgas) = (world.start(yard.jaan).await, world.start(yard.olga).await);
    let question = asked(world, &yard).await;
    world
        .press(yard.jaan, yard.chat, question, "The same")
        .await;
    let card = world.card(yard.chat, "0001").id;
    world
        .press(yard.olga, yard.chat, card, "Choose department")
        .await;
    world.press(yard.olga, yard.chat, card, "Maintenance").await;
    for button in ["Claim", "Resolve"] {
        world.press(yard.mari, yard.chat, card, button).await;
    }
    let prompt = world.said(yard.chat, "how was 0001 resolved").id;
    world
        .reply(yard.chat, yard.mari, prompt, "New washer")
        .await;
    (yard, jaans, olgas)
}

async fn whoever_reported_the_same_confirms_and_the_first_word_counts(world: World) {
    let (yard, jaans, olgas) = mended(&world).await;
    let question = |chat| world.said(chat, "says 0001 is done").id;
    let (jaan, olga) = (question(jaans), question(olgas));
    let toast = world.press(yard.jaan, jaans, jaan, "Confirm").await;
    assert!(toast.text.contains("0001"), "{toast:?}");
    assert!(world.card(yard.chat, "0001").text.contains("confirmed"));
    let toast = world.press(yard.olga, olgas, olga, "Confirm").await;
    assert!(toast.text.contains("confirmed by Jaan"), "{toast:?}");
    world.finish().await;
}

async fn whoever_reported_the_same_says_that_it_is_not_fixed(world: World) {
    let (yard, jaans, olgas) = mended(&world).await;
    let question = world.said(jaans, "says 0001 is done").id;
    world.press(yard.jaan, jaans, question, "Not fixed").await;
    let prompt = world.said(jaans, "0001").id;
    world
        .reply(jaans, yard.jaan, prompt, "It still drips")
        .await;
    let told = world.said(olgas, "It still drips");
    assert!(told.text.contains("Jaan"), "{}", told.text);
    let question = world.said(olgas, "says 0001 is done").id;
    let toast = world.press(yard.olga, olgas, question, "Confirm").await;
    assert!(!toast.text.is_empty(), "{toast:?}");
    let card = world.card(yard.chat, "0001").text;
    assert!(card.contains("in progress"), "{card}");
    world.finish().await;
}

/// Nobody has said whether it wants to be.
async fn a_claim_desk_of_before_is_not_asked(world: World) {
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
