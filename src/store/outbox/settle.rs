//! How sending a row ended, and what a crash left behind.

use actors::domain::{ChatId, MessageId, OutboxId, PersonId, Says, ThreadId};
use actors::ports::{OutboxRow, Recovered, Settled};
use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::store::engine::{Connection, Write};
use crate::store::escalation;
use crate::store::fault::{Fault, Refused};
use crate::store::records;
use crate::store::statements::{Statement, incident as incident_sql, outbox as sql};
use crate::store::text::{json, name};
use crate::store::value::values;

use super::{mention, pace};

/// How the sending of a row ended. Settling one that has ended already changes nothing.
pub(in crate::store) struct Settle {
    pub(in crate::store) row: OutboxRow,
    pub(in crate::store) settled: Settled,
    pub(in crate::store) at: DateTime<Utc>,
}

#[async_trait]
impl Write for Settle {
    type Answer = ();

    async fn apply(&self, connection: &mut Connection<'_>) -> Result<(), Refused> {
        let (id, at) = (self.row.id, self.at);
        match &self.settled {
            Settled::Sent { message } => self.sent(connection, *message).await?,
            Settled::Retry {
                not_before,
                doubtful,
                rest,
                reason,
            } => {
                take_newer_words(connection, id).await?;
                let values = values![id, *not_before, *doubtful, reason];
                connection.send(sql::RETRY, values).await?;
                if let Some(rest) = rest {
                    pace::rest(connection, *rest).await?;
                }
            }
            Settled::Redirect { .. } if !self.row.words.is_empty() => {
                self.scattered(connection).await?;
            }
            Settled::Redirect {
                chat,
                thread,
                unreachable,
                reason,
            } => {
                let to = (*chat, *thread);
                self.redirected(connection, to, *unreachable, reason)
                    .await?;
            }
            Settled::Repost { reason } => {
                self.forget_card(connection).await?;
                // A pin has nothing to send: waiting again it would come before the new card, find
                // nothing to pin, and be the pin that the new card then lacks.
                if self.row.says == Says::Pin {
                    let values = values![id, at, reason];
                    connection.send(sql::DEAD, values).await?;
                } else {
                    take_newer_words(connection, id).await?;
                    let values = values![id, reason];
                    connection.send(sql::WAIT_AGAIN, values).await?;
                }
            }
            Settled::Migrated { to } => {
                take_newer_words(connection, id).await?;
                records::move_chat(connection, self.row.chat, *to).await?;
                let reason = "the chat has another number";
                connection
                    .send(sql::WAIT_AGAIN, values![id, reason])
                    .await?;
            }
            Settled::Moot { reason } => self.ended(connection, sql::NOT_SAID, reason).await?,
            Settled::Dead { reason } => {
                self.ended(connection, sql::DEAD, reason).await?;
                self.unheard(connection).await?;
            }
        }
        Ok(())
    }
}

impl Settle {
    async fn ended(
        &self,
        connection: &mut Connection<'_>,
        how: Statement,
        reason: &str,
    ) -> Result<(), Fault> {
        let values = values![self.row.id, self.at, reason];
        connection.send(how, values).await
    }

    /// Said elsewhere, by itself or with the same to others.
    async fn redirected(
        &self,
        connection: &mut Connection<'_>,
        (chat, thread): (ChatId, Option<ThreadId>),
        unreachable: bool,
        reason: &str,
    ) -> Result<(), Fault> {
        let id = self.row.id;
        if !self.elsewhere(connection, chat, thread).await? {
            take_newer_words(connection, id).await?;
            let values = values![id, chat, thread, reason];
            connection.send(sql::REDIRECT, values).await?;
        }
        if let Some(person) = self.row.person.filter(|_| unreachable) {
            records::set_reachable(connection, person, false, self.at).await?;
        }
        self.unheard(connection).await
    }

    /// Words that were gathered for somebody who is not reached go by themselves where that one is
    /// mentioned, and are gathered there with what others are told.
    async fn scattered(&self, connection: &mut Connection<'_>) -> Result<(), Refused> {
        for word in &self.row.words {
            let values = values![word.id, self.row.id];
            if connection.execute(sql::SCATTER, values).await? > 0 {
                let settled = Self {
                    row: word.clone(),
                    settled: self.settled.clone(),
                    at: self.at,
                };
                settled.apply(connection).await?;
            }
        }
        let reason = "its words go where the person is mentioned";
        Ok(self.ended(connection, sql::NOT_SAID, reason).await?)
    }

    /// Of who is called and is not reached, the incident is to know.
    async fn unheard(&self, connection: &mut Connection<'_>) -> Result<(), Fault> {
        for row in std::iter::once(&self.row).chain(&self.row.words) {
            let people = row.person.iter().chain(&row.also);
            if let (Says::Escalated { .. }, Some(incident)) = (&row.says, row.incident) {
                for person in people {
                    escalation::note_unheard(connection, incident, *person, self.at).await?;
                }
            }
        }
        Ok(())
    }

    /// The message of a pin is the card's own: what stands in it is what the card says.
    async fn sent(
        &self,
        connection: &mut Connection<'_>,
        message: Option<MessageId>,
    ) -> Result<(), Fault> {
        let row = &self.row;
        let message = match row.says {
            Says::Pin | Says::Unpin => None,
            _ => message.or(row.edit),
        };
        let values = values![row.id, self.at, message];
        let first_time = connection.execute(sql::SENT, values).await? > 0;
        if let (true, Says::Card { .. }, None, Some(incident), Some(message)) =
            (first_time, &row.says, row.edit, row.incident, message)
        {
            let card = values![incident, row.chat, row.thread, message];
            connection.send(incident_sql::KEEP_CARD, card).await?;
        }
        Ok(())
    }

    /// Whether another row, which says the same in that chat, can say it to this row's people too.
    async fn elsewhere(
        &self,
        connection: &mut Connection<'_>,
        chat: ChatId,
        thread: Option<ThreadId>,
    ) -> Result<bool, Fault> {
        let row = &self.row;
        let (class, says) = (
            name("a class of messages", &row.class)?,
            json("what is said", &row.says)?,
        );
        let otherwise: Option<(Option<i64>,)> = connection
            .fetch_optional(sql::OTHERWISE_THREAD, values![row.id])
            .await?;
        let otherwise = otherwise.and_then(|(thread,)| thread).map(ThreadId);
        let shared = mention::Shared {
            row: Some(row.id),
            chat,
            thread: thread.or(otherwise),
            incident: row.incident,
            class: &class,
            says: &says,
            at: row.created_at,
        };
        let people: Vec<PersonId> = row.person.iter().chain(&row.also).copied().collect();
        let joined = mention::join(connection, &shared, &people).await?;
        if joined {
            let reason = "said in one message with the same to others";
            let values = values![row.id, self.at, reason];
            connection.send(sql::NOT_SAID, values).await?;
        }
        Ok(joined)
    }

    async fn forget_card(&self, connection: &mut Connection<'_>) -> Result<(), Fault> {
        let row = &self.row;
        match (row.edit, row.incident) {
            (Some(message), _) => {
                let values = values![row.chat, message];
                connection
                    .send(incident_sql::FORGET_CARD_IN, values)
                    .await?;
            }
            (None, Some(incident)) => {
                let values = values![incident, row.chat];
                connection.send(incident_sql::FORGET_CARD, values).await?;
            }
            (None, None) => {}
        }
        Ok(())
    }
}

/// A row that waits again takes the place of a newer one of its key, and that one's words.
async fn take_newer_words(connection: &mut Connection<'_>, id: OutboxId) -> Result<(), Fault> {
    let newer: Option<(String,)> = connection
        .fetch_optional(sql::GIVE_WAY, values![id])
        .await?;
    if let Some((says,)) = newer {
        connection.send(sql::NEWER_WORDS, values![id, says]).await?;
    }
    Ok(())
}

/// What was being sent waits again, except chatter; what somebody holds is still being sent.
pub(in crate::store) struct Recover {
    pub(in crate::store) at: DateTime<Utc>,
    pub(in crate::store) held: Vec<OutboxId>,
}

#[async_trait]
impl Write for Recover {
    type Answer = Recovered;

    async fn apply(&self, connection: &mut Connection<'_>) -> Result<Recovered, Refused> {
        let (mut doubtful, mut given_up) = (0, 0);
        for sending in being_sent(connection).await? {
            let is_held = sending.iter().any(|row| self.held.contains(row));
            let Some(id) = sending.first().copied().filter(|_| !is_held) else {
                continue;
            };
            let values = values![id, self.at];
            if connection.execute(sql::GIVE_UP_CHATTER, values).await? > 0 {
                given_up += 1;
            } else {
                take_newer_words(connection, id).await?;
                connection.send(sql::IN_DOUBT, values![id]).await?;
                doubtful += 1;
            }
        }
        Ok(Recovered {
            waiting: super::unfinished(connection, self.at).await?,
            doubtful,
            given_up,
        })
    }
}

/// The rows that are noted as being sent, each with those whose words it tells.
pub(in crate::store) async fn being_sent(
    connection: &mut Connection<'_>,
) -> Result<Vec<Vec<OutboxId>>, Fault> {
    let found: Vec<(i64, Option<i64>)> = connection.fetch_all(sql::BEING_SENT, values![]).await?;
    let one_row = |(row, _): &(i64, _), (next, _): &(i64, _)| row == next;
    let sending = found.chunk_by(one_row).map(|found| {
        let row = found.first().map(|(row, _)| *row);
        let words = found.iter().filter_map(|(_, word)| *word);
        row.into_iter().chain(words).map(OutboxId).collect()
    });
    Ok(sending.collect())
}
