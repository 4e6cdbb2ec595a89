//! The rows of what is to be said: putting them in, finding what comes next, and settling how it
//! went.
//!
//! A row is `pending`, `sending`, and then `sent`, `superseded` or `dead`. Of the rows with one
//! coalesce key at most one is pending: newer words take its place in the queue.

mod gather;
mod mention;
mod pace;
mod settle;

use actors::domain::away::GATHERING;
use actors::domain::id::MessageRef;
use actors::domain::{ChatId, GroupId, IncidentId, MessageId, OutboxId, PersonId, Says, ThreadId};
use actors::ports::{Address, Committed, Draft, Head, OutboxRow};
use async_trait::async_trait;
use chrono::{DateTime, Utc};

pub(super) use self::mention::read as also_told;
pub(super) use self::pace::pace;
pub(super) use self::settle::{Recover, Settle, being_sent};
use super::engine::{Connection, Write};
use super::fault::{Fault, Refused};
use super::row::row;
use super::statements::outbox as sql;
use super::text::{json, moment, name, named, parse};
use super::value::values;
use super::{escalation, incident, people};

/// How many heads one look reads: chats of more companies than one desk serves. What must go first
/// is read first.
const HEAD_LIMIT: i64 = 10_000;

row! {
    struct RowOfOutbox {
        id: i64,
        chat_id: i64,
        thread_id: Option<i64>,
        person_id: Option<i64>,
        also_person_ids: Option<String>,
        otherwise_chat_id: Option<i64>,
        group_id: Option<i64>,
        incident_id: Option<i64>,
        class: String,
        says: String,
        reply_to: Option<i64>,
        edit_message_id: Option<i64>,
        attempts: i64,
        doubtful: i64,
        created_at: i64,
        message_id: Option<i64>,
        absent_minutes: Option<i64>,
    }
}

impl TryFrom<RowOfOutbox> for OutboxRow {
    type Error = Fault;

    fn try_from(row: RowOfOutbox) -> Result<Self, Fault> {
        Ok(Self {
            id: OutboxId(row.id),
            chat: ChatId(row.chat_id),
            thread: row.thread_id.map(ThreadId),
            person: row.person_id.map(PersonId),
            also: mention::read(row.also_person_ids.as_deref())?,
            otherwise: row.otherwise_chat_id.map(ChatId),
            group: row.group_id.map(GroupId),
            incident: row.incident_id.map(IncidentId),
            class: named("a class of messages", &row.class)?,
            says: parse("what is said", &row.says)?,
            reply_to: row.reply_to.map(MessageId),
            edit: row.edit_message_id.map(MessageId),
            attempts: u32::try_from(row.attempts)
                .map_err(|_| Fault::Inconsistent("a count of attempts is out of range"))?,
            doubtful: row.doubtful != 0,
            created_at: moment(row.created_at)?,
            message: row.message_id.map(MessageId),
            absent_minutes: row.absent_minutes,
            words: Vec::new(),
        })
    }
}

/// Where a draft goes now.
struct Destination {
    chat: ChatId,
    thread: Option<ThreadId>,
    person: Option<PersonId>,
    otherwise: Option<(ChatId, Option<ThreadId>)>,
    /// Whether this is not the chat that the draft's messages stand in.
    elsewhere: bool,
}

impl Destination {
    async fn find(connection: &mut Connection<'_>, address: Address) -> Result<Self, Fault> {
        let (person, otherwise) = match address {
            Address::Chat { chat, thread } => {
                return Ok(Self {
                    chat,
                    thread,
                    person: None,
                    otherwise: None,
                    elsewhere: false,
                });
            }
            Address::Person {
                person,
                otherwise,
                thread,
            } => (person, otherwise.map(|chat| (chat, thread))),
        };
        let mention = match otherwise {
            Some(mention) if !people::reachable(connection, person).await? => Some(mention),
            _ => None,
        };
        let (chat, thread) = mention.unwrap_or((person.private_chat(), None));
        Ok(Self {
            chat,
            thread,
            person: Some(person),
            otherwise,
            elsewhere: mention.is_some(),
        })
    }
}

/// Puts a draft in.
pub(super) async fn put(
    connection: &mut Connection<'_>,
    draft: &Draft,
    committed: &Committed,
    at: DateTime<Utc>,
) -> Result<(), Fault> {
    let incident = about(draft, committed)?;
    let to = Destination::find(connection, draft.address).await?;
    let own = |message: Option<MessageId>| message.filter(|_| !to.elsewhere);
    let (reply_to, edit) = (own(draft.reply_to), own(draft.edit));
    if let (Says::Escalated { .. }, Some(person), Some(incident), true) =
        (&draft.says, to.person, incident, to.elsewhere)
    {
        escalation::note_unheard(connection, incident, person, at).await?;
    }
    let class = name("a class of messages", &draft.class)?;
    let says = json("what is said", &draft.says)?;
    if let (true, Some(person)) = (to.elsewhere, to.person) {
        let shared = mention::Shared {
            row: None,
            chat: to.chat,
            thread: to.thread,
            incident,
            class: &class,
            says: &says,
            at,
        };
        if mention::join(connection, &shared, &[person]).await? {
            return Ok(());
        }
    }
    let key = match draft.held_until {
        Some(_) => held_key(&draft.says, incident),
        None => coalesce_key(&draft.says, incident, to.chat, edit),
    };
    if let (Says::Pin | Says::Unpin, Some(key)) = (&draft.says, &key) {
        let unpin = json("what is said", &Says::Unpin)?;
        let values = values![key, &says, at, unpin];
        if connection.execute(sql::CANCEL_PIN, values).await? > 0 {
            return Ok(());
        }
    }
    let values = values![
        class,
        to.chat,
        to.thread,
        to.person,
        to.otherwise.map(|(chat, _)| chat),
        to.otherwise.and_then(|(_, thread)| thread),
        draft.group.or(committed.group),
        incident,
        says,
        prompted(&draft.says),
        reply_to,
        edit,
        key,
        at,
        draft.held_until,
        draft.absent_minutes,
    ];
    connection.send(sql::PUT, values).await?;
    Ok(())
}

/// Which incident a draft is about.
fn about(draft: &Draft, committed: &Committed) -> Result<Option<IncidentId>, Fault> {
    match &committed.incident {
        Some(opened) if draft.about_opened => Ok(Some(opened.identity.id)),
        None if draft.about_opened => Err(Fault::Inconsistent(
            "words about an incident that was not opened",
        )),
        _ => Ok(draft.incident),
    }
}

fn prompted(says: &Says) -> Option<PersonId> {
    match says {
        Says::Prompt { person, .. } => Some(*person),
        _ => None,
    }
}

/// Of rows with the same key only the newest is worth sending.
fn coalesce_key(
    says: &Says,
    incident: Option<IncidentId>,
    chat: ChatId,
    edit: Option<MessageId>,
) -> Option<String> {
    match (edit, says, incident) {
        (Some(message), _, _) => Some(format!("edit:{chat}:{message}")),
        (None, Says::Card { .. }, Some(incident)) => Some(card_key(incident)),
        (None, Says::Pin | Says::Unpin, Some(incident)) => Some(format!("pin:{incident}")),
        _ => None,
    }
}

/// Of the nudges that wait for the end of quiet hours only the newest is worth sending.
fn held_key(says: &Says, incident: Option<IncidentId>) -> Option<String> {
    match (says, incident) {
        (Says::Nudge { call, .. }, Some(incident)) => {
            let first = call.first().map_or(0, |person| person.0);
            Some(format!("nudge:{incident}:{first}"))
        }
        _ => None,
    }
}

fn card_key(incident: IncidentId) -> String {
    format!("card:{incident}")
}

row! {
    struct RowOfHead {
        id: i64,
        chat_id: i64,
        class: String,
        not_before: i64,
        created_at: i64,
    }
}

impl TryFrom<RowOfHead> for Head {
    type Error = Fault;

    fn try_from(row: RowOfHead) -> Result<Self, Fault> {
        Ok(Self {
            id: OutboxId(row.id),
            chat: ChatId(row.chat_id),
            class: named("a class of messages", &row.class)?,
            not_before: moment(row.not_before)?,
            created_at: moment(row.created_at)?,
        })
    }
}

pub(super) async fn heads(
    connection: &mut Connection<'_>,
    now: DateTime<Utc>,
) -> Result<Vec<Head>, Fault> {
    let rows: Vec<RowOfHead> = connection
        .fetch_all(sql::HEADS, values![HEAD_LIMIT, now])
        .await?;
    rows.into_iter().map(Head::try_from).collect()
}

pub(super) async fn waiting(
    connection: &mut Connection<'_>,
    id: OutboxId,
) -> Result<Option<OutboxRow>, Fault> {
    let row: Option<RowOfOutbox> = connection.fetch_optional(sql::WAITING, values![id]).await?;
    row.map(OutboxRow::try_from).transpose()
}

pub(super) async fn card_waits(
    connection: &mut Connection<'_>,
    incident: IncidentId,
) -> Result<bool, Fault> {
    let values = values![card_key(incident)];
    let waiting = incident::count(connection, sql::UNFINISHED_OF, values).await?;
    Ok(waiting > 0)
}

pub(super) async fn unfinished(
    connection: &mut Connection<'_>,
    now: DateTime<Utc>,
) -> Result<u32, Fault> {
    // What only waits for its like is not held back.
    let held = values![now + GATHERING];
    incident::count(connection, sql::UNFINISHED, held).await
}

pub(super) async fn said_in(
    connection: &mut Connection<'_>,
    message: MessageRef,
) -> Result<Option<OutboxRow>, Fault> {
    let values = values![message.chat, message.message];
    let row: Option<RowOfOutbox> = connection.fetch_optional(sql::SAID_IN, values).await?;
    row.map(OutboxRow::try_from).transpose()
}

pub(super) async fn open_prompt(
    connection: &mut Connection<'_>,
    chat: ChatId,
    person: PersonId,
) -> Result<Option<OutboxRow>, Fault> {
    let values = values![chat, person];
    let row: Option<RowOfOutbox> = connection.fetch_optional(sql::OPEN_PROMPT, values).await?;
    row.map(OutboxRow::try_from).transpose()
}

pub(super) async fn unsettled_prompt(
    connection: &mut Connection<'_>,
    chat: ChatId,
    person: PersonId,
) -> Result<Option<OutboxRow>, Fault> {
    let values = values![chat, person];
    let row: Option<RowOfOutbox> = connection
        .fetch_optional(sql::UNSETTLED_PROMPT, values)
        .await?;
    row.map(OutboxRow::try_from).transpose()
}

/// Lets go what is held back of an incident.
pub(super) async fn release_held(
    connection: &mut Connection<'_>,
    incident: IncidentId,
) -> Result<(), Fault> {
    let values = values![incident];
    connection.send(sql::RELEASE_HELD, values).await?;
    Ok(())
}

/// Notes that a prompt has its answer; a second answer changes nothing.
pub(super) async fn answered(
    connection: &mut Connection<'_>,
    prompt: OutboxId,
    at: DateTime<Utc>,
) -> Result<(), Fault> {
    connection.send(sql::ANSWERED, values![prompt, at]).await?;
    Ok(())
}

/// A row is about to be sent; with others that are late like it, one that tells of all of them.
pub(super) struct Sending {
    pub(super) id: OutboxId,
    pub(super) at: DateTime<Utc>,
}

#[async_trait]
impl Write for Sending {
    type Answer = Option<OutboxRow>;

    async fn apply(&self, connection: &mut Connection<'_>) -> Result<Self::Answer, Refused> {
        let row = sending(connection, self.id, self.at).await?;
        match row {
            Some(row) => Ok(Some(gather::with_words(connection, row, self.at).await?)),
            None => Ok(None),
        }
    }
}

async fn sending(
    connection: &mut Connection<'_>,
    id: OutboxId,
    at: DateTime<Utc>,
) -> Result<Option<OutboxRow>, Fault> {
    let values = values![id, at];
    let row: Option<RowOfOutbox> = connection.fetch_optional(sql::SENDING, values).await?;
    row.map(OutboxRow::try_from).transpose()
}
