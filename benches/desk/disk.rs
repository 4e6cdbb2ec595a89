//! What the disk can do at this moment: the yardstick beside every figure.
//!
//! Whatever the desk acknowledges has waited for the disk, so a figure means little without how
//! long that takes, and disks of shared machines change from minute to minute.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::sample::Sample;

/// How often it is tried: enough for a median.
const TRIES: usize = 64;

/// How much is written each time: a page of the database.
const PAGE: [u8; 4096] = [0x5a; 4096];

/// Appends a page and waits until it is on the disk, again and again.
pub(crate) fn probe(folder: &Path) -> Sample {
    let path = folder.join("probe");
    let mut file = File::create(&path).unwrap();
    let tries = (0..TRIES).map(|_| append(&mut file)).collect();
    std::fs::remove_file(&path).unwrap();
    tries
}

fn append(file: &mut File) -> Duration {
    let begun = Instant::now();
    file.write_all(&PAGE).unwrap();
    file.sync_data().unwrap();
    begun.elapsed()
}
