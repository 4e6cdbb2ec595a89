//! Counting for reports.

use actors::domain::kpi::{Deeds, Figures, Ratings, Scope, Times, Window};
use actors::domain::{GroupId, Incident, PersonId, Urgency};
use chrono::{DateTime, Duration, Utc};

use super::engine::Connection;
use super::fault::Fault;
use super::incident;
use super::statements::{Statement, kpi as sql};
use super::text::{name, named, parse};
use super::value::{Value, values};

/// What is counted of a scope in a window.
pub(super) async fn figures(
    connection: &mut Connection<'_>,
    scope: Scope,
    window: Window,
) -> Result<Figures, Fault> {
    let urgency = optional_name(scope.urgency)?;
    let from = window.from.timestamp_millis();
    let until = window.until.timestamp_millis();
    let values = values![scope.group, scope.department, urgency.clone(), from, until];
    let created = incident::count(connection, sql::CREATED, values).await?;
    let (closed, auto_closed) = pair(connection, sql::CLOSED, values).await?;
    let standing = values![scope.group, scope.department, urgency.clone()];
    let open_now = incident::count(connection, sql::OPEN_NOW, standing).await?;
    let reopened = incident::count(connection, sql::REOPENED, values).await?;
    let (response, late) = times(connection, sql::RESPONSE, values).await?;
    let (resolution, odd) = times(connection, sql::RESOLUTION, values).await?;
    let (on_hold, _) = times(connection, sql::ON_HOLD, values).await?;
    let (with_target, within_target) = pair(connection, sql::WITHIN_TARGET, values).await?;
    let lost_claims = incident::count(connection, sql::LOST_CLAIMS, values).await?;
    Ok(Figures {
        created,
        closed,
        auto_closed,
        open_now,
        done: resolution.map_or(0, |times| times.count),
        with_target,
        within_target,
        reopened,
        response,
        resolution,
        on_hold,
        lost_claims,
        impossible: late + odd,
    })
}

/// What triage said of what was raised in a window, beside what people set.
pub(super) async fn ratings(
    connection: &mut Connection<'_>,
    scope: Scope,
    window: Window,
) -> Result<Ratings, Fault> {
    let urgency = optional_name(scope.urgency)?;
    let (from, until) = (window.from, window.until);
    let values = values![scope.group, scope.department, urgency, from, until];
    let rows: Vec<(String, Option<String>, i64)> =
        connection.fetch_all(sql::RATINGS, values).await?;
    let mut ratings = Ratings::default();
    for (said, set, times) in rows {
        let said = named("an urgency", &said)?;
        let set = set.map(|set| named("an urgency", &set)).transpose()?;
        ratings.note(said, set, small(times)?);
    }
    Ok(ratings)
}

/// What people called critical there and triage had not.
pub(super) async fn missed_criticals(
    connection: &mut Connection<'_>,
    scope: Scope,
    window: Window,
    limit: u32,
) -> Result<Vec<Incident>, Fault> {
    let urgency = optional_name(scope.urgency)?;
    let (from, until, limit) = (window.from, window.until, i64::from(limit));
    let values = values![scope.group, scope.department, urgency, from, until, limit];
    let rows: Vec<(String,)> = connection.fetch_all(sql::MISSED, values).await?;
    rows.iter()
        .map(|(body,)| parse("an incident", body))
        .collect()
}

fn optional_name(urgency: Option<Urgency>) -> Result<Option<String>, Fault> {
    urgency.map(|it| name("an urgency", &it)).transpose()
}

async fn pair(
    connection: &mut Connection<'_>,
    statement: Statement,
    values: &[Value],
) -> Result<(u32, u32), Fault> {
    let (all, some): (i64, i64) = connection.fetch_one(statement, values).await?;
    Ok((small(all)?, small(some)?))
}

/// How long something took, and how many times were impossible.
async fn times(
    connection: &mut Connection<'_>,
    statement: Statement,
    values: &[Value],
) -> Result<(Option<Times>, u32), Fault> {
    type Measured = (i64, Option<i64>, Option<i64>, Option<i64>, i64);
    let (count, sum, median, p90, impossible): Measured =
        connection.fetch_one(statement, values).await?;
    let measured = match (sum, median, p90) {
        (Some(sum), Some(median), Some(p90)) => Some(Times {
            count: small(count)?,
            mean: Duration::milliseconds(sum.checked_div(count).unwrap_or_default()),
            median: Duration::milliseconds(median),
            p90: Duration::milliseconds(p90),
        }),
        _ => None,
    };
    Ok((measured, small(impossible)?))
}

fn small(count: i64) -> Result<u32, Fault> {
    u32::try_from(count).map_err(|_| Fault::Inconsistent("a count is out of range"))
}

/// What people did in a window, who did most first.
pub(super) async fn deeds(
    connection: &mut Connection<'_>,
    scope: Scope,
    window: Window,
    now: DateTime<Utc>,
    limit: u32,
) -> Result<Vec<(PersonId, Deeds)>, Fault> {
    let urgency = optional_name(scope.urgency)?;
    let (from, until, limit) = (window.from, window.until, i64::from(limit));
    let values = values![
        scope.group,
        scope.department,
        urgency,
        from,
        until,
        now,
        limit
    ];
    let rows: Vec<(i64, i64, i64, i64, i64)> = connection.fetch_all(sql::DEEDS, values).await?;
    let deeds = rows
        .into_iter()
        .map(|(person, claims, resolved, lost, active)| {
            let deeds = Deeds {
                claims: small(claims)?,
                resolved: small(resolved)?,
                lost_claims: small(lost)?,
                active: Duration::milliseconds(active),
            };
            Ok((PersonId(person), deeds))
        });
    deeds.collect()
}

/// Incidents that were raised or closed in a window, by number.
pub(super) async fn incidents(
    connection: &mut Connection<'_>,
    group: GroupId,
    window: Window,
    limit: u32,
) -> Result<Vec<Incident>, Fault> {
    let values = values![group, window.from, window.until, i64::from(limit)];
    let rows: Vec<(String,)> = connection.fetch_all(sql::IN_WINDOW, values).await?;
    rows.iter()
        .map(|(body,)| parse("an incident", body))
        .collect()
}
