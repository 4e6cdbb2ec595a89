//! The one thread that writes. It takes what waits and commits it together: one fsync for all. Only
//! then is anybody answered. A write that is refused is undone alone.

use std::sync::Arc;
use std::thread;

use async_trait::async_trait;
use rusqlite::Connection as File;
use tokio::sync::{mpsc, oneshot};

use super::direct::Opening;
use super::lease::Lease;
use crate::store::engine::{Connection, Write};
use crate::store::epoch;
use crate::store::fault::{Fault, Refused};

/// How many writes share a transaction: all that a batch from Telegram can ask for, with some of the
/// outbox's. More would keep the first of them waiting for longer than the disk does.
const BATCH: usize = 128;

/// How many writes may wait; whoever comes after waits before the queue. A few batches, so that the
/// next one is full when the disk is ready.
const QUEUE: usize = 4 * BATCH;

/// The way to the writing thread, which ends when this is dropped and all that waits is kept.
pub(super) struct Writer {
    jobs: mpsc::Sender<Box<dyn Job>>,
}

impl Writer {
    /// Starts the thread. It is one of its own because it waits for the disk.
    pub(super) fn start(opening: Opening, lease: Lease, epoch: i64) -> std::io::Result<Self> {
        let (jobs, waiting) = mpsc::channel(QUEUE);
        let task = Task {
            opening,
            connection: None,
            _lease: lease,
            epoch,
        };
        let runtime = tokio::runtime::Handle::current();
        // No actor owns it: it must outlive whoever asked for a write, and ends with the store.
        thread::Builder::new()
            .name("store-writer".to_owned())
            .spawn(move || runtime.block_on(task.run(waiting)))?;
        Ok(Self { jobs })
    }

    /// Keeps a write; answers when it is on disk.
    pub(super) async fn keep<W: Write>(&self, write: W) -> Result<W::Answer, Refused> {
        let (answer, answered) = oneshot::channel();
        let job = Asked {
            write,
            outcome: None,
            answer,
        };
        let stopped = || Refused::from(Fault::WriterStopped);
        self.jobs.send(Box::new(job)).await.map_err(|_| stopped())?;
        answered.await.map_err(|_| stopped())?
    }
}

/// A write of whatever kind.
#[async_trait]
trait Job: Send {
    /// Does it; whether to keep it.
    async fn run(&mut self, connection: &mut Connection<'_>) -> bool;

    /// Tells whoever asked, once the transaction has ended.
    fn answer(self: Box<Self>, transaction: Result<(), Arc<Fault>>);
}

struct Asked<W: Write> {
    write: W,
    outcome: Option<Result<W::Answer, Refused>>,
    answer: oneshot::Sender<Result<W::Answer, Refused>>,
}

#[async_trait]
impl<W: Write> Job for Asked<W> {
    async fn run(&mut self, connection: &mut Connection<'_>) -> bool {
        let outcome = self.write.apply(connection).await;
        let keep = outcome.is_ok();
        self.outcome = Some(outcome);
        keep
    }

    /// A refusal is not told either when the transaction is lost: it may rest on a neighbour's
    /// write that was lost too.
    fn answer(self: Box<Self>, transaction: Result<(), Arc<Fault>>) {
        let told = match (transaction, self.outcome) {
            (Ok(()), Some(outcome)) => outcome,
            (Ok(()), None) => Err(Fault::WriterStopped.into()),
            (Err(cause), _) => Err(Fault::TransactionLost(cause).into()),
        };
        // Whoever asked may have gone; what was kept stays kept.
        drop(self.answer.send(told));
    }
}

struct Task {
    opening: Opening,
    connection: Option<File>,
    _lease: Lease,
    epoch: i64,
}

impl Task {
    async fn run(mut self, mut waiting: mpsc::Receiver<Box<dyn Job>>) {
        let mut batch = Vec::with_capacity(BATCH);
        while waiting.recv_many(&mut batch, BATCH).await > 0 {
            self.keep_and_answer(&mut batch).await;
        }
        if let Some(connection) = self.connection.take()
            && let Err((_, error)) = connection.close()
        {
            tracing::warn!(%error, "the database was not closed in order; nothing is lost");
        }
    }

    async fn keep_and_answer(&mut self, batch: &mut Vec<Box<dyn Job>>) {
        let transaction = self.keep(batch).await.map_err(Arc::new);
        for job in batch.drain(..) {
            job.answer(transaction.clone());
        }
    }

    /// After a failure the connection is given up: what the file says then is what holds, and
    /// nothing of the failed transaction can be committed by a later one.
    async fn keep(&mut self, batch: &mut [Box<dyn Job>]) -> Result<(), Fault> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.opening.open()?,
        };
        let kept = transaction(&mut connection, self.epoch, batch).await;
        match &kept {
            Ok(()) => self.connection = Some(connection),
            Err(error) => {
                tracing::debug!(%error, writes = batch.len(), "a transaction was not kept");
                // The cause is told already, and closing can only repeat it.
                drop(connection.close());
            }
        }
        kept
    }
}

/// Refusals are rare, so first it is tried without savepoints, which cost two statements a write. If
/// one is refused, all is undone and begun again, each write in a savepoint of its own.
async fn transaction(
    connection: &mut File,
    epoch: i64,
    batch: &mut [Box<dyn Job>],
) -> Result<(), Fault> {
    control(connection, "BEGIN IMMEDIATE")?;
    epoch::confirm(&mut Connection::Sqlite(connection), epoch).await?;
    if !together(connection, batch).await {
        control(connection, "ROLLBACK")?;
        if let [_] = batch {
            return Ok(());
        }
        control(connection, "BEGIN IMMEDIATE")?;
        epoch::confirm(&mut Connection::Sqlite(connection), epoch).await?;
        one_by_one(connection, batch).await?;
    }
    control(connection, "COMMIT")?;
    Ok(())
}

/// Runs writes up to the first that is refused; whether there was none.
async fn together(connection: &mut File, batch: &mut [Box<dyn Job>]) -> bool {
    for job in batch {
        if !job.run(&mut Connection::Sqlite(connection)).await {
            return false;
        }
    }
    true
}

async fn one_by_one(connection: &mut File, batch: &mut [Box<dyn Job>]) -> Result<(), Fault> {
    for job in batch {
        control(connection, "SAVEPOINT one")?;
        if !job.run(&mut Connection::Sqlite(connection)).await {
            control(connection, "ROLLBACK TO one")?;
        }
        control(connection, "RELEASE one")?;
    }
    Ok(())
}

fn control(connection: &File, sql: &'static str) -> rusqlite::Result<()> {
    connection.prepare_cached(sql)?.execute([]).map(drop)
}

#[cfg(test)]
mod tests;
