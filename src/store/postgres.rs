//! PostgreSQL: a pool, one transaction per write, and a lock that keeps a second process out.
//!
//! Writes run side by side in READ COMMITTED. What makes that right is in the statements: an
//! incident changes only on the version it was decided on, and a number is given under the lock of
//! its company's row.

mod numbers;

use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgPool, PgPoolOptions, Postgres};
use sqlx::{ConnectOptions, Connection as _, Row as _};
use tokio::sync::Mutex;
use tokio::time::timeout;

use self::numbers::Numbers;
use super::OpenError;
use super::columns::{Asked, Rows};
use super::engine::{Connection, Write};
use super::epoch;
use super::fault::{Fault, Refused};
use super::statements::Statement;
use super::value::Value;
use super::{schema, statements};

/// Enough for a burst of writes to share the server's fsyncs, and few beside a server's usual
/// limit of 100.
const CONNECTIONS: u32 = 16;

/// How long anything may wait for one of them: longer means that the server is away.
const CONNECTION_TIMEOUT: Duration = Duration::from_secs(10);

/// How long after it was used a connection is believed to live; then it is asked before it is used
/// again, which takes as long as a statement.
const TRUSTED_FOR: Duration = Duration::from_secs(1);

/// Room for every statement of the store, so that none is planned twice.
const STATEMENT_CACHE: usize = 256;

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
    pool: PgPool,
    /// None where the store was opened to look only.
    tenure: Option<Tenure>,
}

/// The right to be the only process on a database.
struct Tenure {
    /// Holds the lock as long as it lives.
    lease: Mutex<PgConnection>,
    epoch: i64,
}

/// A connection that only looks, beside whoever writes.
pub(super) async fn look(url: &str) -> Result<PgConnection, OpenError> {
    Ok(PgConnection::connect_with(&options(url)?).await?)
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
        .statement_cache_capacity(STATEMENT_CACHE)
        .disable_statement_logging();
    Ok(options)
}

impl PostgresEngine {
    /// Opens the database, migrating it as needed.
    pub(super) async fn open(url: &str) -> Result<Self, OpenError> {
        let options = options(url)?;
        let mut lease = take_lease(&options).await?;
        MIGRATIONS.run(&mut lease).await?;
        // On this connection, because a statement prepared without values is of no use to others.
        for statement in statements::all().chain(statements::arrays()) {
            Connection::Postgres(&mut lease).prepare(statement).await?;
        }
        let mut turn = lease.begin_with(BEGIN_TO_TAKE_OVER).await?;
        let epoch = epoch::take_over(&mut Connection::Postgres(&mut turn)).await?;
        turn.commit().await?;
        Ok(Self {
            pool: pool(options),
            tenure: Some(Tenure {
                lease: Mutex::new(lease),
                epoch,
            }),
        })
    }

    /// Only to look, beside whoever writes.
    pub(super) async fn look(url: &str) -> Result<Self, OpenError> {
        let mut connection = look(url).await?;
        schema::confirm(&mut Connection::Postgres(&mut connection), &MIGRATIONS).await?;
        connection.close().await?;
        Ok(Self {
            pool: pool(options(url)?),
            tenure: None,
        })
    }

    pub(super) async fn reader(&self) -> Result<PoolConnection<Postgres>, Fault> {
        Ok(self.pool.acquire().await?)
    }

    /// All of one moment, each answer as one row of arrays.
    pub(super) async fn rows(&self, asked: &[Asked]) -> Result<Vec<Rows>, Fault> {
        let mut pooled = self.pool.acquire().await?;
        let read = timeout(ANSWER_TIMEOUT, rows(&mut pooled, asked)).await;
        read.unwrap_or_else(|_| {
            cut_off(pooled);
            Err(Fault::Silent)
        })
    }

    /// Long texts, many of them.
    pub(super) async fn texts(
        &self,
        statement: Statement,
        values: &[Value],
    ) -> Result<Vec<(String,)>, Fault> {
        let mut pooled = self.pool.acquire().await?;
        let mut connection = Connection::Postgres(&mut pooled);
        let asked = connection.fetch_all(statement, values);
        let read = timeout(ANSWER_TIMEOUT, asked).await;
        read.unwrap_or_else(|_| {
            cut_off(pooled);
            Err(Fault::Silent)
        })
    }

    /// Whether the lock is still ours: the server drops it with its connection, for instance when it
    /// restarts. It is taken anew then, unless another process was faster.
    pub(super) async fn confirm_lease(&self) -> Result<(), Fault> {
        let Some(tenure) = &self.tenure else {
            return Ok(());
        };
        let mut lease = tenure.lease.lock().await;
        if timeout(ANSWER_TIMEOUT, lease.ping())
            .await
            .is_ok_and(|pinged| pinged.is_ok())
        {
            return Ok(());
        }
        let options = self.pool.connect_options();
        let anew = async {
            let mut connection = PgConnection::connect_with(&options).await?;
            let taken = try_lease(&mut connection).await?;
            Ok::<_, sqlx::Error>(taken.then_some(connection))
        };
        let anew = timeout(ANSWER_TIMEOUT, anew).await;
        *lease = anew.map_err(|_| Fault::Silent)??.ok_or(Fault::TakenOver)?;
        Ok(())
    }

    pub(super) async fn write<W: Write>(&self, write: W) -> Result<W::Answer, Refused> {
        let tenure = self.tenure.as_ref().ok_or(Fault::ReadOnly)?;
        let mut tries = 1;
        loop {
            match self.try_write(&write, tenure.epoch).await {
                Err(Refused::Fault(Fault::Database(error)))
                    if tries < TRIES && gave_way(&error) =>
                {
                    tries += 1;
                }
                ended => return ended,
            }
        }
    }

    async fn try_write<W: Write>(&self, write: &W, epoch: i64) -> Result<W::Answer, Refused> {
        let mut pooled = self.pool.acquire().await.map_err(Fault::from)?;
        let written = timeout(ANSWER_TIMEOUT, transact(&mut pooled, write, epoch)).await;
        written.unwrap_or_else(|_| {
            cut_off(pooled);
            Err(Fault::Silent.into())
        })
    }
}

fn pool(options: PgConnectOptions) -> PgPool {
    PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(CONNECTION_TIMEOUT)
        .test_before_acquire(false)
        .before_acquire(|connection, there| {
            Box::pin(async move {
                if there.idle_for >= TRUSTED_FOR {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_lazy_with(options)
}

async fn transact<W: Write>(
    pooled: &mut PgConnection,
    write: &W,
    epoch: i64,
) -> Result<W::Answer, Refused> {
    let begun = pooled.begin_with(BEGIN_TO_WRITE).await;
    let mut transaction = begun.map_err(Fault::from)?;
    let connection = &mut Connection::Postgres(&mut transaction);
    epoch::confirm(connection, epoch).await?;
    match write.apply(connection).await {
        Ok(answer) => {
            transaction.commit().await.map_err(Fault::from)?;
            Ok(answer)
        }
        Err(refused) => {
            if let Err(error) = transaction.rollback().await {
                tracing::warn!(%error, "the server will undo a transaction by itself");
            }
            Err(refused)
        }
    }
}

async fn rows(connection: &mut PgConnection, asked: &[Asked]) -> Result<Vec<Rows>, Fault> {
    let mut moment = connection.begin_with(ONE_MOMENT).await?;
    let mut answers = Vec::new();
    for asked in asked {
        let query = sqlx::query(asked.columns.arrays.sql());
        let values = asked.values.iter();
        let query = values.fold(query, |query, value| match value {
            Value::Number(number) => query.bind(*number),
            Value::Text(text) => query.bind(text.as_deref()),
        });
        let row = query.fetch_one(&mut *moment).await?;
        let column = |column| row.try_get(column).map(|Numbers(numbers)| numbers);
        let columns = (0..asked.columns.width).map(column);
        answers.push(Rows::of_columns(columns.collect::<Result<_, _>>()?)?);
    }
    moment.commit().await?;
    Ok(answers)
}

/// Gives a connection up at once. In the pool it would be asked whether it still lives.
pub(super) fn cut_off(pooled: PoolConnection<Postgres>) {
    drop(pooled.detach());
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

/// Whether the server undid a transaction because of another one: serialization failure, deadlock,
/// or a row that both were about to make.
fn gave_way(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code());
    matches!(code.as_deref(), Some("40001" | "40P01" | "23505"))
}
