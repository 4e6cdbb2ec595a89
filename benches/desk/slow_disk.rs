//! A disk that takes longer than the one here.
//!
//! What sharing a wait for the disk is worth shows where that wait is long, and disks of rented
//! machines are fast one minute and slow the next. So every sync of the real binary sleeps a while
//! and is then done by the disk that is there, and the yardstick beside it does the same.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// What is preloaded.
const SOURCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/desk/slow_disk.c");

/// How much longer a sync takes, in milliseconds: what a disk without a protected cache takes, and
/// what a rented one does when it has been used much.
pub(crate) const LONGER: u64 = 4;

static NOW: AtomicU64 = AtomicU64::new(0);

/// Measures something on a slow disk.
pub(crate) async fn on_one(measurement: impl Future<Output = ()>) {
    NOW.store(LONGER, Ordering::SeqCst);
    measurement.await;
    NOW.store(0, Ordering::SeqCst);
}

/// How much longer a sync takes at present.
pub(crate) fn longer() -> Duration {
    Duration::from_millis(NOW.load(Ordering::SeqCst))
}

/// Tells a process that is about to start.
pub(crate) fn preload(command: &mut Command, folder: &Path) {
    if longer().is_zero() {
        return;
    }
    command
        .env("LD_PRELOAD", library(folder))
        .env("SYNC_TAKES_LONGER", LONGER.to_string());
}

/// Builds it.
fn library(folder: &Path) -> PathBuf {
    let library = folder.join("slow_disk.so");
    let built = Command::new("cc")
        .args(["-shared", "-fPIC", "-O2", "-o"])
        .args([library.as_path(), Path::new(SOURCE)])
        .arg("-ldl")
        .status();
    assert!(built.unwrap().success(), "{SOURCE} cannot be built");
    library
}
