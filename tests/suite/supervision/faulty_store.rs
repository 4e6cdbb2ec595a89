//! A store that panics, fails or hangs when a test says so, and is the real one otherwise.

use std::sync::Arc;

use actors::domain::id::MessageRef;
use actors::domain::kpi::{Depth, Facts, Window};
use actors::domain::notice::ListOf;
use actors::domain::place::{Place, Visit};
use actors::domain::recurring::Recurring;
use actors::domain::{
    AgendaItem, ChatId, Class, CompanyId, DepartmentId, GroupConfig, GroupId, Incident, IncidentId,
    IncidentNumber, JoinRequestId, OutboxId, Person, PersonId, Photo, Recorded, RecurringId,
    UpdateId,
};
use actors::ports::{
    AnalystCall, Backlog, Board, BoardFilter, Calls, Card, Commit, CommitError, Committed,
    Dashboard, Head, LastRun, OutboxRow, Pace, Recovered, SecretDigest, Settled, Spent, Store,
    StoreError, Telling, Waiting,
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::plan::Plan;

/// The real store, behind a plan.
pub(crate) struct FaultyStore {
    pub(crate) inner: Arc<dyn Store>,
    pub(crate) plan: Arc<Plan>,
}

impl FaultyStore {
    /// Asks the real store, unless something befalls it.
    async fn through<T>(
        &self,
        operation: &'static str,
        about: Option<i64>,
        answer: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, StoreError> {
        let call = self.plan.befall(operation, about).await?;
        let answer = answer.await;
        self.plan.after(call);
        answer
    }
}

#[async_trait]
impl Store for FaultyStore {
    async fn commit(&self, commit: Commit) -> Result<Committed, CommitError> {
        if self.plan.boasts_of(&commit) {
            return Ok(Committed {
                incident: commit.incident.map(|write| write.incident),
                group: None,
            });
        }
        let write = commit.incident.as_ref();
        let about = write.map(|write| write.incident.identity.id.0);
        self.plan.befall("commit", about).await?;
        let committed = self.inner.commit(commit).await?;
        self.plan.befall("committed", about).await?;
        Ok(committed)
    }

    async fn incident(&self, id: IncidentId) -> Result<Option<Incident>, StoreError> {
        let answer = self.inner.incident(id);
        self.through("incident", Some(id.0), answer).await
    }

    async fn incident_numbered(
        &self,
        company: CompanyId,
        number: IncidentNumber,
    ) -> Result<Option<Incident>, StoreError> {
        let answer = self.inner.incident_numbered(company, number);
        self.through("incident_numbered", None, answer).await
    }

    async fn incident_from(&self, origin: MessageRef) -> Result<Option<Incident>, StoreError> {
        let answer = self.inner.incident_from(origin);
        self.through("incident_from", None, answer).await
    }

    async fn incident_from_album(
        &self,
        chat: ChatId,
        album: &str,
    ) -> Result<Option<Incident>, StoreError> {
        let answer = self.inner.incident_from_album(chat, album);
        self.through("incident_from_album", None, answer).await
    }

    async fn album(&self, chat: ChatId, album: &str) -> Result<Vec<Photo>, StoreError> {
        let answer = self.inner.album(chat, album);
        self.through("album", None, answer).await
    }

    async fn open_count(&self) -> Result<u32, StoreError> {
        let answer = self.inner.open_count();
        self.through("open_count", None, answer).await
    }

    async fn open_after(
        &self,
        after: (CompanyId, IncidentNumber),
        limit: u32,
    ) -> Result<Vec<Incident>, StoreError> {
        let answer = self.inner.open_after(after, limit);
        self.through("open_after", None, answer).await
    }

    async fn list(
        &self,
        group: GroupId,
        of: ListOf,
        offset: u32,
        limit: u32,
    ) -> Result<(Vec<Incident>, u32), StoreError> {
        let answer = self.inner.list(group, of, offset, limit);
        self.through("list", Some(group.0), answer).await
    }

    async fn recent(&self, group: GroupId, limit: u32) -> Result<Vec<Incident>, StoreError> {
        let answer = self.inner.recent(group, limit);
        self.through("recent", Some(group.0), answer).await
    }

    async fn groups(&self, company: Option<CompanyId>) -> Result<Vec<GroupId>, StoreError> {
        let answer = self.inner.groups(company);
        self.through("groups", None, answer).await
    }

    async fn facts(
        &self,
        group: GroupId,
        window: Window,
        depth: Depth,
    ) -> Result<Facts, StoreError> {
        let answer = self.inner.facts(group, window, depth);
        self.through("facts", Some(group.0), answer).await
    }

    async fn backlog(&self, now: DateTime<Utc>) -> Result<Backlog, StoreError> {
        let answer = self.inner.backlog(now);
        self.through("backlog", None, answer).await
    }

    async fn events(&self, incident: IncidentId) -> Result<Vec<Recorded>, StoreError> {
        let answer = self.inner.events(incident);
        self.through("events", Some(incident.0), answer).await
    }

    async fn group(&self, id: GroupId) -> Result<Option<GroupConfig>, StoreError> {
        let answer = self.inner.group(id);
        self.through("group", Some(id.0), answer).await
    }

    async fn group_of_chat(&self, chat: ChatId) -> Result<Option<GroupConfig>, StoreError> {
        let answer = self.inner.group_of_chat(chat);
        self.through("group_of_chat", Some(chat.0), answer).await
    }

    async fn company_version(&self, company: CompanyId) -> Result<i64, StoreError> {
        let answer = self.inner.company_version(company);
        self.through("company_version", None, answer).await
    }

    async fn groups_of(&self, person: PersonId) -> Result<Vec<GroupId>, StoreError> {
        let answer = self.inner.groups_of(person);
        self.through("groups_of", Some(person.0), answer).await
    }

    async fn waiting(&self, group: GroupId, id: i64) -> Result<Option<Waiting>, StoreError> {
        let answer = self.inner.waiting(group, id);
        self.through("waiting", None, answer).await
    }

    async fn recurring(&self, id: RecurringId) -> Result<Option<Recurring>, StoreError> {
        let answer = self.inner.recurring(id);
        self.through("recurring", None, answer).await
    }

    async fn recurring_of(&self, group: GroupId) -> Result<Vec<Recurring>, StoreError> {
        let answer = self.inner.recurring_of(group);
        self.through("recurring_of", None, answer).await
    }

    async fn home_of(&self, person: PersonId) -> Result<Option<GroupId>, StoreError> {
        let answer = self.inner.home_of(person);
        self.through("home_of", Some(person.0), answer).await
    }

    async fn place_of(&self, token: &str) -> Result<Option<Place>, StoreError> {
        let answer = self.inner.place_of(token);
        self.through("place_of", None, answer).await
    }

    async fn place_named(&self, group: GroupId, name: &str) -> Result<Option<Place>, StoreError> {
        let answer = self.inner.place_named(group, name);
        self.through("place_named", None, answer).await
    }

    async fn visit_of(&self, person: PersonId) -> Result<Option<Visit>, StoreError> {
        let answer = self.inner.visit_of(person);
        self.through("visit_of", None, answer).await
    }

    async fn people(&self, ids: &[PersonId]) -> Result<Vec<Person>, StoreError> {
        let answer = self.inner.people(ids);
        self.through("people", None, answer).await
    }

    async fn person_named(&self, username: &str) -> Result<Option<Person>, StoreError> {
        let answer = self.inner.person_named(username);
        self.through("person_named", None, answer).await
    }

    async fn join_request(
        &self,
        id: JoinRequestId,
    ) -> Result<Option<(GroupId, PersonId, DepartmentId)>, StoreError> {
        let answer = self.inner.join_request(id);
        self.through("join_request", None, answer).await
    }

    async fn join_request_of(
        &self,
        person: PersonId,
        department: DepartmentId,
    ) -> Result<Option<JoinRequestId>, StoreError> {
        let answer = self.inner.join_request_of(person, department);
        self.through("join_request_of", None, answer).await
    }

    async fn said_in(&self, message: MessageRef) -> Result<Option<OutboxRow>, StoreError> {
        let answer = self.inner.said_in(message);
        self.through("said_in", None, answer).await
    }

    async fn open_prompt(
        &self,
        chat: ChatId,
        person: PersonId,
    ) -> Result<Option<OutboxRow>, StoreError> {
        let answer = self.inner.open_prompt(chat, person);
        self.through("open_prompt", None, answer).await
    }

    async fn unsettled_prompt(
        &self,
        chat: ChatId,
        person: PersonId,
    ) -> Result<Option<OutboxRow>, StoreError> {
        let answer = self.inner.unsettled_prompt(chat, person);
        self.through("unsettled_prompt", None, answer).await
    }

    async fn handled(&self, update: UpdateId) -> Result<bool, StoreError> {
        let answer = self.inner.handled(update);
        self.through("handled", None, answer).await
    }

    async fn card(&self, incident: IncidentId) -> Result<Option<Card>, StoreError> {
        let answer = self.inner.card(incident);
        self.through("card", Some(incident.0), answer).await
    }

    async fn due(
        &self,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<(IncidentId, GroupId)>, StoreError> {
        let answer = self.inner.due(now, limit);
        self.through("due", None, answer).await
    }

    async fn triage_queue(
        &self,
        after: IncidentId,
        limit: u32,
    ) -> Result<Vec<Incident>, StoreError> {
        self.inner.triage_queue(after, limit).await
    }

    async fn triage_called(&self, call: AnalystCall) -> Result<(), StoreError> {
        self.inner.triage_called(call).await
    }

    async fn triage_spent(
        &self,
        company: CompanyId,
        since: DateTime<Utc>,
    ) -> Result<Spent, StoreError> {
        self.inner.triage_spent(company, since).await
    }

    async fn incidents_in(
        &self,
        group: GroupId,
        window: Window,
        limit: u32,
    ) -> Result<Vec<Incident>, StoreError> {
        self.inner.incidents_in(group, window, limit).await
    }

    async fn agenda_due(&self, now: DateTime<Utc>, limit: u32) -> Result<Vec<ChatId>, StoreError> {
        let answer = self.inner.agenda_due(now, limit);
        self.through("agenda_due", None, answer).await
    }

    async fn agenda(
        &self,
        group: GroupId,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<AgendaItem>, StoreError> {
        let answer = self.inner.agenda(group, now, limit);
        self.through("agenda", None, answer).await
    }

    async fn next_due(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let answer = self.inner.next_due();
        self.through("next_due", None, answer).await
    }

    async fn outbox_heads(&self, now: DateTime<Utc>) -> Result<Vec<Head>, StoreError> {
        let answer = self.inner.outbox_heads(now);
        self.through("outbox_heads", None, answer).await
    }

    async fn outbox_waiting(&self, id: OutboxId) -> Result<Option<OutboxRow>, StoreError> {
        let answer = self.inner.outbox_waiting(id);
        self.through("outbox_waiting", None, answer).await
    }

    async fn outbox_card_waits(&self, incident: IncidentId) -> Result<bool, StoreError> {
        self.plan
            .befall("outbox_card_waits", Some(incident.0))
            .await?;
        self.inner.outbox_card_waits(incident).await
    }

    async fn outbox_pace(&self, since: DateTime<Utc>) -> Result<Pace, StoreError> {
        let answer = self.inner.outbox_pace(since);
        self.through("outbox_pace", None, answer).await
    }

    async fn outbox_sending(
        &self,
        id: OutboxId,
        at: DateTime<Utc>,
    ) -> Result<Option<OutboxRow>, StoreError> {
        let answer = self.inner.outbox_sending(id, at);
        self.through("outbox_sending", None, answer).await
    }

    async fn outbox_settle(
        &self,
        row: &OutboxRow,
        settled: Settled,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let is_page = row.class == Class::Page;
        let call = if is_page { "settle_page" } else { "settle" };
        let call = self.plan.befall(call, row.incident.map(|id| id.0)).await?;
        let answer = self.inner.outbox_settle(row, settled, at).await;
        self.plan.after(call);
        answer?;
        self.plan.befall("settled", None).await.map(drop)
    }

    async fn outbox_being_sent(&self) -> Result<Vec<Vec<OutboxId>>, StoreError> {
        let answer = self.inner.outbox_being_sent();
        self.through("outbox_being_sent", None, answer).await
    }

    async fn outbox_recover(
        &self,
        at: DateTime<Utc>,
        held: &[OutboxId],
    ) -> Result<Recovered, StoreError> {
        let answer = self.inner.outbox_recover(at, held);
        self.through("outbox_recover", None, answer).await
    }

    async fn outbox_unfinished(&self, now: DateTime<Utc>) -> Result<u32, StoreError> {
        let answer = self.inner.outbox_unfinished(now);
        self.through("outbox_unfinished", None, answer).await
    }

    async fn set_aside(
        &self,
        update: UpdateId,
        raw: &str,
        cause: &str,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let answer = self.inner.set_aside(update, raw, cause, at);
        self.through("set_aside", None, answer).await
    }

    async fn begin_run(&self, at: DateTime<Utc>) -> Result<LastRun, StoreError> {
        let answer = self.inner.begin_run(at);
        self.through("begin_run", None, answer).await
    }

    async fn heartbeat(&self, at: DateTime<Utc>) -> Result<(), StoreError> {
        let answer = self.inner.heartbeat(at);
        self.through("heartbeat", None, answer).await
    }

    async fn end_run(&self, at: DateTime<Utc>) -> Result<(), StoreError> {
        let answer = self.inner.end_run(at);
        self.through("end_run", None, answer).await
    }

    async fn prune(&self, before: DateTime<Utc>) -> Result<(), StoreError> {
        let answer = self.inner.prune(before);
        self.through("prune", None, answer).await
    }

    async fn taken_over(&self) {
        self.inner.taken_over().await;
    }
}

#[async_trait]
impl Calls for FaultyStore {
    async fn unheard(&self, limit: u32) -> Result<Vec<IncidentId>, StoreError> {
        let answer = self.inner.unheard(limit);
        self.through("unheard", None, answer).await
    }

    async fn unheard_of(&self, incident: IncidentId) -> Result<Vec<PersonId>, StoreError> {
        let answer = self.inner.unheard_of(incident);
        self.through("unheard_of", Some(incident.0), answer).await
    }

    async fn tellings(&self, incident: IncidentId, limit: u32) -> Result<Vec<Telling>, StoreError> {
        let answer = self.inner.tellings(incident, limit);
        self.through("tellings", Some(incident.0), answer).await
    }

    async fn untimed(&self, after: IncidentId, limit: u32) -> Result<Vec<Incident>, StoreError> {
        let answer = self.inner.untimed(after, limit);
        self.through("untimed", None, answer).await
    }
}

#[async_trait]
impl Dashboard for FaultyStore {
    async fn keep_sign_in(
        &self,
        link: SecretDigest,
        person: PersonId,
        until: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let answer = self.inner.keep_sign_in(link, person, until);
        self.through("keep_sign_in", None, answer).await
    }

    async fn sign_in_of(
        &self,
        link: &SecretDigest,
        now: DateTime<Utc>,
    ) -> Result<Option<PersonId>, StoreError> {
        let answer = self.inner.sign_in_of(link, now);
        self.through("sign_in_of", None, answer).await
    }

    async fn begin_session(
        &self,
        link: SecretDigest,
        session: SecretDigest,
        lasts: (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<Option<PersonId>, StoreError> {
        let answer = self.inner.begin_session(link, session, lasts);
        self.through("begin_session", None, answer).await
    }

    async fn session_of(
        &self,
        session: &SecretDigest,
        now: DateTime<Utc>,
    ) -> Result<Option<PersonId>, StoreError> {
        let answer = self.inner.session_of(session, now);
        self.through("session_of", None, answer).await
    }

    async fn end_session(&self, session: SecretDigest) -> Result<(), StoreError> {
        let answer = self.inner.end_session(session);
        self.through("end_session", None, answer).await
    }

    async fn board(&self, wanted: &BoardFilter, now: DateTime<Utc>) -> Result<Board, StoreError> {
        let answer = self.inner.board(wanted, now);
        self.through("board", None, answer).await
    }
}
