//! The dialogue, and what surrounds it: what the model is told, what it may ask, and what is shown of
//! what it says.

use actors::domain::{Language, Rater, Stage, Urgency};
use chrono::TimeDelta;
use deskbell::playground::Content;

use super::model::{Model, asks, says};
use super::{mode, report, urgency, with_model};
use crate::world::{World, conversations};
use crate::yard::Yard;

conversations! {
    the_model_is_told_what_surrounds_a_report
    at_most_three_questions_are_asked_whatever_is_answered
    in_private_the_reporter_is_asked_there
    what_is_missing_and_a_translation_stand_on_the_card
    a_person_overrides_the_model_too
    without_a_key_the_rules_rate
    words_of_the_groups_own_are_critical_and_hazards_can_be_switched_off
}

async fn the_model_is_told_what_surrounds_a_report(mut world: World) {
    let window = says(Urgency::Planned, "Window rattles").at("Room 204");
    let model = Model::new([window]);
    model.comes_back(says(Urgency::Planned, "Lamp is dark").at("room 204"));
    let yard = with_model(&mut world, &model).await;
    report(&world, &yard, "The window rattles upstairs").await;
    for number in 0..11 {
        report(&world, &yard, &format!("Lamp {number} is dark")).await;
    }
    report(&world, &yard, "A window rattles again").await;
    let told = model.newest();
    assert!(told.departments.contains(&"Kitchen".to_owned()), "{told:?}");
    assert_eq!(told.places, ["room 204"]);
    assert_eq!(told.language, Language::English);
    assert_eq!(told.questions_left, 3);
    // The oldest of twelve, but it looks alike.
    assert_eq!(told.open.len(), 10, "{told:?}");
    assert_eq!(told.open[0], "Window rattles");
    world.finish().await;
}

async fn at_most_three_questions_are_asked_whatever_is_answered(mut world: World) {
    let model = Model::always(asks("Which room?", &["Bar"]));
    let yard = with_model(&mut world, &model).await;
    report(&world, &yard, "The tap drips").await;
    for asked in 1..=3 {
        world
            .until(|world| world.times_said(yard.chat, "Which room?") == asked)
            .await;
        let question = world.said(yard.chat, "Which room?").id;
        let off_topic = "What a lovely day";
        world.reply(yard.chat, yard.jaan, question, off_topic).await;
    }
    world.settle().await;
    assert_eq!(world.times_said(yard.chat, "Which room?"), 3);
    let incident = world.incident(yard.chat, 1).await;
    assert!(matches!(incident.stage, Stage::AwaitingDepartment { .. }));
    assert_eq!(incident.urgency, Some(Urgency::SameDay));
    world.finish().await;
}

async fn in_private_the_reporter_is_asked_there(mut world: World) {
    let model = Model::new([
        asks("Which room?", &["Bar"]),
        says(Urgency::SameDay, "Tap drips in the bar"),
    ]);
    let yard = with_model(&mut world, &model).await;
    world.say(yard.chat, yard.mari, "/my").await;
    let private = world.telegram.private(yard.mari);
    world.say(private, yard.mari, "The tap drips").await;
    let question = world.said(private, "Which room?");
    assert!(world.heard(yard.chat, "Which room?").is_none());
    world.press(yard.mari, private, question.id, "Bar").await;
    let card = world.card(yard.chat, "0001");
    assert!(card.text.contains("Tap drips in the bar"), "{}", card.text);
    world.finish().await;
}

async fn what_is_missing_and_a_translation_stand_on_the_card(mut world: World) {
    let said = says(Urgency::SameDay, "Tap drips")
        .at("Room 204")
        .lacks("since when")
        .translated("The tap has been dripping, call [phone 1]");
    let model = Model::always(said);
    let yard = with_model(&mut world, &model).await;
    report(&world, &yard, "Kraan tilgub, helista +372 5123 4567").await;
    let card = world.card(yard.chat, "0001").text;
    for shown in [
        "Tap drips · 📍 Room 204",
        "Rated by AI: It matters",
        "Not said yet: since when",
        "Kraan tilgub",
        "Translated by AI:",
        "The tap has been dripping, call +372 5123 4567",
    ] {
        assert!(card.contains(shown), "{shown:?} is not on {card}");
    }
    world.finish().await;
}

async fn a_person_overrides_the_model_too(mut world: World) {
    let model = Model::always(says(Urgency::Planned, "Tap drips"));
    let yard = with_model(&mut world, &model).await;
    let card = yard
        .incident(&world, "The tap drips", "0001", "Kitchen")
        .await
        .id;
    world.press(yard.mari, yard.chat, card, "Urgency").await;
    world.press(yard.mari, yard.chat, card, "critical").await;
    let by_person = (Some(Urgency::Critical), Some(Rater::Person));
    assert_eq!(urgency(&world, &yard, 1).await, by_person);
    world.say(yard.chat, yard.mari, "/history 0001").await;
    let history = world.said(yard.chat, "What happened to");
    assert!(history.text.contains("critical"), "{}", history.text);
    world.finish().await;
}

async fn without_a_key_the_rules_rate(world: World) {
    let yard = Yard::new(&world).await;
    mode(&world, &yard, "Claude").await;
    report(&world, &yard, "The tap is leaking").await;
    world.pass(TimeDelta::seconds(10)).await;
    let incident = world.incident(yard.chat, 1).await;
    assert!(matches!(incident.stage, Stage::AwaitingDepartment { .. }));
    let by_rules = (Some(Urgency::SameDay), Some(Rater::Rules));
    assert_eq!(urgency(&world, &yard, 1).await, by_rules);
    let card = world.card(yard.chat, "0001");
    assert!(card.text.contains("Rated by rule"), "{}", card.text);
    assert!(!matches!(card.content, Content::Service(_)));
    world.finish().await;
}

async fn words_of_the_groups_own_are_critical_and_hazards_can_be_switched_off(world: World) {
    let yard = Yard::new(&world).await;
    mode(&world, &yard, "Rules").await;
    let page = yard.page(&world, "/settings", "Triage").await;
    world.press(yard.mari, yard.chat, page, "fire").await;
    let page = yard.page(&world, "/settings", "Triage").await;
    world
        .press(yard.mari, yard.chat, page, "critical word")
        .await;
    let prompt = world.said(yard.chat, "which word is critical here");
    world
        .reply(yard.chat, yard.mari, prompt.id, "ammonia")
        .await;
    report(&world, &yard, "Fire in the forge").await;
    report(&world, &yard, "It smells of Ammonia").await;
    assert_ne!(urgency(&world, &yard, 1).await.0, Some(Urgency::Critical));
    let by_rules = (Some(Urgency::Critical), Some(Rater::Rules));
    assert_eq!(urgency(&world, &yard, 2).await, by_rules);
    world.finish().await;
}
