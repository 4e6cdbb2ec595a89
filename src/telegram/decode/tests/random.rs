//! Whatever comes in, nothing panics, and what can be read is.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        "/[a-z_@]{0,12}[ 0-9#@a-z]{0,9}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 48, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::vec((field_name(), inner), 0..6)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

fn field_name() -> impl Strategy<Value = String> {
    proptest::sample::select(vec![
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
        "chat_member",
        "from",
        "chat",
        "id",
        "type",
        "date",
        "text",
        "caption",
        "photo",
        "entities",
        "user",
        "reply_to_message",
        "message_id",
        "message_thread_id",
        "is_topic_message",
        "rich_message",
        "blocks",
        "data",
        "new_chat_member",
        "old_chat_member",
        "status",
        "live_photo",
        "migrate_to_chat_id",
        "new_chat_title",
        "left_chat_member",
        "sender_chat",
        "file_id",
    ])
    .prop_map(str::to_owned)
}

/// An update in which one field, wherever it stands, is another value, or gone.
fn mutated() -> impl Strategy<Value = Value> {
    let base = message(json!({"text": "/comment 42 wet", "message_thread_id": 7,
        "is_topic_message": true, "media_group_id": "1",
        "photo": [{"file_id": "l", "file_unique_id": "l", "width": 900, "height": 600}],
        "entities": [{"type": "text_mention", "offset": 0, "length": 3, "user": mari()}],
        "reply_to_message": {"message_id": 3, "from": bot(), "chat": group(), "date": 1,
            "text": "Card"}}));
    (any::<prop::sample::Index>(), any_json()).prop_map(move |(index, value)| {
        let mut update = base.clone();
        let paths = pointers(&update, String::new());
        *update
            .pointer_mut(&paths[index.index(paths.len())])
            .unwrap() = value;
        update
    })
}

fn pointers(value: &Value, path: String) -> Vec<String> {
    let inner: Vec<String> = match value {
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, value)| pointers(value, format!("{path}/{name}")))
            .collect(),
        Value::Array(parts) => parts
            .iter()
            .enumerate()
            .flat_map(|(index, value)| pointers(value, format!("{path}/{index}")))
            .collect(),
        _ => Vec::new(),
    };
    std::iter::once(path).chain(inner).collect()
}

proptest! {
    #[test]
    fn nothing_that_comes_in_makes_it_panic(raw in ".{0,200}", json in any_json()) {
        let _ = decode(&raw, &me(), received());
        let update = json!({"update_id": 7, "message": json});
        let _ = read_json(&update);
        let _ = read_json(&json);
    }

    /// One field changed leaves every other fact where it was: nothing is read by position or luck.
    #[test]
    fn one_odd_field_never_costs_the_update_its_number(update in mutated()) {
        let number = update.get("update_id").and_then(Value::as_i64).map(UpdateId);
        if let Decoded::Inbound(inbound) = read_json(&update) {
            prop_assert_eq!(Some(inbound.update), number);
        }
        prop_assert_eq!(update_id(&update.to_string()), number);
    }
}
