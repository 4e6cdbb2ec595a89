//! Reading what is configured.

use actors::domain::notice::Role;
use actors::domain::{
    ChatId, CompanyId, Department, DepartmentId, GroupConfig, GroupId, JoinRequestId, PersonId,
};

use super::duty;
use super::engine::Connection;
use super::fault::Fault;
use super::row::row;
use super::statements::group as sql;
use super::text::{named, parse};
use super::value::values;

row! {
    struct GroupRow {
        id: i64,
        company_id: i64,
        version: i64,
        chat_id: i64,
        title: String,
        status: String,
        settings: String,
    }
}

pub(super) async fn by_id(
    connection: &mut Connection<'_>,
    id: GroupId,
) -> Result<Option<GroupConfig>, Fault> {
    match connection.fetch_optional(sql::GROUP, values![id]).await? {
        Some(row) => complete(connection, row).await.map(Some),
        None => Ok(None),
    }
}

pub(super) async fn all(
    connection: &mut Connection<'_>,
    company: Option<CompanyId>,
) -> Result<Vec<GroupId>, Fault> {
    let rows: Vec<(i64,)> = connection.fetch_all(sql::GROUPS, values![company]).await?;
    Ok(rows.into_iter().map(|(id,)| GroupId(id)).collect())
}

pub(super) async fn of_chat(
    connection: &mut Connection<'_>,
    chat: ChatId,
) -> Result<Option<GroupConfig>, Fault> {
    let values = values![chat];
    match connection
        .fetch_optional(sql::GROUP_OF_CHAT, values)
        .await?
    {
        Some(row) => complete(connection, row).await.map(Some),
        None => Ok(None),
    }
}

/// The version was read first: should the configuration change between these reads, it is newer than
/// it says, and will be read again.
async fn complete(connection: &mut Connection<'_>, row: GroupRow) -> Result<GroupConfig, Fault> {
    let company = CompanyId(row.company_id);
    let departments = departments(connection, company).await?;
    let (managers, dispatchers) = roles(connection, company).await?;
    Ok(GroupConfig {
        id: GroupId(row.id),
        company,
        siblings: siblings(connection, company, row.id).await?,
        version: row.version,
        chat: ChatId(row.chat_id),
        title: row.title,
        status: named("a group's status", &row.status)?,
        settings: parse("a group's settings", &row.settings)?,
        departments,
        managers,
        dispatchers,
        registered: registered(connection, company).await?,
        join_requests: join_requests(connection, company).await?,
        roster: duty::roster(connection, company).await?,
    })
}

/// The other groups of its company, oldest first.
async fn siblings(
    connection: &mut Connection<'_>,
    company: CompanyId,
    group: i64,
) -> Result<Vec<GroupId>, Fault> {
    let mut groups = all(connection, Some(company)).await?;
    groups.retain(|other| other.0 != group);
    Ok(groups)
}

async fn departments(
    connection: &mut Connection<'_>,
    company: CompanyId,
) -> Result<Vec<Department>, Fault> {
    let rows: Vec<(i64, String, String)> = connection
        .fetch_all(sql::DEPARTMENTS, values![company])
        .await?;
    let members: Vec<(i64, i64)> = connection.fetch_all(sql::MEMBERS, values![company]).await?;
    rows.into_iter()
        .map(|(id, name, access)| {
            Ok(Department {
                id: DepartmentId(id),
                name,
                access: named("a department's access", &access)?,
                members: members
                    .iter()
                    .filter(|(department, _)| *department == id)
                    .map(|(_, person)| PersonId(*person))
                    .collect(),
            })
        })
        .collect()
}

/// Managers, then dispatchers.
async fn roles(
    connection: &mut Connection<'_>,
    company: CompanyId,
) -> Result<(Vec<PersonId>, Vec<PersonId>), Fault> {
    let rows: Vec<(i64, String)> = connection.fetch_all(sql::ROLES, values![company]).await?;
    let (mut managers, mut dispatchers) = (Vec::new(), Vec::new());
    for (person, role) in rows {
        match named("a role", &role)? {
            Role::Manager => managers.push(PersonId(person)),
            Role::Dispatcher => dispatchers.push(PersonId(person)),
        }
    }
    Ok((managers, dispatchers))
}

async fn registered(
    connection: &mut Connection<'_>,
    company: CompanyId,
) -> Result<Vec<PersonId>, Fault> {
    let rows: Vec<(i64,)> = connection
        .fetch_all(sql::REGISTERED, values![company])
        .await?;
    Ok(rows.into_iter().map(|(person,)| PersonId(person)).collect())
}

async fn join_requests(
    connection: &mut Connection<'_>,
    company: CompanyId,
) -> Result<Vec<(PersonId, DepartmentId)>, Fault> {
    let rows: Vec<(i64, i64)> = connection
        .fetch_all(sql::JOIN_REQUESTS, values![company])
        .await?;
    Ok(rows
        .into_iter()
        .map(|(person, department)| (PersonId(person), DepartmentId(department)))
        .collect())
}

pub(super) async fn company_version(
    connection: &mut Connection<'_>,
    company: CompanyId,
) -> Result<i64, Fault> {
    let (version,) = connection
        .fetch_optional(sql::COMPANY_VERSION, values![company])
        .await?
        .ok_or(Fault::Inconsistent("there is no such company"))?;
    Ok(version)
}

pub(super) async fn of_person(
    connection: &mut Connection<'_>,
    person: PersonId,
) -> Result<Vec<GroupId>, Fault> {
    let rows: Vec<(i64,)> = connection
        .fetch_all(sql::GROUPS_OF_PERSON, values![person])
        .await?;
    Ok(rows.into_iter().map(|(group,)| GroupId(group)).collect())
}

pub(super) async fn home_of(
    connection: &mut Connection<'_>,
    person: PersonId,
) -> Result<Option<GroupId>, Fault> {
    let row: Option<(i64,)> = connection
        .fetch_optional(sql::HOME_OF_PERSON, values![person])
        .await?;
    Ok(row.map(|(group,)| GroupId(group)))
}

pub(super) async fn join_request(
    connection: &mut Connection<'_>,
    id: JoinRequestId,
) -> Result<Option<(GroupId, PersonId, DepartmentId)>, Fault> {
    let row: Option<(i64, i64, i64)> = connection
        .fetch_optional(sql::JOIN_REQUEST, values![id])
        .await?;
    Ok(row.map(|(group, person, department)| {
        (GroupId(group), PersonId(person), DepartmentId(department))
    }))
}

pub(super) async fn join_request_of(
    connection: &mut Connection<'_>,
    person: PersonId,
    department: DepartmentId,
) -> Result<Option<JoinRequestId>, Fault> {
    let values = values![person, department];
    let row: Option<(i64,)> = connection
        .fetch_optional(sql::JOIN_REQUEST_OF, values)
        .await?;
    Ok(row.map(|(id,)| JoinRequestId(id)))
}
