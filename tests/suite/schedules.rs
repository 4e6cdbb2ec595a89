//! Reports that come by themselves: when, to whom, and what is set about them.

use chrono::TimeDelta;
use deskbell::playground::{Content, MessageId};

use crate::cast::Yard;
use crate::world::{World, conversations};

conversations! {
    a_daily_report_reaches_managers_in_the_morning
    an_empty_day_is_told_briefly
    what_is_late_comes_once
    a_weekly_report_comes_into_the_group_on_monday
    a_changed_time_zone_moves_the_morning
    what_is_switched_off_comes_no_more
}

/// Mari opens the page about reports, and presses these.
async fn set(world: &World, yard: &Yard, buttons: &[&str]) -> MessageId {
    let asked = world.say(yard.chat, yard.mari, "/settings").await;
    let page = world.answer(yard.chat, asked).id;
    world.press(yard.mari, yard.chat, page, "Reports").await;
    for button in buttons {
        world.press(yard.mari, yard.chat, page, button).await;
    }
    page
}

/// The world begins on Monday, 11 January 2027, at noon, in a group that lives by UTC.
async fn until_tuesday_at_eight(world: &World) {
    world.pass(TimeDelta::hours(19)).await;
    world.pass(TimeDelta::minutes(61)).await;
}

async fn a_daily_report_reaches_managers_in_the_morning(world: World) {
    let yard = Yard::open(&world).await;
    let page = set(&world, &yard, &["Daily"]).await;
    assert!(yard.see(&world, page).labels().contains(&"✓ Daily"));
    yard.resolved(&world).await;
    let private = world.telegram.private(yard.mari);
    world.pass(TimeDelta::hours(18)).await;
    assert!(
        world.heard(private, "2027-01-11").is_none(),
        "not before eight"
    );
    world.pass(TimeDelta::hours(2)).await;
    let report = world.said(private, "2027-01-11");
    assert!(
        matches!(report.content, Content::Photo { .. }),
        "{report:?}"
    );
    assert!(report.text.contains("Created 1 · closed 1"), "{report:?}");
    assert!(world.heard(yard.chat, "2027-01-11").is_none());
    world
        .press(yard.mari, private, report.id, "Who did what")
        .await;
    world.said(private, "Jaan");
    world.finish().await;
}

async fn an_empty_day_is_told_briefly(world: World) {
    let yard = Yard::open(&world).await;
    set(&world, &yard, &["Daily"]).await;
    until_tuesday_at_eight(&world).await;
    let private = world.telegram.private(yard.mari);
    let report = world.said(private, "2027-01-11");
    assert!(report.text.contains("Nothing was raised"), "{report:?}");
    assert!(matches!(report.content, Content::Text(_)), "no picture");
    world.finish().await;
}

async fn what_is_late_comes_once(mut world: World) {
    let yard = Yard::open(&world).await;
    set(&world, &yard, &["Daily"]).await;
    let private = world.telegram.private(yard.mari);
    world.halt().await;
    world.clock.advance(TimeDelta::days(3));
    world.wake().await;
    world.settle().await;
    assert_eq!(world.times_said(private, "📊 2027-01"), 1);
    let late = world.said(private, "2027-01-13").text;
    let why = late.contains("⏱ Due at") && late.contains("the desk was down for 3 d");
    assert!(why, "{late}");
    world.pass(TimeDelta::hours(20)).await;
    assert_eq!(world.times_said(private, "📊 2027-01"), 2);
    let in_time = world.said(private, "2027-01-14").text;
    assert!(!in_time.contains("Due at"), "{in_time}");
    world.finish().await;
}

async fn a_weekly_report_comes_into_the_group_on_monday(world: World) {
    let yard = Yard::open(&world).await;
    set(&world, &yard, &["Weekly", "Into the group", "07:00"]).await;
    world.pass(TimeDelta::days(6)).await;
    assert!(world.heard(yard.chat, "2027-01-11 – 2027-01-17").is_none());
    world.pass(TimeDelta::hours(20)).await;
    world.said(yard.chat, "2027-01-11 – 2027-01-17");
    let private = world.telegram.private(yard.mari);
    assert!(world.heard(private, "2027-01-11 – 2027-01-17").is_none());
    world.finish().await;
}

async fn a_changed_time_zone_moves_the_morning(world: World) {
    let yard = Yard::open(&world).await;
    set(&world, &yard, &["Daily"]).await;
    let asked = world.say(yard.chat, yard.mari, "/settings").await;
    let page = world.answer(yard.chat, asked).id;
    world.press(yard.mari, yard.chat, page, "Time zone").await;
    world
        .press(yard.mari, yard.chat, page, "Europe/Tallinn")
        .await;
    let private = world.telegram.private(yard.mari);
    // Two hours sooner than by UTC.
    world.pass(TimeDelta::hours(18)).await;
    world.pass(TimeDelta::minutes(30)).await;
    world.said(private, "2027-01-11");
    world.finish().await;
}

async fn what_is_switched_off_comes_no_more(world: World) {
    let yard = Yard::open(&world).await;
    let page = set(&world, &yard, &["Daily", "Monthly"]).await;
    world.press(yard.mari, yard.chat, page, "Daily").await;
    until_tuesday_at_eight(&world).await;
    let private = world.telegram.private(yard.mari);
    assert!(world.heard(private, "📊").is_none());
    let asked = world.say(yard.chat, yard.jaan, "/settings").await;
    let shown = world.answer(yard.chat, asked);
    assert!(shown.labels().is_empty(), "only managers set reports");
    world.finish().await;
}
