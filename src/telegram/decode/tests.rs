//! What updates look like on the wire, and what the desk makes of them.

mod random;
mod readers;

use actors::domain::{ChatId, MessageId, Photo, ThreadId};
use actors::inbound::{Ask, Message};
use chrono::TimeDelta;
use serde_json::{Value, json};

use super::*;
use crate::telegram::testing::me;

fn received() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

fn read_json(update: &Value) -> Decoded {
    decode(&update.to_string(), &me(), received())
}

fn mari() -> Value {
    json!({"id": 5_000_000_042_i64, "is_bot": false, "first_name": "Mari", "last_name": "Tamm",
        "username": "mari", "language_code": "et-EE"})
}

fn bot() -> Value {
    json!({"id": 999, "is_bot": true, "first_name": "Desk", "username": "desk_bot"})
}

fn group() -> Value {
    json!({"id": -1_001_234_567_890_i64, "title": "Hotel", "type": "supergroup", "is_forum": true})
}

fn private() -> Value {
    json!({"id": 5_000_000_042_i64, "first_name": "Mari", "type": "private"})
}

/// A message update of Mari's in the group, with these fields added or changed; null removes one.
fn message(fields: Value) -> Value {
    let mut message = json!({"message_id": 10, "from": mari(), "chat": group(),
        "date": 1_790_000_000});
    overlay(&mut message, fields);
    json!({"update_id": 7, "message": message})
}

fn overlay(onto: &mut Value, fields: Value) {
    let Value::Object(fields) = fields else {
        panic!("fields are an object");
    };
    for (name, value) in fields {
        match value {
            Value::Null => drop(onto.as_object_mut().unwrap().remove(&name)),
            value => onto[name] = value,
        }
    }
}

fn inbound_of(update: &Value) -> Inbound {
    match read_json(update) {
        Decoded::Inbound(inbound) | Decoded::Press { inbound, .. } => *inbound,
        Decoded::Nothing(why) => panic!("nothing, for {why:?}: {update}"),
    }
}

fn said(update: &Value) -> Message {
    match inbound_of(update).what {
        What::Said { message } | What::Ask { message, .. } | What::Edited { message } => message,
        other => panic!("{other:?}"),
    }
}

fn ignored(update: &Value) -> Option<Ignored> {
    match read_json(update) {
        Decoded::Nothing(why) => Some(why),
        Decoded::Inbound(_) | Decoded::Press { .. } => None,
    }
}

#[test]
fn a_text_in_a_topic_keeps_who_where_when_and_what() {
    let update = message(json!({"text": "Tap leaks", "message_thread_id": 77,
        "is_topic_message": true}));
    let inbound = inbound_of(&update);
    assert_eq!(inbound.update, UpdateId(7));
    assert_eq!(inbound.at.timestamp(), 1_790_000_000);
    assert_eq!(inbound.place.chat(), ChatId(-1_001_234_567_890));
    assert_eq!(inbound.place.thread(), Some(ThreadId(77)));
    let person = inbound.sender.person().unwrap();
    assert_eq!(
        (person.id, person.name.as_str()),
        (PersonId(5_000_000_042), "Mari Tamm")
    );
    assert_eq!(person.language, Some(Language::Estonian));
    assert!(!person.reachable, "nothing is known of a private chat");
    assert_eq!(said(&update).text, "Tap leaks");
}

#[test]
fn a_rich_message_is_read_as_its_words() {
    let rich = json!({"blocks": [
        {"type": "heading", "size": 1, "text": "Room 7"},
        {"type": "paragraph", "text": ["Tap ", {"type": "bold", "text": "leaks"}, " since ",
            {"type": "date_time", "text": "noon", "unix_time": 1, "date_time_format": "t"}]},
        {"type": "list", "items": [{"label": "1. ", "blocks": [
            {"type": "paragraph", "text": "water"}]}]},
    ]});
    let update = message(json!({"rich_message": rich}));
    assert_eq!(said(&update).text, "Room 7\nTap leaks since noon\n1. water");
}

#[test]
fn the_largest_photo_the_caption_and_the_album_are_kept() {
    let update = message(
        json!({"caption": "/new_issue Tap leaks", "media_group_id": "a1",
        "photo": [
            {"file_id": "large", "file_unique_id": "l", "width": 900, "height": 600},
            {"file_id": "small", "file_unique_id": "s", "width": 90, "height": 60}]}),
    );
    let message = said(&update);
    assert_eq!(message.text, "Tap leaks");
    assert_eq!(message.photo, Some(Photo("large".into())));
    assert_eq!(message.album.as_deref(), Some("a1"));
}

#[test]
fn a_reply_tells_whose_words_it_answers() {
    let reply = |from: Value, more: Value| {
        let mut answered = json!({"message_id": 3, "from": from, "chat": group(),
            "date": 1_789_000_000, "text": "Card"});
        overlay(&mut answered, more);
        said(&message(
            json!({"text": "/new_issue", "reply_to_message": answered}),
        ))
    };
    let to_mari = reply(mari(), json!({})).reply_to.unwrap();
    assert_eq!(to_mari.author.unwrap().id, PersonId(5_000_000_042));
    assert!(!to_mari.by_bot);
    assert_eq!(
        (to_mari.message.id, to_mari.message.text.as_str()),
        (MessageId(3), "Card")
    );
    let to_bot = reply(bot(), json!({})).reply_to.unwrap();
    assert!(to_bot.by_bot && to_bot.author.is_none());
    let to_channel = reply(mari(), json!({"sender_chat": group()}))
        .reply_to
        .unwrap();
    assert_eq!(to_channel.author, None);
    // In a topic every message carries the one that opened it.
    let topic = json!({"text": null, "forum_topic_created": {"name": "Pool", "icon_color": 1}});
    assert_eq!(reply(mari(), topic).reply_to, None);
}

#[test]
fn those_who_post_as_a_chat_are_nobody_in_particular() {
    for id in [1_087_968_824, 136_817_688, 777_000] {
        let update = message(json!({"text": "/settings", "from":
            {"id": id, "is_bot": id != 777_000, "first_name": "Stand-in"}}));
        assert_eq!(inbound_of(&update).sender, Sender::Anonymous, "{id}");
    }
    let nobody = message(json!({"text": "/settings", "from": null}));
    assert_eq!(inbound_of(&nobody).sender, Sender::Anonymous);
}

#[test]
fn in_a_group_only_what_is_meant_for_the_desk_counts_as_a_command() {
    let what = |text: &str| read_json(&message(json!({"text": text})));
    for text in ["/weather", "/new@other_bot", "/start@otherbot now"] {
        assert_eq!(
            what(text),
            Decoded::Nothing(Ignored::ForeignCommand),
            "{text}"
        );
    }
    let ask = |text: &str| match inbound_of(&message(json!({"text": text}))).what {
        What::Ask { ask, .. } => ask,
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(ask("/weather@desk_bot"), Ask::Unknown);
    assert_eq!(ask("/MY@DESK_BOT"), Ask::My);
}

#[test]
fn in_private_no_command_meets_silence_and_the_writer_can_be_reached() {
    for text in ["/weather", "/new@other_bot"] {
        let inbound = inbound_of(&message(json!({"chat": private(), "text": text})));
        assert!(inbound.sender.person().unwrap().reachable);
        assert!(
            matches!(
                inbound.what,
                What::Ask {
                    ask: Ask::Unknown,
                    ..
                }
            ),
            "{text}"
        );
    }
}

#[test]
fn an_answer_to_the_bot_is_words_even_if_it_looks_like_a_command() {
    let prompt = json!({"message_id": 3, "from": bot(), "chat": group(), "date": 1_789_000_000,
        "text": "What was done?"});
    let update = message(json!({"text": "/fixed the pump", "reply_to_message": prompt}));
    assert!(matches!(inbound_of(&update).what, What::Said { .. }));
    assert_eq!(said(&update).text, "/fixed the pump");
}

#[test]
fn wordless_messages_count_where_somebody_waits() {
    let voice = json!({"voice": {"file_id": "v", "file_unique_id": "v", "file_size": 9,
            "mime_type": "audio/ogg", "duration": 3}});
    assert_eq!(ignored(&message(voice.clone())), Some(Ignored::Wordless));
    let mut in_private = message(voice.clone());
    in_private["message"]["chat"] = private();
    assert_eq!(said(&in_private).text, "");
    let mut answer = message(voice);
    answer["message"]["reply_to_message"] = json!({"message_id": 3, "from": bot(),
        "chat": group(), "date": 1_789_000_000, "text": "What was done?"});
    assert!(said(&answer).reply_to.unwrap().by_bot);
}

#[test]
fn a_press_names_its_button_card_and_person() {
    let button = actors::inbound::Button::ForgetMe;
    let press = |on: Value, data: &str| {
        json!({"update_id": 7, "callback_query": {"id": "88", "from": mari(),
            "chat_instance": "2", "data": data, "message": on}})
    };
    // An old card is told with the date 0 and nothing of its content.
    let old = press(
        json!({"message_id": 3, "chat": group(), "date": 0}),
        &button::encode(&button),
    );
    let Decoded::Press { inbound, query } = read_json(&old) else {
        panic!("no press");
    };
    assert_eq!(query, "88");
    assert_eq!(inbound.at, received(), "a press has no time of its own");
    assert_eq!(
        inbound.what,
        What::Press {
            button,
            on: MessageId(3)
        }
    );
    let forged = press(
        json!({"message_id": 3, "chat": group(), "date": 0}),
        "'; drop",
    );
    assert_eq!(inbound_of(&forged).what, What::UnknownPress);
    let nowhere = inbound_of(&press(Value::Null, "x"));
    assert_eq!(nowhere.what, What::UnknownPress);
    assert_eq!(nowhere.place.chat(), ChatId(5_000_000_042));
    assert!(!nowhere.sender.person().unwrap().reachable);
}

#[test]
fn the_bots_own_membership_is_told() {
    let change = |chat: Value, old: &str, new: &str, rights: Value| {
        let mut after = json!({"status": new, "user": bot(), "is_member": true});
        overlay(&mut after, rights);
        json!({"update_id": 7, "my_chat_member": {"chat": chat, "from": mari(),
            "date": 1_790_000_000, "new_chat_member": after,
            "old_chat_member": {"status": old, "user": bot(), "is_member": true}}})
    };
    let what = |update: &Value| match read_json(update) {
        Decoded::Inbound(inbound) => Some(inbound.what),
        _ => None,
    };
    let plain = json!({});
    let added = change(group(), "left", "member", plain.clone());
    assert_eq!(what(&added), Some(What::BotAdded { may_pin: false }));
    assert_eq!(
        inbound_of(&added).sender.person().unwrap().id,
        PersonId(5_000_000_042)
    );
    let promoted = change(group(), "member", "administrator", plain.clone());
    assert_eq!(what(&promoted), None);
    let unmuted = change(group(), "restricted", "member", plain.clone());
    assert_eq!(what(&unmuted), Some(What::BotAdded { may_pin: false }));
    let muted = change(group(), "member", "restricted", plain.clone());
    assert_eq!(ignored(&muted), Some(Ignored::Membership));
    for gone in ["left", "kicked"] {
        let removed = change(group(), "administrator", gone, plain.clone());
        assert_eq!(what(&removed), Some(What::BotRemoved));
    }
    let blocked = change(private(), "member", "kicked", plain.clone());
    assert_eq!(what(&blocked), Some(What::BotBlocked { blocked: true }));
    let back = change(private(), "kicked", "member", plain);
    assert_eq!(what(&back), Some(What::BotBlocked { blocked: false }));
}

#[test]
fn the_right_to_pin_is_told_when_it_comes_and_not_when_it_stays() {
    let administrator = |may_pin: bool| {
        json!({"status": "administrator", "user": bot(), "can_be_edited": false,
            "is_anonymous": false, "can_manage_chat": true, "can_delete_messages": true,
            "can_manage_video_chats": false, "can_restrict_members": false,
            "can_promote_members": false, "can_change_info": false, "can_invite_users": true,
            "can_post_stories": false, "can_edit_stories": false, "can_delete_stories": false,
            "can_manage_topics": false, "can_pin_messages": may_pin})
    };
    let member = json!({"status": "member", "user": bot()});
    let gone = json!({"status": "left", "user": bot()});
    let told = Some(What::BotMayPin);
    let added = Some(What::BotAdded { may_pin: true });
    for (before, after, expected) in [
        (member.clone(), administrator(true), told.clone()),
        (administrator(false), administrator(true), told),
        (gone, administrator(true), added),
        (administrator(true), administrator(true), None),
        (administrator(true), administrator(false), None),
        (member, administrator(false), None),
    ] {
        let update = json!({"update_id": 7, "my_chat_member": {"chat": group(), "from": mari(),
            "date": 1_790_000_000, "old_chat_member": before, "new_chat_member": after}});
        let what = match read_json(&update) {
            Decoded::Inbound(inbound) => Some(inbound.what),
            _ => None,
        };
        assert_eq!(what, expected, "{update}");
    }
}

#[test]
fn a_command_that_is_passed_on_is_words() {
    let origin = json!({"type": "hidden_user", "date": 1_789_000_000,
        "sender_user_name": "Somebody"});
    let passed_on = |chat: Value| {
        message(json!({"chat": chat, "text": "/cancel 0001 never mind", "forward_origin": origin}))
    };
    let privately = passed_on(private());
    assert!(matches!(inbound_of(&privately).what, What::Said { .. }));
    assert_eq!(said(&privately).text, "/cancel 0001 never mind");
    let here = inbound_of(&passed_on(group()));
    assert!(matches!(here.what, What::Said { .. }), "{:?}", here.what);
}

#[test]
fn half_a_character_does_not_cost_the_report() {
    let raw = message(json!({"text": "Tap leaks HALF"})).to_string();
    let raw = raw.replace("HALF", r"\ud83d here");
    match decode(&raw, &me(), received()) {
        Decoded::Inbound(inbound) => match inbound.what {
            What::Said { message } => assert_eq!(message.text, "Tap leaks \u{fffd} here"),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[test]
fn service_messages_tell_of_the_chat_and_its_people() {
    let what = |fields: Value| inbound_of(&message(fields)).what;
    let here = ChatId(-1_001_234_567_890);
    assert_eq!(
        what(json!({"migrate_to_chat_id": -1005})),
        What::Migrated {
            from: here,
            to: ChatId(-1005)
        }
    );
    assert_eq!(
        what(json!({"migrate_from_chat_id": -5})),
        What::Migrated {
            from: ChatId(-5),
            to: here
        }
    );
    // Also when an administrating bot removes them.
    let removed = json!({"left_chat_member": mari(), "from":
        {"id": 4, "is_bot": true, "first_name": "Guard"}});
    assert_eq!(
        what(removed),
        What::Left {
            person: PersonId(5_000_000_042)
        }
    );
    let retitled = inbound_of(&message(json!({"new_chat_title": "Spa"})));
    assert_eq!(retitled.what, What::Retitled);
    assert!(matches!(retitled.place, Place::Group { title, .. } if title == "Spa"));
    for fields in [
        json!({"left_chat_member": bot()}),
        json!({"pinned_message": {"message_id": 3, "chat": group(), "date": 0}, "from": bot()}),
        json!({"something_new_in_2027": {}}),
    ] {
        assert_eq!(
            ignored(&message(fields.clone())),
            Some(Ignored::Service),
            "{fields}"
        );
    }
}

#[test]
fn what_is_not_for_the_desk_says_why() {
    let channel = json!({"id": -1007, "title": "News", "type": "channel"});
    let other_bot = json!({"id": 4, "is_bot": true, "first_name": "Weather"});
    let joined = json!({"update_id": 7, "chat_member": {"chat": group(), "from": mari(),
        "date": 1_790_000_000, "old_chat_member": {"status": "left", "user": mari()},
        "new_chat_member": {"status": "member", "user": mari()}}});
    for (update, why) in [
        (
            message(json!({"text": "x", "chat": channel})),
            Ignored::Chat,
        ),
        (
            message(json!({"text": "x", "from": other_bot})),
            Ignored::Bot,
        ),
        (joined, Ignored::Membership),
        (json!({"update_id": 7, "channel_post": {}}), Ignored::Kind),
        (json!({"update_id": 7}), Ignored::Kind),
        (json!({"update_id": 7, "message": {}}), Ignored::Unreadable),
        (json!({"message": {}}), Ignored::Unreadable),
        (json!([]), Ignored::Unreadable),
    ] {
        assert_eq!(ignored(&update), Some(why), "{update}");
    }
    assert_eq!(
        decode("not JSON", &me(), received()),
        Decoded::Nothing(Ignored::Unreadable)
    );
}

#[test]
fn what_is_nested_too_deeply_to_be_read_can_still_be_passed() {
    let deep = format!("{}{}", "[".repeat(500), "]".repeat(500));
    let raw = format!("{{\"message\": {deep}, \"update_id\": 7}}");
    assert_eq!(
        decode(&raw, &me(), received()),
        Decoded::Nothing(Ignored::Unreadable)
    );
    assert_eq!(update_id(&raw), Some(UpdateId(7)));
    assert_eq!(update_id("[7]"), None, "an array has no field of that name");
}

#[test]
fn an_edit_happens_when_it_was_made_and_a_command_is_not_repeated_in_its_words() {
    let update = json!({"update_id": 7, "edited_message": {"message_id": 10, "from": mari(),
        "chat": group(), "date": 1_790_000_000, "edit_date": 1_790_000_060,
        "text": "/new_issue Tap leaks"}});
    let inbound = inbound_of(&update);
    assert_eq!(
        inbound.at - DateTime::from_timestamp(1_790_000_000, 0).unwrap(),
        TimeDelta::seconds(60)
    );
    assert_eq!(said(&update).text, "Tap leaks");
    assert!(matches!(inbound.what, What::Edited { .. }));
}
