//! What the clock does: it reminds, it closes, once each, and late rather than never.

use chrono::TimeDelta;
use deskbell::playground::MessageId;

use crate::cast::Yard;
use crate::world::{World, conversations};

conversations! {
    without_a_department_the_reporter_is_reminded_then_the_dispatchers
    who_started_the_bot_is_reminded_privately_and_chooses_there
    managers_hear_where_nobody_dispatches
    an_unclaimed_one_is_nudged_three_times
    a_claim_ends_the_nudges_and_giving_back_begins_them_anew
    without_a_summary_it_is_closed
    a_summary_in_time_stops_the_clock
    after_hours_of_downtime_one_nudge_says_so
    after_hours_of_downtime_the_missing_department_says_so
    after_hours_of_downtime_the_missing_summary_says_so
    a_summary_given_during_downtime_counts
    a_claim_made_during_downtime_stops_the_nudge
    a_restart_keeps_deadlines_and_repeats_none
    an_unconfirmed_one_is_closed_after_a_day
    a_changed_setting_moves_the_nudge
}

const REMINDER: &str = "0001 has no department yet";
const DISPATCHERS: &str = "0001 has had no department since";
const NUDGE: &str = "nobody has claimed 0001";
const DOWN: &str = "This comes late: the desk was down for";

async fn without_a_department_the_reporter_is_reminded_then_the_dispatchers(world: World) {
    let yard = Yard::open(&world).await;
    let chat = yard.chat;
    world.say(chat, yard.jaan, "Good morning").await;
    world.make_dispatcher(chat, yard.mari, "@jaan").await;
    yard.report(&world, "The tap in 204 leaks").await;
    world.pass(TimeDelta::minutes(9)).await;
    assert_eq!(world.times_said(chat, REMINDER), 0);
    world.pass(TimeDelta::minutes(1)).await;
    let reminder = world.said(chat, REMINDER);
    assert!(reminder.text.contains("👉 Olga") && reminder.text.contains("The tap in 204"));
    assert!(!reminder.text.contains(DOWN));
    world.pass(TimeDelta::minutes(19)).await;
    assert_eq!(world.times_said(chat, DISPATCHERS), 0);
    world.pass(TimeDelta::minutes(1)).await;
    let told = world.said(chat, DISPATCHERS);
    assert!(
        told.text.contains("Jaan") && !told.text.contains("Mari"),
        "{}",
        told.text
    );
    world.pass(TimeDelta::hours(5)).await;
    assert_eq!(world.times_said(chat, REMINDER), 1);
    assert_eq!(world.times_said(chat, DISPATCHERS), 1);

    let toast = world.press(yard.jaan, chat, told.id, "Kitchen").await;
    assert_eq!(toast.text, "👥 0001 goes to Kitchen");
    world.finish().await;
}

async fn who_started_the_bot_is_reminded_privately_and_chooses_there(world: World) {
    let yard = Yard::open(&world).await;
    let private = world.start(yard.olga).await;
    let card = yard.report(&world, "The tap in 204 leaks").await;
    world.pass(TimeDelta::minutes(10)).await;
    let reminder = world.said(private, REMINDER).id;
    assert_eq!(world.times_said(yard.chat, REMINDER), 0);
    let toast = world
        .press(yard.olga, private, reminder, "Maintenance")
        .await;
    assert_eq!(toast.text, "👥 0001 goes to Maintenance");
    assert!(yard.see(&world, card).text.contains("waiting for a claim"));
    world.pass(TimeDelta::minutes(25)).await;
    assert_eq!(world.times_said(yard.chat, DISPATCHERS), 0);
    world.finish().await;
}

async fn managers_hear_where_nobody_dispatches(world: World) {
    let yard = Yard::open(&world).await;
    yard.report(&world, "The tap in 204 leaks").await;
    world.pass(TimeDelta::minutes(30)).await;
    let told = world.said(yard.chat, DISPATCHERS);
    assert!(told.text.contains("Mari"), "{}", told.text);
    world.finish().await;
}

async fn an_unclaimed_one_is_nudged_three_times(world: World) {
    let yard = Yard::open(&world).await;
    let chat = yard.chat;
    world.enrol(chat, &[yard.jaan], "Maintenance").await;
    yard.waiting(&world).await;
    for (nudges, waited) in [
        (0, 9),
        (1, 1),
        (1, 9),
        (2, 1),
        (2, 9),
        (3, 1),
        (3, 10),
        (3, 600),
    ] {
        world.pass(TimeDelta::minutes(waited)).await;
        assert_eq!(
            world.times_said(chat, NUDGE),
            nudges,
            "{}",
            world.telegram.scene()
        );
    }
    let nudge = world.said(chat, NUDGE);
    assert!(nudge.text.contains("Maintenance: Jaan"), "{}", nudge.text);
    assert!(nudge.text.contains("for 30 min"), "{}", nudge.text);
    assert!(!nudge.text.contains(DOWN));
    let toast = world.press(yard.jaan, chat, nudge.id, "Claim").await;
    assert_eq!(toast.text, "✋ 0001 is yours");
    world.finish().await;
}

async fn a_claim_ends_the_nudges_and_giving_back_begins_them_anew(world: World) {
    let yard = Yard::open(&world).await;
    let chat = yard.chat;
    let card = yard.waiting(&world).await;
    world.pass(TimeDelta::minutes(10)).await;
    world.press(yard.jaan, chat, card, "Claim").await;
    world.pass(TimeDelta::hours(2)).await;
    assert_eq!(world.times_said(chat, NUDGE), 1);
    world.press(yard.jaan, chat, card, "Leave").await;
    for nudges in [2, 3, 4, 4] {
        world.pass(TimeDelta::minutes(10)).await;
        assert_eq!(world.times_said(chat, NUDGE), nudges);
    }
    world.finish().await;
}

/// Jaan has pressed Resolve and owes the summary; answers with the prompt.
async fn owing(world: &World, yard: &Yard) -> MessageId {
    let card = yard.claimed(world).await;
    world.press(yard.jaan, yard.chat, card, "Resolve").await;
    world.said(yard.chat, "how was 0001 resolved").id
}

async fn without_a_summary_it_is_closed(world: World) {
    let yard = Yard::open(&world).await;
    let chat = yard.chat;
    let private = world.start(yard.olga).await;
    owing(&world, &yard).await;
    world.pass(TimeDelta::minutes(5)).await;
    let reminder = world.said(chat, "5 minutes are left to say how 0001 was resolved");
    assert!(reminder.text.contains("👉 Jaan"), "{}", reminder.text);
    assert!(world.heard(private, "was closed").is_none());
    world.pass(TimeDelta::minutes(5)).await;

    let closed = "0001 was closed: nobody said in time how it was resolved";
    world.said(private, closed);
    assert!(world.said(chat, closed).text.contains("👉 Jaan"));
    let card = world.card(chat, "0001");
    assert!(
        card.text.contains("closed without a summary") && !card.pinned,
        "{}",
        card.text
    );
    world.pass(TimeDelta::hours(1)).await;
    assert_eq!(world.times_said(chat, "left to say how"), 1);
    assert_eq!(world.times_said(chat, closed), 1);
    assert_eq!(world.times_said(private, closed), 1);
    world.finish().await;
}

async fn a_summary_in_time_stops_the_clock(world: World) {
    let yard = Yard::open(&world).await;
    let prompt = owing(&world, &yard).await;
    world.pass(TimeDelta::minutes(9)).await;
    world
        .reply(yard.chat, yard.jaan, prompt, "Oiled the hinge")
        .await;
    world.pass(TimeDelta::hours(1)).await;
    assert!(
        world
            .card(yard.chat, "0001")
            .text
            .contains("0001 · resolved")
    );
    assert_eq!(world.times_said(yard.chat, "was closed"), 0);
    world.finish().await;
}

/// The desk is down for three hours.
async fn downtime(world: &mut World) {
    world.halt().await;
    world.clock.advance(TimeDelta::hours(3));
    world.wake().await;
    world.settle().await;
}

async fn after_hours_of_downtime_one_nudge_says_so(mut world: World) {
    let yard = Yard::open(&world).await;
    yard.waiting(&world).await;
    downtime(&mut world).await;
    assert_eq!(world.times_said(yard.chat, NUDGE), 1);
    let nudge = world.said(yard.chat, NUDGE);
    assert!(
        nudge.text.contains(DOWN) && nudge.text.contains("3 h"),
        "{}",
        nudge.text
    );
    world.pass(TimeDelta::hours(1)).await;
    assert_eq!(world.times_said(yard.chat, NUDGE), 1);
    world.finish().await;
}

async fn after_hours_of_downtime_the_missing_department_says_so(mut world: World) {
    let yard = Yard::open(&world).await;
    yard.report(&world, "The tap in 204 leaks").await;
    downtime(&mut world).await;
    for late in [REMINDER, DISPATCHERS] {
        let told = world.said(yard.chat, late);
        assert!(told.text.contains(DOWN), "{}", told.text);
        assert_eq!(world.times_said(yard.chat, late), 1);
    }
    world.finish().await;
}

async fn after_hours_of_downtime_the_missing_summary_says_so(mut world: World) {
    let yard = Yard::open(&world).await;
    owing(&world, &yard).await;
    downtime(&mut world).await;
    let told = world.said(yard.chat, "0001 was closed");
    assert!(told.text.contains(DOWN), "{}", told.text);
    assert_eq!(world.times_said(yard.chat, "left to say how"), 0);
    world.finish().await;
}

async fn a_summary_given_during_downtime_counts(mut world: World) {
    let yard = Yard::open(&world).await;
    let prompt = owing(&world, &yard).await;
    world.halt().await;
    world
        .telegram
        .reply(yard.chat, yard.jaan, prompt, "Oiled the hinge");
    world.clock.advance(TimeDelta::hours(3));
    world.wake().await;
    world.settle().await;
    let card = world.card(yard.chat, "0001");
    assert!(card.text.contains("0001 · resolved"), "{}", card.text);
    assert!(card.text.contains("Oiled the hinge"));
    assert_eq!(world.times_said(yard.chat, "was closed"), 0);
    world.finish().await;
}

async fn a_claim_made_during_downtime_stops_the_nudge(mut world: World) {
    let yard = Yard::open(&world).await;
    let card = yard.waiting(&world).await;
    world.pass(TimeDelta::minutes(9)).await;
    world.halt().await;
    // Telegram keeps a press for a few minutes only.
    world.begin_press(yard.jaan, yard.chat, card, "Claim");
    world.clock.advance(TimeDelta::minutes(2));
    world.wake().await;
    world.settle().await;
    assert!(yard.see(&world, card).text.contains("🙋 Jaan"));
    assert_eq!(world.times_said(yard.chat, NUDGE), 0);
    // Telegram does not wait so long for the answer to a press, so nothing more can be asked of it.
    world.halt().await;
}

async fn a_restart_keeps_deadlines_and_repeats_none(mut world: World) {
    let yard = Yard::open(&world).await;
    let chat = yard.chat;
    yard.waiting(&world).await;
    world.restart().await;
    world.pass(TimeDelta::minutes(10)).await;
    assert_eq!(world.times_said(chat, NUDGE), 1);
    world.restart().await;
    world.settle().await;
    assert_eq!(world.times_said(chat, NUDGE), 1);
    world.pass(TimeDelta::minutes(10)).await;
    world.restart().await;
    world.settle().await;
    assert_eq!(world.times_said(chat, NUDGE), 2);
    assert!(!world.said(chat, NUDGE).text.contains(DOWN));
    world.finish().await;
}

/// Mari presses a button of the settings.
async fn set(world: &World, yard: &Yard, path: &[&str]) {
    let asked = world.say(yard.chat, yard.mari, "/settings").await;
    let panel = world.answer(yard.chat, asked).id;
    for label in path {
        world.press(yard.mari, yard.chat, panel, label).await;
    }
}

async fn an_unconfirmed_one_is_closed_after_a_day(world: World) {
    let yard = Yard::open(&world).await;
    set(&world, &yard, &["Full"]).await;
    let card = yard.resolved(&world).await;
    world.pass(TimeDelta::hours(23)).await;
    assert!(yard.see(&world, card).text.contains("to be confirmed"));
    world.pass(TimeDelta::hours(1)).await;
    assert!(yard.see(&world, card).text.contains("closed unconfirmed"));
    let told = "0001 was closed: nobody said in time whether it is fixed";
    assert_eq!(world.times_said(yard.chat, told), 1);
    let both = world.said(yard.chat, told);
    assert!(both.text.contains("👉 Olga, Jaan"), "{}", both.text);
    world.finish().await;
}

async fn a_changed_setting_moves_the_nudge(world: World) {
    let yard = Yard::open(&world).await;
    yard.waiting(&world).await;
    set(&world, &yard, &["Clocks", "🔔 30 min"]).await;
    world.pass(TimeDelta::minutes(12)).await;
    assert_eq!(world.times_said(yard.chat, NUDGE), 0);
    world.pass(TimeDelta::minutes(18)).await;
    assert_eq!(world.times_said(yard.chat, NUDGE), 1);
    world.finish().await;
}
