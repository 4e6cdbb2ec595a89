//! Basic groups that become supergroups while something is under way: another number, other message
//! numbers, and a chat left behind in which nothing can be said any more.

use chrono::TimeDelta;
use deskbell::playground::{ChatId, Fault};
use serde_json::json;

use super::basic;
use crate::world::{World, conversations};
use crate::yard::{Yard, config, count, forge};

conversations! {
    what_waits_during_an_upgrade_is_said_in_the_new_chat
    what_waits_is_moved_by_the_first_refusal_too
    a_private_message_that_fails_after_an_upgrade_is_said_in_the_new_chat
    an_upgrade_that_is_told_twice_happens_once
    old_buttons_are_answered_and_do_nothing_after_an_upgrade
    an_upgraded_group_counts_on
    what_is_said_right_after_an_upgrade_is_said_to_the_same_group
}

/// Two incidents, and a third whose card waits because the desk was told to.
async fn waiting(world: &World) -> Yard {
    let yard = basic(world).await;
    for number in ["0001", "0002"] {
        yard.incident(world, "The gate jams", number, "Dispatch")
            .await;
        world.pass(TimeDelta::minutes(1)).await;
    }
    let told_to_wait = Fault::TooManyRequests(30);
    world
        .telegram
        .fail_next(Some("sendMessage"), 1, told_to_wait);
    world
        .telegram
        .say(yard.chat, yard.olga, "/new_issue The lamp is out");
    world
        .until(|world| {
            let calls = world.telegram.calls();
            calls.iter().any(|call| call.status == 429)
        })
        .await;
    yard
}

/// Everything is in the new chat, once, and nothing waits for the old one.
async fn assert_moved(world: &World, yard: &Yard, chat: ChatId) {
    let old = world.telegram.messages(yard.chat).len();
    world.pass(TimeDelta::minutes(2)).await;
    for number in ["0001", "0002", "0003"] {
        let card = world.card(chat, number);
        assert!(card.pinned, "{card:#?}");
        // The card, and the note of its pin.
        assert_eq!(count(world, chat, &format!("{number} ·")), 2, "{number}");
    }
    let now = world.telegram.now();
    assert_eq!(world.store().outbox_unfinished(now).await.unwrap(), 0);
    assert_eq!(world.telegram.messages(yard.chat).len(), old);
    let toast = world
        .press(yard.jaan, chat, world.card(chat, "0002").id, "Claim")
        .await;
    assert_eq!(toast.text, "✋ 0002 is yours");
}

async fn what_waits_during_an_upgrade_is_said_in_the_new_chat(world: World) {
    let yard = waiting(&world).await;
    let chat = world.telegram.migrate(yard.chat, yard.mari);
    assert_moved(&world, &yard, chat).await;
    world.finish().await;
}

async fn what_waits_is_moved_by_the_first_refusal_too(mut world: World) {
    let yard = waiting(&world).await;
    world.halt().await;
    let chat = world.telegram.migrate(yard.chat, yard.mari);
    // Nobody tells of it: the updates are lost, and what waits finds out by itself.
    let forget = "deleteWebhook?drop_pending_updates=true";
    let forgotten = reqwest::get(format!("{}/{forget}", world.bot_url())).await;
    assert!(forgotten.unwrap().status().is_success());
    assert!(world.telegram.pending_updates().is_empty());
    world.wake().await;
    assert_moved(&world, &yard, chat).await;
    world.finish().await;
}

async fn a_private_message_that_fails_after_an_upgrade_is_said_in_the_new_chat(world: World) {
    let yard = basic(&world).await;
    let own = world.telegram.start_bot(yard.mari);
    let card = yard
        .incident(&world, "The gate jams", "0001", "Dispatch")
        .await;
    let told_to_wait = Fault::TooManyRequests(30);
    world
        .telegram
        .fail_next(Some("sendMessage"), 1, told_to_wait);
    // News for the reporter, which wait, while the group moves and she blocks the desk.
    let press = world.begin_press(yard.jaan, yard.chat, card.id, "Claim");
    world.telegram.toast(press).await.unwrap();
    world
        .until(|world| {
            let calls = world.telegram.calls();
            calls.iter().any(|call| call.status == 429)
        })
        .await;
    let chat = world.telegram.migrate(yard.chat, yard.mari);
    world.telegram.block(yard.mari);
    world.pass(TimeDelta::minutes(1)).await;
    let told = world.said(chat, "has taken 0001");
    assert!(told.text.contains("Mari"), "{}", told.text);
    assert!(world.heard(own, "has taken 0001").is_none());
    world.finish().await;
}

async fn an_upgrade_that_is_told_twice_happens_once(world: World) {
    let yard = basic(&world).await;
    yard.incident(&world, "The gate jams", "0001", "Dispatch")
        .await;
    world.telegram.duplicate_updates(true);
    let chat = world.telegram.migrate(yard.chat, yard.mari);
    world.settle().await;
    for (here, key, other) in [
        (yard.chat, "migrate_to_chat_id", chat),
        (chat, "migrate_from_chat_id", yard.chat),
    ] {
        let kind = if here == chat { "supergroup" } else { "group" };
        world.telegram.deliver_raw(json!({"message": {
            "message_id": 901, "date": 1_799_668_800, key: other.0,
            "from": {"id": yard.mari.0, "is_bot": false, "first_name": "Mari"},
            "chat": {"id": here.0, "type": kind, "title": "Northgate Yard"}}}));
    }
    world.settle().await;
    // Telegram tells it in both chats, and each time an update comes again it finds nothing to do.
    assert_eq!(count(&world, chat, "0001 ·"), 2, "the card and its pin");
    assert_eq!(count(&world, chat, "incident desk of this group"), 0);
    world.finish().await;
}

async fn old_buttons_are_answered_and_do_nothing_after_an_upgrade(mut world: World) {
    let yard = basic(&world).await;
    let old = yard
        .incident(&world, "The gate jams", "0001", "Dispatch")
        .await;
    let chat = world.telegram.migrate(yard.chat, yard.mari);
    world.settle().await;
    let before = world.incident(chat, 1).await;
    let buttons = old.buttons.iter().flatten();
    let data: Vec<String> = buttons.filter_map(|button| button.data.clone()).collect();
    for again in [false, true] {
        for data in &data {
            let toast = forge(&world, yard.jaan, yard.chat, old.id, data).await;
            assert!(!toast.text.is_empty(), "{data} met silence");
            assert!(!toast.text.contains("yours"), "{data}: {}", toast.text);
        }
        assert_eq!(world.incident(chat, 1).await, before);
        if !again {
            world.restart().await;
        }
    }
    world.finish().await;
}

async fn an_upgraded_group_counts_on(world: World) {
    let yard = basic(&world).await;
    yard.incident(&world, "The gate jams", "0001", "Dispatch")
        .await;
    let before = config(&world, yard.chat).await;
    let chat = world.telegram.migrate(yard.chat, yard.mari);
    world.settle().await;
    let after = config(&world, chat).await;
    assert_eq!((after.id, after.company), (before.id, before.company));
    assert_eq!(after.departments, before.departments);
    assert_eq!(after.managers, before.managers);
    world
        .say(chat, yard.olga, "/new_issue The lamp is out")
        .await;
    world.card(chat, "0002");
    world.finish().await;
}

async fn what_is_said_right_after_an_upgrade_is_said_to_the_same_group(mut world: World) {
    let yard = basic(&world).await;
    yard.incident(&world, "The gate jams", "0001", "Dispatch")
        .await;
    // While the desk is away, so that all of it comes in one batch.
    world.halt().await;
    let chat = world.telegram.migrate(yard.chat, yard.mari);
    world
        .telegram
        .say(chat, yard.olga, "/new_issue The lamp is out");
    world.telegram.set_bot_pin_right(chat, yard.mari, false);
    world.telegram.set_bot_pin_right(chat, yard.mari, true);
    world.wake().await;
    world.settle().await;
    for number in ["0001", "0002"] {
        assert!(world.card(chat, number).pinned, "{number}");
    }
    assert_eq!(count(&world, chat, "incident desk of this group"), 0);
    world.finish().await;
}
