//! A Bot API that costs as little as it can: HTTP on loopback, long polls and a queue that is
//! confirmed by offset as Telegram's is, and nothing behind it.
//!
//! The playground of the demo and the tests keeps a whole world, checks every call against
//! Telegram's rules and remembers all of them; beside the desk on the same processors that would
//! be measured too. This one notes when an answer to a press came, and forgets everything else.

use std::collections::{HashMap, VecDeque};
use std::fmt::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::post;
use serde::Deserialize;
use tokio::net::TcpListener;
use tokio::sync::{Notify, oneshot, watch};

use crate::people::Press;

/// Only this process knows it, and nothing is behind it.
pub(crate) const TOKEN: &str = "7100200400:AAbenchmark-token-of-no-bot-at-all-";

/// The bot's number.
const BOT_ID: i64 = 7_100_200_400;

/// The bot.
pub(crate) const BOT: &str =
    r#"{"id":7100200400,"is_bot":true,"first_name":"Desk","username":"desk_bench_bot"}"#;

/// How many updates one poll gets at most, as with Telegram.
const BATCH: usize = 100;

/// The stand-in.
#[derive(Clone)]
pub(crate) struct Telegram {
    shared: Arc<Shared>,
    address: SocketAddr,
}

struct Shared {
    queue: Mutex<Queue>,
    news: Notify,
    /// Whether a poll is open and waits for news.
    waits: watch::Sender<bool>,
    presses: Mutex<HashMap<u64, Pressed>>,
    messages: AtomicI64,
    photos: AtomicUsize,
}

struct Queue {
    waiting: VecDeque<(i64, String, Instant)>,
    next: i64,
    /// How long each took from being put in to being confirmed.
    confirmed: Vec<Duration>,
}

struct Pressed {
    at: Instant,
    toast: oneshot::Sender<Toast>,
}

/// What a press was answered with.
#[derive(Debug)]
pub(crate) struct Toast {
    /// How long the presser waited.
    pub(crate) after: Duration,
    /// The words.
    pub(crate) text: String,
}

/// An answer that is waited for.
pub(crate) type Answer = oneshot::Receiver<Toast>;

impl Telegram {
    /// Listens.
    pub(crate) async fn start() -> Self {
        let shared = Arc::new(Shared {
            queue: Mutex::new(Queue {
                waiting: VecDeque::new(),
                next: 500_000_001,
                confirmed: Vec::new(),
            }),
            news: Notify::new(),
            waits: watch::Sender::new(false),
            presses: Mutex::default(),
            messages: AtomicI64::new(1_000_000),
            photos: AtomicUsize::new(0),
        });
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new()
            .route("/{bot}/{method}", post(call))
            .with_state(Arc::clone(&shared));
        // Ends with the process: nothing is left when it is cut off.
        #[allow(clippy::disallowed_methods)]
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { shared, address }
    }

    /// What the desk takes for Telegram.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many photos were sent.
    pub(crate) fn photos(&self) -> usize {
        self.shared.photos.load(Ordering::Relaxed)
    }

    /// How many updates are not confirmed.
    pub(crate) fn unconfirmed(&self) -> usize {
        self.shared.queue.lock().unwrap().waiting.len()
    }

    /// How long each update took from being put in to being confirmed, since this was last asked.
    pub(crate) fn confirmed(&self) -> Vec<Duration> {
        std::mem::take(&mut self.shared.queue.lock().unwrap().confirmed)
    }

    /// Puts updates in, all at the same moment. Each is written as what follows its number.
    pub(crate) fn push(&self, bodies: impl IntoIterator<Item = String>) {
        self.shared.queue.lock().unwrap().extend(bodies);
        self.shared.news.notify_one();
    }

    /// Presses, all at the same moment.
    pub(crate) fn press(&self, presses: &[Press]) -> Vec<Answer> {
        let queries: Vec<u64> = presses.iter().map(|_| next_query()).collect();
        let bodies: Vec<String> = presses
            .iter()
            .zip(&queries)
            .map(|(press, query)| press.update(*query))
            .collect();
        let (toasts, answers): (Vec<_>, Vec<_>) =
            presses.iter().map(|_| oneshot::channel()).unzip();
        let at = Instant::now();
        let pressed = queries
            .into_iter()
            .zip(toasts.into_iter().map(|toast| Pressed { at, toast }));
        self.shared.presses.lock().unwrap().extend(pressed);
        self.push(bodies);
        answers
    }

    /// Waits until a poll is open: the desk has nothing left to do with updates.
    pub(crate) async fn idle(&self) {
        let mut waits = self.shared.waits.subscribe();
        waits.wait_for(|waits| *waits).await.unwrap();
    }

    /// Waits until everything is confirmed.
    pub(crate) async fn drained(&self) {
        loop {
            self.idle().await;
            if self.unconfirmed() == 0 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}

impl Queue {
    fn extend(&mut self, bodies: impl IntoIterator<Item = String>) {
        let now = Instant::now();
        for body in bodies {
            let id = self.next;
            self.next += 1;
            let update = format!("{{\"update_id\":{id},{body}}}");
            self.waiting.push_back((id, update, now));
        }
    }

    fn confirm(&mut self, offset: i64) {
        let now = Instant::now();
        while self.waiting.front().is_some_and(|(id, ..)| *id < offset) {
            let since = self.waiting.pop_front().map(|(_, _, since)| since);
            let waited = since.map(|since| now.duration_since(since));
            self.confirmed.extend(waited);
        }
    }

    fn batch(&self, limit: usize) -> Option<String> {
        if self.waiting.is_empty() {
            return None;
        }
        let mut answer = String::from(r#"{"ok":true,"result":["#);
        for (index, (_, update, _)) in self.waiting.iter().take(limit.min(BATCH)).enumerate() {
            if index > 0 {
                answer.push(',');
            }
            answer.push_str(update);
        }
        answer.push_str("]}");
        Some(answer)
    }
}

async fn call(
    State(shared): State<Arc<Shared>>,
    Path((_, method)): Path<(String, String)>,
    body: Bytes,
) -> impl IntoResponse {
    let answer = match method.as_str() {
        "getUpdates" => poll(&shared, &body).await,
        "answerCallbackQuery" => {
            shared.answered(&body);
            r#"{"ok":true,"result":true}"#.to_owned()
        }
        "getChatMember" => standing(&body),
        other => shared.other(other),
    };
    ([(CONTENT_TYPE, "application/json")], answer)
}

#[derive(Deserialize)]
struct GetUpdates {
    offset: Option<i64>,
    limit: usize,
    timeout: u64,
}

async fn poll(shared: &Shared, body: &[u8]) -> String {
    let ask: GetUpdates = serde_json::from_slice(body).unwrap();
    let batch = || {
        let mut queue = shared.queue.lock().unwrap();
        queue.confirm(ask.offset.unwrap_or(0));
        queue.batch(ask.limit)
    };
    let waiting = async {
        loop {
            if let Some(batch) = batch() {
                return batch;
            }
            if ask.timeout > 0 {
                shared.waits.send_replace(true);
            }
            shared.news.notified().await;
        }
    };
    let patience = Duration::from_secs(ask.timeout);
    let answer = tokio::time::timeout(patience, waiting).await;
    shared.waits.send_replace(false);
    answer.unwrap_or_else(|_| r#"{"ok":true,"result":[]}"#.to_owned())
}

impl Shared {
    fn answered(&self, body: &[u8]) {
        #[derive(Deserialize)]
        struct Answered {
            callback_query_id: String,
            text: Option<String>,
        }
        let now = Instant::now();
        let answered: Answered = serde_json::from_slice(body).unwrap();
        let query: u64 = answered.callback_query_id.parse().unwrap();
        if let Some(press) = self.presses.lock().unwrap().remove(&query) {
            let after = now.duration_since(press.at);
            let text = answered.text.unwrap_or_default();
            // Nobody may be waiting for it.
            let _ = press.toast.send(Toast { after, text });
        }
    }

    fn other(&self, method: &str) -> String {
        let result = match method {
            "getMe" => BOT.to_owned(),
            name if name.starts_with("send") || name.starts_with("edit") => {
                let message = self.messages.fetch_add(1, Ordering::Relaxed);
                let photo = usize::from(name == "sendPhoto");
                self.photos.fetch_add(photo, Ordering::Relaxed);
                let mut posted = String::new();
                write!(posted, r#"{{"message_id":{message},"date":1790000000}}"#).unwrap();
                posted
            }
            _ => "true".to_owned(),
        };
        format!(r#"{{"ok":true,"result":{result}}}"#)
    }
}

/// The bot administers every group, so that it may pin; nobody else administers one.
fn standing(body: &[u8]) -> String {
    #[derive(Deserialize)]
    struct Asked {
        user_id: i64,
    }
    let asked: Asked = serde_json::from_slice(body).unwrap();
    let status = if asked.user_id == BOT_ID {
        "administrator"
    } else {
        "member"
    };
    format!(r#"{{"ok":true,"result":{{"status":"{status}"}}}}"#)
}

/// Numbers of queries never come twice.
fn next_query() -> u64 {
    static NEXT: AtomicUsize = AtomicUsize::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed) as u64
}
