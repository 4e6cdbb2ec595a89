//! What comes due while the desk is killed again and again: a call to somebody, the next level of
//! one, a call that reaches nobody, a claim without a sign of life, and the end of one. Each happens
//! once and not before its time, and whomever it concerns hears of it.
//!
//! `DESKBELL_CLOCK_KILLS` sets how often it is killed, `DESKBELL_SEED` repeats a run that failed.

use std::sync::Arc;

use actors::domain::escalation::{Chain, Hours, Level};
use actors::domain::id::MessageRef;
use actors::domain::notice::Role;
use actors::domain::{
    Author, By, ChatId, Command, Decision, Event, GroupConfig, Incident, MessageId, PersonId,
    Recorded, Report, Urgency, decide, open,
};
use actors::ports::{Clock, Commit, IncidentWrite, Record, Store};
use chrono::{DateTime, TimeDelta, Utc};
use deskbell::clock::SystemClock;
use deskbell::playground::{self, Moment};

use super::evidence::{self, Filed};
use super::people::Crowd;
use super::random::Random;
use super::{CALLS_OF_A_START, checker, count, seeded};
use crate::binary::on_both;
use crate::street::Street;

/// How often it is killed unless the environment says otherwise.
const KILLS: usize = 10;

/// In how many groups things come due: each has its pace to keep.
const GROUPS: usize = 8;

/// How many things come due in each.
const IN_EACH: usize = 2;

/// Preparing takes less than that.
const LEAD: TimeDelta = TimeDelta::seconds(4);

/// From one thing that comes due to the next: the lives of the desk end among them.
const BETWEEN: TimeDelta = TimeDelta::milliseconds(300);

/// What the clock is to do to an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Due {
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

const ALL: [Due; 5] = [
    Due::Call,
    Due::NextLevel,
    Due::DeafCall,
    Due::Question,
    Due::LeaseEnd,
];

/// Those whom it concerns.
#[derive(Debug, Clone, Copy)]
struct People {
    mari: PersonId,
    kadri: PersonId,
    /// Has blocked the desk.
    peeter: PersonId,
    jaan: PersonId,
}

/// An incident, what is to happen to it, and when.
struct Awaited {
    incident: Incident,
    what: Due,
    at: DateTime<Utc>,
}

on_both! {
    whoever_is_to_be_called_is_called_however_often_the_desk_is_killed
}

async fn whoever_is_to_be_called_is_called_however_often_the_desk_is_killed(street: Street) {
    let kills = count("DESKBELL_CLOCK_KILLS", KILLS);
    let (seed, mut random) = seeded(&format!("{kills} kills while things come due"));
    let (people, chats) = founded(&street).await;
    let awaited = prepared(&street, people, &chats).await;
    let begun = SystemClock.now();
    for _ in 0..kills {
        is_killed_while_it_speaks(&street, &mut random).await;
    }
    let last = awaited.iter().map(|it| it.at).max().unwrap();
    let desk = street.desk();
    street.until(|| SystemClock.now() > last).await;
    all_has_happened(&street, &awaited, people).await;
    street.all_is_said().await;
    assert_eq!(desk.stopped().await.code, Some(0));

    let found = evidence::gather(&street, &Crowd::default(), kills).await;
    let mut faults = checker::faults_of_the_clock(&found, begun);
    for one in &awaited {
        let filed = found.incidents.iter();
        let filed = filed.clone().find(|it| same(it, one)).unwrap();
        faults.extend(one.fault(&filed.events, people));
    }
    assert_eq!(faults, Vec::<String>::new(), "DESKBELL_SEED={seed}");
}

fn same(filed: &Filed, awaited: &Awaited) -> bool {
    filed.incident.identity.id == awaited.incident.identity.id
}

/// One life, which ends at a moment of one of the next messages.
async fn is_killed_while_it_speaks(street: &Street, random: &mut Random) {
    let moments = [Moment::Arrived, Moment::Applied, Moment::Answered];
    let moment = *random.one_of(&moments);
    let passing = u32::try_from(random.between(0, 2)).unwrap();
    street.telegram.stop_at("sendMessage", passing, moment);
    let desk = street.desk();
    street
        .awaits(|telegram| telegram.has_stopped().then_some(()))
        .await;
    desk.killed().await;
    street.telegram.go_on();
}

/// Waits until the store knows of everything that is to happen.
async fn all_has_happened(street: &Street, awaited: &[Awaited], people: People) {
    let known = awaited.iter().map(|one| one.incident.version);
    let new = awaited.iter().map(|one| one.events(people).len());
    let whole = known.sum::<i64>() + i64::try_from(new.sum::<usize>()).unwrap();
    while street.number("SELECT COUNT(*) FROM events").await < whole {
        street.look_again().await;
    }
}

/// Groups that a desk has founded.
async fn founded(street: &Street) -> (People, Vec<playground::ChatId>) {
    let telegram = &street.telegram;
    let person = |name: &str| telegram.person(name).started().add();
    let [mari, kadri, peeter, jaan] = ["Mari", "Kadri", "Peeter", "Jaan"].map(person);
    let everybody = [mari, kadri, peeter, jaan];
    let enough = telegram.call_count() + CALLS_OF_A_START;
    let desk = street.desk();
    let chats = (0..GROUPS).map(|number| street.group(&format!("House {number}"), &everybody));
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

/// Incidents made so long ago that their moments are at hand.
async fn prepared(street: &Street, people: People, chats: &[playground::ChatId]) -> Vec<Awaited> {
    let store = street.store().await;
    let first = SystemClock.now() + LEAD;
    let mut awaited = Vec::new();
    for chat in chats {
        let config = configured(&store, ChatId(chat.0), people).await;
        let past = Past {
            store: &store,
            config,
            people,
        };
        for _ in 0..IN_EACH {
            let number = awaited.len();
            let what = ALL[number % ALL.len()];
            let at = first + BETWEEN * i32::try_from(number).unwrap();
            let incident = past.incident(what, at, number).await;
            awaited.push(Awaited { incident, what, at });
        }
    }
    awaited
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
        chain(Urgency::SameDay, people.peeter),
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
struct Past<'a> {
    store: &'a Arc<dyn Store>,
    config: GroupConfig,
    people: People,
}

impl Past<'_> {
    async fn incident(&self, what: Due, at: DateTime<Utc>, number: usize) -> Incident {
        let ago = |minutes| at - TimeDelta::minutes(minutes);
        match what {
            Due::Call => self.waits(ago(15), Urgency::Critical, number).await,
            Due::NextLevel => {
                let waits = self.waits(ago(30), Urgency::Critical, number).await;
                self.clock(waits, ago(15)).await
            }
            Due::DeafCall => self.waits(ago(120), Urgency::SameDay, number).await,
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
            _ => TimeDelta::minutes(80),
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

impl Awaited {
    /// What is to happen, in this order.
    fn events(&self, people: People) -> Vec<Event> {
        let call = |level, person| Event::Escalated {
            level,
            people: vec![person],
        };
        match self.what {
            Due::Call => vec![call(1, people.mari)],
            Due::NextLevel => vec![call(2, people.kadri)],
            Due::DeafCall => vec![
                call(1, people.peeter),
                Event::CallUnheard {
                    people: vec![people.peeter],
                },
                call(2, people.kadri),
            ],
            Due::Question => vec![Event::LeaseQuestioned],
            Due::LeaseEnd => vec![Event::LeaseEnded],
        }
    }

    /// That something else happened, or too early.
    fn fault(&self, events: &[Recorded], people: People) -> Option<String> {
        let (known, later) = events.split_at(self.known(events));
        let by_clock = later.iter().filter(|it| it.by == Author::Clock);
        let by_clock: Vec<_> = by_clock.collect();
        let happened: Vec<Event> = by_clock.iter().map(|it| it.event.clone()).collect();
        let early = by_clock.iter().any(|it| it.at < self.at);
        let number = self.incident.identity.number;
        (happened != self.events(people) || early).then(|| {
            format!(
                "{number}: {:?} due at {}, after {known:?} came {later:?}",
                self.what, self.at
            )
        })
    }

    /// How many events it had when it was made.
    fn known(&self, events: &[Recorded]) -> usize {
        usize::try_from(self.incident.version)
            .unwrap()
            .min(events.len())
    }
}
