//! What people send beside words: albums whose parts come in any order, stickers, polls, places,
//! and pictures with more words under them than a picture may carry.

use actors::domain::Photo;
use serde_json::{Value, json};

use crate::world::{World, conversations};
use crate::yard::{Yard, count};

conversations! {
    an_album_is_one_incident_whichever_part_carries_the_words
    a_part_that_comes_late_is_added_once
    what_has_no_words_is_asked_about
    a_long_caption_is_kept_whole_and_shown_in_part
    a_picture_sent_as_a_file_is_reported_by_its_words
}

/// A part of an album as it comes from Telegram.
fn part(yard: &Yard, id: i64, album: &str, caption: &str) -> Value {
    let mut message = json!({"message_id": id, "date": 1_799_668_800,
        "from": {"id": yard.olga.0, "is_bot": false, "first_name": "Olga"},
        "chat": {"id": yard.chat.0, "type": "supergroup", "title": "Northgate Yard"},
        "media_group_id": album,
        "photo": [{"file_id": format!("photo{id}"), "file_unique_id": format!("u{id}"),
            "width": 1280, "height": 960}]});
    if !caption.is_empty() {
        message["caption"] = json!(caption);
    }
    json!({"message": message})
}

async fn photos(world: &World, yard: &Yard, number: i64) -> Vec<String> {
    let incident = world.incident(yard.chat, number).await;
    let mut photos: Vec<String> = incident
        .report
        .photos
        .into_iter()
        .map(|Photo(file)| file)
        .collect();
    photos.sort();
    photos
}

async fn an_album_is_one_incident_whichever_part_carries_the_words(world: World) {
    let yard = Yard::new(&world).await;
    let orders = [
        [1, 2, 3],
        [1, 3, 2],
        [2, 1, 3],
        [2, 3, 1],
        [3, 1, 2],
        [3, 2, 1],
    ];
    let mut number = 0;
    for order in orders {
        for speaker in 1..=3 {
            number += 1;
            let base = 1_000 + number * 10;
            for which in order {
                let caption = if which == speaker {
                    format!("/new_issue Leak {number}")
                } else {
                    String::new()
                };
                let part = part(&yard, base + which, &format!("album{number}"), &caption);
                world.telegram.deliver_raw(part);
            }
            world.pass(chrono::TimeDelta::minutes(1)).await;
            let what = format!("{order:?}, the words under {speaker}");
            let expected: Vec<String> = (1..=3)
                .map(|which| format!("photo{}", base + which))
                .collect();
            assert_eq!(photos(&world, &yard, number).await, expected, "{what}");
            let incident = world.incident(yard.chat, number).await;
            assert_eq!(incident.report.text, format!("Leak {number}"), "{what}");
        }
    }
    assert_eq!(
        count(&world, yard.chat, "0019 ·"),
        0,
        "18 albums, 18 incidents"
    );
    world.finish().await;
}

async fn a_part_that_comes_late_is_added_once(mut world: World) {
    let yard = Yard::new(&world).await;
    let first = part(&yard, 901, "late", "/new_issue The gate jams");
    world.telegram.deliver_raw(first);
    world.settle().await;
    world.restart().await;
    world.pass(chrono::TimeDelta::minutes(5)).await;
    for _ in 0..3 {
        let late = part(&yard, 902, "late", "and from behind");
        world.telegram.deliver_raw(late);
        world.settle().await;
    }
    assert_eq!(photos(&world, &yard, 1).await, ["photo901", "photo902"]);
    let card = world.card(yard.chat, "0001");
    assert!(card.text.contains("and from behind"), "{}", card.text);
    assert_eq!(world.incident(yard.chat, 1).await.comments, 1);
    assert_eq!(count(&world, yard.chat, "0002"), 0);
    world.finish().await;
}

/// What a message holds, beside text and photos.
fn wordless() -> Vec<Value> {
    vec![
        json!({"sticker": {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1,
            "height": 1, "is_animated": false, "is_video": false}}),
        json!({"dice": {"emoji": "🎲", "value": 4}}),
        json!({"location": {"latitude": 59.4, "longitude": 24.7}}),
        json!({"contact": {"phone_number": "+3725550123", "first_name": "Peeter"}}),
        json!({"poll": {"id": "1", "question": "Coffee?", "options": [
            {"text": "yes", "voter_count": 1}, {"text": "no", "voter_count": 0}],
            "total_voter_count": 1, "is_closed": false, "is_anonymous": true, "type": "regular",
            "allows_multiple_answers": false}}),
        json!({"story": {"id": 1, "chat": {"id": 5, "type": "private", "first_name": "P"}}}),
        // Something that Telegram has yet to invent.
        json!({"hologram": {"file_id": "h"}}),
    ]
}

async fn what_has_no_words_is_asked_about(world: World) {
    let yard = Yard::new(&world).await;
    for (index, what) in (0..).zip(wordless()) {
        let mut answered = json!({"message_id": 900 + index, "date": 1_799_668_800,
            "from": {"id": yard.olga.0, "is_bot": false, "first_name": "Olga"},
            "chat": {"id": yard.chat.0, "type": "supergroup", "title": "Northgate Yard"}});
        for (key, value) in what.as_object().unwrap() {
            answered[key] = value.clone();
        }
        world.telegram.deliver_raw(json!({"message": answered}));
        let mut command = answered.clone();
        for key in what.as_object().unwrap().keys() {
            command.as_object_mut().unwrap().remove(key);
        }
        command["message_id"] = json!(950 + index);
        command["text"] = json!("/new_issue");
        command["reply_to_message"] = answered;
        world.telegram.deliver_raw(json!({"message": command}));
        world.pass(chrono::TimeDelta::minutes(1)).await;
        let asked = count(&world, yard.chat, "Olga, what is wrong, and where");
        assert_eq!(asked, usize::try_from(index).unwrap() + 1, "{what}");
    }
    let prompt = world.said(yard.chat, "Olga, what is wrong, and where").id;
    world
        .reply(yard.chat, yard.olga, prompt, "The gate jams")
        .await;
    assert!(world.card(yard.chat, "0001").text.contains("The gate jams"));
    world.finish().await;
}

async fn a_long_caption_is_kept_whole_and_shown_in_part(world: World) {
    let yard = Yard::new(&world).await;
    let words = "It drips & drips. ".repeat(230);
    let caption = format!("/new_issue {words}");
    let mut photo = part(&yard, 901, "", &caption);
    photo["message"]
        .as_object_mut()
        .unwrap()
        .remove("media_group_id");
    world.telegram.deliver_raw(photo);
    world.settle().await;
    let incident = world.incident(yard.chat, 1).await;
    assert_eq!(incident.report.text, words.trim());
    let card = world.card(yard.chat, "0001");
    assert!(card.text.contains("It drips & drips.") && card.text.contains('…'));
    world.finish().await;
}

async fn a_picture_sent_as_a_file_is_reported_by_its_words(world: World) {
    let yard = Yard::new(&world).await;
    world.telegram.deliver_raw(json!({"message": {
        "message_id": 901, "date": 1_799_668_800, "caption": "/new_issue The gate jams",
        "from": {"id": yard.olga.0, "is_bot": false, "first_name": "Olga"},
        "chat": {"id": yard.chat.0, "type": "supergroup", "title": "Northgate Yard"},
        "document": {"file_id": "d", "file_unique_id": "d", "mime_type": "image/png"}}}));
    world.settle().await;
    let card = world.card(yard.chat, "0001");
    assert!(card.text.contains("The gate jams"), "{}", card.text);
    world.finish().await;
}
