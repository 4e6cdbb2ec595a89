//! Places with a code, and who is at one.

use actors::domain::place::{Place, Visit, folded};
use actors::domain::{GroupId, PersonId, PlaceId};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};

use super::engine::Connection;
use super::fault::{Fault, Refused};
use super::row::row;
use super::statements::place as sql;
use super::text::moment;
use super::value::values;

/// How many random bytes a code carries: 120 bits are beyond guessing, and make a small picture.
const TOKEN_BYTES: usize = 15;

row! {
    struct PlaceRow {
        id: i64,
        group_id: i64,
        name: String,
        token: String,
    }
}

row! {
    struct VisitRow {
        id: i64,
        group_id: i64,
        name: String,
        token: String,
        at: i64,
        reported: i64,
    }
}

impl From<PlaceRow> for Place {
    fn from(row: PlaceRow) -> Self {
        Self {
            id: PlaceId(row.id),
            group: GroupId(row.group_id),
            name: row.name,
            token: row.token,
        }
    }
}

row! {
    struct TitledRow {
        id: i64,
        group_id: i64,
        name: String,
        token: String,
        title: String,
    }
}

/// All of them, each with its group's title.
pub(super) async fn all(connection: &mut Connection<'_>) -> Result<Vec<(Place, String)>, Fault> {
    let rows: Vec<TitledRow> = connection.fetch_all(sql::ALL_PLACES, values![]).await?;
    let titled = |row: TitledRow| {
        let place = PlaceRow {
            id: row.id,
            group_id: row.group_id,
            name: row.name,
            token: row.token,
        };
        (Place::from(place), row.title)
    };
    Ok(rows.into_iter().map(titled).collect())
}

/// Makes a place with a code of its own, if the group has none of that name.
pub(super) async fn make(
    connection: &mut Connection<'_>,
    group: GroupId,
    name: &str,
    at: DateTime<Utc>,
) -> Result<(), Refused> {
    let mut bytes = [0; TOKEN_BYTES];
    getrandom::fill(&mut bytes).map_err(|_| Fault::Inconsistent("the system gives no random"))?;
    let token = URL_SAFE_NO_PAD.encode(bytes);
    let values = values![group, name, folded(name), token, at];
    connection.send(sql::MAKE_PLACE, values).await?;
    Ok(())
}

pub(super) async fn visit(
    connection: &mut Connection<'_>,
    person: PersonId,
    place: PlaceId,
    at: DateTime<Utc>,
) -> Result<(), Fault> {
    let values = values![person, place, at];
    connection.send(sql::VISIT, values).await?;
    Ok(())
}

pub(super) async fn reported(
    connection: &mut Connection<'_>,
    person: PersonId,
) -> Result<(), Fault> {
    connection.send(sql::NOTE_REPORT, values![person]).await?;
    Ok(())
}

pub(super) async fn of_token(
    connection: &mut Connection<'_>,
    token: &str,
) -> Result<Option<Place>, Fault> {
    let row: Option<PlaceRow> = connection
        .fetch_optional(sql::PLACE_OF_TOKEN, values![token])
        .await?;
    Ok(row.map(Place::from))
}

pub(super) async fn named(
    connection: &mut Connection<'_>,
    group: GroupId,
    name: &str,
) -> Result<Option<Place>, Fault> {
    let row: Option<PlaceRow> = connection
        .fetch_optional(sql::PLACE_NAMED, values![group, folded(name)])
        .await?;
    Ok(row.map(Place::from))
}

pub(super) async fn visit_of(
    connection: &mut Connection<'_>,
    person: PersonId,
) -> Result<Option<Visit>, Fault> {
    let row: Option<VisitRow> = connection
        .fetch_optional(sql::VISIT_OF, values![person])
        .await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Visit {
        at: moment(row.at)?,
        reported: row.reported != 0,
        place: Place {
            id: PlaceId(row.id),
            group: GroupId(row.group_id),
            name: row.name,
            token: row.token,
        },
    }))
}
