//! The playground as a bot meets it: over real HTTP, on any free port.

mod answers;
mod client;
mod crash;
mod delivery;
mod page;

use std::sync::{Arc, Mutex, PoisonError};

use actors::ports::Clock;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::{ChatId, Options, PersonId, Playground, Scene, World};

/// A clock that stands still until told.
struct HandClock(Mutex<DateTime<Utc>>);

impl Clock for HandClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HandClock {
    fn advance(&self, step: TimeDelta) {
        *self.0.lock().unwrap() += step;
    }
}

/// A playground and a bot that speaks plain HTTP.
struct Bench {
    playground: Playground,
    clock: Arc<HandClock>,
    client: reqwest::Client,
}

impl Bench {
    async fn set_up() -> Self {
        let start = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let clock = Arc::new(HandClock(Mutex::new(start)));
        let options = Options {
            address: ([127, 0, 0, 1], 0).into(),
            clock: clock.clone(),
            advance: None,
            scene: Scene::Empty,
            claim_labels: vec!["Claim".into()],
        };
        let playground = Playground::start(options).await.unwrap();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        Self {
            playground,
            clock,
            client,
        }
    }

    fn world(&self) -> &World {
        self.playground.world()
    }

    fn url(&self, method: &str) -> String {
        format!(
            "{}/bot{}/{method}",
            self.playground.api_url(),
            self.playground.token()
        )
    }

    async fn call(&self, method: &str, parameters: Value) -> Value {
        let answer = self
            .client
            .post(self.url(method))
            .json(&parameters)
            .send()
            .await
            .unwrap();
        let status = answer.status().as_u16();
        let body: Value = answer.json().await.unwrap();
        let code = body["error_code"].as_u64().unwrap_or(200);
        assert_eq!(u64::from(status), code, "{body}");
        body
    }

    /// The result of a call that must succeed.
    async fn done(&self, method: &str, parameters: Value) -> Value {
        let answer = self.call(method, parameters).await;
        assert_eq!(answer["ok"], true, "{method}: {answer}");
        answer["result"].clone()
    }

    /// The words of a call that must be refused.
    async fn refused(&self, method: &str, parameters: Value) -> String {
        let answer = self.call(method, parameters).await;
        assert_eq!(answer["ok"], false, "{method}: {answer}");
        answer["description"].as_str().unwrap().to_owned()
    }

    async fn updates(&self) -> Vec<Value> {
        self.done("getUpdates", json!({}))
            .await
            .as_array()
            .unwrap()
            .clone()
    }

    /// A group of Mari and Jaan, with the bot as a plain member.
    fn yard(&self) -> (ChatId, PersonId, PersonId) {
        let mari = self.world().person("Mari").add();
        let jaan = self.world().person("Jaan").add();
        let yard = self.world().group("Yard", &[mari, jaan]);
        self.world().add_bot(yard, mari);
        (yard, mari, jaan)
    }
}
