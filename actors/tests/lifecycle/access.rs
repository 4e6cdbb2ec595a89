//! Who is let into a department's work, and what the loser of a race is told.

use actors::domain::{Access, Command, Effect, PersonId, Refusal, Workflow};
use chrono::Duration;

use crate::matrix::in_progress;
use crate::world::{
    Case, DINA, JAAN, KATI, LIIS, MAINTENANCE, MARI, MATI, RAIN, TOOMAS, assignment, desk, hotel,
    maintenance,
};

fn waiting_for_a_claim(access: Access) -> Case {
    hotel(Workflow::Quick)
        .access(access)
        .reported_by(MARI)
        .sent_to(MAINTENANCE)
}

#[test]
fn an_open_department_makes_a_member_of_who_claims_or_joins() {
    let claimed = waiting_for_a_claim(Access::Open).claimed_by(RAIN);
    let enrolled = |person| {
        vec![Effect::Enrol {
            person,
            department: MAINTENANCE,
        }]
    };
    assert_eq!(claimed.last.effects, enrolled(RAIN));
    assert_eq!(claimed.incident.work().expect("work").owner, RAIN);

    let joined = claimed.joined_by(LIIS);
    assert_eq!(joined.last.effects, enrolled(LIIS));
    assert_eq!(joined.incident.work().expect("work").helpers, [LIIS]);
}

#[test]
fn a_member_is_not_enrolled_again() {
    for access in Access::ALL {
        let claimed = waiting_for_a_claim(access).claimed_by(JAAN);
        assert_eq!(claimed.last.effects, []);
    }
}

#[test]
fn a_department_by_request_asks_once_and_changes_nothing() {
    let before = waiting_for_a_claim(Access::Request);
    let asked = before.clone().claimed_by(RAIN);
    let requested = Effect::RequestMembership {
        person: RAIN,
        department: MAINTENANCE,
    };
    assert_eq!(asked.last.effects, [requested]);
    assert_eq!(asked.incident.stage, before.incident.stage);
    assert_eq!(
        asked.asks(RAIN, &Command::Claim),
        Err(Refusal::AlreadyAsked {
            department: MAINTENANCE
        })
    );
    let joining = asked.claimed_by(JAAN).joined_by(LIIS);
    assert_eq!(joining.incident.work().expect("work").helpers, []);
}

#[test]
fn a_manager_who_claims_needs_nobodys_leave() {
    let claimed = waiting_for_a_claim(Access::Request).claimed_by(MATI);
    assert_eq!(claimed.incident.work().expect("work").owner, MATI);
    let enrolled = Effect::Enrol {
        person: MATI,
        department: MAINTENANCE,
    };
    assert_eq!(claimed.last.effects, [enrolled]);
}

#[test]
fn a_department_of_members_refuses_outsiders() {
    let members_only = Err(Refusal::MembersOnly {
        department: MAINTENANCE,
    });
    let new = waiting_for_a_claim(Access::Members);
    assert_eq!(new.asks(RAIN, &Command::Claim), members_only);
    let claimed = new.claimed_by(JAAN);
    assert_eq!(claimed.asks(RAIN, &Command::Join), members_only);
}

#[test]
fn the_loser_learns_who_won_when_and_whether_joining_is_open() {
    for (access, outsider_may_join) in [
        (Access::Open, true),
        (Access::Request, true),
        (Access::Members, false),
    ] {
        let mut claimed = waiting_for_a_claim(access).claimed_by(JAAN);
        let at = claimed.now;
        claimed.now += Duration::seconds(12);
        for (loser, may_join) in [(TOOMAS, true), (RAIN, outsider_may_join)] {
            assert_eq!(
                claimed.asks(loser, &Command::Claim),
                Err(Refusal::AlreadyClaimed {
                    owner: JAAN,
                    at,
                    ago: Duration::seconds(12),
                    may_join,
                }),
                "{loser} under {access:?}"
            );
        }
        assert_eq!(
            claimed.asks(JAAN, &Command::Claim),
            Err(Refusal::AlreadyYours)
        );
    }
}

#[test]
fn who_asked_already_is_not_invited_to_join() {
    let claimed = waiting_for_a_claim(Access::Request)
        .claimed_by(RAIN)
        .claimed_by(JAAN);
    let refusal = claimed.asks(RAIN, &Command::Claim);
    assert!(
        matches!(
            refusal,
            Err(Refusal::AlreadyClaimed {
                may_join: false,
                ..
            })
        ),
        "{refusal:?}"
    );
}

#[test]
fn in_a_race_of_fifty_exactly_one_wins() {
    let mut racers = maintenance();
    racers.members = (100..150).map(PersonId).collect();
    let runners = racers.members.clone();
    let mut case = desk().with(racers).reported_by(MARI);
    let mut winners = Vec::new();
    for runner in runners {
        match case.asks(runner, &Command::Claim) {
            Ok(decision) => {
                winners.push(runner);
                case.keep(decision);
            }
            Err(Refusal::AlreadyClaimed { owner, .. }) => assert_eq!(vec![owner], winners),
            Err(other) => panic!("{runner} was refused: {other:?}"),
        }
    }
    assert_eq!(winners, [PersonId(100)]);
}

#[test]
fn only_a_member_is_assigned_and_only_once() {
    let case = in_progress(Workflow::Quick);
    let assigned = |person| case.asks(DINA, &assignment(&case.config, person));
    assert_eq!(assigned(LIIS), Err(Refusal::NotAMember { person: LIIS }));
    assert_eq!(assigned(JAAN), Err(Refusal::AlreadySo));
    assert!(assigned(KATI).is_ok());
}
