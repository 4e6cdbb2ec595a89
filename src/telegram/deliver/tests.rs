//! What reaches Telegram of a letter, and what is made of its answer.

use actors::domain::notice::{Menu, Prompt};
use actors::domain::{ChatId, Language, PersonId, Says, ThreadId};
use actors::ports::Background;
use chrono::DateTime;
use chrono_tz::Tz;
use serde_json::{Value, json};

use super::*;
use crate::telegram::testing::{Reply, StoppedClock, Stub};

async fn delivery() -> (Arc<Stub>, Delivery) {
    let (stub, client) = Stub::start(StoppedClock::new()).await;
    (stub, Delivery::new(client, Style::default()))
}

fn letter(act: Act, says: Says) -> Letter {
    Letter {
        act,
        chat: ChatId(-1007),
        thread: Some(ThreadId(77)),
        reply_to: Some(MessageId(3)),
        mentions: Vec::new(),
        repeat: false,
        language: Language::English,
        time_zone: Tz::UTC,
        now: DateTime::UNIX_EPOCH,
        says,
        background: Background::default(),
    }
}

fn photos(count: usize) -> Says {
    let photos = (0..count).map(|index| Photo(format!("photo-{index}")));
    Says::Photos {
        photos: photos.collect(),
    }
}

/// Every value in it, to look for what must not be sent.
fn has_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(parts) => parts.iter().any(has_null),
        Value::Object(fields) => fields.values().any(has_null),
        _ => false,
    }
}

#[tokio::test]
async fn words_go_into_the_topic_as_an_answer_without_a_preview() {
    let (stub, delivery) = delivery().await;
    let sent = delivery.deliver(&letter(Act::Send, Says::Forgotten)).await;
    assert_eq!(sent, Ok(Some(MessageId(501))));
    let mut call = stub.calls("sendMessage").remove(0);
    assert!(!has_null(&call), "{call}");
    assert!(!call["text"].take().as_str().unwrap().is_empty());
    let expected = json!({"chat_id": -1007, "message_thread_id": 77, "text": null,
        "parse_mode": "HTML", "link_preview_options": {"is_disabled": true},
        "reply_parameters": {"message_id": 3, "allow_sending_without_reply": true}});
    assert_eq!(call, expected);
}

fn forget_me() -> Says {
    let person = PersonId(42);
    Says::ForgetMeAsked { person }
}

#[tokio::test]
async fn a_question_opens_the_field_and_a_choice_brings_buttons() {
    let (stub, delivery) = delivery().await;
    let question = Says::Prompt {
        person: PersonId(42),
        prompt: Prompt::Report,
    };
    for says in [question, forget_me()] {
        delivery.deliver(&letter(Act::Send, says)).await.unwrap();
    }
    let [question, choice] = stub.calls("sendMessage").try_into().unwrap();
    let field = &question["reply_markup"];
    assert_eq!(
        (&field["force_reply"], &field["selective"]),
        (&json!(true), &json!(true))
    );
    assert!(field["input_field_placeholder"].is_string());
    let button = &choice["reply_markup"]["inline_keyboard"][0][0];
    let data = button["callback_data"].as_str().unwrap();
    assert!((1..=64).contains(&data.len()), "{data}");
    assert!(!has_null(&choice) && !has_null(&question));
}

#[tokio::test]
async fn while_the_bot_is_told_to_wait_with_everything_nothing_is_called() {
    let (stub, delivery) = delivery().await;
    let flood = json!({"retry_after": 17});
    stub.will(
        "answerCallbackQuery",
        [Reply::Fault(429, "Too Many Requests", flood)],
    );
    let answer = teloxide::payloads::AnswerCallbackQuery::new(teloxide::types::CallbackQueryId(
        "7".to_owned(),
    ));
    let refused = delivery.client.order(&answer, CALL_TIMEOUT).await;
    assert!(refused.is_err());
    let sent = delivery.deliver(&letter(Act::Send, Says::Help)).await;
    let wait = std::time::Duration::from_secs(17);
    assert_eq!(sent, Err(ChatError::Flooded(wait)));
    assert!(stub.calls("sendMessage").is_empty());
}

#[tokio::test]
async fn only_cards_come_without_a_sound() {
    let (stub, delivery) = delivery().await;
    let mut card = letter(Act::Send, Says::Card { menu: Menu::Main });
    card.background.number = Some(actors::domain::IncidentNumber(42));
    delivery.deliver(&card).await.unwrap();
    delivery
        .deliver(&letter(Act::Send, Says::Help))
        .await
        .unwrap();
    let calls = stub.calls("sendMessage");
    assert_eq!(calls[0]["disable_notification"], true);
    assert_eq!(calls[1].get("disable_notification"), None);
}

#[tokio::test]
async fn photos_go_alone_as_an_album_or_as_several() {
    let (stub, delivery) = delivery().await;
    for count in [1, 3, 11] {
        let sent = delivery.deliver(&letter(Act::Send, photos(count))).await;
        assert_eq!(sent, Ok(Some(MessageId(501))), "{count}");
    }
    let alone = stub.calls("sendPhoto");
    assert_eq!(alone[0]["photo"], "photo-0");
    assert!(alone[0]["caption"].is_string());
    assert_eq!(alone[1]["photo"], "photo-10");
    assert_eq!(
        alone[1].get("caption"),
        None,
        "the words stand under the first"
    );
    let albums = stub.calls("sendMediaGroup");
    assert_eq!(albums.len(), 2);
    assert_eq!(albums[0]["media"].as_array().unwrap().len(), 3);
    assert_eq!(albums[0]["media"][1]["media"], "photo-1");
    assert_eq!(albums[0]["media"][0]["type"], "photo");
    assert!(albums[0]["media"][0]["caption"].is_string());
    assert_eq!(albums[0]["media"][1].get("caption"), None);
    assert!(!alone.iter().chain(&albums).any(has_null));
}

#[tokio::test]
async fn photos_that_are_not_accepted_leave_their_words_to_be_said() {
    let (stub, delivery) = delivery().await;
    let wrong = "Bad Request: wrong file_id or the file is temporarily unavailable";
    stub.will("sendPhoto", [Reply::fault(400, wrong)]);
    let sent = delivery.deliver(&letter(Act::Send, photos(1))).await;
    assert_eq!(sent, Ok(Some(MessageId(501))));
    assert_eq!(stub.calls("sendMessage").len(), 1);
    // None at all is only words too, and a passing fault is not for this to decide.
    delivery
        .deliver(&letter(Act::Send, photos(0)))
        .await
        .unwrap();
    stub.will("sendPhoto", [Reply::Raw(502, "")]);
    let doubtful = delivery.deliver(&letter(Act::Send, photos(1))).await;
    assert!(matches!(doubtful, Err(ChatError::Transient { .. })));
    assert_eq!(stub.calls("sendMessage").len(), 2);
}

#[tokio::test]
async fn a_shut_topic_is_heard_in_general_and_a_gone_message_goes_unanswered() {
    for (refusal, thread, reply) in [
        ("Bad Request: message thread not found", false, false),
        ("Bad Request: TOPIC_CLOSED", false, false),
        ("Bad Request: message to be replied not found", true, false),
    ] {
        let (stub, delivery) = delivery().await;
        stub.will("sendMessage", [Reply::fault(400, refusal)]);
        let sent = delivery.deliver(&letter(Act::Send, Says::Help)).await;
        assert_eq!(sent, Ok(Some(MessageId(501))), "{refusal}");
        let calls = stub.calls("sendMessage");
        assert_eq!(calls.len(), 2);
        assert_eq!(
            calls[1].get("message_thread_id").is_some(),
            thread,
            "{refusal}"
        );
        assert_eq!(
            calls[1].get("reply_parameters").is_some(),
            reply,
            "{refusal}"
        );
    }
    let (stub, delivery) = delivery().await;
    stub.will(
        "sendMessage",
        vec![Reply::fault(400, "Bad Request: TOPIC_CLOSED"); 5],
    );
    let sent = delivery.deliver(&letter(Act::Send, Says::Help)).await;
    assert!(
        matches!(sent, Err(ChatError::NotAllowed { .. })),
        "{sent:?}"
    );
    assert_eq!(stub.calls("sendMessage").len(), 2);
}

#[tokio::test]
async fn what_is_already_so_is_done() {
    let (stub, delivery) = delivery().await;
    let same = "Bad Request: message is not modified: specified new message content and reply \
                markup are exactly the same as a current content and reply markup of the message";
    let gone = |what| format!("Bad Request: message to {what} not found");
    let message = MessageId(9);
    for (act, method, refusal, expected) in [
        (Act::Edit(message), "editMessageText", same.to_owned(), true),
        (Act::Edit(message), "editMessageText", gone("edit"), false),
        (
            Act::Pin(message),
            "pinChatMessage",
            "Bad Request: CHAT_NOT_MODIFIED".into(),
            true,
        ),
        (Act::Pin(message), "pinChatMessage", gone("pin"), false),
        (Act::Unpin(message), "unpinChatMessage", gone("unpin"), true),
    ] {
        let refusal: &'static str = Box::leak(refusal.into_boxed_str());
        stub.will(method, [Reply::fault(400, refusal)]);
        let done = delivery.deliver(&letter(act, Says::Help)).await;
        match (done, expected) {
            (Ok(None), true) | (Err(ChatError::Gone { .. }), false) => {}
            (other, _) => panic!("{method}, {refusal}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn edits_and_pins_name_their_message_and_make_no_sound() {
    let (stub, delivery) = delivery().await;
    for act in [
        Act::Edit(MessageId(9)),
        Act::Pin(MessageId(9)),
        Act::Unpin(MessageId(9)),
    ] {
        let done = delivery.deliver(&letter(act, forget_me())).await;
        assert_eq!(done, Ok(None));
    }
    let edit = stub.calls("editMessageText").remove(0);
    assert_eq!(
        (&edit["chat_id"], &edit["message_id"]),
        (&json!(-1007), &json!(9))
    );
    assert_eq!(edit["link_preview_options"], json!({"is_disabled": true}));
    assert!(edit["reply_markup"]["inline_keyboard"].is_array());
    assert!(!has_null(&edit), "{edit}");
    assert_eq!(
        stub.calls("pinChatMessage"),
        [json!({"chat_id": -1007, "message_id": 9, "disable_notification": true})]
    );
    assert_eq!(
        stub.calls("unpinChatMessage"),
        [json!({"chat_id": -1007, "message_id": 9})]
    );
}

#[tokio::test]
async fn what_cannot_be_a_message_is_not_sent() {
    let (stub, delivery) = delivery().await;
    let wordless = delivery.deliver(&letter(Act::Send, Says::Pin)).await;
    assert!(matches!(wordless, Err(ChatError::Permanent { .. })));
    let far = Act::Edit(MessageId(i64::MAX));
    let far = delivery.deliver(&letter(far, Says::Help)).await;
    assert!(matches!(far, Err(ChatError::Gone { .. })));
    assert!(stub.all_calls().is_empty());
}
