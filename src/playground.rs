//! A Telegram of one's own: a Bot API on loopback with a simulated world behind it, and a chat
//! page in the browser.
//!
//! It serves `deskbell demo`, where a visitor plays the people of a group, and the tests, which
//! reach it over real HTTP through the same client as Telegram. It answers as Telegram does, with
//! Telegram's own words, because a desk that was only ever told "ok" has never been tested.

mod api;
mod conversation;
mod crash;
mod formatted;
mod handle;
mod page;
mod scene;
mod view;
mod webhook;
mod world;

use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use actors::ports::Clock;
use chrono::TimeDelta;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use conversation::NewPerson;
pub use crash::Moment;
pub use formatted::{Entity, EntityKind, Formatted};
pub use handle::{WaitError, World};
pub use scene::Scene;
pub use view::MessageView;
pub use world::{
    Button, Call, ChatId, ChatKind, Content, Fault, FileKind, ForceReply, MenuCommand, MessageId,
    Misuse, PersonId, Picture, PressId, Rights, Service, Standing, ThreadId, Toast, Violation,
};

/// Open connections get this long to end by themselves at shutdown.
const SHUTDOWN_PATIENCE: Duration = Duration::from_secs(3);

/// Moves the desk's clock forward.
pub type Advance = Arc<dyn Fn(TimeDelta) + Send + Sync>;

/// How to set the playground up.
#[derive(Clone)]
pub struct Options {
    /// Where to listen; port 0 takes any free one.
    pub address: SocketAddr,
    /// The clock of the world, the same as the desk's.
    pub clock: Arc<dyn Clock>,
    /// What the page's clock buttons do; without it there are none.
    pub advance: Option<Advance>,
    /// Who is there at the beginning.
    pub scene: Scene,
    /// What buttons that claim are labelled with, in every language: the race presses one.
    pub claim_labels: Vec<String>,
}

impl fmt::Debug for Options {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Options")
            .field("address", &self.address)
            .field("scene", &self.scene)
            .field("claim_labels", &self.claim_labels)
            .finish_non_exhaustive()
    }
}

/// Why the playground did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is taken or not ours.
    #[error("the playground cannot listen on {address}: choose another port")]
    Listen {
        /// What was asked for.
        address: SocketAddr,
        /// What the system said.
        source: std::io::Error,
    },
    /// No client for webhook deliveries.
    #[error("the playground's webhook client could not be made")]
    Webhook(#[source] reqwest::Error),
}

/// A running playground.
#[derive(Debug)]
pub struct Playground {
    world: World,
    address: SocketAddr,
    tasks: Vec<JoinHandle<()>>,
}

impl Playground {
    /// Listens, and sets the scene.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let asked = options.address;
        let listen = |source| StartError::Listen {
            address: asked,
            source,
        };
        let listener = TcpListener::bind(asked).await.map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let client = webhook::client().map_err(StartError::Webhook)?;
        let scene = options.scene;
        let world = World::new(options);
        scene.set(&world);
        let router = api::router(world.clone()).merge(page::router(world.clone()));
        let closing = world.clone();
        let server = axum::serve(listener, router)
            .with_graceful_shutdown(async move { closing.closing().await });
        let serving = async move {
            if let Err(error) = server.await {
                tracing::error!(%error, "the playground's server failed");
            }
        };
        let delivering = webhook::deliver(world.clone(), client);
        // The playground stands outside the tree of actors, as Telegram does; `shutdown` and
        // `drop` end both tasks.
        #[allow(clippy::disallowed_methods)]
        let tasks = vec![tokio::spawn(serving), tokio::spawn(delivering)];
        Ok(Self {
            world,
            address,
            tasks,
        })
    }

    /// What a bot takes for `https://api.telegram.org`.
    pub fn api_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where a visitor points a browser.
    pub fn page_url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The bot's token.
    pub fn token(&self) -> &str {
        self.world.token()
    }

    /// The people, the chats and the weather.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// Ends long polls and page streams, then the server.
    pub async fn shutdown(mut self) {
        self.world.close();
        for task in &mut self.tasks {
            if tokio::time::timeout(SHUTDOWN_PATIENCE, &mut *task)
                .await
                .is_err()
            {
                task.abort();
            }
        }
    }
}

impl Drop for Playground {
    fn drop(&mut self) {
        self.world.close();
        for task in &self.tasks {
            task.abort();
        }
    }
}

#[cfg(test)]
mod tests;
