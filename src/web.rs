//! What the desk shows on HTTP: whether it is well, and figures for whoever watches over it.
//!
//! Off unless an address is configured, and meant for this machine: there is nobody to sign in, so
//! nothing is shown but numbers and states. No name, no word of a report and no secret ever comes
//! here.

pub mod dashboard;
mod health;
mod metrics;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use actors::audit::Findings;
use actors::ports::{Backlog, Clock};
use actors::triage::gauge::Reading;
use async_trait::async_trait;
use axum::Router;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chrono::{DateTime, TimeDelta, Utc};
use tokio::net::TcpListener;
use tokio::sync::Mutex;
use tokio_util::sync::CancellationToken;

/// For how long an answer is good for everybody who asks: a scraper that asks a hundred times a
/// second must not make a hundred questions to the database.
const KEPT: TimeDelta = TimeDelta::seconds(1);

/// How long looking may take before whatever has not answered counts as not answering.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// Looks at the desk.
#[async_trait]
pub trait Watch: Send + Sync + 'static {
    /// How it is, looked at within [`PATIENCE`].
    async fn look(&self) -> Signs;
}

/// How the desk is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signs {
    /// When that was.
    pub at: DateTime<Utc>,
    /// What waits in the database; nothing if that did not answer.
    pub backlog: Option<Backlog>,
    /// When Telegram last answered.
    pub heard: Option<DateTime<Utc>>,
    /// Whether a question went through the actors and back.
    pub actors_answer: bool,
    /// How triage stands.
    pub triage: Reading,
    /// What audits found of the calls that critical incidents owe.
    pub audit: Findings,
    /// Whether such incidents have called nobody for too long.
    pub calls_nobody: bool,
    /// How far the machine's clock was set ahead of the desk's.
    pub clock_set_ahead: Option<TimeDelta>,
}

/// The address cannot be listened on, or listening ended.
#[derive(Debug, thiserror::Error)]
#[error("HEALTH_LISTEN: cannot listen on {address}: is another process there?")]
pub struct ListenError {
    /// The address.
    address: SocketAddr,
    /// Why.
    #[source]
    source: std::io::Error,
}

/// The pages.
pub struct Web {
    watch: Arc<dyn Watch>,
    clock: Arc<dyn Clock>,
    seen: Mutex<Option<Signs>>,
}

impl Web {
    /// Pages about the desk that this watches.
    #[must_use]
    pub fn new(watch: Arc<dyn Watch>, clock: Arc<dyn Clock>) -> Self {
        Self {
            watch,
            clock,
            seen: Mutex::new(None),
        }
    }

    /// Takes the address.
    ///
    /// # Errors
    /// When it cannot be had.
    pub async fn bind(address: SocketAddr) -> Result<TcpListener, ListenError> {
        let bound = TcpListener::bind(address).await;
        bound.map_err(|source| ListenError { address, source })
    }

    /// Answers until it is told to stop.
    pub async fn run(self, listener: TcpListener, stop: CancellationToken) {
        let routes = Router::new()
            .route("/health", get(health_page))
            .route("/metrics", get(metrics_page))
            .with_state(Arc::new(self));
        let serving = axum::serve(listener, routes).with_graceful_shutdown(stop.cancelled_owned());
        if let Err(error) = serving.await {
            tracing::error!(%error, "health and metrics are not shown any more");
        }
    }

    /// One look for all who ask at the same time, or just after.
    async fn signs(&self) -> Signs {
        let mut seen = self.seen.lock().await;
        let now = self.clock.now();
        let fresh = |signs: &&Signs| (TimeDelta::zero()..KEPT).contains(&(now - signs.at));
        if let Some(signs) = seen.as_ref().filter(fresh) {
            return signs.clone();
        }
        let signs = self.watch.look().await;
        *seen = Some(signs.clone());
        signs
    }
}

async fn health_page(State(web): State<Arc<Web>>) -> Response {
    let signs = web.signs().await;
    let status = match health::failing(&signs).is_empty() {
        true => StatusCode::OK,
        false => StatusCode::SERVICE_UNAVAILABLE,
    };
    let told = health::told(&signs);
    (status, headers("application/json"), told).into_response()
}

async fn metrics_page(State(web): State<Arc<Web>>) -> Response {
    let told = metrics::told(&web.signs().await);
    (headers("text/plain; version=0.0.4; charset=utf-8"), told).into_response()
}

fn headers(media_type: &'static str) -> [(HeaderName, &'static str); 3] {
    [
        (CONTENT_TYPE, media_type),
        (CACHE_CONTROL, "no-store"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ]
}
