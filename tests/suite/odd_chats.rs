//! Chats and senders as Telegram has them: upgraded groups, topics, people without a username,
//! and people who change theirs.

mod cards;
mod media;
mod people;
mod senders;
mod storm;
mod topics;
mod upgrades;

use deskbell::playground::ThreadId;
use serde_json::json;

use crate::world::{World, conversations};
use crate::yard::{Yard, config, count, forge, people, words};

conversations! {
    an_upgraded_group_takes_its_cards_along
    an_upgrade_that_nobody_told_is_noticed_by_the_first_refusal
    a_card_stands_in_the_topic_of_its_report
    in_a_closed_topic_the_desk_speaks_in_general
    an_anonymous_administrator_is_told_why_not
    a_channel_in_the_group_is_told_why_not
    people_without_a_username_are_named_and_called
    a_new_name_is_shown_from_the_next_change_on
    an_edited_report_is_corrected_and_other_edits_are_ignored
    what_was_added_to_a_report_survives_its_correction
    everything_twice_happens_once
}

/// Mari, Jaan and Olga in a basic group with the bot.
async fn basic(world: &World) -> Yard {
    let (mari, jaan, olga) = people(world);
    let chat = world
        .telegram
        .basic_group("Northgate Yard", &[mari, jaan, olga]);
    world.telegram.promote_bot(chat, mari);
    world.settle().await;
    Yard {
        chat,
        mari,
        jaan,
        olga,
    }
}

async fn an_upgraded_group_takes_its_cards_along(world: World) {
    let yard = basic(&world).await;
    let old = yard
        .incident(&world, "The gate jams", "0001", "Dispatch")
        .await;
    let claim = old.button("✋ Claim").unwrap().data.clone().unwrap();
    let chat = world.telegram.migrate(yard.chat, yard.mari);
    world.settle().await;
    let card = world.card(chat, "0001");
    assert!(card.pinned);
    // The old card still shows in the old chat, and its button leads nowhere.
    let toast = forge(&world, yard.jaan, yard.chat, old.id, &claim).await;
    assert!(!toast.text.contains("yours"), "{}", toast.text);
    assert!(!toast.text.is_empty(), "an old button met silence");
    let toast = world.press(yard.jaan, chat, card.id, "Claim").await;
    assert_eq!(toast.text, "✋ 0001 is yours");
    world
        .say(chat, yard.olga, "/new_issue The lamp is out")
        .await;
    world.card(chat, "0002");
    assert_eq!(config(&world, chat).await.managers.len(), 1);
    world.finish().await;
}

async fn an_upgrade_that_nobody_told_is_noticed_by_the_first_refusal(mut world: World) {
    let yard = basic(&world).await;
    let card = yard
        .incident(&world, "The gate jams", "0001", "Dispatch")
        .await;
    let claim = card.button("✋ Claim").unwrap().data.clone().unwrap();
    world.halt().await;
    let chat = world.telegram.migrate(yard.chat, yard.mari);
    // The updates that told of it are lost: a day has passed.
    world.clock.advance(chrono::TimeDelta::hours(25));
    world.wake().await;
    world.settle().await;
    forge(&world, yard.jaan, yard.chat, card.id, &claim).await;
    let card = world.card(chat, "0001");
    assert!(card.pinned, "{card:#?}");
    world.say(chat, yard.jaan, "/comment 0001 Here now").await;
    assert!(world.card(chat, "0001").text.contains("Here now"));
    world.finish().await;
}

/// A forum with a topic.
async fn forum(world: &World) -> (Yard, ThreadId) {
    let (mari, jaan, olga) = people(world);
    let chat = world.telegram.forum("Northgate Yard", &[mari, jaan, olga]);
    world.telegram.promote_bot(chat, mari);
    let topic = world.telegram.topic(chat, mari, "Gate B");
    world.settle().await;
    let yard = Yard {
        chat,
        mari,
        jaan,
        olga,
    };
    (yard, topic)
}

async fn a_card_stands_in_the_topic_of_its_report(world: World) {
    let (yard, topic) = forum(&world).await;
    world
        .telegram
        .say_in(yard.chat, topic, yard.olga, "/new_issue The gate jams");
    world.settle().await;
    let card = world.card(yard.chat, "0001");
    assert_eq!(card.thread, Some(topic));
    world.press(yard.olga, yard.chat, card.id, "Choose").await;
    world.press(yard.olga, yard.chat, card.id, "Dispatch").await;
    world.press(yard.jaan, yard.chat, card.id, "Claim").await;
    world.press(yard.jaan, yard.chat, card.id, "Resolve").await;
    let prompt = world.said(yard.chat, "how was 0001 resolved?");
    assert_eq!(prompt.thread, Some(topic));
    world
        .say(yard.chat, yard.olga, "/new_issue The lamp is out")
        .await;
    assert_eq!(world.card(yard.chat, "0002").thread, None);
    world.finish().await;
}

async fn in_a_closed_topic_the_desk_speaks_in_general(world: World) {
    let (yard, topic) = forum(&world).await;
    world
        .telegram
        .say_in(yard.chat, topic, yard.olga, "/new_issue The gate jams");
    world.telegram.close_topic(yard.chat, yard.mari, topic);
    world.settle().await;
    let card = world.card(yard.chat, "0001");
    assert_eq!(card.thread, None);
    world.press(yard.olga, yard.chat, card.id, "Choose").await;
    world.press(yard.olga, yard.chat, card.id, "Dispatch").await;
    let toast = world.press(yard.jaan, yard.chat, card.id, "Claim").await;
    assert_eq!(toast.text, "✋ 0001 is yours");
    world.finish().await;
}

async fn an_anonymous_administrator_is_told_why_not(world: World) {
    let yard = Yard::new(&world).await;
    yard.incident(&world, "The gate jams", "0001", "Dispatch")
        .await;
    for command in [
        "/new_issue The lamp is out",
        "/my",
        "/comment 0001 Soon",
        "/cancel 0001 Not needed",
        "/assign 0001 @mari",
        "/register",
        "/forget_me",
    ] {
        let asked = world
            .telegram
            .say_anonymously(yard.chat, yard.mari, command);
        world.settle().await;
        let answer = world.telegram.last_from_bot(yard.chat).unwrap();
        assert_eq!(answer.reply_to, Some(asked), "{command}");
        assert!(
            answer.text.contains("You post as the group"),
            "{command}: {}",
            answer.text
        );
    }
    assert_eq!(count(&world, yard.chat, "0002"), 0);
    world.finish().await;
}

async fn a_channel_in_the_group_is_told_why_not(world: World) {
    let yard = Yard::new(&world).await;
    let card = yard
        .incident(&world, "The gate jams", "0001", "Dispatch")
        .await;
    let channel = json!({"id": -1_009_000_000_001_i64, "type": "channel", "title": "Yard news"});
    let group = json!({"id": yard.chat.0, "type": "supergroup", "title": "Northgate Yard"});
    let from = json!({"id": 136_817_688, "is_bot": true, "first_name": "Channel"});
    let message = |id: i64, text: &str| {
        json!({"message_id": id, "date": 1_799_668_800, "from": from, "sender_chat": channel,
            "chat": group, "text": text,
            "entities": [{"type": "bot_command", "offset": 0, "length": 10}]})
    };
    world
        .telegram
        .deliver_raw(json!({"message": message(900, "/new_issue The lamp is out")}));
    let mut comment = message(901, "What is it?");
    comment["entities"] = json!([]);
    comment["reply_to_message"] = json!({"message_id": card.id.0, "date": 1_799_668_800,
        "text": "card", "chat": group,
        "from": {"id": world.telegram.bot().0, "is_bot": true, "first_name": "Deskbell"}});
    world.telegram.deliver_raw(json!({"message": comment}));
    world.settle().await;
    assert_eq!(count(&world, yard.chat, "You post as the group"), 2);
    assert_eq!(count(&world, yard.chat, "0002"), 0);
    world.finish().await;
}

async fn people_without_a_username_are_named_and_called(world: World) {
    let yard = Yard::new(&world).await;
    let card = yard
        .incident(&world, "The gate jams", "0001", "Dispatch")
        .await;
    world.press(yard.olga, yard.chat, card.id, "Claim").await;
    let card = world.card(yard.chat, "0001");
    assert!(card.text.contains("Olga"), "{}", card.text);
    world.press(yard.olga, yard.chat, card.id, "Resolve").await;
    let prompt = world.said(yard.chat, "how was 0001 resolved?");
    let called = prompt.entities.iter().any(|entity| {
        format!("{:?}", entity.kind).contains(&format!("TextMention({})", yard.olga.0))
    });
    assert!(called, "{prompt:#?}");
    world.finish().await;
}

async fn a_new_name_is_shown_from_the_next_change_on(world: World) {
    let yard = Yard::new(&world).await;
    world
        .say(yard.chat, yard.olga, "/new_issue The gate jams")
        .await;
    assert!(world.card(yard.chat, "0001").text.contains("Olga"));
    world.telegram.deliver_raw(json!({"message": {
        "message_id": 900, "date": 1_799_668_800, "text": "I married",
        "from": {"id": yard.olga.0, "is_bot": false, "first_name": "Olga", "last_name": "Tamm"},
        "chat": {"id": yard.chat.0, "type": "supergroup", "title": "Northgate Yard"}}}));
    world.settle().await;
    world.say(yard.chat, yard.mari, "/comment 0001 Soon").await;
    let card = world.card(yard.chat, "0001");
    assert!(card.text.contains("Olga Tamm"), "{}", card.text);
    world.finish().await;
}

async fn an_edited_report_is_corrected_and_other_edits_are_ignored(world: World) {
    let yard = Yard::new(&world).await;
    let idle = world.say(yard.chat, yard.olga, "Morning").await;
    let report = world.say(yard.chat, yard.olga, "The gate jams").await;
    world
        .reply(yard.chat, yard.olga, report, "/new_issue")
        .await;
    let spoken = words(&world, yard.chat);
    world
        .telegram
        .edit(yard.chat, yard.olga, idle, "Good morning");
    world.settle().await;
    assert_eq!(words(&world, yard.chat), spoken);
    world
        .telegram
        .edit(yard.chat, yard.olga, report, "The gate B jams");
    world.settle().await;
    assert!(
        world
            .card(yard.chat, "0001")
            .text
            .contains("The gate B jams")
    );
    world.finish().await;
}

async fn what_was_added_to_a_report_survives_its_correction(world: World) {
    let yard = Yard::new(&world).await;
    let report = world.say(yard.chat, yard.olga, "The gate jams").await;
    let command = world
        .reply(yard.chat, yard.mari, report, "/new_issue since nonn")
        .await;
    let edit = |person, message, text| {
        world.telegram.edit(yard.chat, person, message, text);
        world.settle()
    };
    edit(yard.olga, report, "The gate B jams").await;
    let stored = || async { world.incident(yard.chat, 1).await.report.text };
    assert_eq!(stored().await, "The gate B jams\nsince nonn");
    edit(yard.mari, command, "/new_issue since noon").await;
    assert_eq!(stored().await, "The gate B jams\nsince noon");
    edit(yard.olga, report, "Gate B jams").await;
    let card = world.card(yard.chat, "0001");
    assert!(
        card.text.contains("Gate B jams\nsince noon"),
        "{}",
        card.text
    );
    // Nothing is left of the words, and the report is as it was without them.
    edit(yard.mari, command, "/new_issue").await;
    assert_eq!(stored().await, "Gate B jams");
    world.finish().await;
}

async fn everything_twice_happens_once(world: World) {
    let yard = Yard::new(&world).await;
    world.telegram.duplicate_updates(true);
    world.telegram.duplicate_presses(true);
    let card = yard
        .incident(&world, "The gate jams", "0001", "Dispatch")
        .await;
    let toast = world.press(yard.jaan, yard.chat, card.id, "Claim").await;
    // Either of the two answers may be the first to arrive.
    assert!(toast.text.contains("0001 is yours"), "{}", toast.text);
    world.say(yard.chat, yard.olga, "/comment 0001 Hurry").await;
    world.press(yard.jaan, yard.chat, card.id, "Resolve").await;
    assert_eq!(count(&world, yard.chat, "how was 0001 resolved?"), 1);
    let prompt = world.said(yard.chat, "how was 0001 resolved?").id;
    world.reply(yard.chat, yard.jaan, prompt, "Oiled").await;
    assert_eq!(count(&world, yard.chat, "0002"), 0);
    assert_eq!(count(&world, yard.chat, "Added to 0001"), 1);
    world.say(yard.chat, yard.mari, "/history 0001").await;
    let history = world.said(yard.chat, "What happened to 0001").text;
    for (event, times) in [("claimed", 1), ("Hurry", 1), ("summary: Oiled", 1)] {
        assert_eq!(history.matches(event).count(), times, "{event}: {history}");
    }
    world.finish().await;
}
