//! Small libraries in C that are preloaded into the real binary, to stand between it and the system.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

/// Those that this run has compiled.
static COMPILED: Mutex<BTreeSet<&str>> = Mutex::new(BTreeSet::new());

/// What to preload: the file of that name here, compiled once.
pub(super) fn library(name: &'static str) -> String {
    let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.so"));
    let mut compiled = COMPILED.lock().unwrap();
    if compiled.insert(name) {
        compile(name, &library);
    }
    library.display().to_string()
}

fn compile(name: &str, library: &Path) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/kill_storm");
    let source = here.join(name).with_extension("c");
    // Another run may be at it too.
    let made: PathBuf = library.with_extension(std::process::id().to_string());
    let output = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-U_FORTIFY_SOURCE", "-o"])
        .args([&made, &source])
        .arg("-ldl")
        .output();
    let why = match output {
        Ok(output) if output.status.success() => return fs::rename(&made, library).unwrap(),
        Ok(output) => String::from_utf8_lossy(&output.stderr).into_owned(),
        Err(error) => error.to_string(),
    };
    panic!(
        "what the system does to the desk is tested by preloading {}, which needs Linux with glibc \
         and a C compiler called `cc`; it could not be compiled: {why}",
        source.display()
    );
}
