//! A history that nobody chose: incidents of a month, moved by random commands of people, the clock
//! and triage, kept by a store without a desk before it.

use std::sync::Arc;

use actors::domain::assessment::by_rules;
use actors::domain::id::MessageRef;
use actors::domain::{
    BlockKind, By, Command, Decision, DepartmentId, Finding, GroupConfig, Incident, MessageId,
    PersonId, Photo, Recorded, Refusal, Report, Standing, Urgency, Workflow, decide, open,
};
use actors::ports::{Commit, Record, Store};
use actors::testing::store_contract::desk::{ANNA, Desk, JAAN, MARI, noon, with_incident};
use chrono::{DateTime, TimeDelta, Utc};

use crate::kill_storm::random::Random;

/// How many commands are tried until one is taken.
const TRIES: usize = 30;

/// What happened.
pub(crate) struct History {
    pub(crate) config: GroupConfig,
    pub(crate) logs: Vec<(Incident, Vec<Recorded>)>,
    pub(crate) lost: Vec<Lost>,
    /// When the last thing happened.
    pub(crate) ended: DateTime<Utc>,
}

/// A race that somebody lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lost {
    pub(crate) incident: usize,
    pub(crate) person: PersonId,
    pub(crate) department: DepartmentId,
    pub(crate) won_at: DateTime<Utc>,
    pub(crate) at: DateTime<Utc>,
}

const PEOPLE: [PersonId; 5] = [ANNA, MARI, JAAN, PersonId(4), PersonId(5)];
const WORDS: [&str; 4] = [
    "the tap leaks",
    "fire in the bin",
    "no power in the lobby",
    "paint the fence some day",
];

/// Makes so many incidents, and keeps them.
pub(crate) async fn made_up(store: Arc<dyn Store>, random: &mut Random, incidents: i64) -> History {
    let desk = Desk::new(store).await;
    let mut history = History {
        config: desk.group_now().await,
        logs: Vec::new(),
        lost: Vec::new(),
        ended: noon(),
    };
    for message in 1..=incidents {
        life(&desk, random, &mut history, message).await;
    }
    history
}

async fn life(desk: &Desk, random: &mut Random, history: &mut History, message: i64) {
    let mut config = history.config.clone();
    config.settings.workflow = *random.one_of(&[Workflow::Quick, Workflow::Full]);
    let mut now = noon() + minutes(random, 30 * 24 * 60);
    let reporter = *random.one_of(&PEOPLE);
    let words = (*random.one_of(&WORDS)).to_owned();
    let report = Report {
        origin: Some(MessageRef {
            chat: config.chat,
            message: MessageId(message),
        }),
        ..Report::of(reporter, words)
    };
    let by = standing(&config, report.reporter);
    let opening = open(report, &by, now, &config).unwrap();
    let mut log = opening.events.clone();
    let mut incident = kept(desk, opening, None, now).await;
    let certain = match message % 4 {
        0 => called_about(&config).to_vec(),
        1 => done(&config).to_vec(),
        _ => Vec::new(),
    };
    for (by, command) in certain {
        now += TimeDelta::minutes(20);
        let decision = decide(&incident, &command, &by, now, &config).unwrap();
        log.extend(decision.events.iter().cloned());
        incident = kept(desk, decision, Some(incident.version), now).await;
    }
    for _ in 0..random.between(0, 22) {
        now += minutes(random, 700);
        let Some(decision) = step(random, &incident, &config, now, history) else {
            continue;
        };
        log.extend(decision.events.iter().cloned());
        incident = kept(desk, decision, Some(incident.version), now).await;
    }
    history.ended = history.ended.max(now);
    history.logs.push((incident, log));
    let at = history.logs.len() - 1;
    let id = history.logs[at].0.identity.id;
    let mut commit = Commit::new(now, None);
    let lost = history.lost.iter().filter(|lost| lost.incident == at);
    commit.records.extend(lost.map(|lost| Record::ClaimLost {
        incident: id,
        department: lost.department,
        person: lost.person,
        won_at: lost.won_at,
        at: lost.at,
    }));
    desk.store.commit(commit).await.unwrap();
}

/// Somebody is called, and says that they look after it: by chance alone that is rare.
fn called_about(config: &GroupConfig) -> [(By, Command); 3] {
    let anna = || By::Person(standing(config, ANNA));
    let urgency = Urgency::Critical;
    let clock = By::Clock { absence: None };
    [
        (anna(), Command::SetUrgency { urgency }),
        (clock, Command::LookAtClock),
        (anna(), Command::Acknowledge),
    ]
}

/// Somebody takes it and says how it was done: by chance alone that may happen to none.
fn done(config: &GroupConfig) -> [(By, Command); 4] {
    let department = config.departments[0].id;
    let said = Command::Summarise {
        comment: Some("words".to_owned()),
        photo: None,
    };
    let steps = [
        Command::ChooseDepartment { department },
        Command::Claim,
        Command::Resolve,
        said,
    ];
    steps.map(|step| (By::Person(standing(config, ANNA)), step))
}

async fn kept(
    desk: &Desk,
    decision: Decision,
    expected: Option<i64>,
    now: DateTime<Utc>,
) -> Incident {
    let commit = with_incident(Commit::new(now, None), decision, expected);
    desk.store.commit(commit).await.unwrap().incident.unwrap()
}

fn minutes(random: &mut Random, most: u64) -> TimeDelta {
    let milliseconds = random.between(1, most * 60_000);
    TimeDelta::milliseconds(i64::try_from(milliseconds).unwrap())
}

fn standing(config: &GroupConfig, person: PersonId) -> Standing {
    Standing {
        present: true,
        ..config.standing(person)
    }
}

/// The first of some random commands that is taken; who loses a race is noted.
fn step(
    random: &mut Random,
    incident: &Incident,
    config: &GroupConfig,
    now: DateTime<Utc>,
    history: &mut History,
) -> Option<Decision> {
    for _ in 0..TRIES {
        let (by, command) = command(random, incident, config);
        match decide(incident, &command, &by, now, config) {
            Ok(decision) if !decision.events.is_empty() => return Some(decision),
            Ok(_) => {}
            Err(Refusal::AlreadyClaimed { at, .. }) if command == Command::Claim => {
                let lost = Lost {
                    incident: history.logs.len(),
                    person: by.person().unwrap(),
                    department: incident.department().unwrap(),
                    won_at: at,
                    at: now,
                };
                // Whoever presses again counts once, by when they first did.
                let same = |it: &Lost| Lost { at: now, ..*it } == lost;
                if !history.lost.iter().any(same) {
                    history.lost.push(lost);
                }
            }
            Err(_) => {}
        }
    }
    None
}

fn command(random: &mut Random, incident: &Incident, config: &GroupConfig) -> (By, Command) {
    let owner = incident.work().map_or(ANNA, |work| work.owner);
    let person = *random.one_of(&[PEOPLE.as_slice(), &[owner, owner, ANNA]].concat());
    let by = By::Person(standing(config, person));
    let department = random.one_of(&config.departments).id;
    let words = || "words".to_owned();
    let called = incident
        .escalation
        .as_ref()
        .is_some_and(|it| !it.calls.is_empty());
    if called && random.between(0, 1) == 0 {
        return (by, Command::Acknowledge);
    }
    let command = match random.between(0, 24) {
        0 | 1 => Command::ChooseDepartment { department },
        2..=5 => Command::Claim,
        6 => Command::Join,
        7 => Command::Leave,
        8 => Command::Start,
        9 => Command::Block {
            kind: *random.one_of(&BlockKind::ALL),
            comment: words(),
        },
        10 => Command::Resume,
        11 => Command::ChangeDepartment { department },
        12 | 13 => Command::Resolve,
        14 | 15 => Command::Summarise {
            comment: Some(words()),
            photo: Some(Photo("proof".to_owned())),
        },
        16 if random.between(0, 3) == 0 => Command::Reopen { comment: words() },
        16 | 17 => Command::SetUrgency {
            urgency: *random.one_of(&Urgency::ALL),
        },
        18..=20 => return (By::Clock { absence: None }, Command::LookAtClock),
        21 => Command::Acknowledge,
        22 => {
            let people = PEOPLE.to_vec();
            return (By::Clock { absence: None }, Command::NoteUnheard { people });
        }
        _ => match random.between(0, 4) {
            0 => Command::Cancel { reason: words() },
            1 => Command::Confirm,
            2 => Command::Comment { text: words() },
            _ => return (By::Triage, assess(incident, config)),
        },
    };
    (by, command)
}

fn assess(incident: &Incident, config: &GroupConfig) -> Command {
    let text = incident.report.text.clone();
    let assessment = by_rules(&text, &config.settings.triage);
    let finding = Box::new(Finding {
        assessment,
        question: None,
    });
    Command::Assess { finding, text }
}
