//! Who hears what the clock does.

use actors::domain::{Audience, Resolution, Says, Workflow};

use super::{each, hears, to};
use crate::matrix::{cases, in_progress, unclaimed};
use crate::world::{DINA, JAAN, KATI, MAINTENANCE, MARI, MATI, desk, hotel, maintenance};

#[test]
fn no_department_reminds_the_reporter_then_calls_who_dispatches() {
    let case = hotel(Workflow::Quick).reported_by(MARI);
    let reminded = case.clone().ticks_after(10);
    let absent_minutes = None;
    hears(
        &reminded,
        &[to(MARI, &Says::DepartmentReminder { absent_minutes })],
    );
    let told = reminded.clone().ticks_after(30);
    let missing = |person| {
        let since = case.now;
        let call = vec![person];
        let says = Says::DepartmentMissing {
            since,
            call,
            absent_minutes,
        };
        (Audience::Group, says)
    };
    hears(&told, &[missing(DINA)]);

    let mut without_dispatchers = reminded;
    without_dispatchers.config.dispatchers.clear();
    hears(&without_dispatchers.ticks_after(30), &[missing(MATI)]);
}

#[test]
fn a_nudge_calls_the_department_or_the_managers_of_an_empty_one() {
    for (members, called) in [(vec![JAAN, KATI], vec![JAAN, KATI]), (vec![], vec![MATI])] {
        let mut department = maintenance();
        department.members.clone_from(&members);
        let case = desk().with(department).reported_by(MARI);
        let since = case.now;
        let nudge = Says::Nudge {
            department: MAINTENANCE,
            call: called,
            since,
            absent_minutes: None,
        };
        hears(&case.ticks_after(10), &[(Audience::Group, nudge)]);
    }
}

fn by_the_clock(resolution: Resolution) -> Says {
    Says::AutoClosed {
        resolution,
        absent_minutes: None,
    }
}

#[test]
fn closed_by_the_clock_is_told_to_the_reporter_and_to_who_worked_on_it() {
    let resolved = in_progress(Workflow::Quick).resolved_by(JAAN);
    let resolution = Resolution::NoSummary;
    hears(
        &resolved.ticks_after(10),
        &each(&[MARI, JAAN, KATI], &by_the_clock(resolution)),
    );
    let done = cases("done", Workflow::Full).remove(0);
    let resolution = Resolution::Unconfirmed;
    hears(
        &done.ticks_after(24 * 60),
        &each(&[MARI, JAAN, KATI], &by_the_clock(resolution)),
    );
}

#[test]
fn a_look_that_finds_nothing_says_nothing() {
    let case = unclaimed(Workflow::Quick).ticks_after(9);
    assert_eq!(case.last.notices, []);
}
