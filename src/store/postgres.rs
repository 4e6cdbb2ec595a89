//! PostgreSQL: a pool, one transaction per write, and a lock that keeps a second process out.
//!
//! Writes run side by side in READ COMMITTED. What makes that right is in the statements: an
//! incident changes only on the version it was decided on, and a number is given under the lock of
//! its company's row.

mod certificates;
mod line;
mod numbers;
mod pool;
mod server;
mod told;

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions as _, Connection as _};
use tokio::sync::Mutex;
use tokio::time::timeout;

pub(super) use self::line::Line;
use self::numbers::Numbers;
use self::pool::Lines;
pub(super) use self::pool::{Borrowed, cut_off};
use self::server::Server;
pub(super) use self::told::Told;
use super::OpenError;
use super::columns::{Asked, Rows};
use super::engine::{Connection, NO_ROW, Write};
use super::epoch;
use super::fault::{Fault, Refused};
use super::statements::Statement;
use super::value::Value;
use super::{schema, statements};

/// How often a write is tried that the server gave up in favour of another: each time at least
/// that other one got through.
const TRIES: u32 = 5;

/// How often, and how far apart, the lock is tried: a predecessor that is just ending may still
/// hold it, anybody else is refused within a second.
const LEASE_TRIES: u32 = 10;
const LEASE_PAUSE: Duration = Duration::from_millis(90);

/// How long the server may take for a question, or for all of a write. One that is silent for longer
/// is cut off, whatever the line still pretends; whoever asked waits for 20 s at most.
pub(super) const ANSWER_TIMEOUT: Duration = Duration::from_secs(15);

/// How long the server keeps a transaction in which nothing is said: statements follow each other
/// at once, so its process is frozen or cut off, and whoever takes over waits for it.
const SILENCE_LIMIT: &str = "30s";

/// The number of the lock: `deskbell` in ASCII. Locks are told apart by database.
const LEASE: i64 = 0x6465_736b_6265_6c6c;

/// A transaction that writes shares a lock with the others, and taking over needs it alone: whoever
/// takes over waits for transactions that have begun, and these wait for whoever is taking over, so
/// there is no moment in which both may write. A lock on the row would be written down with every
/// commit. Said with `BEGIN`: the server reads what follows after it has the lock.
macro_rules! begin_with_lock {
    ($lock:literal) => {
        concat!(
            "BEGIN; SELECT ",
            $lock,
            "(hashtextextended('writes of deskbell', 0))"
        )
    };
}
const BEGIN_TO_WRITE: &str = begin_with_lock!("pg_advisory_xact_lock_shared");
const BEGIN_TO_TAKE_OVER: &str = begin_with_lock!("pg_advisory_xact_lock");

/// A transaction that sees the database as it was when it began, and changes nothing.
const ONE_MOMENT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("migrations/postgres");

/// A database on a server.
pub(super) struct PostgresEngine {
    lines: Lines,
    /// None where the store was opened to look only.
    tenure: Option<Box<Tenure>>,
}

/// The right to be the only process on a database.
struct Tenure {
    /// Holds the lock as long as it lives.
    lease: Mutex<PgConnection>,
    /// How to have it anew.
    options: PgConnectOptions,
    epoch: i64,
}

/// A connection that only looks, beside whoever writes.
pub(super) async fn look(url: &str) -> Result<Line, OpenError> {
    let server = Server::of(&options(url)?).map_err(OpenError::refused)?;
    Ok(Line::to(&server).await.map_err(Fault::from)?)
}

fn options(url: &str) -> Result<PgConnectOptions, OpenError> {
    let options = url
        .parse::<PgConnectOptions>()
        .map_err(|_| OpenError::BadUrl)?
        .options([
            ("synchronous_commit", "on"),
            ("idle_in_transaction_session_timeout", SILENCE_LIMIT),
        ])
        .application_name("deskbell")
        .disable_statement_logging();
    Ok(options)
}

fn lines(options: &PgConnectOptions) -> Result<Lines, OpenError> {
    let server = Server::of(options).map_err(OpenError::refused)?;
    Lines::to(server).map_err(OpenError::refused)
}

impl PostgresEngine {
    /// Opens the database, migrating it as needed.
    pub(super) async fn open(url: &str) -> Result<Self, OpenError> {
        let options = options(url)?;
        let mut lease = take_lease(&options).await?;
        MIGRATIONS.run(&mut lease).await?;
        let lines = lines(&options)?;
        let mut line = lines.borrow().await?;
        line.check(statements::all().chain(statements::arrays()))
            .await?;
        let turn = Turn::begin(&mut line, BEGIN_TO_TAKE_OVER).await;
        let epoch = epoch::take_over(&mut Connection::Postgres(turn.line)).await?;
        turn.commit().await.map_err(OpenError::refused)?;
        drop(line);
        Ok(Self {
            lines,
            tenure: Some(Box::new(Tenure {
                lease: Mutex::new(lease),
                options,
                epoch,
            })),
        })
    }

    /// Only to look, beside whoever writes.
    pub(super) async fn look(url: &str) -> Result<Self, OpenError> {
        let lines = lines(&options(url)?)?;
        let mut line = lines.borrow().await?;
        schema::confirm(&mut Connection::Postgres(&mut line), &MIGRATIONS).await?;
        drop(line);
        Ok(Self {
            lines,
            tenure: None,
        })
    }

    pub(super) async fn reader(&self) -> Result<Borrowed, Fault> {
        self.lines.borrow().await
    }

    /// All of one moment, each answer as one row of arrays.
    pub(super) async fn rows(&self, asked: &[Asked]) -> Result<Vec<Rows>, Fault> {
        let mut line = self.lines.borrow().await?;
        let read = timeout(ANSWER_TIMEOUT, rows(&mut line, asked)).await;
        read.unwrap_or_else(|_| {
            cut_off(line);
            Err(Fault::Silent)
        })
    }

    /// Long texts, many of them.
    pub(super) async fn texts(
        &self,
        statement: Statement,
        values: &[Value],
    ) -> Result<Vec<(String,)>, Fault> {
        let mut line = self.lines.borrow().await?;
        let read = timeout(ANSWER_TIMEOUT, line.fetch_all(statement, values)).await;
        read.unwrap_or_else(|_| {
            cut_off(line);
            Err(Fault::Silent)
        })
    }

    /// Whether the lock is still ours: the server drops it with its connection, for instance when it
    /// restarts. It is taken anew then, unless another process was faster.
    pub(super) async fn confirm_lease(&self) -> Result<(), Fault> {
        let Some(tenure) = &self.tenure else {
            return Ok(());
        };
        self.lines.tidy_up();
        let mut lease = tenure.lease.lock().await;
        if timeout(ANSWER_TIMEOUT, lease.ping())
            .await
            .is_ok_and(|pinged| pinged.is_ok())
        {
            return Ok(());
        }
        let anew = async {
            let mut connection = PgConnection::connect_with(&tenure.options).await?;
            let taken = try_lease(&mut connection).await?;
            Ok::<_, sqlx::Error>(taken.then_some(connection))
        };
        let anew = timeout(ANSWER_TIMEOUT, anew).await;
        *lease = anew
            .map_err(|_| Fault::Silent)?
            .map_err(Fault::Lease)?
            .ok_or(Fault::TakenOver)?;
        Ok(())
    }

    pub(super) async fn write<W: Write>(&self, write: W) -> Result<W::Answer, Refused> {
        let tenure = self.tenure.as_ref().ok_or(Fault::ReadOnly)?;
        let mut tries = 1;
        loop {
            match self.try_write(&write, tenure.epoch).await {
                Err(Refused::Fault(Fault::Server(told))) if tries < TRIES && told.gave_way() => {
                    tries += 1;
                }
                ended => return ended,
            }
        }
    }

    async fn try_write<W: Write>(&self, write: &W, epoch: i64) -> Result<W::Answer, Refused> {
        let mut line = self.lines.borrow().await?;
        let written = timeout(ANSWER_TIMEOUT, transact(&mut line, write, epoch)).await;
        written.unwrap_or_else(|_| {
            cut_off(line);
            Err(Fault::Silent.into())
        })
    }
}

async fn transact<W: Write>(line: &mut Line, write: &W, epoch: i64) -> Result<W::Answer, Refused> {
    let turn = Turn::begin(line, BEGIN_TO_WRITE).await;
    let connection = &mut Connection::Postgres(turn.line);
    let applied = async {
        epoch::confirm(connection, epoch).await?;
        write.apply(connection).await
    };
    match applied.await {
        Ok(answer) => {
            turn.commit().await?;
            Ok(answer)
        }
        Err(refused) => {
            turn.roll_back().await;
            Err(refused)
        }
    }
}

async fn rows(line: &mut Line, asked: &[Asked]) -> Result<Vec<Rows>, Fault> {
    let turn = Turn::begin(line, ONE_MOMENT).await;
    let mut answers = Vec::new();
    for asked in asked {
        let rows = turn.line.rows(asked.columns.arrays, &asked.values).await?;
        let column = |column| {
            let row = rows.first().ok_or(Fault::Inconsistent(NO_ROW))?;
            let read = row.try_get(column).map_err(Fault::Misread);
            read.map(|Numbers(numbers)| numbers)
        };
        let columns = (0..asked.columns.width).map(column);
        answers.push(Rows::of_columns(columns.collect::<Result<_, _>>()?)?);
    }
    turn.roll_back().await;
    Ok(answers)
}

/// A transaction. If whoever has it goes away in the middle, so does the line, and the server undoes it.
struct Turn<'l> {
    line: &'l mut Line,
    ended: bool,
}

impl<'l> Turn<'l> {
    async fn begin(line: &'l mut Line, words: &'static str) -> Self {
        let turn = Self { line, ended: false };
        turn.line.begin(words).await;
        turn
    }

    async fn commit(mut self) -> Result<(), Refused> {
        let kept = self.line.commit().await;
        match kept {
            Ok(()) => self.ended = true,
            Err(_) => self.undo().await,
        }
        kept
    }

    async fn roll_back(mut self) {
        self.undo().await;
    }

    async fn undo(&mut self) {
        match self.line.roll_back().await {
            Ok(()) => self.ended = true,
            Err(error) => tracing::warn!(%error, "the server will undo a transaction by itself"),
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        if !self.ended {
            self.line.cut();
        }
    }
}

async fn take_lease(options: &PgConnectOptions) -> Result<PgConnection, OpenError> {
    let mut connection = PgConnection::connect_with(options).await?;
    for _ in 0..LEASE_TRIES {
        if try_lease(&mut connection).await? {
            return Ok(connection);
        }
        tokio::time::sleep(LEASE_PAUSE).await;
    }
    let name = options.get_database().unwrap_or_default();
    Err(OpenError::InUse(name.to_owned()))
}

async fn try_lease(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    let (taken,) = sqlx::query_as("SELECT pg_try_advisory_lock($1)")
        .bind(LEASE)
        .fetch_one(connection)
        .await?;
    Ok(taken)
}
