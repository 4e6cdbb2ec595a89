//! A store that panics, fails or hangs when a test says so, and is the real one otherwise.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use actors::domain::id::MessageRef;
use actors::domain::notice::ListOf;
use actors::domain::{
    ChatId, Class, CompanyId, DepartmentId, Event, GroupConfig, GroupId, Incident, IncidentId,
    IncidentNumber, JoinRequestId, OutboxId, Person, PersonId, Photo, Recorded, UpdateId,
};
use actors::ports::{
    Card, Commit, CommitError, Committed, Head, LastRun, OutboxRow, Pace, Recovered, Settled,
    Store, StoreError,
};
use async_trait::async_trait;
use chrono::{DateTime, Utc};
use tokio::sync::watch;

/// What is to happen, and what was called so far.
#[derive(Debug)]
pub(crate) struct Plan {
    state: Mutex<State>,
    /// Counts calls; whoever waits looks again at each.
    changes: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct State {
    rules: Vec<Rule>,
    calls: HashMap<&'static str, u32>,
    boasts: bool,
}

#[derive(Debug)]
struct Rule {
    call: &'static str,
    about: Option<i64>,
    left: u32,
    fault: Fault,
}

/// How a call goes wrong.
#[derive(Debug, Clone)]
pub(crate) enum Fault {
    /// The caller panics with these words.
    Panic(String),
    /// The store is away.
    Fail,
}

/// For ever, as far as a test is concerned.
pub(crate) const ALWAYS: u32 = u32::MAX;

impl Plan {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self {
            state: Mutex::default(),
            changes: watch::Sender::new(0),
        })
    }

    /// The next calls of that name go wrong; with `about`, only those about that row. `committed`
    /// is the moment after a commit, `settle_page` the end of a page's delivery, `settled` the moment
    /// after that of any.
    pub(crate) fn next(&self, times: u32, call: &'static str, about: Option<i64>, fault: Fault) {
        self.state.lock().unwrap().rules.push(Rule {
            call,
            about,
            left: times,
            fault,
        });
    }

    /// Claims are said to be kept before they are; whoever asks is gone before that comes.
    pub(crate) fn boast(&self) {
        self.state.lock().unwrap().boasts = true;
    }

    fn boasts_of(&self, commit: &Commit) -> bool {
        let mut events = commit.incident.iter().flat_map(|write| &write.events);
        self.state.lock().unwrap().boasts && events.any(|recorded| recorded.event == Event::Claimed)
    }

    /// Everything works again, and nothing was called yet.
    pub(crate) fn clear(&self) {
        *self.state.lock().unwrap() = State::default();
    }

    /// How often that was called since.
    pub(crate) fn count(&self, call: &str) -> u32 {
        let state = self.state.lock().unwrap();
        state.calls.get(call).copied().unwrap_or_default()
    }

    /// Waits until that was called so often.
    pub(crate) async fn called(&self, call: &str, times: u32) {
        let mut changes = self.changes.subscribe();
        while self.count(call) < times {
            changes.changed().await.unwrap();
        }
    }

    async fn befall(&self, call: &'static str, about: Option<i64>) -> Result<(), StoreError> {
        let fault = self.note(call, about);
        self.changes.send_modify(|count| *count += 1);
        match fault {
            None => Ok(()),
            Some(Fault::Panic(words)) => panic!("{words}"),
            Some(Fault::Fail) => Err(StoreError {
                operation: "answer",
                away: true,
                source: "the test has taken it away".into(),
            }),
        }
    }

    fn note(&self, call: &'static str, about: Option<i64>) -> Option<Fault> {
        let mut state = self.state.lock().unwrap();
        *state.calls.entry(call).or_default() += 1;
        let rule = state.rules.iter_mut().find(|rule| {
            rule.left > 0 && rule.call == call && (rule.about.is_none() || rule.about == about)
        })?;
        rule.left -= 1;
        Some(rule.fault.clone())
    }
}

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
        self.plan.befall("incident", Some(id.0)).await?;
        self.inner.incident(id).await
    }

    async fn incident_numbered(
        &self,
        company: CompanyId,
        number: IncidentNumber,
    ) -> Result<Option<Incident>, StoreError> {
        self.plan.befall("incident_numbered", None).await?;
        self.inner.incident_numbered(company, number).await
    }

    async fn incident_from(&self, origin: MessageRef) -> Result<Option<Incident>, StoreError> {
        self.plan.befall("incident_from", None).await?;
        self.inner.incident_from(origin).await
    }

    async fn incident_from_album(
        &self,
        chat: ChatId,
        album: &str,
    ) -> Result<Option<Incident>, StoreError> {
        self.plan.befall("incident_from_album", None).await?;
        self.inner.incident_from_album(chat, album).await
    }

    async fn album(&self, chat: ChatId, album: &str) -> Result<Vec<Photo>, StoreError> {
        self.plan.befall("album", None).await?;
        self.inner.album(chat, album).await
    }

    async fn open_incidents(&self) -> Result<Vec<Incident>, StoreError> {
        self.plan.befall("open_incidents", None).await?;
        self.inner.open_incidents().await
    }

    async fn list(
        &self,
        company: CompanyId,
        of: ListOf,
        offset: u32,
        limit: u32,
    ) -> Result<(Vec<Incident>, u32), StoreError> {
        self.plan.befall("list", None).await?;
        self.inner.list(company, of, offset, limit).await
    }

    async fn events(&self, incident: IncidentId) -> Result<Vec<Recorded>, StoreError> {
        self.plan.befall("events", Some(incident.0)).await?;
        self.inner.events(incident).await
    }

    async fn group(&self, id: GroupId) -> Result<Option<GroupConfig>, StoreError> {
        self.plan.befall("group", Some(id.0)).await?;
        self.inner.group(id).await
    }

    async fn group_of_chat(&self, chat: ChatId) -> Result<Option<GroupConfig>, StoreError> {
        self.plan.befall("group_of_chat", Some(chat.0)).await?;
        self.inner.group_of_chat(chat).await
    }

    async fn company_version(&self, company: CompanyId) -> Result<i64, StoreError> {
        self.plan.befall("company_version", None).await?;
        self.inner.company_version(company).await
    }

    async fn groups_of(&self, person: PersonId) -> Result<Vec<GroupId>, StoreError> {
        self.plan.befall("groups_of", Some(person.0)).await?;
        self.inner.groups_of(person).await
    }

    async fn people(&self, ids: &[PersonId]) -> Result<Vec<Person>, StoreError> {
        self.plan.befall("people", None).await?;
        self.inner.people(ids).await
    }

    async fn person_named(&self, username: &str) -> Result<Option<Person>, StoreError> {
        self.plan.befall("person_named", None).await?;
        self.inner.person_named(username).await
    }

    async fn join_request(
        &self,
        id: JoinRequestId,
    ) -> Result<Option<(GroupId, PersonId, DepartmentId)>, StoreError> {
        self.plan.befall("join_request", None).await?;
        self.inner.join_request(id).await
    }

    async fn join_request_of(
        &self,
        person: PersonId,
        department: DepartmentId,
    ) -> Result<Option<JoinRequestId>, StoreError> {
        self.plan.befall("join_request_of", None).await?;
        self.inner.join_request_of(person, department).await
    }

    async fn said_in(&self, message: MessageRef) -> Result<Option<OutboxRow>, StoreError> {
        self.plan.befall("said_in", None).await?;
        self.inner.said_in(message).await
    }

    async fn open_prompt(
        &self,
        chat: ChatId,
        person: PersonId,
    ) -> Result<Option<OutboxRow>, StoreError> {
        self.plan.befall("open_prompt", None).await?;
        self.inner.open_prompt(chat, person).await
    }

    async fn unsettled_prompt(
        &self,
        chat: ChatId,
        person: PersonId,
    ) -> Result<Option<OutboxRow>, StoreError> {
        self.plan.befall("unsettled_prompt", None).await?;
        self.inner.unsettled_prompt(chat, person).await
    }

    async fn handled(&self, update: UpdateId) -> Result<bool, StoreError> {
        self.plan.befall("handled", None).await?;
        self.inner.handled(update).await
    }

    async fn card(&self, incident: IncidentId) -> Result<Option<Card>, StoreError> {
        self.plan.befall("card", Some(incident.0)).await?;
        self.inner.card(incident).await
    }

    async fn due(
        &self,
        now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<(IncidentId, GroupId)>, StoreError> {
        self.plan.befall("due", None).await?;
        self.inner.due(now, limit).await
    }

    async fn next_due(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.plan.befall("next_due", None).await?;
        self.inner.next_due().await
    }

    async fn outbox_heads(&self) -> Result<Vec<Head>, StoreError> {
        self.plan.befall("outbox_heads", None).await?;
        self.inner.outbox_heads().await
    }

    async fn outbox_waiting(&self, id: OutboxId) -> Result<Option<OutboxRow>, StoreError> {
        self.plan.befall("outbox_waiting", None).await?;
        self.inner.outbox_waiting(id).await
    }

    async fn outbox_card_waits(&self, incident: IncidentId) -> Result<bool, StoreError> {
        self.plan
            .befall("outbox_card_waits", Some(incident.0))
            .await?;
        self.inner.outbox_card_waits(incident).await
    }

    async fn outbox_pace(&self, since: DateTime<Utc>) -> Result<Pace, StoreError> {
        self.plan.befall("outbox_pace", None).await?;
        self.inner.outbox_pace(since).await
    }

    async fn outbox_sending(
        &self,
        id: OutboxId,
        at: DateTime<Utc>,
    ) -> Result<Option<OutboxRow>, StoreError> {
        self.plan.befall("outbox_sending", None).await?;
        self.inner.outbox_sending(id, at).await
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
        self.plan.befall(call, row.incident.map(|id| id.0)).await?;
        self.inner.outbox_settle(row, settled, at).await?;
        self.plan.befall("settled", None).await
    }

    async fn outbox_recover(&self, at: DateTime<Utc>) -> Result<Recovered, StoreError> {
        self.plan.befall("outbox_recover", None).await?;
        self.inner.outbox_recover(at).await
    }

    async fn outbox_unfinished(&self) -> Result<u32, StoreError> {
        self.plan.befall("outbox_unfinished", None).await?;
        self.inner.outbox_unfinished().await
    }

    async fn set_aside(
        &self,
        update: UpdateId,
        raw: &str,
        cause: &str,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.plan.befall("set_aside", None).await?;
        self.inner.set_aside(update, raw, cause, at).await
    }

    async fn begin_run(&self, at: DateTime<Utc>) -> Result<LastRun, StoreError> {
        self.plan.befall("begin_run", None).await?;
        self.inner.begin_run(at).await
    }

    async fn heartbeat(&self, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.plan.befall("heartbeat", None).await?;
        self.inner.heartbeat(at).await
    }

    async fn end_run(&self, at: DateTime<Utc>) -> Result<(), StoreError> {
        self.plan.befall("end_run", None).await?;
        self.inner.end_run(at).await
    }

    async fn prune(&self, before: DateTime<Utc>) -> Result<(), StoreError> {
        self.plan.befall("prune", None).await?;
        self.inner.prune(before).await
    }

    async fn taken_over(&self) {
        self.inner.taken_over().await;
    }
}
