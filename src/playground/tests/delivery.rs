//! How updates and presses reach the bot, in fair weather and in foul.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use chrono::TimeDelta;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::Bench;
use crate::playground::{Fault, Violation};

fn texts(updates: &[Value]) -> Vec<&str> {
    updates
        .iter()
        .filter_map(|update| update["message"]["text"].as_str())
        .collect()
}

#[tokio::test]
async fn what_was_not_confirmed_comes_again() {
    let bench = Bench::set_up().await;
    let mari = bench.world().person("Mari").add();
    let chat = bench.world().start_bot(mari);
    let first = bench.updates().await;
    bench.world().say(chat, mari, "second");
    let both = bench.updates().await;
    assert_eq!(texts(&both), ["/start", "second"]);
    let offset = first[0]["update_id"].as_i64().unwrap() + 1;
    let rest = bench.done("getUpdates", json!({"offset": offset})).await;
    assert_eq!(texts(rest.as_array().unwrap()), ["second"]);
    assert_eq!(bench.world().confirmed_offset(), offset);
    assert_eq!(bench.world().pending_updates().len(), 1);
}

#[tokio::test]
async fn a_long_poll_ends_as_soon_as_somebody_speaks() {
    let bench = Bench::set_up().await;
    let mari = bench.world().person("Mari").add();
    let chat = bench.world().private(mari);
    let poll = bench.done("getUpdates", json!({"timeout": 50}));
    let speak = async { bench.world().say(chat, mari, "hello") };
    let (updates, _) = tokio::join!(poll, speak);
    assert_eq!(texts(updates.as_array().unwrap()), ["hello"]);
}

#[tokio::test]
async fn the_older_of_two_polls_is_told_to_go() {
    let bench = Bench::set_up().await;
    let mari = bench.world().person("Mari").add();
    let chat = bench.world().private(mari);
    let older = bench.call("getUpdates", json!({"timeout": 50}));
    let newer = async {
        // The older poll waits once it has been counted.
        bench
            .world()
            .wait_until(|world| world.look(|it| (it.queue.poll == 1).then_some(())))
            .await
            .unwrap();
        let (updates, ()) = tokio::join!(bench.done("getUpdates", json!({"timeout": 50})), async {
            bench
                .world()
                .wait_until(|world| world.look(|it| (it.queue.poll == 2).then_some(())))
                .await
                .unwrap();
            bench.world().say(chat, mari, "hello");
        });
        updates
    };
    let (older, newer) = tokio::join!(older, newer);
    assert_eq!(older["error_code"], 409);
    assert!(
        older["description"]
            .as_str()
            .unwrap()
            .starts_with("Conflict: terminated by other")
    );
    assert_eq!(texts(newer.as_array().unwrap()), ["hello"]);
}

#[tokio::test]
async fn privacy_mode_hides_ordinary_talk() {
    let bench = Bench::set_up().await;
    let (yard, mari, jaan) = bench.yard();
    let sent = bench
        .done("sendMessage", json!({"chat_id": yard.0, "text": "hello"}))
        .await;
    let bots = crate::playground::MessageId(sent["message_id"].as_i64().unwrap());
    let world = bench.world();
    world.say(yard, jaan, "ordinary talk");
    world.say(yard, jaan, "/my");
    world.say(yard, jaan, "/my@deskbell_demo_bot");
    world.say(yard, jaan, "/my@other_bot");
    world.reply(yard, jaan, bots, "an answer");
    world.photo(yard, jaan, "unseen");
    assert_eq!(
        texts(&bench.updates().await),
        ["/my", "/my@deskbell_demo_bot", "an answer"]
    );
    world.promote_bot(yard, mari);
    world.say(yard, jaan, "seen");
    assert_eq!(texts(&bench.updates().await).last(), Some(&"seen"));
}

#[tokio::test]
async fn adding_the_bot_is_told_in_two_ways() {
    let bench = Bench::set_up().await;
    bench.yard();
    let updates = bench.updates().await;
    let member = &updates[0]["my_chat_member"];
    assert_eq!(member["old_chat_member"]["status"], "left");
    assert_eq!(member["new_chat_member"]["status"], "member");
    assert_eq!(updates[1]["message"]["new_chat_members"][0]["is_bot"], true);
}

#[tokio::test]
async fn a_press_is_answered_once_and_in_time() {
    let bench = Bench::set_up().await;
    let (yard, mari, jaan) = bench.yard();
    let card = json!({"chat_id": yard.0, "text": "card", "reply_markup":
                      {"inline_keyboard": [[{"text": "Claim", "callback_data": "claim:1"}]]}});
    bench.done("sendMessage", card).await;
    let card = bench.world().last_from_bot(yard).unwrap().id;
    let refused = bench.world().press(yard, mari, card, "Join").unwrap_err();
    assert!(refused.to_string().contains("\"Claim\""), "{refused}");
    let in_time = bench.world().press(yard, mari, card, "Claim").unwrap();
    let late = bench.world().press(yard, jaan, card, "Claim").unwrap();
    let updates = bench.updates().await;
    let query = |from_end: usize| {
        let update = &updates[updates.len() - from_end]["callback_query"];
        assert_eq!(update["data"], "claim:1");
        json!({"callback_query_id": update["id"], "text": "Yours", "show_alert": true})
    };
    bench.done("answerCallbackQuery", query(2)).await;
    let toast = bench.world().toast(in_time).await.unwrap();
    assert_eq!((toast.text.as_str(), toast.alert), ("Yours", true));
    bench.clock.advance(TimeDelta::seconds(16));
    assert_eq!(
        bench.refused("answerCallbackQuery", query(1)).await,
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    );
    assert_eq!(
        bench.world().violations(),
        [Violation::PressNeverAnswered(late)]
    );
}

#[tokio::test]
async fn faults_strike_as_often_as_they_were_told_to() {
    let bench = Bench::set_up().await;
    let (yard, ..) = bench.yard();
    let hello = json!({"chat_id": yard.0, "text": "hello"});
    bench
        .world()
        .fail_next(Some("sendMessage"), 1, Fault::TooManyRequests(7));
    let answer = bench.call("sendMessage", hello.clone()).await;
    assert_eq!(answer["description"], "Too Many Requests: retry after 7");
    assert_eq!(answer["parameters"]["retry_after"], 7);
    bench.done("sendMessage", hello.clone()).await;
    assert!(matches!(
        bench.world().violations()[..],
        [Violation::CalledWhileToldToWait { .. }]
    ));
    bench.world().fail_next(None, 1, Fault::BadGateway);
    let answer = bench.client.post(bench.url("getMe")).send().await.unwrap();
    assert_eq!(answer.status(), 502);
    assert!(answer.text().await.unwrap().starts_with("<html>"));
}

#[tokio::test]
async fn a_lost_reply_leaves_the_message_sent() {
    let bench = Bench::set_up().await;
    let (yard, ..) = bench.yard();
    bench.world().fail_next(None, 1, Fault::ReplyLost);
    let hello = json!({"chat_id": yard.0, "text": "hello"});
    let sent = bench
        .client
        .post(bench.url("sendMessage"))
        .json(&hello)
        .send()
        .await;
    let body = match sent {
        Ok(answer) => answer.text().await.map(drop),
        Err(error) => Err(error),
    };
    assert!(body.is_err());
    assert_eq!(bench.world().last_from_bot(yard).unwrap().text, "hello");
}

#[tokio::test]
async fn a_webhook_gets_its_secret_and_what_it_refused_comes_again() {
    let bench = Bench::set_up().await;
    let (seen, mut deliveries) = mpsc::unbounded_channel::<(HeaderMap, Value)>();
    let first = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
    let hook = post(
        |State(seen): State<mpsc::UnboundedSender<(HeaderMap, Value)>>,
         headers: HeaderMap,
         axum::Json(update): axum::Json<Value>| async move {
            seen.send((headers, update)).unwrap();
            if first.swap(false, std::sync::atomic::Ordering::SeqCst) {
                StatusCode::SERVICE_UNAVAILABLE
            } else {
                StatusCode::OK
            }
        },
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let server = axum::serve(
        listener,
        axum::Router::new().route("/", hook).with_state(seen),
    );
    let scene = async {
        bench
            .done("setWebhook", json!({"url": url, "secret_token": "s3cret"}))
            .await;
        let mari = bench.world().person("Mari").add();
        bench.world().start_bot(mari);
        let (headers, refused) = deliveries.recv().await.unwrap();
        assert_eq!(headers["x-telegram-bot-api-secret-token"], "s3cret");
        let (_, again) = deliveries.recv().await.unwrap();
        assert_eq!(refused, again);
        bench
            .world()
            .wait_until(|world| world.pending_updates().is_empty().then_some(()))
            .await
            .unwrap();
        let poll = bench.refused("getUpdates", json!({})).await;
        assert!(poll.starts_with("Conflict: can't use getUpdates method while webhook is active"));
    };
    tokio::select! {
        _ = std::future::IntoFuture::into_future(server) => panic!("the webhook server ended"),
        () = scene => {}
    }
}

#[tokio::test]
async fn shutdown_ends_a_waiting_poll() {
    let bench = Bench::set_up().await;
    let url = bench.url("getUpdates?timeout=50");
    let world = bench.world().clone();
    let Bench {
        playground, client, ..
    } = bench;
    let poll = async {
        client
            .get(url)
            .send()
            .await
            .unwrap()
            .json::<Value>()
            .await
            .unwrap()
    };
    let end = async {
        world
            .wait_until(|world| world.look(|it| (it.queue.poll == 1).then_some(())))
            .await
            .unwrap();
        playground.shutdown().await;
    };
    let (answer, ()) = tokio::join!(poll, end);
    assert_eq!(answer["result"], json!([]));
}
