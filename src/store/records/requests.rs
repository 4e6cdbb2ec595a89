//! Records of what requesters do, and of what is planned.

use actors::domain::GroupId;
use actors::ports::Record;
use chrono::{DateTime, Utc};

use super::configuration;
use crate::store::engine::Connection;
use crate::store::fault::Refused;
use crate::store::statements::group as sql;
use crate::store::value::values;
use crate::store::{place, recurring, waiting};

/// Keeps a record; answers with the group it made, if it made one.
pub(super) async fn keep(
    connection: &mut Connection<'_>,
    record: &Record,
    at: DateTime<Utc>,
) -> Result<Option<GroupId>, Refused> {
    match record {
        Record::Home {
            person,
            group: home,
        } => {
            let values = values![*person, *home, at];
            connection.send(sql::CHOOSE_HOME, values).await?;
        }
        Record::Waits {
            group,
            waiting: it,
            due,
        } => waiting::keep(connection, *group, it, *due).await?,
        Record::WaitsNoMore { group, id } => waiting::over(connection, *group, *id).await?,
        Record::NewRecurring {
            group,
            rule,
            by,
            due,
        } => recurring::make(connection, *group, rule, *by, (*due, at)).await?,
        Record::RecurringRule {
            recurring: id,
            rule,
        } => recurring::change(connection, *id, rule).await?,
        Record::RecurringDropped { recurring: id } => recurring::drop(connection, *id, at).await?,
        Record::Place { group, name } => place::make(connection, *group, name, at).await?,
        Record::Visited { person, place } => place::visit(connection, *person, *place, at).await?,
        Record::ReportedThere { person } => place::reported(connection, *person).await?,
        other => return configuration::keep(connection, other, at).await,
    }
    Ok(None)
}
