//! Lines that break below HTTP and below SQL: refused, silent, broken off, stuttering. What was said
//! meanwhile is handled when the line is back, what was told people is true.

use std::time::Duration;

use chrono::TimeDelta;
use deskbell::playground::{ChatId, PersonId, PressId};
use deskbell::telegram::client::Timeouts;
use sqlx::postgres::PgConnectOptions;

use crate::line::{End, Line, Quality};
use crate::street::Street;
use crate::world::{Engine, World};

/// How often the desk gets a moment to try while the line is bad.
const MOMENTS: usize = 100;

/// A desk whose line to Telegram can be broken, and a group with an incident that waits for a claim.
struct Shop {
    world: World,
    line: Line,
    chat: ChatId,
    mari: PersonId,
}

impl Shop {
    async fn open() -> Self {
        let mut world = World::asleep(Engine::Sqlite).await;
        let address = world.api_url.strip_prefix("http://").unwrap();
        let line = Line::to(End::Port(address.parse().unwrap())).await;
        world.api_url = format!("http://{}", line.address);
        world.timeouts = Timeouts {
            connect: Duration::from_millis(500),
            call: Duration::from_millis(500),
            hold: Duration::from_secs(1),
        };
        world.wake().await;
        let mari = world.telegram.person("Mari").started().add();
        let chat = world.group("Workshop", &[mari]).await;
        world.say(chat, mari, "/new_issue It squeaks").await;
        let card = world.card(chat, "0001");
        world.press(mari, chat, card.id, "Choose department").await;
        world.press(mari, chat, card.id, "Maintenance").await;
        Self {
            world,
            line,
            chat,
            mari,
        }
    }

    /// While the line is bad somebody reports something, and the department is due to be called.
    async fn goes_through(&self, quality: Quality) {
        self.line.becomes(quality);
        let report = "/new_issue It flickers";
        self.world.telegram.say(self.chat, self.mari, report);
        self.world.clock.advance(TimeDelta::minutes(11));
        for _ in 0..MOMENTS {
            self.world.go_on().await;
        }
    }

    fn calls(&self, words: &str) -> usize {
        let messages = self.world.telegram.messages(self.chat);
        let calls = messages
            .iter()
            .filter(|message| message.from_bot && message.text.contains(words));
        calls.count()
    }

    /// The line is back.
    async fn all_is_made_up_for(self, most: usize) {
        self.line.becomes(Quality::Good);
        self.world.settle().await;
        let second = self.world.card(self.chat, "0002");
        assert!(second.text.contains("It flickers"));
        let called = self.calls("nobody has claimed 0001");
        let (least, repeats) = (1, self.calls("(repeat)"));
        assert!((least..=most).contains(&called), "called {called} times");
        assert!(called == 1 || repeats > 0, "a repeat says so");
        self.world.finish().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_telegram_that_refuses_connections_is_waited_for() {
    let shop = Shop::open().await;
    shop.goes_through(Quality::Refuses).await;
    assert_eq!(shop.calls("0002"), 0);
    let repeats = shop.calls("(repeat)");
    shop.line.becomes(Quality::Good);
    shop.world.settle().await;
    assert_eq!(shop.calls("(repeat)"), repeats, "nothing was ever sent");
    shop.all_is_made_up_for(1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_telegram_that_accepts_and_never_answers_is_waited_for() {
    let shop = Shop::open().await;
    shop.goes_through(Quality::Silent).await;
    assert_eq!(shop.calls("0002"), 0);
    shop.all_is_made_up_for(1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_that_break_off_lose_nothing_and_repeats_say_so() {
    let shop = Shop::open().await;
    shop.goes_through(Quality::BreaksOffAfter(40)).await;
    shop.all_is_made_up_for(9).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_that_come_twice_are_answers_once() {
    let shop = Shop::open().await;
    shop.goes_through(Quality::Stutters).await;
    shop.all_is_made_up_for(1).await;
}

/// The real binary, whose line to the database server can be broken.
struct Depot {
    street: Street,
    line: Line,
}

impl Depot {
    async fn new() -> Self {
        let street = Street::new(Engine::Postgres).await;
        let server: PgConnectOptions = street.url.parse().unwrap();
        let end = match server.get_socket() {
            Some(folder) => End::Socket(folder.join(format!(".s.PGSQL.{}", server.get_port()))),
            None => {
                let address = format!("{}:{}", server.get_host(), server.get_port());
                End::Port(
                    tokio::net::lookup_host(address)
                        .await
                        .unwrap()
                        .next()
                        .unwrap(),
                )
            }
        };
        let line = Line::to(end).await;
        Self { street, line }
    }

    /// The database by way of that line.
    fn url(&self) -> String {
        let server: PgConnectOptions = self.street.url.parse().unwrap();
        format!(
            "postgres://{}@{}/{}",
            server.get_username(),
            self.line.address,
            server.get_database().unwrap()
        )
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_server_that_is_gone_is_waited_for() {
    outage(Quality::Refuses).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_server_that_falls_silent_is_waited_for() {
    outage(Quality::Silent).await;
}

async fn outage(quality: Quality) {
    let depot = Depot::new().await;
    let street = &depot.street;
    let mari = street.telegram.person("Mari").started().add();
    let desk = street.desk_with(&[("DATABASE_URL", &depot.url())]);
    let chat = street.group("Yard", &[mari]);
    street
        .telegram
        .say(chat, mari, "/new_issue The gate squeaks");
    let card = street.sees(chat, "0001 ·", "Choose department").await;
    street.all_is_said().await;

    depot.line.becomes(quality);
    let labels = card.labels();
    let label = labels.iter().find(|it| it.contains("Choose")).unwrap();
    let press: PressId = street.telegram.press(chat, mari, card.id, label).unwrap();
    street.until(|| desk.said().contains(BEGAN)).await;
    assert_eq!(
        street.telegram.toast_now(press),
        None,
        "nothing is promised"
    );

    depot.line.becomes(Quality::Good);
    street.sees(chat, "0001 ·", "Maintenance").await;
    street
        .until(|| {
            let said = desk.said();
            said.matches(BEGAN).count() == said.matches(OVER).count()
        })
        .await;
    let ended = desk.stopped().await;
    assert_eq!(ended.code, Some(0), "{}", ended.said);
    said_once(&ended.said);
}

/// What the log says when the database is away, and when it is back.
pub(crate) const BEGAN: &str = "the database does not work";
pub(crate) const OVER: &str = "the database works again";

/// Once for reading and once for writing, that it began and that it is over; nothing else is said
/// of it, however often it was tried.
pub(crate) fn said_once(said: &str) {
    for words in [BEGAN, OVER] {
        for work in ["work=\"reading\"", "work=\"writing\""] {
            let lines = said.lines();
            let lines = lines.filter(|line| line.contains(words) && line.contains(work));
            assert!(lines.count() <= 1, "{said}");
        }
    }
    let troubles = said
        .lines()
        .filter(|line| line.contains("deskbell") || line.contains("actors"))
        .filter(|line| line.contains("WARN") || line.contains("ERROR"));
    assert!(troubles.count() <= 2, "{said}");
}
