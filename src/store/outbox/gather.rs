//! One message for many late words: when the first of them is about to be sent, those of the same chat
//! that are late like it are taken along, in the same transaction. They stay what they are, and say
//! into which row they went: should that reach nobody, it is known of each of them.

use actors::domain::away::{GATHERED_AT_ONCE, GATHERED_FROM, GATHERING, called, in_messages};
use actors::domain::{Class, OutboxId, Says};
use actors::ports::OutboxRow;
use chrono::{DateTime, Utc};

use super::RowOfOutbox;
use crate::store::engine::Connection;
use crate::store::fault::Fault;
use crate::store::statements::outbox as sql;
use crate::store::text::{json, name};
use crate::store::value::values;

/// The row that is sent for one that is about to be, with the words in it.
pub(super) async fn with_words(
    connection: &mut Connection<'_>,
    row: OutboxRow,
    at: DateTime<Utc>,
) -> Result<OutboxRow, Fault> {
    if matches!(row.says, Says::WhileAway { .. }) {
        let words = rows(connection.fetch_all(sql::GATHERED, values![row.id]).await?)?;
        return Ok(OutboxRow { words, ..row });
    }
    if row.absent_minutes.is_none() || row.doubtful {
        return Ok(row);
    }
    let mut words = like(connection, &row, at).await?;
    if words.len() + 1 < GATHERED_FROM {
        return Ok(row);
    }
    words.insert(0, row.clone());
    let first = told_together(connection, words, at).await?;
    match first {
        Some(first) => Ok(first),
        None => Ok(row),
    }
}

/// Puts words into as few rows as they fit, and begins to send the first of those.
async fn told_together(
    connection: &mut Connection<'_>,
    words: Vec<OutboxRow>,
    at: DateTime<Utc>,
) -> Result<Option<OutboxRow>, Fault> {
    let with_names = words.into_iter().map(|word| {
        let names = match word.chat.is_group() {
            true => names(&word),
            false => Vec::new(),
        };
        (word, names)
    });
    let mut first = None;
    for words in in_messages(with_names.collect()) {
        let Some(id) = told_in_one(connection, &words, at).await? else {
            continue;
        };
        if first.is_none()
            && let Some(sending) = super::sending(connection, id, at).await?
        {
            first = Some(OutboxRow { words, ..sending });
        }
    }
    Ok(first)
}

async fn told_in_one(
    connection: &mut Connection<'_>,
    words: &[OutboxRow],
    at: DateTime<Utc>,
) -> Result<Option<OutboxId>, Fault> {
    let Some(one) = words.first() else {
        return Ok(None);
    };
    let urgent = words.iter().map(|word| word.class).min();
    let minutes = words.iter().filter_map(|word| word.absent_minutes).max();
    let says = Says::WhileAway {
        absent_minutes: minutes.unwrap_or_default(),
    };
    let values = values![
        name("a class of messages", &urgent.unwrap_or(Class::Page))?,
        one.chat,
        one.thread,
        one.person.filter(|_| !one.chat.is_group()),
        one.otherwise.filter(|_| !one.chat.is_group()),
        one.group,
        json("what is said", &says)?,
        at,
    ];
    let (id,): (i64,) = connection.fetch_one(sql::PUT_GATHERED, values).await?;
    for word in words {
        let values = values![word.id, at, id];
        connection.send(sql::GATHER, values).await?;
    }
    Ok(Some(OutboxId(id)))
}

/// What else is late in that chat and may go now, or will in a moment.
async fn like(
    connection: &mut Connection<'_>,
    row: &OutboxRow,
    at: DateTime<Utc>,
) -> Result<Vec<OutboxRow>, Fault> {
    let limit = i64::try_from(GATHERED_AT_ONCE).unwrap_or(i64::MAX);
    let values = values![row.chat, at + GATHERING, limit];
    let found = rows(connection.fetch_all(sql::LATE_IN, values).await?)?;
    let is_like = |word: &OutboxRow| {
        let way_out = |row: &OutboxRow| row.otherwise.filter(|_| !row.chat.is_group());
        (word.group, word.thread) == (row.group, row.thread) && way_out(word) == way_out(row)
    };
    Ok(found.into_iter().filter(is_like).collect())
}

/// Whom a word names in the group.
fn names(word: &OutboxRow) -> Vec<actors::domain::PersonId> {
    let hearers = word.person.iter().chain(&word.also);
    hearers.chain(called(&word.says)).copied().collect()
}

fn rows(found: Vec<RowOfOutbox>) -> Result<Vec<OutboxRow>, Fault> {
    found.into_iter().map(OutboxRow::try_from).collect()
}
