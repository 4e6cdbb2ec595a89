//! `deskbell demo`: the same service on embedded defaults, in front of a playground.

use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use actors::domain::{Language, Settings, TriageMode, TriagePolicy};
use actors::ports::{Clock, TriageLimits};
use anyhow::Context as _;
use chrono::TimeDelta;
use clap::Args;
use secrecy::SecretString;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::serve::{refused, stop_on_signals, why};
use super::service::{Blueprint, Service};
use crate::claude::{Claude, Options, Prices};
use crate::clock::ShiftedClock;
use crate::exit::Exit;
use crate::messages_api::{self, MessagesApi};
use crate::playground::{self, Playground, Scene};
use crate::store;
use crate::telegram::client::Timeouts;
use crate::telegram::listen::Pace;
use crate::telegram::text;

/// The demo's port when none is asked for: away from the ports other development servers take.
const DEMO_PORT: u16 = 7878;

/// How to run the demo.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct DemoOptions {
    /// Keep the database of this run in this folder; without it, everything is gone at the end
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The port of the demo's page on this machine
    #[arg(long, value_name = "PORT", default_value_t = DEMO_PORT)]
    pub port: u16,
    /// Open the page in the browser
    #[arg(long)]
    pub open: bool,
}

/// Runs the demo until it is asked to stop.
///
/// # Errors
/// Says why it stopped by itself.
pub async fn demo(options: DemoOptions) -> Result<(), Exit> {
    let stop = CancellationToken::new();
    stop_on_signals(&stop)?;
    let clock = Arc::new(ShiftedClock::default());
    let tap = Tap::default();
    let playground = open_playground(&options, &clock, &tap).await?;
    let (folder, _temporary) = folder(&options)?;
    let store = store::open(&format!(
        "sqlite:{}",
        folder.join(file_name(&*clock)).display()
    ))
    .await
    .map_err(refused)?;
    let (_messages_api, analyst) = stand_in().await?;
    let blueprint = Blueprint {
        store,
        clock: Arc::clone(&clock) as Arc<dyn Clock>,
        token: SecretString::from(playground.token().to_owned()),
        api_url: Url::parse(&playground.api_url())
            .context("the playground's address")
            .map_err(Exit::Internal)?,
        analyst: Some(Arc::new(analyst)),
        triage_limits: TriageLimits::default(),
        platform_administrators: Vec::new(),
        new_group_settings: Settings {
            triage: TriagePolicy {
                mode: TriageMode::Claude,
                ..TriagePolicy::default()
            },
            ..Settings::default()
        },
        sweep_every: TimeDelta::minutes(5),
        pace: Pace::default(),
        timeouts: Timeouts::default(),
    };
    let mut service = Service::start(blueprint, stop.clone()).await?;
    let wakes = service.tree().wakes.clone();
    let _ = tap.set(Box::new(move || wakes.all()));
    service.poll();
    invite(&playground, &options)?;
    // The word to stop comes first: listening ends with it too, and that is no failure then.
    let outcome = tokio::select! {
        biased;
        () = stop.cancelled() => Ok(()),
        end = service.end() => Err(why(end)),
    };
    service.stop().await;
    playground.shutdown().await;
    outcome
}

/// Taps the desk on the shoulder when its clock was moved; there is none to tap at first.
type Tap = Arc<OnceLock<Box<dyn Fn() + Send + Sync>>>;

async fn open_playground(
    options: &DemoOptions,
    clock: &Arc<ShiftedClock>,
    tap: &Tap,
) -> Result<Playground, Exit> {
    let (moved, tap) = (Arc::clone(clock), Arc::clone(tap));
    let advance = move |step: TimeDelta| {
        moved.advance(step);
        if let Some(tap) = tap.get() {
            tap();
        }
    };
    Playground::start(playground::Options {
        address: SocketAddr::from((Ipv4Addr::LOCALHOST, options.port)),
        clock: Arc::clone(clock) as Arc<dyn Clock>,
        advance: Some(Arc::new(advance)),
        scene: Scene::Yard,
        claim_labels: Language::ALL.into_iter().map(text::claim_label).collect(),
    })
    .await
    .context("choose another port with --port")
    .map_err(Exit::Temporary)
}

/// A triage model that answers without a network, as long as the stand-in is kept.
async fn stand_in() -> Result<(MessagesApi, Claude), Exit> {
    let api = MessagesApi::start()
        .await
        .context("no port for the stand-in of the triage model")
        .map_err(Exit::Temporary)?;
    let base_url = Url::parse(&api.url())
        .context("the stand-in's address")
        .map_err(Exit::Internal)?;
    let claude = Claude::new(Options {
        api_key: SecretString::from(messages_api::KEY),
        base_url,
        model: "claude-haiku-5-5".to_owned(),
        prices: Prices {
            input: 100_000,
            output: 500_000,
        },
        prompt: None,
        timeout: TriageLimits::default().call,
    });
    let claude = claude.context("no HTTP client").map_err(Exit::Internal)?;
    Ok((api, claude))
}

/// Where the demo keeps its data, and what removes it at the end.
fn folder(options: &DemoOptions) -> Result<(PathBuf, Option<TempDir>), Exit> {
    if let Some(folder) = &options.data {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("the folder {} cannot be made", folder.display()))
            .map_err(Exit::Temporary)?;
        return Ok((folder.clone(), None));
    }
    let temporary = TempDir::with_prefix("deskbell-demo-")
        .context("no temporary folder can be made")
        .map_err(Exit::Temporary)?;
    Ok((temporary.path().to_owned(), Some(temporary)))
}

/// Each run has a database of its own: the playground's world begins anew, and with it the numbers
/// of its messages.
fn file_name(clock: &dyn Clock) -> String {
    format!("demo-{}.db", clock.now().format("%Y%m%d-%H%M%S"))
}

/// Says where to look and what to try.
fn invite(playground: &Playground, options: &DemoOptions) -> Result<(), Exit> {
    let page = playground.page_url();
    let kept = match &options.data {
        Some(folder) => format!("Its database stays in {}.", folder.display()),
        None => "Everything is gone when you stop it with Ctrl-C.".to_owned(),
    };
    let words = format!(
        "\n  Deskbell is running. Open  {page}\n\n  \
         Try this:\n  \
         1. Reply /new_issue to the message about truck 14.\n  \
         2. On the card press Choose department, then Maintenance.\n  \
         3. Become Jaan (top left, or key 2) and press Claim; then Resolve, and say how.\n  \
         4. Make another one and press \"Race of 50\": one wins, 49 are told who.\n  \
         5. Move the clock 10 minutes on and see the department being nudged.\n\n  \
         {kept}\n\n"
    );
    std::io::stdout()
        .write_all(words.as_bytes())
        .context("nothing can be written to the terminal")
        .map_err(Exit::Temporary)?;
    if options.open {
        open_browser(&page);
    }
    Ok(())
}

fn open_browser(page: &str) {
    if let Err(error) = std::process::Command::new("xdg-open").arg(page).spawn() {
        tracing::warn!(%error, page, "no browser could be opened; open the page yourself");
    }
}
