//! `deskbell serve`: the service, until it is asked to stop.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use actors::domain::PersonId;
use actors::ports::{Clock, Store};
use anyhow::{Context as _, anyhow};
use chrono::TimeDelta;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use super::new_group_settings;
use super::service::{Blueprint, End, Service};
use super::triage;
use crate::clock::SteadyClock;
use crate::config::{Config, Database, Webhook};
use crate::exit::Exit;
use crate::store::{self, OpenError};
use crate::systemd;
use crate::telegram::client::Timeouts;
use crate::telegram::listen::{ListenError, Pace};
use crate::telegram::webhook::{WebhookError, WebhookSettings};
use crate::web::Web;
use crate::web::dashboard::Dashboard;

/// How long Telegram may be silent before the desk counts as deaf: a poll comes back after 60 s at
/// the latest.
const DEAF_AFTER: TimeDelta = TimeDelta::seconds(90);

/// How often every open incident is looked at where the configured time makes no sense.
const SWEEP_PERIOD: TimeDelta = TimeDelta::minutes(5);

/// How often the watchdog is looked after where systemd names no period.
const WATCH_PERIOD: Duration = Duration::from_secs(15);

/// Runs the service until it is asked to stop, on the store that `between` makes of the database's:
/// that same one, unless somebody tries what a fault in it leads to.
///
/// # Errors
/// Says why it stopped by itself.
pub async fn serve(
    config: Config,
    between: impl FnOnce(Arc<dyn Store>) -> Arc<dyn Store>,
) -> Result<(), Exit> {
    let stop = CancellationToken::new();
    stop_on_signals(&stop)?;
    let clock: Arc<dyn Clock> = Arc::new(SteadyClock::of_machine());
    let store = store::open(&url_of(&config.database))
        .await
        .map_err(refused)?;
    let dashboard = match &config.dashboard {
        Some(dashboard) => Some(listen(dashboard.listen).await?),
        None => None,
    };
    let blueprint = Blueprint {
        store: between(store),
        clock: Arc::clone(&clock),
        token: SecretString::from(config.telegram.token.expose().to_owned()),
        api_url: config.telegram.api_url.clone(),
        analyst: triage::analyst(&config.anthropic, &config.triage)?,
        triage_limits: triage::limits(&config.triage),
        dashboard: config.dashboard.map(|it| it.url),
        platform_administrators: config
            .platform_admin_ids
            .iter()
            .copied()
            .map(PersonId)
            .collect(),
        new_group_settings: new_group_settings(&config.sla),
        sweep_every: TimeDelta::from_std(config.sla.sweep_interval).unwrap_or(SWEEP_PERIOD),
        pace: Pace::default(),
        timeouts: Timeouts::default(),
    };
    let mut service = match Service::start(blueprint, stop.clone()).await {
        Err(_) if stop.is_cancelled() => return Ok(()),
        started => started?,
    };
    if let Some(address) = config.health_listen {
        show_health(&service, address, &clock, &stop).await?;
    }
    if let (Some(pages), Some(listener)) = (service.dashboard(), dashboard) {
        show_dashboard(pages, listener, &stop);
    }
    match &config.telegram.webhook {
        None => service.poll(),
        Some(webhook) => service.take_webhook(settings(webhook)),
    }
    let outcome = watch(&mut service, &stop, &clock).await;
    systemd::stopping();
    service.stop().await;
    tracing::info!("the desk has stopped in order");
    outcome
}

/// Shows health and metrics on that address.
async fn show_health(
    service: &Service,
    address: SocketAddr,
    clock: &Arc<dyn Clock>,
    stop: &CancellationToken,
) -> Result<(), Exit> {
    let listener = Web::bind(address)
        .await
        .map_err(|error| Exit::Unavailable {
            what: "the address of health and metrics",
            source: error.into(),
        })?;
    let web = Web::new(service.lookout(), Arc::clone(clock));
    let stop = stop.clone();
    // It watches the desk from beside it, and must answer while the desk does not.
    #[allow(clippy::disallowed_methods)]
    tokio::spawn(web.run(listener, stop));
    Ok(())
}

/// Takes the address of the dashboard.
async fn listen(address: SocketAddr) -> Result<TcpListener, Exit> {
    let bound = Dashboard::bind(address).await;
    bound.map_err(|error| Exit::Unavailable {
        what: "the address of the dashboard",
        source: error.into(),
    })
}

/// Shows the dashboard there.
pub(super) fn show_dashboard(pages: Dashboard, listener: TcpListener, stop: &CancellationToken) {
    // It only reads, and nobody waits for it: what it shows is the store's.
    #[allow(clippy::disallowed_methods)]
    tokio::spawn(pages.run(listener, stop.clone()));
}

/// Runs until told to stop, or until the desk ends by itself; keeps systemd informed.
async fn watch(
    service: &mut Service,
    stop: &CancellationToken,
    clock: &Arc<dyn Clock>,
) -> Result<(), Exit> {
    let caught_up = service.caught_up();
    // The word to stop comes first: listening ends with it too, and that is no failure then.
    tokio::select! {
        biased;
        () = stop.cancelled() => return Ok(()),
        end = service.end() => return Err(why(end)),
        () = caught_up => {}
    }
    systemd::ready();
    systemd::status(&format!(
        "{} open at start",
        service.tree().found.open_incidents
    ));
    let period = systemd::watchdog_interval().unwrap_or(WATCH_PERIOD);
    let mut tick = tokio::time::interval(period);
    loop {
        tokio::select! {
            biased;
            () = stop.cancelled() => return Ok(()),
            end = service.end() => return Err(why(end)),
            _ = tick.tick() => feed_watchdog(service, clock).await,
        }
    }
}

/// The watchdog is fed by work, not by being alive: Telegram answered lately, and a question went
/// through the tree and back.
async fn feed_watchdog(service: &Service, clock: &Arc<dyn Clock>) {
    let client = service.client();
    let deaf = || {
        let heard = client.last_round_trip();
        heard.is_none_or(|at| clock.now() - at > DEAF_AFTER)
    };
    // With a webhook a quiet night has no round trips of its own.
    if deaf()
        && let Err(error) = client.get_me().await
    {
        tracing::debug!(%error, "asked for a sign of life, Telegram did not answer");
    }
    if deaf() {
        tracing::warn!("Telegram has not answered lately");
    } else if service.tree().audit.fails(clock.now()) {
        tracing::error!("critical incidents would call nobody; systemd will restart the service");
    } else if service.tree().desk.answers().await {
        systemd::watchdog();
    } else {
        tracing::error!("the actors do not answer; systemd will restart the service");
    }
}

fn settings(webhook: &Webhook) -> WebhookSettings {
    WebhookSettings {
        bind: webhook.listen,
        public_url: webhook.url.clone(),
        secret: webhook.secret.clone(),
    }
}

pub(super) fn stop_on_signals(stop: &CancellationToken) -> Result<(), Exit> {
    let install = || -> std::io::Result<_> {
        Ok((
            signal(SignalKind::terminate())?,
            signal(SignalKind::interrupt())?,
        ))
    };
    let (mut terminate, mut interrupt) = install()
        .context("signals cannot be received")
        .map_err(Exit::Internal)?;
    let stop = stop.clone();
    // Outlives everything else by design: it is what ends it.
    #[allow(clippy::disallowed_methods)]
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("asked to stop");
        stop.cancel();
    });
    Ok(())
}

pub(super) fn url_of(database: &Database) -> String {
    match database {
        Database::Sqlite(path) => format!("sqlite:{}", path.display()),
        Database::Postgres(url) => url.expose_secret().to_owned(),
    }
}

/// Why the database was refused, as an exit that says whether a restart can help.
pub(super) fn refused(error: OpenError) -> Exit {
    match error {
        OpenError::InUse(_) | OpenError::Busy(_) | OpenError::NoThread(_) => {
            Exit::Temporary(error.into())
        }
        OpenError::Newer(_)
        | OpenError::Older
        | OpenError::Migration(_)
        | OpenError::UnsafeSqlite { .. } => Exit::MigrationRefused(error.into()),
        OpenError::BadUrl
        | OpenError::NoFolder(_)
        | OpenError::IsFolder(_)
        | OpenError::NotWritable { .. }
        | OpenError::Database(_)
        | OpenError::Refused(_) => Exit::Unavailable {
            what: "the database",
            source: error.into(),
        },
    }
}

pub(super) fn why(end: End) -> Exit {
    match end {
        End::Listen(ListenError::TokenRefused)
        | End::Webhook(WebhookError::Listen(ListenError::TokenRefused)) => Exit::WrongToken,
        End::Listen(ListenError::AnotherPoller)
        | End::Webhook(WebhookError::Listen(ListenError::AnotherPoller)) => Exit::AnotherPoller,
        End::Webhook(error) => Exit::Unavailable {
            what: "the webhook",
            source: error.into(),
        },
        End::TakenOver => Exit::Temporary(end.into()),
        End::GivenUp(reason) => Exit::Internal(anyhow!(reason)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_end_has_the_exit_code_that_systemd_acts_on() {
        let ends = [
            (End::Listen(ListenError::TokenRefused), 77),
            (End::Listen(ListenError::AnotherPoller), 76),
            (
                End::Webhook(WebhookError::Listen(ListenError::AnotherPoller)),
                76,
            ),
            (End::Webhook(WebhookError::Refused("no TLS".to_owned())), 69),
            (End::TakenOver, 75),
            (End::GivenUp("the outbox keeps failing".to_owned()), 70),
        ];
        for (end, code) in ends {
            assert_eq!(why(end).code(), code);
        }
    }
}
