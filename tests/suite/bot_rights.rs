//! What the bot may do in a group comes and goes: incidents live on, and their cards come back.

use actors::domain::group::GroupStatus;
use chrono::TimeDelta;
use deskbell::playground::{ChatId, Standing};

use crate::world::{World, conversations};
use crate::yard::{Yard, config, count, people};

conversations! {
    without_the_right_to_pin_a_card_is_not_pinned_and_that_is_all
    a_plain_member_works_in_privacy_mode
    without_privacy_mode_ordinary_talk_is_left_alone
    what_was_said_to_a_muted_desk_is_answered_when_it_may_speak_again
    a_muted_desk_still_redraws_its_cards
    removed_and_added_again_its_cards_come_back
    a_deleted_card_comes_back_with_the_next_change
    a_removed_desk_says_nothing_and_refuses_old_buttons
}

fn calls(world: &World, method: &str) -> usize {
    let calls = world.telegram.calls();
    calls.iter().filter(|call| call.method == method).count()
}

async fn without_the_right_to_pin_a_card_is_not_pinned_and_that_is_all(world: World) {
    let (mari, jaan, olga) = people(&world);
    let chat = world.telegram.group("Northgate Yard", &[mari, jaan, olga]);
    world.telegram.add_bot(chat, mari);
    world.settle().await;
    world.say(chat, olga, "/new_issue The gate jams").await;
    let card = world.card(chat, "0001");
    assert!(!card.pinned);
    assert_eq!(calls(&world, "pinChatMessage"), 1);
    world.press(olga, chat, card.id, "Choose").await;
    world.press(olga, chat, card.id, "Dispatch").await;
    let toast = world.press(jaan, chat, card.id, "Claim").await;
    assert_eq!(toast.text, "✋ 0001 is yours");
    world.pass(TimeDelta::hours(1)).await;
    assert_eq!(
        calls(&world, "pinChatMessage"),
        1,
        "it was not tried again and again"
    );

    world.press(jaan, chat, card.id, "Resolve").await;
    let prompt = world.said(chat, "how was 0001 resolved?").id;
    world.reply(chat, jaan, prompt, "Oiled").await;
    assert!(world.card(chat, "0001").text.contains("Oiled"));
    world.finish().await;
}

async fn a_plain_member_works_in_privacy_mode(world: World) {
    let (mari, jaan, olga) = people(&world);
    let chat = world.telegram.group("Northgate Yard", &[mari, jaan, olga]);
    world.telegram.add_bot(chat, mari);
    world.settle().await;
    let said = world.say(chat, olga, "The gate jams").await;
    assert!(world.telegram.pending_updates().is_empty());
    world.reply(chat, mari, said, "/new_issue").await;
    let card = world.card(chat, "0001");
    assert!(card.text.contains("The gate jams"), "{}", card.text);
    assert_eq!(card.reply_to, Some(said));
    world.finish().await;
}

async fn without_privacy_mode_ordinary_talk_is_left_alone(world: World) {
    world.telegram.set_privacy_mode(false);
    let (mari, jaan, olga) = people(&world);
    let chat = world.telegram.group("Northgate Yard", &[mari, jaan, olga]);
    world.telegram.add_bot(chat, mari);
    world.settle().await;
    let before = world.telegram.messages(chat).len();
    let said = world.say(chat, olga, "The gate jams").await;
    world.reply(chat, jaan, said, "/dance").await;
    world.say(chat, jaan, "/new_issue@another_bot yes").await;
    world.telegram.photo(chat, olga, "look");
    world.telegram.forward(chat, olga, jaan, "from elsewhere");
    world.telegram.edit(chat, olga, said, "The gate jams badly");
    world.settle().await;
    assert_eq!(world.telegram.messages(chat).len(), before + 5);
    world.finish().await;
}

/// Somebody reports to a desk that may not speak.
async fn muted(world: &World) -> (ChatId, Yard) {
    let yard = Yard::new(world).await;
    world.telegram.mute_bot(yard.chat, yard.mari);
    world.settle().await;
    (yard.chat, yard)
}

async fn what_was_said_to_a_muted_desk_is_answered_when_it_may_speak_again(world: World) {
    let (chat, yard) = muted(&world).await;
    world
        .telegram
        .say(chat, yard.olga, "/new_issue The gate jams");
    world.until(|world| calls(world, "sendMessage") > 2).await;
    assert_eq!(count(&world, chat, "0001"), 0);
    world.telegram.promote_bot(chat, yard.mari);
    world.pass(TimeDelta::minutes(6)).await;
    let card = world.card(chat, "0001");
    assert!(card.pinned && card.text.contains("The gate jams"));
    world.finish().await;
}

async fn a_muted_desk_still_redraws_its_cards(world: World) {
    let yard = Yard::new(&world).await;
    let card = yard
        .incident(&world, "The gate jams", "0001", "Dispatch")
        .await;
    world.telegram.mute_bot(yard.chat, yard.mari);
    world.settle().await;
    let toast = world.press(yard.jaan, yard.chat, card.id, "Claim").await;
    assert_eq!(toast.text, "✋ 0001 is yours");
    assert!(world.card(yard.chat, "0001").text.contains("Jaan"));
    world.finish().await;
}

async fn removed_and_added_again_its_cards_come_back(world: World) {
    let yard = Yard::new(&world).await;
    let card = yard
        .incident(&world, "The gate jams", "0001", "Dispatch")
        .await;
    world.telegram.kick_bot(yard.chat, yard.mari);
    world.settle().await;
    // While it was away its card was deleted, as people do who tidy up.
    world.telegram.delete(yard.chat, card.id);
    world.telegram.promote_bot(yard.chat, yard.mari);
    world.settle().await;
    let back = world.card(yard.chat, "0001");
    assert!(back.pinned && back.id != card.id);
    assert_eq!(count(&world, yard.chat, "incident desk of this group"), 1);
    let toast = world.press(yard.jaan, yard.chat, back.id, "Claim").await;
    assert_eq!(toast.text, "✋ 0001 is yours");
    world.finish().await;
}

async fn a_deleted_card_comes_back_with_the_next_change(world: World) {
    let yard = Yard::new(&world).await;
    let card = yard
        .incident(&world, "The gate jams", "0001", "Dispatch")
        .await;
    world.telegram.delete(yard.chat, card.id);
    world.say(yard.chat, yard.olga, "/comment 0001 Still").await;
    let back = world.card(yard.chat, "0001");
    assert!(back.pinned && back.text.contains("Still"), "{back:#?}");
    assert_eq!(world.telegram.pinned(yard.chat).len(), 1);
    let toast = world.press(yard.jaan, yard.chat, back.id, "Claim").await;
    assert_eq!(toast.text, "✋ 0001 is yours");
    world.finish().await;
}

async fn a_removed_desk_says_nothing_and_refuses_old_buttons(world: World) {
    let yard = Yard::new(&world).await;
    let card = yard
        .incident(&world, "The gate jams", "0001", "Dispatch")
        .await;
    let standing = Standing::Left;
    let bot = world.telegram.bot();
    world
        .telegram
        .set_standing(yard.chat, yard.mari, bot, standing);
    world.settle().await;
    let status = config(&world, yard.chat).await.status;
    assert_eq!(status, GroupStatus::Removed);
    let before = world.telegram.messages(yard.chat).len();
    let toast = world.press(yard.jaan, yard.chat, card.id, "Claim").await;
    assert!(
        toast.text.contains("I do not work in this group"),
        "{}",
        toast.text
    );
    world.pass(TimeDelta::hours(2)).await;
    assert_eq!(world.telegram.messages(yard.chat).len(), before);
    let own = world.telegram.private(yard.mari);
    world.say(own, yard.mari, "/open").await;
    world.said(own, "which group you are in");
    world.finish().await;
}
