//! Updates by webhook: Telegram calls, instead of being polled.
//!
//! The same promise as polling: 200 is said only after the verdict, so that whatever has none
//! comes again. Telegram tells the desk by a secret in a header that it is Telegram; nothing else
//! of a request is looked at before that. The webhook stays set when the desk stops: Telegram then
//! keeps what comes and tries again.

#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::sync::Arc;

use actors::ports::Clock;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use subtle::ConstantTimeEq;
use teloxide::payloads::{GetWebhookInfo, SetWebhook};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use super::client::{CALL_TIMEOUT, CallError};
use super::listen::{ALLOWED_UPDATES, ListenError, Pace, Reception, Setbacks, Step, Taken, until};

const SECRET_HEADER: &str = "X-Telegram-Bot-Api-Secret-Token";

/// How large an update may be: the largest messages are a few tens of kilobytes.
const BODY_LIMIT: usize = 1024 * 1024;

/// How many connections Telegram is asked to use at most: its own default.
const CONNECTION_LIMIT: u8 = 40;

/// How many updates may be under way: what Telegram's connections can bring, and those that it
/// gave up waiting for and the desk has not. Past it 503 is said, and Telegram tries again.
const UNDER_WAY_LIMIT: usize = 2 * CONNECTION_LIMIT as usize;

/// How often Telegram is asked whether what piled up has come, with growing pauses: about a minute
/// and a half, after which the desk goes on as if it had.
const CATCH_UP_LIMIT: u32 = 8;

/// Where updates come in.
#[derive(Debug, Clone)]
pub struct WebhookSettings {
    /// Where this process listens: behind a proxy that speaks TLS.
    pub bind: SocketAddr,
    /// What Telegram calls; the proxy passes its path on unchanged.
    pub public_url: Url,
    /// What Telegram proves itself with: 1 to 256 of `A-Z`, `a-z`, `0-9`, `_` and `-`.
    pub secret: SecretString,
}

/// Why updates cannot come in by webhook.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: is another process there?")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Listening ended by itself.
    #[error("the webhook's listener failed")]
    Serve(#[source] std::io::Error),
    /// Telegram does not take the address.
    #[error("Telegram does not take the webhook's address: {0}")]
    Refused(String),
    /// Telegram does not take the token.
    #[error(transparent)]
    Listen(#[from] ListenError),
}

/// Takes updates in by webhook.
pub struct Webhook {
    reception: Arc<Reception>,
    clock: Arc<dyn Clock>,
    settings: WebhookSettings,
    pace: Pace,
}

impl Webhook {
    /// A webhook for that reception.
    #[must_use]
    pub fn new(
        reception: Arc<Reception>,
        clock: Arc<dyn Clock>,
        settings: WebhookSettings,
        pace: Pace,
    ) -> Self {
        Self {
            reception,
            clock,
            settings,
            pace,
        }
    }

    /// Listens, and tells Telegram where, until it is told to stop; what is under way is finished.
    ///
    /// # Errors
    /// When the address cannot be listened on, or Telegram will never call it.
    pub async fn run(&self, stop: CancellationToken) -> Result<(), WebhookError> {
        let address = self.settings.bind;
        let listener = TcpListener::bind(address)
            .await
            .map_err(|source| WebhookError::Bind { address, source })?;
        let serving = async {
            axum::serve(listener, self.routes())
                .with_graceful_shutdown(stop.clone().cancelled_owned())
                .await
                .map_err(WebhookError::Serve)
        };
        let announcing = async {
            if self.register(&stop).await? {
                self.catch_up(&stop).await;
            }
            Ok(())
        };
        tokio::try_join!(serving, announcing)?;
        self.reception.close().await;
        Ok(())
    }

    /// The route that Telegram calls.
    fn routes(&self) -> Router {
        let gate = Arc::new(Gate {
            reception: Arc::clone(&self.reception),
            path: self.settings.public_url.path().to_owned(),
            secret: self.settings.secret.clone(),
            under_way: Semaphore::new(UNDER_WAY_LIMIT),
        });
        // A fallback, since a path from the configuration may mean something to the router.
        Router::new().fallback(receive).with_state(gate)
    }

    /// Tells Telegram where to call, until it has heard; `false` if told to stop before.
    async fn register(&self, stop: &CancellationToken) -> Result<bool, WebhookError> {
        let mut setbacks = Setbacks::new(self.pace);
        loop {
            let payload = self.payload();
            let ordered = self.reception.client().order(&payload, CALL_TIMEOUT);
            let error = match until(stop, ordered).await {
                None => return Ok(false),
                Some(Ok(())) => return Ok(true),
                Some(Err(error)) => error,
            };
            if let Some(fault) = error.fault().filter(|fault| fault.code == 400) {
                return Err(WebhookError::Refused(fault.description.clone()));
            }
            match setbacks.after(&error, self.clock.now()) {
                Step::GiveUp(error) => return Err(error.into()),
                Step::Wait(pause) | Step::DeleteWebhook(pause) => {
                    if until(stop, tokio::time::sleep(pause)).await.is_none() {
                        return Ok(false);
                    }
                }
            }
        }
    }

    fn payload(&self) -> SetWebhook {
        let mut payload = SetWebhook::new(self.settings.public_url.clone());
        payload.secret_token = Some(self.settings.secret.expose_secret().to_owned());
        payload.allowed_updates = Some(ALLOWED_UPDATES.to_vec());
        payload.max_connections = Some(CONNECTION_LIMIT);
        payload
    }

    /// Waits until Telegram has nothing left from while the desk was away.
    async fn catch_up(&self, stop: &CancellationToken) {
        for probes in 1..=CATCH_UP_LIMIT {
            match self.pending().await {
                Ok(0) => break,
                Ok(pending) => tracing::debug!(pending, "updates are still coming"),
                Err(error) => tracing::warn!(%error, "how many updates wait is not known"),
            }
            let pause = tokio::time::sleep(self.pace.after(probes));
            if until(stop, pause).await.is_none() {
                return;
            }
        }
        self.reception.caught_up();
    }

    async fn pending(&self) -> Result<u64, CallError> {
        #[derive(Deserialize)]
        struct Info {
            pending_update_count: u64,
        }
        let info: Info = self.reception.client().send(&GetWebhookInfo::new()).await?;
        Ok(info.pending_update_count)
    }
}

/// What a request has to pass.
struct Gate {
    reception: Arc<Reception>,
    path: String,
    secret: SecretString,
    under_way: Semaphore,
}

impl Gate {
    /// In constant time: how much of a guess was right must not show.
    fn knows(&self, headers: &HeaderMap) -> bool {
        let said = headers.get(SECRET_HEADER).map(|value| value.as_bytes());
        let secret = self.secret.expose_secret().as_bytes();
        said.is_some_and(|said| said.ct_eq(secret).into())
    }
}

async fn receive(State(gate): State<Arc<Gate>>, request: Request) -> StatusCode {
    if request.uri().path() != gate.path {
        return StatusCode::NOT_FOUND;
    }
    if request.method() != Method::POST {
        return StatusCode::METHOD_NOT_ALLOWED;
    }
    if !gate.knows(request.headers()) {
        tracing::warn!("somebody who is not Telegram called the webhook");
        return StatusCode::FORBIDDEN;
    }
    let Ok(_until_done) = gate.under_way.try_acquire() else {
        tracing::warn!(
            limit = UNDER_WAY_LIMIT,
            "too many updates under way: Telegram is to try again"
        );
        return StatusCode::SERVICE_UNAVAILABLE;
    };
    match read(request.into_body()).await {
        Ok(raw) => match gate
            .reception
            .take(&raw, gate.reception.open(&raw).await)
            .await
        {
            Taken::Done => StatusCode::OK,
            Taken::Failed | Taken::Closed => StatusCode::SERVICE_UNAVAILABLE,
        },
        Err(status) => status,
    }
}

/// What is not text is no JSON either: it is read as far as it is, counted, and done with.
async fn read(body: Body) -> Result<String, StatusCode> {
    match to_bytes(body, BODY_LIMIT).await {
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(_) => Err(StatusCode::PAYLOAD_TOO_LARGE),
    }
}
