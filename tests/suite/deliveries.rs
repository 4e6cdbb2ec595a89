//! What becomes of a delivery when the line is bad: pages arrive at least once and a repeat says so,
//! edits and pins leave no trace of having been tried twice, small talk comes at most once, and who
//! is told to wait waits.

mod stranded;

use actors::domain::{Class, Says};
use actors::ports::{Address, Commit, Draft};
use chrono::TimeDelta;
use deskbell::playground::{Call, ChatId, Content, Fault, MessageId, PersonId};

use crate::cast::Yard;
use crate::world::{World, conversations};

conversations! {
    a_page_whose_answer_is_lost_comes_twice_and_the_second_says_so
    an_escalation_whose_answer_is_lost_comes_twice_and_the_second_says_so
    edits_and_pins_whose_answers_are_lost_leave_no_trace
    small_talk_is_never_said_twice
    nothing_is_lost_while_telegram_is_down
    a_copy_of_a_card_that_went_astray_says_where_the_card_is
    a_card_that_went_astray_is_found_by_a_press
    a_card_that_was_deleted_is_posted_and_pinned_anew
    a_chat_that_is_told_to_wait_waits_over_a_restart_and_others_go_on
    two_chats_that_are_told_to_wait_mean_everybody
    an_answer_to_a_press_that_is_told_to_wait_means_everybody
}

/// The calls since, but for answers to presses and for fetching.
fn calls_since(world: &World, before: u64) -> Vec<Call> {
    let calls = world.telegram.calls_since(before).into_iter();
    calls
        .filter(|call| call.parameters.get("chat_id").is_some())
        .collect()
}

/// The bot's own messages with these words; that it pinned one is none.
fn spoken(world: &World, chat: ChatId, words: &str) -> Vec<MessageId> {
    let messages = world.telegram.messages(chat).into_iter();
    let spoken = messages.filter(|message| {
        let says = !matches!(message.content, Content::Service(_));
        message.from_bot && says && message.text.contains(words)
    });
    spoken.map(|message| message.id).collect()
}

/// Lets the desk say something anywhere.
async fn say(world: &World, class: Class, chats: &[ChatId]) {
    let mut commit = Commit::new(world.telegram.now(), None);
    commit.outbox = chats.iter().map(|chat| draft(class, *chat)).collect();
    world.store().commit(commit).await.unwrap();
    world.service().tree().wakes.all();
}

fn draft(class: Class, chat: ChatId) -> Draft {
    Draft {
        incident: None,
        about_opened: false,
        group: None,
        address: Address::Chat {
            chat: actors::domain::ChatId(chat.0),
            thread: None,
        },
        class,
        says: Says::Privacy,
        reply_to: None,
        held_until: None,
        absent_minutes: None,
        edit: None,
    }
}

async fn a_page_whose_answer_is_lost_comes_twice_and_the_second_says_so(world: World) {
    let yard = Yard::open(&world).await;
    let card = yard.claimed(&world).await;
    world
        .telegram
        .fail_next(Some("sendMessage"), 1, Fault::ReplyLost);
    world.press(yard.jaan, yard.chat, card, "Resolve").await;
    assert_eq!(world.times_said(yard.chat, "how was 0001 resolved?"), 2);
    assert_eq!(world.times_said(yard.chat, "(repeat)"), 1);
    let prompt = world.said(yard.chat, "how was 0001 resolved?");
    assert!(prompt.text.starts_with("(repeat)"), "{}", prompt.text);
    world
        .reply(yard.chat, yard.jaan, prompt.id, "Oiled the hinge")
        .await;
    assert!(yard.see(&world, card).text.contains("Oiled the hinge"));
    world.finish().await;
}

async fn an_escalation_whose_answer_is_lost_comes_twice_and_the_second_says_so(world: World) {
    let yard = Yard::open(&world).await;
    let (chat, jaan) = (yard.chat, yard.jaan);
    let card = yard.claimed(&world).await;
    world.press(jaan, chat, card, "Urgency").await;
    world.press(jaan, chat, card, "critical").await;
    world.pass(TimeDelta::minutes(2)).await;
    let private = world.telegram.private(yard.mari);
    // Both the call in the group and hers, whichever leaves first.
    world
        .telegram
        .fail_next(Some("sendMessage"), 2, Fault::ReplyLost);
    world.press(jaan, chat, card, "Leave").await;
    assert_eq!(world.times_said(chat, "0001 is free again"), 2);
    assert_eq!(world.times_said(private, "0001 is free again"), 2);
    assert_eq!(world.times_said(private, "(repeat)"), 1);
    world.finish().await;
}

async fn edits_and_pins_whose_answers_are_lost_leave_no_trace(world: World) {
    let yard = Yard::open(&world).await;
    for method in ["editMessageText", "pinChatMessage", "unpinChatMessage"] {
        world.telegram.fail_next(Some(method), 1, Fault::ReplyLost);
    }
    let card = yard.resolved(&world).await;
    world.pass(TimeDelta::minutes(2)).await;
    let view = yard.see(&world, card);
    assert!(view.text.contains("Oiled the hinge") && !view.pinned);
    assert_eq!(world.times_said(yard.chat, "(repeat)"), 0);
    assert_eq!(spoken(&world, yard.chat, "0001 ·").len(), 1, "one card");
    world.finish().await;
}

async fn small_talk_is_never_said_twice(world: World) {
    let yard = Yard::open(&world).await;
    yard.claimed(&world).await;
    for fault in [Fault::ReplyLost, Fault::ServerError] {
        world.pass(TimeDelta::minutes(2)).await;
        world.telegram.fail_next(Some("sendMessage"), 1, fault);
        world
            .say(yard.chat, yard.olga, "/comment 0001 The key is at the desk")
            .await;
        world.pass(TimeDelta::minutes(2)).await;
        assert_eq!(world.times_said(yard.chat, "Added to 0001"), 1, "{fault:?}");
    }
    assert_eq!(world.incident(yard.chat, 1).await.comments, 2);
    world.finish().await;
}

async fn nothing_is_lost_while_telegram_is_down(world: World) {
    let yard = Yard::open(&world).await;
    let card = yard.claimed(&world).await;
    world.pass(TimeDelta::minutes(2)).await;
    let before = world.telegram.call_count();
    world.telegram.go_down_for(TimeDelta::minutes(30));
    let chats = [yard.chat, world.telegram.private(yard.mari)];
    say(&world, Class::Escalation, &chats).await;
    say(&world, Class::Page, &chats).await;
    say(&world, Class::Edit, &chats).await;
    world.pass(TimeDelta::minutes(31)).await;
    world.pass(TimeDelta::minutes(5)).await;
    for chat in chats {
        assert_eq!(world.times_said(chat, "What I keep"), 3, "in {chat}");
    }
    let tries = calls_since(&world, before).len();
    assert!(tries < 60, "{tries} calls in half an hour");
    assert!(yard.see(&world, card).text.contains("in progress"));
    world.finish().await;
}

/// The desk has posted a card, and does not know it; answers with its number.
async fn astray(world: &World, yard: &Yard) -> MessageId {
    world
        .telegram
        .fail_next(Some("sendMessage"), 1, Fault::ReplyLost);
    let words = "/new_issue Truck 14 is stuck at gate B";
    world.telegram.say(yard.chat, yard.olga, words);
    world
        .until(|world| world.heard(yard.chat, "Truck 14 is stuck").is_some())
        .await;
    world.said(yard.chat, "Truck 14 is stuck").id
}

/// The labels of the buttons that do something.
fn verbs(world: &World, chat: ChatId, message: MessageId) -> Vec<String> {
    let view = world.telegram.message(chat, message).unwrap();
    let buttons = view.buttons.into_iter().flatten();
    let verbs = buttons.filter(|button| button.data.is_some());
    verbs.map(|button| button.label).collect()
}

async fn a_copy_of_a_card_that_went_astray_says_where_the_card_is(world: World) {
    let yard = Yard::open(&world).await;
    let (chat, jaan) = (yard.chat, yard.jaan);
    let copy = astray(&world, &yard).await;
    world.settle().await;
    let repeats = spoken(&world, chat, "(repeat)");
    let card = repeats[0];
    assert_eq!((repeats.len(), copy == card), (1, false));
    world
        .press(yard.olga, chat, copy, "Choose department")
        .await;
    assert_eq!(verbs(&world, chat, copy), Vec::<String>::new());
    let words = world.telegram.message(chat, copy).unwrap().text;
    assert!(words.contains("0001 was sent twice by mistake"), "{words}");
    world.press(yard.olga, chat, card, "Maintenance").await;
    let toast = world.press(jaan, chat, card, "Claim").await;
    assert_eq!(toast.text, "✋ 0001 is yours");
    let text = yard.see(&world, card).text;
    assert!(
        !text.contains("(repeat)"),
        "the card is one of its kind: {text}"
    );
    world.finish().await;
}

async fn a_card_that_went_astray_is_found_by_a_press(world: World) {
    let yard = Yard::open(&world).await;
    let chat = yard.chat;
    let card = astray(&world, &yard).await;
    let press = world.begin_press(yard.olga, chat, card, "Choose department");
    world.telegram.toast(press).await.unwrap();
    world.settle().await;
    let cards = spoken(&world, chat, "Truck 14 is stuck");
    assert_eq!(cards, [card], "no second card");
    world.press(yard.olga, chat, card, "Maintenance").await;
    world.press(yard.jaan, chat, card, "Claim").await;
    let view = yard.see(&world, card);
    assert!(view.text.contains("in progress") && view.pinned);
    world.finish().await;
}

async fn a_card_that_was_deleted_is_posted_and_pinned_anew(world: World) {
    let yard = Yard::open(&world).await;
    let card = yard.waiting(&world).await;
    world.telegram.delete(yard.chat, card);
    let before = world.telegram.call_count();
    world.say(yard.chat, yard.mari, "/assign 0001 @jaan").await;
    world
        .say(yard.chat, yard.olga, "/comment 0001 Mind the dog")
        .await;
    world.pass(TimeDelta::minutes(2)).await;
    let view = world.card(yard.chat, "0001");
    assert_ne!(view.id, card);
    assert!(
        view.text.contains("Mind the dog") && view.pinned,
        "{view:#?}"
    );
    let calls = calls_since(&world, before);
    assert!(
        calls.len() < 10,
        "it does not go round in circles: {calls:#?}"
    );
    world.finish().await;
}

/// A desk in three groups, told to wait by some calls.
async fn groups(world: &World) -> (PersonId, [ChatId; 3]) {
    let mari = world.telegram.person("Mari").started().add();
    let north = world.group("Northgate", &[mari]).await;
    let south = world.group("Southgate", &[mari]).await;
    let hotel = world.group("Hotel Aurora", &[mari]).await;
    world.pass(TimeDelta::minutes(2)).await;
    (mari, [north, south, hotel])
}

async fn a_chat_that_is_told_to_wait_waits_over_a_restart_and_others_go_on(mut world: World) {
    world.watch().await;
    let (mari, [north, south, hotel]) = groups(&world).await;
    let before = world.telegram.call_count();
    world
        .telegram
        .fail_next(Some("sendMessage"), 1, Fault::TooManyRequests(90));
    say(&world, Class::Page, &[north]).await;
    world
        .until(|world| !calls_since(world, before).is_empty())
        .await;
    world.pass_unsettled(TimeDelta::seconds(20)).await;
    world.restart().await;
    say(&world, Class::Escalation, &[north, south]).await;
    say(&world, Class::Chatter, &[north, hotel]).await;
    let heard = |world: &World, chat| world.times_said(chat, "What I keep");
    world
        .until(|world| heard(world, south) == 1 && heard(world, hotel) == 1)
        .await;
    world.pass_unsettled(TimeDelta::seconds(60)).await;
    assert_eq!(heard(&world, north), 0, "for 90 seconds");
    world.pass(TimeDelta::seconds(15)).await;
    assert_eq!(heard(&world, north), 3);
    assert_eq!(heard(&world, world.telegram.private(mari)), 0);
    world.finish().await;
}

async fn two_chats_that_are_told_to_wait_mean_everybody(mut world: World) {
    world.watch().await;
    let (mari, [north, south, hotel]) = groups(&world).await;
    let before = world.telegram.call_count();
    let private = world.telegram.private(mari);
    world
        .telegram
        .fail_next(Some("sendMessage"), 2, Fault::TooManyRequests(60));
    say(&world, Class::Page, &[north, south]).await;
    world
        .until(|world| calls_since(world, before).len() == 2)
        .await;
    world.restart().await;
    say(&world, Class::Escalation, &[hotel, private]).await;
    world.pass_unsettled(TimeDelta::seconds(50)).await;
    assert_eq!(
        calls_since(&world, before).len(),
        2,
        "nobody hears anything"
    );
    world.pass(TimeDelta::seconds(15)).await;
    for chat in [north, south, hotel, private] {
        assert_eq!(world.times_said(chat, "What I keep"), 1, "in {chat}");
    }
    world.finish().await;
}

async fn an_answer_to_a_press_that_is_told_to_wait_means_everybody(mut world: World) {
    world.watch().await;
    let yard = Yard::open(&world).await;
    let card = yard.waiting(&world).await;
    world.pass(TimeDelta::minutes(2)).await;
    let before = world.telegram.call_count();
    // Short enough that the answer is still worth sending.
    world
        .telegram
        .fail_next(Some("answerCallbackQuery"), 1, Fault::TooManyRequests(4));
    let press = world.begin_press(yard.jaan, yard.chat, card, "Claim");
    let told = |world: &World| {
        let mut calls = world.telegram.calls_since(before).into_iter();
        calls.any(|call| call.method == "answerCallbackQuery")
    };
    world.until(told).await;
    let after = world.telegram.call_count();
    say(&world, Class::Escalation, &[yard.chat]).await;
    world.pass_unsettled(TimeDelta::seconds(3)).await;
    assert_eq!(calls_since(&world, after).len(), 0, "nothing goes anywhere");
    world.pass_unsettled(TimeDelta::seconds(2)).await;
    world.telegram.toast(press).await.unwrap();
    world.settle().await;
    assert!(yard.see(&world, card).text.contains("in progress"));
    assert_eq!(world.times_said(yard.chat, "What I keep"), 1);
    world.finish().await;
}
