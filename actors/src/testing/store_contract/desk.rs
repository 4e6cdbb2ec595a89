//! A group to play in, and short words for what happens there.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::group::GroupStatus;
use crate::domain::id::MessageRef;
use crate::domain::{
    Access, By, ChatId, Class, Command, Decision, DepartmentId, GroupConfig, Incident, MessageId,
    OutboxId, PersonId, Report, Says, Settings, Standing, UpdateId, decide, open,
};
use crate::ports::{
    Address, Commit, Committed, Draft, IncidentWrite, OutboxRow, Record, Settled, Store,
};

/// The chat of the group.
pub const CHAT: ChatId = ChatId(-1001);
/// Another chat.
pub const OTHER_CHAT: ChatId = ChatId(-1002);
/// The manager.
pub const ANNA: PersonId = PersonId(1);
/// Who reports.
pub const MARI: PersonId = PersonId(2);
/// Who claims.
pub const JAAN: PersonId = PersonId(3);

/// When everything happens, unless said otherwise.
#[must_use]
pub fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_452_800, 0).unwrap()
}

/// Some minutes after noon.
#[must_use]
pub fn later(minutes: i64) -> DateTime<Utc> {
    noon() + TimeDelta::minutes(minutes)
}

/// A commit at noon that belongs to no update.
#[must_use]
pub fn commit() -> Commit {
    Commit::new(noon(), None)
}

/// A group with its store.
pub struct Desk {
    /// The store.
    pub store: Arc<dyn Store>,
    /// The group as it was when this was made.
    pub group: GroupConfig,
}

impl Desk {
    /// A group in [`CHAT`] with two departments.
    pub async fn new(store: Arc<dyn Store>) -> Self {
        Self::in_chat(store, CHAT).await
    }

    /// The same in another chat.
    pub async fn in_chat(store: Arc<dyn Store>, chat: ChatId) -> Self {
        let made = keep(&store, [new_group(chat)]).await;
        let group = store.group(made.group.unwrap()).await.unwrap().unwrap();
        Self { store, group }
    }

    /// One of the two departments.
    #[must_use]
    pub fn department(&self, index: usize) -> DepartmentId {
        self.group.departments[index].id
    }

    /// The group as it is now.
    pub async fn group_now(&self) -> GroupConfig {
        self.store.group(self.group.id).await.unwrap().unwrap()
    }

    /// Keeps records.
    pub async fn keep<const N: usize>(&self, records: [Record; N]) {
        keep(&self.store, records).await;
    }

    fn standing(&self, person: PersonId) -> Standing {
        Standing {
            present: true,
            ..self.group.standing(person)
        }
    }

    /// What Mari's report in that message comes to.
    #[must_use]
    pub fn report(&self, message: i64) -> Commit {
        let report = Report {
            origin: Some(MessageRef {
                chat: self.group.chat,
                message: MessageId(message),
            }),
            ..Report::of(MARI, format!("the tap of room {message} leaks"))
        };
        self.report_as(report)
    }

    /// What a report comes to.
    #[must_use]
    pub fn report_as(&self, report: Report) -> Commit {
        let by = self.standing(report.reporter);
        let opening = open(report, &by, noon(), &self.group).unwrap();
        with_incident(commit(), opening, None)
    }

    /// Opens an incident from that message.
    pub async fn open(&self, message: i64) -> Incident {
        let opened = self.store.commit(self.report(message)).await.unwrap();
        opened.incident.unwrap()
    }

    /// Opens an incident from that message, with a department.
    pub async fn open_in(&self, message: i64, department: DepartmentId) -> Incident {
        let incident = self.open(message).await;
        let choose = Command::ChooseDepartment { department };
        self.act(&incident, MARI, choose).await
    }

    /// What a command of somebody comes to, at that moment.
    #[must_use]
    pub fn decided(&self, incident: &Incident, person: PersonId, command: &Command) -> Commit {
        let by = By::Person(self.standing(person));
        let decision = decide(incident, command, &by, noon(), &self.group).unwrap();
        with_incident(commit(), decision, Some(incident.version))
    }

    /// Does what somebody commands.
    pub async fn act(&self, incident: &Incident, person: PersonId, command: Command) -> Incident {
        let decided = self.decided(incident, person, &command);
        let committed = self.store.commit(decided).await.unwrap();
        committed.incident.unwrap()
    }

    /// Something to say in the group's chat.
    #[must_use]
    pub fn draft(&self, class: Class, says: Says) -> Draft {
        Draft {
            incident: None,
            about_opened: false,
            group: Some(self.group.id),
            address: Address::Chat {
                chat: self.group.chat,
                thread: None,
            },
            class,
            says,
            reply_to: None,
            held_until: None,
            absent_minutes: None,
            edit: None,
        }
    }

    /// Puts words into the outbox.
    pub async fn say<const N: usize>(&self, drafts: [Draft; N]) {
        let mut commit = commit();
        commit.outbox.extend(drafts);
        self.store.commit(commit).await.unwrap();
    }

    /// What may be sent now: in each chat the oldest of the most urgent class, pages first.
    pub async fn heads(&self) -> Vec<OutboxRow> {
        self.heads_at(noon()).await
    }

    /// What may be sent then.
    pub async fn heads_at(&self, now: DateTime<Utc>) -> Vec<OutboxRow> {
        let mut rows: Vec<OutboxRow> = Vec::new();
        for head in self.store.outbox_heads(now).await.unwrap() {
            let row = self.store.outbox_waiting(head.id).await.unwrap().unwrap();
            assert_eq!((row.chat, row.class), (head.chat, head.class));
            let first = rows.iter().all(|row| row.chat != head.chat);
            if first && head.not_before <= now {
                rows.push(row);
            }
        }
        rows
    }

    /// The only row that may be sent now.
    pub async fn head(&self) -> OutboxRow {
        let heads = self.heads().await;
        assert_eq!(heads.len(), 1, "one row should be ready: {heads:?}");
        heads[0].clone()
    }

    /// Marks a row as being sent.
    pub async fn begin_sending(&self, id: OutboxId) -> OutboxRow {
        let sending = self.store.outbox_sending(id, noon()).await.unwrap();
        sending.expect("the row should still wait")
    }

    /// Sends the only row that may be, as that message.
    pub async fn send_as(&self, message: i64) -> OutboxRow {
        let row = self.begin_sending(self.head().await.id).await;
        let message = Some(MessageId(message));
        self.settle(&row, Settled::Sent { message }).await;
        row
    }

    /// Settles a row.
    pub async fn settle(&self, row: &OutboxRow, settled: Settled) {
        let settling = self.store.outbox_settle(row, settled, noon());
        settling.await.unwrap();
    }
}

/// Keeps records.
pub async fn keep<const N: usize>(store: &Arc<dyn Store>, records: [Record; N]) -> Committed {
    let mut commit = commit();
    commit.records.extend(records);
    store.commit(commit).await.unwrap()
}

/// A group as it is made.
#[must_use]
pub fn new_group(chat: ChatId) -> Record {
    Record::NewGroup {
        chat,
        title: "Hotel".to_owned(),
        status: GroupStatus::Active,
        settings: Settings::default(),
        departments: vec![
            ("Maintenance".to_owned(), Access::Open),
            ("Kitchen".to_owned(), Access::Members),
        ],
        manager: Some(ANNA),
    }
}

/// A commit that also writes an incident.
#[must_use]
pub fn with_incident(mut commit: Commit, decision: Decision, expected: Option<i64>) -> Commit {
    commit.incident = Some(IncidentWrite {
        expected,
        incident: decision.incident,
        events: decision.events,
        deadlines: decision.deadlines,
        target: decision.target,
    });
    commit
}

/// A commit that belongs to an update.
#[must_use]
pub fn of_update(mut commit: Commit, update: i64) -> Commit {
    commit.update = Some(UpdateId(update));
    commit
}
