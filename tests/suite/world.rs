//! The world of a conversation: a simulated Telegram, a clock moved by hand, and a desk in front of
//! a database of its own. What a test forgets to check, `finish` checks: nothing is left to deliver,
//! no press is unanswered, and no rule of Telegram was broken.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use actors::domain::{IncidentId, PersonId as DeskPerson, Settings};
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
use crate::supervision::faulty_store::FaultyStore;
use crate::supervision::plan::Plan;

/// Noon of a Monday, in a zone that nobody in the tests lives in.
const START: i64 = 1_799_668_800;

/// How far the clock is moved between two looks while waiting for deliveries: rate limits refill.
const STEP: TimeDelta = TimeDelta::milliseconds(500);

/// How far the clock is moved at a time where the desk is not waited for: outboxes look as often.
const LOOK: TimeDelta = TimeDelta::seconds(1);

/// How often the outbox is looked at until it is quiet. A row that was overtaken between two of its
/// questions never ends, and is not waited for.
const QUIET_LOOKS: usize = 400;

/// How a message says that an earlier one may have arrived.
const REPEAT: &str = "(repeat)";

/// How often the model is waited for where nothing else is under way: it may be away.
const THOUGHTS: usize = 40;

/// How many such steps a settling world may take: ten minutes of its own time.
const STEPS: usize = 1_200;

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
                again: Duration::from_millis(1),
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

    /// Lets time pass at once, and everything that follows from it happen.
    pub(crate) async fn pass(&self, time: TimeDelta) {
        self.clock.advance(time);
        self.settle().await;
    }

    /// Waits until everything that was said has been handled and answered. The clock moves on a
    /// little where the desk waits for the messenger's limits.
    pub(crate) async fn settle(&self) {
        let (mut quiet, mut thinking) = (0, 0);
        for _ in 0..STEPS {
            quiet = if self.go_on().await { quiet + 1 } else { 0 };
            if quiet == 2 && (thinking == THOUGHTS || self.is_assessed().await) {
                return;
            }
            if quiet == 2 {
                (quiet, thinking) = (0, thinking + 1);
            }
        }
        panic!("the world does not come to rest:\n{}", self.scene());
    }

    /// Whether the model has looked at all that it is to look at. One that is away never has.
    async fn is_assessed(&self) -> bool {
        let store = self.store();
        self.analyst.is_none()
            || store
                .triage_queue(IncidentId(0), 1)
                .await
                .unwrap()
                .is_empty()
    }

    /// Lets time pass a little at a time, and the desk do what it can, without waiting for the rest.
    pub(crate) async fn pass_unsettled(&self, time: TimeDelta) {
        let until = self.telegram.now() + time;
        while self.telegram.now() < until {
            self.clock.advance(LOOK.min(until - self.telegram.now()));
            self.quiet().await;
        }
    }

    /// Starts the desk anew, so that its outbox can be watched.
    pub(crate) async fn watch(&mut self) {
        let plan = Plan::new();
        self.watched = Some(Arc::clone(&plan));
        self.put_between(move |inner| {
            let plan = Arc::clone(&plan);
            Arc::new(FaultyStore { inner, plan })
        });
        self.restart().await;
    }

    /// Waits until the outbox has nothing under way and, having looked, begins nothing. To be
    /// watched first.
    pub(crate) async fn quiet(&self) {
        let plan = self.watched.as_ref().unwrap();
        let mut quiet = 0;
        for _ in 0..QUIET_LOOKS {
            for _ in 0..2 {
                let looks = plan.count("outbox_heads");
                self.service().tree().wakes.all();
                plan.called("outbox_heads", looks + 1).await;
            }
            if plan.count("outbox_waiting") == plan.count("settled") {
                quiet += 1;
            } else {
                quiet = 0;
                self.breathe().await;
            }
            if quiet == 2 {
                return;
            }
        }
    }

    /// Lets the desk work for a moment, and time pass where the desk waits for it. Answers whether
    /// everything that was said has been handled and answered.
    pub(crate) async fn go_on(&self) -> bool {
        let (service, store) = self.desk.as_ref().unwrap();
        service.tree().wakes.all();
        self.breathe().await;
        let handled = self.telegram.pending_count() == 0;
        let now = self.telegram.now();
        let due = store.due(now, 1).await.unwrap();
        let agenda = store.agenda_due(now, 1).await.unwrap();
        let waits = self.telegram.calls_under_way() == 0;
        let unheard = store.unheard(1).await.unwrap();
        let nothing_due = due.is_empty() && agenda.is_empty() && unheard.is_empty();
        let idle = handled && nothing_due && waits;
        let at_rest = idle && store.outbox_unfinished(now).await.unwrap() == 0;
        if idle && !at_rest {
            self.clock.advance(STEP);
        }
        at_rest
    }

    /// Waits until something holds, where the world as a whole does not come to rest.
    pub(crate) async fn until(&self, condition: impl Fn(&Self) -> bool) {
        for _ in 0..STEPS {
            if condition(self) {
                return;
            }
            self.service().tree().wakes.all();
            self.breathe().await;
        }
        panic!("waited in vain:\n{}", self.scene());
    }

    /// Lets the desk's tasks run.
    async fn breathe(&self) {
        let changed = self.telegram.wait_until(|_| None::<()>);
        let _ = tokio::time::timeout(Duration::from_millis(4), changed).await;
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
