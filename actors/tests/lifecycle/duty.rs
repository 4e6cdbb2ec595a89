//! Who of a department is called: those on duty who want to hear it, and who hears where nobody is.

use actors::domain::duty::week_of_words;
use actors::domain::{
    Audience, Command, DutyOverride, DutySchedule, Mute, PersonId, Says, Urgency, Workflow,
};
use chrono::Duration;

use crate::world::{
    Case, Desk, HOUSEKEEPING, JAAN, KATI, LIIS, MAINTENANCE, MARI, MATI, TOOMAS, change_to, hotel,
    noon,
};

/// A hotel in which these people of maintenance work at night.
fn by_night(people: &[PersonId]) -> Desk {
    let mut desk = hotel(Workflow::Quick);
    let schedule = |person: &PersonId| DutySchedule {
        department: MAINTENANCE,
        person: *person,
        week: week_of_words("22-6").expect("a week"),
    };
    desk.config.roster.schedules = people.iter().map(schedule).collect();
    desk
}

fn given_to_maintenance(desk: Desk) -> Case {
    let department = MAINTENANCE;
    let choose = Command::ChooseDepartment { department };
    desk.reported_by(MARI).does(MARI, &choose)
}

/// Whom the group's calls name, and to whom it was said that nobody is on duty.
fn called(case: &Case) -> (Vec<PersonId>, Vec<PersonId>) {
    let (mut called, mut told) = (Vec::new(), Vec::new());
    for notice in case.said() {
        match (notice.audience, notice.says) {
            (
                Audience::Group,
                Says::NewInDepartment { call, .. }
                | Says::Nudge { call, .. }
                | Says::EscalationWarned { call, .. },
            ) => called.extend(call),
            (Audience::Person(person), Says::NobodyOnDuty { .. }) => told.push(person),
            _ => {}
        }
    }
    (called, told)
}

fn muted(mut desk: Desk, people: &[PersonId], mute: Mute) -> Desk {
    let mutes = people.iter().map(|person| (*person, mute));
    desk.config.roster.mutes.extend(mutes);
    desk
}

#[test]
fn only_who_is_on_duty_is_called() {
    let case = given_to_maintenance(by_night(&[JAAN]));
    assert_eq!(called(&case), (vec![KATI, TOOMAS], vec![]));
    let nudged = case.ticks_after(10);
    assert_eq!(called(&nudged), (vec![KATI, TOOMAS], vec![]));
}

#[test]
fn ones_own_word_outweighs_a_schedule() {
    let mut desk = by_night(&[JAAN]);
    let word = |person, on| DutyOverride {
        person,
        on,
        since: noon() - Duration::hours(1),
        until: Some(noon() + Duration::minutes(5)),
    };
    desk.config.roster.overrides = vec![word(JAAN, true), word(KATI, false)];
    let case = given_to_maintenance(desk);
    assert_eq!(called(&case), (vec![JAAN, TOOMAS], vec![]));
    let nudged = case.ticks_after(10);
    assert_eq!(called(&nudged), (vec![KATI, TOOMAS], vec![]));
}

#[test]
fn where_nobody_is_on_duty_managers_hear_once() {
    let case = given_to_maintenance(by_night(&[JAAN, KATI, TOOMAS]));
    assert_eq!(called(&case), (vec![], vec![MATI]));
    let mut case = case;
    for minutes in [10, 20, 30] {
        case = case.ticks_after(minutes);
        assert_eq!(case.last.events.len(), 1);
        assert_eq!(called(&case), (vec![], vec![]));
    }
}

#[test]
fn where_the_last_shift_ends_managers_hear_with_the_next_nudge_and_once() {
    let mut desk = by_night(&[JAAN, KATI]);
    let until = week_of_words("0-24").expect("a week");
    desk.config.roster.schedules.push(DutySchedule {
        department: MAINTENANCE,
        person: TOOMAS,
        week: until,
    });
    desk.config.roster.overrides.push(DutyOverride {
        person: TOOMAS,
        on: false,
        since: noon() + Duration::minutes(12),
        until: None,
    });
    let case = given_to_maintenance(desk).ticks_after(10);
    assert_eq!(called(&case), (vec![TOOMAS], vec![]));
    let case = case.ticks_after(20);
    assert_eq!(called(&case), (vec![], vec![MATI]));
    let case = case.ticks_after(30);
    assert_eq!(called(&case), (vec![], vec![]));
}

#[test]
fn what_is_critical_calls_those_on_duty_else_everybody() {
    let critical = Command::SetUrgency {
        urgency: Urgency::Critical,
    };
    let everybody = vec![JAAN, KATI, TOOMAS];
    let case = given_to_maintenance(by_night(&everybody));
    let case = case.does(MATI, &critical).ticks_after(10);
    assert_eq!(called(&case), (everybody.clone(), vec![]));
    let some = muted(by_night(&[JAAN]), &[KATI], Mute::Nudges);
    let case = given_to_maintenance(some).does(MATI, &critical);
    let case = case.ticks_after(10);
    assert_eq!(called(&case), (vec![KATI, TOOMAS], vec![]));
    let elsewhere = case.does(MATI, &change_to(HOUSEKEEPING));
    assert_eq!(called(&elsewhere), (vec![LIIS], vec![]));
}

#[test]
fn who_muted_calls_is_spared_them_and_nothing_else() {
    let desk = muted(hotel(Workflow::Quick), &[JAAN], Mute::NewInDepartment);
    let case = given_to_maintenance(muted(desk, &[KATI], Mute::Nudges));
    assert_eq!(called(&case), (vec![KATI, TOOMAS], vec![]));
    let case = case.ticks_after(10);
    assert_eq!(called(&case), (vec![JAAN, TOOMAS], vec![]));
    let everybody = [JAAN, KATI, TOOMAS];
    let case = given_to_maintenance(muted(hotel(Workflow::Quick), &everybody, Mute::Nudges));
    assert_eq!(called(&case), (everybody.to_vec(), vec![]));
    let case = case.ticks_after(10);
    assert_eq!(called(&case), (vec![], vec![MATI]));
    assert_eq!(called(&case.ticks_after(20)), (vec![], vec![]));
}
