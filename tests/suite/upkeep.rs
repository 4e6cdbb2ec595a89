//! What else people do to an incident: give it to somebody, say something about it, call it off,
//! open it again.

use chrono::TimeDelta;
use deskbell::playground::MessageId;
use serde_json::json;

use crate::cast::Yard;
use crate::world::{World, conversations};

conversations! {
    the_reporter_calls_it_off_before_a_claim
    after_a_claim_only_a_manager_calls_it_off
    a_duplicate_names_the_other
    within_a_week_it_opens_again
    after_a_week_it_stays_closed
    reopen_by_button_asks_why
    comments_by_command_and_by_reply
    a_photo_in_reply_to_the_card_is_added
    an_album_in_reply_to_the_card_is_answered_once
    words_and_photo_answer_the_summary_in_one
    an_album_answers_the_summary_once
    without_a_number_the_answered_card_is_meant
    what_is_closed_takes_no_more
    dispatchers_assign_by_name_and_by_reply
    a_second_owner_takes_over_from_the_first
}

async fn the_reporter_calls_it_off_before_a_claim(world: World) {
    let yard = Yard::open(&world).await;
    let chat = yard.chat;
    let card = yard.waiting(&world).await;
    let why = world
        .say(chat, yard.jaan, "/cancel 0001 I do not like it")
        .await;
    assert!(
        world
            .answer(chat, why)
            .text
            .contains("Only the person who reported it")
    );
    let bare = world.say(chat, yard.olga, "/cancel 0001").await;
    assert!(
        world
            .answer(chat, bare)
            .text
            .contains("A few words are needed")
    );
    let done = world
        .say(chat, yard.olga, "/cancel 0001 It drove off")
        .await;
    assert_eq!(world.answer(chat, done).text, "🚫 0001 is called off");

    let card = yard.see(&world, card);
    assert!(
        card.text.contains("cancelled") && !card.pinned,
        "{}",
        card.text
    );
    let again = world.say(chat, yard.olga, "/cancel 0001 It did").await;
    assert!(
        world
            .answer(chat, again)
            .text
            .contains("0001: cancelled by Olga")
    );
    world.finish().await;
}

async fn after_a_claim_only_a_manager_calls_it_off(world: World) {
    let yard = Yard::open(&world).await;
    let chat = yard.chat;
    let private = world.start(yard.olga).await;
    let card = yard.claimed(&world).await;
    let refused = world.say(chat, yard.olga, "/cancel 1 It drove off").await;
    assert!(world.answer(chat, refused).text.contains("Only a manager"));
    world
        .reply(chat, yard.mari, card, "/cancel Wrong yard")
        .await;

    assert!(yard.see(&world, card).text.contains("cancelled"));
    assert!(
        world
            .said(private, "Mari has called off 0001")
            .text
            .contains("Wrong yard")
    );
    let told = world.said(chat, "Mari has called off 0001");
    assert!(told.text.contains("👉 Jaan"), "{}", told.text);
    world.finish().await;
}

async fn a_duplicate_names_the_other(world: World) {
    let yard = Yard::open(&world).await;
    let chat = yard.chat;
    let private = world.start(yard.olga).await;
    let first = yard.waiting(&world).await;
    let second = yard.report(&world, "A truck blocks gate B").await;
    let outsider = world.say(chat, yard.jaan, "/duplicate 0002 0001").await;
    assert!(
        world
            .answer(chat, outsider)
            .text
            .contains("Only a dispatcher or a manager")
    );
    let itself = world.say(chat, yard.mari, "/duplicate 0002 0002").await;
    assert!(
        world
            .answer(chat, itself)
            .text
            .contains("cannot repeat itself")
    );
    let unknown = world.say(chat, yard.mari, "/duplicate 0002 0017").await;
    assert!(
        world
            .answer(chat, unknown)
            .text
            .contains("no incident with that number")
    );
    let half = world.say(chat, yard.mari, "/duplicate 0002").await;
    assert!(
        world
            .answer(chat, half)
            .text
            .contains("Something is missing")
    );
    let done = world
        .reply(chat, yard.mari, second, "/duplicate 0001")
        .await;
    assert_eq!(
        world.answer(chat, done).text,
        "🔁 0002 is closed as a duplicate"
    );

    let card = yard.see(&world, second);
    assert!(
        card.text.contains("Repeats 0001") && !card.pinned,
        "{}",
        card.text
    );
    world.said(private, "Mari closed 0002: it repeats 0001");
    assert!(yard.see(&world, first).pinned, "the other goes on");
    world.finish().await;
}

async fn within_a_week_it_opens_again(world: World) {
    let yard = Yard::open(&world).await;
    let chat = yard.chat;
    let card = yard.resolved(&world).await;
    world.pass(TimeDelta::days(6)).await;
    let other = world
        .say(chat, yard.jaan, "/reopen 0001 Not my fault")
        .await;
    assert!(
        world
            .answer(chat, other)
            .text
            .contains("Only the person who reported it")
    );
    let done = world.say(chat, yard.olga, "/reopen 0001 It squeaks").await;
    assert_eq!(world.answer(chat, done).text, "♻️ 0001 is open again");

    let view = yard.see(&world, card);
    assert!(view.text.contains("waiting for a claim") && view.text.contains("reopened once"));
    assert!(view.pinned);
    let told = world.said(chat, "Olga has reopened 0001");
    assert!(
        told.text.contains("👉 Jaan") && told.text.contains("It squeaks"),
        "{}",
        told.text
    );
    world.press(yard.jaan, chat, card, "Claim").await;
    assert!(yard.see(&world, card).text.contains("in progress"));
    let open = world.say(chat, yard.olga, "/reopen 0001 Again").await;
    assert!(world.answer(chat, open).text.contains("it is so already"));
    world.finish().await;
}

async fn after_a_week_it_stays_closed(world: World) {
    let yard = Yard::open(&world).await;
    let chat = yard.chat;
    let card = yard.resolved(&world).await;
    let reopen = world.data(chat, card, "Reopen");
    world.pass(TimeDelta::days(8)).await;
    let late = world.say(chat, yard.olga, "/reopen 0001 It squeaks").await;
    assert!(
        world
            .answer(chat, late)
            .text
            .contains("closed more than 7 days ago")
    );
    let toast = world.press_old(yard.olga, chat, card, &reopen).await;
    assert!(toast.contains("closed more than 7 days ago"), "{toast}");
    assert!(yard.see(&world, card).text.contains("resolved"));
    world.finish().await;
}

async fn reopen_by_button_asks_why(world: World) {
    let yard = Yard::open(&world).await;
    let chat = yard.chat;
    let card = yard.resolved(&world).await;
    let toast = world.press(yard.jaan, chat, card, "Reopen").await;
    assert!(
        toast.text.contains("Only the person who reported it"),
        "{toast:?}"
    );
    let toast = world.press(yard.olga, chat, card, "Reopen").await;
    assert_eq!(toast.text, "✍️ Answer my question in the chat");
    let prompt = world.said(chat, "Olga, what is still wrong with 0001?").id;
    world.reply(chat, yard.olga, prompt, "It squeaks").await;
    assert!(yard.see(&world, card).text.contains("waiting for a claim"));
    world.finish().await;
}

async fn comments_by_command_and_by_reply(world: World) {
    let yard = Yard::open(&world).await;
    let chat = yard.chat;
    let card = yard.claimed(&world).await;
    let said = world
        .say(chat, yard.olga, "/comment 0001 The key is at the desk")
        .await;
    assert_eq!(world.answer(chat, said).text, "💬 Added to 0001");
    assert!(
        yard.see(&world, card)
            .text
            .contains("💬 Olga: The key is at the desk")
    );
    let said = world
        .reply(chat, yard.mari, card, "Take the <big> key")
        .await;
    assert_eq!(world.answer(chat, said).text, "💬 Added to 0001");
    let text = yard.see(&world, card).text;
    assert!(
        text.contains("💬 Mari: Take the <big> key (+ 1 earlier)"),
        "{text}"
    );

    let empty = world.say(chat, yard.mari, "/comment 0001").await;
    assert!(
        world
            .answer(chat, empty)
            .text
            .contains("A few words are needed")
    );
    let unnumbered = world.say(chat, yard.mari, "/comment the key").await;
    assert!(
        world
            .answer(chat, unnumbered)
            .text
            .contains("Something is missing")
    );
    let stranger = world.telegram.person("Stranger").add();
    let elsewhere = world.group("Southgate", &[stranger]).await;
    let peek = world
        .say(elsewhere, stranger, "/comment 0001 I see you")
        .await;
    assert!(
        world
            .answer(elsewhere, peek)
            .text
            .contains("no incident with that number")
    );
    assert_eq!(world.incident(chat, 1).await.comments, 2);
    world.finish().await;
}

async fn a_photo_in_reply_to_the_card_is_added(world: World) {
    let yard = Yard::open(&world).await;
    let chat = yard.chat;
    let card = yard.claimed(&world).await;
    let shown = world
        .telegram
        .reply_photo(chat, yard.olga, card, "This is the hinge");
    world.settle().await;
    assert_eq!(world.answer(chat, shown).text, "📷 Photo added to 0001");
    let text = yard.see(&world, card).text;
    assert!(text.contains("📷 1 photo"), "{text}");
    assert!(text.contains("💬 Olga: This is the hinge"), "{text}");
    world.finish().await;
}

/// Jaan answers a message with an album of three.
async fn reply_with_album(world: &World, yard: &Yard, to: MessageId, caption: &str) -> MessageId {
    let update = |number: i64, caption: &str| {
        json!({ "message": {
            "message_id": 900 + number, "date": world.telegram.now().timestamp(),
            "chat": { "id": yard.chat.0, "type": "supergroup", "title": "Northgate Yard" },
            "from": { "id": yard.jaan.0, "is_bot": false, "first_name": "Jaan" },
            "media_group_id": "album", "caption": caption,
            "photo": [{ "file_id": format!("photo{number}"), "file_unique_id": "u",
                "width": 90, "height": 90 }],
            "reply_to_message": {
                "message_id": to.0, "date": world.telegram.now().timestamp(),
                "chat": { "id": yard.chat.0, "type": "supergroup", "title": "Northgate Yard" },
                "from": { "id": world.telegram.bot().0, "is_bot": true, "first_name": "Deskbell" },
                "text": "…",
            },
        }})
    };
    for (number, caption) in [(1, caption), (2, ""), (3, "")] {
        world.telegram.deliver_raw(update(number, caption));
    }
    world.settle().await;
    MessageId(901)
}

async fn an_album_in_reply_to_the_card_is_answered_once(world: World) {
    let yard = Yard::open(&world).await;
    let card = yard.claimed(&world).await;
    reply_with_album(&world, &yard, card, "All of it").await;
    let text = yard.see(&world, card).text;
    assert!(
        text.contains("📷 3 photos") && text.contains("💬 Jaan: All of it"),
        "{text}"
    );
    assert_eq!(world.times_said(yard.chat, "Photo added to 0001"), 1);
    world.finish().await;
}

async fn an_album_answers_the_summary_once(world: World) {
    let yard = Yard::open(&world).await;
    let card = yard.claimed(&world).await;
    world.press(yard.jaan, yard.chat, card, "Resolve").await;
    let prompt = world.said(yard.chat, "how was 0001 resolved").id;
    reply_with_album(&world, &yard, prompt, "Oiled the hinge").await;
    assert!(yard.see(&world, card).text.contains("Oiled the hinge"));
    assert_eq!(
        world.times_said(yard.chat, "Thank you, 0001 is resolved"),
        1
    );
    assert_eq!(world.times_said(yard.chat, "0001: resolved by"), 0);
    world.finish().await;
}

async fn without_a_number_the_answered_card_is_meant(world: World) {
    let yard = Yard::open(&world).await;
    let chat = yard.chat;
    let card = yard.claimed(&world).await;
    let said = world
        .reply(chat, yard.olga, card, "/comment The key is at the desk")
        .await;
    assert_eq!(world.answer(chat, said).text, "💬 Added to 0001");
    let news = world.said(chat, "Jaan has taken 0001").id;
    world.reply(chat, yard.olga, news, "Thank you").await;
    assert!(
        yard.see(&world, card)
            .text
            .contains("💬 Olga: Thank you (+ 1 earlier)")
    );
    let history = world.reply(chat, yard.mari, news, "/history").await;
    assert!(
        world
            .answer(chat, history)
            .text
            .contains("What happened to 0001")
    );
    world.finish().await;
}

async fn what_is_closed_takes_no_more(world: World) {
    let yard = Yard::open(&world).await;
    let chat = yard.chat;
    let card = yard.resolved(&world).await;
    let before = world.incident(chat, 1).await;
    for asked in [
        "/comment 1 Late",
        "/cancel 1 Late",
        "/duplicate 1 2",
        "/assign 1 @mari",
    ] {
        let said = world.say(chat, yard.mari, asked).await;
        assert!(!world.answer(chat, said).text.is_empty());
    }
    let said = world.reply(chat, yard.olga, card, "Thank you").await;
    let told = world.answer(chat, said).text;
    assert!(
        told.contains("0001: resolved by Jaan") && told.contains("Reopen"),
        "{told}"
    );
    assert_eq!(world.incident(chat, 1).await, before);
    world.finish().await;
}

async fn words_and_photo_answer_the_summary_in_one(world: World) {
    let yard = Yard::open(&world).await;
    let chat = yard.chat;
    let card = yard.claimed(&world).await;
    world.press(yard.jaan, chat, card, "Resolve").await;
    let prompt = world.said(chat, "how was 0001 resolved").id;
    let done = world
        .telegram
        .reply_photo(chat, yard.jaan, prompt, "Oiled the hinge");
    world.settle().await;
    let text = yard.see(&world, card).text;
    assert!(
        text.contains("Oiled the hinge") && text.contains("📷 1 photo"),
        "{text}"
    );
    assert_eq!(
        world.answer(chat, done).text,
        "✅ Thank you, 0001 is resolved"
    );
    world.finish().await;
}

async fn dispatchers_assign_by_name_and_by_reply(world: World) {
    let yard = Yard::open(&world).await;
    let (chat, jaan, mari) = (yard.chat, yard.jaan, yard.mari);
    world.enrol(chat, &[jaan], "Maintenance").await;
    let private = world.start(jaan).await;
    let card = yard.waiting(&world).await;
    let refused = world.say(chat, jaan, "/assign 0001 @jaan").await;
    assert!(
        world
            .answer(chat, refused)
            .text
            .contains("Only a dispatcher or a manager")
    );
    let unknown = world.say(chat, mari, "/assign 0001 @nobody_here").await;
    assert!(
        world
            .answer(chat, unknown)
            .text
            .contains("I do not know that person")
    );
    let outsider = world.say(chat, mari, "/assign 0001 @mari").await;
    assert!(
        world
            .answer(chat, outsider)
            .text
            .contains("Mari is not a member")
    );
    let done = world.say(chat, mari, "/assign 0001 @JAAN").await;
    assert_eq!(world.answer(chat, done).text, "👉 0001 is given to Jaan");
    assert!(yard.see(&world, card).text.contains("🙋 Jaan"));
    world.said(private, "Mari has given you 0001");

    world.enrol(chat, &[yard.olga], "Maintenance").await;
    world.make_dispatcher(chat, mari, "@jaan").await;
    let here = world.say(chat, yard.olga, "I am free").await;
    let done = world.reply(chat, jaan, here, "/assign 0001").await;
    assert_eq!(world.answer(chat, done).text, "👉 0001 is given to Olga");
    assert!(yard.see(&world, card).text.contains("🙋 Olga"));
    world.finish().await;
}

async fn a_second_owner_takes_over_from_the_first(world: World) {
    let yard = Yard::open(&world).await;
    let chat = yard.chat;
    world
        .enrol(chat, &[yard.olga, yard.mari], "Maintenance")
        .await;
    let card = yard.claimed(&world).await;
    world.press(yard.mari, chat, card, "Join").await;
    let done = world.reply(chat, yard.mari, card, "/assign @mari").await;
    assert_eq!(world.answer(chat, done).text, "👉 0001 is given to Mari");
    let text = yard.see(&world, card).text;
    assert!(text.contains("🙋 Mari") && !text.contains("🤝"), "{text}");
    let again = world.reply(chat, yard.mari, card, "/assign @mari").await;
    assert!(world.answer(chat, again).text.contains("it is so already"));
    world.finish().await;
}
