//! What methods answer, and how they refuse.

use serde_json::json;

use super::Bench;
use crate::playground::{MessageId, Violation};

#[tokio::test]
async fn a_wrong_token_and_an_unknown_method_are_refused() {
    let bench = Bench::set_up().await;
    let url = format!("{}/bot1:wrong/getMe", bench.playground.api_url());
    let answer = bench.client.get(url).send().await.unwrap();
    assert_eq!(answer.status(), 401);
    assert_eq!(
        bench.refused("getmoney", json!({})).await,
        "Not Found: method not found"
    );
    assert_eq!(bench.done("GETME", json!({})).await["is_bot"], true);
}

#[tokio::test]
async fn parameters_are_read_from_query_form_multipart_and_json_alike() {
    let bench = Bench::set_up().await;
    let (yard, ..) = bench.yard();
    let id = yard.0.to_string();
    let markup = r#"{"inline_keyboard":[[{"text":"Claim","callback_data":"c"}]]}"#;
    let fields = [
        ("chat_id", id.as_str()),
        ("text", "a+b & <ä>"),
        ("reply_markup", markup),
    ];
    let url = bench.url("SendMessage");
    let query = bench.client.get(&url).query(&fields);
    let form = bench.client.post(&url).form(&fields);
    let mut parts = reqwest::multipart::Form::new();
    for (name, value) in fields {
        parts = parts.text(name, value.to_owned());
    }
    let multipart = bench.client.post(&url).multipart(parts);
    for request in [query, form, multipart] {
        assert_eq!(request.send().await.unwrap().status(), 200);
        let message = bench.world().last_from_bot(yard).unwrap();
        assert_eq!(message.text, "a+b & <ä>");
        assert_eq!(message.labels(), ["Claim"]);
    }
    assert_eq!(
        bench
            .world()
            .messages(yard)
            .iter()
            .filter(|one| one.from_bot)
            .count(),
        3
    );
}

#[tokio::test]
async fn text_is_measured_in_utf16_units_after_the_markup_is_out() {
    let bench = Bench::set_up().await;
    let (yard, ..) = bench.yard();
    let fits = format!("<b>{}</b>", "🚚".repeat(2048));
    let send = |text: String| json!({"chat_id": yard.0, "text": text, "parse_mode": "HTML"});
    bench.done("sendMessage", send(fits)).await;
    let over = bench.refused("sendMessage", send("🚚".repeat(2049))).await;
    assert_eq!(over, "Bad Request: message is too long");
    let empty = bench
        .refused("sendMessage", send("<b> </b>\n".into()))
        .await;
    assert_eq!(empty, "Bad Request: message text is empty");
    let broken = bench.refused("sendMessage", send("a<x>".into())).await;
    assert_eq!(
        broken,
        "Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 1"
    );
}

#[tokio::test]
async fn an_edit_that_changes_nothing_is_refused_in_telegrams_words() {
    let bench = Bench::set_up().await;
    let (yard, ..) = bench.yard();
    let sent = bench
        .done("sendMessage", json!({"chat_id": yard.0, "text": "card"}))
        .await;
    let id = sent["message_id"].clone();
    let same = json!({"chat_id": yard.0, "message_id": id, "text": "<i></i>card",
                      "parse_mode": "HTML"});
    assert!(
        bench
            .refused("editMessageText", same)
            .await
            .contains("message is not modified: ")
    );
    let new = json!({"chat_id": yard.0, "message_id": id, "text": "card 2"});
    assert_eq!(bench.done("editMessageText", new).await["text"], "card 2");
    let gone = json!({"chat_id": yard.0, "message_id": 999, "text": "x"});
    assert_eq!(
        bench.refused("editMessageText", gone).await,
        "Bad Request: message to edit not found"
    );
    assert_eq!(bench.world().last_from_bot(yard).unwrap().edits, 1);
}

#[tokio::test]
async fn private_chats_open_when_the_person_starts_and_close_when_they_block() {
    let bench = Bench::set_up().await;
    let (yard, mari, jaan) = bench.yard();
    let greet = |person: crate::playground::PersonId| json!({"chat_id": person.0, "text": "hi"});
    assert_eq!(
        bench.refused("sendMessage", greet(jaan)).await,
        "Bad Request: chat not found"
    );
    bench.world().say(yard, jaan, "/my");
    assert_eq!(
        bench.refused("sendMessage", greet(jaan)).await,
        "Forbidden: bot can't initiate conversation with a user"
    );
    bench.world().start_bot(mari);
    bench.done("sendMessage", greet(mari)).await;
    bench.world().block(mari);
    assert_eq!(
        bench.refused("sendMessage", greet(mari)).await,
        "Forbidden: bot was blocked by the user"
    );
}

#[tokio::test]
async fn pinning_needs_the_right_and_the_bot_hears_of_its_own_pin() {
    let bench = Bench::set_up().await;
    let (yard, mari, _) = bench.yard();
    let sent = bench
        .done("sendMessage", json!({"chat_id": yard.0, "text": "card"}))
        .await;
    let pin = json!({"chat_id": yard.0, "message_id": sent["message_id"]});
    assert_eq!(
        bench.refused("pinChatMessage", pin.clone()).await,
        "Bad Request: not enough rights to manage pinned messages in the chat"
    );
    bench.world().promote_bot(yard, mari);
    bench.done("pinChatMessage", pin.clone()).await;
    assert_eq!(bench.world().pinned(yard)[0].text, "card");
    let updates = bench.updates().await;
    assert_eq!(
        updates.last().unwrap()["message"]["pinned_message"]["text"],
        "card"
    );
    bench.done("unpinChatMessage", pin).await;
    assert!(bench.world().pinned(yard).is_empty());
    let missing = json!({"chat_id": yard.0, "message_id": 4_000});
    assert_eq!(
        bench.refused("pinChatMessage", missing).await,
        "Bad Request: message to pin not found"
    );
}

#[tokio::test]
async fn an_upgraded_group_names_its_successor() {
    let bench = Bench::set_up().await;
    let mari = bench.world().person("Mari").add();
    let old = bench.world().basic_group("Yard", &[mari]);
    bench.world().add_bot(old, mari);
    let new = bench.world().migrate(old, mari);
    let answer = bench
        .call("sendMessage", json!({"chat_id": old.0, "text": "hi"}))
        .await;
    assert_eq!(
        answer["description"],
        "Bad Request: group chat was upgraded to a supergroup chat"
    );
    assert_eq!(answer["parameters"]["migrate_to_chat_id"], new.0);
    let updates = bench.updates().await;
    let moved = |key: &str| {
        updates
            .iter()
            .any(|update| update["message"].get(key).is_some())
    };
    assert!(moved("migrate_to_chat_id") && moved("migrate_from_chat_id"));
}

#[tokio::test]
async fn topics_are_checked() {
    let bench = Bench::set_up().await;
    let mari = bench.world().person("Mari").add();
    let forum = bench.world().forum("Yard", &[mari]);
    bench.world().add_bot(forum, mari);
    let gates = bench.world().topic(forum, mari, "Gates");
    let send = |thread: i64| json!({"chat_id": forum.0, "message_thread_id": thread, "text": "hi"});
    assert_eq!(
        bench.done("sendMessage", send(gates.0)).await["is_topic_message"],
        true
    );
    assert_eq!(
        bench.refused("sendMessage", send(1)).await,
        "Bad Request: message thread not found"
    );
    bench.world().close_topic(forum, mari, gates);
    assert_eq!(
        bench.refused("sendMessage", send(gates.0)).await,
        "Bad Request: TOPIC_CLOSED"
    );
}

#[tokio::test]
async fn button_data_is_at_most_64_bytes() {
    let bench = Bench::set_up().await;
    let (yard, ..) = bench.yard();
    let send = |data: String| {
        json!({"chat_id": yard.0, "text": "card", "reply_markup":
               {"inline_keyboard": [[{"text": "Claim", "callback_data": data}]]}})
    };
    bench.done("sendMessage", send("ä".repeat(32))).await;
    assert_eq!(
        bench.refused("sendMessage", send("ä".repeat(33))).await,
        "Bad Request: BUTTON_DATA_INVALID"
    );
}

#[tokio::test]
async fn a_photo_has_sizes_and_can_be_fetched_and_sent_again() {
    let bench = Bench::set_up().await;
    let (yard, mari, _) = bench.yard();
    bench.world().promote_bot(yard, mari);
    bench.world().photo(yard, mari, "Gate B");
    let updates = bench.updates().await;
    let message = &updates.last().unwrap()["message"];
    assert_eq!(message["caption"], "Gate B");
    let widths: Vec<_> = message["photo"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["width"])
        .collect();
    assert_eq!(widths, [90, 320, 800, 1280]);
    let file_id = message["photo"].as_array().unwrap().last().unwrap()["file_id"].clone();
    let file = bench.done("getFile", json!({"file_id": file_id})).await;
    let url = format!(
        "{}/file/bot{}/{}",
        bench.playground.api_url(),
        bench.playground.token(),
        file["file_path"].as_str().unwrap()
    );
    let bytes = bench
        .client
        .get(url)
        .send()
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();
    assert!(bytes.starts_with(b"\x89PNG"));
    let again = json!({"chat_id": yard.0, "photo": file_id});
    assert!(bench.done("sendPhoto", again).await["photo"].is_array());
}

#[tokio::test]
async fn menus_are_kept_by_scope_and_language() {
    let bench = Bench::set_up().await;
    let menu = json!([{"command": "my", "description": "Minu asjad"}]);
    let scope = json!({"type": "all_private_chats"});
    let set = json!({"commands": menu, "scope": scope, "language_code": "et"});
    bench.done("setMyCommands", set).await;
    let same = json!({"scope": scope.to_string(), "language_code": "et"});
    assert_eq!(bench.done("getMyCommands", same).await, menu);
    assert_eq!(bench.done("getMyCommands", json!({})).await, json!([]));
}

#[tokio::test]
async fn a_parameter_the_method_does_not_have_is_written_down() {
    let bench = Bench::set_up().await;
    let (yard, ..) = bench.yard();
    let sent = json!({"chat_id": yard.0, "text": "hi", "reply_to_message_id": 3});
    bench.done("sendMessage", sent).await;
    assert_eq!(
        bench.world().violations(),
        [Violation::UnknownParameter {
            method: "sendMessage".into(),
            parameter: "reply_to_message_id".into()
        }]
    );
}

#[tokio::test]
async fn more_than_twenty_sends_and_edits_a_minute_in_a_group_are_written_down() {
    let bench = Bench::set_up().await;
    let (yard, ..) = bench.yard();
    for number in 0..20 {
        let text = format!("card {number}");
        bench
            .done("sendMessage", json!({"chat_id": yard.0, "text": text}))
            .await;
        bench.clock.advance(chrono::TimeDelta::seconds(2));
    }
    assert_eq!(bench.world().violations(), []);
    let last = bench.world().last_from_bot(yard).unwrap().id;
    let edit = |id: MessageId| json!({"chat_id": yard.0, "message_id": id.0, "text": "new"});
    bench.done("editMessageText", edit(last)).await;
    assert_eq!(bench.world().violations(), [Violation::GroupTooFast(yard)]);
}
