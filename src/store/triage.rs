//! What triage waits for, and what it took.

use actors::domain::{CompanyId, Incident, IncidentId};
use actors::ports::{AnalystCall, Spent};
use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::engine::{Connection, Write};
use super::fault::{Fault, Refused};
use super::statements::triage as sql;
use super::text::parse;
use super::value::values;

pub(super) async fn queue(
    connection: &mut Connection<'_>,
    after: IncidentId,
    limit: u32,
) -> Result<Vec<Incident>, Fault> {
    let values = values![after, i64::from(limit)];
    let rows: Vec<(String,)> = connection.fetch_all(sql::TRIAGE_QUEUE, values).await?;
    let incidents = rows.iter().map(|(body,)| parse("an incident", body));
    incidents.collect()
}

pub(super) async fn spent(
    connection: &mut Connection<'_>,
    company: CompanyId,
    since: DateTime<Utc>,
) -> Result<Spent, Fault> {
    let values = values![company, since];
    let (calls, micros): (i64, i64) = connection.fetch_one(sql::TRIAGE_SPENT, values).await?;
    let amount = |number: i64| {
        u64::try_from(number).map_err(|_| Fault::Inconsistent("an amount is negative"))
    };
    Ok(Spent {
        calls: amount(calls)?,
        micros: amount(micros)?,
    })
}

/// A call was made.
pub(super) struct Called(pub(super) AnalystCall);

#[async_trait]
impl Write for Called {
    type Answer = ();

    async fn apply(&self, connection: &mut Connection<'_>) -> Result<(), Refused> {
        let call = &self.0;
        let values = values![
            call.company,
            call.incident,
            call.at,
            &call.identity.model,
            &call.identity.prompt,
            call.outcome,
            number(call.usage.input_tokens),
            number(call.usage.output_tokens),
            number(call.usage.micros),
            call.millis,
            call.request.as_deref(),
        ];
        connection.send(sql::TRIAGE_CALLED, values).await?;
        Ok(())
    }
}

/// Numbers beyond what a column holds are not true anyway.
fn number(amount: u64) -> i64 {
    i64::try_from(amount).unwrap_or(i64::MAX)
}
