//! A stand-in for Anthropic's Messages API on loopback, for the demo and the tests: the same
//! addresses, headers, errors and usage, told to be slow, limited, down, or hostile. It answers by
//! the rule lists, so the demo shows triage without a network.

mod answers;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// The key that it takes.
pub const KEY: &str = "stand-in-key";

/// How it behaves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Mood {
    /// It answers by the rule lists.
    #[default]
    Willing,
    /// The same, after that long.
    Slow(Duration),
    /// 429, and when to come again, in seconds.
    Limited(u64),
    /// 429 that no waiting helps.
    Spent,
    /// 529.
    Overloaded,
    /// 500.
    Down,
    /// It will not talk about it.
    Refusing,
    /// It stops in the middle.
    Truncated,
    /// It says something of another form.
    Malformed,
    /// It does what the report says, whatever that is, in one of several ways.
    Hostile(usize),
}

/// A message of the API about such an inquiry, as it would be said in that mood.
#[must_use]
pub fn message_to(inquiry: &Value, mood: &Mood) -> Value {
    let text = inquiry.to_string();
    let content = json!([{"type": "text", "text": text}]);
    let request = json!({"messages": [{"role": "user", "content": content}]});
    answers::message(&request, mood)
}

/// How many ways of being hostile there are.
pub const HOSTILITIES: usize = answers::HOSTILITIES;

/// A running stand-in; it ends when it is dropped.
#[derive(Debug)]
pub struct MessagesApi {
    address: SocketAddr,
    shared: Arc<Shared>,
    stop: CancellationToken,
}

#[derive(Debug, Default)]
struct Shared {
    mood: Mutex<Mood>,
    calls: AtomicU64,
    /// The newest request that was of the right form.
    heard: Mutex<Option<Value>>,
}

impl MessagesApi {
    /// Listens on a free port of this machine.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start() -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::default());
        let router = Router::new()
            .route("/v1/messages", post(messages))
            .with_state(Arc::clone(&shared));
        let stop = CancellationToken::new();
        let stopped = stop.clone();
        let server = async move {
            let serving = axum::serve(listener, router);
            tokio::select! {
                () = stopped.cancelled() => {}
                ended = serving => if let Err(error) = ended {
                    tracing::error!(%error, "the stand-in of the Messages API failed");
                },
            }
        };
        // It stands outside the tree of actors, as the real one does, and ends with this value.
        #[allow(clippy::disallowed_methods)]
        tokio::spawn(server);
        Ok(Self {
            address,
            shared,
            stop,
        })
    }

    /// Its address, for `ANTHROPIC_BASE_URL`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on it behaves so.
    pub fn be(&self, mood: Mood) {
        *lock(&self.shared.mood) = mood;
    }

    /// How many calls came.
    #[must_use]
    pub fn calls(&self) -> u64 {
        self.shared.calls.load(Ordering::SeqCst)
    }

    /// The newest request that was of the right form.
    #[must_use]
    pub fn heard(&self) -> Option<Value> {
        lock(&self.shared.heard).clone()
    }
}

impl Drop for MessagesApi {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn messages(State(shared): State<Arc<Shared>>, headers: HeaderMap, body: Bytes) -> Response {
    let number = shared.calls.fetch_add(1, Ordering::SeqCst);
    let mut response = answer(&shared, &headers, &body).await;
    if let Ok(value) = format!("req_standin{number:08}").parse() {
        response.headers_mut().insert("request-id", value);
    }
    response
}

async fn answer(shared: &Shared, headers: &HeaderMap, body: &[u8]) -> Response {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if header("x-api-key") != Some(KEY) {
        return error(401, "authentication_error", "invalid x-api-key");
    }
    let request: Option<Value> = serde_json::from_slice(body).ok();
    let request = match (header("anthropic-version"), request) {
        (Some(version), Some(request)) if version == crate::claude::API_VERSION => request,
        _ => return error(400, "invalid_request_error", "version or body"),
    };
    if let Some(missing) = answers::fault_of(&request) {
        return error(400, "invalid_request_error", missing);
    }
    *lock(&shared.heard) = Some(request.clone());
    let mood = lock(&shared.mood).clone();
    match mood {
        Mood::Limited(seconds) => {
            let limited = error(429, "rate_limit_error", "too many requests");
            ([("retry-after", seconds.to_string())], limited).into_response()
        }
        Mood::Spent => {
            let details = json!({"error_code": "enforced_spend_limit_reached"});
            let body = json!({"type": "error", "error": {"type": "rate_limit_error",
                "message": "spend limit", "details": details}});
            (StatusCode::TOO_MANY_REQUESTS, axum::Json(body)).into_response()
        }
        Mood::Overloaded => error(529, "overloaded_error", "Overloaded"),
        Mood::Down => error(500, "api_error", "Internal server error"),
        Mood::Slow(time) => {
            tokio::time::sleep(time).await;
            axum::Json(answers::message(&request, &Mood::Willing)).into_response()
        }
        mood => axum::Json(answers::message(&request, &mood)).into_response(),
    }
}

fn error(status: u16, kind: &str, message: &str) -> Response {
    let body = json!({"type": "error", "error": {"type": kind, "message": message}});
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, axum::Json(body)).into_response()
}
