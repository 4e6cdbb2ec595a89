//! The real binary, as an operator runs it: started, asked to stop, killed, its words kept.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::canary;

/// Whatever takes this long hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// A process of the desk.
pub(crate) struct Desk {
    child: Option<Child>,
    folder: PathBuf,
    log: PathBuf,
}

/// How it ended.
#[derive(Debug)]
pub(crate) struct Ended {
    /// The exit code; nothing after a signal.
    pub(crate) code: Option<i32>,
    /// Everything it printed.
    pub(crate) said: String,
}

impl Desk {
    /// Runs `deskbell serve` in that folder, in no other environment than this.
    pub(crate) fn serve(folder: &Path, environment: &[(&str, &str)]) -> Self {
        Self::run(folder, &["serve"], environment)
    }

    /// Runs `deskbell` with these arguments.
    pub(crate) fn run(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let binary = Path::new(env!("CARGO_BIN_EXE_deskbell"));
        Self::start(binary, folder, arguments, environment)
    }

    /// Runs one ignored test of this program, which is a desk.
    pub(crate) fn test(folder: &Path, test: &str, environment: &[(&str, &str)]) -> Self {
        let program = std::env::current_exe().unwrap();
        let arguments = ["--exact", test, "--ignored", "--nocapture"];
        Self::start(&program, folder, &arguments, environment)
    }

    /// Runs `deskbell serve` in that folder, where `mount` has put a disk of its own onto a folder
    /// below it: nobody else sees that, but by way of [`Desk::root`]. Nothing where this system does
    /// not let the tests mount anything.
    pub(crate) fn on_a_disk_of_its_own(
        folder: &Path,
        disk: &Path,
        options: &str,
        environment: &[(&str, &str)],
    ) -> Option<Self> {
        let mount = "mount -t tmpfs -o \"$1\" tmpfs \"$0\" && shift";
        let mounted = [disk.to_str().unwrap(), options];
        Self::after_mounting(folder, mount, mounted, environment)
    }

    /// Runs `deskbell serve` in that folder, where names are looked up in these files only: what they
    /// are, and in which order they are asked. Nothing where this system does not let the tests do it.
    pub(crate) fn with_names_of_its_own(
        folder: &Path,
        (names, order): (&Path, &Path),
        environment: &[(&str, &str)],
    ) -> Option<Self> {
        let mount = "mount --bind \"$0\" /etc/hosts && \
            mount --bind \"$1\" /etc/nsswitch.conf && shift";
        let mounted = [names.to_str().unwrap(), order.to_str().unwrap()];
        Self::after_mounting(folder, mount, mounted, environment)
    }

    /// Runs it where something was mounted that nobody else sees.
    fn after_mounting(
        folder: &Path,
        mount: &str,
        mounted: [&str; 2],
        environment: &[(&str, &str)],
    ) -> Option<Self> {
        let unshare = Path::new("/usr/bin/unshare");
        let own_root = ["--user", "--map-root-user", "--mount"];
        for namespaces in [&own_root[2..], &own_root[..]] {
            let allowed = Command::new(unshare)
                .args(namespaces)
                .args(["sh", "-c", mount])
                .args(mounted)
                .output();
            if !allowed.is_ok_and(|tried| tried.status.success()) {
                continue;
            }
            let serve = format!("{mount} && exec \"$@\"");
            let desk = [env!("CARGO_BIN_EXE_deskbell"), "serve"];
            let script = ["sh", "-c", serve.as_str()];
            let arguments = [namespaces, &script, &mounted, &desk].concat();
            return Some(Self::start(unshare, folder, &arguments, environment));
        }
        None
    }

    /// The most memory it has ever had, in bytes.
    pub(crate) fn peak_memory(&self) -> u64 {
        let id = self.child.as_ref().unwrap().id();
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.unwrap().trim().trim_end_matches(" kB");
        kilobytes.parse::<u64>().unwrap() * 1_024
    }

    /// The file system as the process sees it.
    pub(crate) fn root(&self) -> PathBuf {
        let id = self.child.as_ref().unwrap().id();
        PathBuf::from(format!("/proc/{id}/root"))
    }

    fn start(
        program: &Path,
        folder: &Path,
        arguments: &[&str],
        environment: &[(&str, &str)],
    ) -> Self {
        static RUNS: AtomicU32 = AtomicU32::new(0);
        let run = RUNS.fetch_add(1, Ordering::Relaxed);
        let log = folder.join(format!("run-{run}.log"));
        let output = File::create(&log).unwrap();
        let child = Command::new(program)
            .args(arguments)
            .current_dir(folder)
            .env_clear()
            .envs(environment.iter().copied())
            .stdin(Stdio::null())
            .stdout(output.try_clone().unwrap())
            .stderr(output)
            .spawn()
            .unwrap();
        Self {
            child: Some(child),
            folder: folder.to_owned(),
            log,
        }
    }

    /// What it has printed so far.
    pub(crate) fn said(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }

    /// Waits until it ends by itself; nothing of its folder holds the token then.
    pub(crate) async fn ended(mut self) -> Ended {
        let mut child = self.child.take().unwrap();
        let id = child.id();
        let waiting = tokio::task::spawn_blocking(move || child.wait().unwrap());
        let Ok(status) = tokio::time::timeout(PATIENCE, waiting).await else {
            signal(id, "KILL");
            panic!("the desk does not end:\n{}", self.said());
        };
        canary::assert_silent_in(&self.folder);
        Ended {
            code: status.unwrap().code(),
            said: self.said(),
        }
    }

    /// Asks it to stop, as systemd does, and waits until it has.
    pub(crate) async fn stopped(self) -> Ended {
        self.ask_to_stop();
        self.ended().await
    }

    /// Asks it to stop, as systemd does.
    pub(crate) fn ask_to_stop(&self) {
        signal(self.child.as_ref().unwrap().id(), "TERM");
    }

    /// Kills it.
    pub(crate) async fn killed(mut self) -> Ended {
        self.child.as_mut().unwrap().kill().unwrap();
        self.ended().await
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            // It may have ended already.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn signal(process: u32, name: &str) {
    let sent = Command::new("kill")
        .args([format!("-{name}"), process.to_string()])
        .status();
    assert!(sent.unwrap().success());
}
