//! The name of Telegram's servers cannot be looked up: at the start, and while the desk works.

use std::net::SocketAddr;
use std::path::PathBuf;

use tempfile::TempDir;

use super::{AGAIN, NOT_YET, SILENT};
use crate::databases::folder;
use crate::kill_storm::say;
use crate::line::{End, Line, Quality};
use crate::process::Desk;
use crate::street::Street;
use crate::world::Engine;

/// What stands for Telegram's name: nobody else knows it.
const NAME: &str = "telegram.test";

/// What the system says of a name that nobody knows.
const UNKNOWN: &str = "failed to lookup address";

/// The only book of names that a desk looks into.
struct Book {
    folder: TempDir,
}

impl Book {
    fn new() -> Self {
        let book = Self { folder: folder() };
        std::fs::write(book.path("order"), "hosts: files\n").unwrap();
        book.forgets();
        book
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The file stays the same, since it is what the desk sees.
    fn reads(&self, words: &str) {
        std::fs::write(self.path("names"), words).unwrap();
    }

    fn knows(&self) {
        self.reads(&format!("127.0.0.1 localhost {NAME}\n"));
    }

    fn forgets(&self) {
        self.reads("127.0.0.1 localhost\n");
    }

    /// A desk that knows Telegram by name; nothing where this machine lets nobody hold such a book.
    fn desk(&self, street: &Street, port: u16) -> Option<Desk> {
        let api_url = format!("http://{NAME}:{port}");
        let names = self.path("names");
        street.with_settings(&[("TELEGRAM_API_URL", &api_url)], |settings| {
            let order = self.path("order");
            Desk::with_names_of_its_own(street.folder.path(), (&names, &order), settings)
        })
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_that_cannot_be_looked_up_is_waited_for() {
    let street = Street::new(Engine::Sqlite).await;
    let mari = street.telegram.person("Mari").started().add();
    let address = street.playground.api_url();
    let address: SocketAddr = address.strip_prefix("http://").unwrap().parse().unwrap();
    let line = Line::to(End::Port(address)).await;
    let book = Book::new();
    let Some(desk) = book.desk(&street, line.address.port()) else {
        say("SKIPPED: no names of its own can be given to a process here");
        return;
    };
    street.until(|| desk.said().contains(NOT_YET)).await;
    let said = desk.said();
    assert!(said.contains(UNKNOWN), "{said}");
    assert!(!said.contains(NAME) || !said.contains("/bot"), "{said}");

    book.knows();
    let chat = street.group("Yard", &[mari]);
    street
        .telegram
        .say(chat, mari, "/new_issue The gate squeaks");
    street.hears(chat, "0001 ·").await;

    // The line breaks off, and when it is back, nobody knows the name any more.
    let looked_up_in_vain = || {
        let said = desk.said();
        let polls = said.lines().filter(|line| line.contains(SILENT));
        polls.filter(|line| line.contains(UNKNOWN)).count()
    };
    assert_eq!(looked_up_in_vain(), 0);
    book.forgets();
    line.becomes(Quality::Refuses);
    street.until(|| desk.said().contains(SILENT)).await;
    line.becomes(Quality::Good);
    street
        .telegram
        .say(chat, mari, "/new_issue The lamp in 12 is out");
    street.until(|| looked_up_in_vain() == 1).await;
    assert!(!street.telegram.pending_updates().is_empty());
    book.knows();
    street.hears(chat, "0002 ·").await;
    let ended = desk.stopped().await;
    assert_eq!(ended.code, Some(0), "{}", ended.said);
    assert!(ended.said.contains(AGAIN), "{}", ended.said);
    assert_eq!(street.telegram.violations(), []);
}
