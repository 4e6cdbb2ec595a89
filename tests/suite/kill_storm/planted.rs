//! The checker is shown faults, one at a time, and must name each.

use actors::domain::group::GroupStatus;
use actors::domain::id::MessageRef;
use actors::domain::incident::{Identity, Participation, ParticipationRole, Report, Workflow};
use actors::domain::{
    Author, ChatId, CompanyId, Event, GroupConfig, GroupId, Incident, IncidentId, IncidentNumber,
    MessageId, PersonId, Recorded, Says, Settings,
};
use chrono::DateTime;

use super::checker::faults;
use super::evidence::{Evidence, Filed, Post, Shown};

const CHAT: ChatId = ChatId(-100_700);
const MARI: PersonId = PersonId(1);
const JAAN: PersonId = PersonId(2);

fn at(message: i64) -> MessageRef {
    MessageRef {
        chat: CHAT,
        message: MessageId(message),
    }
}

fn recorded(by: PersonId, event: Event) -> Recorded {
    Recorded {
        at: DateTime::from_timestamp(1_800_000_000, 0).unwrap(),
        by: Author::Person(by),
        event,
    }
}

fn filed(number: i64) -> Filed {
    let identity = Identity {
        id: IncidentId(number),
        number: IncidentNumber(number),
        company: CompanyId(1),
        group: GroupId(1),
    };
    let report = Report {
        origin: Some(at(number)),
        ..Report::of(MARI, "The gate squeaks".to_owned())
    };
    let department = actors::domain::DepartmentId(1);
    let events = vec![
        recorded(
            MARI,
            Event::Reported {
                report: Box::new(report),
                workflow: Workflow::Quick,
                clarify: false,
                rate: false,
            },
        ),
        recorded(MARI, Event::DepartmentSet { department }),
        recorded(JAAN, Event::Claimed),
    ];
    let call = Says::NewInDepartment {
        department,
        call: Vec::new(),
        released_by: None,
    };
    Filed {
        group: group(),
        heard: vec![(None, call), (Some(MARI), Says::Claimed { by: JAAN })],
        incident: Incident::replay(identity, &events).unwrap(),
        events,
        card: Some(Shown {
            text: format!("🔧 {number:04} · in progress\nThe gate squeaks"),
            pinned: true,
        }),
    }
}

fn group() -> GroupConfig {
    GroupConfig {
        id: GroupId(1),
        company: CompanyId(1),
        siblings: Vec::new(),
        version: 1,
        chat: CHAT,
        title: "Yard".to_owned(),
        status: GroupStatus::Active,
        settings: Settings::default(),
        departments: Vec::new(),
        managers: Vec::new(),
        dispatchers: Vec::new(),
        registered: Vec::new(),
        join_requests: Vec::new(),
        roster: actors::domain::Roster::default(),
    }
}

fn post(message: i64, text: &str, known: bool) -> Post {
    Post {
        life: 1,
        at: at(message),
        text: text.to_owned(),
        known,
    }
}

/// What a storm leaves where all is well.
fn sound() -> Evidence {
    Evidence {
        kills: 1,
        reports: vec![at(1), at(2)],
        promises: vec![(CHAT, 1, JAAN)],
        incidents: vec![filed(1), filed(2)],
        posts: vec![
            post(10, "0001 waits", false),
            post(11, "(repeat) 0001 waits", true),
        ],
        ..Evidence::default()
    }
}

/// What the checker says of a doctored record.
fn named(doctor: impl FnOnce(&mut Evidence)) -> String {
    let mut evidence = sound();
    doctor(&mut evidence);
    faults(&evidence).join("\n")
}

#[test]
fn what_is_sound_passes() {
    assert_eq!(named(|_| {}), "");
}

#[test]
fn lost_doubled_and_invented_reports_are_noticed() {
    let lost = named(|found| found.incidents.truncate(1));
    assert!(lost.contains("is lost"), "{lost}");
    let doubled = named(|found| {
        let mut again = filed(3);
        again.incident.report.origin = Some(at(2));
        found.incidents.push(again);
    });
    assert!(doubled.contains("became 2 incidents"), "{doubled}");
    let invented = named(|found| found.reports.truncate(1));
    assert!(invented.contains("nobody reported"), "{invented}");
}

#[test]
fn a_gap_in_the_numbers_is_noticed() {
    let gap = named(|found| {
        found.incidents[1] = filed(3);
        found.reports[1] = at(3);
    });
    assert!(gap.contains("has numbers [1, 3]"), "{gap}");
}

#[test]
fn a_broken_promise_is_noticed() {
    let broken = named(|found| found.promises.push((CHAT, 2, MARI)));
    assert!(broken.contains("was promised 2"), "{broken}");
}

#[test]
fn a_double_claim_is_noticed() {
    let double = named(|found| {
        let parts = &mut found.incidents[0].incident.participations;
        let second = Participation {
            person: MARI,
            ..parts[0].clone()
        };
        assert_eq!(second.role, ParticipationRole::Owner);
        parts.push(second);
    });
    assert!(double.contains("had two owners at once"), "{double}");
    assert!(double.contains("add up to something else"), "{double}");
}

#[test]
fn an_effect_that_came_twice_or_never_is_noticed() {
    let said = |found: &mut Evidence| found.remarks.push((CHAT, "Mind the dog".to_owned()));
    assert!(named(said).contains("is kept 0 times"));
    let twice = named(|found| {
        said(found);
        let text = "Mind the dog".to_owned();
        let comment = recorded(MARI, Event::Commented { text });
        for filed in &mut found.incidents {
            filed.events.push(comment.clone());
        }
    });
    assert!(twice.contains("is kept 2 times"), "{twice}");
}

#[test]
fn a_missing_or_untrue_card_is_noticed() {
    let none = named(|found| found.incidents[0].card = None);
    assert!(none.contains("has no card"), "{none}");
    let old = named(|found| {
        let card = found.incidents[0].card.as_mut().unwrap();
        card.text = "📣 0001 · waiting for a claim".to_owned();
    });
    assert!(old.contains("its card says"), "{old}");
    let loose = named(|found| found.incidents[0].card.as_mut().unwrap().pinned = false);
    assert!(loose.contains("pinned: false"), "{loose}");
}

#[test]
fn what_was_owed_and_not_heard_is_noticed() {
    let reporter = named(|found| found.incidents[0].heard.truncate(1));
    assert!(
        reporter.contains("owes Some(PersonId(1)) Claimed"),
        "{reporter}"
    );
    let department = named(|found| drop(found.incidents[1].heard.remove(0)));
    assert!(
        department.contains("owes None NewInDepartment"),
        "{department}"
    );
    let other = named(|found| found.incidents[0].heard[1].0 = Some(JAAN));
    assert!(other.contains("owes Some(PersonId(1)) Claimed"), "{other}");
}

#[test]
fn rows_and_updates_that_are_stuck_are_noticed() {
    assert!(named(|found| found.unfinished = 1).contains("still wait"));
    assert!(named(|found| found.given_up.push("a page".to_owned())).contains("given up"));
    assert!(named(|found| found.set_aside = 1).contains("set aside"));
}

#[test]
fn too_many_repeats_and_silent_ones_are_noticed() {
    let silent = named(|found| found.posts[1].text = "0001 waits".to_owned());
    assert!(silent.contains("say that they are repeats"), "{silent}");
    let many = named(|found| {
        for message in 20..29 {
            found
                .posts
                .push(post(message, "(repeat) 0002 waits", false));
        }
    });
    assert!(
        many.contains("the end of life 1 led to 10 repeats"),
        "{many}"
    );
    let unasked = named(|found| found.kills = 0);
    assert!(
        unasked.contains("1 lives led to repeats, 0 ended by a kill"),
        "{unasked}"
    );
}
