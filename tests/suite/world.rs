//! The world of a conversation: a simulated Telegram, a clock moved by hand, and a desk in front of
//! a database of its own. What a test forgets to check, `finish` checks: nothing is left to deliver,
//! no press is unanswered, and no rule of Telegram was broken.

mod rest;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use actors::domain::{PersonId as DeskPerson, Settings};
use actors::ports::{Analyst, Store, TriageLimits};
use actors::testing::ManualClock;
use chrono::{DateTime, TimeDelta};
use deskbell::app::service::{Blueprint, End, Service};
use deskbell::playground::{
    ChatId, Content, MessageId, MessageView, Options, PersonId, Playground, PressId, Scene, Toast,
    World as Telegram,
};
use deskbell::telegram::client::Timeouts;
use deskbell::telegram::listen::Pace;
use secrecy::SecretString;
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

use crate::databases;
use crate::street::Street;
use crate::supervision::plan::Plan;

/// Noon of a Monday, in a zone that nobody in the tests lives in.
const START: i64 = 1_799_668_800;

/// How a message says that an earlier one may have arrived.
const REPEAT: &str = "(repeat)";

/// A simulated world with a desk in it.
pub(crate) struct World {
    pub(crate) telegram: Telegram,
    pub(crate) clock: Arc<ManualClock>,
    playground: Playground,
    url: String,
    administrators: Vec<DeskPerson>,
    settings: Settings,
    /// The triage model, from the next start on.
    pub(crate) analyst: Option<Arc<dyn Analyst>>,
    pub(crate) triage_limits: TriageLimits,
    desk: Option<(Service, Arc<dyn Store>)>,
    between: Option<Between>,
    /// Where people open the dashboard, from the next start on.
    pub(crate) dashboard: Option<url::Url>,
    /// Where the desk looks for Telegram.
    pub(crate) api_url: String,
    pub(crate) pace: Pace,
    pub(crate) timeouts: Timeouts,
    /// What the outbox asks its store, where a test watches it.
    watched: Option<Arc<Plan>>,
    _folder: Option<TempDir>,
}

/// Puts something between the desk and its store.
type Between = Box<dyn Fn(Arc<dyn Store>) -> Arc<dyn Store> + Send + Sync>;

/// Which database the desk keeps its rows in.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

impl World {
    /// A desk that runs, and nobody there yet.
    pub(crate) async fn new(engine: Engine) -> Self {
        let mut world = Self::asleep(engine).await;
        world.wake().await;
        world
    }

    /// A desk that is yet to be started.
    pub(crate) async fn asleep(engine: Engine) -> Self {
        let start = DateTime::from_timestamp(START, 0).unwrap();
        let clock = Arc::new(ManualClock::at(start));
        let playground = Playground::start(Options {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            clock: clock.clone(),
            advance: None,
            scene: Scene::Empty,
            claim_labels: Vec::new(),
        })
        .await
        .unwrap();
        let (url, folder) = match engine {
            Engine::Sqlite => {
                let folder = databases::folder();
                (databases::sqlite_url(&folder), Some(folder))
            }
            Engine::Postgres => (databases::postgres_url().await, None),
        };
        Self {
            telegram: playground.world().clone(),
            clock,
            api_url: playground.api_url(),
            playground,
            url,
            administrators: Vec::new(),
            settings: Settings::default(),
            analyst: None,
            triage_limits: TriageLimits::default(),
            desk: None,
            between: None,
            dashboard: None,
            pace: Pace {
                first: Duration::from_millis(1),
                longest: Duration::from_millis(10),
                conflict: Duration::from_millis(10),
                patience: Duration::from_millis(20),
            },
            timeouts: Timeouts::default(),
            watched: None,
            _folder: folder,
        }
    }

    /// Says who approves new groups, from the next start on.
    pub(crate) fn approved_by(&mut self, administrator: PersonId) {
        self.administrators.push(DeskPerson(administrator.0));
    }

    /// Says what a new group begins with, from the next start on.
    pub(crate) fn new_groups_begin_with(&mut self, settings: Settings) {
        self.settings = settings;
    }

    /// Puts something between the desk and its store, from the next start on.
    pub(crate) fn put_between(
        &mut self,
        between: impl Fn(Arc<dyn Store>) -> Arc<dyn Store> + Send + Sync + 'static,
    ) {
        self.between = Some(Box::new(between));
    }

    /// Where the desk keeps its rows.
    pub(crate) fn database_url(&self) -> &str {
        &self.url
    }

    /// Opens the store of a desk that sleeps.
    pub(crate) async fn open_store(&self) -> Arc<dyn Store> {
        deskbell::store::open(&self.url).await.unwrap()
    }

    /// Starts the desk.
    pub(crate) async fn wake(&mut self) {
        let store = self.open_store().await;
        let seen = match &self.between {
            Some(between) => between(store.clone()),
            None => store.clone(),
        };
        let blueprint = Blueprint {
            dashboard: self.dashboard.clone(),
            store: seen,
            clock: self.clock.clone(),
            token: SecretString::from(self.playground.token().to_owned()),
            api_url: self.api_url.parse().unwrap(),
            analyst: self.analyst.clone(),
            triage_limits: self.triage_limits,
            platform_administrators: self.administrators.clone(),
            new_group_settings: self.settings.clone(),
            sweep_every: TimeDelta::minutes(5),
            pace: self.pace,
            timeouts: self.timeouts,
        };
        let mut service = Service::start(blueprint, CancellationToken::new())
            .await
            .unwrap();
        service.poll();
        service.caught_up().await;
        self.desk = Some((service, store));
    }

    /// Stops the desk in order.
    pub(crate) async fn halt(&mut self) {
        if let Some((service, _)) = self.desk.take() {
            service.stop().await;
        }
    }

    /// Stops the desk and starts it again.
    pub(crate) async fn restart(&mut self) {
        self.halt().await;
        self.wake().await;
    }

    /// Starts the desk on an empty database, as one that takes a bot over.
    pub(crate) async fn begin_anew(&mut self) {
        self.halt().await;
        if self.url.starts_with("sqlite:") {
            let folder = databases::folder();
            self.url = databases::sqlite_url(&folder);
            self._folder = Some(folder);
        } else {
            self.url = databases::postgres_url().await;
        }
        self.wake().await;
    }

    /// The desk's store.
    pub(crate) fn store(&self) -> Arc<dyn Store> {
        self.desk.as_ref().unwrap().1.clone()
    }

    /// The desk.
    pub(crate) fn service(&self) -> &Service {
        &self.desk.as_ref().unwrap().0
    }

    /// Waits until the desk ends by itself, and says why.
    pub(crate) async fn end(&mut self) -> End {
        self.desk.as_mut().unwrap().0.end().await
    }

    /// Where the simulated Telegram answers, for whoever else has the bot's token.
    pub(crate) fn bot_url(&self) -> String {
        let (url, token) = (self.playground.api_url(), self.playground.token());
        format!("{url}/bot{token}")
    }

    fn scene(&self) -> String {
        self.telegram.scene()
    }

    /// A group with the bot in it, added by the first of these people.
    pub(crate) async fn group(&self, title: &str, people: &[PersonId]) -> ChatId {
        let chat = self.telegram.group(title, people);
        self.telegram.add_bot(chat, people[0]);
        self.telegram.promote_bot(chat, people[0]);
        self.settle().await;
        chat
    }

    /// Presses the button whose label contains these words, and waits for the toast.
    pub(crate) async fn press(
        &self,
        person: PersonId,
        chat: ChatId,
        message: MessageId,
        words: &str,
    ) -> Toast {
        let press = self.begin_press(person, chat, message, words);
        let toast = self.telegram.toast(press).await.unwrap();
        self.settle().await;
        toast
    }

    /// Presses the button whose label contains these words, and does not wait.
    pub(crate) fn begin_press(
        &self,
        person: PersonId,
        chat: ChatId,
        message: MessageId,
        words: &str,
    ) -> PressId {
        let view = self.telegram.message(chat, message).unwrap();
        let labels = view.labels();
        let Some(label) = labels.iter().find(|label| label.contains(words)) else {
            panic!("no button {words:?} among {labels:?} in:\n{}", self.scene());
        };
        self.telegram.press(chat, person, message, label).unwrap()
    }

    /// Says something in a chat and waits for what follows.
    pub(crate) async fn say(&self, chat: ChatId, person: PersonId, text: &str) -> MessageId {
        let message = self.telegram.say(chat, person, text);
        self.settle().await;
        message
    }

    /// Answers a message and waits for what follows.
    pub(crate) async fn reply(
        &self,
        chat: ChatId,
        person: PersonId,
        to: MessageId,
        text: &str,
    ) -> MessageId {
        let message = self.telegram.reply(chat, person, to, text);
        self.settle().await;
        message
    }

    /// The newest message of the bot that contains these words.
    pub(crate) fn said(&self, chat: ChatId, words: &str) -> MessageView {
        self.heard(chat, words).unwrap_or_else(|| {
            panic!("the bot has not said {words:?}:\n{}", self.scene());
        })
    }

    /// The newest message of the bot that contains these words, if there is one.
    pub(crate) fn heard(&self, chat: ChatId, words: &str) -> Option<MessageView> {
        let messages = self.telegram.messages(chat);
        messages
            .into_iter()
            .rev()
            .find(|message| message.from_bot && message.text.contains(words))
    }

    /// The newest card, told by its number.
    pub(crate) fn card(&self, chat: ChatId, number: &str) -> MessageView {
        let messages = self.telegram.messages(chat);
        messages
            .into_iter()
            .rev()
            .find(|message| {
                let mut lines = message.text.lines();
                let first = lines.find(|line| *line != REPEAT).unwrap_or_default();
                let spoken = !matches!(message.content, Content::Service(_));
                message.from_bot && spoken && first.contains(&format!("{number} ·"))
            })
            .unwrap_or_else(|| panic!("no card of {number}:\n{}", self.scene()))
    }

    /// Puts the desk to sleep for good, and leaves the world to be looked at.
    pub(crate) async fn into_street(mut self) -> Street {
        self.halt().await;
        let engine = match self.url.starts_with("sqlite:") {
            true => Engine::Sqlite,
            false => Engine::Postgres,
        };
        Street {
            engine,
            telegram: self.telegram,
            playground: self.playground,
            folder: self._folder.unwrap_or_else(databases::folder),
            url: self.url,
        }
    }

    /// Ends the test: what everybody forgets to check.
    pub(crate) async fn finish(mut self) {
        self.settle().await;
        let now = self.telegram.now();
        let unfinished = self.store().outbox_unfinished(now).await.unwrap();
        assert_eq!(unfinished, 0, "rows were left in the outbox");
        let unanswered = self.telegram.unanswered_presses();
        assert!(unanswered.is_empty(), "unanswered presses: {unanswered:?}");
        let violations = self.telegram.violations();
        assert!(violations.is_empty(), "rules broken: {violations:#?}");
        self.halt().await;
        self.playground.shutdown().await;
    }
}

/// Runs a conversation on both engines.
macro_rules! conversations {
    ($($name:ident)*) => {$(
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                let world = $crate::world::World::new($crate::world::Engine::Sqlite).await;
                super::$name(world).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                let world = $crate::world::World::new($crate::world::Engine::Postgres).await;
                super::$name(world).await;
            }
        }
    )*};
}
pub(crate) use conversations;
