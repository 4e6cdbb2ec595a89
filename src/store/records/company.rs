//! A group that founded a company of its own comes under another one.

use actors::ports::Record;
use chrono::{DateTime, Utc};

use crate::store::engine::Connection;
use crate::store::fault::Refused;
use crate::store::statements::{Statement, company as sql};
use crate::store::value::{Value, values};

/// Moves a group, and clears away what its own company owned. That company stays as a row: whoever
/// remembers its version asks for it once more. Numbers stay without gaps because it never gave one.
pub(super) async fn join(
    connection: &mut Connection<'_>,
    record: &Record,
    at: DateTime<Utc>,
) -> Result<(), Refused> {
    let Record::GroupJoins {
        group,
        own,
        company,
        by,
    } = record
    else {
        return Ok(());
    };
    let all: [(Statement, &[Value]); 3] = [
        (sql::LEAVE_UNUSED, values![*own]),
        (sql::ENTER, values![*company, *by]),
        (sql::MOVE_LAST_GROUP, values![*group, *own, *company]),
    ];
    for (statement, values) in all {
        connection
            .require(statement, values, Refused::Conflict)
            .await?;
    }
    let both = values![*own, *company];
    connection.send(sql::MOVE_REGISTRATIONS, both).await?;
    let retired = values![*own, at];
    connection.send(sql::RETIRE_ALL, retired).await?;
    for statement in [
        sql::DROP_REGISTRATIONS,
        sql::DROP_JOIN_REQUESTS,
        sql::DROP_SCHEDULES,
        sql::DROP_MEMBERS,
        sql::DROP_ROLES,
        sql::DROP_WORDS,
        sql::DROP_MUTES,
    ] {
        connection.send(statement, values![*own]).await?;
    }
    Ok(())
}
