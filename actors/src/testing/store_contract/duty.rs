//! Schedules, people's own words on duty, and what they have muted.

use std::sync::Arc;

use super::desk::{CHAT, Desk, JAAN, MARI, OTHER_CHAT, later, noon};
use crate::domain::duty::week_of_words;
use crate::domain::{DepartmentId, DutyOverride, DutySchedule, Mute, PersonId, Roster};
use crate::ports::{Record, Store};

fn member(department: DepartmentId, person: PersonId) -> Record {
    Record::Member { department, person }
}

fn schedule(department: DepartmentId, person: PersonId, words: &str) -> Record {
    Record::Schedule {
        department,
        person,
        week: week_of_words(words).ok(),
    }
}

fn word(desk: &Desk, person: PersonId, on: bool) -> Record {
    Record::Duty {
        company: desk.group.company,
        word: said(person, on),
    }
}

fn said(person: PersonId, on: bool) -> DutyOverride {
    DutyOverride {
        person,
        on,
        since: noon(),
        until: on.then(|| later(60)),
    }
}

fn mute(desk: &Desk, person: PersonId, mute: Mute, muted: bool) -> Record {
    Record::Mute {
        company: desk.group.company,
        person,
        mute,
        muted,
    }
}

async fn roster(desk: &Desk) -> Roster {
    desk.group_now().await.roster
}

/// And replaced by what is written next.
pub async fn duty_is_read_as_it_was_written(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let department = desk.department(0);
    assert_eq!(roster(&desk).await, Roster::default());
    desk.keep([
        member(department, MARI),
        schedule(department, MARI, "Mon-Fri 8-16"),
        schedule(department, MARI, "Sat 22-6, Sun 10-11"),
        word(&desk, MARI, true),
        word(&desk, JAAN, true),
        word(&desk, JAAN, false),
        mute(&desk, MARI, Mute::Nudges, true),
        mute(&desk, MARI, Mute::Nudges, true),
        mute(&desk, MARI, Mute::Digests, true),
        mute(&desk, MARI, Mute::Digests, false),
    ])
    .await;
    let week = week_of_words("Sat 22-6, Sun 10-11").unwrap();
    let expected = Roster {
        schedules: vec![DutySchedule {
            department,
            person: MARI,
            week,
        }],
        overrides: vec![said(MARI, true), said(JAAN, false)],
        mutes: vec![(MARI, Mute::Nudges)],
    };
    assert_eq!(roster(&desk).await, expected);
    desk.keep([schedule(department, MARI, "none")]).await;
    assert_eq!(roster(&desk).await.schedules, []);
}

/// Each change of it is configuration, and moves the version.
pub async fn duty_moves_the_version(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let mut before = desk.group.version;
    for record in [
        schedule(desk.department(0), MARI, "Mon 8-16"),
        word(&desk, MARI, true),
        mute(&desk, MARI, Mute::Nudges, true),
        Record::Forget { person: MARI },
    ] {
        desk.keep([record.clone()]).await;
        let version = desk.store.company_version(desk.group.company);
        let after = version.await.unwrap();
        assert!(after > before, "{record:?} should move the version");
        before = after;
    }
}

/// With membership goes the schedule, with the last group of a company everything.
pub async fn duty_ends_with_membership(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let (first, second) = (desk.department(0), desk.department(1));
    let all = [
        member(first, MARI),
        member(second, MARI),
        schedule(first, MARI, "Mon 8-16"),
        schedule(second, MARI, "Tue 8-16"),
        schedule(second, JAAN, "Wed 8-16"),
        word(&desk, MARI, false),
        mute(&desk, MARI, Mute::Nudges, true),
    ];
    desk.keep(all).await;
    let (department, person) = (first, MARI);
    desk.keep([Record::MemberGone { department, person }]).await;
    let theirs = roster(&desk).await.schedules;
    let theirs: Vec<_> = theirs.iter().map(|it| (it.department, it.person)).collect();
    assert_eq!(theirs, [(second, MARI), (second, JAAN)]);
    let group = desk.group.id;
    desk.keep([Record::Left { person, group }]).await;
    let left = roster(&desk).await;
    assert_eq!(left.schedules.len(), 1, "{left:?}");
    assert_eq!((left.overrides, left.mutes), (vec![], vec![]));
}

/// Whoever asks to be forgotten leaves nothing of it anywhere, and others keep theirs.
pub async fn a_forgotten_person_has_no_duty(store: Arc<dyn Store>) {
    let desk = Desk::in_chat(Arc::clone(&store), CHAT).await;
    let other = Desk::in_chat(store, OTHER_CHAT).await;
    for desk in [&desk, &other] {
        desk.keep([
            schedule(desk.department(0), MARI, "Mon 8-16"),
            schedule(desk.department(0), JAAN, "Mon 8-16"),
            word(desk, MARI, false),
            mute(desk, MARI, Mute::NewInDepartment, true),
        ])
        .await;
    }
    desk.keep([Record::Forget { person: MARI }]).await;
    for desk in [&desk, &other] {
        let kept = roster(desk).await;
        let people: Vec<_> = kept.schedules.iter().map(|it| it.person).collect();
        assert_eq!(people, [JAAN]);
        assert_eq!((kept.overrides, kept.mutes), (vec![], vec![]));
    }
}
