//! The real binary, as systemd runs it: started, waited for until it says that it is ready, asked
//! to stop.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use actors::domain::IncidentId;
use tokio::net::UnixDatagram;

use crate::slow_disk;
use crate::telegram::{TOKEN, Telegram};

/// Whatever takes this long hangs.
const PATIENCE: Duration = Duration::from_secs(120);

/// Where `/proc` says, after a process's name, what time it took, in which unit: see `proc(5)`.
const USER_TICKS: usize = 11;
const SYSTEM_TICKS: usize = 12;
const TICK_MILLISECONDS: u64 = 10;

/// A process of the desk.
pub(crate) struct Desk {
    child: Child,
    log: PathBuf,
    /// From its start until it said that it is ready.
    pub(crate) ready_after: Duration,
}

/// What it holds in memory.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Memory {
    /// Now, in kilobytes.
    pub(crate) resident: f64,
    /// Of that its own, without what it shares with the file of the program.
    pub(crate) own: f64,
    /// At its most.
    pub(crate) peak: f64,
}

impl Desk {
    /// Starts it in that folder and waits until it is ready.
    pub(crate) async fn start(folder: &Path, database: &str, telegram: &Telegram) -> Self {
        Self::start_with(folder, database, telegram, &[]).await
    }

    /// The same, with more settings.
    pub(crate) async fn start_with(
        folder: &Path,
        database: &str,
        telegram: &Telegram,
        settings: &[(&str, &str)],
    ) -> Self {
        let mut binary = Command::new(env!("CARGO_BIN_EXE_deskbell"));
        binary.arg("serve");
        Self::launch(binary, folder, database, telegram, settings).await
    }

    /// The same service in this program, where everything that is to last of one incident panics.
    pub(crate) async fn start_faulty(
        folder: &Path,
        database: &str,
        telegram: &Telegram,
        incident: IncidentId,
    ) -> Self {
        let mut itself = Command::new(std::env::current_exe().unwrap());
        itself.args(["--be-faulty-about", &incident.0.to_string()]);
        Self::launch(itself, folder, database, telegram, &[]).await
    }

    async fn launch(
        mut program: Command,
        folder: &Path,
        database: &str,
        telegram: &Telegram,
        settings: &[(&str, &str)],
    ) -> Self {
        static RUNS: AtomicU32 = AtomicU32::new(0);
        let run = RUNS.fetch_add(1, Ordering::Relaxed);
        let socket = folder.join(format!("notify-{run}"));
        let notices = UnixDatagram::bind(&socket).unwrap();
        let log = folder.join(format!("run-{run}.log"));
        let output = File::create(&log).unwrap();
        let begun = Instant::now();
        program.env_clear();
        slow_disk::preload(&mut program, folder);
        let child = program
            .current_dir(folder)
            .env("TELEGRAM_BOT_TOKEN", TOKEN)
            .env("TELEGRAM_API_URL", telegram.url())
            .env("DATABASE_URL", database)
            .env("LOG_FORMAT", "json")
            .envs(settings.iter().copied())
            .env("NOTIFY_SOCKET", &socket)
            .stdin(Stdio::null())
            .stdout(output.try_clone().unwrap())
            .stderr(output)
            .spawn()
            .unwrap();
        let mut desk = Self {
            child,
            log,
            ready_after: Duration::ZERO,
        };
        if tokio::time::timeout(PATIENCE, ready(&notices))
            .await
            .is_err()
        {
            panic!("the desk does not get ready:\n{}", desk.said());
        }
        desk.ready_after = begun.elapsed();
        desk
    }

    /// What it has printed so far.
    pub(crate) fn said(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }

    /// What it holds in memory.
    pub(crate) fn memory(&self) -> Memory {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let kilobytes = |field: &str| {
            let line = status.lines().find(|line| line.starts_with(field)).unwrap();
            line.split_whitespace().nth(1).unwrap().parse().unwrap()
        };
        Memory {
            resident: kilobytes("VmRSS:"),
            own: kilobytes("RssAnon:"),
            peak: kilobytes("VmHWM:"),
        }
    }

    /// How much of a processor's time it has taken so far.
    pub(crate) fn cpu(&self) -> Duration {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap();
        // Its name, in brackets, may hold anything; what follows are plain fields.
        let fields: Vec<&str> = stat.rsplit(") ").next().unwrap().split(' ').collect();
        let ticks = |field: usize| fields[field].parse::<u64>().unwrap();
        Duration::from_millis((ticks(USER_TICKS) + ticks(SYSTEM_TICKS)) * TICK_MILLISECONDS)
    }

    /// Asks it to stop and waits until it has.
    pub(crate) async fn stop(mut self) {
        let process = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &process]).status();
        assert!(sent.unwrap().success());
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                assert!(status.success(), "{status}:\n{}", self.said());
                return;
            }
            assert!(
                begun.elapsed() < PATIENCE,
                "it does not end:\n{}",
                self.said()
            );
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn ready(notices: &UnixDatagram) {
    let mut notice = [0; 512];
    loop {
        let length = notices.recv(&mut notice).await.unwrap();
        let words = String::from_utf8_lossy(&notice[..length]);
        if words.lines().any(|line| line == "READY=1") {
            return;
        }
    }
}
