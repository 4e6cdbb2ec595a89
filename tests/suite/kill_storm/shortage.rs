//! A disk that is full, broken, read only, or locked by another program: nothing is promised that
//! is not on it, the desk lives on and says so once, and goes on by itself when it can.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::PathBuf;

use actors::domain::IncidentId;
use deskbell::playground::{ChatId, MessageView, PersonId, PressId};
use sqlx::{Connection as _, SqliteConnection};

use super::disk::{Disk, Loss};
use super::random::{self, Random};
use super::say;
use crate::broken_lines::{BEGAN, OVER, said_once};
use crate::process::Desk;
use crate::street::Street;
use crate::world::Engine;

/// How many reports come while nothing can be kept.
const REPORTS: usize = 3;

/// One group, and one card that waits for its department.
struct Yard {
    street: Street,
    mari: PersonId,
    chat: ChatId,
}

impl Yard {
    fn on(street: Street) -> Self {
        let mari = street.telegram.person("Mari").started().add();
        let chat = street.group("Yard", &[mari]);
        street
            .telegram
            .say(chat, mari, "/new_issue The gate squeaks");
        Self { street, mari, chat }
    }

    async fn card(&self, button: &str) -> MessageView {
        self.street.sees(self.chat, "0001 ·", button).await
    }

    fn begin_press(&self, card: &MessageView, words: &str) -> PressId {
        let labels = card.labels();
        let label = labels.iter().find(|label| label.contains(words)).unwrap();
        let telegram = &self.street.telegram;
        telegram
            .press(self.chat, self.mari, card.id, label)
            .unwrap()
    }

    /// While nothing can be kept, a press promises nothing, and reports wait at Telegram.
    async fn nothing_is_promised(&self, desk: &Desk) {
        let card = self.card("Choose department").await;
        let press = self.begin_press(&card, "Choose department");
        for number in 0..REPORTS {
            let report = format!("/new_issue Number {number} is loose");
            self.street.telegram.say(self.chat, self.mari, &report);
        }
        self.street.until(|| desk.said().contains(BEGAN)).await;
        let telegram = &self.street.telegram;
        assert_eq!(telegram.toast_now(press), None);
        assert!(telegram.pending_updates().len() > REPORTS);
    }

    /// It can be kept again: all of it is.
    async fn all_is_made_up_for(&self, desk: Desk) {
        self.card("Maintenance").await;
        for number in 2..2 + REPORTS {
            let words = format!("{number:04} ·");
            self.street.hears(self.chat, &words).await;
        }
        self.street.until(|| desk.said().contains(OVER)).await;
        let ended = desk.stopped().await;
        assert_eq!(ended.code, Some(0), "{}", ended.said);
        said_once(&ended.said);
        assert_eq!(self.street.telegram.violations(), []);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_promises_nothing_and_space_is_enough_to_go_on() {
    let street = Street::new(Engine::Sqlite).await;
    let small = street.folder.path().join("small");
    fs::create_dir(&small).unwrap();
    let url = format!("sqlite:{}", small.join("deskbell.db").display());
    let desk = street.with_settings(&[("DATABASE_URL", &url)], |settings| {
        Desk::on_a_disk_of_its_own(street.folder.path(), &small, "size=2m", settings)
    });
    let Some(desk) = desk else {
        say("SKIPPED: no tmpfs can be mounted here; the disk is full only by its own word");
        return;
    };
    let yard = Yard::on(street);
    yard.card("Choose department").await;
    let filler: PathBuf = desk
        .root()
        .join(small.strip_prefix("/").unwrap())
        .join("filler");
    fill_up(&filler);
    yard.nothing_is_promised(&desk).await;
    fs::remove_file(&filler).unwrap();
    yard.all_is_made_up_for(desk).await;
}

fn fill_up(filler: &PathBuf) {
    let mut file = File::create(filler).unwrap();
    while file.write_all(&[0; 4_096]).is_ok() {}
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_without_space_for_one_more_page_promises_nothing() {
    let street = Street::new(Engine::Sqlite).await;
    let disk = Disk::of(&street);
    let desk = disk.frail_desk(&street);
    let yard = Yard::on(street);
    yard.card("Choose department").await;
    assert!(disk.is_watched());
    disk.is_full(true);
    yard.nothing_is_promised(&desk).await;
    disk.is_full(false);
    yard.all_is_made_up_for(desk).await;
}

/// What a failed sync left in memory is not taken for kept by a later one that works: the power goes
/// right after the next promise.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_cannot_sync_promises_nothing_and_what_is_promised_later_is_kept() {
    let seed = random::seed();
    say(&format!("seed {seed}"));
    let street = Street::new(Engine::Sqlite).await;
    let disk = Disk::of(&street);
    let desk = disk.frail_desk(&street);
    let yard = Yard::on(street);
    yard.card("Choose department").await;
    disk.is_broken(true);
    yard.nothing_is_promised(&desk).await;
    disk.is_broken(false);
    let card = yard.card("Maintenance").await;
    let (street, mari) = (&yard.street, yard.mari);
    street.press(mari, yard.chat, &card, "Maintenance").await;
    let card = yard.card("Claim").await;
    let toast = street.press(mari, yard.chat, &card, "Claim").await;
    assert_eq!(toast, "✋ 0001 is yours");
    desk.killed().await;
    disk.lose_power(Loss::EverythingUnsynced, &mut Random::new(seed));

    let incident = street.store().await.incident(IncidentId(1)).await;
    let work = incident.unwrap().unwrap();
    assert_eq!(work.work().unwrap().owner.0, mari.0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_another_program_has_locked_is_waited_for() {
    let street = Street::new(Engine::Sqlite).await;
    let url = street.url.clone();
    let desk = street.desk();
    let yard = Yard::on(street);
    yard.card("Choose department").await;
    yard.street.all_is_said().await;
    let mut other = SqliteConnection::connect(&url).await.unwrap();
    sqlx::query("BEGIN IMMEDIATE")
        .execute(&mut other)
        .await
        .unwrap();
    yard.nothing_is_promised(&desk).await;
    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    yard.all_is_made_up_for(desk).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_that_cannot_be_written_is_named() {
    let street = Street::new(Engine::Sqlite).await;
    let shut = street.folder.path().join("shut");
    fs::create_dir(&shut).unwrap();
    let url = format!("sqlite:{}", shut.join("deskbell.db").display());
    let desk = street.with_settings(&[("DATABASE_URL", &url)], |settings| {
        Desk::on_a_disk_of_its_own(street.folder.path(), &shut, "ro,size=64k", settings)
    });
    let Some(desk) = desk else {
        say("SKIPPED: no read-only folder can be mounted here");
        return;
    };
    let ended = desk.ended().await;
    assert_eq!(ended.code, Some(69), "{}", ended.said);
    let named = shut.join("deskbell.db.lock").display().to_string();
    assert!(ended.said.contains(&named), "{}", ended.said);
    assert!(ended.said.contains("write permission"), "{}", ended.said);
}
