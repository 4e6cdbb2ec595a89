//! A PostgreSQL server for the run: as its distribution sets it up, every commit on the disk.
//!
//! `DESKBELL_BENCH_POSTGRES_URL` names another server instead, by a role that may make databases and
//! checkpoints; then the yardstick is still taken here, which says something only if its data lies on
//! this machine's disk.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tempfile::TempDir;

/// A server in which databases may be made.
pub(crate) struct Server {
    url: String,
    own: Option<Own>,
}

struct Own {
    folder: TempDir,
    programs: PathBuf,
}

impl Server {
    /// The server that the environment names, or one of its own; none where neither is to be had.
    pub(crate) fn find() -> Option<Self> {
        if let Some(url) = named() {
            return Some(Self { url, own: None });
        }
        let programs = programs()?;
        let folder = tempfile::tempdir().unwrap();
        run(Command::new("chown").arg(user()).arg(folder.path()));
        let own = Own { folder, programs };
        let data = own.data();
        let data = data.to_str().unwrap();
        let locale = "--locale=C.UTF-8";
        own.call(
            "initdb",
            &[
                "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", locale,
            ],
        );
        let folder = own.folder.path().display().to_string();
        let options = format!(
            "-c listen_addresses= -c unix_socket_directories={folder} -c fsync=on \
             -c max_connections=100"
        );
        let log = format!("{folder}/server.log");
        own.call(
            "pg_ctl",
            &["-D", data, "-l", &log, "-w", "-o", &options, "start"],
        );
        let url = format!("postgres://postgres@localhost/postgres?host={folder}");
        let own = Some(own);
        Some(Self { url, own })
    }

    /// Where it keeps its data, if that is known.
    pub(crate) fn data(&self) -> Option<PathBuf> {
        self.own.as_ref().map(|own| own.folder.path().to_owned())
    }

    /// Makes a database; answers its URL.
    pub(crate) async fn make(&self, name: &str) -> String {
        let mut connection = PgConnection::connect(&self.url).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .execute(&mut connection)
            .await
            .unwrap();
        let mut url = url::Url::parse(&self.url).unwrap();
        url.set_path(name);
        url.to_string()
    }
}

impl Own {
    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// It refuses to run as root, so root runs it as somebody else.
    fn call(&self, program: &str, arguments: &[&str]) {
        let program = self.programs.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", &user(), "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        run(command.args(arguments).current_dir(self.folder.path()));
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        let data = self.data();
        self.call(
            "pg_ctl",
            &[
                "-D",
                data.to_str().unwrap(),
                "-m",
                "immediate",
                "-w",
                "stop",
            ],
        );
    }
}

#[allow(clippy::disallowed_methods)] // not the product's configuration, but the run's
fn named() -> Option<String> {
    std::env::var("DESKBELL_BENCH_POSTGRES_URL").ok()
}

/// The folder with the newest programs, which Debian keeps out of the search path.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    versions
        .map(|version| version.unwrap().path().join("bin"))
        .filter(|programs| programs.join("initdb").exists())
        .max_by_key(|programs| version(programs))
}

fn version(programs: &Path) -> u32 {
    let version = programs.parent().unwrap().file_name().unwrap();
    version.to_str().unwrap().parse().unwrap_or(0)
}

fn user() -> String {
    if is_root() {
        "postgres".to_owned()
    } else {
        said(Command::new("id").arg("-un"))
    }
}

fn is_root() -> bool {
    said(Command::new("id").arg("-u")) == "0"
}

fn said(command: &mut Command) -> String {
    let output = command.output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn run(command: &mut Command) {
    let status = command.stdout(Stdio::null()).status().unwrap();
    assert!(status.success(), "{command:?}");
}
