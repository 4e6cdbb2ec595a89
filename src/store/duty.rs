//! Reading who is on duty when, and who does not want to hear what.

use actors::domain::{CompanyId, DepartmentId, DutyOverride, DutySchedule, Mute, PersonId, Roster};

use super::engine::Connection;
use super::fault::Fault;
use super::row::row;
use super::statements::duty as sql;
use super::text::{moment, named, parse};
use super::value::values;

row! {
    struct WordRow {
        person_id: i64,
        is_on: i64,
        since: i64,
        until: Option<i64>,
    }
}

impl TryFrom<WordRow> for DutyOverride {
    type Error = Fault;

    fn try_from(row: WordRow) -> Result<Self, Fault> {
        Ok(Self {
            person: PersonId(row.person_id),
            on: row.is_on != 0,
            since: moment(row.since)?,
            until: row.until.map(moment).transpose()?,
        })
    }
}

pub(super) async fn roster(
    connection: &mut Connection<'_>,
    company: CompanyId,
) -> Result<Roster, Fault> {
    let schedules: Vec<(i64, i64, String)> = connection
        .fetch_all(sql::SCHEDULES, values![company])
        .await?;
    let words: Vec<WordRow> = connection.fetch_all(sql::WORDS, values![company]).await?;
    let mutes: Vec<(i64, String)> = connection.fetch_all(sql::MUTES, values![company]).await?;
    let schedule = |(department, person, week): (i64, i64, String)| {
        Ok(DutySchedule {
            department: DepartmentId(department),
            person: PersonId(person),
            week: parse("a week", &week)?,
        })
    };
    let mute = |(person, what): (i64, String)| {
        let mute: Mute = named("what is muted", &what)?;
        Ok((PersonId(person), mute))
    };
    Ok(Roster {
        schedules: schedules
            .into_iter()
            .map(schedule)
            .collect::<Result<_, Fault>>()?,
        overrides: words
            .into_iter()
            .map(DutyOverride::try_from)
            .collect::<Result<_, _>>()?,
        mutes: mutes.into_iter().map(mute).collect::<Result<_, Fault>>()?,
    })
}
