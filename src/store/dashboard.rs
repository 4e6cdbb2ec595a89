//! Who is signed in to the dashboard, and the open incidents it lists.

use actors::domain::PersonId;
use actors::ports::{BOARD_GROUPS, Board, BoardFilter, Dashboard, SecretDigest, StoreError, Tally};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use tokio::time::timeout;

use super::engine::{Connection, Write};
use super::fault::{Fault, Refused};
use super::incident::{count, many};
use super::port::read;
use super::statements::dashboard as sql;
use super::text::name;
use super::value::{Value, values};
use super::{SqlStore, dashboard};

#[async_trait]
impl Dashboard for SqlStore {
    async fn keep_sign_in(
        &self,
        link: SecretDigest,
        person: PersonId,
        until: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let write = KeepSignIn {
            link,
            person,
            until,
        };
        self.keep("keep a sign-in link", write).await
    }

    async fn sign_in_of(
        &self,
        link: &SecretDigest,
        now: DateTime<Utc>,
    ) -> Result<Option<PersonId>, StoreError> {
        read!(
            self,
            "find a sign-in link",
            dashboard::sign_in_of(link, now)
        )
    }

    async fn begin_session(
        &self,
        link: SecretDigest,
        session: SecretDigest,
        (now, until): (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<Option<PersonId>, StoreError> {
        let write = BeginSession {
            link,
            session,
            now,
            until,
        };
        self.keep("begin a session", write).await
    }

    async fn session_of(
        &self,
        session: &SecretDigest,
        now: DateTime<Utc>,
    ) -> Result<Option<PersonId>, StoreError> {
        read!(self, "find a session", dashboard::session_of(session, now))
    }

    async fn end_session(&self, session: SecretDigest) -> Result<(), StoreError> {
        self.keep("end a session", EndSession(session)).await
    }

    async fn board(&self, wanted: &BoardFilter, now: DateTime<Utc>) -> Result<Board, StoreError> {
        read!(self, "list what is open", dashboard::board(wanted, now))
    }
}

struct KeepSignIn {
    link: SecretDigest,
    person: PersonId,
    until: DateTime<Utc>,
}

#[async_trait]
impl Write for KeepSignIn {
    type Answer = ();

    async fn apply(&self, connection: &mut Connection<'_>) -> Result<(), Refused> {
        let earlier = values![self.person];
        connection.send(sql::DROP_SIGN_INS_OF, earlier).await?;
        let values = values![&self.link.0, self.person, self.until];
        connection.send(sql::KEEP_SIGN_IN, values).await?;
        Ok(())
    }
}

struct BeginSession {
    link: SecretDigest,
    session: SecretDigest,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
}

#[async_trait]
impl Write for BeginSession {
    type Answer = Option<PersonId>;

    async fn apply(&self, connection: &mut Connection<'_>) -> Result<Option<PersonId>, Refused> {
        let used = values![&self.link.0, self.now];
        let row: Option<(i64,)> = connection.fetch_optional(sql::USE_SIGN_IN, used).await?;
        let Some((person,)) = row else {
            return Ok(None);
        };
        let values = values![&self.session.0, person, self.now, self.until];
        connection.send(sql::BEGIN_SESSION, values).await?;
        Ok(Some(PersonId(person)))
    }
}

struct EndSession(SecretDigest);

#[async_trait]
impl Write for EndSession {
    type Answer = ();

    async fn apply(&self, connection: &mut Connection<'_>) -> Result<(), Refused> {
        let values = values![&self.0.0];
        connection.send(sql::END_SESSION, values).await?;
        Ok(())
    }
}

/// What was good until before that moment is forgotten.
pub(super) async fn prune(
    connection: &mut Connection<'_>,
    before: DateTime<Utc>,
) -> Result<(), Fault> {
    for statement in [sql::PRUNE_SIGN_INS, sql::PRUNE_SESSIONS] {
        connection.send(statement, values![before]).await?;
    }
    Ok(())
}

async fn sign_in_of(
    connection: &mut Connection<'_>,
    link: &SecretDigest,
    now: DateTime<Utc>,
) -> Result<Option<PersonId>, Fault> {
    let values = values![&link.0, now];
    let row: Option<(i64,)> = connection.fetch_optional(sql::SIGN_IN_OF, values).await?;
    Ok(row.map(|(person,)| PersonId(person)))
}

async fn session_of(
    connection: &mut Connection<'_>,
    session: &SecretDigest,
    now: DateTime<Utc>,
) -> Result<Option<PersonId>, Fault> {
    let values = values![&session.0, now];
    let row: Option<(i64,)> = connection.fetch_optional(sql::SESSION_OF, values).await?;
    Ok(row.map(|(person,)| PersonId(person)))
}

async fn board(
    connection: &mut Connection<'_>,
    wanted: &BoardFilter,
    now: DateTime<Utc>,
) -> Result<Board, Fault> {
    let groups = wanted.groups.iter().take(BOARD_GROUPS);
    let mut values: Vec<Value> = groups.map(|group| (*group).into()).collect();
    let Some(last) = values.last().cloned() else {
        return Ok(Board::default());
    };
    values.resize(BOARD_GROUPS, last);
    values.push(now.into());
    let (open, critical, late, unclaimed): (i64, i64, i64, i64) =
        connection.fetch_one(sql::TALLY, &values).await?;
    let urgency = wanted
        .urgency
        .map(|it| name("an urgency", &it))
        .transpose()?;
    values.push(wanted.department.into());
    values.push(urgency.into());
    values.push(wanted.lane.map(actors::ports::Lane::name).into());
    values.push(wanted.late.into());
    let total = count(connection, sql::COUNT_BOARD, &values).await?;
    values.push(i64::from(wanted.limit).into());
    values.push(i64::from(wanted.offset).into());
    let incidents = many(connection, sql::BOARD, &values).await?;
    let small = |count: i64| {
        u32::try_from(count).map_err(|_| Fault::Inconsistent("a count is out of range"))
    };
    Ok(Board {
        incidents,
        total,
        tally: Tally {
            open: small(open)?,
            critical: small(critical)?,
            late: small(late)?,
            unclaimed: small(unclaimed)?,
        },
    })
}
