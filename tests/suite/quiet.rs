//! Quiet hours: what is not critical waits until they are over, in its order, and nothing is lost.

use chrono::TimeDelta;
use deskbell::playground::MessageId;

use crate::cast::Yard;
use crate::world::{World, conversations};

conversations! {
    what_can_wait_is_said_in_the_morning
    what_is_critical_is_said_at_once
    what_turns_out_critical_waits_no_longer
    nudges_of_a_night_become_one
    who_asks_at_night_is_answered_at_night
    whoever_is_called_for_nothing_is_not_called
    what_is_held_back_survives_a_restart
    quiet_hours_are_set_by_button_and_by_words
    hours_and_holidays_are_set_too
}

/// Jaan and Mari are in Maintenance, and it is ten at night: quiet until seven.
async fn night(world: &World) -> Yard {
    let yard = Yard::open(world).await;
    let crew = [yard.jaan, yard.mari];
    world.enrol(yard.chat, &crew, "Maintenance").await;
    let panel = hours(world, &yard).await;
    world.press(yard.mari, yard.chat, panel, "🌙 22–7").await;
    world.pass(TimeDelta::hours(10)).await;
    yard
}

/// The page about hours, as Mari opens it.
async fn hours(world: &World, yard: &Yard) -> MessageId {
    let asked = world.say(yard.chat, yard.mari, "/settings").await;
    let panel = world.answer(yard.chat, asked).id;
    world.press(yard.mari, yard.chat, panel, "Hours").await;
    panel
}

async fn what_can_wait_is_said_in_the_morning(world: World) {
    let yard = night(&world).await;
    let olga = world.start(yard.olga).await;
    let card = yard.waiting(&world).await;
    assert!(yard.see(&world, card).text.contains("Maintenance"));
    assert_eq!(world.times_said(yard.chat, "0001 is waiting"), 0);
    world.pass(TimeDelta::minutes(5)).await;
    world.press(yard.jaan, yard.chat, card, "Claim").await;
    world.press(yard.jaan, yard.chat, card, "Leave").await;
    assert!(world.heard(olga, "has taken 0001").is_none());
    assert_eq!(world.times_said(yard.chat, "is free again"), 0);
    world.pass(TimeDelta::hours(9)).await;
    world.said(olga, "Jaan has taken 0001");
    let messages = world.telegram.messages(yard.chat);
    let said = |words: &str| messages.iter().position(|it| it.text.contains(words));
    let (new, free) = (said("0001 is waiting"), said("0001 is free again"));
    assert!(new.is_some() && new < free, "{new:?} {free:?}");
    world.finish().await;
}

async fn what_is_critical_is_said_at_once(world: World) {
    let yard = night(&world).await;
    let private = world.telegram.private(yard.mari);
    let card = yard.waiting(&world).await;
    world.press(yard.mari, yard.chat, card, "Urgency").await;
    world.press(yard.mari, yard.chat, card, "critical").await;
    world.pass(TimeDelta::minutes(10)).await;
    world.said(yard.chat, "others are called");
    world
        .press(yard.mari, yard.chat, card, "Change department")
        .await;
    world.press(yard.mari, yard.chat, card, "Kitchen").await;
    world.said(yard.chat, "Kitchen — 0001 is waiting");
    assert!(world.heard(private, "nobody").is_none());
    world.finish().await;
}

async fn what_turns_out_critical_waits_no_longer(world: World) {
    let yard = night(&world).await;
    let card = yard.waiting(&world).await;
    assert_eq!(world.times_said(yard.chat, "0001 is waiting"), 0);
    world.press(yard.mari, yard.chat, card, "Urgency").await;
    world.press(yard.mari, yard.chat, card, "critical").await;
    assert_eq!(world.times_said(yard.chat, "0001 is waiting"), 1);
    world.finish().await;
}

async fn nudges_of_a_night_become_one(world: World) {
    let yard = night(&world).await;
    yard.waiting(&world).await;
    for _ in 0..3 {
        world.pass(TimeDelta::minutes(10)).await;
    }
    assert_eq!(world.times_said(yard.chat, "nobody has claimed"), 0);
    world.pass(TimeDelta::hours(9)).await;
    assert_eq!(world.times_said(yard.chat, "nobody has claimed"), 1);
    let nudge = world.said(yard.chat, "nobody has claimed 0001");
    assert!(nudge.text.contains("for 9 h"), "{}", nudge.text);
    world.finish().await;
}

async fn who_asks_at_night_is_answered_at_night(world: World) {
    let yard = night(&world).await;
    let card = yard.claimed(&world).await;
    world.press(yard.jaan, yard.chat, card, "Resolve").await;
    let prompt = world.said(yard.chat, "how was 0001 resolved").id;
    world.pass(TimeDelta::minutes(5)).await;
    world.said(yard.chat, "left to say how 0001 was resolved");
    world.reply(yard.chat, yard.jaan, prompt, "Oiled it").await;
    assert!(yard.see(&world, card).text.contains("Oiled it"));
    let asked = world.say(yard.chat, yard.olga, "/open").await;
    assert!(
        world
            .answer(yard.chat, asked)
            .text
            .contains("Nothing is open")
    );
    world.pass(TimeDelta::hours(10)).await;
    world.said(yard.chat, "Jaan has resolved 0001");
    world.finish().await;
}

async fn whoever_is_called_for_nothing_is_not_called(world: World) {
    let yard = night(&world).await;
    let card = yard.waiting(&world).await;
    world.pass(TimeDelta::minutes(10)).await;
    world.press(yard.jaan, yard.chat, card, "Claim").await;
    world.pass(TimeDelta::hours(9)).await;
    for words in ["0001 is waiting", "nobody has claimed"] {
        assert_eq!(world.times_said(yard.chat, words), 0, "{words}");
    }
    world.said(yard.chat, "Jaan has taken 0001");
    world.finish().await;
}

async fn what_is_held_back_survives_a_restart(mut world: World) {
    let yard = night(&world).await;
    yard.waiting(&world).await;
    world.restart().await;
    assert_eq!(world.times_said(yard.chat, "0001 is waiting"), 0);
    world.halt().await;
    world.clock.advance(TimeDelta::hours(10));
    world.wake().await;
    world.settle().await;
    assert_eq!(world.times_said(yard.chat, "0001 is waiting"), 1);
    world.finish().await;
}

async fn quiet_hours_are_set_by_button_and_by_words(world: World) {
    let yard = Yard::open(&world).await;
    let (chat, mari) = (yard.chat, yard.mari);
    let panel = hours(&world, &yard).await;
    let see = || world.telegram.message(chat, panel).unwrap().text;
    assert!(see().contains("Quiet hours: none"), "{}", see());
    world.press(mari, chat, panel, "🌙 23–6").await;
    assert!(see().contains("Quiet hours: 23:00–06:00"), "{}", see());
    let toast = world.press(yard.jaan, chat, panel, "Never quiet").await;
    assert!(toast.text.contains("Only a manager"), "{toast:?}");
    world.press(mari, chat, panel, "Never quiet").await;
    assert!(see().contains("Quiet hours: none"), "{}", see());
    world.press(mari, chat, panel, "Other quiet hours").await;
    let prompt = world.said(chat, "when is it to be quiet").id;
    for words in ["at night", "8-23", "Mon 22-6", "22-22"] {
        let answer = world.reply(chat, mari, prompt, words).await;
        let told = world.answer(chat, answer).text;
        assert!(told.contains("I cannot read that"), "{words}: {told}");
    }
    let answer = world.reply(chat, mari, prompt, "21:30 - 6.15").await;
    let told = world.answer(chat, answer).text;
    assert!(told.contains("Quiet hours: 21:30–06:15"), "{told}");
    world.finish().await;
}

async fn hours_and_holidays_are_set_too(world: World) {
    let yard = Yard::open(&world).await;
    let (chat, mari) = (yard.chat, yard.mari);
    let panel = hours(&world, &yard).await;
    world.press(mari, chat, panel, "Estonia").await;
    world.press(mari, chat, panel, "Open…").await;
    let prompt = world.said(chat, "when are you open").id;
    let answer = world.reply(chat, mari, prompt, "E-R 8-17").await;
    let told = world.answer(chat, answer);
    assert!(
        told.text.contains("Open: Mon–Fri 08:00–17:00"),
        "{}",
        told.text
    );
    assert!(told.text.contains("Holidays: Estonia"), "{}", told.text);
    world.press(mari, chat, told.id, "Always open").await;
    world.press(mari, chat, told.id, "No holidays").await;
    let settings = world.config(chat).await.settings;
    assert_eq!(settings.calendar, actors::domain::CalendarPolicy::default());
    world.finish().await;
}
