//! A store that panics, fails or hangs when a test says so, and is the real one otherwise.

use std::sync::Arc;

use actors::domain::id::MessageRef;
use actors::domain::kpi::{Deeds, Figures, Ratings, Scope, Window};
use actors::domain::notice::ListOf;
use actors::domain::place::{Place, Visit};
use actors::domain::{
    AgendaItem, ChatId, Class, CompanyId, DepartmentId, GroupConfig, GroupId, Incident, IncidentId,
    IncidentNumber, JoinRequestId, OutboxId, Person, PersonId, Photo, Recorded, UpdateId,
};
use actors::ports::{
    AnalystCall, Backlog, Card, Commit, CommitError, Committed, Head, LastRun, OutboxRow, Pace,
    Recovered, Settled, Spent, Store, StoreError,
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::plan::Plan;

/// The real store, behind a plan.
pub(crate) struct FaultyStore {
    pub(crate) inner: Arc<dyn Store>,
    pub(crate) plan: Arc<Plan>,
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
        let about = commit
            .incident
            .as_ref()
            .map(|write| write.incident.identity.id.0);
        self.plan.befall("commit", about).await?;
        let committed = self.inner.commit(commit).await?;
        self.plan.befall("committed", about).await?;
        Ok(committed)
    }

    async fn incident(&self, id: IncidentId) -> Result<Option<Incident>, StoreError> {
        let call = self.plan.befall("incident", Some(id.0)).await?;
        let answer = self.inner.incident(id).await;
        self.plan.after(call);
        answer
    }

    async fn incident_numbered(
        &self,
        company: CompanyId,
        number: IncidentNumber,
    ) -> Result<Option<Incident>, StoreError> {
        let call = self.plan.befall("incident_numbered", None).await?;
        let answer = self.inner.incident_numbered(company, number).await;
        self.plan.after(call);
        answer
    }

    async fn incident_from(&self, origin: MessageRef) -> Result<Option<Incident>, StoreError> {
        let call = self.plan.befall("incident_from", None).await?;
        let answer = self.inner.incident_from(origin).await;
        self.plan.after(call);
        answer
    }

    async fn incident_from_album(
        &self,
        chat: ChatId,
        album: &str,
    ) -> Result<Option<Incident>, StoreError> {
        let call = self.plan.befall("incident_from_album", None).await?;
        let answer = self.inner.incident_from_album(chat, album).await;
        self.plan.after(call);
        answer
    }

    async fn album(&self, chat: ChatId, album: &str) -> Result<Vec<Photo>, StoreError> {
        let call = self.plan.befall("album", None).await?;
        let answer = self.inner.album(chat, album).await;
        self.plan.after(call);
        answer
    }

    async fn open_count(&self) -> Result<u32, StoreError> {
        let call = self.plan.befall("open_count", None).await?;
        let answer = self.inner.open_count().await;
        self.plan.after(call);
        answer
    }

    async fn open_after(
        &self,
        after: (CompanyId, IncidentNumber),
        limit: u32,
    ) -> Result<Vec<Incident>, StoreError> {
        let call = self.plan.befall("open_after", None).await?;
        let answer = self.inner.open_after(after, limit).await;
        self.plan.after(call);
        answer
    }

    async fn list(
        &self,
        company: CompanyId,
        of: ListOf,
        offset: u32,
        limit: u32,
    ) -> Result<(Vec<Incident>, u32), StoreError> {
        let call = self.plan.befall("list", None).await?;
        let answer = self.inner.list(company, of, offset, limit).await;
        self.plan.after(call);
        answer
    }

    async fn recent(&self, group: GroupId, limit: u32) -> Result<Vec<Incident>, StoreError> {
        let call = self.plan.befall("recent", Some(group.0)).await?;
        let answer = self.inner.recent(group, limit).await;
        self.plan.after(call);
        answer
    }

    async fn deeds(
        &self,
        scope: Scope,
        window: Window,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<(PersonId, Deeds)>, StoreError> {
        let call = self.plan.befall("deeds", Some(scope.group.0)).await?;
        let answer = self.inner.deeds(scope, window, now, limit).await;
        self.plan.after(call);
        answer
    }

    async fn ratings(&self, scope: Scope, window: Window) -> Result<Ratings, StoreError> {
        let call = self.plan.befall("ratings", Some(scope.group.0)).await?;
        let answer = self.inner.ratings(scope, window).await;
        self.plan.after(call);
        answer
    }

    async fn missed_criticals(
        &self,
        scope: Scope,
        window: Window,
        limit: u32,
    ) -> Result<Vec<Incident>, StoreError> {
        let call = self
            .plan
            .befall("missed_criticals", Some(scope.group.0))
            .await?;
        let answer = self.inner.missed_criticals(scope, window, limit).await;
        self.plan.after(call);
        answer
    }

    async fn backlog(&self, now: DateTime<Utc>) -> Result<Backlog, StoreError> {
        let call = self.plan.befall("backlog", None).await?;
        let answer = self.inner.backlog(now).await;
        self.plan.after(call);
        answer
    }

    async fn events(&self, incident: IncidentId) -> Result<Vec<Recorded>, StoreError> {
        let call = self.plan.befall("events", Some(incident.0)).await?;
        let answer = self.inner.events(incident).await;
        self.plan.after(call);
        answer
    }

    async fn group(&self, id: GroupId) -> Result<Option<GroupConfig>, StoreError> {
        let call = self.plan.befall("group", Some(id.0)).await?;
        let answer = self.inner.group(id).await;
        self.plan.after(call);
        answer
    }

    async fn group_of_chat(&self, chat: ChatId) -> Result<Option<GroupConfig>, StoreError> {
        let call = self.plan.befall("group_of_chat", Some(chat.0)).await?;
        let answer = self.inner.group_of_chat(chat).await;
        self.plan.after(call);
        answer
    }

    async fn company_version(&self, company: CompanyId) -> Result<i64, StoreError> {
        let call = self.plan.befall("company_version", None).await?;
        let answer = self.inner.company_version(company).await;
        self.plan.after(call);
        answer
    }

    async fn groups_of(&self, person: PersonId) -> Result<Vec<GroupId>, StoreError> {
        let call = self.plan.befall("groups_of", Some(person.0)).await?;
        let answer = self.inner.groups_of(person).await;
        self.plan.after(call);
        answer
    }

    async fn home_of(&self, person: PersonId) -> Result<Option<GroupId>, StoreError> {
        let call = self.plan.befall("home_of", Some(person.0)).await?;
        let answer = self.inner.home_of(person).await;
        self.plan.after(call);
        answer
    }

    async fn place_of(&self, token: &str) -> Result<Option<Place>, StoreError> {
        let call = self.plan.befall("place_of", None).await?;
        let answer = self.inner.place_of(token).await;
        self.plan.after(call);
        answer
    }

    async fn place_named(&self, group: GroupId, name: &str) -> Result<Option<Place>, StoreError> {
        let call = self.plan.befall("place_named", None).await?;
        let answer = self.inner.place_named(group, name).await;
        self.plan.after(call);
        answer
    }

    async fn visit_of(&self, person: PersonId) -> Result<Option<Visit>, StoreError> {
        let call = self.plan.befall("visit_of", None).await?;
        let answer = self.inner.visit_of(person).await;
        self.plan.after(call);
        answer
    }

    async fn people(&self, ids: &[PersonId]) -> Result<Vec<Person>, StoreError> {
        let call = self.plan.befall("people", None).await?;
        let answer = self.inner.people(ids).await;
        self.plan.after(call);
        answer
    }

    async fn person_named(&self, username: &str) -> Result<Option<Person>, StoreError> {
        let call = self.plan.befall("person_named", None).await?;
        let answer = self.inner.person_named(username).await;
        self.plan.after(call);
        answer
    }

    async fn join_request(
        &self,
        id: JoinRequestId,
    ) -> Result<Option<(GroupId, PersonId, DepartmentId)>, StoreError> {
        let call = self.plan.befall("join_request", None).await?;
        let answer = self.inner.join_request(id).await;
        self.plan.after(call);
        answer
    }

    async fn join_request_of(
        &self,
        person: PersonId,
        department: DepartmentId,
    ) -> Result<Option<JoinRequestId>, StoreError> {
        let call = self.plan.befall("join_request_of", None).await?;
        let answer = self.inner.join_request_of(person, department).await;
        self.plan.after(call);
        answer
    }

    async fn said_in(&self, message: MessageRef) -> Result<Option<OutboxRow>, StoreError> {
        let call = self.plan.befall("said_in", None).await?;
        let answer = self.inner.said_in(message).await;
        self.plan.after(call);
        answer
    }

    async fn open_prompt(
        &self,
        chat: ChatId,
        person: PersonId,
    ) -> Result<Option<OutboxRow>, StoreError> {
        let call = self.plan.befall("open_prompt", None).await?;
        let answer = self.inner.open_prompt(chat, person).await;
        self.plan.after(call);
        answer
    }

    async fn unsettled_prompt(
        &self,
        chat: ChatId,
        person: PersonId,
    ) -> Result<Option<OutboxRow>, StoreError> {
        let call = self.plan.befall("unsettled_prompt", None).await?;
        let answer = self.inner.unsettled_prompt(chat, person).await;
        self.plan.after(call);
        answer
    }

    async fn handled(&self, update: UpdateId) -> Result<bool, StoreError> {
        let call = self.plan.befall("handled", None).await?;
        let answer = self.inner.handled(update).await;
        self.plan.after(call);
        answer
    }

    async fn card(&self, incident: IncidentId) -> Result<Option<Card>, StoreError> {
        let call = self.plan.befall("card", Some(incident.0)).await?;
        let answer = self.inner.card(incident).await;
        self.plan.after(call);
        answer
    }

    async fn due(
        &self,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<(IncidentId, GroupId)>, StoreError> {
        let call = self.plan.befall("due", None).await?;
        let answer = self.inner.due(now, limit).await;
        self.plan.after(call);
        answer
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

    async fn figures(&self, scope: Scope, window: Window) -> Result<Figures, StoreError> {
        self.inner.figures(scope, window).await
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
        let call = self.plan.befall("agenda_due", None).await?;
        let answer = self.inner.agenda_due(now, limit).await;
        self.plan.after(call);
        answer
    }

    async fn agenda(
        &self,
        group: GroupId,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<AgendaItem>, StoreError> {
        let call = self.plan.befall("agenda", None).await?;
        let answer = self.inner.agenda(group, now, limit).await;
        self.plan.after(call);
        answer
    }

    async fn next_due(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let call = self.plan.befall("next_due", None).await?;
        let answer = self.inner.next_due().await;
        self.plan.after(call);
        answer
    }

    async fn outbox_heads(&self) -> Result<Vec<Head>, StoreError> {
        let call = self.plan.befall("outbox_heads", None).await?;
        let answer = self.inner.outbox_heads().await;
        self.plan.after(call);
        answer
    }

    async fn outbox_waiting(&self, id: OutboxId) -> Result<Option<OutboxRow>, StoreError> {
        let call = self.plan.befall("outbox_waiting", None).await?;
        let answer = self.inner.outbox_waiting(id).await;
        self.plan.after(call);
        answer
    }

    async fn outbox_card_waits(&self, incident: IncidentId) -> Result<bool, StoreError> {
        self.plan
            .befall("outbox_card_waits", Some(incident.0))
            .await?;
        self.inner.outbox_card_waits(incident).await
    }

    async fn outbox_pace(&self, since: DateTime<Utc>) -> Result<Pace, StoreError> {
        let call = self.plan.befall("outbox_pace", None).await?;
        let answer = self.inner.outbox_pace(since).await;
        self.plan.after(call);
        answer
    }

    async fn outbox_sending(
        &self,
        id: OutboxId,
        at: DateTime<Utc>,
    ) -> Result<Option<OutboxRow>, StoreError> {
        let call = self.plan.befall("outbox_sending", None).await?;
        let answer = self.inner.outbox_sending(id, at).await;
        self.plan.after(call);
        answer
    }

    async fn outbox_settle(
        &self,
        row: &OutboxRow,
        settled: Settled,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let call = match row.class {
            Class::Page => "settle_page",
            _ => "settle",
        };
        let call = self.plan.befall(call, row.incident.map(|id| id.0)).await?;
        let answer = self.inner.outbox_settle(row, settled, at).await;
        self.plan.after(call);
        answer?;
        self.plan.befall("settled", None).await.map(drop)
    }

    async fn outbox_recover(&self, at: DateTime<Utc>) -> Result<Recovered, StoreError> {
        let call = self.plan.befall("outbox_recover", None).await?;
        let answer = self.inner.outbox_recover(at).await;
        self.plan.after(call);
        answer
    }

    async fn outbox_unfinished(&self) -> Result<u32, StoreError> {
        let call = self.plan.befall("outbox_unfinished", None).await?;
        let answer = self.inner.outbox_unfinished().await;
        self.plan.after(call);
        answer
    }

    async fn set_aside(
        &self,
        update: UpdateId,
        raw: &str,
        cause: &str,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let call = self.plan.befall("set_aside", None).await?;
        let answer = self.inner.set_aside(update, raw, cause, at).await;
        self.plan.after(call);
        answer
    }

    async fn begin_run(&self, at: DateTime<Utc>) -> Result<LastRun, StoreError> {
        let call = self.plan.befall("begin_run", None).await?;
        let answer = self.inner.begin_run(at).await;
        self.plan.after(call);
        answer
    }

    async fn heartbeat(&self, at: DateTime<Utc>) -> Result<(), StoreError> {
        let call = self.plan.befall("heartbeat", None).await?;
        let answer = self.inner.heartbeat(at).await;
        self.plan.after(call);
        answer
    }

    async fn end_run(&self, at: DateTime<Utc>) -> Result<(), StoreError> {
        let call = self.plan.befall("end_run", None).await?;
        let answer = self.inner.end_run(at).await;
        self.plan.after(call);
        answer
    }

    async fn prune(&self, before: DateTime<Utc>) -> Result<(), StoreError> {
        let call = self.plan.befall("prune", None).await?;
        let answer = self.inner.prune(before).await;
        self.plan.after(call);
        answer
    }

    async fn taken_over(&self) {
        self.inner.taken_over().await;
    }
}
