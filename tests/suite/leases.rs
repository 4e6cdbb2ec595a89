//! A claim is a lease, and what is on hold is come back to.

use actors::domain::Stage;
use chrono::TimeDelta;
use deskbell::playground::MessageId;

use crate::cast::Yard;
use crate::maintenance_desk::full_workflow;
use crate::world::{World, conversations};

conversations! {
    the_day_that_was_named_is_come_back_to
    any_day_may_be_written
    what_waits_without_a_date_is_asked_after
    whoever_is_silent_is_asked_and_then_loses_it
    how_long_it_lasts_is_set_by_a_button
    a_tap_keeps_it
    it_is_handed_over_by_a_tap
    a_lease_that_ends_while_the_desk_is_down_ends_once
}

const STILL: &str = "Are you still on 0001?";

/// Olga has reported, Jaan works on it.
async fn in_progress(world: &World) -> (Yard, MessageId) {
    let yard = Yard::open(world).await;
    full_workflow(world, &yard).await;
    let card = yard.claimed(world).await;
    world.press(yard.jaan, yard.chat, card, "Start").await;
    (yard, card)
}

/// And cannot go on.
async fn on_hold(world: &World) -> (Yard, MessageId) {
    let (yard, card) = in_progress(world).await;
    let (chat, jaan) = (yard.chat, yard.jaan);
    world.press(jaan, chat, card, "Block…").await;
    world.press(jaan, chat, card, "Needs a purchase").await;
    let prompt = world.said(chat, "what must be bought for 0001").id;
    world.reply(chat, jaan, prompt, "A new hinge").await;
    (yard, card)
}

async fn the_day_that_was_named_is_come_back_to(world: World) {
    let (yard, card) = on_hold(&world).await;
    let asked = world.said(yard.chat, "when shall I come back to 0001").id;
    let toast = world.press(yard.olga, yard.chat, asked, "In a week").await;
    assert!(
        toast.text.contains("Only those who work on 0001"),
        "{toast:?}"
    );
    let toast = world.press(yard.jaan, yard.chat, asked, "In a week").await;
    assert!(toast.text.contains("I come back to 0001"), "{toast:?}");
    assert!(yard.see(&world, card).text.contains("To go on"));
    world.pass(TimeDelta::days(8)).await;
    let woken = world.said(yard.chat, "the day you named has come");
    assert!(woken.text.contains("Jaan"), "{}", woken.text);
    world.press(yard.jaan, yard.chat, woken.id, "Resume").await;
    let incident = world.incident(yard.chat, 1).await;
    assert!(matches!(incident.stage, Stage::InProgress(_)));
    assert!(incident.pauses.iter().all(|pause| pause.until.is_some()));
    world.finish().await;
}

async fn any_day_may_be_written(world: World) {
    let (yard, card) = on_hold(&world).await;
    let asked = world.said(yard.chat, "when shall I come back to 0001").id;
    world
        .press(yard.jaan, yard.chat, asked, "Another date…")
        .await;
    let prompt = world.said(yard.chat, "when may 0001 go on").id;
    let answer = world.reply(yard.chat, yard.jaan, prompt, "soon").await;
    let told = world.answer(yard.chat, answer);
    assert!(
        told.text.contains("cannot read that as a date"),
        "{}",
        told.text
    );
    world.reply(yard.chat, yard.jaan, prompt, "1.1.2020").await;
    world.said(yard.chat, "That moment has passed");
    world
        .reply(yard.chat, yard.jaan, prompt, "24.12.2099 9:30")
        .await;
    let text = yard.see(&world, card).text;
    assert!(text.contains("24 Dec 2099 09:30"), "{text}");
    world.finish().await;
}

async fn what_waits_without_a_date_is_asked_after(world: World) {
    let (yard, _) = on_hold(&world).await;
    let asked = world.said(yard.chat, "when shall I come back to 0001").id;
    world.press(yard.jaan, yard.chat, asked, "No date").await;
    world.pass(TimeDelta::hours(23)).await;
    assert_eq!(world.times_said(yard.chat, "Does it still wait?"), 0);
    world.pass(TimeDelta::days(5)).await;
    assert_eq!(world.times_said(yard.chat, "Does it still wait?"), 1);
    world.finish().await;
}

async fn whoever_is_silent_is_asked_and_then_loses_it(world: World) {
    let (yard, card) = in_progress(&world).await;
    world.pass(TimeDelta::minutes(239)).await;
    assert_eq!(world.times_said(yard.chat, STILL), 0);
    world.pass(TimeDelta::minutes(1)).await;
    assert!(world.said(yard.chat, STILL).text.contains("Jaan"));
    world.pass(TimeDelta::minutes(29)).await;
    assert!(yard.see(&world, card).text.contains("🙋 Jaan"));
    world.pass(TimeDelta::minutes(1)).await;
    let incident = world.incident(yard.chat, 1).await;
    assert!(matches!(incident.stage, Stage::New { .. }));
    world.said(yard.chat, "there was no sign of life from you");
    world.said(yard.chat, "is free again");
    let toast = world.press(yard.jaan, yard.chat, card, "Claim").await;
    assert!(toast.text.contains("is yours"), "{toast:?}");
    world.finish().await;
}

async fn how_long_it_lasts_is_set_by_a_button(world: World) {
    let yard = Yard::open(&world).await;
    full_workflow(&world, &yard).await;
    let asked = world.say(yard.chat, yard.mari, "/settings").await;
    let panel = world.answer(yard.chat, asked).id;
    world.press(yard.mari, yard.chat, panel, "Clocks").await;
    world.press(yard.mari, yard.chat, panel, "🟠 2 h").await;
    let shown = world.telegram.message(yard.chat, panel).unwrap();
    assert!(shown.text.contains("same day: 2 h"), "{}", shown.text);
    assert!(shown.labels().contains(&"✓ 🟠 2 h"), "{shown:#?}");
    yard.claimed(&world).await;
    world.pass(TimeDelta::minutes(119)).await;
    assert_eq!(world.times_said(yard.chat, STILL), 0);
    world.pass(TimeDelta::minutes(1)).await;
    world.said(yard.chat, STILL);
    world.press(yard.mari, yard.chat, panel, "🟠 never").await;
    world.finish().await;
}

async fn a_tap_keeps_it(world: World) {
    let (yard, card) = in_progress(&world).await;
    let private = world.start(yard.jaan).await;
    world.pass(TimeDelta::minutes(245)).await;
    let asked = world.said(private, STILL).id;
    let toast = world.press(yard.jaan, private, asked, "Still on it").await;
    assert_eq!(toast.text, "👋 Thank you. 0001 stays yours");
    world.press(yard.jaan, private, asked, "Still on it").await;
    world.pass(TimeDelta::minutes(200)).await;
    assert!(yard.see(&world, card).text.contains("🙋 Jaan"));
    assert_eq!(world.times_said(private, STILL), 1);
    world.finish().await;
}

async fn it_is_handed_over_by_a_tap(world: World) {
    let (yard, card) = in_progress(&world).await;
    let department = yard_department(&world, &yard).await;
    world.enrol(yard.chat, &[yard.mari], &department).await;
    let private = world.start(yard.jaan).await;
    world.pass(TimeDelta::minutes(245)).await;
    let asked = world.said(private, STILL).id;
    world.press(yard.jaan, private, asked, "Mari").await;
    let text = yard.see(&world, card).text;
    assert!(text.contains("🙋 Mari"), "{text}");
    world.finish().await;
}

async fn yard_department(world: &World, yard: &Yard) -> String {
    let incident = world.incident(yard.chat, 1).await;
    let config = world.config(yard.chat).await;
    let department = incident.department().and_then(|it| config.department(it));
    department.unwrap().name.clone()
}

async fn a_lease_that_ends_while_the_desk_is_down_ends_once(mut world: World) {
    let (yard, card) = in_progress(&world).await;
    world.pass(TimeDelta::minutes(241)).await;
    world.said(yard.chat, STILL);
    world.halt().await;
    world.clock.advance(TimeDelta::hours(9));
    world.wake().await;
    world.settle().await;
    world.restart().await;
    let incident = world.incident(yard.chat, 1).await;
    assert!(
        matches!(incident.stage, Stage::New { .. }),
        "{:?}",
        incident.stage
    );
    assert!(!yard.see(&world, card).text.contains("🙋 Jaan"));
    assert_eq!(world.times_said(yard.chat, "no sign of life from you"), 1);
    world.finish().await;
}
