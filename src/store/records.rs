//! What a commit changes beside an incident: people here, configuration in a module of its own.

mod company;
mod configuration;
mod requests;

use actors::domain::{ChatId, GroupId, Person, PersonId};
use actors::ports::Record;
use chrono::{DateTime, Utc};

use super::engine::Connection;
use super::fault::{Fault, Refused};
use super::statements::{
    dashboard, duty, group, incident, kpi, outbox as outbox_sql, people, place as place_sql,
};
use super::text::name;
use super::value::values;
use super::{agenda, escalation, outbox};

/// Keeps a record; answers with the group it made, if it made one.
pub(super) async fn keep(
    connection: &mut Connection<'_>,
    record: &Record,
    at: DateTime<Utc>,
) -> Result<Option<GroupId>, Refused> {
    match record {
        Record::Seen { person, group } => see(connection, person, *group, at).await?,
        Record::Reachable { person, reachable } => {
            set_reachable(connection, *person, *reachable, at).await?;
        }
        Record::PersonLanguage { person, language } => {
            let values = values![*person, name("a language", language)?, at];
            connection.send(people::SET_LANGUAGE, values).await?;
        }
        Record::Left { person, group } => leave(connection, *person, *group).await?,
        Record::Forget { person } => forget(connection, *person).await?,
        Record::ChatMigrated { from, to } => move_chat(connection, *from, *to).await?,
        Record::AlbumPhoto {
            chat,
            album,
            message,
            photo,
        } => {
            let values = values![*chat, album, *message, &photo.0, at];
            connection.send(incident::KEEP_ALBUM_PHOTO, values).await?;
        }
        Record::CardFound { incident: id, card } => {
            let message = card.message;
            let values = values![*id, message.chat, card.thread, message.message];
            connection.send(incident::FIND_CARD, values).await?;
        }
        Record::Agenda {
            group,
            kind,
            subject,
            due,
        } => agenda::put(connection, *group, *kind, *subject, *due).await?,
        Record::ClaimLost { .. } => lost_claim(connection, record).await?,
        Record::UnheardNoted { incident, people } => {
            escalation::unheard_noted(connection, *incident, people).await?;
        }
        Record::Answered { prompt } => outbox::answered(connection, *prompt, at).await?,
        other => return requests::keep(connection, other, at).await,
    }
    Ok(None)
}

async fn lost_claim(connection: &mut Connection<'_>, record: &Record) -> Result<(), Fault> {
    if let Record::ClaimLost {
        incident,
        department,
        person,
        won_at,
        at,
    } = record
    {
        let values = values![*incident, *person, *won_at, *department, *at];
        connection.send(kpi::KEEP_LOST_CLAIM, values).await?;
    }
    Ok(())
}

async fn see(
    connection: &mut Connection<'_>,
    person: &Person,
    group: Option<GroupId>,
    at: DateTime<Utc>,
) -> Result<(), Fault> {
    if let Some(username) = person.username.as_deref() {
        let values = values![username, person.id];
        connection.send(people::RELEASE_USERNAME, values).await?;
    }
    let language = person.language.as_ref();
    let language = language.map(|language| name("a language", language));
    let values = values![
        person.id,
        &person.name,
        person.username.as_deref(),
        language.transpose()?,
        person.reachable,
        at,
    ];
    connection.send(people::SEE, values).await?;
    if let Some(group) = group {
        let values = values![person.id, group, at];
        connection.send(people::SEE_IN_GROUP, values).await?;
    }
    Ok(())
}

async fn leave(
    connection: &mut Connection<'_>,
    person: PersonId,
    left: GroupId,
) -> Result<(), Fault> {
    let owner = values![left];
    connection
        .send(group::TOUCH_COMPANY_OF_GROUP, owner)
        .await?;
    for statement in [
        people::FORGET_SIGHTING,
        people::FORGET_MEMBERSHIPS_THERE,
        duty::FORGET_WORDS_THERE,
        duty::FORGET_MUTES_THERE,
    ] {
        connection.send(statement, values![person, left]).await?;
    }
    let former = values![person];
    connection
        .send(duty::FORGET_FORMER_SCHEDULES, former)
        .await?;
    Ok(())
}

/// Also for people the desk has not met: that they blocked the bot is known before their name.
pub(super) async fn set_reachable(
    connection: &mut Connection<'_>,
    person: PersonId,
    reachable: bool,
    at: DateTime<Utc>,
) -> Result<(), Fault> {
    let values = values![person, reachable, at];
    connection.send(people::SET_REACHABLE, values).await?;
    Ok(())
}

/// What they wrote stays where it is part of an incident, and so does their number in the audit
/// trail: it says what happened, to others as well. Whether messages reach them stays too, since
/// they are still to be told that it is done.
async fn forget(connection: &mut Connection<'_>, person: PersonId) -> Result<(), Fault> {
    for statement in [
        group::TOUCH_COMPANIES_OF_PERSON,
        people::FORGET_NAMES,
        people::FORGET_SIGHTINGS,
        people::FORGET_MEMBERSHIPS,
        people::FORGET_ROLES,
        people::FORGET_REGISTRATIONS,
        people::FORGET_JOIN_REQUESTS,
        duty::FORGET_SCHEDULES,
        duty::FORGET_WORDS,
        duty::FORGET_MUTES,
        place_sql::FORGET_VISIT,
        dashboard::DROP_SIGN_INS_OF,
        dashboard::END_SESSIONS_OF,
    ] {
        connection.send(statement, values![person]).await?;
    }
    Ok(())
}

/// Everything of a chat follows it to its new number; a second time there is nothing left to move.
pub(super) async fn move_chat(
    connection: &mut Connection<'_>,
    from: ChatId,
    to: ChatId,
) -> Result<(), Fault> {
    for statement in [
        group::TOUCH_COMPANIES_OF_CHATS,
        group::SUPPLANT_GROUP,
        group::MOVE_GROUP,
        outbox_sql::MOVE_CHAT,
        outbox_sql::MOVE_OTHERWISE,
    ] {
        connection.send(statement, values![from, to]).await?;
    }
    let old = values![from];
    connection.send(incident::FORGET_CARDS_OF_CHAT, old).await?;
    Ok(())
}
