//! A PostgreSQL server that belongs to one test, which may stop it: the one that all tests share has
//! to stay up.

use std::fmt::Write as _;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use crate::databases::folder;

/// Where Debian keeps the server's programs, a folder for each version.
const INSTALLED: &str = "/usr/lib/postgresql";

/// A server, reached by a socket in a folder of its own.
pub(crate) struct Server {
    programs: PathBuf,
    folder: TempDir,
    /// Beside the usual ones.
    settings: &'static str,
}

/// How it stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// In order: what is under way is cut off and undone.
    Fast,
    /// As when the power goes: it recovers at the next start.
    Immediate,
}

impl Server {
    /// A new one that runs; nothing where this machine has no server to start.
    pub(crate) fn start() -> Option<Self> {
        Self::start_with("-c listen_addresses=''", &[])
    }

    /// One with these settings, and these files among its data.
    pub(crate) fn start_with(settings: &'static str, files: &[(&str, String)]) -> Option<Self> {
        let server = Self {
            programs: programs()?,
            folder: folder(),
            settings,
        };
        server.is_owned();
        let data = server.data();
        let usual = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"];
        server.runs(
            "initdb",
            &[&["-D", &data, "--locale=C.UTF-8"], &usual[..]].concat(),
        );
        for (name, content) in files {
            let path = format!("{data}/{name}");
            std::fs::write(&path, content).unwrap();
            // A key that others can read is refused.
            std::fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).unwrap();
        }
        server.is_owned();
        server.starts();
        Some(server)
    }

    /// All of it belongs to whoever runs it.
    fn is_owned(&self) {
        if let Some(user) = other_user() {
            let owned = Command::new("chown")
                .args(["-R", user.as_str(), self.path()])
                .status();
            assert!(owned.unwrap().success());
        }
    }

    /// Its own database.
    pub(crate) fn url(&self) -> String {
        let folder = self.path();
        format!("postgres://postgres@localhost/postgres?host={folder}")
    }

    /// Starts it again, and waits until it answers.
    pub(crate) fn starts(&self) {
        let mut options = format!("{} -c max_connections=40", self.settings);
        write!(options, " -c unix_socket_directories='{}'", self.path()).unwrap();
        let log = format!("{}/server.log", self.path());
        let data = self.data();
        self.runs(
            "pg_ctl",
            &["-D", &data, "-l", &log, "-w", "-o", &options, "start"],
        );
    }

    /// Stops it, and waits until it has.
    pub(crate) fn stops(&self, how: Stop) {
        let mode = match how {
            Stop::Fast => "fast",
            Stop::Immediate => "immediate",
        };
        self.runs("pg_ctl", &["-D", &self.data(), "-m", mode, "-w", "stop"]);
    }

    fn runs(&self, program: &str, arguments: &[&str]) {
        let done = self.tries(program, arguments);
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{program}: {said}");
    }

    /// The server refuses to run as root, so root runs it as somebody else. What it starts keeps no
    /// pipe of ours, which would never end.
    fn tries(&self, program: &str, arguments: &[&str]) -> Output {
        let program = self.programs.join(program);
        let mut command = match other_user() {
            None => Command::new(&program),
            Some(user) => {
                let mut command = Command::new("runuser");
                command.args(["-u", &user, "--"]).arg(&program);
                command
            }
        };
        let nowhere = std::process::Stdio::null;
        command.args(arguments).current_dir(self.folder.path());
        command.stdin(nowhere()).stdout(nowhere()).stderr(nowhere());
        command.output().unwrap()
    }

    fn path(&self) -> &str {
        self.folder.path().to_str().unwrap()
    }

    fn data(&self) -> String {
        format!("{}/data", self.path())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have been stopped already.
        let _ = self.tries(
            "pg_ctl",
            &["-D", &self.data(), "-m", "immediate", "-w", "stop"],
        );
    }
}

/// The newest that is installed.
fn programs() -> Option<PathBuf> {
    let folders = std::fs::read_dir(INSTALLED).ok()?;
    let programs = folders.filter_map(|entry| Some(entry.ok()?.path().join("bin")));
    let usable = |folder: &PathBuf| {
        ["initdb", "pg_ctl"]
            .iter()
            .all(|it| folder.join(it).exists())
    };
    programs.filter(usable).max_by_key(|folder| version(folder))
}

fn version(programs: &Path) -> u32 {
    let named = programs.parent().and_then(Path::file_name);
    let named = named.and_then(|name| name.to_str()?.parse().ok());
    named.unwrap_or_default()
}

/// Who runs it where we are root.
fn other_user() -> Option<String> {
    let said = |arguments: &[&str]| {
        let said = Command::new("id").args(arguments).output().unwrap();
        said.status
            .success()
            .then(|| String::from_utf8(said.stdout).unwrap().trim().to_owned())
    };
    let root = said(&["-u"]).as_deref() == Some("0");
    root.then(|| match said(&["-u", "postgres"]) {
        Some(_) => "postgres".to_owned(),
        None => "nobody".to_owned(),
    })
}
