//! Who people are.

use actors::domain::{Language, Person, PersonId};

use super::engine::Connection;
use super::fault::Fault;
use super::row::row;
use super::statements::people as sql;
use super::text::named;
use super::value::values;

/// How many people one statement reads: most letters name fewer.
const BATCH: usize = 8;

row! {
    struct PersonRow {
        id: i64,
        name: String,
        username: Option<String>,
        language: Option<String>,
        reachable: i64,
    }
}

impl TryFrom<PersonRow> for Person {
    type Error = Fault;

    fn try_from(row: PersonRow) -> Result<Self, Fault> {
        let language: Option<Language> = row
            .language
            .map(|language| named("a person's language", &language))
            .transpose()?;
        Ok(Self {
            id: PersonId(row.id),
            name: row.name,
            username: row.username,
            language,
            reachable: row.reachable != 0,
        })
    }
}

pub(super) async fn known(
    connection: &mut Connection<'_>,
    ids: &[PersonId],
) -> Result<Vec<Person>, Fault> {
    let mut people = Vec::with_capacity(ids.len());
    for batch in ids.chunks(BATCH) {
        let Some(last) = batch.last() else { continue };
        let mut values: Vec<_> = batch.iter().map(|id| (*id).into()).collect();
        values.resize(BATCH, (*last).into());
        let rows: Vec<PersonRow> = connection.fetch_all(sql::PEOPLE, &values).await?;
        for row in rows {
            people.push(row.try_into()?);
        }
    }
    Ok(people)
}

pub(super) async fn with_username(
    connection: &mut Connection<'_>,
    username: &str,
) -> Result<Option<Person>, Fault> {
    let row: Option<PersonRow> = connection
        .fetch_optional(sql::NAMED, values![username])
        .await?;
    row.map(Person::try_from).transpose()
}

/// Whether a private message would reach them; nobody unknown is.
pub(super) async fn reachable(
    connection: &mut Connection<'_>,
    person: PersonId,
) -> Result<bool, Fault> {
    let row: Option<(i64,)> = connection
        .fetch_optional(sql::REACHABLE, values![person])
        .await?;
    Ok(row.is_some_and(|(reachable,)| reachable != 0))
}
