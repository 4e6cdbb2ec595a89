//! A desk without a messenger: what people do is handed to it directly, what it says reaches nobody.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use actors::domain::Photo;
use actors::domain::{
    ChatId, GroupConfig, Incident, IncidentNumber, MessageId, Person, PersonId, Settings, UpdateId,
};
use actors::inbound::{Ask, Button, Inbound, Message, Place, Sender, Verb, What};
use actors::ports::{
    Chat, ChatError, Clock, Commit, Letter, Picture, Pictures, Record, Roll, Store, TriageLimits,
};
use actors::testing::ManualClock;
use actors::{Parts, Tree};
use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};

use super::checker::Wanted;

const CHAT: ChatId = ChatId(-1_002_000_000_777);

/// Takes every letter.
struct Deaf(AtomicI64);

#[async_trait]
impl Chat for Deaf {
    async fn deliver(&self, _: &Letter) -> Result<Option<MessageId>, ChatError> {
        Ok(Some(MessageId(self.0.fetch_add(1, Ordering::Relaxed))))
    }
}

/// Knows nobody.
struct Blind;

#[async_trait]
impl Roll for Blind {
    async fn is_in(&self, _: ChatId, _: PersonId) -> Option<bool> {
        None
    }
}

#[async_trait]
impl Pictures for Blind {
    async fn picture(&self, _: &Photo) -> Option<Picture> {
        None
    }
}

/// A running desk.
pub(super) struct Crew {
    pub(super) tree: Tree,
}

impl Crew {
    pub(super) async fn new(store: Arc<dyn Store>) -> Self {
        let parts = Parts {
            sign_in: None,
            store,
            chat: Arc::new(Deaf(AtomicI64::new(1))),
            clock: clock(),
            roll: Arc::new(Blind),
            analyst: None,
            pictures: Arc::new(Blind),
            triage_limits: TriageLimits::default(),
            platform_administrators: Vec::new(),
            new_group_settings: Settings::default(),
            sweep_every: TimeDelta::minutes(5),
        };
        let tree = Tree::start(parts).await.unwrap();
        Self { tree }
    }
}

/// Stands still, so that what somebody is told does not depend on when.
fn clock() -> Arc<ManualClock> {
    Arc::new(ManualClock::at(
        DateTime::from_timestamp(1_800_000_000, 0).unwrap(),
    ))
}

pub(super) fn username(person: i64) -> String {
    format!("person{person}")
}

/// A group with one department, to which everybody belongs; number one manages.
pub(super) struct Scene {
    pub(super) crew: Crew,
    pub(super) store: Arc<dyn Store>,
    updates: AtomicI64,
    numbers: AtomicI64,
}

impl Scene {
    pub(super) async fn new(store: Arc<dyn Store>, people: i64) -> Self {
        let scene = Self {
            crew: Crew::new(Arc::clone(&store)).await,
            store,
            updates: AtomicI64::new(1),
            numbers: AtomicI64::new(0),
        };
        scene
            .until_handed(scene.inbound(1, What::BotAdded { may_pin: true }))
            .await;
        for person in 1..=people {
            let said = What::Ask {
                ask: Ask::Help,
                message: message(person, ""),
            };
            scene.until_handed(scene.inbound(person, said)).await;
        }
        let config = scene.config().await;
        let (kept, retired) = config.departments.split_first().unwrap();
        let mut records: Vec<Record> = retired
            .iter()
            .map(|it| Record::DepartmentRetired { department: it.id })
            .collect();
        records.extend((1..=people).map(|person| Record::Member {
            department: kept.id,
            person: PersonId(person),
        }));
        let mut commit = Commit::new(scene.now(), None);
        commit.records = records;
        while scene.store.commit(commit.clone()).await.is_err() {}
        scene
    }

    /// Hands something over until it is taken.
    async fn until_handed(&self, inbound: Inbound) {
        while self
            .crew
            .tree
            .desk
            .hand_over(inbound.clone())
            .await
            .is_err()
        {}
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        clock().now()
    }

    pub(super) async fn config(&self) -> GroupConfig {
        self.store.group_of_chat(CHAT).await.unwrap().unwrap()
    }

    /// A new incident, which waits for a claim.
    pub(super) async fn report(&self) -> Incident {
        let number = self.numbers.fetch_add(1, Ordering::Relaxed) + 1;
        let ask = What::Ask {
            ask: Ask::NewIncident,
            message: message(1_000 + number, "The gate jams"),
        };
        self.until_handed(self.inbound(1, ask)).await;
        let company = self.config().await.company;
        let found = self
            .store
            .incident_numbered(company, IncidentNumber(number))
            .await;
        found.unwrap().unwrap()
    }

    pub(super) async fn stored(&self, incident: &Incident) -> Incident {
        let found = self.store.incident(incident.identity.id).await;
        found.unwrap().unwrap()
    }

    pub(super) fn press(
        &self,
        person: i64,
        incident: &Incident,
        edition: i64,
        verb: Verb,
    ) -> Inbound {
        let button = Button::Card {
            incident: incident.identity.id,
            edition,
            verb,
        };
        let on = MessageId(1);
        self.inbound(person, What::Press { button, on })
    }

    pub(super) fn pressed(
        &self,
        person: i64,
        incident: &Incident,
        edition: i64,
        verb: Verb,
    ) -> (Wanted, Inbound) {
        let press = self.press(person, incident, edition, verb);
        let wanted = Wanted::Press {
            person,
            verb,
            edition,
        };
        (wanted, press)
    }

    pub(super) fn asked(&self, person: i64, ask: Ask, wanted: Wanted) -> (Wanted, Inbound) {
        let message = message(9_999, "");
        (wanted, self.inbound(person, What::Ask { ask, message }))
    }

    fn inbound(&self, person: i64, what: What) -> Inbound {
        Inbound {
            update: UpdateId(self.updates.fetch_add(1, Ordering::Relaxed)),
            at: self.now(),
            sender: Sender::Person {
                person: Person {
                    name: format!("Person {person}"),
                    username: Some(username(person)),
                    ..Person::unknown(PersonId(person))
                },
                administrator: false,
                present: Some(true),
            },
            place: Place::Group {
                chat: CHAT,
                title: "The yard".to_owned(),
                thread: None,
            },
            what,
        }
    }
}

fn message(id: i64, text: &str) -> Message {
    Message {
        id: MessageId(id),
        text: text.to_owned(),
        photo: None,
        recording: None,
        album: None,
        reply_to: None,
        named: Vec::new(),
    }
}
