//! What the disk can do at this moment: the yardstick beside every figure.
//!
//! Whatever the desk acknowledges has waited for the disk, so a figure means little without how
//! long that takes, and disks of shared machines change from minute to minute.

use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use tempfile::NamedTempFile;

use crate::sample::Sample;
use crate::slow_disk;

/// How often it is tried: enough for a median.
const TRIES: usize = 64;

/// How much is written each time: a page of the database.
const PAGE: [u8; 4096] = [0x5a; 4096];

/// Appends a page and waits until it is on the disk, again and again.
pub(crate) fn probe(folder: &Path) -> Sample {
    let mut probe = Probe::new(folder);
    (0..TRIES).map(|_| probe.append()).collect()
}

/// A file to append to, until it is dropped.
pub(crate) struct Probe(NamedTempFile);

impl Probe {
    /// Makes it.
    pub(crate) fn new(folder: &Path) -> Self {
        Self(NamedTempFile::new_in(folder).unwrap())
    }

    /// Appends a page; answers how long it took until that was on the disk.
    pub(crate) fn append(&mut self) -> Duration {
        let begun = Instant::now();
        self.0.write_all(&PAGE).unwrap();
        std::thread::sleep(slow_disk::longer());
        self.0.as_file().sync_data().unwrap();
        begun.elapsed()
    }
}
