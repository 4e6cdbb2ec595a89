//! Cards that people delete at the worst moment, and the right to pin them, which comes and goes.

use chrono::TimeDelta;
use deskbell::playground::Fault;

use crate::world::{World, conversations};
use crate::yard::{Yard, count, people};

conversations! {
    cards_are_pinned_when_the_right_comes_later
    a_right_that_comes_back_pins_what_was_missed
    many_open_cards_are_pinned_at_the_groups_pace
    a_card_deleted_before_it_was_pinned_comes_back_pinned
    a_card_deleted_while_its_change_waits_comes_back_changed
    a_message_deleted_while_its_answer_waits_is_answered_all_the_same
}

/// A yard in which the bot is a plain member.
async fn plain(world: &World) -> Yard {
    let (mari, jaan, olga) = people(world);
    let chat = world.telegram.group("Northgate Yard", &[mari, jaan, olga]);
    world.telegram.add_bot(chat, mari);
    world.settle().await;
    Yard {
        chat,
        mari,
        jaan,
        olga,
    }
}

async fn cards_are_pinned_when_the_right_comes_later(world: World) {
    let yard = plain(&world).await;
    for number in ["0001", "0002", "0003"] {
        yard.incident(&world, "The gate jams", number, "Dispatch")
            .await;
        world.pass(TimeDelta::minutes(1)).await;
    }
    world
        .say(yard.chat, yard.mari, "/cancel 0002 It does not")
        .await;
    assert!(world.telegram.pinned(yard.chat).is_empty());
    let before = world.telegram.messages(yard.chat).len();
    world.telegram.set_bot_pin_right(yard.chat, yard.mari, true);
    world.settle().await;
    for (number, pinned) in [("0001", true), ("0002", false), ("0003", true)] {
        assert_eq!(world.card(yard.chat, number).pinned, pinned, "{number}");
    }
    let after = world.telegram.messages(yard.chat).len();
    assert_eq!(after, before + 2, "nothing but the notes of two pins");
    assert_eq!(count(&world, yard.chat, "incident desk of this group"), 1);
    world.finish().await;
}

async fn a_right_that_comes_back_pins_what_was_missed(world: World) {
    let yard = Yard::new(&world).await;
    world
        .telegram
        .set_bot_pin_right(yard.chat, yard.mari, false);
    let card = yard
        .incident(&world, "The gate jams", "0001", "Dispatch")
        .await;
    assert!(!card.pinned);
    world.telegram.set_bot_pin_right(yard.chat, yard.mari, true);
    world.settle().await;
    assert!(world.card(yard.chat, "0001").pinned);
    assert_eq!(world.telegram.pinned(yard.chat).len(), 1);
    world.finish().await;
}

async fn many_open_cards_are_pinned_at_the_groups_pace(world: World) {
    let yard = plain(&world).await;
    for _ in 0..30 {
        world
            .telegram
            .say(yard.chat, yard.olga, "/new_issue A leak");
    }
    world.settle().await;
    world.telegram.set_bot_pin_right(yard.chat, yard.mari, true);
    // The pace itself is checked by `finish`.
    world.settle().await;
    assert_eq!(world.telegram.pinned(yard.chat).len(), 30);
    world.finish().await;
}

async fn a_card_deleted_before_it_was_pinned_comes_back_pinned(world: World) {
    let yard = Yard::new(&world).await;
    let told_to_wait = Fault::TooManyRequests(20);
    world
        .telegram
        .fail_next(Some("pinChatMessage"), 1, told_to_wait);
    world
        .telegram
        .say(yard.chat, yard.olga, "/new_issue The gate jams");
    world
        .until(|world| {
            let calls = world.telegram.calls();
            calls.iter().any(|call| call.method == "pinChatMessage")
        })
        .await;
    let card = world.card(yard.chat, "0001");
    world.telegram.delete(yard.chat, card.id);
    world.pass(TimeDelta::seconds(21)).await;
    let back = world.card(yard.chat, "0001");
    assert!(back.id != card.id && back.pinned, "{back:#?}");
    assert_eq!(count(&world, yard.chat, "0001 ·"), 2, "a card, and its pin");
    world.finish().await;
}

async fn a_card_deleted_while_its_change_waits_comes_back_changed(world: World) {
    let yard = Yard::new(&world).await;
    let card = yard
        .incident(&world, "The gate jams", "0001", "Dispatch")
        .await;
    let told_to_wait = Fault::TooManyRequests(20);
    world
        .telegram
        .fail_next(Some("editMessageText"), 1, told_to_wait);
    let press = world.begin_press(yard.jaan, yard.chat, card.id, "Claim");
    let toast = world.telegram.toast(press).await.unwrap();
    assert_eq!(toast.text, "✋ 0001 is yours");
    world
        .until(|world| {
            let calls = world.telegram.calls();
            calls.iter().any(|call| call.status == 429)
        })
        .await;
    world.telegram.delete(yard.chat, card.id);
    world.pass(TimeDelta::seconds(21)).await;
    let back = world.card(yard.chat, "0001");
    assert!(back.id != card.id && back.pinned, "{back:#?}");
    assert!(back.text.contains("Jaan"), "{}", back.text);
    assert_eq!(world.telegram.pinned(yard.chat).len(), 1);
    world.finish().await;
}

async fn a_message_deleted_while_its_answer_waits_is_answered_all_the_same(world: World) {
    let yard = Yard::new(&world).await;
    let told_to_wait = Fault::TooManyRequests(20);
    world
        .telegram
        .fail_next(Some("sendMessage"), 1, told_to_wait);
    let asked = world
        .telegram
        .say(yard.chat, yard.olga, "/new_issue The gate jams");
    world
        .until(|world| {
            let calls = world.telegram.calls();
            calls.iter().any(|call| call.status == 429)
        })
        .await;
    world.telegram.delete(yard.chat, asked);
    world.pass(TimeDelta::seconds(21)).await;
    let card = world.card(yard.chat, "0001");
    assert_eq!(card.reply_to, None);
    assert!(card.pinned && card.text.contains("The gate jams"));
    world.finish().await;
}
