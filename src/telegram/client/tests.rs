//! Every refusal of Telegram that is known, and every way in which a call can fail.

use std::time::Duration;

use actors::domain::ChatId;
use actors::ports::ChatError;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

use super::*;
use crate::telegram::testing::{Reply, StoppedClock, Stub, TOKEN};

/// What the outbox is told.
#[derive(Debug, PartialEq, Eq)]
enum Told {
    Wait(u64),
    WaitEverywhere(u64),
    Migrated(i64),
    Gone,
    Unreachable,
    NotAllowed,
    Transient,
    Permanent,
}

fn told(error: CallError) -> Told {
    match ChatError::from(error) {
        ChatError::RetryAfter(wait) => Told::Wait(wait.as_secs()),
        ChatError::Flooded(wait) => Told::WaitEverywhere(wait.as_secs()),
        ChatError::Migrated(ChatId(to)) => Told::Migrated(to),
        ChatError::Gone { .. } => Told::Gone,
        ChatError::Unreachable { .. } => Told::Unreachable,
        ChatError::NotAllowed { .. } => Told::NotAllowed,
        ChatError::Transient { .. } => Told::Transient,
        ChatError::Permanent { .. } => Told::Permanent,
    }
}

fn fault(code: i64, description: &str, parameters: Value) -> Fault {
    let envelope = json!({"ok": false, "error_code": code, "description": description,
        "parameters": parameters});
    let raw = envelope.to_string();
    let envelope: Envelope<'_> = serde_json::from_str(&raw).unwrap();
    Fault::read(&envelope, 0)
}

fn refused(code: i64, description: &str, parameters: Value) -> CallError {
    CallError::Refused {
        method: "sendMessage".into(),
        fault: fault(code, description, parameters),
    }
}

/// Code and description, letter by letter as Telegram's server writes them.
const REFUSALS: &[(i64, &str, Told)] = &[
    (400, "Bad Request: message to edit not found", Told::Gone),
    (400, "Bad Request: message to pin not found", Told::Gone),
    (400, "Bad Request: message to unpin not found", Told::Gone),
    (400, "Bad Request: message to delete not found", Told::Gone),
    (400, "Bad Request: message can't be edited", Told::Gone),
    (400, "Bad Request: MESSAGE_ID_INVALID", Told::Gone),
    (
        400,
        "Bad Request: message can't be deleted",
        Told::NotAllowed,
    ),
    (
        400,
        "Bad Request: message to be replied not found",
        Told::Permanent,
    ),
    (
        400,
        "Bad Request: not enough rights to manage pinned messages in the chat",
        Told::NotAllowed,
    ),
    (
        400,
        "Bad Request: not enough rights to send photos to the chat",
        Told::NotAllowed,
    ),
    (400, "Bad Request: CHAT_ADMIN_REQUIRED", Told::NotAllowed),
    (
        400,
        "Bad Request: not enough rights to send text messages to the chat",
        Told::NotAllowed,
    ),
    (
        400,
        "Bad Request: have no write access to the chat",
        Told::NotAllowed,
    ),
    (400, "Bad Request: CHAT_WRITE_FORBIDDEN", Told::NotAllowed),
    (400, "Bad Request: chat not found", Told::Unreachable),
    (400, "Bad Request: PEER_ID_INVALID", Told::Unreachable),
    (
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        Told::Unreachable,
    ),
    (
        403,
        "Forbidden: bot can't initiate conversation with a user",
        Told::Unreachable,
    ),
    (
        403,
        "Forbidden: bot was blocked by the user",
        Told::Unreachable,
    ),
    (403, "Forbidden: user is deactivated", Told::Unreachable),
    (
        403,
        "Forbidden: bot was kicked from the group chat",
        Told::Unreachable,
    ),
    (
        403,
        "Forbidden: bot was kicked from the supergroup chat",
        Told::Unreachable,
    ),
    (
        403,
        "Forbidden: bot is not a member of the group chat",
        Told::Unreachable,
    ),
    (
        403,
        "Forbidden: bot is not a member of the supergroup chat",
        Told::Unreachable,
    ),
    (
        403,
        "Forbidden: the group chat was deleted",
        Told::Unreachable,
    ),
    (
        400,
        "Bad Request: message thread not found",
        Told::NotAllowed,
    ),
    (400, "Bad Request: TOPIC_CLOSED", Told::NotAllowed),
    (
        400,
        "Bad Request: can't parse entities: unclosed tag",
        Told::Permanent,
    ),
    (400, "Bad Request: BUTTON_DATA_INVALID", Told::Permanent),
    (
        400,
        "Bad Request: Text buttons are unallowed in the inline keyboard",
        Told::Permanent,
    ),
    (400, "Bad Request: message is too long", Told::Permanent),
    (
        400,
        "Bad Request: message caption is too long",
        Told::Permanent,
    ),
    (400, "Bad Request: message text is empty", Told::Permanent),
    (400, "Bad Request: file is too big", Told::Permanent),
    (
        400,
        "Bad Request: wrong file_id or the file is temporarily unavailable",
        Told::Permanent,
    ),
    (400, "Bad Request: something new", Told::Permanent),
    (404, "Not Found: method not found", Told::Permanent),
    (413, "Request Entity Too Large", Told::Permanent),
    (401, "Unauthorized", Told::Wait(60)),
    (404, "Not Found", Told::Wait(60)),
    (
        409,
        "Conflict: terminated by other getUpdates request",
        Told::Transient,
    ),
    (429, "Too Many Requests: retry later", Told::Wait(5)),
    (500, "Internal Server Error", Told::Transient),
    (502, "Bad Gateway", Told::Transient),
];

#[test]
fn every_known_refusal_tells_the_outbox_what_to_do() {
    for (code, description, expected) in REFUSALS {
        let told = told(refused(*code, description, Value::Null));
        assert_eq!(told, *expected, "{code} {description}");
    }
    let upgraded = "Bad Request: group chat was upgraded to a supergroup chat";
    let parameters = json!({"migrate_to_chat_id": -1007});
    assert_eq!(
        told(refused(400, upgraded, parameters)),
        Told::Migrated(-1007)
    );
    let flood = "Too Many Requests: retry after 17";
    let parameters = json!({"retry_after": 17});
    assert_eq!(told(refused(429, flood, parameters)), Told::Wait(17));
}

#[test]
fn faults_that_callers_ask_for_are_recognised() {
    let fault = |code, description| fault(code, description, Value::Null);
    let same = "Bad Request: message is not modified: specified new message content and reply \
                markup are exactly the same as a current content and reply markup of the message";
    assert!(fault(400, same).is_not_modified());
    let late = "Bad Request: query is too old and response timeout expired or query ID is invalid";
    assert!(fault(400, late).is_press_expired());
    assert!(fault(400, "Bad Request: message to be replied not found").is_answered_message_gone());
    let other = fault(
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance \
         is running",
    );
    assert!(other.is_other_poller() && !other.is_webhook_active());
    for webhook in [
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to \
         delete the webhook first",
        "Conflict: terminated by setWebhook request",
    ] {
        let webhook = fault(409, webhook);
        assert!(webhook.is_webhook_active() && !webhook.is_other_poller());
    }
    assert!(fault(401, "Unauthorized").is_token_refused());
    assert!(!fault(404, "Not Found: method not found").is_token_refused());
}

#[tokio::test]
async fn the_bot_learns_who_it_is_and_when_telegram_last_answered() {
    let clock = StoppedClock::new();
    let (stub, client) = Stub::start(clock.clone()).await;
    assert_eq!(client.last_round_trip(), None);
    let me = client.get_me().await.unwrap();
    assert_eq!((me.id, me.username.as_str()), (PersonId(999), "desk_bot"));
    assert_eq!(client.last_round_trip(), Some(clock.now()));
    stub.will("getMe", [Reply::fault(401, "Unauthorized")]);
    let error = client.get_me().await.unwrap_err();
    assert!(error.fault().unwrap().is_token_refused());
}

#[tokio::test]
async fn answers_that_cannot_be_read_leave_it_open_what_was_done() {
    let (stub, client) = Stub::start(StoppedClock::new()).await;
    for reply in [
        Reply::Raw(502, "<html>Bad Gateway of room 7</html>"),
        Reply::Raw(200, "<html>room 7</html>"),
        Reply::Raw(404, ""),
        Reply::Cut,
        Reply::Good(json!({"id": "of another shape: room 7"})),
    ] {
        stub.will("getMe", [reply.clone()]);
        let error = client.get_me().await.unwrap_err();
        assert!(matches!(error, CallError::Unanswered { .. }), "{reply:?}");
        assert!(
            !format!("{error} {error:?}").contains("room 7"),
            "{error:?}"
        );
        assert_eq!(told(error), Told::Transient, "{reply:?}");
    }
}

#[tokio::test]
async fn a_call_that_takes_too_long_may_have_been_carried_out() {
    let (_stub, client) = Stub::start(StoppedClock::new()).await;
    let hanging = json!({"timeout": 50});
    let error = client
        .call::<IgnoredAny>("getUpdates", &hanging, Duration::from_millis(1))
        .await
        .unwrap_err();
    assert!(matches!(error, CallError::Unanswered { .. }));
}

#[tokio::test]
async fn the_token_never_stands_in_an_error() {
    let (stub, client) = Stub::start(StoppedClock::new()).await;
    stub.will(
        "getMe",
        [Reply::Cut, Reply::Raw(502, ""), Reply::fault(400, "no")],
    );
    let mut errors = Vec::new();
    for _ in 0..3 {
        errors.push(client.get_me().await.unwrap_err());
    }
    let nobody = "http://127.0.0.1:1".parse().unwrap();
    let token = SecretString::from(TOKEN.to_owned());
    let alone = Client::new(&token, nobody, StoppedClock::new(), Timeouts::default()).unwrap();
    let unsent = alone.get_me().await.unwrap_err();
    assert!(matches!(unsent, CallError::NotSent { .. }), "{unsent:?}");
    assert_eq!(
        told(unsent.clone()),
        Told::Wait(5),
        "nothing was sent: no doubt"
    );
    errors.push(unsent);
    for error in errors {
        let chat = ChatError::from(error.clone());
        let words = format!("{error} {error:?} {chat} {chat:?}");
        assert!(!words.contains("CANARY"), "{words}");
    }
    assert!(!format!("{client:?} {alone:?}").contains("CANARY"));
}

#[tokio::test]
async fn a_redirect_does_not_carry_the_token_elsewhere() {
    let (stub, client) = Stub::start(StoppedClock::new()).await;
    stub.will("getMe", [Reply::Redirect]);
    let error = client.get_me().await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("CANARY"));
    assert!(stub.calls("elsewhere").is_empty());
}
