//! Calls that stand still, and updates that are forgotten.

use serde_json::json;

use super::Bench;
use crate::playground::{Moment, World};

async fn stopped(world: &World) {
    world
        .wait_until(|world| world.has_stopped().then_some(()))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_call_stands_still_before_and_after_it_is_done() {
    for (moment, heard) in [(Moment::Arrived, 1), (Moment::Applied, 2)] {
        let bench = Bench::set_up().await;
        let (yard, _, _) = bench.yard();
        let text = |text: &str| json!({"chat_id": yard.0, "text": text});
        bench.world().stop_at("sendMessage", 1, moment);
        bench.done("sendMessage", text("one")).await;
        assert!(!bench.world().has_stopped(), "one was to pass");
        let second = bench.client.post(bench.url("sendMessage"));
        let second = second.json(&text("two")).send();
        let look = async {
            stopped(bench.world()).await;
            let words = bench.world().messages(yard);
            let words = words.iter().filter(|message| message.from_bot);
            assert_eq!(words.count(), heard, "{moment:?}");
            bench.world().go_on();
        };
        let (answer, ()) = tokio::join!(second, look);
        // The connection breaks before the answer or in it.
        let answered = match answer {
            Ok(answer) => answer.bytes().await.is_ok(),
            Err(_) => false,
        };
        assert!(!answered, "it has no answer");
        bench.done("sendMessage", text("three")).await;
    }
}

#[tokio::test]
async fn an_answer_on_its_way_is_noticed_and_arrives() {
    let bench = Bench::set_up().await;
    bench.world().stop_at("getMe", 0, Moment::Answered);
    bench.done("getMe", json!({})).await;
    assert!(bench.world().has_stopped());
}

#[tokio::test]
async fn what_is_forgotten_on_delivery_does_not_come_again() {
    let bench = Bench::set_up().await;
    let mari = bench.world().person("Mari").add();
    bench.world().forget_on_delivery(true);
    bench.world().start_bot(mari);
    assert_eq!(bench.updates().await.len(), 1);
    assert!(bench.world().pending_updates().is_empty());
}
