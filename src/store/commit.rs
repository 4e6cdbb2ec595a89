//! The one transaction. Nobody else writes an incident.

use actors::domain::escalation::Acknowledgement;
use actors::domain::incident::{Identity, Participation};
use actors::domain::{
    Author, Deadline, Event, Incident, IncidentId, IncidentNumber, Recorded, Resolution, Stage,
    UpdateId, Urgency,
};
use actors::ports::{Commit, Committed, IncidentWrite};
use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::engine::{Connection, Write};
use super::fault::{Fault, Refused};
use super::statements::{incident as sql, run};
use super::text::{json, name};
use super::value::values;
use super::{outbox, records, recurring};

#[async_trait]
impl Write for Commit {
    type Answer = Committed;

    async fn apply(&self, connection: &mut Connection<'_>) -> Result<Committed, Refused> {
        if let Some(update) = self.update {
            handle_once(connection, update, self.at).await?;
        }
        let mut committed = Committed::default();
        for record in &self.records {
            let group = records::keep(connection, record, self.at).await?;
            committed.group = group.or(committed.group);
        }
        if let Some(write) = &self.incident {
            let incident = keep_incident(connection, write).await?;
            if let Some(planned) = self.recurring {
                recurring::came(connection, planned, incident.identity.id).await?;
            }
            committed.incident = Some(incident);
        }
        for draft in &self.outbox {
            outbox::put(connection, draft, &committed, self.at).await?;
        }
        Ok(committed)
    }
}

async fn handle_once(
    connection: &mut Connection<'_>,
    update: UpdateId,
    at: DateTime<Utc>,
) -> Result<(), Refused> {
    connection
        .require(run::HANDLE, values![update, at], Refused::AlreadyHandled)
        .await
}

async fn keep_incident(
    connection: &mut Connection<'_>,
    write: &IncidentWrite,
) -> Result<Incident, Refused> {
    let before = write.expected.unwrap_or(0);
    let mut incident = write.incident.clone();
    if i64::try_from(write.events.len()).ok() != incident.version.checked_sub(before) {
        return Err(
            Fault::Inconsistent("an incident's version is not the number of its events").into(),
        );
    }
    if write.expected.is_none() {
        incident.identity = open(connection, &incident).await?;
    }
    change(connection, before, &incident, write).await?;
    let id = incident.identity.id;
    append(connection, id, before, &write.events).await?;
    let first = write.events.first().map(|event| event.at);
    keep_sessions(connection, &incident, first).await?;
    keep_acknowledgement(connection, &incident, first).await?;
    keep_participations(connection, id, &incident.participations, first).await?;
    replace_deadlines(connection, id, &write.deadlines).await?;
    if incident.urgency == Some(Urgency::Critical) {
        outbox::release_held(connection, id).await?;
    }
    Ok(incident)
}

/// Gives number and identity.
async fn open(connection: &mut Connection<'_>, incident: &Incident) -> Result<Identity, Refused> {
    let Identity { company, group, .. } = incident.identity;
    let report = &incident.report;
    let (number,): (i64,) = connection
        .fetch_optional(sql::NEXT_NUMBER, values![company])
        .await?
        .ok_or(Fault::Inconsistent(
            "an incident of a company that is not there",
        ))?;
    let opened: Option<(i64,)> = connection
        .fetch_optional(
            sql::OPEN_INCIDENT,
            values![
                company,
                group,
                number,
                report.reporter,
                incident.opened_at,
                report.origin.map(|origin| origin.chat),
                report.origin.map(|origin| origin.message),
                report.album.as_deref(),
            ],
        )
        .await?;
    let (id,) = opened.ok_or(Refused::AlreadyReported)?;
    Ok(Identity {
        id: IncidentId(id),
        number: IncidentNumber(number),
        company,
        group,
    })
}

async fn change(
    connection: &mut Connection<'_>,
    expected: i64,
    incident: &Incident,
    write: &IncidentWrite,
) -> Result<(), Refused> {
    let (resolution, closed_at) = ending(&incident.stage);
    let said = incident.triage.assessment.as_ref();
    let said = said.and_then(|assessment| assessment.urgency);
    let paused = incident.paused_since(incident.opened_at);
    let done = |it: &&Recorded| matches!(it.event, Event::Summarised { .. });
    let done_by = write.events.iter().rfind(done).and_then(Recorded::person);
    connection
        .require(
            sql::CHANGE_INCIDENT,
            values![
                incident.identity.id,
                expected,
                incident.version,
                name("a stage", &incident.stage)?,
                incident.department(),
                incident.work().map(|work| work.owner),
                optional_name("an urgency", incident.urgency.as_ref())?,
                optional_name("a resolution", resolution.as_ref())?,
                closed_at,
                json("an incident", incident)?,
                incident.triage.wanted,
                optional_name("an urgency", said.as_ref())?,
                optional_name("a rater", incident.triage.rated_by.as_ref())?,
                paused.num_milliseconds(),
                incident.done_at.is_some(),
                write.target,
                incident.done_at,
                done_by,
            ],
            Refused::Conflict,
        )
        .await
}

fn ending(stage: &Stage) -> (Option<Resolution>, Option<DateTime<Utc>>) {
    match stage {
        Stage::Closed { resolution, at, .. } => (Some(*resolution), Some(*at)),
        _ => (None, None),
    }
}

fn optional_name<T: serde::Serialize>(
    what: &'static str,
    value: Option<&T>,
) -> Result<Option<String>, Fault> {
    value.map(|value| name(what, value)).transpose()
}

async fn append(
    connection: &mut Connection<'_>,
    incident: IncidentId,
    before: i64,
    events: &[Recorded],
) -> Result<(), Fault> {
    for (sequence, recorded) in (before + 1..).zip(events) {
        let person = match recorded.by {
            Author::Person(person) => Some(person),
            Author::Clock | Author::Triage => None,
        };
        let event = serde_json::to_value(&recorded.event).map_err(|source| Fault::Unreadable {
            what: "an event",
            source,
        })?;
        let event_name = event.get("event").and_then(serde_json::Value::as_str);
        connection
            .send(
                sql::APPEND_EVENT,
                values![
                    incident,
                    sequence,
                    recorded.at,
                    person,
                    event_name.ok_or(Fault::Inconsistent("an event without a name"))?,
                    json("an event", recorded)?,
                ],
            )
            .await?;
    }
    Ok(())
}

/// Whether what ended then may be news: what had ended before the first of these events does not
/// change any more.
fn is_news(ended: Option<DateTime<Utc>>, first: Option<DateTime<Utc>>) -> bool {
    ended.is_none_or(|ended| first.is_some_and(|first| ended >= first))
}

async fn keep_sessions(
    connection: &mut Connection<'_>,
    incident: &Incident,
    first: Option<DateTime<Utc>>,
) -> Result<(), Fault> {
    let sessions = (0_i64..).zip(&incident.sessions);
    for (ordinal, session) in sessions.filter(|(_, it)| is_news(it.ended_at, first)) {
        connection
            .send(
                sql::KEEP_SESSION,
                values![
                    incident.identity.id,
                    ordinal,
                    session.department,
                    session.assigned_at,
                    session.claimed_at,
                    session.ended_at,
                    optional_name("the end of a session", session.end.as_ref())?,
                    incident.identity.group,
                ],
            )
            .await?;
    }
    Ok(())
}

/// Who looks after it, if that is news, and since when people had been called.
async fn keep_acknowledgement(
    connection: &mut Connection<'_>,
    incident: &Incident,
    first: Option<DateTime<Utc>>,
) -> Result<(), Fault> {
    let Some(escalation) = &incident.escalation else {
        return Ok(());
    };
    let news = |said: &Acknowledgement| first.is_some_and(|first| said.at >= first);
    if let Some(said) = escalation.acknowledged.filter(news) {
        let called_at = escalation.calls.first().map(|call| call.at);
        let values = values![incident.identity.id, said.at, said.by, called_at];
        connection.send(sql::KEEP_ACKNOWLEDGEMENT, values).await?;
    }
    Ok(())
}

/// In their order: a former owner's part ends before the next one's is made, as the index on open
/// owners demands.
async fn keep_participations(
    connection: &mut Connection<'_>,
    incident: IncidentId,
    participations: &[Participation],
    first: Option<DateTime<Utc>>,
) -> Result<(), Fault> {
    let parts = (0_i64..).zip(participations);
    for (ordinal, part) in parts.filter(|(_, it)| is_news(it.ended_at, first)) {
        connection
            .send(
                sql::KEEP_PARTICIPATION,
                values![
                    incident,
                    ordinal,
                    part.person,
                    name("a role", &part.role)?,
                    part.began_at,
                    part.ended_at,
                    optional_name("the end of a participation", part.end.as_ref())?,
                ],
            )
            .await?;
    }
    Ok(())
}

async fn replace_deadlines(
    connection: &mut Connection<'_>,
    incident: IncidentId,
    deadlines: &[Deadline],
) -> Result<(), Fault> {
    connection
        .send(sql::DROP_DEADLINES, values![incident])
        .await?;
    for deadline in deadlines {
        connection
            .send(
                sql::SET_DEADLINE,
                values![incident, deadline.kind.name(), deadline.due],
            )
            .await?;
    }
    Ok(())
}
