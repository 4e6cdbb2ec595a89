//! Reports that wait for their reporter's word.

use actors::domain::{AgendaKind, GroupId, IncidentId};
use actors::ports::Waiting;
use chrono::{DateTime, Utc};

use super::agenda;
use super::engine::Connection;
use super::fault::Fault;
use super::statements::waiting as sql;
use super::text::{json, parse};
use super::value::values;

/// Keeps a report, and puts on the agenda when it has waited enough.
pub(super) async fn keep(
    connection: &mut Connection<'_>,
    group: GroupId,
    waiting: &Waiting,
    due: DateTime<Utc>,
) -> Result<(), Fault> {
    let report = json("a report", &waiting.report)?;
    let values = values![group, waiting.id, report, waiting.like];
    connection.send(sql::KEEP_WAITING, values).await?;
    agenda::put(connection, group, AgendaKind::Draft, waiting.id, Some(due)).await
}

pub(super) async fn over(
    connection: &mut Connection<'_>,
    group: GroupId,
    id: i64,
) -> Result<(), Fault> {
    let values = values![group, id];
    connection.send(sql::DROP_WAITING, values).await?;
    Ok(())
}

pub(super) async fn by_id(
    connection: &mut Connection<'_>,
    group: GroupId,
    id: i64,
) -> Result<Option<Waiting>, Fault> {
    let row: Option<(String, i64)> = connection
        .fetch_optional(sql::WAITING, values![group, id])
        .await?;
    let Some((report, like)) = row else {
        return Ok(None);
    };
    Ok(Some(Waiting {
        id,
        report: parse("a report", &report)?,
        like: IncidentId(like),
    }))
}
