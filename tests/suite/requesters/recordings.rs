//! Voice notes and the like: kept, passed on, and not written down.

use actors::domain::RecordingKind;
use deskbell::playground::{ChatId, Content, FileKind, MessageView};

use crate::world::{World, conversations};
use crate::yard::{Yard, count};

conversations! {
    a_voice_note_alone_is_an_incident
    every_kind_is_passed_on_as_what_it_is
    a_voice_note_in_the_group_becomes_an_incident_on_request
    what_is_said_later_reaches_the_group
    later_photos_of_a_private_album_reach_the_group
    a_recording_that_telegram_refuses_leaves_its_words
}

/// What was passed on into a chat, as what.
fn passed_on(world: &World, chat: ChatId) -> Vec<(FileKind, MessageView)> {
    let messages = world.telegram.messages(chat).into_iter();
    messages
        .filter(|message| message.from_bot)
        .filter_map(|message| match &message.content {
            Content::Document { kind, .. } => Some((*kind, message.clone())),
            _ => None,
        })
        .collect()
}

async fn a_voice_note_alone_is_an_incident(world: World) {
    let yard = Yard::new(&world).await;
    world.say(yard.chat, yard.olga, "Morning").await;
    let own = world.start(yard.olga).await;
    world.telegram.record(own, yard.olga, FileKind::Voice, None);
    world.settle().await;
    let card = world.card(yard.chat, "0001");
    assert!(card.text.contains("1 recording"), "{}", card.text);
    let heard = passed_on(&world, yard.chat);
    assert_eq!(heard.len(), 1);
    assert_eq!(heard[0].0, FileKind::Voice);
    assert_eq!(heard[0].1.text, "🎤 0001: Olga says");
    assert_eq!(heard[0].1.reply_to, Some(card.id));
    world.said(own, "Recorded as 0001");
    world.say(yard.chat, yard.mari, "/open").await;
    world.said(yard.chat, "(recording)");
    let incident = world.incident(yard.chat, 1).await;
    assert_eq!(incident.report.recordings[0].kind, RecordingKind::Voice);
    world.finish().await;
}

async fn every_kind_is_passed_on_as_what_it_is(world: World) {
    let yard = Yard::new(&world).await;
    world.say(yard.chat, yard.olga, "Morning").await;
    let own = world.start(yard.olga).await;
    for kind in FileKind::ALL {
        world.telegram.record(own, yard.olga, kind, None);
        world.pass(chrono::TimeDelta::minutes(2)).await;
    }
    let kinds: Vec<_> = passed_on(&world, yard.chat)
        .into_iter()
        .map(|(kind, _)| kind)
        .collect();
    assert_eq!(kinds, FileKind::ALL);
    world.finish().await;
}

async fn a_voice_note_in_the_group_becomes_an_incident_on_request(world: World) {
    let yard = Yard::new(&world).await;
    let (chat, telegram) = (yard.chat, &world.telegram);
    let note = telegram.record(chat, yard.olga, FileKind::Voice, None);
    world.settle().await;
    assert_eq!(count(&world, chat, "0001"), 0, "nobody asked for it");
    world.reply(chat, yard.jaan, note, "/new_issue").await;
    let card = world.card(chat, "0001");
    assert!(card.text.contains("1 recording"), "{}", card.text);
    assert_eq!(card.reply_to, Some(note));
    assert_eq!(passed_on(&world, chat).len(), 0, "it stands there already");
    world.finish().await;
}

async fn what_is_said_later_reaches_the_group(world: World) {
    let yard = Yard::new(&world).await;
    let telegram = &world.telegram;
    world.say(yard.chat, yard.olga, "Morning").await;
    let own = world.start(yard.olga).await;
    world.say(own, yard.olga, "The lift is stuck").await;
    let taken = world.said(own, "Recorded as 0001").id;
    telegram.record(own, yard.olga, FileKind::Voice, Some(taken));
    world.settle().await;
    world.said(own, "Recording added to 0001");
    assert_eq!(passed_on(&world, yard.chat).len(), 1);
    // Whoever speaks in the group is heard there.
    let card = world.card(yard.chat, "0001").id;
    telegram.record(yard.chat, yard.jaan, FileKind::Voice, Some(card));
    world.settle().await;
    assert_eq!(passed_on(&world, yard.chat).len(), 1);
    assert!(world.card(yard.chat, "0001").text.contains("2 recordings"));
    assert_eq!(count(&world, yard.chat, "0002"), 0);
    world.finish().await;
}

async fn later_photos_of_a_private_album_reach_the_group(world: World) {
    let yard = Yard::new(&world).await;
    world.say(yard.chat, yard.olga, "Morning").await;
    let own = world.start(yard.olga).await;
    world.telegram.album(own, yard.olga, "The lift is stuck", 3);
    world.pass(chrono::TimeDelta::minutes(2)).await;
    let shown = world.telegram.messages(yard.chat).into_iter();
    let shown = shown.filter(|it| it.from_bot && matches!(it.content, Content::Photo { .. }));
    assert_eq!(shown.count(), 3);
    assert_eq!(count(&world, yard.chat, "0002"), 0);
    world.finish().await;
}

async fn a_recording_that_telegram_refuses_leaves_its_words(world: World) {
    let yard = Yard::new(&world).await;
    world.say(yard.chat, yard.olga, "Morning").await;
    let own = world.start(yard.olga).await;
    world.telegram.deliver_raw(serde_json::json!({"message": {
        "message_id": 901, "date": 1_799_668_800,
        "from": {"id": yard.olga.0, "is_bot": false, "first_name": "Olga"},
        "chat": {"id": own.0, "type": "private", "first_name": "Olga"},
        "voice": {"file_id": "unknown", "file_unique_id": "u", "duration": 3}}}));
    world.settle().await;
    let words = world.said(yard.chat, "0001: Olga says");
    assert!(matches!(words.content, Content::Text(_)), "{words:?}");
    world.finish().await;
}
