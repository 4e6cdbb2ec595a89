//! What the desk remembers about its own running: updates that have their verdict, updates put
//! aside, and how each run ended.

use actors::domain::UpdateId;
use actors::ports::{Backlog, LastRun, RunEnd};
use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::dashboard;
use super::engine::{Connection, Write};
use super::fault::{Fault, Refused};
use super::statements::{Statement, duty, incident, outbox, place, run as sql};
use super::text::moment;
use super::value::values;

pub(super) async fn handled(
    connection: &mut Connection<'_>,
    update: UpdateId,
) -> Result<bool, Fault> {
    let row: Option<(i64,)> = connection
        .fetch_optional(sql::HANDLED, values![update])
        .await?;
    Ok(row.is_some())
}

/// What waits at this moment.
pub(super) async fn backlog(
    connection: &mut Connection<'_>,
    now: DateTime<Utc>,
) -> Result<Backlog, Fault> {
    type Waiting = (i64, i64, i64, Option<i64>, i64);
    let (open, overdue, unsent, oldest, unassessed): Waiting =
        connection.fetch_one(sql::BACKLOG, values![now]).await?;
    let small = |count: i64| {
        u32::try_from(count).map_err(|_| Fault::Inconsistent("a count is out of range"))
    };
    Ok(Backlog {
        open: small(open)?,
        overdue: small(overdue)?,
        unsent: small(unsent)?,
        oldest_unsent: oldest.map(moment).transpose()?,
        unassessed: small(unassessed)?,
    })
}

/// An update that failed again and again. Being put aside is its verdict: should it come once more,
/// it is not tried again.
pub(super) struct SetAside {
    pub(super) update: UpdateId,
    pub(super) raw: String,
    pub(super) cause: String,
    pub(super) at: DateTime<Utc>,
}

#[async_trait]
impl Write for SetAside {
    type Answer = ();

    async fn apply(&self, connection: &mut Connection<'_>) -> Result<(), Refused> {
        let aside = values![self.update, &self.raw, &self.cause, self.at];
        connection.send(sql::SET_ASIDE, aside).await?;
        let handled = values![self.update, self.at];
        connection.send(sql::HANDLE, handled).await?;
        Ok(())
    }
}

/// The desk runs from now on.
pub(super) struct BeginRun(pub(super) DateTime<Utc>);

#[async_trait]
impl Write for BeginRun {
    type Answer = LastRun;

    async fn apply(&self, connection: &mut Connection<'_>) -> Result<LastRun, Refused> {
        let last: Option<(i64, Option<i64>)> =
            connection.fetch_optional(sql::LAST_RUN, values![]).await?;
        connection.send(sql::BEGIN, values![self.0]).await?;
        let (end, last_seen) = match last {
            None => (RunEnd::FirstRun, None),
            Some((seen, None)) => (RunEnd::Crashed, Some(moment(seen)?)),
            Some((_, Some(ended))) => (RunEnd::Stopped, Some(moment(ended)?)),
        };
        Ok(LastRun { end, last_seen })
    }
}

/// The desk still runs.
pub(super) struct Heartbeat(pub(super) DateTime<Utc>);

#[async_trait]
impl Write for Heartbeat {
    type Answer = ();

    async fn apply(&self, connection: &mut Connection<'_>) -> Result<(), Refused> {
        note(connection, sql::HEARTBEAT, self.0).await
    }
}

/// The desk stops by its own will.
pub(super) struct EndRun(pub(super) DateTime<Utc>);

#[async_trait]
impl Write for EndRun {
    type Answer = ();

    async fn apply(&self, connection: &mut Connection<'_>) -> Result<(), Refused> {
        note(connection, sql::END, self.0).await
    }
}

/// Notes something of the run that was begun.
async fn note(
    connection: &mut Connection<'_>,
    statement: Statement,
    at: DateTime<Utc>,
) -> Result<(), Refused> {
    let none = Fault::Inconsistent("no run was begun").into();
    connection.require(statement, values![at], none).await
}

/// What came before that moment is no longer needed.
pub(super) struct Prune(pub(super) DateTime<Utc>);

#[async_trait]
impl Write for Prune {
    type Answer = ();

    async fn apply(&self, connection: &mut Connection<'_>) -> Result<(), Refused> {
        connection.send(sql::PRUNE_HANDLED, values![self.0]).await?;
        connection
            .send(incident::PRUNE_ALBUMS, values![self.0])
            .await?;
        connection
            .send(outbox::PRUNE_RESTS, values![self.0])
            .await?;
        connection.send(duty::PRUNE_WORDS, values![self.0]).await?;
        connection
            .send(place::PRUNE_VISITS, values![self.0])
            .await?;
        dashboard::prune(connection, self.0).await?;
        Ok(())
    }
}
