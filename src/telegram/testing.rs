//! A Bot API of a few lines, over real HTTP: it answers as it is told to and remembers what it was
//! asked. For the bad weather that a faithful one does not make.

mod door;

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use actors::domain::PersonId;
use actors::ports::Clock;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::sync::Notify;

use super::client::{Client, Me, Timeouts};

pub(crate) use door::FakeDoor;

/// The token of all tests: wherever it turns up but in an address, it leaked.
pub(crate) const TOKEN: &str = "123456:CANARY-of-a-token";

/// How a poll is noted, beside its call, that found nothing and hangs.
const HANGING_POLL: &str = "a hanging poll";

/// The bot of all tests.
pub(crate) fn me() -> Me {
    Me {
        id: PersonId(999),
        username: "desk_bot".into(),
    }
}

/// What a stub answers.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// Success, with that result.
    Good(Value),
    /// A refusal: code, description, parameters.
    Fault(u16, &'static str, Value),
    /// Something that is no Bot API answer.
    Raw(u16, &'static str),
    /// The same call elsewhere: another method, so that it shows.
    Redirect,
    /// The connection breaks in the middle of the answer.
    Cut,
}

impl Reply {
    pub(crate) fn fault(code: u16, description: &'static str) -> Self {
        Self::Fault(code, description, Value::Null)
    }
}

/// A call that was made.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Call {
    pub(crate) method: String,
    pub(crate) body: Value,
}

/// The stub.
pub(crate) struct Stub {
    script: Mutex<HashMap<String, VecDeque<Reply>>>,
    calls: Mutex<Vec<Call>>,
    changed: Notify,
}

impl Stub {
    /// Starts one, and a client for it.
    pub(crate) async fn start(clock: Arc<dyn Clock>) -> (Arc<Self>, Arc<Client>) {
        let stub = Arc::new(Self {
            script: Mutex::default(),
            calls: Mutex::default(),
            changed: Notify::new(),
        });
        let routes = Router::new()
            .route("/{bot}/{method}", post(answer))
            .with_state(Arc::clone(&stub));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        #[allow(clippy::disallowed_methods)] // it ends with the test's runtime
        tokio::spawn(async move { axum::serve(listener, routes).await });
        let token = SecretString::from(TOKEN.to_owned());
        let client = Client::new(&token, url.parse().unwrap(), clock, Timeouts::default());
        let client = client.unwrap();
        (stub, Arc::new(client))
    }

    /// The next answers to calls of that method, in order. Without any, all succeed, and a poll
    /// hangs.
    pub(crate) fn will(&self, method: &str, replies: impl IntoIterator<Item = Reply>) {
        let mut script = self.script.lock().unwrap();
        script.entry(method.into()).or_default().extend(replies);
    }

    /// The calls of a method so far.
    pub(crate) fn calls(&self, method: &str) -> Vec<Value> {
        let calls = self.calls.lock().unwrap();
        let of_method = calls.iter().filter(|call| call.method == method);
        of_method.map(|call| call.body.clone()).collect()
    }

    /// All calls so far.
    pub(crate) fn all_calls(&self) -> Vec<Call> {
        self.calls.lock().unwrap().clone()
    }

    /// Waits until so many calls of a method were made.
    pub(crate) async fn called(&self, method: &str, times: usize) {
        loop {
            let changed = self.changed.notified();
            if self.calls(method).len() >= times {
                return;
            }
            changed.await;
        }
    }

    /// Waits for a poll that finds nothing more.
    pub(crate) async fn drained(&self) {
        self.called(HANGING_POLL, 1).await;
    }

    fn note(&self, method: &str, body: Value) {
        let method = method.to_owned();
        self.calls.lock().unwrap().push(Call { method, body });
        self.changed.notify_waiters();
    }
}

async fn answer(
    State(stub): State<Arc<Stub>>,
    Path((bot, method)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    assert_eq!(bot, format!("bot{TOKEN}"));
    let body: Value = serde_json::from_slice(&body).unwrap();
    let scripted = {
        let mut script = stub.script.lock().unwrap();
        script.get_mut(&method).and_then(VecDeque::pop_front)
    };
    let holds = method == "getUpdates" && scripted.is_none() && body["timeout"] != 0;
    stub.note(&method, body);
    if holds {
        stub.note(HANGING_POLL, Value::Null);
        std::future::pending::<()>().await;
    }
    respond(scripted.unwrap_or_else(|| Reply::Good(default_result(&method))))
}

fn default_result(method: &str) -> Value {
    match method {
        "getUpdates" => json!([]),
        "sendMessage" | "sendPhoto" | "editMessageText" => json!({"message_id": 501}),
        "sendMediaGroup" => json!([{"message_id": 501}, {"message_id": 502}]),
        "getMe" => json!({"id": 999, "is_bot": true, "username": "desk_bot"}),
        _ => json!(true),
    }
}

fn respond(reply: Reply) -> Response {
    match reply {
        Reply::Good(result) => axum::Json(json!({"ok": true, "result": result})).into_response(),
        Reply::Fault(code, description, parameters) => {
            let mut body = json!({"ok": false, "error_code": code, "description": description});
            if !parameters.is_null() {
                body["parameters"] = parameters;
            }
            (StatusCode::from_u16(code).unwrap(), axum::Json(body)).into_response()
        }
        Reply::Raw(code, words) => (StatusCode::from_u16(code).unwrap(), words).into_response(),
        Reply::Redirect => {
            axum::response::Redirect::temporary(&format!("/bot{TOKEN}/elsewhere")).into_response()
        }
        Reply::Cut => {
            let broken = [Ok("{\"ok\":tr"), Err(std::io::Error::other("cut"))];
            Body::from_stream(tokio_stream::iter(broken)).into_response()
        }
    }
}

/// A clock that stands still, at the moment it is given.
#[derive(Debug)]
pub(crate) struct StoppedClock(pub(crate) Mutex<DateTime<Utc>>);

impl StoppedClock {
    pub(crate) fn new() -> Arc<Self> {
        let start = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        Arc::new(Self(Mutex::new(start)))
    }

    pub(crate) fn advance(&self, step: chrono::TimeDelta) {
        *self.0.lock().unwrap() += step;
    }
}

impl Clock for StoppedClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}
