//! A simulated Telegram for the real binary: in real time, with a database that outlasts it.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use actors::ports::Store;
use deskbell::clock::SystemClock;
use deskbell::playground::{
    ChatId, Content, MessageView, Options, PersonId, Playground, Scene, World as Telegram,
};
use sqlx::FromRow;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use tempfile::TempDir;

use crate::databases;
use crate::process::Desk;
use crate::world::Engine;

/// How often the database is asked for what the simulated Telegram cannot know.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// How often at most: a minute in all.
const LOOKS: usize = 1_200;

/// What lies outside the process.
pub(crate) struct Street {
    pub(crate) telegram: Telegram,
    pub(crate) playground: Playground,
    pub(crate) folder: TempDir,
    pub(crate) url: String,
    pub(crate) engine: Engine,
}

impl Street {
    pub(crate) async fn new(engine: Engine) -> Self {
        let folder = databases::folder();
        let url = match engine {
            Engine::Sqlite => databases::sqlite_url(&folder),
            Engine::Postgres => databases::postgres_url().await,
        };
        Self::with(engine, folder, url).await
    }

    /// One whose database is that of a server.
    pub(crate) async fn on_server(url: String) -> Self {
        Self::with(Engine::Postgres, databases::folder(), url).await
    }

    async fn with(engine: Engine, folder: TempDir, url: String) -> Self {
        let playground = Playground::start(Options {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            clock: Arc::new(SystemClock),
            advance: None,
            scene: Scene::Empty,
            claim_labels: Vec::new(),
        })
        .await
        .unwrap();
        Self {
            telegram: playground.world().clone(),
            playground,
            folder,
            url,
            engine,
        }
    }

    /// Starts the desk.
    pub(crate) fn desk(&self) -> Desk {
        self.desk_with(&[])
    }

    /// Starts the desk with more, or other, settings.
    pub(crate) fn desk_with(&self, more: &[(&str, &str)]) -> Desk {
        self.with_settings(more, |settings| Desk::serve(self.folder.path(), settings))
    }

    /// Starts a desk that one of these tests is.
    pub(crate) fn desk_of_this_program(&self, test: &str, more: &[(&str, &str)]) -> Desk {
        self.with_settings(more, |settings| {
            Desk::test(self.folder.path(), test, settings)
        })
    }

    /// Starts something with the settings of a desk, and more, or other, ones.
    pub(crate) fn with_settings<T>(
        &self,
        more: &[(&str, &str)],
        start: impl FnOnce(&[(&str, &str)]) -> T,
    ) -> T {
        let api_url = self.playground.api_url();
        let mut settings = vec![
            ("TELEGRAM_BOT_TOKEN", self.playground.token()),
            ("TELEGRAM_API_URL", &api_url),
            ("DATABASE_URL", &self.url),
        ];
        settings.extend(more);
        start(&settings)
    }

    /// The store, while no desk runs.
    pub(crate) async fn store(&self) -> Arc<dyn Store> {
        deskbell::store::open(&self.url).await.unwrap()
    }

    /// One number from the database, while no desk runs or while one does.
    pub(crate) async fn number(&self, sql: &'static str) -> i64 {
        if self.url.starts_with("sqlite") {
            let pool = sqlx::SqlitePool::connect(&self.url).await.unwrap();
            sqlx::query_scalar(sql).fetch_one(&pool).await.unwrap()
        } else {
            let pool = sqlx::PgPool::connect(&self.url).await.unwrap();
            sqlx::query_scalar(sql).fetch_one(&pool).await.unwrap()
        }
    }

    /// Words from the database, likewise.
    pub(crate) async fn words(&self, sql: &'static str) -> Vec<String> {
        if self.url.starts_with("sqlite") {
            let pool = sqlx::SqlitePool::connect(&self.url).await.unwrap();
            sqlx::query_scalar(sql).fetch_all(&pool).await.unwrap()
        } else {
            let pool = sqlx::PgPool::connect(&self.url).await.unwrap();
            sqlx::query_scalar(sql).fetch_all(&pool).await.unwrap()
        }
    }

    /// Rows from the database, likewise.
    pub(crate) async fn rows<T>(&self, sql: &'static str) -> Vec<T>
    where
        T: for<'row> FromRow<'row, SqliteRow> + for<'row> FromRow<'row, PgRow> + Send + Unpin,
    {
        if self.url.starts_with("sqlite") {
            let pool = sqlx::SqlitePool::connect(&self.url).await.unwrap();
            sqlx::query_as(sql).fetch_all(&pool).await.unwrap()
        } else {
            let pool = sqlx::PgPool::connect(&self.url).await.unwrap();
            sqlx::query_as(sql).fetch_all(&pool).await.unwrap()
        }
    }

    /// A group with the bot in it, added by the first of these people.
    pub(crate) fn group(&self, title: &str, people: &[PersonId]) -> ChatId {
        let chat = self.telegram.group(title, people);
        self.telegram.promote_bot(chat, people[0]);
        chat
    }

    /// Waits until the bot has said that.
    pub(crate) async fn hears(&self, chat: ChatId, words: &str) -> MessageView {
        self.awaits(|telegram| said(telegram, chat, words)).await
    }

    /// Waits until the bot's message with these words has a button with that label.
    pub(crate) async fn sees(&self, chat: ChatId, words: &str, button: &str) -> MessageView {
        let found = |telegram: &Telegram| {
            said(telegram, chat, words)
                .filter(|message| message.labels().iter().any(|label| label.contains(button)))
        };
        self.awaits(found).await
    }

    /// Waits for a change of the world; longer than the world itself does, since a debug build
    /// beside other tests takes its time to start, and groups have their pace.
    pub(crate) async fn awaits<T>(&self, found: impl Fn(&Telegram) -> Option<T>) -> T {
        for _ in 0..15 {
            if let Ok(found) = self.telegram.wait_until(&found).await {
                return found;
            }
        }
        panic!("waited in vain:\n{}", self.telegram.scene());
    }

    /// Waits until nothing is left to deliver. The last row is settled after Telegram's last news
    /// of it, so the database is asked now and then as well.
    pub(crate) async fn all_is_said(&self) {
        let waiting = "SELECT COUNT(*) FROM outbox WHERE state IN ('pending', 'sending')";
        while self.number(waiting).await > 0 {
            self.look_again().await;
        }
    }

    /// Waits for something that the simulated Telegram cannot tell.
    pub(crate) async fn until(&self, is_so: impl Fn() -> bool) {
        for _ in 0..LOOKS {
            if is_so() {
                return;
            }
            self.look_again().await;
        }
        panic!("waited in vain:\n{}", self.telegram.scene());
    }

    /// Lets a moment pass before looking again at what the simulated Telegram cannot tell.
    pub(crate) async fn look_again(&self) {
        let changed = self.telegram.wait_until(|_| None::<()>);
        let _ = tokio::time::timeout(LOOK_AGAIN, changed).await;
    }

    /// Presses a button and waits for what it says.
    pub(crate) async fn press(
        &self,
        person: PersonId,
        chat: ChatId,
        message: &MessageView,
        words: &str,
    ) -> String {
        let labels = message.labels();
        let label = labels.iter().find(|label| label.contains(words)).unwrap();
        let press = self
            .telegram
            .press(chat, person, message.id, label)
            .unwrap();
        self.awaits(|telegram| telegram.toast_now(press)).await.text
    }
}

/// The newest message of the bot with these words.
pub(crate) fn said(telegram: &Telegram, chat: ChatId, words: &str) -> Option<MessageView> {
    telegram.messages(chat).into_iter().rfind(|message| {
        let spoken = !matches!(message.content, Content::Service(_));
        message.from_bot && spoken && message.text.contains(words)
    })
}
