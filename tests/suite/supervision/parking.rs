//! What keeps failing is left lying: it costs its neighbours nothing, and whoever wants something
//! of it is served without it.

use chrono::TimeDelta;
use tracing::Level;

use super::{ALWAYS, Fault, Shop, breakages, log};

breakages! {
    an_incident_that_keeps_panicking_is_parked_and_its_neighbours_go_on
    a_parked_incident_can_still_be_claimed_and_closed
    a_parked_group_still_takes_reports
    a_clock_that_panics_is_not_looked_at_again_while_its_incident_is_parked
    a_press_that_fails_keeps_nobody_waiting
    what_the_store_cannot_do_is_set_aside_and_its_neighbours_go_on
}

/// One record for each restart, and one for the parking.
fn assert_parked_once(words: &str, key: &str) {
    let lines = log::caused_by(words);
    let levels: Vec<Level> = lines.iter().map(|line| line.level).collect();
    let mut expected = vec![Level::WARN; 5];
    expected.push(Level::ERROR);
    assert_eq!(levels, expected);
    for (line, falls) in lines.iter().zip(1..) {
        assert_eq!(line.says("key"), key);
        assert_eq!(line.says("restarts_in_window"), falls.to_string());
    }
}

async fn an_incident_that_keeps_panicking_is_parked_and_its_neighbours_go_on(shop: Shop) {
    let broken = shop.claimable("0001").await;
    let sound = shop.claimable("0002").await;
    let (words, panic) = shop.panic();
    shop.plan.next(ALWAYS, "commit", Some(1), panic);
    // Three tries for each press; the sixth fall within the minute is one too many.
    for presses in 1..=3 {
        assert!(shop.claim(&broken).await.contains("went wrong"));
        assert_eq!(shop.plan.count("set_aside"), presses);
    }
    assert_parked_once(&words, "1");
    assert_eq!(shop.claim(&sound).await, "✋ 0002 is yours");

    shop.plan.clear();
    shop.world.pass(TimeDelta::minutes(6)).await;
    assert_eq!(shop.claim(&broken).await, "✋ 0001 is yours");
    shop.world.finish().await;
}

/// Leaves it lying after six falls, as whatever breaks it is over.
async fn parked(shop: &Shop) -> String {
    let card = shop.claimable("0001").await;
    let (words, panic) = shop.panic();
    shop.plan.next(6, "commit", Some(1), panic);
    for _ in 0..2 {
        assert!(shop.claim(&card).await.contains("went wrong"));
    }
    assert_parked_once(&words, "1");
    words
}

async fn a_parked_incident_can_still_be_claimed_and_closed(shop: Shop) {
    let words = parked(&shop).await;
    let card = shop.world.card(shop.chat, "0001");
    assert_eq!(shop.claim(&card).await, "✋ 0001 is yours");
    assert_eq!(shop.claim_again().await, "0001 is yours already.");
    let world = &shop.world;
    let card = world.card(shop.chat, "0001");
    world.press(shop.jaan, shop.chat, card.id, "Resolve").await;
    let prompt = world.said(shop.chat, "how was 0001");
    world
        .reply(shop.chat, shop.jaan, prompt.id, "Oiled the hinge")
        .await;
    let closed = world.card(shop.chat, "0001");
    assert!(closed.text.contains("Oiled the hinge"), "{}", closed.text);
    // All that without its actor: no more falls, and no more restarts.
    assert_parked_once(&words, "1");
    shop.world.finish().await;
}

async fn a_parked_group_still_takes_reports(shop: Shop) {
    let (words, panic) = shop.panic();
    // What the actor asks that knows its group, and what one asks that has just been started.
    shop.plan.next(1, "company_version", None, panic.clone());
    let chat = Some(shop.chat.0);
    shop.plan.next(5, "group_of_chat", chat, panic);
    for report in ["The door squeaks", "The lamp flickers", "The tap drips"] {
        let report = format!("/new_issue {report}");
        shop.world.say(shop.chat, shop.mari, &report).await;
    }
    assert_parked_once(&words, &shop.chat.0.to_string());
    assert_eq!(shop.plan.count("set_aside"), 2);
    let card = shop.world.card(shop.chat, "0001");
    assert!(card.text.contains("The tap drips"), "{}", card.text);
    shop.world.finish().await;
}

/// The timer taps it five times a second for as long as its deadline is due.
async fn a_clock_that_panics_is_not_looked_at_again_while_its_incident_is_parked(shop: Shop) {
    let card = shop.claimable("0001").await;
    let (words, panic) = shop.panic();
    shop.plan.clear();
    shop.plan.next(ALWAYS, "commit", Some(1), panic);
    shop.world.clock.advance(TimeDelta::minutes(11));
    // Six falls, and once by its stand-in.
    shop.plan.called("commit", 7).await;
    shop.plan.called("due", shop.plan.count("due") + 3).await;
    assert_eq!(shop.plan.count("commit"), 7);
    assert_parked_once(&words, "1");
    shop.plan.clear();
    assert_eq!(shop.claim(&card).await, "✋ 0001 is yours");
    shop.world.finish().await;
}

/// It panics, and hangs when it is tried again.
async fn a_press_that_fails_keeps_nobody_waiting(shop: Shop) {
    let broken = shop.claimable("0001").await;
    let sound = shop.claimable("0002").await;
    let (_, panic) = shop.panic();
    shop.plan.clear();
    shop.plan.next(1, "commit", Some(1), panic);
    shop.plan.next(1, "commit", Some(1), Fault::Hang);
    let telegram = shop.world.telegram.clone();
    let failed = shop
        .world
        .begin_press(shop.jaan, shop.chat, broken.id, "Claim");
    shop.plan.called("commit", 2).await;
    for (person, says) in [
        (shop.jaan, "✋ 0002 is yours"),
        (shop.mari, "already claimed by Jaan"),
    ] {
        let press = shop.world.begin_press(person, shop.chat, sound.id, "Claim");
        let toast = telegram.toast(press).await.unwrap();
        assert!(toast.text.contains(says), "{}", toast.text);
    }
    assert_eq!(telegram.toast_now(failed), None);
    assert!(
        !telegram.pending_updates().is_empty(),
        "Telegram keeps what has no verdict"
    );
    shop.plan.clear();
    let toast = telegram.toast(failed).await.unwrap();
    assert_eq!(toast.text, "✋ 0001 is yours");
    shop.world.finish().await;
}

/// A row that cannot be read, say: the store as a whole is not away, so waiting for it would be
/// waiting for ever.
async fn what_the_store_cannot_do_is_set_aside_and_its_neighbours_go_on(shop: Shop) {
    let broken = shop.claimable("0001").await;
    let sound = shop.claimable("0002").await;
    shop.plan.next(ALWAYS, "commit", Some(1), Fault::Refuse);
    assert!(shop.claim(&broken).await.contains("went wrong"));
    assert_eq!(shop.plan.count("set_aside"), 1);
    assert_eq!(shop.claim(&sound).await, "✋ 0002 is yours");
    shop.plan.clear();
    assert_eq!(shop.claim(&broken).await, "✋ 0001 is yours");
    shop.world.finish().await;
}
