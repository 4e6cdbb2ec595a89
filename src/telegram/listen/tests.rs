//! The promises of the loop: nothing is confirmed before its verdict, nothing stops the line.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actors::inbound::{Answer, What};
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use super::*;
use crate::telegram::client::Client;
use crate::telegram::rights::Rights;
use crate::telegram::testing::{FakeDoor, Reply, StoppedClock, Stub, me};

struct World {
    stub: Arc<Stub>,
    door: Arc<FakeDoor>,
    stop: CancellationToken,
    listening: tokio::task::JoinHandle<Result<(), ListenError>>,
}

impl World {
    /// A listener before that door, with these answers to its first polls.
    async fn start(door: Arc<FakeDoor>, polls: impl IntoIterator<Item = Reply>) -> Self {
        Self::start_at(at_once(), door, polls).await
    }

    /// A listener of that pace.
    async fn start_at(
        pace: Pace,
        door: Arc<FakeDoor>,
        polls: impl IntoIterator<Item = Reply>,
    ) -> Self {
        let clock = StoppedClock::new();
        let (stub, client) = Stub::start(clock.clone()).await;
        stub.will("getUpdates", polls);
        let reception = Arc::new(reception(&client, &door, &clock));
        let listener = Listener::new(reception, clock.clone(), pace);
        let stop = CancellationToken::new();
        let told = stop.clone();
        #[allow(clippy::disallowed_methods)] // it ends with the test
        let listening = tokio::spawn(async move { listener.run(told).await });
        Self {
            stub,
            door,
            stop,
            listening,
        }
    }

    /// Waits until there is nothing more to fetch, then stops it.
    async fn finish(self) -> (Arc<Stub>, Arc<FakeDoor>) {
        self.stub.drained().await;
        self.stop.cancel();
        self.listening.await.unwrap().unwrap();
        (self.stub, self.door)
    }
}

fn reception(client: &Arc<Client>, door: &Arc<FakeDoor>, clock: &Arc<StoppedClock>) -> Reception {
    let door: Arc<dyn Door> = door.clone();
    let rights = Arc::new(Rights::new(Arc::clone(client), clock.clone(), me().id));
    Reception::new(Arc::clone(client), door, clock.clone(), rights, me())
}

fn at_once() -> Pace {
    Pace {
        first: Duration::ZERO,
        longest: Duration::ZERO,
        conflict: Duration::ZERO,
        patience: Duration::MAX,
    }
}

fn text(update: i64, words: &str) -> Value {
    json!({"update_id": update, "message": {"message_id": update, "date": 1_790_000_000,
        "text": words, "from": {"id": 42, "is_bot": false, "first_name": "Mari"},
        "chat": {"id": -1007, "title": "Hotel", "type": "supergroup"}}})
}

fn press(update: i64) -> Value {
    json!({"update_id": update, "callback_query": {"id": format!("q{update}"), "data": "?",
        "chat_instance": "1", "from": {"id": 42, "is_bot": false, "first_name": "Mari"},
        "message": {"message_id": 3, "date": 0,
            "chat": {"id": -1007, "title": "Hotel", "type": "supergroup"}}}})
}

fn batch(updates: impl IntoIterator<Item = Value>) -> Reply {
    Reply::Good(updates.into_iter().collect())
}

fn offsets(stub: &Stub) -> Vec<Option<i64>> {
    let polls = stub.calls("getUpdates");
    polls.iter().map(|poll| poll["offset"].as_i64()).collect()
}

#[tokio::test]
async fn the_offset_moves_only_after_the_verdicts() {
    let door = Arc::new(FakeDoor {
        gate: Some(Semaphore::new(0)),
        ..FakeDoor::default()
    });
    let world = World::start(door, [batch([text(10, "a"), text(11, "b")])]).await;
    world.door.entered.notified().await;
    // Both were handed over, neither is decided: Telegram has not been asked again.
    assert_eq!(offsets(&world.stub), [None]);
    world.door.gate.as_ref().unwrap().add_permits(2);
    let (stub, door) = world.finish().await;
    assert_eq!(door.given(), [10, 11]);
    assert_eq!(
        offsets(&stub),
        [None, Some(12), Some(12)],
        "the last one confirms"
    );
    let confirmation = stub.calls("getUpdates").pop().unwrap();
    assert_eq!(
        (&confirmation["timeout"], &confirmation["limit"]),
        (&json!(0), &json!(1))
    );
}

#[tokio::test]
async fn every_poll_says_what_it_wants() {
    let (stub, _) = World::start(Arc::default(), []).await.finish().await;
    let wanted = |timeout: u64| {
        json!({"limit": 100, "timeout": timeout, "allowed_updates":
            ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]})
    };
    let polls = stub.calls("getUpdates");
    assert_eq!(
        polls[0],
        wanted(0),
        "whether there is a backlog is answered at once"
    );
    assert_eq!(polls[1], wanted(50));
}

#[tokio::test]
async fn a_batch_is_handed_over_in_order_and_a_bad_update_fails_only_itself() {
    let mut updates: Vec<Value> = (1..=60).map(|update| text(update, "x")).collect();
    updates.push(json!({"update_id": 61, "message": "not a message"}));
    updates.push(json!({"update_id": 62, "telepathy": {}}));
    updates.push(json!("no update at all"));
    updates.push(text(5_000_000_000, "y"));
    let world = World::start(Arc::default(), [batch(updates)]).await;
    let (stub, door) = world.finish().await;
    let expected: Vec<i64> = (1..=60).chain([5_000_000_000]).collect();
    assert_eq!(door.given(), expected);
    assert_eq!(offsets(&stub)[1], Some(5_000_000_001));
}

#[tokio::test]
async fn a_failed_update_comes_again_and_its_neighbours_do_not() {
    let door = FakeDoor::failing(11, 2);
    let polls = [batch([text(10, "a"), text(11, "b"), text(12, "c")])];
    let (stub, door) = World::start(door, polls).await.finish().await;
    assert_eq!(door.given(), [10, 11, 12, 11, 11]);
    assert_eq!(offsets(&stub), [None, Some(13), Some(13)]);
    assert!(door.aside.lock().unwrap().is_empty());
}

/// It fails, and hangs when it is tried again; until then Telegram keeps it and offers it with the rest.
#[tokio::test]
async fn an_update_that_fails_holds_up_nobody_else_and_is_not_passed() {
    let door = Arc::new(FakeDoor {
        failures: Mutex::new(HashMap::from([(11, 2)])),
        gate: Some(Semaphore::new(3)),
        ..FakeDoor::default()
    });
    let pace = Pace {
        patience: Duration::from_millis(1),
        ..at_once()
    };
    let polls = [
        batch([text(10, "a"), text(11, "b"), text(12, "c")]),
        batch([text(11, "b"), text(12, "c"), text(13, "d")]),
        batch([text(11, "b"), text(12, "c"), text(13, "d"), text(14, "e")]),
    ];
    let world = World::start_at(pace, door, polls).await;
    world.stub.called("getUpdates", 5).await;
    assert_eq!(world.door.given(), [10, 11, 12, 11, 13, 14]);
    let asked = offsets(&world.stub);
    assert_eq!(asked[0], None);
    assert!(
        asked[1..].iter().all(|offset| *offset == Some(11)),
        "{asked:?}"
    );
    world.door.gate.as_ref().unwrap().add_permits(4);
    let (stub, door) = world.finish().await;
    assert_eq!(door.given(), [10, 11, 12, 11, 13, 14, 11]);
    assert_eq!(offsets(&stub).last(), Some(&Some(15)));
}

/// One that hangs is not given up, and those after it go on.
#[tokio::test]
async fn an_update_that_takes_its_time_holds_up_nobody_else() {
    let door = Arc::new(FakeDoor {
        gate: Some(Semaphore::new(0)),
        ..FakeDoor::default()
    });
    let pace = Pace {
        patience: Duration::from_millis(1),
        ..at_once()
    };
    let polls = [
        batch([text(10, "a")]),
        batch([text(10, "a"), text(11, "b")]),
    ];
    let world = World::start_at(pace, door, polls).await;
    world.stub.called("getUpdates", 3).await;
    assert_eq!(world.door.given(), [10, 11]);
    assert_eq!(offsets(&world.stub)[..3], [None, None, None]);
    world.door.gate.as_ref().unwrap().add_permits(2);
    let (stub, door) = world.finish().await;
    assert_eq!(door.given(), [10, 11]);
    assert_eq!(offsets(&stub).last(), Some(&Some(12)));
}

/// A desk that can keep nothing gets everything again in its order, and nothing more until it can.
#[tokio::test]
async fn a_desk_that_can_keep_nothing_is_asked_again_in_order_and_nothing_is_fetched_meanwhile() {
    let door = Arc::new(FakeDoor::default());
    *door.closed.lock().unwrap() = 6;
    let polls = [batch([text(10, "a"), text(11, "b"), text(12, "c")])];
    let (stub, door) = World::start(door, polls).await.finish().await;
    assert_eq!(door.given(), [10, 11, 12, 10, 11, 12, 10, 11, 12]);
    assert_eq!(offsets(&stub)[..2], [None, Some(13)]);
}

#[tokio::test]
async fn an_update_that_fails_three_times_is_set_aside_with_its_cause_and_its_presser_told() {
    let door = FakeDoor::failing(11, 99);
    *door.refuses_aside.lock().unwrap() = 2;
    let polls = [batch([press(11)]), batch([text(12, "next")])];
    let (stub, door) = World::start(door, polls).await.finish().await;
    // Two more tries, since it could not be set aside at first: nothing is dropped for that.
    assert_eq!(door.given(), [11, 11, 11, 11, 11, 12]);
    let aside = door.aside.lock().unwrap().clone();
    assert_eq!(aside.len(), 1);
    assert_eq!((aside[0].0, aside[0].2.as_str()), (11, "the store is away"));
    let raw: Value = serde_json::from_str(&aside[0].1).unwrap();
    assert_eq!(raw, press(11));
    let answers = stub.calls("answerCallbackQuery");
    assert_eq!(answers.len(), 1);
    assert_eq!(answers[0]["callback_query_id"], "q11");
    assert!(answers[0]["text"].is_string());
}

#[tokio::test]
async fn a_press_is_answered_even_when_nothing_is_said() {
    for (answer, says) in [(Answer::Silent, false), (Answer::Saved, true)] {
        let door = Arc::new(FakeDoor::default());
        *door.answer.lock().unwrap() = Some(answer);
        let (stub, door) = World::start(door, [batch([press(11)])])
            .await
            .finish()
            .await;
        let given = door.given.lock().unwrap().clone();
        assert_eq!(given[0].what, What::UnknownPress);
        let answers = stub.calls("answerCallbackQuery");
        assert_eq!(answers.len(), 1);
        assert_eq!(answers[0]["text"].is_string(), says, "{answers:?}");
    }
}

#[tokio::test]
async fn catching_up_is_said_once_after_the_first_batch_that_is_not_full() {
    let full = |from: i64| batch((from..from + 100).map(|update| text(update, "x")));
    let polls = [full(1), full(101), batch([text(201, "x")]), batch([])];
    let (stub, door) = World::start(Arc::default(), polls).await.finish().await;
    assert_eq!(*door.caught_up.lock().unwrap(), 1);
    assert_eq!(door.given().len(), 201);
    let asked: Vec<_> = offsets(&stub).into_iter().take(5).collect();
    assert_eq!(asked, [None, Some(101), Some(201), Some(202), Some(202)]);
}

#[tokio::test]
async fn bad_weather_passes() {
    let polls = [
        Reply::Raw(502, "<html>"),
        Reply::Cut,
        Reply::fault(500, "Internal Server Error"),
        Reply::Fault(
            429,
            "Too Many Requests: retry after 0",
            json!({"retry_after": 0}),
        ),
        batch([text(10, "a")]),
    ];
    let (_, door) = World::start(Arc::default(), polls).await.finish().await;
    assert_eq!(door.given(), [10]);
    assert_eq!(*door.caught_up.lock().unwrap(), 1);
}

#[tokio::test]
async fn another_poller_is_borne_for_a_while_and_then_given_way_to() {
    const CONFLICT: &str = "Conflict: terminated by other getUpdates request; make sure that only \
                            one bot instance is running";
    let conflicts = |times| std::iter::repeat_n(Reply::fault(409, CONFLICT), times);
    let polls = conflicts(11).chain([batch([text(10, "a")])]);
    let (_, door) = World::start(Arc::default(), polls).await.finish().await;
    assert_eq!(door.given(), [10]);
    let world = World::start(Arc::default(), conflicts(12)).await;
    assert_eq!(
        world.listening.await.unwrap(),
        Err(ListenError::AnotherPoller)
    );
}

#[tokio::test]
async fn a_forgotten_webhook_is_removed_without_losing_its_updates() {
    const ACTIVE: &str = "Conflict: can't use getUpdates method while webhook is active; use \
                          deleteWebhook to delete the webhook first";
    let polls = [Reply::fault(409, ACTIVE), batch([text(10, "a")])];
    let (stub, door) = World::start(Arc::default(), polls).await.finish().await;
    assert_eq!(door.given(), [10]);
    assert_eq!(
        stub.calls("deleteWebhook"),
        [json!({"drop_pending_updates": false})]
    );
    // Whoever sets it again and again is another poller in all but name.
    let polls = std::iter::repeat_n(Reply::fault(409, ACTIVE), 13);
    let world = World::start(Arc::default(), polls).await;
    let stub = Arc::clone(&world.stub);
    assert_eq!(
        world.listening.await.unwrap(),
        Err(ListenError::AnotherPoller)
    );
    assert_eq!(stub.calls("deleteWebhook").len(), 1);
}

#[tokio::test]
async fn a_wrong_token_ends_it() {
    for refusal in [
        Reply::fault(401, "Unauthorized"),
        Reply::fault(404, "Not Found"),
    ] {
        let world = World::start(Arc::default(), [refusal]).await;
        assert_eq!(
            world.listening.await.unwrap(),
            Err(ListenError::TokenRefused)
        );
    }
}

#[tokio::test]
async fn a_stop_in_the_middle_of_trouble_confirms_nothing() {
    let door = FakeDoor::failing(10, u32::MAX);
    *door.refuses_aside.lock().unwrap() = u32::MAX;
    let world = World::start(door, [batch([text(10, "a")])]).await;
    world.door.entered.notified().await;
    world.stop.cancel();
    world.listening.await.unwrap().unwrap();
    assert_eq!(offsets(&world.stub), [None]);
}
