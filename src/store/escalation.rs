//! Whom the calls about an incident reached, and what would call nobody.

use actors::domain::{ChatId, Incident, IncidentId, PersonId};
use actors::ports::{Calls, StoreError, Telling};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use tokio::time::timeout;

use super::engine::Connection;
use super::fault::Fault;
use super::outbox::also_told;
use super::port::read;
use super::statements::escalation as sql;
use super::text::{moment, parse};
use super::value::values;
use super::{SqlStore, escalation};

#[async_trait]
impl Calls for SqlStore {
    async fn unheard(&self, limit: u32) -> Result<Vec<IncidentId>, StoreError> {
        read!(
            self,
            "find calls that nobody heard",
            escalation::unheard(limit)
        )
    }

    async fn unheard_of(&self, incident: IncidentId) -> Result<Vec<PersonId>, StoreError> {
        read!(
            self,
            "find who did not hear a call",
            escalation::unheard_of(incident)
        )
    }

    async fn tellings(&self, incident: IncidentId, limit: u32) -> Result<Vec<Telling>, StoreError> {
        read!(
            self,
            "find who was called",
            escalation::tellings(incident, limit)
        )
    }

    async fn untimed(&self, after: IncidentId, limit: u32) -> Result<Vec<Incident>, StoreError> {
        read!(
            self,
            "find what would call nobody",
            escalation::untimed(after, limit)
        )
    }
}

/// No private message reaches a person who was called.
pub(super) async fn note_unheard(
    connection: &mut Connection<'_>,
    incident: IncidentId,
    person: PersonId,
    at: DateTime<Utc>,
) -> Result<(), Fault> {
    let values = values![incident, person, at];
    connection.send(sql::NOTE_UNHEARD, values).await?;
    Ok(())
}

/// The incident knows it.
pub(super) async fn unheard_noted(
    connection: &mut Connection<'_>,
    incident: IncidentId,
    people: &[PersonId],
) -> Result<(), Fault> {
    for person in people {
        let values = values![incident, *person];
        connection.send(sql::UNHEARD_NOTED, values).await?;
    }
    Ok(())
}

async fn unheard(connection: &mut Connection<'_>, limit: u32) -> Result<Vec<IncidentId>, Fault> {
    let values = values![i64::from(limit)];
    let rows: Vec<(i64,)> = connection.fetch_all(sql::UNHEARD, values).await?;
    Ok(rows.into_iter().map(|(id,)| IncidentId(id)).collect())
}

async fn unheard_of(
    connection: &mut Connection<'_>,
    incident: IncidentId,
) -> Result<Vec<PersonId>, Fault> {
    let rows: Vec<(i64,)> = connection
        .fetch_all(sql::UNHEARD_OF, values![incident])
        .await?;
    Ok(rows.into_iter().map(|(id,)| PersonId(id)).collect())
}

async fn tellings(
    connection: &mut Connection<'_>,
    incident: IncidentId,
    limit: u32,
) -> Result<Vec<Telling>, Fault> {
    let values = values![incident, i64::from(limit)];
    let rows: Vec<(i64, Option<String>, i64, Option<i64>)> =
        connection.fetch_all(sql::TELLINGS, values).await?;
    let mut found = Vec::new();
    for (person, also, chat, at) in rows.into_iter().rev() {
        let at = at.map(moment).transpose()?;
        let also = also_told(also.as_deref())?;
        for person in std::iter::once(PersonId(person)).chain(also) {
            found.push(Telling {
                person,
                at,
                privately: person.private_chat() == ChatId(chat),
            });
        }
    }
    Ok(found)
}

async fn untimed(
    connection: &mut Connection<'_>,
    after: IncidentId,
    limit: u32,
) -> Result<Vec<Incident>, Fault> {
    let values = values![after, i64::from(limit)];
    let rows: Vec<(String,)> = connection.fetch_all(sql::UNTIMED, values).await?;
    let incidents = rows.iter().map(|(body,)| parse("an incident", body));
    incidents.collect()
}
