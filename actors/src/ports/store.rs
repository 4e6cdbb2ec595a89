//! The port to what lasts. One transaction holds everything that follows from one command; reads
//! are plain questions.

use chrono::{DateTime, Utc};

use async_trait::async_trait;

use super::analyst::{AnalystCall, Spent};
use super::calls::Calls;
use super::commit::{Commit, Committed, Waiting};
use super::dashboard::Dashboard;
use super::failure::{CommitError, StoreError};
use crate::domain::id::MessageRef;
use crate::domain::kpi::{Depth, Facts, Window};
use crate::domain::notice::ListOf;
use crate::domain::place::{Place, Visit};
use crate::domain::recurring::Recurring;
use crate::domain::{
    AgendaItem, ChatId, Class, CompanyId, DepartmentId, GroupConfig, GroupId, Incident, IncidentId,
    IncidentNumber, JoinRequestId, MessageId, OutboxId, Person, PersonId, Photo, Recorded,
    RecurringId, Says, ThreadId, UpdateId,
};

/// What lasts.
#[async_trait]
pub trait Store: Calls + Dashboard {
    /// Keeps everything that follows from one command, or nothing of it.
    ///
    /// # Errors
    /// A [`CommitError`]; nothing was kept then.
    async fn commit(&self, commit: Commit) -> Result<Committed, CommitError>;

    /// An incident as its last commit left it.
    async fn incident(&self, id: IncidentId) -> Result<Option<Incident>, StoreError>;

    /// An incident of a company by the number people use.
    async fn incident_numbered(
        &self,
        company: CompanyId,
        number: IncidentNumber,
    ) -> Result<Option<Incident>, StoreError>;

    /// The incident that was made from a message.
    async fn incident_from(&self, origin: MessageRef) -> Result<Option<Incident>, StoreError>;

    /// The incident that was made from a message of an album.
    async fn incident_from_album(
        &self,
        chat: ChatId,
        album: &str,
    ) -> Result<Option<Incident>, StoreError>;

    /// Photos of an album that came so far, oldest first.
    async fn album(&self, chat: ChatId, album: &str) -> Result<Vec<Photo>, StoreError>;

    /// How many incidents are open.
    async fn open_count(&self) -> Result<u32, StoreError>;

    /// The open incidents that come after this one in the order of companies and numbers; what cannot
    /// be read is left out.
    async fn open_after(
        &self,
        after: (CompanyId, IncidentNumber),
        limit: u32,
    ) -> Result<Vec<Incident>, StoreError>;

    /// A page of a group's list, newest first, and how many there are in all.
    async fn list(
        &self,
        group: GroupId,
        of: ListOf,
        offset: u32,
        limit: u32,
    ) -> Result<(Vec<Incident>, u32), StoreError>;

    /// Open incidents that the triage model is to look at: those whose reporter waits first, then those
    /// that come after that one.
    async fn triage_queue(
        &self,
        after: IncidentId,
        limit: u32,
    ) -> Result<Vec<Incident>, StoreError>;

    /// The newest incidents of a group, open or not.
    async fn recent(&self, group: GroupId, limit: u32) -> Result<Vec<Incident>, StoreError>;

    /// Keeps a call to the triage model.
    async fn triage_called(&self, call: AnalystCall) -> Result<(), StoreError>;

    /// What a company has spent on triage since then.
    async fn triage_spent(
        &self,
        company: CompanyId,
        since: DateTime<Utc>,
    ) -> Result<Spent, StoreError>;

    /// What reports count of a group in a window, all of it as it was at one moment.
    async fn facts(
        &self,
        group: GroupId,
        window: Window,
        depth: Depth,
    ) -> Result<Facts, StoreError>;

    /// Incidents of a group that were raised or closed in a window, by number.
    async fn incidents_in(
        &self,
        group: GroupId,
        window: Window,
        limit: u32,
    ) -> Result<Vec<Incident>, StoreError>;

    /// The events of an incident, oldest first.
    async fn events(&self, incident: IncidentId) -> Result<Vec<Recorded>, StoreError>;

    /// Everything about a group.
    async fn group(&self, id: GroupId) -> Result<Option<GroupConfig>, StoreError>;

    /// The groups of a company, or of all, oldest first, whatever became of them.
    async fn groups(&self, company: Option<CompanyId>) -> Result<Vec<GroupId>, StoreError>;

    /// Everything about the group behind a chat.
    async fn group_of_chat(&self, chat: ChatId) -> Result<Option<GroupConfig>, StoreError>;

    /// The version of a company's configuration: it moves with every change of it.
    async fn company_version(&self, company: CompanyId) -> Result<i64, StoreError>;

    /// The active groups in which a person was seen, the one they chose for their reports first.
    async fn groups_of(&self, person: PersonId) -> Result<Vec<GroupId>, StoreError>;

    /// The active group that a person chose for their private reports.
    async fn home_of(&self, person: PersonId) -> Result<Option<GroupId>, StoreError>;

    /// A report that waits for its reporter's word.
    async fn waiting(&self, group: GroupId, id: i64) -> Result<Option<Waiting>, StoreError>;

    /// Work that comes again, while it does.
    async fn recurring(&self, id: RecurringId) -> Result<Option<Recurring>, StoreError>;

    /// All work that comes again in a group, oldest first.
    async fn recurring_of(&self, group: GroupId) -> Result<Vec<Recurring>, StoreError>;

    /// The place whose code carries that token.
    async fn place_of(&self, token: &str) -> Result<Option<Place>, StoreError>;

    /// A place of a group by its name, whatever the case.
    async fn place_named(&self, group: GroupId, name: &str) -> Result<Option<Place>, StoreError>;

    /// The place whose code a person opened last.
    async fn visit_of(&self, person: PersonId) -> Result<Option<Visit>, StoreError>;

    /// What is known of people; those never seen are left out.
    async fn people(&self, ids: &[PersonId]) -> Result<Vec<Person>, StoreError>;

    /// Who carries a `@username` (without the `@`, whatever the case).
    async fn person_named(&self, username: &str) -> Result<Option<Person>, StoreError>;

    /// A request to be let into a department, while it is unanswered.
    async fn join_request(
        &self,
        id: JoinRequestId,
    ) -> Result<Option<(GroupId, PersonId, DepartmentId)>, StoreError>;

    /// The unanswered request of a person for a department.
    async fn join_request_of(
        &self,
        person: PersonId,
        department: DepartmentId,
    ) -> Result<Option<JoinRequestId>, StoreError>;

    /// What the bot said in a message, if it is one of its own.
    async fn said_in(&self, message: MessageRef) -> Result<Option<OutboxRow>, StoreError>;

    /// The newest prompt to a person in a chat that has no answer yet.
    async fn open_prompt(
        &self,
        chat: ChatId,
        person: PersonId,
    ) -> Result<Option<OutboxRow>, StoreError>;

    /// The newest prompt to a person in a chat that may have arrived, though that is not known:
    /// its delivery is under way, or was cut short.
    async fn unsettled_prompt(
        &self,
        chat: ChatId,
        person: PersonId,
    ) -> Result<Option<OutboxRow>, StoreError>;

    /// Whether an update has its verdict already.
    async fn handled(&self, update: UpdateId) -> Result<bool, StoreError>;

    /// The card of an incident.
    async fn card(&self, incident: IncidentId) -> Result<Option<Card>, StoreError>;

    /// Incidents with a deadline due by now, longest overdue first.
    async fn due(
        &self,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<(IncidentId, GroupId)>, StoreError>;

    /// The chats of active groups with something on their agenda due by now, longest overdue first.
    async fn agenda_due(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<ChatId>, StoreError>;

    /// What is due by now on a group's agenda, longest overdue first.
    async fn agenda(
        &self,
        group: GroupId,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<AgendaItem>, StoreError>;

    /// The soonest deadline of all, agendas of active groups included.
    async fn next_due(&self) -> Result<Option<DateTime<Utc>>, StoreError>;

    /// What waits: of each class in each chat the oldest row, due or not; first things first, and
    /// nothing for chats where a row is being sent. A class keeps its order in a chat, so whatever
    /// else waits comes after one of these. What is held back until later stands aside until then.
    async fn outbox_heads(&self, now: DateTime<Utc>) -> Result<Vec<Head>, StoreError>;

    /// A row that waits, as it would be sent now.
    async fn outbox_waiting(&self, id: OutboxId) -> Result<Option<OutboxRow>, StoreError>;

    /// Whether an incident's card waits to be sent, or is being sent.
    async fn outbox_card_waits(&self, incident: IncidentId) -> Result<bool, StoreError>;

    /// What was sent after that moment, or was being sent, and what was told to rest: the
    /// messenger's limits outlast a run of the desk.
    async fn outbox_pace(&self, since: DateTime<Utc>) -> Result<Pace, StoreError>;

    /// Notes that a row is about to be sent, so that a crash leaves it known as doubtful. Answers
    /// with the row as it is to be sent, this attempt counted: since it was looked up, newer words
    /// may have taken its place. `None`: it no longer waits, and must not be sent.
    async fn outbox_sending(
        &self,
        id: OutboxId,
        at: DateTime<Utc>,
    ) -> Result<Option<OutboxRow>, StoreError>;

    /// Notes how the sending of a row ended.
    async fn outbox_settle(
        &self,
        row: &OutboxRow,
        settled: Settled,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError>;

    /// The rows that are noted as being sent, each followed by those whose words it tells: whoever began
    /// with one of them is sending it.
    async fn outbox_being_sent(&self) -> Result<Vec<Vec<OutboxId>>, StoreError>;

    /// After a crash: rows that were being sent wait again and are marked as a repeat; chatter is
    /// given up. Those that are `held` are still being sent, and are left alone.
    async fn outbox_recover(
        &self,
        at: DateTime<Utc>,
        held: &[OutboxId],
    ) -> Result<Recovered, StoreError>;

    /// How many rows wait or are being sent; what is held back until later is not counted.
    async fn outbox_unfinished(&self, now: DateTime<Utc>) -> Result<u32, StoreError>;

    /// What waits at this moment.
    async fn backlog(&self, now: DateTime<Utc>) -> Result<Backlog, StoreError>;

    /// Puts an update aside that failed again and again, with its cause.
    async fn set_aside(
        &self,
        update: UpdateId,
        raw: &str,
        cause: &str,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError>;

    /// Notes that the desk runs from now on; answers how the last run ended.
    async fn begin_run(&self, at: DateTime<Utc>) -> Result<LastRun, StoreError>;

    /// Notes that the desk still runs.
    async fn heartbeat(&self, at: DateTime<Utc>) -> Result<(), StoreError>;

    /// Notes that the desk stopped by its own will.
    async fn end_run(&self, at: DateTime<Utc>) -> Result<(), StoreError>;

    /// Forgets what is no longer needed: handled updates and albums older than the given moment.
    async fn prune(&self, before: DateTime<Utc>) -> Result<(), StoreError>;

    /// Waits until another process has taken the store over, so that this one can keep nothing any
    /// more. Where that cannot happen it waits for ever.
    async fn taken_over(&self) {
        std::future::pending().await
    }
}

/// What waits, for whoever watches over the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Backlog {
    /// Open incidents.
    pub open: u32,
    /// Deadlines that are due and were not acted on yet.
    pub overdue: u32,
    /// Rows of the outbox that wait or are being sent.
    pub unsent: u32,
    /// When the oldest of those was put in that might be sent by now.
    pub oldest_unsent: Option<DateTime<Utc>>,
    /// Open incidents that the triage model is to look at.
    pub unassessed: u32,
}

/// The row of a class that comes next in a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Which.
    pub id: OutboxId,
    /// The chat it goes to now.
    pub chat: ChatId,
    /// How hard to try.
    pub class: Class,
    /// Not before then.
    pub not_before: DateTime<Utc>,
    /// When it was put in.
    pub created_at: DateTime<Utc>,
}

/// What the messenger's limits remember.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pace {
    /// What was sent.
    pub sent: Vec<SentLately>,
    /// What was told to rest.
    pub rests: Vec<Rest>,
}

/// Something that was sent, or may have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentLately {
    /// Where.
    pub chat: ChatId,
    /// When it was last tried.
    pub at: DateTime<Utc>,
    /// How often it was tried.
    pub attempts: u32,
    /// What it said.
    pub says: Says,
}

/// The messenger wants to be left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest {
    /// With that chat; `None` with all of them.
    pub chat: Option<ChatId>,
    /// When it said so.
    pub told_at: DateTime<Utc>,
    /// Until then.
    pub until: DateTime<Utc>,
}

/// What a crash left in the outbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recovered {
    /// How many rows wait.
    pub waiting: u32,
    /// How many of them may have arrived.
    pub doubtful: u32,
    /// How much chatter was given up.
    pub given_up: u32,
}

/// A row of the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRow {
    /// Which.
    pub id: OutboxId,
    /// The chat it goes to now.
    pub chat: ChatId,
    /// The topic in that chat.
    pub thread: Option<ThreadId>,
    /// The person it is addressed to.
    pub person: Option<PersonId>,
    /// Others to whom the same is said in the same message: it mentions them too.
    pub also: Vec<PersonId>,
    /// Where to mention that person if they cannot be reached privately.
    pub otherwise: Option<ChatId>,
    /// The group whose configuration holds.
    pub group: Option<GroupId>,
    /// The incident it is about.
    pub incident: Option<IncidentId>,
    /// How hard to try.
    pub class: Class,
    /// What is said.
    pub says: Says,
    /// As an answer to which message.
    pub reply_to: Option<MessageId>,
    /// In place of which message.
    pub edit: Option<MessageId>,
    /// How often it was tried.
    pub attempts: u32,
    /// Whether an earlier try may have arrived.
    pub doubtful: bool,
    /// When it was put in.
    pub created_at: DateTime<Utc>,
    /// The message it became.
    pub message: Option<MessageId>,
    /// Minutes for which the desk was away when it was due: such rows are gathered.
    pub absent_minutes: Option<i64>,
    /// The rows that were gathered into this one; known once it is being sent.
    pub words: Vec<OutboxRow>,
}

/// How the sending of a row ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// It arrived; a card is remembered by its message.
    Sent {
        /// The message it became, or changed.
        message: Option<MessageId>,
    },
    /// It waits again.
    Retry {
        /// Until when.
        not_before: DateTime<Utc>,
        /// Whether it may have arrived.
        doubtful: bool,
        /// Who wants to be left alone until then, if this is why.
        rest: Option<Rest>,
        /// Why.
        reason: String,
    },
    /// It goes to another chat from now on: a mention in the group instead of a private message.
    Redirect {
        /// Where.
        chat: ChatId,
        /// Into which topic.
        thread: Option<ThreadId>,
        /// Whether the person is unreachable, and is remembered so.
        unreachable: bool,
        /// Why.
        reason: String,
    },
    /// The card it should change is gone: the card is forgotten, and the row waits to be sent anew.
    Repost {
        /// Why.
        reason: String,
    },
    /// The chat has another number: all that belongs to it moves there, and the row waits again.
    Migrated {
        /// The new number.
        to: ChatId,
    },
    /// There is nothing to say any more.
    Moot {
        /// Why.
        reason: String,
    },
    /// Given up.
    Dead {
        /// Why.
        reason: String,
    },
}

/// The card of an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Card {
    /// The message.
    pub message: MessageRef,
    /// The topic.
    pub thread: Option<ThreadId>,
}

/// How the last run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastRun {
    /// How.
    pub end: RunEnd,
    /// When it was last seen alive.
    pub last_seen: Option<DateTime<Utc>>,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunEnd {
    /// There was none.
    FirstRun,
    /// It stopped by its own will.
    Stopped,
    /// It crashed, was killed, or lost power.
    Crashed,
}
