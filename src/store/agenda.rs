//! What groups wait for.

use actors::domain::{AgendaItem, AgendaKind, ChatId, GroupId};
use chrono::{DateTime, Utc};

use super::engine::Connection;
use super::fault::Fault;
use super::statements::agenda as sql;
use super::text::{moment, name, named};
use super::value::values;

/// Puts an item on a group's agenda, moves it, or takes it off.
pub(super) async fn put(
    connection: &mut Connection<'_>,
    group: GroupId,
    kind: AgendaKind,
    subject: i64,
    due: Option<DateTime<Utc>>,
) -> Result<(), Fault> {
    let kind = name("an item of an agenda", &kind)?;
    let (statement, values) = match due {
        Some(due) => (sql::SET_AGENDA, values![group, kind, subject, due].to_vec()),
        None => (sql::DROP_AGENDA, values![group, kind, subject].to_vec()),
    };
    connection.send(statement, &values).await?;
    Ok(())
}

pub(super) async fn due(
    connection: &mut Connection<'_>,
    now: DateTime<Utc>,
    limit: u32,
) -> Result<Vec<ChatId>, Fault> {
    let values = values![now, i64::from(limit)];
    let rows: Vec<(i64,)> = connection.fetch_all(sql::AGENDA_DUE, values).await?;
    Ok(rows.into_iter().map(|(chat,)| ChatId(chat)).collect())
}

pub(super) async fn of_group(
    connection: &mut Connection<'_>,
    group: GroupId,
    now: DateTime<Utc>,
    limit: u32,
) -> Result<Vec<AgendaItem>, Fault> {
    let values = values![group, now, i64::from(limit)];
    let rows: Vec<(String, i64, i64)> = connection.fetch_all(sql::AGENDA, values).await?;
    let item = |(kind, subject, due): (String, i64, i64)| {
        Ok(AgendaItem {
            kind: named("an item of an agenda", &kind)?,
            subject,
            due: moment(due)?,
        })
    };
    rows.into_iter().map(item).collect()
}
