//! One running desk: store, tree and Telegram, joined. `serve`, the demo and the tests all run this
//! same one.

use std::sync::Arc;
use std::time::Duration;

use actors::domain::{Language, PersonId, Settings, UpdateId};
use actors::inbound::{Inbound, Verdict};
use actors::ports::{Analyst, Clock, Pictures, Roll, SignIn, Store, TriageLimits};
use actors::{Desk, Parts, Tree, Unanswered};
use anyhow::Context as _;
use async_trait::async_trait;
use chrono::TimeDelta;
use secrecy::SecretString;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::lookout::Lookout;
use crate::exit::Exit;
use crate::telegram::client::{CallError, Client, Me, Timeouts};
use crate::telegram::deliver::Delivery;
use crate::telegram::listen::{Door, DoorError, ListenError, Listener, Pace, Reception};
use crate::telegram::menu;
use crate::telegram::rights::Rights;
use crate::telegram::text::{ChatWords, Style};
use crate::telegram::webhook::{Webhook, WebhookError, WebhookSettings};
use crate::web::Watch;
use crate::web::dashboard::{self, Dashboard, Links};

/// The wait before Telegram is asked again who the bot is, when it does not answer at start.
const FIRST_CONTACT_RETRY: Duration = Duration::from_secs(2);

/// How long stopping may take Telegram's side: the batch in hand, and its confirmation.
const LISTENER_STOP_LIMIT: Duration = Duration::from_secs(20);

/// What a desk is made of.
pub struct Blueprint {
    /// What lasts.
    pub store: Arc<dyn Store>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The bot's token.
    pub token: SecretString,
    /// The Bot API.
    pub api_url: Url,
    /// The triage model, where there is one.
    pub analyst: Option<Arc<dyn Analyst>>,
    /// What triage may spend.
    pub triage_limits: TriageLimits,
    /// The address that people open for the dashboard, where there is one.
    pub dashboard: Option<Url>,
    /// Who approves new groups; nobody means that they need no approval.
    pub platform_administrators: Vec<PersonId>,
    /// What a new group begins with.
    pub new_group_settings: Settings,
    /// How often every open incident is looked at, in case a stored deadline was lost.
    pub sweep_every: TimeDelta,
    /// How fast the poll loop tries again.
    pub pace: Pace,
    /// How long Telegram is waited for.
    pub timeouts: Timeouts,
}

/// A running desk.
pub struct Service {
    tree: Arc<Tree>,
    store: Arc<dyn Store>,
    client: Arc<Client>,
    reception: Arc<Reception>,
    clock: Arc<dyn Clock>,
    pace: Pace,
    caught_up: watch::Receiver<bool>,
    front: Option<Front>,
    stop: CancellationToken,
    listening: Option<JoinHandle<Result<(), End>>>,
}

/// What the dashboard is made of.
struct Front {
    url: Url,
    store: Arc<dyn Store>,
    roll: Arc<dyn Roll>,
    clock: Arc<dyn Clock>,
}

impl Front {
    /// What lets people in.
    fn door(&self) -> Arc<dyn SignIn> {
        Arc::new(Links {
            store: Arc::clone(&self.store),
            clock: Arc::clone(&self.clock),
            url: self.url.clone(),
        })
    }

    fn pages(&self) -> Dashboard {
        Dashboard::new(dashboard::Parts {
            store: Arc::clone(&self.store),
            roll: Arc::clone(&self.roll),
            clock: Arc::clone(&self.clock),
            words: Arc::new(ChatWords),
            url: self.url.clone(),
        })
    }
}

/// Why a running desk ended by itself.
#[derive(Debug, thiserror::Error)]
pub enum End {
    /// Telegram will not let it listen.
    #[error(transparent)]
    Listen(#[from] ListenError),
    /// Updates cannot come in by webhook.
    #[error("updates cannot come in by webhook")]
    Webhook(#[from] WebhookError),
    /// Another process has the database now.
    #[error("another process has taken over the database; this one can write nothing any more")]
    TakenOver,
    /// A central part keeps failing.
    #[error("{0}")]
    GivenUp(String),
}

impl Service {
    /// Makes contact with Telegram and starts the tree. Nothing is taken in yet.
    ///
    /// # Errors
    /// An [`Exit`] that says why it cannot run.
    pub async fn start(blueprint: Blueprint, stop: CancellationToken) -> Result<Self, Exit> {
        let clock = blueprint.clock;
        let (token, url) = (&blueprint.token, blueprint.api_url);
        let client = Client::new(token, url, Arc::clone(&clock), blueprint.timeouts)
            .context("no HTTP client")
            .map_err(Exit::Internal)?;
        let client = Arc::new(client);
        let me = first_contact(&client, &stop).await?;
        let style = Style {
            bot_username: me.username.clone(),
        };
        let rights = Arc::new(Rights::new(Arc::clone(&client), Arc::clone(&clock), me.id));
        let front = blueprint.dashboard.map(|url| Front {
            url,
            store: Arc::clone(&blueprint.store),
            roll: Arc::clone(&rights) as Arc<dyn Roll>,
            clock: Arc::clone(&clock),
        });
        let parts = Parts {
            store: Arc::clone(&blueprint.store),
            chat: Arc::new(Delivery::new(Arc::clone(&client), style)),
            clock: Arc::clone(&clock),
            roll: Arc::clone(&rights) as Arc<dyn Roll>,
            sign_in: front.as_ref().map(Front::door),
            analyst: blueprint.analyst,
            pictures: Arc::clone(&client) as Arc<dyn Pictures>,
            triage_limits: blueprint.triage_limits,
            platform_administrators: blueprint.platform_administrators,
            new_group_settings: blueprint.new_group_settings,
            sweep_every: blueprint.sweep_every,
        };
        let tree = Tree::start(parts)
            .await
            .context("the desk could not be started")
            .map_err(Exit::Internal)?;
        let tree = Arc::new(tree);
        let (say_caught_up, caught_up) = watch::channel(false);
        let porch = Arc::new(Porch {
            desk: tree.desk.clone(),
            store: Arc::clone(&blueprint.store),
            clock: Arc::clone(&clock),
            tree: Arc::clone(&tree),
            caught_up: say_caught_up,
        });
        let line = Arc::clone(&client);
        let reception = Reception::new(line, porch, Arc::clone(&clock), rights, me);
        let reception = Arc::new(reception);
        Ok(Self {
            tree,
            store: blueprint.store,
            client,
            reception,
            clock,
            pace: blueprint.pace,
            caught_up,
            front,
            stop,
            listening: None,
        })
    }

    /// Takes updates by long polling.
    pub fn poll(&mut self) {
        let reception = Arc::clone(&self.reception);
        let listener = Listener::new(reception, Arc::clone(&self.clock), self.pace);
        let stop = self.stop.clone();
        self.listen(async move { Ok(listener.run(stop).await?) });
    }

    /// Takes updates by webhook.
    pub fn take_webhook(&mut self, settings: WebhookSettings) {
        let reception = Arc::clone(&self.reception);
        let webhook = Webhook::new(reception, Arc::clone(&self.clock), settings, self.pace);
        let stop = self.stop.clone();
        self.listen(async move { Ok(webhook.run(stop).await?) });
    }

    fn listen(&mut self, listening: impl Future<Output = Result<(), End>> + Send + 'static) {
        let client = Arc::clone(&self.client);
        // Stands before the tree, not in it: `end` and `stop` wait for it. The menus are a courtesy
        // that nobody waits for.
        #[allow(clippy::disallowed_methods)]
        let task = tokio::spawn(async move {
            let courtesy = async {
                menu::set_up(&client).await;
                std::future::pending::<()>().await;
            };
            tokio::select! {
                ended = listening => ended,
                () = courtesy => Ok(()),
            }
        });
        self.listening = Some(task);
    }

    /// The line to Telegram.
    #[must_use]
    pub fn client(&self) -> &Arc<Client> {
        &self.client
    }

    /// The tree.
    #[must_use]
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// Looks at this desk for whoever watches over it.
    #[must_use]
    pub fn lookout(&self) -> Arc<dyn Watch> {
        Arc::new(Lookout {
            tree: Arc::clone(&self.tree),
            store: Arc::clone(&self.store),
            client: Arc::clone(&self.client),
            clock: Arc::clone(&self.clock),
        })
    }

    /// The pages of the dashboard, where there is one.
    #[must_use]
    pub fn dashboard(&self) -> Option<Dashboard> {
        self.front.as_ref().map(Front::pages)
    }

    /// What waits until that which piled up while the desk was away is handled.
    pub fn caught_up(&self) -> impl Future<Output = ()> + use<> {
        let mut caught_up = self.caught_up.clone();
        async move {
            // It ends early only with the desk itself, which `end` tells.
            let _ = caught_up.wait_for(|done| *done).await;
        }
    }

    /// Waits until the desk ends by itself, and says why.
    pub async fn end(&mut self) -> End {
        let listening = async {
            match self.listening.as_mut() {
                Some(task) => task.await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            reason = self.tree.given_up() => End::GivenUp(reason),
            () = self.store.taken_over() => End::TakenOver,
            ended = listening => {
                self.listening = None;
                match ended {
                    Ok(Err(end)) => end,
                    Ok(Ok(())) => End::GivenUp("listening ended without being told to".to_owned()),
                    Err(error) => End::GivenUp(format!("listening broke off: {error}")),
                }
            }
        }
    }

    /// Stops in order: first nothing more is taken in, then what was begun is finished.
    pub async fn stop(mut self) {
        self.stop.cancel();
        if let Some(task) = self.listening.take()
            && tokio::time::timeout(LISTENER_STOP_LIMIT, task)
                .await
                .is_err()
        {
            tracing::warn!("listening did not end in time; the last batch comes again");
        }
        self.tree.stop().await;
    }
}

/// Asks Telegram who the bot is, until it answers.
async fn first_contact(client: &Client, stop: &CancellationToken) -> Result<Me, Exit> {
    loop {
        let error = match client.get_me().await {
            Ok(me) => return Ok(me),
            Err(error) => error,
        };
        if error.fault().is_some_and(|fault| fault.is_token_refused()) {
            return Err(Exit::WrongToken);
        }
        tracing::warn!(%error, "Telegram does not answer yet; trying until it does");
        crate::systemd::extend_timeout(FIRST_CONTACT_RETRY * 10);
        tokio::select! {
            () = stop.cancelled() => return Err(unreachable_telegram(error)),
            () = tokio::time::sleep(FIRST_CONTACT_RETRY) => {}
        }
    }
}

fn unreachable_telegram(error: CallError) -> Exit {
    Exit::Unavailable {
        what: "Telegram",
        source: error.into(),
    }
}

/// The desk's door, as Telegram's side sees it.
struct Porch {
    desk: Desk,
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    tree: Arc<Tree>,
    caught_up: watch::Sender<bool>,
}

#[async_trait]
impl Door for Porch {
    async fn hand_over(&self, inbound: Inbound) -> Result<Verdict, DoorError> {
        self.desk
            .hand_over(inbound)
            .await
            .map_err(|unanswered| match unanswered {
                Unanswered::Unavailable { reason } => DoorError::Closed { reason },
                Unanswered::Failed { reason } => DoorError::Failed { reason },
            })
    }

    async fn set_aside(&self, update: UpdateId, raw: &str, cause: &str) -> Result<(), DoorError> {
        let kept = self.store.set_aside(update, raw, cause, self.clock.now());
        kept.await.map_err(|error| DoorError::Closed {
            reason: error.to_string(),
        })
    }

    async fn language_of(&self, person: PersonId) -> Option<Language> {
        // A store that is away costs the toast its language, not the press its answer.
        let known = self.store.people(&[person]).await.ok()?;
        known.first()?.language
    }

    fn caught_up(&self) {
        self.tree.begin_deadlines();
        self.caught_up.send_replace(true);
    }
}
