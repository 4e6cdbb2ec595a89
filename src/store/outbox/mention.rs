//! One message for several people: those who cannot be reached in private are mentioned in the
//! group, and where they are told the same, together. A group takes twenty messages a minute.

use actors::domain::notice::NAMES_PER_MESSAGE;
use actors::domain::{ChatId, IncidentId, OutboxId, PersonId, ThreadId};
use chrono::{DateTime, Utc};

use crate::store::engine::Connection;
use crate::store::fault::Fault;
use crate::store::statements::outbox as sql;
use crate::store::text::{json, parse};
use crate::store::value::values;

/// The row that no row has.
const NO_ROW: OutboxId = OutboxId(0);

/// What is to be said, and where: only who hears it may differ.
pub(super) struct Shared<'a> {
    /// The row that says it now, if there is one.
    pub(super) row: Option<OutboxId>,
    pub(super) chat: ChatId,
    pub(super) thread: Option<ThreadId>,
    pub(super) incident: Option<IncidentId>,
    pub(super) class: &'a str,
    pub(super) says: &'a str,
    pub(super) at: DateTime<Utc>,
}

/// Who else hears a row, as it is stored.
pub(in crate::store) fn read(also: Option<&str>) -> Result<Vec<PersonId>, Fault> {
    also.map_or(Ok(Vec::new()), |also| parse("who else hears it", also))
}

/// Adds people to a row that waits to say the same; answers whether there was one with room.
pub(super) async fn join(
    connection: &mut Connection<'_>,
    shared: &Shared<'_>,
    people: &[PersonId],
) -> Result<bool, Fault> {
    let values = values![
        shared.chat,
        shared.class,
        shared.at,
        shared.says,
        shared.row.unwrap_or(NO_ROW),
        shared.incident,
        shared.thread,
    ];
    let rows: Vec<(i64, i64, Option<String>)> =
        connection.fetch_all(sql::SAME_WORDS, values).await?;
    for (id, person, also) in rows {
        let mut also = read(also.as_deref())?;
        if also.len() + 1 + people.len() > NAMES_PER_MESSAGE {
            continue;
        }
        let more = people.iter().filter(|more| more.0 != person);
        also.extend(more);
        let values = values![id, json("who else hears it", &also)?];
        if connection.execute(sql::SAY_TO_MORE, values).await? > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}
