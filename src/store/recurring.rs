//! Work that comes again.

use actors::domain::recurring::{Recurring, Rule};
use actors::domain::{AgendaKind, GroupId, IncidentId, PersonId, RecurringId};
use chrono::{DateTime, Utc};

use super::agenda;
use super::engine::Connection;
use super::fault::Fault;
use super::row::row;
use super::statements::recurring as sql;
use super::text::{json, parse};
use super::value::values;

row! {
    struct RecurringRow {
        id: i64,
        group_id: i64,
        rule: String,
        made_by: i64,
        last_incident_id: Option<i64>,
    }
}

impl TryFrom<RecurringRow> for Recurring {
    type Error = Fault;

    fn try_from(row: RecurringRow) -> Result<Self, Fault> {
        Ok(Self {
            id: RecurringId(row.id),
            group: GroupId(row.group_id),
            rule: parse("a rule of planned work", &row.rule)?,
            by: PersonId(row.made_by),
            last: row.last_incident_id.map(IncidentId),
        })
    }
}

/// Keeps a rule, and puts it on the agenda.
pub(super) async fn make(
    connection: &mut Connection<'_>,
    group: GroupId,
    rule: &Rule,
    by: PersonId,
    (due, at): (DateTime<Utc>, DateTime<Utc>),
) -> Result<(), Fault> {
    let values = values![group, json("a rule of planned work", rule)?, by, at];
    let (id,): (i64,) = connection.fetch_one(sql::MAKE_RECURRING, values).await?;
    agenda::put(connection, group, AgendaKind::Recurring, id, Some(due)).await
}

pub(super) async fn change(
    connection: &mut Connection<'_>,
    id: RecurringId,
    rule: &Rule,
) -> Result<(), Fault> {
    let values = values![id, json("a rule of planned work", rule)?];
    connection.send(sql::SET_RULE, values).await?;
    Ok(())
}

pub(super) async fn drop(
    connection: &mut Connection<'_>,
    id: RecurringId,
    at: DateTime<Utc>,
) -> Result<(), Fault> {
    let values = values![id, at];
    connection.send(sql::DROP_RECURRING, values).await?;
    Ok(())
}

/// Notes what came of it.
pub(super) async fn came(
    connection: &mut Connection<'_>,
    id: RecurringId,
    incident: IncidentId,
) -> Result<(), Fault> {
    let values = values![id, incident];
    connection.send(sql::NOTE_LAST, values).await?;
    Ok(())
}

pub(super) async fn by_id(
    connection: &mut Connection<'_>,
    id: RecurringId,
) -> Result<Option<Recurring>, Fault> {
    let row: Option<RecurringRow> = connection
        .fetch_optional(sql::RECURRING, values![id])
        .await?;
    row.map(Recurring::try_from).transpose()
}

pub(super) async fn of_group(
    connection: &mut Connection<'_>,
    group: GroupId,
) -> Result<Vec<Recurring>, Fault> {
    let rows: Vec<RecurringRow> = connection
        .fetch_all(sql::RECURRING_OF_GROUP, values![group])
        .await?;
    rows.into_iter().map(Recurring::try_from).collect()
}
