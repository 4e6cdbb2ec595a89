//! Who wrote a message, when it is nobody in particular: posts of linked channels, anonymous
//! administrators, bots, and what people only pass on.

use serde_json::{Value, json};

use crate::world::{World, conversations};
use crate::yard::{Yard, count};

conversations! {
    a_post_of_a_linked_channel_is_reported_by_whoever_reports_it
    a_linked_channel_commands_nothing
    an_anonymous_message_is_reported_by_whoever_reports_it
    an_anonymous_administrator_presses_as_themselves
    another_bot_is_not_listened_to
    what_is_passed_on_is_reported_and_commands_nothing
    a_command_for_another_bot_is_left_alone_under_a_photo_too
}

fn group(yard: &Yard) -> Value {
    json!({"id": yard.chat.0, "type": "supergroup", "title": "Northgate Yard"})
}

/// A post of the channel that is linked to the group, as Telegram puts it there.
fn post(yard: &Yard, text: &str) -> Value {
    let channel = json!({"id": -1_009_000_000_001_i64, "type": "channel", "title": "Yard news"});
    json!({"message_id": 900, "date": 1_799_668_800, "chat": group(yard), "text": text,
        "from": {"id": 777_000, "is_bot": false, "first_name": "Telegram"},
        "sender_chat": channel, "is_automatic_forward": true,
        "forward_origin": {"type": "channel", "date": 1_799_668_800, "chat": channel,
            "message_id": 5}})
}

/// Jaan's answer to a message that the playground never saw.
fn answer(yard: &Yard, to: &Value, text: &str) -> Value {
    json!({"message": {"message_id": 901, "date": 1_799_668_800, "chat": group(yard),
        "text": text, "reply_to_message": to,
        "from": {"id": yard.jaan.0, "is_bot": false, "first_name": "Jaan"},
        "entities": [{"type": "bot_command", "offset": 0, "length": 10}]}})
}

async fn a_post_of_a_linked_channel_is_reported_by_whoever_reports_it(world: World) {
    let yard = Yard::new(&world).await;
    let post = post(&yard, "The water is off until noon");
    world.telegram.deliver_raw(json!({"message": post}));
    world
        .telegram
        .deliver_raw(answer(&yard, &post, "/new_issue"));
    world.settle().await;
    let card = world.card(yard.chat, "0001");
    assert!(card.text.contains("The water is off until noon"));
    let incident = world.incident(yard.chat, 1).await;
    assert_eq!(incident.report.reporter.0, yard.jaan.0);
    world.finish().await;
}

async fn a_linked_channel_commands_nothing(world: World) {
    let yard = Yard::new(&world).await;
    let before = world.telegram.messages(yard.chat).len();
    let post = post(&yard, "/new_issue The water is off until noon");
    world.telegram.deliver_raw(json!({"message": post}));
    world.settle().await;
    assert_eq!(world.telegram.messages(yard.chat).len(), before);
    world.finish().await;
}

async fn an_anonymous_message_is_reported_by_whoever_reports_it(world: World) {
    let yard = Yard::new(&world).await;
    let said = world
        .telegram
        .say_anonymously(yard.chat, yard.mari, "The gate jams");
    world.reply(yard.chat, yard.olga, said, "/new_issue").await;
    let card = world.card(yard.chat, "0001");
    assert!(card.text.contains("The gate jams") && card.text.contains("Olga"));
    world.finish().await;
}

async fn an_anonymous_administrator_presses_as_themselves(world: World) {
    let yard = Yard::new(&world).await;
    world
        .telegram
        .say_anonymously(yard.chat, yard.mari, "Good morning");
    let card = yard
        .incident(&world, "The gate jams", "0001", "Dispatch")
        .await;
    let toast = world.press(yard.mari, yard.chat, card.id, "Claim").await;
    assert_eq!(toast.text, "✋ 0001 is yours");
    assert!(world.card(yard.chat, "0001").text.contains("Mari"));
    world.press(yard.mari, yard.chat, card.id, "Resolve").await;
    // The answer, given anonymously, is nobody's; she is told so, and may answer again.
    let prompt = world.said(yard.chat, "how was 0001 resolved?").id;
    world.telegram.deliver_raw(json!({"message": {
        "message_id": 900, "date": 1_799_668_800, "chat": group(&yard), "text": "Oiled",
        "from": {"id": 1_087_968_824, "is_bot": true, "first_name": "Group"},
        "sender_chat": group(&yard),
        "reply_to_message": {"message_id": prompt.0, "date": 1_799_668_800,
            "chat": group(&yard), "text": "?", "from": {"id": world.telegram.bot().0,
            "is_bot": true, "first_name": "Deskbell"}}}}));
    world.settle().await;
    world.said(yard.chat, "You post as the group");
    world.reply(yard.chat, yard.mari, prompt, "Oiled").await;
    assert!(world.card(yard.chat, "0001").text.contains("Oiled"));
    world.finish().await;
}

async fn another_bot_is_not_listened_to(world: World) {
    let yard = Yard::new(&world).await;
    let before = world.telegram.messages(yard.chat).len();
    for text in ["/new_issue The gate jams", "/cancel 0001 no", "hello"] {
        world.telegram.deliver_raw(json!({"message": {
            "message_id": 900, "date": 1_799_668_800, "chat": group(&yard), "text": text,
            "from": {"id": 6_000_000_001_i64, "is_bot": true, "first_name": "Other",
                "username": "other_bot"}}}));
    }
    world.settle().await;
    assert_eq!(world.telegram.messages(yard.chat).len(), before);
    world.finish().await;
}

async fn what_is_passed_on_is_reported_and_commands_nothing(world: World) {
    let yard = Yard::new(&world).await;
    let own = world.telegram.private(yard.mari);
    let (chat, mari, olga) = (yard.chat, yard.mari, yard.olga);
    yard.incident(&world, "The gate jams", "0001", "Dispatch")
        .await;
    let before = world.incident(chat, 1).await;
    // Written elsewhere, about another group's incident of that number.
    world
        .telegram
        .forward(chat, mari, olga, "/cancel 0001 It was the wind");
    world
        .telegram
        .forward(chat, mari, olga, "/new_issue Something");
    world.settle().await;
    assert_eq!(world.incident(chat, 1).await, before);
    assert_eq!(count(&world, chat, "0002"), 0);

    let passed_on = world.telegram.forward(chat, mari, olga, "The lamp is out");
    world.reply(chat, mari, passed_on, "/new_issue").await;
    assert!(world.card(chat, "0002").text.contains("The lamp is out"));
    world.telegram.forward(own, mari, olga, "/my tap leaks");
    world.settle().await;
    assert_eq!(world.incident(chat, 3).await.report.text, "/my tap leaks");
    world.finish().await;
}

async fn a_command_for_another_bot_is_left_alone_under_a_photo_too(world: World) {
    let yard = Yard::new(&world).await;
    let before = world.telegram.messages(yard.chat).len();
    world
        .telegram
        .photo(yard.chat, yard.olga, "/new_issue@other_bot Look");
    world
        .telegram
        .say(yard.chat, yard.olga, "/cancel@other_bot 0001 no");
    world.settle().await;
    assert_eq!(world.telegram.messages(yard.chat).len(), before + 2);
    let bot = world.telegram.bot_username().to_uppercase();
    world
        .telegram
        .photo(yard.chat, yard.olga, &format!("/new_issue@{bot} Look"));
    world.settle().await;
    assert!(world.card(yard.chat, "0001").text.contains("Look"));
    world.finish().await;
}
