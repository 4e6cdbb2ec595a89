//! When the clock acts, by the defaults: at its minute and not one before, once, and late rather
//! than never.

use actors::domain::decide::decide;
use actors::domain::{
    Assessment, Audience, By, Command, Event, Finding, Notice, Rater, Refusal, Says, TriageMode,
    Urgency, Workflow, assessment,
};
use chrono::Duration;

use crate::matrix::{cases, closed, in_progress, unclaimed};
use crate::world::{
    Case, HOUSEKEEPING, JAAN, KATI, MAINTENANCE, MARI, change_to, hotel, reopening, stage_name,
};

fn undecided() -> Case {
    hotel(Workflow::Quick).reported_by(MARI)
}

fn resolved() -> Case {
    in_progress(Workflow::Quick).resolved_by(JAAN)
}

/// What the last look at the clock made happen.
fn happened(case: &Case) -> Vec<Event> {
    case.last
        .events
        .iter()
        .map(|recorded| recorded.event.clone())
        .collect()
}

/// The minutes of absence that the last notices admit to.
fn admitted(case: &Case) -> Vec<Option<i64>> {
    case.said()
        .into_iter()
        .filter_map(|notice| match notice.says {
            Says::Nudge { absent_minutes, .. }
            | Says::DepartmentReminder { absent_minutes }
            | Says::DepartmentMissing { absent_minutes, .. }
            | Says::AutoClosed { absent_minutes, .. } => Some(absent_minutes),
            _ => None,
        })
        .collect()
}

/// Nothing in the minute before; the event in its minute; nothing more in the same minute.
fn strikes(case: Case, minute: i64, event: Event) -> Case {
    let before = case.ticks_after(minute - 1);
    assert_eq!(happened(&before), [], "a minute early");
    let struck = before.ticks_after(minute);
    assert_eq!(happened(&struck), [event]);
    let again = struck.clone().ticks_after(minute);
    assert_eq!(happened(&again), [], "the second look");
    struck
}

#[test]
fn a_question_waits_ten_minutes_for_its_answer() {
    let asked = hotel(Workflow::Full).questioning(MARI);
    let answer = Command::Answer {
        text: "Since noon".to_owned(),
    };
    let answered = asked.clone().ticks_after(5).does(MARI, &answer);
    for case in [asked, answered] {
        let ended = strikes(case, 10, Event::IntakeEnded);
        assert_eq!(stage_name(&ended.incident.stage), "awaiting");
    }
}

#[test]
fn the_reporter_is_reminded_at_ten_minutes_and_dispatchers_are_told_at_thirty() {
    let case = undecided();
    assert_eq!(
        case.due(),
        [("department_reminder", 10), ("department_dispatchers", 30)]
    );
    let reminded = strikes(case, 10, Event::DepartmentReminded);
    assert_eq!(reminded.due(), [("department_dispatchers", 30)]);
    let told = strikes(reminded, 30, Event::DispatchersTold);
    assert_eq!(told.due(), []);
}

#[test]
fn a_choice_ends_the_waiting_for_it() {
    assert_eq!(unclaimed(Workflow::Quick).due(), [("unclaimed_nudge", 10)]);
}

#[test]
fn the_department_is_nudged_every_ten_minutes_three_times() {
    let mut case = unclaimed(Workflow::Quick);
    for nudges in 1..=3 {
        let minute = 10 * i64::from(nudges);
        assert_eq!(case.due(), [("unclaimed_nudge", minute)]);
        case = strikes(case, minute, Event::Nudged { nudges });
    }
    assert_eq!(case.due(), []);
    assert_eq!(happened(&case.ticks_after(10_000)), []);
}

#[test]
fn nudges_begin_anew_in_another_department_and_when_it_is_given_back() {
    let nudged = unclaimed(Workflow::Quick).ticks_after(20);
    let moved = nudged.clone().does(MARI, &change_to(HOUSEKEEPING));
    assert_eq!(moved.due(), [("unclaimed_nudge", 10)]);
    let released = nudged.claimed_by(JAAN).does(JAAN, &Command::Leave);
    assert_eq!(released.due(), [("unclaimed_nudge", 10)]);
    let reopened = closed(Workflow::Quick).does(MARI, &reopening());
    assert_eq!(reopened.due(), [("unclaimed_nudge", 10)]);
}

#[test]
fn after_an_absence_one_nudge_counts_for_all_it_swallowed() {
    for (minutes, nudges, next) in [
        (10, 1, Some(20)),
        (25, 2, Some(30)),
        (30, 3, None),
        (10_000, 3, None),
    ] {
        let woken = unclaimed(Workflow::Quick).wakes_late(minutes);
        assert_eq!(happened(&woken), [Event::Nudged { nudges }], "{minutes}");
        let due: Vec<_> = next.map(|at| ("unclaimed_nudge", at)).into_iter().collect();
        assert_eq!(woken.due(), due, "{minutes}");
    }
}

#[test]
fn what_is_late_because_the_desk_slept_says_so() {
    assert_eq!(admitted(&undecided().wakes_late(25)), [Some(24)]);
    assert_eq!(
        admitted(&unclaimed(Workflow::Quick).wakes_late(25)),
        [Some(24)]
    );
}

#[test]
fn what_is_on_time_or_merely_slow_admits_to_nothing() {
    assert_eq!(admitted(&undecided().ticks_after(10)), [None]);
    assert_eq!(admitted(&undecided().ticks_after(25)), [None]);
    for (minute, slept) in [(12, 2..9), (12, 2..10), (14, 11..13)] {
        let awake_when_due = unclaimed(Workflow::Quick).ticks_after_sleeping(minute, slept);
        assert_eq!(happened(&awake_when_due), [Event::Nudged { nudges: 1 }]);
        assert_eq!(admitted(&awake_when_due), [None]);
    }
    let asleep_when_due = unclaimed(Workflow::Quick).ticks_after_sleeping(12, 10..11);
    assert_eq!(admitted(&asleep_when_due), [Some(1)]);
}

#[test]
fn all_that_an_absence_held_up_is_said_once() {
    let woken = undecided().wakes_late(600);
    assert_eq!(
        happened(&woken),
        [Event::DepartmentReminded, Event::DispatchersTold]
    );
    assert_eq!(woken.said().len(), 2);
    assert_eq!(woken.due(), []);
}

#[test]
fn the_resolver_is_reminded_at_half_and_the_incident_closed_in_the_end() {
    let case = resolved();
    assert_eq!(
        case.due(),
        [("summary_reminder", 5), ("summary_timeout", 10)]
    );
    let reminded = strikes(case, 5, Event::SummaryReminded);
    assert_eq!(reminded.due(), [("summary_timeout", 10)]);
    let ended = strikes(reminded, 10, Event::SummaryTimedOut);
    assert_eq!(stage_name(&ended.incident.stage), "nosummary");
    assert_eq!(ended.due(), []);
}

#[test]
fn a_reminder_names_the_minutes_that_are_left_when_it_is_sent() {
    for (minute, minutes_left) in [(5, 5), (8, 2)] {
        let reminded = resolved().ticks_after(minute);
        let expected = Notice {
            audience: Audience::Person(JAAN),
            class: actors::domain::Class::Page,
            says: Says::SummaryReminder { minutes_left },
        };
        assert_eq!(reminded.said(), [expected]);
    }
}

#[test]
fn a_part_of_the_summary_does_not_stop_its_clock() {
    let half = in_progress(Workflow::Full)
        .rated(Urgency::Critical)
        .resolved_by(KATI)
        .summarised_by(KATI);
    assert_eq!(stage_name(&half.incident.stage), "summary");
    let closed = half.ticks_after(10);
    assert_eq!(stage_name(&closed.incident.stage), "nosummary");
}

#[test]
fn an_hour_after_the_time_out_there_is_no_reminder_any_more() {
    let woken = resolved().wakes_late(60);
    assert_eq!(happened(&woken), [Event::SummaryTimedOut]);
}

#[test]
fn what_nobody_confirms_for_a_day_is_closed() {
    let done = cases("done", Workflow::Full).remove(0);
    assert_eq!(done.due(), [("confirmation_timeout", 24 * 60)]);
    let ended = strikes(done, 24 * 60, Event::ConfirmationTimedOut);
    assert_eq!(stage_name(&ended.incident.stage), "unconf");
}

#[test]
fn while_somebody_works_quickly_and_when_it_is_over_no_clock_runs() {
    let quick = cases("progress", Workflow::Quick);
    let over = [Workflow::Quick, Workflow::Full].map(|workflow| cases("closed", workflow));
    for case in quick.into_iter().chain(over.into_iter().flatten()) {
        assert_eq!(case.due(), []);
        assert_eq!(happened(&case.ticks_after(1_000_000)), []);
    }
}

#[test]
fn a_group_sets_its_own_clocks() {
    let mut desk = hotel(Workflow::Quick);
    desk.config.settings.department_reminder_minutes = 2;
    desk.config.settings.department_dispatcher_minutes = 3;
    desk.config.settings.unclaimed_nudge_minutes = 4;
    desk.config.settings.unclaimed_nudge_limit = 1;
    desk.config.settings.summary_timeout_minutes = 6;
    let case = desk.reported_by(MARI);
    assert_eq!(
        case.due(),
        [("department_reminder", 2), ("department_dispatchers", 3)]
    );
    let sent = case.sent_to(MAINTENANCE);
    assert_eq!(sent.due(), [("unclaimed_nudge", 4)]);
    assert_eq!(sent.clone().ticks_after(4).due(), []);
    let resolved = sent.claimed_by(JAAN).resolved_by(JAAN);
    assert_eq!(
        resolved.due(),
        [("summary_reminder", 3), ("summary_timeout", 6)]
    );
}

#[test]
fn a_wait_beyond_the_calendar_means_never() {
    let mut desk = hotel(Workflow::Full);
    desk.config.settings.confirmation_timeout_hours = u32::MAX;
    desk.config.settings.unclaimed_nudge_minutes = u32::MAX;
    desk.config.settings.unclaimed_nudge_limit = u32::MAX;
    let new = desk.reported_by(MARI).sent_to(MAINTENANCE);
    let done = new.claimed_by(JAAN).resolved_by(JAAN).summarised_by(JAAN);
    assert_eq!(stage_name(&done.incident.stage), "done");
    assert_eq!(happened(&done.ticks_after(1_000_000)), []);
}

#[test]
fn triage_rates_what_nobody_rated_and_never_overrules() {
    let rate = |case: &Case, urgency| {
        let mut case = case.clone();
        case.config.settings.triage.mode = TriageMode::Claude;
        let text = case.incident.report.text.clone();
        let assessment = Assessment {
            by: Rater::Model,
            urgency: Some(urgency),
            ..assessment::by_rules(&text, &case.config.settings.triage)
        };
        let finding = Box::new(Finding {
            assessment,
            question: None,
        });
        let command = Command::Assess { finding, text };
        decide(
            &case.incident,
            &command,
            &By::Triage,
            case.now,
            &case.config,
        )
    };
    let unrated = unclaimed(Workflow::Full);
    let rated = rate(&unrated, Urgency::Planned).expect("a rating");
    assert_eq!(rated.incident.urgency, Some(Urgency::Planned));
    let by_hand = unrated.rated(Urgency::Critical);
    let kept = rate(&by_hand, Urgency::Planned).expect("an assessment");
    assert_eq!(kept.incident.urgency, Some(Urgency::Critical));
    let over = closed(Workflow::Full);
    assert_eq!(rate(&over, Urgency::Planned), Err(Refusal::NotNow));
}

#[test]
fn a_clock_set_back_makes_no_negative_time() {
    let set_back = |mut case: Case| {
        case.now -= Duration::hours(1);
        case
    };
    let claimed = set_back(unclaimed(Workflow::Quick)).claimed_by(JAAN);
    let moved = set_back(claimed).does(JAAN, &change_to(HOUSEKEEPING));
    let session = &moved.incident.sessions[0];
    let claimed_at = session.claimed_at.expect("a claim");
    assert!(claimed_at >= session.assigned_at);
    assert!(session.ended_at.expect("an end") >= claimed_at);
    let part = &moved.incident.participations[0];
    assert!(part.ended_at.expect("an end") >= part.began_at);
}
