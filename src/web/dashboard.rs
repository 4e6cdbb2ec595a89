//! The dashboard: what is open, what happened, and the figures, for people who are signed in.
//!
//! Off unless an address is configured. It only shows: everything that changes an incident is done
//! in the chat. Who may see what is asked anew for each page, with the same roles as in the chat,
//! and whatever somebody may not see looks exactly like what does not exist.

mod assets;
mod figures;
mod guard;
mod home;
mod incident;
mod layout;
mod route;
mod session;
mod sign_in;
mod visitor;

#[cfg(test)]
pub(crate) mod tests;

use std::net::SocketAddr;
use std::sync::Arc;

use actors::ports::{Clock, Roll, Store, StoreError};
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use url::Url;

pub use route::Route;
pub use sign_in::{Links, SESSION_LASTS, SIGN_IN_LASTS};

use crate::words::Words;
use layout::Tongue;

/// How many requests are answered at once: more than a desk's people make, and few enough that a
/// flood costs no memory. The rest is told to come again.
const IN_FLIGHT: usize = 32;

/// How many reports are counted at once: each reads a whole window, and claims come first.
const COUNTING_AT_ONCE: usize = 2;

/// What the dashboard is made of.
pub struct Parts {
    /// What lasts.
    pub store: Arc<dyn Store>,
    /// Who is in a group.
    pub roll: Arc<dyn Roll>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// What pages say.
    pub words: Arc<dyn Words>,
    /// The address that people open.
    pub url: Url,
}

/// The address cannot be listened on.
#[derive(Debug, thiserror::Error)]
#[error("DASHBOARD_LISTEN: cannot listen on {address}: is another process there?")]
pub struct ListenError {
    /// The address.
    address: SocketAddr,
    /// Why.
    #[source]
    source: std::io::Error,
}

/// The pages.
pub struct Dashboard {
    store: Arc<dyn Store>,
    roll: Arc<dyn Roll>,
    clock: Arc<dyn Clock>,
    words: Arc<dyn Words>,
    /// What a browser says that a request of our own pages comes from.
    origin: String,
    /// Whether browsers come by https.
    secure: bool,
    in_flight: Semaphore,
    counting: Semaphore,
}

impl Dashboard {
    /// Pages about that desk.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self {
            store: parts.store,
            roll: parts.roll,
            clock: parts.clock,
            words: parts.words,
            origin: parts.url.origin().ascii_serialization(),
            secure: parts.url.scheme() == "https",
            in_flight: Semaphore::new(IN_FLIGHT),
            counting: Semaphore::new(COUNTING_AT_ONCE),
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
        let dashboard = Arc::new(self);
        let routes = Route::ALL.into_iter().fold(Router::new(), |routes, it| {
            routes.route(it.path(), it.answered_by())
        });
        let routes = routes
            .fallback(route::nowhere)
            .layer(from_fn_with_state(Arc::clone(&dashboard), guard::guard))
            .with_state(dashboard);
        let serving = axum::serve(listener, routes).with_graceful_shutdown(stop.cancelled_owned());
        if let Err(error) = serving.await {
            tracing::error!(%error, "the dashboard is not shown any more");
        }
    }

    fn tongue(&self, language: actors::domain::Language) -> Tongue<'_> {
        Tongue {
            words: &*self.words,
            language,
            now: self.clock.now(),
        }
    }
}

/// Why a page is not shown.
enum Trouble {
    /// The store does not answer; it has said so itself.
    Store(StoreError),
    /// This is the answer instead.
    Instead(Box<Response>),
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Response> for Trouble {
    fn from(response: Response) -> Self {
        Self::Instead(Box::new(response))
    }
}

type Shown = Result<Response, Trouble>;
