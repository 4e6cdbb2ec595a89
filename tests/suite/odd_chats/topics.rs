//! Forums: topics that are closed, gone, or none at all.

use serde_json::json;

use super::forum;
use crate::world::{World, conversations};
use crate::yard::count;

conversations! {
    a_reply_in_general_is_in_no_topic
    what_is_asked_in_a_topic_is_answered_there
    a_topic_that_is_closed_later_does_not_silence_the_desk
    a_card_lost_with_its_topic_comes_back_in_general
}

async fn a_reply_in_general_is_in_no_topic(world: World) {
    let (yard, _) = forum(&world).await;
    let said = world.say(yard.chat, yard.olga, "The gate jams").await;
    // General has the number 1, which no message may be sent to; and a reply there carries the
    // number of what it answers, which is no topic either.
    for (id, thread) in [(900, said.0), (901, 1)] {
        let group = json!({"id": yard.chat.0, "type": "supergroup", "title": "Northgate Yard",
            "is_forum": true});
        let olga = json!({"id": yard.olga.0, "is_bot": false, "first_name": "Olga"});
        world.telegram.deliver_raw(json!({"message": {
            "message_id": id, "date": 1_799_668_800, "from": olga, "chat": group,
            "message_thread_id": thread, "text": format!("/new_issue Leak {id}"),
            "entities": [{"type": "bot_command", "offset": 0, "length": 10}]}}));
    }
    world.settle().await;
    for number in ["0001", "0002"] {
        let card = world.card(yard.chat, number);
        assert!(card.thread.is_none() && card.pinned, "{card:#?}");
    }
    let refused = world.telegram.calls();
    let refused = refused.iter().filter(|call| call.status == 400).count();
    assert_eq!(refused, 0, "no call had to be made twice");
    world.finish().await;
}

async fn what_is_asked_in_a_topic_is_answered_there(world: World) {
    let (yard, topic) = forum(&world).await;
    for command in ["/open", "/help", "/incident 9999", "/departments"] {
        let asked = world.telegram.say_in(yard.chat, topic, yard.olga, command);
        world.settle().await;
        let answer = world.telegram.last_from_bot(yard.chat).unwrap();
        assert_eq!(answer.reply_to, Some(asked), "{command}");
        assert_eq!(answer.thread, Some(topic), "{command}");
    }
    world.finish().await;
}

async fn a_topic_that_is_closed_later_does_not_silence_the_desk(world: World) {
    let (yard, topic) = forum(&world).await;
    world
        .telegram
        .say_in(yard.chat, topic, yard.olga, "/new_issue The gate jams");
    world.settle().await;
    let card = world.card(yard.chat, "0001").id;
    world.press(yard.olga, yard.chat, card, "Choose").await;
    world.press(yard.olga, yard.chat, card, "Dispatch").await;
    world.telegram.close_topic(yard.chat, yard.mari, topic);
    world.press(yard.jaan, yard.chat, card, "Claim").await;
    assert!(world.card(yard.chat, "0001").text.contains("Jaan"));
    world.press(yard.jaan, yard.chat, card, "Resolve").await;
    let prompt = world.said(yard.chat, "how was 0001 resolved?");
    assert_eq!(prompt.thread, None, "heard in General beats not heard");
    world
        .reply(yard.chat, yard.jaan, prompt.id, "Oiled it")
        .await;
    assert!(world.card(yard.chat, "0001").text.contains("Oiled it"));
    world.finish().await;
}

async fn a_card_lost_with_its_topic_comes_back_in_general(world: World) {
    let (yard, topic) = forum(&world).await;
    world
        .telegram
        .say_in(yard.chat, topic, yard.olga, "/new_issue The gate jams");
    world.settle().await;
    let card = world.card(yard.chat, "0001").id;
    world.telegram.close_topic(yard.chat, yard.mari, topic);
    world.telegram.delete(yard.chat, card);
    world
        .say(yard.chat, yard.mari, "/comment 0001 Where is it?")
        .await;
    let back = world.card(yard.chat, "0001");
    assert!(back.thread.is_none() && back.pinned, "{back:#?}");
    assert!(back.text.contains("Where is it?"));
    world.press(yard.olga, yard.chat, back.id, "Choose").await;
    world.press(yard.olga, yard.chat, back.id, "Dispatch").await;
    let toast = world.press(yard.jaan, yard.chat, back.id, "Claim").await;
    assert_eq!(toast.text, "✋ 0001 is yours");
    assert_eq!(count(&world, yard.chat, "Where is it?"), 1);
    world.finish().await;
}
