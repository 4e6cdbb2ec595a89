//! A hand between the desk and its disk: `disk.c`, compiled here and preloaded into the real binary.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::preload::library;
use super::random::Random;
use crate::databases;
use crate::process::Desk;
use crate::street::Street;

/// What SQLite keeps a database in. The index of the log (`-shm`) is made anew from the log.
const FILES: [&str; 3] = ["", "-wal", "-journal"];

/// A call of the desk to the system that it does not survive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Point {
    /// `write` or `sync`.
    pub(super) call: &'static str,
    /// `database` or `wal`.
    pub(super) file: &'static str,
    /// `before`, `torn` (half of it is written) or `after`: before the call returns.
    pub(super) moment: &'static str,
}

/// How the disk behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Honesty {
    /// What is synced is kept.
    Honest,
    /// What SQLite's `synchronous=OFF` comes to: nothing is ever synced.
    SyncsNothing,
    /// What `synchronous=NORMAL` comes to: a commit is not synced.
    SyncsNoCommit,
}

/// What a power cut takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Loss {
    /// Whatever was not synced.
    EverythingUnsynced,
    /// Any of what was not synced, in any order.
    SomeUnsynced,
}

/// What a disk writes at once or not at all.
const SECTOR: usize = 512;

/// The disk of one street.
pub(super) struct Disk {
    database: String,
    folder: TempDir,
}

impl Disk {
    pub(super) fn of(street: &Street) -> Self {
        let database = databases::sqlite_path(&street.folder);
        Self {
            database: database.display().to_string(),
            folder: databases::folder(),
        }
    }

    /// Starts a desk that is killed at the `nth` such call while it is armed.
    pub(super) fn desk_until(&self, street: &Street, point: Point, nth: u64) -> Desk {
        let Point { call, file, moment } = point;
        let point = format!("{call} {file} {moment} {nth}");
        let armed = self.path("armed");
        self.start(street, &[("DISK_POINT", &point), ("DISK_ARMED", &armed)])
    }

    /// Starts a desk on a disk that remembers what it has synced.
    pub(super) fn desk(&self, street: &Street, honesty: Honesty) -> Desk {
        let shadow = self.shadow().display().to_string();
        fs::create_dir_all(&shadow).unwrap();
        let lies = match honesty {
            Honesty::Honest => "",
            Honesty::SyncsNothing => "all",
            Honesty::SyncsNoCommit => "wal",
        };
        self.start(street, &[("DISK_SHADOW", &shadow), ("DISK_LIES", lies)])
    }

    /// Starts a desk whose disk can be full, or broken, and remembers what it has synced.
    pub(super) fn frail_desk(&self, street: &Street) -> Desk {
        let shadow = self.shadow().display().to_string();
        fs::create_dir_all(&shadow).unwrap();
        let (full, broken) = (self.path("full"), self.path("broken"));
        let settings = [
            ("DISK_SHADOW", shadow.as_str()),
            ("DISK_FULL", &full),
            ("DISK_BROKEN", &broken),
        ];
        self.start(street, &settings)
    }

    /// From now on there is no space left, or there is again.
    pub(super) fn is_full(&self, is: bool) {
        place(&self.path("full"), is);
    }

    /// From now on nothing can be synced, or it can again.
    pub(super) fn is_broken(&self, is: bool) {
        place(&self.path("broken"), is);
    }

    /// From now on calls count.
    pub(super) fn arm(&self) {
        fs::write(self.path("armed"), "").unwrap();
    }

    /// They do not count yet.
    pub(super) fn disarm(&self) {
        // It may not be there.
        let _ = fs::remove_file(self.path("armed"));
    }

    /// The power goes. No desk may run.
    pub(super) fn lose_power(&self, loss: Loss, random: &mut Random) {
        let name = Path::new(&self.database).file_name().unwrap();
        for file in FILES {
            let real = format!("{}{file}", self.database);
            let synced = self.shadow().join(format!("{}{file}", name.display()));
            let written = fs::read(&real).ok();
            // They need not all be there.
            let _ = fs::remove_file(&real);
            let Ok(mut left) = fs::read(&synced) else {
                continue;
            };
            let made_anew = synced.with_added_extension("new").exists();
            if let (Loss::SomeUnsynced, Some(written), false) = (loss, written, made_anew) {
                keep_some(&mut left, &written, random);
            }
            fs::write(&real, &left).unwrap();
            // From here on this is what the disk holds.
            fs::write(&synced, &left).unwrap();
        }
        let _ = fs::remove_file(format!("{}-shm", self.database));
    }

    fn shadow(&self) -> PathBuf {
        self.folder.path().join("shadow")
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn start(&self, street: &Street, more: &[(&str, &str)]) -> Desk {
        let (loaded, library) = (self.path("loaded"), library("disk"));
        let mut settings = vec![
            ("LD_PRELOAD", library.as_str()),
            ("DISK_DATABASE", &self.database),
            ("DISK_LOADED", &loaded),
        ];
        settings.extend(more);
        street.desk_with(&settings)
    }

    /// Whether the hand is really there: without it every test of the disk would pass for nothing.
    pub(super) fn is_watched(&self) -> bool {
        Path::new(&self.path("loaded")).exists()
    }
}

fn place(path: &str, there: bool) {
    if there {
        fs::write(path, "").unwrap();
    } else {
        fs::remove_file(path).unwrap();
    }
}

/// Some sectors of what was written came to the disk by themselves.
fn keep_some(left: &mut Vec<u8>, written: &[u8], random: &mut Random) {
    for (number, sector) in written.chunks(SECTOR).enumerate() {
        if random.between(0, 2) == 0 {
            let (from, to) = (number * SECTOR, number * SECTOR + sector.len());
            left.resize(left.len().max(to), 0);
            left[from..to].copy_from_slice(sector);
        }
    }
}
