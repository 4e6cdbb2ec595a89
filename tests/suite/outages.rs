//! The real binary while what it leans on goes away and comes back: the database server is stopped
//! under it, Telegram's name is unknown, TLS does not come about. Nothing that was acknowledged is
//! lost, nothing is promised meanwhile, and work goes on by itself.

mod names;
mod tls;

use std::net::TcpListener;

use deskbell::playground::{ChatId, PersonId, PressId};

use crate::broken_lines::{BEGAN, OVER};
use crate::kill_storm::say;
use crate::own_server::{Server, Stop};
use crate::process::Desk;
use crate::street::Street;

/// What the log says while Telegram was never reached, and when it no longer is.
const NOT_YET: &str = "Telegram does not answer yet";
const SILENT: &str = "Telegram does not answer; trying";
const AGAIN: &str = "Telegram answers again";

/// A desk that works, on a server that can be stopped.
struct Yard {
    server: Server,
    street: Street,
    desk: Desk,
    /// Where its health is shown.
    health: String,
    chat: ChatId,
    mari: PersonId,
    jaan: PersonId,
}

impl Yard {
    /// The gate squeaks, and Maintenance is to claim it; nothing where there is no server to start.
    async fn open() -> Option<Self> {
        let server = Server::start()?;
        let street = Street::on_server(server.url()).await;
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let health = free.local_addr().unwrap().to_string();
        drop(free);
        let [mari, jaan] = ["Mari", "Jaan"].map(|it| street.telegram.person(it).started().add());
        let desk = street.desk_with(&[("HEALTH_LISTEN", &health)]);
        let chat = street.group("Yard", &[mari, jaan]);
        street
            .telegram
            .say(chat, mari, "/new_issue The gate squeaks");
        let card = street.sees(chat, "0001 ·", "Choose department").await;
        street.press(mari, chat, &card, "Choose department").await;
        let card = street.sees(chat, "0001 ·", "Maintenance").await;
        street.press(mari, chat, &card, "Maintenance").await;
        street.sees(chat, "0001 ·", "Claim").await;
        Some(Self {
            server,
            street,
            desk,
            health,
            chat,
            mari,
            jaan,
        })
    }

    async fn begins_to_press(&self, button: &str) -> PressId {
        let card = self.street.sees(self.chat, "0001 ·", button).await;
        let labels = card.labels();
        let label = labels.iter().find(|it| it.contains(button)).unwrap();
        let telegram = &self.street.telegram;
        let pressed = telegram.press(self.chat, self.jaan, card.id, label);
        pressed.unwrap()
    }

    /// The server stops; somebody presses and somebody reports, and nothing is promised.
    async fn loses_its_server(&self, how: Stop, button: &str, report: &str) -> PressId {
        self.street.all_is_said().await;
        let began = self.desk.said().matches(BEGAN).count();
        self.server.stops(how);
        let press = self.begins_to_press(button).await;
        let report = format!("/new_issue {report}");
        self.street.telegram.say(self.chat, self.mari, &report);
        let noticed = || self.desk.said().matches(BEGAN).count() > began;
        self.street.until(noticed).await;
        self.health_becomes(503).await;
        assert_eq!(self.street.telegram.toast_now(press), None);
        press
    }

    async fn health_becomes(&self, status: u16) {
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let page = format!("http://{}/health", self.health);
        // The page is kept for a second, and the store is asked for two.
        loop {
            let answer = http.get(&page).send().await.unwrap();
            if answer.status().as_u16() == status {
                return;
            }
            self.street.look_again().await;
        }
    }

    async fn toast(&self, press: PressId) -> String {
        let toast = |telegram: &deskbell::playground::World| telegram.toast_now(press);
        self.street.awaits(toast).await.text
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_server_that_restarts_is_waited_for_and_work_goes_on_by_itself() {
    let Some(yard) = Yard::open().await else {
        say("SKIPPED: there is no PostgreSQL server here that could be started");
        return;
    };
    let claim = yard
        .loses_its_server(Stop::Fast, "Claim", "Number 2 is loose")
        .await;
    yard.server.starts();
    assert_eq!(yard.toast(claim).await, "✋ 0001 is yours");
    yard.street.hears(yard.chat, "0002 ·").await;
    yard.health_becomes(200).await;

    // As when the power goes: what was acknowledged a moment ago is on its disk.
    let resolve = yard
        .loses_its_server(Stop::Immediate, "Resolve", "Number 3 is loose")
        .await;
    yard.server.starts();
    assert!(yard.toast(resolve).await.contains("0001"));
    yard.street.hears(yard.chat, "0003 ·").await;
    let prompt = yard.street.hears(yard.chat, "how was 0001").await;
    let telegram = &yard.street.telegram;
    telegram.reply(yard.chat, yard.jaan, prompt.id, "Oiled the hinge");
    yard.health_becomes(200).await;
    let closed = "SELECT COUNT(*) FROM incidents WHERE number = 1 AND closed_at IS NOT NULL";
    while yard.street.number(closed).await == 0 {
        yard.street.look_again().await;
    }

    let ended = yard.desk.stopped().await;
    assert_eq!(ended.code, Some(0), "{}", ended.said);
    for words in [BEGAN, OVER] {
        let times = ended.said.matches(words).count();
        assert!((2..=4).contains(&times), "{words}: {}", ended.said);
    }
    // The server's own counters may have gaps after a crash; the numbers that people use have none.
    let numbers = "SELECT COUNT(*) FROM incidents WHERE number BETWEEN 1 AND 3";
    assert_eq!(yard.street.number(numbers).await, 3);
    assert_eq!(yard.street.telegram.violations(), []);
    assert!(yard.street.telegram.unanswered_presses().is_empty());
}
