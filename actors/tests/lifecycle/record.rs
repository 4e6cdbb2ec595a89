//! What is recorded for the KPIs: stays in departments, and who worked when and how it ended.

use actors::domain::incident::{ParticipationEnd, ParticipationRole, SessionEnd};
use actors::domain::{BlockKind, Command, DepartmentId, Incident, PersonId, Workflow};

use ParticipationEnd::{Closed, Released, ResolvedOther, ResolvedSelf, Transferred};
use ParticipationRole::{Helper, Owner};

use crate::matrix::{closed, in_progress, unclaimed};
use crate::world::{
    ANOTHER, Case, DINA, HOUSEKEEPING, JAAN, KATI, LIIS, MAINTENANCE, MARI, MATI, TOOMAS,
    assignment, change_to, hotel, reopening,
};

type Part = (PersonId, ParticipationRole, Option<ParticipationEnd>);

/// Who worked, as what, and how it ended, oldest first.
fn parts(incident: &Incident) -> Vec<Part> {
    incident
        .participations
        .iter()
        .map(|part| (part.person, part.role, part.end))
        .collect()
}

type Stay = (DepartmentId, bool, Option<SessionEnd>);

/// Where it lay, whether it was claimed there, and how the stay ended, oldest first.
fn stays(incident: &Incident) -> Vec<Stay> {
    incident
        .sessions
        .iter()
        .map(|session| {
            (
                session.department,
                session.claimed_at.is_some(),
                session.end,
            )
        })
        .collect()
}

#[test]
fn resolving_ends_the_work_of_all_and_says_whose_work_it_was() {
    for workflow in [Workflow::Quick, Workflow::Full] {
        let by_the_owner = closed(workflow);
        assert_eq!(
            parts(&by_the_owner.incident),
            [
                (JAAN, Owner, Some(ResolvedSelf)),
                (KATI, Helper, Some(ResolvedOther))
            ]
        );
        let by_the_helper = in_progress(workflow).resolved_by(KATI).summarised_by(KATI);
        assert_eq!(
            parts(&by_the_helper.incident),
            [
                (JAAN, Owner, Some(ResolvedOther)),
                (KATI, Helper, Some(ResolvedSelf))
            ]
        );
    }
}

#[test]
fn work_lasts_until_the_summary_and_not_until_the_confirmation() {
    let done = in_progress(Workflow::Full)
        .resolved_by(JAAN)
        .summarised_by(JAAN);
    let done_at = done.now;
    let confirmed = done.does(MARI, &Command::Confirm);
    for part in &confirmed.incident.participations {
        assert_eq!(part.ended_at, Some(done_at));
    }
    assert_eq!(confirmed.incident.sessions[0].ended_at, Some(confirmed.now));
}

#[test]
fn leaving_releases() {
    let left = in_progress(Workflow::Quick).does(KATI, &Command::Leave);
    assert_eq!(
        parts(&left.incident),
        [(JAAN, Owner, None), (KATI, Helper, Some(Released))]
    );
}

#[test]
fn taking_over_from_a_leaving_owner_is_work_of_another_kind() {
    let left = in_progress(Workflow::Quick).does(JAAN, &Command::Leave);
    assert_eq!(
        parts(&left.incident),
        [
            (JAAN, Owner, Some(Released)),
            (KATI, Helper, Some(Transferred)),
            (KATI, Owner, None)
        ]
    );
}

#[test]
fn assigning_it_to_another_transfers_the_owners_work_only() {
    let case = in_progress(Workflow::Quick);
    let command = assignment(&case.config, TOOMAS);
    let assigned = case.does(DINA, &command);
    assert_eq!(
        parts(&assigned.incident),
        [
            (JAAN, Owner, Some(Transferred)),
            (KATI, Helper, None),
            (TOOMAS, Owner, None)
        ]
    );
}

#[test]
fn assigning_it_to_a_helper_makes_the_helper_the_owner() {
    let case = in_progress(Workflow::Quick);
    let command = assignment(&case.config, KATI);
    let assigned = case.does(DINA, &command);
    assert_eq!(
        parts(&assigned.incident),
        [
            (JAAN, Owner, Some(Transferred)),
            (KATI, Helper, Some(Transferred)),
            (KATI, Owner, None)
        ]
    );
    let work = assigned.incident.work().expect("work");
    assert_eq!((work.owner, work.helpers.len()), (KATI, 0));
}

#[test]
fn another_department_ends_all_work_and_begins_another_stay() {
    let moved = in_progress(Workflow::Quick).does(DINA, &change_to(HOUSEKEEPING));
    assert_eq!(
        parts(&moved.incident),
        [
            (JAAN, Owner, Some(Transferred)),
            (KATI, Helper, Some(Transferred))
        ]
    );
    assert_eq!(
        stays(&moved.incident),
        [
            (MAINTENANCE, true, Some(SessionEnd::Transferred)),
            (HOUSEKEEPING, false, None)
        ]
    );
    let [first, second] = moved.incident.sessions.as_slice() else {
        panic!("two stays");
    };
    assert_eq!(first.ended_at, Some(second.assigned_at));

    let claimed = moved.claimed_by(LIIS);
    let [first, second] = claimed.incident.sessions.as_slice() else {
        panic!("two stays");
    };
    assert!(first.claimed_at < second.claimed_at);
    assert_eq!(second.claimed_at, Some(claimed.now));
}

#[test]
fn a_stay_keeps_its_first_claim() {
    let claimed = unclaimed(Workflow::Quick).claimed_by(JAAN);
    let first = claimed.now;
    let again = claimed.does(JAAN, &Command::Leave).claimed_by(TOOMAS);
    assert_eq!(again.incident.sessions[0].claimed_at, Some(first));
    assert_eq!(again.incident.sessions.len(), 1);
}

#[test]
fn whatever_closes_it_without_a_resolution_closes_the_work_too() {
    let ways: [fn(Case) -> Case; 3] = [
        |case| {
            let reason = "Fixed itself".to_owned();
            case.does(MATI, &Command::Cancel { reason })
        },
        |case| case.does(JAAN, &Command::DuplicateOf { incident: ANOTHER }),
        |case| case.resolved_by(JAAN).ticks_after(10),
    ];
    for close in ways {
        let closed = close(in_progress(Workflow::Quick)).incident;
        assert_eq!(
            parts(&closed),
            [(JAAN, Owner, Some(Closed)), (KATI, Helper, Some(Closed))]
        );
        assert_eq!(
            stays(&closed),
            [(MAINTENANCE, true, Some(SessionEnd::Closed))]
        );
    }
}

#[test]
fn reopening_what_was_done_begins_the_owners_work_again_in_the_same_stay() {
    let again = in_progress(Workflow::Full)
        .resolved_by(JAAN)
        .summarised_by(JAAN)
        .does(MARI, &reopening());
    assert_eq!(
        parts(&again.incident),
        [
            (JAAN, Owner, Some(ResolvedSelf)),
            (KATI, Helper, Some(ResolvedOther)),
            (JAAN, Owner, None)
        ]
    );
    assert_eq!(stays(&again.incident), [(MAINTENANCE, true, None)]);
}

#[test]
fn reopening_what_was_closed_begins_another_stay_in_the_same_department() {
    let again = closed(Workflow::Quick).does(MARI, &reopening());
    assert_eq!(
        stays(&again.incident),
        [
            (MAINTENANCE, true, Some(SessionEnd::Closed)),
            (MAINTENANCE, false, None)
        ]
    );
}

#[test]
fn being_blocked_interrupts_nobodys_record() {
    let blocked = in_progress(Workflow::Full).blocked_by(KATI, BlockKind::NeedsPurchase);
    let before = parts(&blocked.incident);
    let resumed = blocked.does(JAAN, &Command::Resume);
    assert_eq!(parts(&resumed.incident), before);
}

#[test]
fn everybody_it_mentions_is_known_once() {
    let comment = Command::Comment {
        text: "Which floor?".to_owned(),
    };
    let case = in_progress(Workflow::Quick).does(DINA, &comment);
    assert_eq!(case.incident.people(), [MARI, JAAN, KATI, DINA]);
    assert_eq!(
        hotel(Workflow::Quick).reported_by(MARI).incident.people(),
        [MARI]
    );
}
