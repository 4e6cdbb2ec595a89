//! The two readers: where the first gives up, and that they agree where it does not.

use serde_json::{Value, json};

use super::*;

#[test]
fn what_teloxide_cannot_read_is_read_all_the_same() {
    let odd_entity = json!([{"type": "date_time", "offset": 0, "length": 3, "unix_time": 1}]);
    let unknown_origin = json!({"origin": {"type": "telepathy", "date": 1}});
    for (name, fields) in [
        ("entity", json!({"entities": odd_entity})),
        ("reply", json!({"external_reply": unknown_origin})),
        ("huge id", json!({"message_id": 5_000_000_000_i64})),
        (
            "last name",
            json!({"from": {"id": 5, "first_name": "Mari", "last_name": 3}}),
        ),
    ] {
        let mut update = message(json!({"text": "Tap leaks"}));
        overlay(&mut update["message"], fields);
        assert_eq!(
            typed::read(&update.to_string()),
            None,
            "{name}: not a test of ours"
        );
        assert_eq!(said(&update).text, "Tap leaks", "{name}");
    }
    let mut far = message(json!({"text": "Tap leaks"}));
    far["update_id"] = json!(5_000_000_000_i64);
    assert_eq!(inbound_of(&far).update, UpdateId(5_000_000_000));
    assert_eq!(update_id(&far.to_string()), Some(UpdateId(5_000_000_000)));
}

#[test]
fn both_readers_give_the_same() {
    let updates = messages().into_iter().chain(others());
    for update in updates {
        let first = typed::read(&update.to_string());
        assert!(first.is_some(), "teloxide gave up on {update}");
        assert_eq!(first, lenient::read(&update), "{update}");
    }
}

fn messages() -> Vec<Value> {
    let sizes = json!([{"file_id": "small", "file_unique_id": "s", "width": 90, "height": 60},
        {"file_id": "large", "file_unique_id": "l", "width": 900, "height": 600}]);
    vec![
        message(json!({"text": "Tap"})),
        message(json!({"text": "Tap", "message_thread_id": 7})),
        message(
            json!({"photo": sizes, "caption": "Tap", "media_group_id": "8",
            "caption_entities": [{"type": "text_mention", "offset": 0, "length": 3,
                "user": mari()}]}),
        ),
        message(
            json!({"text": "so", "reply_to_message": {"message_id": 3, "from": bot(),
            "chat": group(), "date": 1_789_000_000, "text": "Card"}}),
        ),
        message(
            json!({"text": "x", "sender_chat": group(), "from": {"id": 1_087_968_824,
            "is_bot": true, "first_name": "Group", "username": "GroupAnonymousBot"}}),
        ),
        message(json!({"migrate_to_chat_id": -1005})),
        message(json!({"migrate_from_chat_id": -5})),
        message(json!({"new_chat_title": "Spa"})),
        message(json!({"left_chat_member": mari()})),
        message(json!({"group_chat_created": true})),
        message(
            json!({"voice": {"file_id": "v", "file_unique_id": "v", "file_size": 9,
            "mime_type": "audio/ogg", "duration": 3}}),
        ),
        message(json!({"dice": {"emoji": "🎲", "value": 3}})),
    ]
}

fn others() -> Vec<Value> {
    let member = |status: &str| json!({"status": status, "user": bot()});
    let muted = json!({"status": "restricted", "user": bot(), "is_member": true, "until_date": 0,
        "can_send_messages": false, "can_send_audios": false, "can_send_documents": false,
        "can_send_photos": false, "can_send_videos": false, "can_send_video_notes": false,
        "can_send_voice_notes": false, "can_send_polls": false, "can_send_other_messages": false,
        "can_add_web_page_previews": false, "can_change_info": false, "can_invite_users": false,
        "can_pin_messages": false, "can_manage_topics": false});
    let change = |new: Value| {
        json!({"update_id": 7, "my_chat_member": {"chat": group(),
        "from": mari(), "date": 1_790_000_000, "old_chat_member": member("left"),
        "new_chat_member": new}})
    };
    let press = |on: Value| {
        json!({"update_id": 7, "callback_query": {"id": "1", "from": mari(),
        "chat_instance": "2", "data": "x", "message": on}})
    };
    vec![
        json!({"update_id": 7, "edited_message": {"message_id": 10, "from": mari(),
            "chat": group(), "date": 1_790_000_000, "edit_date": 1_790_000_060, "text": "Tap"}}),
        press(json!({"message_id": 3, "chat": group(), "date": 0})),
        press(
            json!({"message_id": 3, "chat": group(), "date": 1_789_000_000, "text": "Card",
            "message_thread_id": 77, "is_topic_message": true}),
        ),
        change(member("member")),
        change(muted),
        json!({"update_id": 7, "poll": {"id": "1", "question": "?", "options": [],
            "total_voter_count": 0, "is_closed": false, "is_anonymous": true,
            "type": "regular", "allows_multiple_answers": false}}),
    ]
}
