//! The port, method by method: what is asked of the database, and what fails there is named after.

use actors::domain::id::MessageRef;
use actors::domain::kpi::{Depth, Facts, Window};
use actors::domain::notice::ListOf;
use actors::domain::place::{Place, Visit};
use actors::domain::recurring::Recurring;
use actors::domain::{
    AgendaItem, ChatId, CompanyId, DepartmentId, GroupConfig, GroupId, Incident, IncidentId,
    IncidentNumber, JoinRequestId, OutboxId, Person, PersonId, Photo, Recorded, RecurringId,
    UpdateId,
};
use actors::ports::{
    AnalystCall, Backlog, Card, Commit, CommitError, Committed, Head, LastRun, OutboxRow, Pace,
    Recovered, Settled, Spent, Store, StoreError, Waiting,
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use tokio::time::timeout;

use super::fault::{Fault, Refused};
use super::outbox::{Recover, Sending, Settle};
use super::run::{BeginRun, EndRun, Heartbeat, Prune, SetAside};
use super::{
    SqlStore, agenda, group, incident, kpi, memory, outbox, people, place, recurring, run, triage,
    waiting,
};

/// Reads, with the operation's name on whatever fails.
macro_rules! read {
    ($store:expr, $operation:literal, $module:ident::$function:ident($($argument:expr),*)) => {
        async {
            let begun = $store.reading.begin();
            let answer = async {
                let mut reader = $store.engine.reader().await?;
                let limit = reader.answer_timeout();
                let mut connection = reader.connection();
                let asked = $module::$function(&mut connection $(, $argument)*);
                let answered = timeout(limit, asked).await;
                answered.unwrap_or_else(|_| {
                    reader.cut_off();
                    Err(Fault::Silent)
                })
            }
            .await;
            $store.reading.note(begun, answer.as_ref().err());
            answer.map_err(|fault: Fault| fault.during($operation))
        }
        .await
    };
}

pub(super) use read;

#[async_trait]
impl Store for SqlStore {
    async fn commit(&self, mut commit: Commit) -> Result<Committed, CommitError> {
        let begun = self.memory.moment();
        commit.records.retain(|record| !self.memory.knows(record));
        let seen = memory::sightings(&commit.records);
        let change = self.memory.change_by(&commit.records);
        let kept = self.write(commit).await;
        match change {
            Some(change) => change.ended(),
            None if kept.is_ok() && !seen.is_empty() => self.memory.has_seen(begun, seen),
            None => {}
        }
        kept.map_err(Refused::into_commit_error)
    }

    async fn incident(&self, id: IncidentId) -> Result<Option<Incident>, StoreError> {
        read!(self, "load an incident", incident::by_id(id))
    }

    async fn incident_numbered(
        &self,
        company: CompanyId,
        number: IncidentNumber,
    ) -> Result<Option<Incident>, StoreError> {
        read!(
            self,
            "find an incident by its number",
            incident::numbered(company, number)
        )
    }

    async fn incident_from(&self, origin: MessageRef) -> Result<Option<Incident>, StoreError> {
        read!(
            self,
            "find the incident of a message",
            incident::made_from(origin)
        )
    }

    async fn incident_from_album(
        &self,
        chat: ChatId,
        album: &str,
    ) -> Result<Option<Incident>, StoreError> {
        read!(
            self,
            "find the incident of an album",
            incident::made_from_album(chat, album)
        )
    }

    async fn album(&self, chat: ChatId, album: &str) -> Result<Vec<Photo>, StoreError> {
        read!(self, "load an album", incident::album(chat, album))
    }

    async fn open_count(&self) -> Result<u32, StoreError> {
        read!(self, "count the open incidents", incident::open_count())
    }

    async fn open_after(
        &self,
        after: (CompanyId, IncidentNumber),
        limit: u32,
    ) -> Result<Vec<Incident>, StoreError> {
        read!(
            self,
            "load open incidents",
            incident::open_after(after, limit)
        )
    }

    async fn list(
        &self,
        group: GroupId,
        of: ListOf,
        offset: u32,
        limit: u32,
    ) -> Result<(Vec<Incident>, u32), StoreError> {
        read!(
            self,
            "list incidents",
            incident::list(group, of, offset, limit)
        )
    }

    async fn triage_queue(
        &self,
        after: IncidentId,
        limit: u32,
    ) -> Result<Vec<Incident>, StoreError> {
        read!(
            self,
            "find what triage waits for",
            triage::queue(after, limit)
        )
    }

    async fn recent(&self, group: GroupId, limit: u32) -> Result<Vec<Incident>, StoreError> {
        read!(
            self,
            "load a group's newest incidents",
            incident::recent(group, limit)
        )
    }

    async fn triage_called(&self, call: AnalystCall) -> Result<(), StoreError> {
        self.keep("note a call of triage", triage::Called(call))
            .await
    }

    async fn triage_spent(
        &self,
        company: CompanyId,
        since: DateTime<Utc>,
    ) -> Result<Spent, StoreError> {
        read!(
            self,
            "sum up what triage took",
            triage::spent(company, since)
        )
    }

    async fn facts(
        &self,
        group: GroupId,
        window: Window,
        depth: Depth,
    ) -> Result<Facts, StoreError> {
        let begun = self.reading.begin();
        let read = kpi::facts(&self.engine, group, window, depth).await;
        self.reading.note(begun, read.as_ref().err());
        read.map_err(|fault| fault.during("read for a report"))
    }

    async fn incidents_in(
        &self,
        group: GroupId,
        window: Window,
        limit: u32,
    ) -> Result<Vec<Incident>, StoreError> {
        let begun = self.reading.begin();
        let read = kpi::incidents(&self.engine, group, window, limit).await;
        self.reading.note(begun, read.as_ref().err());
        read.map_err(|fault| fault.during("list what a report is about"))
    }

    async fn events(&self, incident: IncidentId) -> Result<Vec<Recorded>, StoreError> {
        read!(
            self,
            "load an incident's events",
            incident::events(incident)
        )
    }

    async fn group(&self, id: GroupId) -> Result<Option<GroupConfig>, StoreError> {
        if let Some(group) = self.memory.group(id) {
            return Ok(Some(group));
        }
        let begun = self.memory.moment();
        let read = read!(self, "load a group", group::by_id(id));
        read.inspect(|group| self.memory.learn(begun, group.as_ref()))
    }

    async fn groups(&self, company: Option<CompanyId>) -> Result<Vec<GroupId>, StoreError> {
        read!(self, "list groups", group::all(company))
    }

    async fn group_of_chat(&self, chat: ChatId) -> Result<Option<GroupConfig>, StoreError> {
        if let Some(group) = self.memory.group_of_chat(chat) {
            return Ok(Some(group));
        }
        let begun = self.memory.moment();
        let read = read!(self, "find the group of a chat", group::of_chat(chat));
        read.inspect(|group| self.memory.learn(begun, group.as_ref()))
    }

    async fn company_version(&self, company: CompanyId) -> Result<i64, StoreError> {
        if let Some(version) = self.memory.company_version(company) {
            return Ok(version);
        }
        read!(
            self,
            "read a company's version",
            group::company_version(company)
        )
    }

    async fn groups_of(&self, person: PersonId) -> Result<Vec<GroupId>, StoreError> {
        read!(self, "find a person's groups", group::of_person(person))
    }

    async fn home_of(&self, person: PersonId) -> Result<Option<GroupId>, StoreError> {
        read!(self, "find a person's home group", group::home_of(person))
    }

    async fn waiting(&self, group: GroupId, id: i64) -> Result<Option<Waiting>, StoreError> {
        read!(self, "load a report that waits", waiting::by_id(group, id))
    }

    async fn recurring(&self, id: RecurringId) -> Result<Option<Recurring>, StoreError> {
        read!(self, "load work that comes again", recurring::by_id(id))
    }

    async fn recurring_of(&self, group: GroupId) -> Result<Vec<Recurring>, StoreError> {
        read!(
            self,
            "list work that comes again",
            recurring::of_group(group)
        )
    }

    async fn place_of(&self, token: &str) -> Result<Option<Place>, StoreError> {
        read!(self, "find the place of a code", place::of_token(token))
    }

    async fn place_named(&self, group: GroupId, name: &str) -> Result<Option<Place>, StoreError> {
        read!(self, "find a place by its name", place::named(group, name))
    }

    async fn visit_of(&self, person: PersonId) -> Result<Option<Visit>, StoreError> {
        read!(self, "find where a person is", place::visit_of(person))
    }

    async fn people(&self, ids: &[PersonId]) -> Result<Vec<Person>, StoreError> {
        read!(self, "load people", people::known(ids))
    }

    async fn person_named(&self, username: &str) -> Result<Option<Person>, StoreError> {
        read!(
            self,
            "find a person by username",
            people::with_username(username)
        )
    }

    async fn join_request(
        &self,
        id: JoinRequestId,
    ) -> Result<Option<(GroupId, PersonId, DepartmentId)>, StoreError> {
        read!(self, "load a join request", group::join_request(id))
    }

    async fn join_request_of(
        &self,
        person: PersonId,
        department: DepartmentId,
    ) -> Result<Option<JoinRequestId>, StoreError> {
        read!(
            self,
            "find a join request",
            group::join_request_of(person, department)
        )
    }

    async fn said_in(&self, message: MessageRef) -> Result<Option<OutboxRow>, StoreError> {
        read!(self, "find what a message said", outbox::said_in(message))
    }

    async fn open_prompt(
        &self,
        chat: ChatId,
        person: PersonId,
    ) -> Result<Option<OutboxRow>, StoreError> {
        read!(
            self,
            "find an open prompt",
            outbox::open_prompt(chat, person)
        )
    }

    async fn unsettled_prompt(
        &self,
        chat: ChatId,
        person: PersonId,
    ) -> Result<Option<OutboxRow>, StoreError> {
        read!(
            self,
            "find an unsettled prompt",
            outbox::unsettled_prompt(chat, person)
        )
    }

    async fn handled(&self, update: UpdateId) -> Result<bool, StoreError> {
        read!(self, "look an update up", run::handled(update))
    }

    async fn card(&self, incident: IncidentId) -> Result<Option<Card>, StoreError> {
        read!(self, "find a card", incident::card(incident))
    }

    async fn due(
        &self,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<(IncidentId, GroupId)>, StoreError> {
        read!(self, "find due deadlines", incident::due(now, limit))
    }

    async fn agenda_due(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<ChatId>, StoreError> {
        read!(self, "find due agendas", agenda::due(now, limit))
    }

    async fn agenda(
        &self,
        group: GroupId,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<AgendaItem>, StoreError> {
        read!(self, "load an agenda", agenda::of_group(group, now, limit))
    }

    async fn next_due(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        read!(self, "find the next deadline", incident::next_due())
    }

    async fn outbox_heads(&self, now: DateTime<Utc>) -> Result<Vec<Head>, StoreError> {
        read!(self, "find what is to be said", outbox::heads(now))
    }

    async fn outbox_waiting(&self, id: OutboxId) -> Result<Option<OutboxRow>, StoreError> {
        read!(self, "load what is to be said", outbox::waiting(id))
    }

    async fn outbox_card_waits(&self, incident: IncidentId) -> Result<bool, StoreError> {
        read!(
            self,
            "look for a waiting card",
            outbox::card_waits(incident)
        )
    }

    async fn outbox_pace(&self, since: DateTime<Utc>) -> Result<Pace, StoreError> {
        read!(self, "find what was sent lately", outbox::pace(since))
    }

    async fn outbox_sending(
        &self,
        id: OutboxId,
        at: DateTime<Utc>,
    ) -> Result<Option<OutboxRow>, StoreError> {
        self.keep("note that a message is being sent", Sending { id, at })
            .await
    }

    async fn outbox_settle(
        &self,
        row: &OutboxRow,
        settled: Settled,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let row = row.clone();
        let change = self.memory.change_by_settling(&settled);
        let settle = Settle { row, settled, at };
        let kept = self.keep("note how sending ended", settle).await;
        if let Some(change) = change {
            change.ended();
        }
        kept
    }

    async fn outbox_being_sent(&self) -> Result<Vec<Vec<OutboxId>>, StoreError> {
        read!(self, "find what is being sent", outbox::being_sent())
    }

    async fn outbox_recover(
        &self,
        at: DateTime<Utc>,
        held: &[OutboxId],
    ) -> Result<Recovered, StoreError> {
        let held = held.to_vec();
        self.keep("recover the outbox", Recover { at, held }).await
    }

    async fn outbox_unfinished(&self, now: DateTime<Utc>) -> Result<u32, StoreError> {
        read!(self, "count what is to be said", outbox::unfinished(now))
    }

    async fn backlog(&self, now: DateTime<Utc>) -> Result<Backlog, StoreError> {
        read!(self, "see what waits", run::backlog(now))
    }

    async fn set_aside(
        &self,
        update: UpdateId,
        raw: &str,
        cause: &str,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (raw, cause) = (raw.to_owned(), cause.to_owned());
        let aside = SetAside {
            update,
            raw,
            cause,
            at,
        };
        self.keep("put an update aside", aside).await
    }

    async fn begin_run(&self, at: DateTime<Utc>) -> Result<LastRun, StoreError> {
        self.keep("note that the desk runs", BeginRun(at)).await
    }

    async fn heartbeat(&self, at: DateTime<Utc>) -> Result<(), StoreError> {
        const OPERATION: &str = "note that the desk still runs";
        let ours = self.engine.confirm_lease().await;
        if ours.as_ref().is_err_and(Fault::is_taken_over) {
            self.taken_over.cancel();
        }
        ours.map_err(|fault| fault.during(OPERATION))?;
        self.keep(OPERATION, Heartbeat(at)).await
    }

    async fn end_run(&self, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.keep("note that the desk stopped", EndRun(at)).await
    }

    async fn prune(&self, before: DateTime<Utc>) -> Result<(), StoreError> {
        self.keep("forget what is no longer needed", Prune(before))
            .await
    }

    async fn taken_over(&self) {
        self.taken_over.cancelled().await;
    }
}
