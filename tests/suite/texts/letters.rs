//! Letters in which people's words stand everywhere they can: as report, summary, comment and
//! reason, as the names of people, departments and groups.

use std::sync::Arc;

use actors::domain::group::GroupStatus;
use actors::domain::id::MessageRef;
use actors::domain::incident::Identity;
use actors::domain::notice::{List, ListOf, Menu, Panel, Prompt};
use actors::domain::{
    Access, Author, BlockKind, ChatId, CompanyId, Department, DepartmentId, Event, GroupConfig,
    GroupId, Incident, IncidentId, IncidentNumber, Language, MessageId, Person, PersonId, Photo,
    Recorded, Report, Says, Settings, Urgency, Workflow,
};
use actors::ports::{Act, Background, Letter};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::kill_storm::random::Random;

/// Everybody who may be called.
pub(super) const PEOPLE: [i64; 3] = [11, 12, 13];

const GROUP: ChatId = ChatId(-1_001_234_567_890);
const DEPARTMENT: DepartmentId = DepartmentId(1);

fn person(number: usize) -> PersonId {
    PersonId(PEOPLE[number])
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

/// Any letter in any language, with that text in every place.
pub(super) fn any(random: &mut Random, text: &str) -> Letter {
    let incident = incident(random, text);
    let says = says(random, text);
    let history = incident_events(text);
    let group = group(*random.one_of(&Language::ALL), text);
    let privately = random.between(0, 3) == 0;
    Letter {
        act: Act::Send,
        chat: if privately { ChatId(13) } else { GROUP },
        thread: None,
        reply_to: None,
        mentions: (random.between(0, 3) == 0)
            .then(|| named(2, text))
            .into_iter()
            .collect(),
        repeat: random.between(0, 3) == 0,
        language: group.settings.language,
        time_zone: Tz::Europe__Tallinn,
        now: now(),
        says,
        background: Background {
            group: Some(Arc::new(group)),
            card: Some(MessageRef {
                chat: GROUP,
                message: MessageId(77),
            }),
            people: (0..PEOPLE.len())
                .map(|number| named(number, text))
                .collect(),
            incidents: vec![incident.clone(); 10],
            incident: Some(incident),
            total: 1_000,
            history,
            ..Background::default()
        },
    }
}

fn named(number: usize, text: &str) -> Person {
    Person {
        name: text.to_owned(),
        username: Some("mari".to_owned()),
        ..Person::unknown(person(number))
    }
}

fn group(language: Language, text: &str) -> GroupConfig {
    let everybody: Vec<PersonId> = PEOPLE.map(PersonId).into();
    GroupConfig {
        id: GroupId(1),
        company: CompanyId(1),
        siblings: Vec::new(),
        version: 1,
        chat: GROUP,
        title: text.to_owned(),
        status: GroupStatus::Active,
        settings: Settings {
            language,
            set_up: true,
            ..Settings::default()
        },
        departments: (1..=30)
            .map(|id| Department {
                id: DepartmentId(id),
                name: text.to_owned(),
                access: Access::Request,
                members: everybody.clone(),
            })
            .collect(),
        managers: everybody.clone(),
        dispatchers: everybody,
        registered: Vec::new(),
        join_requests: Vec::new(),
        roster: actors::domain::Roster::default(),
    }
}

fn says(random: &mut Random, text: &str) -> Says {
    let mut all = to_the_group();
    all.extend(to_somebody(text));
    random.one_of(&all).clone()
}

fn to_the_group() -> Vec<Says> {
    let by = person(0);
    vec![
        Says::Card { menu: Menu::Main },
        Says::Card {
            menu: Menu::Departments,
        },
        Says::Incident { menu: Menu::Main },
        Says::History { page: 0 },
        Says::List {
            list: List {
                of: ListOf::Open(None),
                page: 0,
            },
        },
        Says::Photos {
            photos: vec![Photo("one".to_owned())],
        },
        Says::NewInDepartment {
            department: DEPARTMENT,
            call: PEOPLE.map(PersonId).into(),
            released_by: Some(by),
        },
        Says::Nudge {
            department: DEPARTMENT,
            call: PEOPLE.map(PersonId).into(),
            since: now(),
            absent_minutes: Some(90),
        },
    ]
}

fn to_somebody(text: &str) -> Vec<Says> {
    let by = person(0);
    let comment = text.to_owned();
    vec![
        Says::Blocked {
            by,
            kind: BlockKind::Waiting,
            comment: comment.clone(),
        },
        Says::Cancelled {
            by,
            reason: comment.clone(),
        },
        Says::Reopened { by, comment },
        Says::Resolved { by },
        Says::Transferred { to: DEPARTMENT, by },
        Says::Prompt {
            person: by,
            prompt: Prompt::Summary,
        },
        Says::Prompt {
            person: by,
            prompt: Prompt::Block {
                kind: BlockKind::Attention,
            },
        },
        Says::JoinRequested {
            person: by,
            department: DEPARTMENT,
        },
        Says::Panel {
            panel: Panel::Department(DEPARTMENT),
        },
        Says::PanelShown {
            panel: Panel::Settings,
        },
        Says::PanelShown {
            panel: Panel::Departments,
        },
    ]
}

fn recorded(event: Event) -> Recorded {
    Recorded {
        at: now(),
        by: Author::Person(person(0)),
        event,
    }
}

fn incident_events(text: &str) -> Vec<Recorded> {
    let text = || text.to_owned();
    let mut events = vec![recorded(Event::Reported {
        report: Box::new(Report {
            photos: vec![Photo("one".to_owned())],
            ..Report::of(person(0), text())
        }),
        workflow: Workflow::Full,
        clarify: false,
        rate: false,
    })];
    events.extend(
        [
            Event::DepartmentSet {
                department: DEPARTMENT,
            },
            Event::UrgencySet {
                urgency: Urgency::Critical,
            },
            Event::Claimed,
            Event::Commented { text: text() },
            Event::Commented { text: text() },
            Event::Blocked {
                kind: BlockKind::NeedsPurchase,
                comment: text(),
            },
            Event::Resumed,
            Event::ResolutionBegun,
            Event::Summarised {
                comment: text(),
                photo: None,
            },
            Event::Reopened { comment: text() },
            Event::Cancelled { reason: text() },
        ]
        .map(recorded),
    );
    events
}

/// An incident at any point of its life.
fn incident(random: &mut Random, text: &str) -> Incident {
    let mut events = incident_events(text);
    let length = u64::try_from(events.len()).unwrap();
    events.truncate(usize::try_from(random.between(1, length + 1)).unwrap());
    let identity = Identity {
        id: IncidentId(142),
        number: IncidentNumber(42),
        company: CompanyId(1),
        group: GroupId(1),
    };
    Incident::replay(identity, &events).unwrap()
}
