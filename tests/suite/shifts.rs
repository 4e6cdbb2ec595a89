//! Shifts begin and end, and people choose what they hear of what is said to many.

use actors::domain::Stage;
use chrono::TimeDelta;
use deskbell::playground::{ChatId, MessageId};

use crate::cast::Yard;
use crate::who_hears::mentions;
use crate::world::{World, conversations};

conversations! {
    who_begins_hears_once_a_shift_what_waits
    who_begins_hears_nothing_where_nothing_waits
    who_never_started_the_bot_is_mentioned
    a_shift_that_began_while_the_desk_was_down_is_late_once
    a_shift_that_is_over_is_not_begun
    shifts_follow_the_groups_time_zone
    who_ends_is_asked_what_becomes_of_theirs
    what_is_not_answered_goes_back_when_the_shift_ends
    who_stays_on_after_all_keeps_it_for_as_long
    what_is_asked_is_handed_over_by_a_tap
    who_holds_nothing_or_stays_is_not_asked
    who_is_off_duty_is_offered_last
    who_mutes_calls_hears_what_is_theirs
    nobody_mutes_for_others
    a_person_chooses_a_language
}

/// Jaan and Olga are in Maintenance, Jaan has started the bot and works at these times. It is noon
/// of a Monday.
async fn jaan_works(world: &World, week: &str) -> (Yard, ChatId) {
    let yard = Yard::open(world).await;
    let crew = [yard.jaan, yard.olga];
    world.enrol(yard.chat, &crew, "Maintenance").await;
    let private = world.start(yard.jaan).await;
    let words = format!("/duty @jaan {week}");
    world.say(yard.chat, yard.mari, &words).await;
    world.said(yard.chat, "Jaan works");
    (yard, private)
}

/// And has claimed what Olga reported.
async fn jaan_owns(world: &World, week: &str) -> (Yard, ChatId, MessageId) {
    let (yard, private) = jaan_works(world, week).await;
    let card = yard.claimed(world).await;
    (yard, private, card)
}

/// Two of them, and works until four.
async fn jaan_owns_two(world: &World) -> (Yard, ChatId, MessageId) {
    let (yard, private, card) = jaan_owns(world, "Mon-Fri 8-16").await;
    let chat = yard.chat;
    let asked = world.say(chat, yard.olga, "/new_issue The gate jams").await;
    let second = world.answer(chat, asked).id;
    world
        .press(yard.olga, chat, second, "Choose department")
        .await;
    world.press(yard.olga, chat, second, "Maintenance").await;
    world.press(yard.jaan, chat, second, "Claim").await;
    (yard, private, card)
}

const BEGINS: &str = "Your shift begins";
const ENDS: &str = "Your shift ends at 16:00";

async fn who_begins_hears_once_a_shift_what_waits(world: World) {
    let (yard, private) = jaan_works(&world, "Mon-Fri 16-22").await;
    yard.waiting(&world).await;
    world.pass(TimeDelta::minutes(239)).await;
    assert_eq!(world.times_said(private, BEGINS), 0);
    world.pass(TimeDelta::minutes(1)).await;
    let digest = world.said(private, BEGINS);
    assert!(digest.text.contains("in Maintenance: 1"), "{}", digest.text);
    assert!(digest.text.contains("Truck 14"), "{}", digest.text);
    world
        .press(yard.jaan, private, digest.id, "Unclaimed in")
        .await;
    world.said(private, "Maintenance: 1 unclaimed");
    world.pass(TimeDelta::hours(23)).await;
    assert_eq!(world.times_said(private, BEGINS), 0);
    world.pass(TimeDelta::hours(1)).await;
    assert_eq!(world.times_said(private, BEGINS), 1);
    assert_eq!(world.times_said(yard.chat, BEGINS), 0);
    world.finish().await;
}

async fn who_begins_hears_nothing_where_nothing_waits(world: World) {
    let (yard, private) = jaan_works(&world, "Mon-Fri 16-22").await;
    let card = yard.waiting(&world).await;
    world.press(yard.mari, yard.chat, card, "Claim").await;
    world.pass(TimeDelta::hours(5)).await;
    assert_eq!(world.times_said(private, BEGINS), 0);
    // Nor who has no schedule any more.
    world.press(yard.mari, yard.chat, card, "Leave").await;
    world.say(yard.chat, yard.mari, "/duty @jaan none").await;
    world.pass(TimeDelta::hours(24)).await;
    assert_eq!(world.times_said(private, BEGINS), 0);
    world.finish().await;
}

async fn who_never_started_the_bot_is_mentioned(world: World) {
    let yard = Yard::open(&world).await;
    world.enrol(yard.chat, &[yard.jaan], "Maintenance").await;
    let words = "/duty @jaan Mon-Fri 16-22";
    world.say(yard.chat, yard.mari, words).await;
    yard.waiting(&world).await;
    world.pass(TimeDelta::hours(4)).await;
    let digest = world.said(yard.chat, BEGINS);
    assert_eq!(mentions(&digest, &[yard.jaan]), 1);
    world.finish().await;
}

async fn a_shift_that_began_while_the_desk_was_down_is_late_once(mut world: World) {
    let (yard, private) = jaan_works(&world, "Mon-Fri 16-22").await;
    yard.waiting(&world).await;
    world.halt().await;
    world.clock.advance(TimeDelta::hours(53));
    world.wake().await;
    world.settle().await;
    world.restart().await;
    world.settle().await;
    assert_eq!(world.times_said(private, BEGINS), 1);
    let digest = world.said(private, BEGINS);
    assert!(digest.text.contains("desk was down"), "{}", digest.text);
    world.finish().await;
}

async fn a_shift_that_is_over_is_not_begun(mut world: World) {
    let (yard, private) = jaan_works(&world, "Mon-Fri 16-22").await;
    yard.waiting(&world).await;
    world.halt().await;
    world.clock.advance(TimeDelta::hours(12));
    world.wake().await;
    world.settle().await;
    assert_eq!(world.times_said(private, BEGINS), 0);
    world.pass(TimeDelta::hours(16)).await;
    assert_eq!(world.times_said(private, BEGINS), 1);
    world.finish().await;
}

async fn shifts_follow_the_groups_time_zone(world: World) {
    let (yard, private) = jaan_works(&world, "Mon-Fri 16-22").await;
    yard.waiting(&world).await;
    let asked = world.say(yard.chat, yard.mari, "/settings").await;
    let panel = world.answer(yard.chat, asked).id;
    world.press(yard.mari, yard.chat, panel, "Time zone").await;
    world
        .press(yard.mari, yard.chat, panel, "Europe/Tallinn")
        .await;
    world.pass(TimeDelta::minutes(119)).await;
    assert_eq!(world.times_said(private, BEGINS), 0);
    world.pass(TimeDelta::minutes(1)).await;
    assert_eq!(world.times_said(private, BEGINS), 1);
    world.pass(TimeDelta::hours(3)).await;
    assert_eq!(world.times_said(private, BEGINS), 1);
    world.finish().await;
}

async fn who_ends_is_asked_what_becomes_of_theirs(world: World) {
    let (yard, private, card) = jaan_owns_two(&world).await;
    let (jaan, chat) = (yard.jaan, yard.chat);
    world.pass(TimeDelta::minutes(224)).await;
    assert_eq!(world.times_said(private, "Your shift"), 0);
    world.pass(TimeDelta::minutes(1)).await;
    let ending = world.said(private, ENDS);
    for words in ["Truck 14", "The gate jams", "hand them over"] {
        assert!(ending.text.contains(words), "{}", ending.text);
    }
    let toast = world.press(jaan, private, ending.id, "0001 keep").await;
    assert_eq!(toast.text, "👋 Thank you. 0001 stays yours");
    let toast = world
        .press(jaan, private, ending.id, "0002 give back")
        .await;
    assert_eq!(toast.text, "👋 You have left 0002");
    let left = world.telegram.message(private, ending.id).unwrap().text;
    assert!(!left.contains("The gate jams"), "{left}");
    assert!(yard.see(&world, card).text.contains("🙋 Jaan"));
    world.said(chat, "0002 is free again");
    world
        .press(jaan, private, ending.id, "0001 give back")
        .await;
    let left = world.telegram.message(private, ending.id).unwrap();
    assert!(
        left.text.contains("Nothing is yours any more"),
        "{}",
        left.text
    );
    assert!(left.buttons.is_empty());
    world.pass(TimeDelta::hours(24)).await;
    assert_eq!(world.times_said(private, "Your shift ends"), 1);
    world.finish().await;
}

async fn what_is_not_answered_goes_back_when_the_shift_ends(mut world: World) {
    let (yard, private, card) = jaan_owns_two(&world).await;
    let (jaan, chat) = (yard.jaan, yard.chat);
    world.pass(TimeDelta::minutes(225)).await;
    let ending = world.said(private, ENDS);
    assert!(ending.text.contains("goes back when"), "{}", ending.text);
    world.press(jaan, private, ending.id, "0002 keep").await;
    world.restart().await;
    world.pass(TimeDelta::minutes(14)).await;
    assert!(yard.see(&world, card).text.contains("🙋 Jaan"));
    world.pass(TimeDelta::minutes(1)).await;
    let [first, second] = [
        world.incident(chat, 1).await.stage,
        world.incident(chat, 2).await.stage,
    ];
    assert!(matches!(first, Stage::New { .. }), "{first:?}");
    assert!(matches!(second, Stage::InProgress(_)), "{second:?}");
    world.said(private, "0001 was given back: your shift is over");
    world.said(chat, "0001 is free again");
    world.finish().await;
}

async fn who_stays_on_after_all_keeps_it_for_as_long(world: World) {
    let (yard, private, card) = jaan_owns(&world, "Mon-Fri 8-16").await;
    world.pass(TimeDelta::minutes(225)).await;
    world.said(private, ENDS);
    world.say(private, yard.jaan, "/duty on until 20:00").await;
    world.pass(TimeDelta::minutes(254)).await;
    assert!(yard.see(&world, card).text.contains("🙋 Jaan"));
    world.pass(TimeDelta::minutes(1)).await;
    let stage = world.incident(yard.chat, 1).await.stage;
    assert!(matches!(stage, Stage::New { .. }), "{stage:?}");
    world.said(private, "0001 was given back: your shift is over");
    world.finish().await;
}

async fn what_is_asked_is_handed_over_by_a_tap(world: World) {
    let (yard, private, card) = jaan_owns(&world, "Mon-Fri 8-16").await;
    world.pass(TimeDelta::minutes(225)).await;
    let ending = world.said(private, ENDS).id;
    world.press(yard.jaan, private, ending, "hand over").await;
    let menu = world.telegram.last_from_bot(private).unwrap();
    assert_ne!(menu.id, ending);
    world.press(yard.jaan, private, menu.id, "Olga").await;
    let text = yard.see(&world, card).text;
    assert!(text.contains("🙋 Olga"), "{text}");
    world.finish().await;
}

async fn who_holds_nothing_or_stays_is_not_asked(world: World) {
    let (yard, private, _) = jaan_owns(&world, "Mon-Fri 8-16").await;
    world.say(private, yard.jaan, "/duty on until 20:00").await;
    world.pass(TimeDelta::minutes(240)).await;
    assert_eq!(world.times_said(private, ENDS), 0);
    let incident = world.incident(yard.chat, 1).await;
    assert!(matches!(incident.stage, Stage::InProgress(_)));
    let card = world.card(yard.chat, "0001").id;
    world.press(yard.jaan, yard.chat, card, "Leave").await;
    world.pass(TimeDelta::hours(24)).await;
    assert_eq!(world.times_said(private, ENDS), 0);
    world.finish().await;
}

async fn who_is_off_duty_is_offered_last(world: World) {
    let (yard, private, _) = jaan_owns(&world, "Mon-Fri 8-16").await;
    let crew = [yard.mari];
    world.enrol(yard.chat, &crew, "Maintenance").await;
    world.say(yard.chat, yard.olga, "/duty off").await;
    world.pass(TimeDelta::minutes(225)).await;
    let ending = world.said(private, ENDS).id;
    world.press(yard.jaan, private, ending, "hand over").await;
    let menu = world.telegram.last_from_bot(private).unwrap();
    let labels = menu.labels();
    assert_eq!(labels[..2], ["Mari", "🌙 Olga"], "{labels:?}");
    world.finish().await;
}

async fn who_mutes_calls_hears_what_is_theirs(world: World) {
    let (yard, private) = jaan_works(&world, "Mon-Fri 8-22").await;
    let jaan = yard.jaan;
    world.say(private, jaan, "/mute").await;
    let page = world.said(private, "What does Jaan hear?").id;
    for what in ["New in my department", "Not claimed yet"] {
        let toast = world
            .press(jaan, private, page, &format!("🔔 {what}"))
            .await;
        assert_eq!(toast.text, "✓ Saved");
        let page = world.telegram.message(private, page).unwrap();
        let labels = page.labels();
        let muted = format!("🔕 {what}");
        assert!(labels.iter().any(|label| *label == muted), "{labels:?}");
    }
    let card = yard.mari_reports(&world, "The gate squeaks").await.id;
    world.pass(TimeDelta::minutes(10)).await;
    for words in ["0001 is waiting", "nobody has claimed 0001"] {
        let call = world.said(yard.chat, words);
        assert_eq!(mentions(&call, &[jaan]), 0, "{}", call.text);
    }
    world.press(yard.mari, yard.chat, card, "Urgency").await;
    world.press(yard.mari, yard.chat, card, "critical").await;
    world.pass(TimeDelta::minutes(10)).await;
    let call = world.said(yard.chat, "others are called");
    assert_eq!(mentions(&call, &[jaan]), 1, "{}", call.text);
    world.say(yard.chat, yard.mari, "/assign 0001 @jaan").await;
    world.said(private, "Mari has given you 0001");
    world.finish().await;
}

async fn nobody_mutes_for_others(world: World) {
    let (yard, _) = jaan_works(&world, "Mon-Fri 8-22").await;
    let asked = world.say(yard.chat, yard.jaan, "/mute").await;
    let page = world.answer(yard.chat, asked).id;
    let toast = world.press(yard.olga, yard.chat, page, "What waits").await;
    assert!(toast.text.contains("for somebody else"), "{toast:?}");
    let roster = world.config(yard.chat).await.roster;
    assert_eq!(roster.mutes, []);
    world.finish().await;
}

async fn a_person_chooses_a_language(world: World) {
    let yard = Yard::open(&world).await;
    let private = world.start(yard.jaan).await;
    world.say(private, yard.jaan, "/language").await;
    let page = world
        .said(private, "Which language do I speak with you?")
        .id;
    world.press(yard.jaan, private, page, "Eesti").await;
    let text = world.telegram.message(private, page).unwrap().text;
    assert!(text.contains("Mis keeles ma sinuga räägin?"), "{text}");
    let asked = world.say(yard.chat, yard.mari, "/language").await;
    let panel = world.answer(yard.chat, asked);
    assert!(panel.text.contains("Which language do I speak here?"));
    assert!(!panel.buttons.is_empty());
    world.finish().await;
}
