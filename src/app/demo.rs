//! `deskbell demo`: the same service on embedded defaults, in front of a playground.

pub mod week;

use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use actors::domain::{Language, Settings, TriageMode, TriagePolicy, Workflow};
use actors::ports::{Clock, TriageLimits};
use anyhow::Context as _;
use chrono::TimeDelta;
use clap::{Args, ValueEnum};
use secrecy::SecretString;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::serve::{refused, show_dashboard, stop_on_signals, why};
use super::service::{Blueprint, Service};
use crate::claude::{Claude, Options, Prices};
use crate::clock::{ShiftedClock, SystemClock};
use crate::exit::Exit;
use crate::messages_api::{self, MessagesApi};
use crate::playground::{self, Playground, Scene};
use crate::store;
use crate::telegram::client::Timeouts;
use crate::telegram::listen::Pace;
use crate::telegram::text;
use crate::web::dashboard::Dashboard;

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
    /// Whose day it is
    #[arg(long, value_enum, default_value_t = DemoScene::Yard)]
    pub scene: DemoScene,
    /// Open the page in the browser
    #[arg(long)]
    pub open: bool,
}

/// What the demo shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DemoScene {
    /// A lorry yard that has just added the bot: the claim desk
    Yard,
    /// A hotel with a week behind it: the maintenance desk, and something to report on
    Hotel,
}

/// Runs the demo until it is asked to stop.
///
/// # Errors
/// Says why it stopped by itself.
pub async fn demo(options: DemoOptions) -> Result<(), Exit> {
    let stop = CancellationToken::new();
    stop_on_signals(&stop)?;
    let clock = Arc::new(match options.scene {
        DemoScene::Yard => ShiftedClock::default(),
        DemoScene::Hotel => ShiftedClock::behind(week::age(SystemClock.now())),
    });
    let tap = Tap::default();
    let playground = open_playground(&options, &clock, &tap).await?;
    let (folder, _temporary) = folder(&options)?;
    let file = folder.join(file_name(&*clock));
    let store = store::open(&format!("sqlite:{}", file.display()))
        .await
        .map_err(refused)?;
    let (_messages_api, analyst) = stand_in().await?;
    let (dashboard, dashboard_url) = open_dashboard().await?;
    let blueprint = Blueprint {
        store: Arc::clone(&store),
        clock: Arc::clone(&clock) as Arc<dyn Clock>,
        token: SecretString::from(playground.token().to_owned()),
        api_url: api_url(&playground)?,
        analyst: Some(Arc::new(analyst)),
        triage_limits: TriageLimits::default(),
        dashboard: Some(dashboard_url),
        platform_administrators: Vec::new(),
        new_group_settings: new_group_settings(options.scene),
        sweep_every: TimeDelta::minutes(5),
        pace: Pace::default(),
        timeouts: Timeouts::default(),
    };
    let mut service = Service::start(blueprint, stop.clone()).await?;
    let wakes = service.tree().wakes.clone();
    let wakes_of_the_week = wakes.clone();
    let _ = tap.set(Box::new(move || wakes.all()));
    if let Some(pages) = service.dashboard() {
        show_dashboard(pages, dashboard, &stop);
    }
    service.poll();
    if options.scene == DemoScene::Hotel {
        let advance = |step: TimeDelta| {
            clock.advance(step);
            wakes_of_the_week.all();
        };
        let desk = week::Desk {
            world: playground.world().clone(),
            store,
            advance: &advance,
        };
        // The word to stop is heard in the middle of the week too.
        stop.run_until_cancelled(live_the_week(&desk)).await;
    }
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

fn api_url(playground: &Playground) -> Result<Url, Exit> {
    Url::parse(&playground.api_url())
        .context("the playground's address")
        .map_err(Exit::Internal)
}

/// A port of the dashboard's own, whichever is free: people come by the link that the bot sends.
async fn open_dashboard() -> Result<(TcpListener, Url), Exit> {
    let opened = async {
        let listener = Dashboard::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?;
        let address = listener.local_addr()?;
        anyhow::Ok((listener, Url::parse(&format!("http://{address}"))?))
    };
    let opened = opened.await.context("no port for the dashboard");
    opened.map_err(Exit::Temporary)
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
        scene: match options.scene {
            DemoScene::Yard => Scene::Yard,
            DemoScene::Hotel => Scene::Hotel,
        },
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

async fn live_the_week(desk: &week::Desk<'_>) {
    tracing::info!("a week passes in the hotel; this takes a moment");
    let hotel = week::Hotel::open(&desk.world);
    let incidents = week::live(desk, &hotel, SystemClock.now()).await;
    tracing::info!(incidents, "the week is over");
}

/// What a new group of the scene begins with.
fn new_group_settings(scene: DemoScene) -> Settings {
    let triage = |mode| TriagePolicy {
        mode,
        ..TriagePolicy::default()
    };
    match scene {
        DemoScene::Yard => Settings {
            triage: triage(TriageMode::Claude),
            asks_about_alike: Some(true),
            ..Settings::default()
        },
        // The week's manager rates by hand, so that there is no telling which of the two was quicker.
        DemoScene::Hotel => Settings {
            triage: triage(TriageMode::Off),
            workflow: Workflow::Full,
            time_zone: week::ZONE,
            set_up: true,
            ..Settings::default()
        },
    }
}

/// What to try first.
fn steps(scene: DemoScene) -> &'static str {
    match scene {
        DemoScene::Yard => {
            "1. Reply /new_issue to the message about truck 14.\n  \
             2. On the card press Choose department, then Maintenance.\n  \
             3. Become Jaan (top left, or key 2) and press Claim; then Resolve, and say how.\n  \
             4. Make another one and press \"Race of 50\": one wins, 49 are told who.\n  \
             5. Move the clock 10 minutes on and see the department being nudged."
        }
        DemoScene::Hotel => {
            "1. As Helena, in Hotel Aurora, send /report week; try its buttons.\n  \
             2. Send /open, and look at what nobody has taken.\n  \
             3. Become Anu, and tell the bot in private: Room 301 has no light.\n  \
             4. As Helena, choose a department, and rate it critical under Urgency.\n  \
             5. Move the clock 15 minutes on: Helena is called in private, with the evidence."
        }
    }
}

fn say(words: &str) -> Result<(), Exit> {
    std::io::stdout()
        .write_all(words.as_bytes())
        .context("nothing can be written to the terminal")
        .map_err(Exit::Temporary)
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
         Try this:\n  {steps}\n\n  {kept}\n\n",
        steps = steps(options.scene),
    );
    say(&words)?;
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
