//! What the messenger's limits remember over a restart.

use actors::domain::ChatId;
use actors::ports::{Pace, Rest, SentLately};
use chrono::{DateTime, Utc};

use crate::store::engine::Connection;
use crate::store::fault::Fault;
use crate::store::row::row;
use crate::store::statements::outbox as sql;
use crate::store::text::{moment, parse};
use crate::store::value::values;

/// Stands in the table for all chats: none has that number.
const ALL_CHATS: i64 = 0;

row! {
    struct RowOfSent {
        chat_id: i64,
        sending_at: i64,
        attempts: i64,
        says: String,
    }
}

/// What was sent after that moment, and what rests beyond it.
pub(in crate::store) async fn pace(
    connection: &mut Connection<'_>,
    since: DateTime<Utc>,
) -> Result<Pace, Fault> {
    let rows: Vec<RowOfSent> = connection
        .fetch_all(sql::SENT_LATELY, values![since])
        .await?;
    let sent = rows.into_iter().map(|row| {
        Ok(SentLately {
            chat: ChatId(row.chat_id),
            at: moment(row.sending_at)?,
            attempts: u32::try_from(row.attempts)
                .map_err(|_| Fault::Inconsistent("a count of attempts is out of range"))?,
            says: parse("what is said", &row.says)?,
        })
    });
    let sent = sent.collect::<Result<_, Fault>>()?;
    let rows: Vec<(i64, i64, i64)> = connection.fetch_all(sql::RESTS, values![since]).await?;
    let rests = rows.into_iter().map(|(chat, told_at, until)| {
        Ok(Rest {
            chat: (chat != ALL_CHATS).then_some(ChatId(chat)),
            told_at: moment(told_at)?,
            until: moment(until)?,
        })
    });
    let rests = rests.collect::<Result<_, Fault>>()?;
    Ok(Pace { sent, rests })
}

/// Remembers who wants to be left alone.
pub(super) async fn rest(connection: &mut Connection<'_>, rest: Rest) -> Result<(), Fault> {
    let chat = rest.chat.map_or(ALL_CHATS, |chat| chat.0);
    let values = values![chat, rest.told_at, rest.until];
    connection.send(sql::REST, values).await?;
    Ok(())
}
