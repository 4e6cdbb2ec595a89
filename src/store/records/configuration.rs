//! Records that change what is configured. Each moves its company's version first, which also
//! finds out whether there is such a company, group or department at all.

use actors::domain::group::GroupStatus;
use actors::domain::notice::Role;
use actors::domain::{Access, ChatId, CompanyId, DepartmentId, GroupId, PersonId, Settings};
use actors::ports::Record;
use chrono::{DateTime, Utc};

use super::company;
use crate::store::engine::Connection;
use crate::store::fault::{Fault, Refused};
use crate::store::statements::{Statement, duty as duty_sql, group as sql};
use crate::store::text::{json, name};
use crate::store::value::{Value, values};

/// Keeps a record; answers with the group it made, if it made one.
pub(super) async fn keep(
    connection: &mut Connection<'_>,
    record: &Record,
    at: DateTime<Utc>,
) -> Result<Option<GroupId>, Refused> {
    if let Record::NewGroup {
        chat,
        title,
        status,
        settings,
        departments,
        manager,
    } = record
    {
        let (group, company) = make_group(connection, *chat, title, *status, settings, at).await?;
        for (name, access) in departments {
            make_department(connection, company, name, *access, at).await?;
        }
        if let Some(manager) = manager {
            give_role(connection, company, *manager, Role::Manager, at).await?;
        }
        return Ok(Some(group));
    }
    if let Record::GroupJoins { .. } = record {
        company::join(connection, record, at).await?;
        return Ok(None);
    }
    let change = change(record, at)?;
    change.apply(connection).await?;
    Ok(None)
}

async fn make_group(
    connection: &mut Connection<'_>,
    chat: ChatId,
    title: &str,
    status: GroupStatus,
    settings: &Settings,
    at: DateTime<Utc>,
) -> Result<(GroupId, CompanyId), Refused> {
    let (company,): (i64,) = connection.fetch_one(sql::MAKE_COMPANY, values![at]).await?;
    let values = values![
        company,
        chat,
        title,
        name("a group's status", &status)?,
        json("a group's settings", settings)?,
        at,
    ];
    let made: Option<(i64,)> = connection.fetch_optional(sql::MAKE_GROUP, values).await?;
    // The chat has a group already: whoever asks for another one has not heard of it.
    let (group,) = made.ok_or(Refused::Conflict)?;
    Ok((GroupId(group), CompanyId(company)))
}

async fn make_department(
    connection: &mut Connection<'_>,
    company: CompanyId,
    department: &str,
    access: Access,
    at: DateTime<Utc>,
) -> Result<(), Fault> {
    let access = name("a department's access", &access)?;
    let values = values![company, department, access, at];
    connection.send(sql::MAKE_DEPARTMENT, values).await?;
    Ok(())
}

async fn give_role(
    connection: &mut Connection<'_>,
    company: CompanyId,
    person: PersonId,
    role: Role,
    at: DateTime<Utc>,
) -> Result<(), Fault> {
    let values = values![company, person, name("a role", &role)?, at];
    connection.send(sql::ADD_ROLE, values).await?;
    Ok(())
}

/// A statement, and the one that moves the version of the company it concerns.
struct Change {
    touch: Statement,
    owner: Value,
    statement: Statement,
    values: Vec<Value>,
    /// What goes with it, by the same values.
    also: Option<Statement>,
}

impl Change {
    async fn apply(&self, connection: &mut Connection<'_>) -> Result<(), Fault> {
        let owner = std::slice::from_ref(&self.owner);
        let not_there = Fault::Inconsistent("configuration of something that is not there");
        connection
            .require(self.touch, owner, not_there.into())
            .await?;
        for statement in [Some(self.statement), self.also].into_iter().flatten() {
            connection.send(statement, &self.values).await?;
        }
        Ok(())
    }

    fn and(self, also: Statement) -> Self {
        Self {
            also: Some(also),
            ..self
        }
    }

    fn of_company(company: CompanyId, statement: Statement, values: &[Value]) -> Self {
        Self::of(sql::TOUCH_COMPANY, company.into(), statement, values)
    }

    fn of_group(group: GroupId, statement: Statement, values: &[Value]) -> Self {
        Self::of(sql::TOUCH_COMPANY_OF_GROUP, group.into(), statement, values)
    }

    fn of_department(department: DepartmentId, statement: Statement, values: &[Value]) -> Self {
        let touch = sql::TOUCH_COMPANY_OF_DEPARTMENT;
        Self::of(touch, department.into(), statement, values)
    }

    fn of(touch: Statement, owner: Value, statement: Statement, values: &[Value]) -> Self {
        Self {
            touch,
            owner,
            statement,
            values: values.to_vec(),
            also: None,
        }
    }
}

fn change(record: &Record, at: DateTime<Utc>) -> Result<Change, Fault> {
    Ok(match record {
        Record::GroupStatus { group, status } => {
            let status = name("a group's status", status)?;
            Change::of_group(*group, sql::SET_GROUP_STATUS, values![*group, status])
        }
        Record::GroupTitle { group, title } => {
            Change::of_group(*group, sql::SET_GROUP_TITLE, values![*group, title])
        }
        Record::Settings { group, settings } => {
            let settings = json("a group's settings", settings)?;
            Change::of_group(*group, sql::SET_GROUP_SETTINGS, values![*group, settings])
        }
        Record::RoleGiven {
            company,
            person,
            role,
        } => {
            let values = values![*company, *person, name("a role", role)?, at];
            Change::of_company(*company, sql::ADD_ROLE, values)
        }
        Record::RoleTaken {
            company,
            person,
            role,
        } => {
            let values = values![*company, *person, name("a role", role)?];
            Change::of_company(*company, sql::REMOVE_ROLE, values)
        }
        Record::Registered { company, person } => {
            Change::of_company(*company, sql::REGISTER, values![*company, *person, at])
        }
        other => department_change(other, at)?,
    })
}

fn department_change(record: &Record, at: DateTime<Utc>) -> Result<Change, Fault> {
    Ok(match record {
        Record::NewDepartment {
            company,
            name: called,
            access,
        } => {
            let access = name("a department's access", access)?;
            let values = values![*company, called, access, at];
            Change::of_company(*company, sql::MAKE_DEPARTMENT, values)
        }
        Record::DepartmentName { department, name } => {
            let values = values![*department, name];
            Change::of_department(*department, sql::SET_DEPARTMENT_NAME, values)
        }
        Record::DepartmentAccess { department, access } => {
            let values = values![*department, name("a department's access", access)?];
            Change::of_department(*department, sql::SET_DEPARTMENT_ACCESS, values)
        }
        Record::DepartmentRetired { department } => {
            let values = values![*department, at];
            Change::of_department(*department, sql::RETIRE_DEPARTMENT, values)
        }
        Record::Member { department, person } => {
            let values = values![*department, *person, at];
            Change::of_department(*department, sql::ADD_MEMBER, values)
        }
        Record::MemberGone { department, person } => {
            let values = values![*department, *person];
            let gone = Change::of_department(*department, sql::REMOVE_MEMBER, values);
            gone.and(duty_sql::DROP_SCHEDULE)
        }
        other => duty_change(other, at)?,
    })
}

fn duty_change(record: &Record, at: DateTime<Utc>) -> Result<Change, Fault> {
    Ok(match record {
        Record::Schedule {
            department,
            person,
            week: Some(week),
        } => {
            let week = json("a week", week)?;
            let values = values![*department, *person, week, at];
            Change::of_department(*department, duty_sql::SET_SCHEDULE, values)
        }
        Record::Schedule {
            department,
            person,
            week: None,
        } => {
            let values = values![*department, *person];
            Change::of_department(*department, duty_sql::DROP_SCHEDULE, values)
        }
        Record::Duty { company, word } => {
            let values = values![*company, word.person, word.on, word.since, word.until];
            Change::of_company(*company, duty_sql::SET_WORD, values)
        }
        Record::Mute {
            company,
            person,
            mute,
            muted,
        } => {
            let values = values![*company, *person, name("what is muted", mute)?];
            let statement = match muted {
                true => duty_sql::MUTE,
                false => duty_sql::UNMUTE,
            };
            Change::of_company(*company, statement, values)
        }
        other => request_change(other, at)?,
    })
}

fn request_change(record: &Record, at: DateTime<Utc>) -> Result<Change, Fault> {
    Ok(match record {
        Record::JoinRequested {
            group,
            department,
            person,
        } => {
            let values = values![*group, *department, *person, at];
            Change::of_department(*department, sql::ASK_TO_JOIN, values)
        }
        Record::JoinAnswered { request } => {
            let (touch, answer) = (sql::TOUCH_COMPANY_OF_REQUEST, sql::ANSWER_JOIN_REQUEST);
            Change::of(touch, (*request).into(), answer, values![*request, at])
        }
        // Written out, so that a new record must be given a place.
        Record::Seen { .. }
        | Record::Reachable { .. }
        | Record::PersonLanguage { .. }
        | Record::Left { .. }
        | Record::Home { .. }
        | Record::Waits { .. }
        | Record::WaitsNoMore { .. }
        | Record::NewRecurring { .. }
        | Record::RecurringRule { .. }
        | Record::RecurringDropped { .. }
        | Record::Place { .. }
        | Record::Visited { .. }
        | Record::ReportedThere { .. }
        | Record::Forget { .. }
        | Record::NewGroup { .. }
        | Record::GroupJoins { .. }
        | Record::GroupStatus { .. }
        | Record::GroupTitle { .. }
        | Record::ChatMigrated { .. }
        | Record::Settings { .. }
        | Record::Agenda { .. }
        | Record::ClaimLost { .. }
        | Record::NewDepartment { .. }
        | Record::DepartmentName { .. }
        | Record::DepartmentAccess { .. }
        | Record::DepartmentRetired { .. }
        | Record::Member { .. }
        | Record::MemberGone { .. }
        | Record::RoleGiven { .. }
        | Record::RoleTaken { .. }
        | Record::Registered { .. }
        | Record::Schedule { .. }
        | Record::Duty { .. }
        | Record::Mute { .. }
        | Record::AlbumPhoto { .. }
        | Record::CardFound { .. }
        | Record::UnheardNoted { .. }
        | Record::Answered { .. } => {
            return Err(Fault::Inconsistent("a record that is no configuration"));
        }
    })
}
