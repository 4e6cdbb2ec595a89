//! What the webhook says to whom, over real HTTP.

use std::time::Duration;

use serde_json::{Value, json};

use super::*;
use crate::telegram::client::Client;
use crate::telegram::listen::Door;
use crate::telegram::rights::Rights;
use crate::telegram::testing::{FakeDoor, Reply, StoppedClock, Stub, me};

const SECRET: &str = "only-Telegram_knows-0";

struct World {
    stub: Arc<Stub>,
    door: Arc<FakeDoor>,
    webhook: Arc<Webhook>,
    url: String,
}

impl World {
    async fn start(door: Arc<FakeDoor>) -> Self {
        let clock = StoppedClock::new();
        let (stub, client) = Stub::start(clock.clone()).await;
        let webhook = Arc::new(webhook(client, &door, clock));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/updates/here", listener.local_addr().unwrap());
        let routes = webhook.routes();
        #[allow(clippy::disallowed_methods)] // it ends with the test's runtime
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self {
            stub,
            door,
            webhook,
            url,
        }
    }

    async fn post(&self, secret: &str, body: impl Into<reqwest::Body>) -> u16 {
        let request = reqwest::Client::new().post(&self.url).body(body);
        let answer = request.header(SECRET_HEADER, secret).send().await.unwrap();
        answer.status().as_u16()
    }
}

fn webhook(client: Arc<Client>, door: &Arc<FakeDoor>, clock: Arc<StoppedClock>) -> Webhook {
    let door: Arc<dyn Door> = door.clone();
    let rights = Arc::new(Rights::new(Arc::clone(&client), clock.clone(), me().id));
    let reception = Reception::new(client, door, clock.clone(), rights, me());
    let settings = WebhookSettings {
        bind: "127.0.0.1:0".parse().unwrap(),
        public_url: "https://desk.example/updates/here".parse().unwrap(),
        secret: SecretString::from(SECRET.to_owned()),
    };
    let pace = Pace {
        first: Duration::ZERO,
        longest: Duration::ZERO,
        conflict: Duration::ZERO,
        patience: Duration::ZERO,
    };
    Webhook::new(Arc::new(reception), clock, settings, pace)
}

fn update(id: i64) -> String {
    let update: Value = json!({"update_id": id, "message": {"message_id": 1, "text": "Tap",
        "date": 1_790_000_000, "from": {"id": 42, "is_bot": false, "first_name": "Mari"},
        "chat": {"id": -1007, "title": "Hotel", "type": "supergroup"}}});
    update.to_string()
}

#[tokio::test]
async fn only_who_knows_the_secret_is_heard() {
    let world = World::start(Arc::default()).await;
    for wrong in ["", "only-Telegram_knows-1", "only-Telegram_knows-00"] {
        assert_eq!(world.post(wrong, update(1)).await, 403, "{wrong}");
    }
    let without = reqwest::Client::new().post(&world.url).body(update(1));
    assert_eq!(without.send().await.unwrap().status(), 403);
    let elsewhere = world.url.replace("here", "there");
    let elsewhere = reqwest::Client::new()
        .post(elsewhere)
        .header(SECRET_HEADER, SECRET);
    assert_eq!(elsewhere.send().await.unwrap().status(), 404);
    let get = reqwest::Client::new()
        .get(&world.url)
        .header(SECRET_HEADER, SECRET);
    assert_eq!(get.send().await.unwrap().status(), 405);
    assert!(world.door.given().is_empty());
    assert_eq!(world.post(SECRET, update(1)).await, 200);
    assert_eq!(world.door.given(), [1]);
}

#[tokio::test]
async fn what_has_no_verdict_is_to_come_again_until_it_is_set_aside() {
    let world = World::start(FakeDoor::failing(7, 99)).await;
    assert_eq!(world.post(SECRET, update(7)).await, 503);
    assert_eq!(world.post(SECRET, update(8)).await, 200);
    assert_eq!(world.post(SECRET, update(7)).await, 503);
    assert_eq!(world.post(SECRET, update(7)).await, 200);
    assert_eq!(world.door.given(), [7, 8, 7, 7]);
    assert_eq!(world.door.aside.lock().unwrap()[0].0, 7);
}

#[tokio::test]
async fn what_nobody_can_read_is_skipped_and_what_is_too_large_refused() {
    let world = World::start(Arc::default()).await;
    for odd in [b"not JSON".to_vec(), vec![0xff, 0xfe], Vec::new()] {
        assert_eq!(world.post(SECRET, odd).await, 200);
    }
    assert_eq!(world.post(SECRET, vec![b' '; BODY_LIMIT + 1]).await, 413);
    assert!(world.door.given().is_empty());
    assert_eq!(world.webhook.reception.skipped(), 3);
}

#[tokio::test]
async fn past_the_limit_telegram_is_sent_away_and_may_come_again() {
    let door = Arc::new(FakeDoor {
        gate: Some(Semaphore::new(0)),
        ..FakeDoor::default()
    });
    let world = Arc::new(World::start(door).await);
    let mut waiting = tokio::task::JoinSet::new();
    for id in 0..UNDER_WAY_LIMIT {
        let world = Arc::clone(&world);
        let id = i64::try_from(id).unwrap();
        waiting.spawn(async move { world.post(SECRET, update(id)).await });
    }
    while world.door.given().len() < UNDER_WAY_LIMIT {
        world.door.entered.notified().await;
    }
    assert_eq!(world.post(SECRET, update(1_000)).await, 503);
    world
        .door
        .gate
        .as_ref()
        .unwrap()
        .add_permits(UNDER_WAY_LIMIT + 1);
    assert!(waiting.join_all().await.iter().all(|status| *status == 200));
    assert_eq!(world.post(SECRET, update(1_000)).await, 200);
}

#[tokio::test]
async fn telegram_is_told_where_to_call_and_the_desk_when_it_has_caught_up() {
    let world = World::start(Arc::default()).await;
    let flood = json!({"retry_after": 0});
    world.stub.will(
        "setWebhook",
        [
            Reply::Raw(502, ""),
            Reply::Fault(429, "Too Many Requests: retry after 1", flood),
        ],
    );
    let pending = |count| Reply::Good(json!({"url": "", "pending_update_count": count}));
    world.stub.will("getWebhookInfo", [pending(3), pending(0)]);
    let stop = CancellationToken::new();
    let (ended, ()) = tokio::join!(world.webhook.run(stop.clone()), async {
        world.stub.called("getWebhookInfo", 2).await;
        stop.cancel();
    });
    ended.unwrap();
    let told = world.stub.calls("setWebhook").pop().unwrap();
    let expected = json!({"url": "https://desk.example/updates/here", "max_connections": 40,
        "allowed_updates":
            ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"],
        "secret_token": SECRET});
    assert_eq!(told, expected);
    assert_eq!(world.stub.calls("setWebhook").len(), 3);
    assert!(world.stub.calls("deleteWebhook").is_empty(), "it stays set");
}

#[tokio::test]
async fn an_address_or_a_token_that_telegram_does_not_take_ends_it() {
    let world = World::start(Arc::default()).await;
    let bad = "Bad Request: bad webhook: An HTTPS URL must be provided for webhook";
    world.stub.will(
        "setWebhook",
        [Reply::fault(400, bad), Reply::fault(401, "Unauthorized")],
    );
    let ended = world.webhook.run(CancellationToken::new()).await;
    assert!(matches!(ended, Err(WebhookError::Refused(why)) if why == bad));
    let ended = world.webhook.run(CancellationToken::new()).await;
    assert!(matches!(
        ended,
        Err(WebhookError::Listen(ListenError::TokenRefused))
    ));
}
