//! A model that hangs, is busy, costs too much or talks rubbish: what is bounded, and what goes on.

use std::time::Duration;

use actors::domain::{IncidentId, Rater, Stage, Urgency};
use actors::triage::breaker::Position;
use chrono::TimeDelta;

use super::model::{COST, Model, says};
use super::{report, urgency, with_model};
use crate::world::{World, conversations};

/// How often a report is asked about that no model can read.
const USELESS_ANSWERS: usize = 8;

conversations! {
    a_call_that_hangs_is_given_up_and_the_incident_goes_on
    few_calls_are_under_way_at_once
    the_days_money_is_kept
    what_no_model_can_read_is_given_up_until_it_is_corrected
    while_the_breaker_is_open_the_card_says_who_rated
}

async fn a_call_that_hangs_is_given_up_and_the_incident_goes_on(mut world: World) {
    world.triage_limits.call = Duration::from_millis(30);
    let model = Model::held(says(Urgency::Planned, "Tap drips"));
    let yard = with_model(&mut world, &model).await;
    report(&world, &yard, "The tap is leaking").await;
    let by_rules = (Some(Urgency::SameDay), Some(Rater::Rules));
    for _ in 0..200 {
        if urgency(&world, &yard, 1).await == by_rules {
            break;
        }
        world.settle().await;
    }
    assert_eq!(urgency(&world, &yard, 1).await, by_rules);
    let incident = world.incident(yard.chat, 1).await;
    assert!(matches!(incident.stage, Stage::AwaitingDepartment { .. }));
    model.lets_go();
    world.finish().await;
}

async fn few_calls_are_under_way_at_once(mut world: World) {
    let model = Model::held(says(Urgency::Planned, "Tap drips"));
    let yard = with_model(&mut world, &model).await;
    for number in 0..12 {
        let words = format!("/new_issue Tap {number} drips");
        world.telegram.say(yard.chat, yard.jaan, &words);
    }
    world.until(|_| model.asked() == 8).await;
    world.settle().await;
    assert_eq!(model.asked(), 8, "the rest waits for its turn");
    model.lets_go();
    model.settled(&world, 12).await;
    assert_eq!(model.asked(), 12);
    world.finish().await;
}

async fn the_days_money_is_kept(mut world: World) {
    world.triage_limits.daily_micros = 2 * COST + COST / 2;
    let model = Model::always(says(Urgency::Planned, "Tap drips"));
    let yard = with_model(&mut world, &model).await;
    for number in 0..4 {
        report(&world, &yard, &format!("Tap {number} is leaking")).await;
    }
    assert_eq!(model.asked(), 2);
    let by_rules = (Some(Urgency::SameDay), Some(Rater::Rules));
    assert_eq!(urgency(&world, &yard, 4).await, by_rules);
    world.pass(TimeDelta::hours(25)).await;
    model.settled(&world, 4).await;
    assert_eq!(model.asked(), 4, "tomorrow there is money again");
    world.finish().await;
}

async fn what_no_model_can_read_is_given_up_until_it_is_corrected(mut world: World) {
    let rubbish = says(Urgency::Planned, "Tap drips").in_department("Board");
    let model = Model::always(rubbish);
    let yard = with_model(&mut world, &model).await;
    let words = "/new_issue The tap drips";
    let message = world.say(yard.chat, yard.jaan, words).await;
    for _ in 0..2 * USELESS_ANSWERS {
        world.pass(TimeDelta::minutes(61)).await;
    }
    assert_eq!(model.asked(), USELESS_ANSWERS);
    let waiting = world.store().triage_queue(IncidentId(0), 1).await.unwrap();
    assert!(waiting.is_empty(), "it waits no more");
    world.say(yard.chat, yard.jaan, "/history 0001").await;
    world.said(yard.chat, "did not understand the report");
    model.comes_back(says(Urgency::Planned, "Tap drips"));
    let corrected = "/new_issue The tap in the bar drips";
    world
        .telegram
        .edit(yard.chat, yard.jaan, message, corrected);
    world.settle().await;
    model.settled(&world, USELESS_ANSWERS + 1).await;
    let by_model = (Some(Urgency::Planned), Some(Rater::Model));
    assert_eq!(urgency(&world, &yard, 1).await, by_model);
    world.finish().await;
}

async fn while_the_breaker_is_open_the_card_says_who_rated(mut world: World) {
    let model = Model::away();
    let yard = with_model(&mut world, &model).await;
    for number in 1..=4 {
        report(&world, &yard, &format!("Tap {number} is leaking")).await;
    }
    report(&world, &yard, "Tap 5 is leaking").await;
    let card = world.card(yard.chat, "0005");
    assert!(card.text.contains("Rated by rule"), "{}", card.text);
    let breaker = world.service().tree().triage().breaker;
    assert_eq!(breaker, Some(Position::Open));
    world.finish().await;
}
