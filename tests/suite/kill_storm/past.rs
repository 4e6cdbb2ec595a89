//! Incidents that lie back, so that what comes due in a quarter of an hour, or in two, is at hand: made
//! by the desk's own rules and store, while no desk runs.

use std::sync::Arc;

use actors::domain::escalation::{Chain, Hours, Level};
use actors::domain::id::MessageRef;
use actors::domain::notice::Role;
use actors::domain::{
    By, ChatId, Command, Decision, GroupConfig, Incident, MessageId, PersonId, Report, Urgency,
    decide, open,
};
use actors::ports::{Clock, Commit, IncidentWrite, Record, Store};
use chrono::{DateTime, TimeDelta, Utc};
use deskbell::clock::SystemClock;
use deskbell::playground;

use super::CALLS_OF_A_START;
use crate::street::Street;

/// What the clock is to do to an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    /// The first level is called.
    Call,
    /// The second is.
    NextLevel,
    /// The first is, whom nothing reaches, and so the second at once.
    DeafCall,
    /// Who works on it is asked for a sign of life.
    Question,
    /// Who gave none loses it.
    LeaseEnd,
}

pub(super) const ALL: [Due; 5] = [
    Due::Call,
    Due::NextLevel,
    Due::DeafCall,
    Due::Question,
    Due::LeaseEnd,
];

/// Those whom it concerns.
#[derive(Debug, Clone, Copy)]
pub(super) struct People {
    pub(super) mari: PersonId,
    pub(super) kadri: PersonId,
    /// Has blocked the desk.
    pub(super) peeter: PersonId,
    pub(super) jaan: PersonId,
}

/// So many groups that a desk has founded.
pub(super) async fn founded(street: &Street, groups: usize) -> (People, Vec<playground::ChatId>) {
    let telegram = &street.telegram;
    let person = |name: &str| telegram.person(name).started().add();
    let [mari, kadri, peeter, jaan] = ["Mari", "Kadri", "Peeter", "Jaan"].map(person);
    let everybody = [mari, kadri, peeter, jaan];
    let enough = telegram.call_count() + CALLS_OF_A_START;
    let desk = street.desk();
    let chats = (0..groups).map(|number| street.group(&format!("House {number}"), &everybody));
    let chats: Vec<_> = chats.collect();
    for person in everybody {
        telegram.start_bot(person);
        telegram.say(chats[0], person, "/my");
    }
    street
        .awaits(|telegram| {
            let up = telegram.call_count() >= enough;
            (up && telegram.pending_updates().is_empty()).then_some(())
        })
        .await;
    street.all_is_said().await;
    assert_eq!(desk.stopped().await.code, Some(0));
    telegram.block(peeter);
    let known = |person: playground::PersonId| PersonId(person.0);
    let people = People {
        mari: known(mari),
        kadri: known(kadri),
        peeter: known(peeter),
        jaan: known(jaan),
    };
    (people, chats)
}

async fn configured(store: &Arc<dyn Store>, chat: ChatId, people: People) -> GroupConfig {
    let config = store.group_of_chat(chat).await.unwrap().unwrap();
    let level = |person| Level {
        people: vec![person],
        wait_minutes: 15,
        repeats: 0,
    };
    let chain = |urgency, first| Chain {
        urgency: Some(urgency),
        hours: Hours::Any,
        levels: vec![level(first), level(people.kadri)],
    };
    let mut settings = config.settings.clone();
    settings.unclaimed_nudge_limit = 0;
    settings.leases.in_quick_workflow = true;
    settings.escalation.chains = vec![
        chain(Urgency::Critical, people.mari),
        chain(Urgency::Planned, people.peeter),
    ];
    let mut commit = Commit::new(SystemClock.now(), None);
    let (group, company) = (config.id, config.company);
    commit.records.push(Record::Settings { group, settings });
    for person in [people.kadri, people.peeter] {
        let role = Role::Manager;
        commit.records.push(Record::RoleGiven {
            company,
            person,
            role,
        });
    }
    let department = config.departments[0].id;
    let person = people.jaan;
    commit.records.push(Record::Member { department, person });
    store.commit(commit).await.unwrap();
    store.group_of_chat(chat).await.unwrap().unwrap()
}

/// Makes what lies back.
pub(super) struct Past<'a> {
    store: &'a Arc<dyn Store>,
    config: GroupConfig,
    people: People,
}

impl<'a> Past<'a> {
    /// Of a group in which people are called one after the other.
    pub(super) async fn of(
        store: &'a Arc<dyn Store>,
        chat: playground::ChatId,
        people: People,
    ) -> Self {
        let config = configured(store, ChatId(chat.0), people).await;
        Self {
            store,
            config,
            people,
        }
    }

    /// An incident to which that is to happen then; numbers tell them apart.
    pub(super) async fn incident(&self, what: Due, at: DateTime<Utc>, number: usize) -> Incident {
        let ago = |minutes| at - TimeDelta::minutes(minutes);
        match what {
            Due::Call => self.waits(ago(15), Urgency::Critical, number).await,
            Due::NextLevel => {
                let waits = self.waits(ago(30), Urgency::Critical, number).await;
                self.clock(waits, ago(15)).await
            }
            // Not of the same day, which may have ended since.
            Due::DeafCall => self.waits(ago(24 * 60), Urgency::Planned, number).await,
            Due::Question => self.claimed(ago(30), number).await,
            Due::LeaseEnd => {
                let claimed = self.claimed(ago(60), number).await;
                self.clock(claimed, ago(30)).await
            }
        }
    }

    /// Unclaimed since then, and the group was warned that somebody will be called.
    async fn waits(&self, since: DateTime<Utc>, urgency: Urgency, number: usize) -> Incident {
        let incident = self.raised(since, urgency, number).await;
        let warned = match urgency {
            Urgency::Critical => TimeDelta::minutes(10),
            _ => TimeDelta::hours(16),
        };
        self.clock(incident, since + warned).await
    }

    async fn raised(&self, at: DateTime<Utc>, urgency: Urgency, number: usize) -> Incident {
        let standing = self.config.standing(self.people.mari);
        let report = Report {
            origin: Some(MessageRef {
                chat: self.config.chat,
                message: MessageId(1_000 + i64::try_from(number).unwrap()),
            }),
            ..Report::of(standing.person, format!("The pump stands still, {number}"))
        };
        let opening = open(report, &standing, at, &self.config).unwrap();
        let incident = self.kept(opening, None).await;
        let department = self.config.departments[0].id;
        let by = By::Person(standing);
        let incident = self
            .after(incident, &Command::ChooseDepartment { department }, &by, at)
            .await;
        self.after(incident, &Command::SetUrgency { urgency }, &by, at)
            .await
    }

    async fn claimed(&self, at: DateTime<Utc>, number: usize) -> Incident {
        let raised = self.raised(at, Urgency::Critical, number).await;
        let by = By::Person(self.config.standing(self.people.jaan));
        self.after(raised, &Command::Claim, &by, at).await
    }

    async fn clock(&self, incident: Incident, at: DateTime<Utc>) -> Incident {
        let by = By::Clock { absence: None };
        self.after(incident, &Command::LookAtClock, &by, at).await
    }

    async fn after(
        &self,
        incident: Incident,
        command: &Command,
        by: &By,
        at: DateTime<Utc>,
    ) -> Incident {
        let decision = decide(&incident, command, by, at, &self.config).unwrap();
        assert!(!decision.events.is_empty(), "{command:?}");
        self.kept(decision, Some(incident.version)).await
    }

    async fn kept(&self, decision: Decision, expected: Option<i64>) -> Incident {
        let mut commit = Commit::new(SystemClock.now(), None);
        commit.incident = Some(IncidentWrite {
            expected,
            incident: decision.incident,
            events: decision.events,
            deadlines: decision.deadlines,
            target: decision.target,
        });
        let committed = self.store.commit(commit).await.unwrap();
        committed.incident.unwrap()
    }
}
