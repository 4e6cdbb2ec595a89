//! Planned work comes again by the clock on the group's wall, each time once.

use actors::domain::{Event, Stage, Urgency};
use chrono::{DateTime, TimeDelta, Utc};
use deskbell::playground::ChatId;

use crate::world::{World, conversations};
use crate::yard::{Yard, count};

conversations! {
    what_is_planned_becomes_an_incident_at_its_time
    it_is_left_out_while_the_last_is_open
    it_comes_all_the_same_where_that_is_wished
    after_an_absence_it_comes_once
    it_comes_once_though_the_desk_is_restarted
    what_is_dropped_comes_no_more
    another_time_zone_moves_it
    summer_time_does_not_move_it
    what_cannot_be_read_is_refused
    only_managers_plan
}

/// Monday noon in UTC, when the world begins.
async fn yard(world: &World) -> Yard {
    Yard::new(world).await
}

fn now(world: &World) -> DateTime<Utc> {
    world.telegram.now()
}

/// Lets time pass until that long after the world began, in steps: a clock may be looked at.
async fn until(world: &World, at: DateTime<Utc>) {
    while now(world) < at {
        let step = (at - now(world)).min(TimeDelta::hours(12));
        world.pass(step).await;
    }
}

async fn plan(world: &World, yard: &Yard, words: &str) {
    let asked = world
        .say(yard.chat, yard.mari, &format!("/recurring {words}"))
        .await;
    world.answer(yard.chat, asked);
}

/// How many incidents have these words.
async fn made(world: &World, chat: ChatId, numbers: i64, words: &str) -> usize {
    let mut found = 0;
    for number in 1..=numbers {
        let incident = world.incident(chat, number).await;
        found += usize::from(incident.report.text.contains(words));
    }
    found
}

async fn what_is_planned_becomes_an_incident_at_its_time(world: World) {
    let yard = yard(&world).await;
    let began = now(&world);
    plan(
        &world,
        &yard,
        "every Monday 13:00 Maintenance: check the pool filter",
    )
    .await;
    let page = world.said(yard.chat, "Planned work");
    assert!(
        page.text.contains("Mon 13:00: check the pool filter"),
        "{}",
        page.text
    );
    assert!(page.text.contains("Maintenance"), "{}", page.text);
    until(&world, began + TimeDelta::minutes(55)).await;
    assert_eq!(count(&world, yard.chat, "0001 ·"), 0, "not before its time");
    until(&world, began + TimeDelta::minutes(61)).await;
    let card = world.card(yard.chat, "0001");
    assert!(card.text.contains("check the pool filter"), "{}", card.text);
    assert!(card.text.contains("Planned work for"), "{}", card.text);
    assert!(
        card.text.contains("planned") && card.pinned,
        "{}",
        card.text
    );
    let incident = world.incident(yard.chat, 1).await;
    assert!(
        matches!(incident.stage, Stage::New { .. }),
        "{:?}",
        incident.stage
    );
    assert_eq!(incident.urgency, Some(Urgency::Planned));
    assert_eq!(incident.report.reporter.0, yard.mari.0);
    let events = world.store().events(incident.identity.id).await.unwrap();
    assert!(matches!(events[0].event, Event::Reported { .. }));
    world.finish().await;
}

async fn it_is_left_out_while_the_last_is_open(world: World) {
    let yard = yard(&world).await;
    let began = now(&world);
    plan(&world, &yard, "Mon 13:00 Maintenance: check the filter").await;
    until(&world, began + TimeDelta::days(8)).await;
    assert_eq!(count(&world, yard.chat, "0002 ·"), 0);
    world
        .say(yard.chat, yard.mari, "/cancel 0001 Never mind")
        .await;
    until(&world, began + TimeDelta::days(15)).await;
    assert_eq!(made(&world, yard.chat, 2, "filter").await, 2);
    world.finish().await;
}

async fn it_comes_all_the_same_where_that_is_wished(world: World) {
    let yard = yard(&world).await;
    let began = now(&world);
    plan(&world, &yard, "Mon 13:00 Maintenance: check the filter").await;
    let page = world.said(yard.chat, "Planned work").id;
    world
        .press(yard.mari, yard.chat, page, "even if open")
        .await;
    until(&world, began + TimeDelta::days(8)).await;
    assert_eq!(made(&world, yard.chat, 2, "filter").await, 2);
    world.finish().await;
}

async fn after_an_absence_it_comes_once(mut world: World) {
    let yard = yard(&world).await;
    plan(&world, &yard, "every day 13:00 Maintenance: count the keys").await;
    let page = world.said(yard.chat, "Planned work").id;
    world
        .press(yard.mari, yard.chat, page, "even if open")
        .await;
    world.halt().await;
    world.clock.advance(TimeDelta::days(5));
    world.wake().await;
    world.settle().await;
    assert_eq!(count(&world, yard.chat, "0002 ·"), 0);
    let incident = world.incident(yard.chat, 1).await;
    let planned = incident.report.planned.unwrap();
    let late = incident.opened_at - planned.due;
    assert_eq!(late.num_hours(), 5 * 24 - 1);
    world.pass(TimeDelta::hours(2)).await;
    assert_eq!(made(&world, yard.chat, 2, "keys").await, 2);
    world.finish().await;
}

async fn it_comes_once_though_the_desk_is_restarted(mut world: World) {
    let yard = yard(&world).await;
    plan(&world, &yard, "every day 13:00 Maintenance: count the keys").await;
    let page = world.said(yard.chat, "Planned work").id;
    world
        .press(yard.mari, yard.chat, page, "even if open")
        .await;
    for _ in 0..3 {
        world.restart().await;
        world.pass(TimeDelta::minutes(61)).await;
        world.restart().await;
    }
    assert_eq!(made(&world, yard.chat, 1, "keys").await, 1);
    assert_eq!(count(&world, yard.chat, "0002 ·"), 0);
    world.finish().await;
}

async fn what_is_dropped_comes_no_more(world: World) {
    let yard = yard(&world).await;
    plan(&world, &yard, "every day 13:00 Maintenance: count the keys").await;
    let page = world.said(yard.chat, "Planned work").id;
    let toast = world.press(yard.jaan, yard.chat, page, "🗑 1").await;
    assert!(toast.text.contains("manager"), "{}", toast.text);
    let data = world.data(yard.chat, page, "🗑 1");
    world.press(yard.mari, yard.chat, page, "🗑 1").await;
    let page_now = world.telegram.message(yard.chat, page).unwrap();
    assert!(
        page_now.text.contains("Nothing comes again"),
        "{}",
        page_now.text
    );
    let toast = world.press_old(yard.mari, yard.chat, page, &data).await;
    assert!(toast.contains("already"), "{toast}");
    world.pass(TimeDelta::days(2)).await;
    assert_eq!(count(&world, yard.chat, "0001 ·"), 0);
    world.finish().await;
}

async fn another_time_zone_moves_it(world: World) {
    let yard = yard(&world).await;
    let began = now(&world);
    plan(&world, &yard, "Tue 13:00 Maintenance: check the filter").await;
    let page = yard.page(&world, "/settings", "Time zone").await;
    world.press(yard.mari, yard.chat, page, "Tallinn").await;
    // In January Tallinn is two hours ahead.
    until(&world, began + TimeDelta::hours(22)).await;
    assert_eq!(count(&world, yard.chat, "0001 ·"), 0);
    until(&world, began + TimeDelta::hours(23) + TimeDelta::minutes(1)).await;
    assert_eq!(made(&world, yard.chat, 1, "filter").await, 1);
    world.finish().await;
}

async fn summer_time_does_not_move_it(world: World) {
    let yard = yard(&world).await;
    let page = yard.page(&world, "/settings", "Time zone").await;
    world.press(yard.mari, yard.chat, page, "Tallinn").await;
    plan(&world, &yard, "Sun 03:30 Maintenance: look at the clocks").await;
    // Clocks go from 3:00 to 4:00 on 28 March 2027: the work comes then, and a week later at 3:30.
    let spring: DateTime<Utc> = "2027-03-28T01:00:00Z".parse().unwrap();
    world
        .clock
        .advance(spring - TimeDelta::minutes(30) - now(&world));
    world.settle().await;
    world
        .say(yard.chat, yard.mari, "/cancel 0001 Long ago")
        .await;
    until(&world, spring + TimeDelta::minutes(1)).await;
    let second = world.incident(yard.chat, 2).await;
    assert_eq!(second.report.planned.unwrap().due, spring);
    world.say(yard.chat, yard.mari, "/cancel 0002 Seen").await;
    let next: DateTime<Utc> = "2027-04-04T00:30:00Z".parse().unwrap();
    until(&world, next + TimeDelta::minutes(1)).await;
    let third = world.incident(yard.chat, 3).await;
    assert_eq!(third.report.planned.unwrap().due, next);
    world.finish().await;
}

async fn what_cannot_be_read_is_refused(world: World) {
    let yard = yard(&world).await;
    for words in [
        "Mon check the filter",
        "25:00 x",
        "Mon 08:00",
        "blue 08:00 x",
        "08:00 :",
    ] {
        let asked = world
            .say(yard.chat, yard.mari, &format!("/recurring {words}"))
            .await;
        let answer = world.answer(yard.chat, asked);
        assert!(
            answer.text.contains("cannot read that"),
            "{words}: {}",
            answer.text
        );
    }
    let asked = world.say(yard.chat, yard.mari, "/recurring").await;
    assert!(
        world
            .answer(yard.chat, asked)
            .text
            .contains("Nothing comes again")
    );
    for number in 0..21 {
        let words = format!("/recurring Mon 08:00 thing {number}");
        world.say(yard.chat, yard.mari, &words).await;
    }
    world.said(yard.chat, "There are 20 already");
    world.finish().await;
}

async fn only_managers_plan(world: World) {
    let yard = yard(&world).await;
    world
        .say(yard.chat, yard.jaan, "/recurring Mon 08:00 nothing")
        .await;
    let answer = world.telegram.last_from_bot(yard.chat).unwrap();
    assert!(answer.text.contains("manager"), "{}", answer.text);
    world.say(yard.chat, yard.jaan, "/recurring").await;
    let page = world.telegram.last_from_bot(yard.chat).unwrap();
    assert!(page.text.contains("Nothing comes again") && page.buttons.is_empty());
    world.finish().await;
}
