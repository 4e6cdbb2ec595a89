//! Reading incidents, and what is derived from them. Writing them is `commit`'s alone.

use actors::domain::id::MessageRef;
use actors::domain::notice::ListOf;
use actors::domain::{
    ChatId, CompanyId, GroupId, Incident, IncidentId, IncidentNumber, MessageId, Photo, Recorded,
    ThreadId,
};
use actors::ports::Card;
use chrono::{DateTime, Utc};

use super::engine::Connection;
use super::fault::Fault;
use super::statements::{Statement, incident as sql};
use super::text::{moment, parse};
use super::value::{Value, values};

fn incident(body: &str) -> Result<Incident, Fault> {
    parse("an incident", body)
}

async fn one(
    connection: &mut Connection<'_>,
    statement: Statement,
    values: &[Value],
) -> Result<Option<Incident>, Fault> {
    let row: Option<(String,)> = connection.fetch_optional(statement, values).await?;
    row.map(|(body,)| incident(&body)).transpose()
}

pub(super) async fn many(
    connection: &mut Connection<'_>,
    statement: Statement,
    values: &[Value],
) -> Result<Vec<Incident>, Fault> {
    let rows: Vec<(String,)> = connection.fetch_all(statement, values).await?;
    rows.iter().map(|(body,)| incident(body)).collect()
}

pub(super) async fn by_id(
    connection: &mut Connection<'_>,
    id: IncidentId,
) -> Result<Option<Incident>, Fault> {
    one(connection, sql::INCIDENT, values![id]).await
}

pub(super) async fn numbered(
    connection: &mut Connection<'_>,
    company: CompanyId,
    number: IncidentNumber,
) -> Result<Option<Incident>, Fault> {
    one(connection, sql::INCIDENT_NUMBERED, values![company, number]).await
}

pub(super) async fn made_from(
    connection: &mut Connection<'_>,
    origin: MessageRef,
) -> Result<Option<Incident>, Fault> {
    let message = values![origin.chat, origin.message];
    one(connection, sql::INCIDENT_FROM, message).await
}

pub(super) async fn made_from_album(
    connection: &mut Connection<'_>,
    chat: ChatId,
    album: &str,
) -> Result<Option<Incident>, Fault> {
    one(connection, sql::INCIDENT_FROM_ALBUM, values![chat, album]).await
}

pub(super) async fn album(
    connection: &mut Connection<'_>,
    chat: ChatId,
    album: &str,
) -> Result<Vec<Photo>, Fault> {
    let rows: Vec<(String,)> = connection
        .fetch_all(sql::ALBUM, values![chat, album])
        .await?;
    Ok(rows.into_iter().map(|(photo,)| Photo(photo)).collect())
}

pub(super) async fn recent(
    connection: &mut Connection<'_>,
    group: GroupId,
    limit: u32,
) -> Result<Vec<Incident>, Fault> {
    many(connection, sql::RECENT, values![group, i64::from(limit)]).await
}

pub(super) async fn open_count(connection: &mut Connection<'_>) -> Result<u32, Fault> {
    count(connection, sql::COUNT_ALL_OPEN, values![]).await
}

pub(super) async fn open_after(
    connection: &mut Connection<'_>,
    (company, number): (CompanyId, IncidentNumber),
    limit: u32,
) -> Result<Vec<Incident>, Fault> {
    let values = values![company, number, i64::from(limit)];
    let rows: Vec<(String,)> = connection.fetch_all(sql::OPEN_AFTER, values).await?;
    let read = rows.iter().map(|(body,)| incident(body));
    // One that cannot be read must not hide those after it.
    let readable = read.filter_map(|read| {
        read.inspect_err(|error| {
            tracing::error!(
                error = error as &dyn std::error::Error,
                "an open incident cannot be read"
            );
        })
        .ok()
    });
    Ok(readable.collect())
}

/// A page of a list, and how many there are in all.
pub(super) async fn list(
    connection: &mut Connection<'_>,
    group: GroupId,
    of: ListOf,
    offset: u32,
    limit: u32,
) -> Result<(Vec<Incident>, u32), Fault> {
    let page = Page {
        group,
        offset: i64::from(offset),
        limit: i64::from(limit),
    };
    match of {
        ListOf::Mine(person) => {
            let (list, all) = (sql::LIST_MINE, sql::COUNT_MINE);
            page.of(connection, person.into(), list, all).await
        }
        ListOf::Open(None) => {
            let values = values![group, page.limit, page.offset];
            let found = many(connection, sql::LIST_OPEN, values).await?;
            let all = count(connection, sql::COUNT_OPEN, values![group]).await?;
            Ok((found, all))
        }
        ListOf::Open(Some(department)) => {
            let (list, all) = (sql::LIST_OPEN_IN, sql::COUNT_OPEN_IN);
            page.of(connection, department.into(), list, all).await
        }
        ListOf::Unclaimed(department) => {
            let (list, all) = (sql::LIST_UNCLAIMED, sql::COUNT_UNCLAIMED);
            page.of(connection, department.into(), list, all).await
        }
        ListOf::Owned(person) => {
            let (list, all) = (sql::LIST_OWNED, sql::COUNT_OWNED);
            page.of(connection, person.into(), list, all).await
        }
    }
}

/// A page of a group's list.
struct Page {
    group: GroupId,
    offset: i64,
    limit: i64,
}

impl Page {
    /// What is on it, and how many there are in all, of those that a value tells apart.
    async fn of(
        &self,
        connection: &mut Connection<'_>,
        value: Value,
        list: Statement,
        all: Statement,
    ) -> Result<(Vec<Incident>, u32), Fault> {
        let page = [
            self.group.into(),
            value.clone(),
            self.limit.into(),
            self.offset.into(),
        ];
        let found = many(connection, list, &page).await?;
        Ok((
            found,
            count(connection, all, &[self.group.into(), value]).await?,
        ))
    }
}

pub(super) async fn count(
    connection: &mut Connection<'_>,
    statement: Statement,
    values: &[Value],
) -> Result<u32, Fault> {
    let (count,): (i64,) = connection.fetch_one(statement, values).await?;
    u32::try_from(count).map_err(|_| Fault::Inconsistent("a count is out of range"))
}

pub(super) async fn events(
    connection: &mut Connection<'_>,
    id: IncidentId,
) -> Result<Vec<Recorded>, Fault> {
    let rows: Vec<(String,)> = connection.fetch_all(sql::EVENTS, values![id]).await?;
    rows.iter().map(|(body,)| parse("an event", body)).collect()
}

pub(super) async fn card(
    connection: &mut Connection<'_>,
    id: IncidentId,
) -> Result<Option<Card>, Fault> {
    let row: Option<(i64, Option<i64>, i64)> =
        connection.fetch_optional(sql::CARD, values![id]).await?;
    Ok(row.map(|(chat, thread, message)| Card {
        message: MessageRef {
            chat: ChatId(chat),
            message: MessageId(message),
        },
        thread: thread.map(ThreadId),
    }))
}

pub(super) async fn due(
    connection: &mut Connection<'_>,
    now: DateTime<Utc>,
    limit: u32,
) -> Result<Vec<(IncidentId, GroupId)>, Fault> {
    let values = values![now, i64::from(limit)];
    let rows: Vec<(i64, i64)> = connection.fetch_all(sql::DUE, values).await?;
    Ok(rows
        .into_iter()
        .map(|(incident, group)| (IncidentId(incident), GroupId(group)))
        .collect())
}

pub(super) async fn next_due(
    connection: &mut Connection<'_>,
) -> Result<Option<DateTime<Utc>>, Fault> {
    let (due,): (Option<i64>,) = connection.fetch_one(sql::NEXT_DUE, values![]).await?;
    due.map(moment).transpose()
}
