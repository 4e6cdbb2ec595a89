//! What else a command needs: words, a photo, a date, something that exists. No table of persons
//! and stages can show it.

use actors::domain::decide::REOPEN_WINDOW;
use actors::domain::{
    BlockKind, By, Command, DepartmentId, Event, Refusal, Reporting, Urgency, Workflow, decide,
};
use chrono::Duration;

use crate::matrix::{cases, closed, in_progress, unclaimed};
use crate::world::{
    ANOTHER, DINA, EVERYBODY, HOUSEKEEPING, JAAN, KATI, MAINTENANCE, MARI, MATI, RAIN, TOOMAS,
    blocking, change_to, desk, hotel, maintenance, photo, reopening, report, stage_name, summary,
};

#[test]
fn whoever_speaks_in_the_group_may_comment() {
    let case = unclaimed(Workflow::Quick);
    let command = Command::Comment {
        text: "I heard it too".to_owned(),
    };
    let mut standing = case.config.standing(RAIN);
    standing.present = true;
    let by = By::Person(standing);
    let decision =
        decide(&case.incident, &command, &by, case.now, &case.config).expect("a comment");
    assert_eq!(decision.incident.comments, 1);
    let latest = decision.incident.latest_comment.expect("a comment");
    assert_eq!((latest.by, latest.at), (RAIN, case.now));
}

#[test]
fn where_words_are_needed_blanks_are_refused() {
    let blank = || " \n".to_owned();
    let missing = Err(Refusal::WordsMissing);
    let working = in_progress(Workflow::Full);
    let blocking = Command::Block {
        kind: BlockKind::Waiting,
        comment: blank(),
    };
    let reopening = Command::Reopen { comment: blank() };
    let cancelling = Command::Cancel { reason: blank() };
    assert_eq!(working.asks(JAAN, &blocking), missing);
    assert_eq!(working.asks(MATI, &cancelling), missing);
    let comment = Command::Comment { text: blank() };
    assert_eq!(working.asks(MARI, &comment), missing);
    let resolved = working.resolved_by(JAAN);
    assert_eq!(resolved.asks(JAAN, &summary(" \n")), missing);
    let done = resolved.summarised_by(JAAN);
    assert_eq!(done.asks(MARI, &reopening), missing);
}

#[test]
fn a_critical_incident_is_not_done_without_words_and_photo() {
    let shown = Command::Summarise {
        comment: None,
        photo: Some(photo()),
    };
    let told = summary("Washer replaced");
    for workflow in [Workflow::Quick, Workflow::Full] {
        for (first, second) in [(&told, &shown), (&shown, &told)] {
            let resolved = in_progress(workflow)
                .rated(Urgency::Critical)
                .resolved_by(JAAN);
            let half = resolved.does(JAAN, first);
            assert_eq!(stage_name(&half.incident.stage), "summary");
            let whole = half.does(JAAN, second).incident;
            assert_eq!(stage_name(&whole.stage), ended(workflow));
            assert_eq!(whole.summary.as_deref(), Some("Washer replaced"));
            assert_eq!(whole.report.photos, [photo()]);
        }
    }
}

fn ended(workflow: Workflow) -> &'static str {
    match workflow {
        Workflow::Quick => "resolved",
        Workflow::Full => "done",
    }
}

#[test]
fn a_helper_who_resolves_owes_the_summary_and_the_owner_does_not() {
    let resolved = in_progress(Workflow::Quick).resolved_by(KATI);
    assert_eq!(
        resolved.asks(JAAN, &summary("Washer replaced")),
        Err(Refusal::ResolverOnly { resolver: KATI })
    );
    let closed = resolved.summarised_by(KATI);
    assert_eq!(stage_name(&closed.incident.stage), "resolved");
}

#[test]
fn the_window_for_reopening_ends_after_seven_days() {
    for workflow in [Workflow::Quick, Workflow::Full] {
        let mut case = closed(workflow);
        let closed_at = case.now;
        case.now = closed_at + REOPEN_WINDOW;
        assert!(case.asks(MARI, &reopening()).is_ok());
        case.now += Duration::milliseconds(1);
        assert_eq!(
            case.asks(MARI, &reopening()),
            Err(Refusal::TooLateToReopen { closed_at })
        );
    }
}

#[test]
fn reopening_wipes_the_old_answer() {
    let again = closed(Workflow::Quick).does(MARI, &reopening());
    assert_eq!(again.incident.summary, None);
    let done = &cases("done", Workflow::Full)[0];
    assert!(done.incident.summary.is_some());
    let again = done.clone().does(MARI, &reopening());
    assert_eq!(again.incident.summary, None);
    assert_eq!(again.incident.work().expect("work").owner, JAAN);
    assert_eq!(again.incident.reopenings, 1);

    let duplicate =
        unclaimed(Workflow::Quick).does(DINA, &Command::DuplicateOf { incident: ANOTHER });
    assert_eq!(duplicate.incident.duplicate_of, Some(ANOTHER));
    let again = duplicate.does(MARI, &reopening());
    assert_eq!(again.incident.duplicate_of, None);
}

#[test]
fn an_incident_without_a_department_reopens_without_one() {
    let cancelled = hotel(Workflow::Quick).reported_by(MARI).does(
        MARI,
        &Command::Cancel {
            reason: "Fixed itself".to_owned(),
        },
    );
    let again = cancelled.does(MARI, &reopening());
    assert_eq!(stage_name(&again.incident.stage), "awaiting");
}

#[test]
fn the_last_who_leaves_gives_it_back_to_the_department() {
    for workflow in [Workflow::Quick, Workflow::Full] {
        for from in ["progress", "blocked"] {
            for case in cases(from, workflow) {
                let stage = stage_name(&case.incident.stage);
                let alone = case.does(KATI, &Command::Leave);
                assert_eq!(stage_name(&alone.incident.stage), stage);
                let nobody = alone.does(JAAN, &Command::Leave);
                assert_eq!(stage_name(&nobody.incident.stage), "new");
            }
        }
    }
}

#[test]
fn the_eldest_helper_takes_over_from_a_leaving_owner() {
    let left = in_progress(Workflow::Full)
        .joined_by(TOOMAS)
        .does(JAAN, &Command::Leave);
    let work = left.incident.work().expect("work");
    assert_eq!((work.owner, work.helpers.as_slice()), (KATI, &[TOOMAS][..]));
    assert_eq!(work.since, left.now);
}

#[test]
fn what_is_so_already_or_does_not_exist_is_refused() {
    let case = in_progress(Workflow::Quick).rated(Urgency::Planned);
    let refused = |command| case.asks(MATI, &command).expect_err("a refusal");
    let planned = Command::SetUrgency {
        urgency: Urgency::Planned,
    };
    assert_eq!(refused(planned), Refusal::AlreadySo);
    assert_eq!(refused(change_to(MAINTENANCE)), Refusal::AlreadySo);
    let nowhere = DepartmentId(99);
    assert_eq!(refused(change_to(nowhere)), Refusal::NoSuchDepartment);
    let itself = Command::DuplicateOf {
        incident: case.incident.identity.id,
    };
    assert_eq!(refused(itself), Refusal::DuplicateOfItself);
    let amended = Command::AmendReport {
        text: "The tap in 204 leaks ".to_owned(),
        added: false,
    };
    assert_eq!(case.asks(MARI, &amended), Err(Refusal::AlreadySo));
}

#[test]
fn nobody_may_look_at_the_clock_for_the_desk() {
    let case = unclaimed(Workflow::Quick);
    for person in EVERYBODY {
        assert_eq!(
            case.asks(person, &Command::LookAtClock),
            Err(Refusal::NotNow)
        );
    }
}

#[test]
fn the_third_answer_ends_the_questions() {
    let answer = Command::Answer {
        text: "Since noon".to_owned(),
    };
    let twice = hotel(Workflow::Full)
        .questioning(MARI)
        .does(MARI, &answer)
        .does(MARI, &answer);
    assert_eq!(stage_name(&twice.incident.stage), "intake");
    let thrice = twice.does(MARI, &answer);
    assert_eq!(
        thrice.incident.report.text,
        "The tap in 204 leaks\nSince noon\nSince noon\nSince noon"
    );
    assert_eq!(stage_name(&thrice.incident.stage), "awaiting");
    let last = thrice.last.events.last().expect("an event");
    assert_eq!(last.event, Event::IntakeEnded);
}

#[test]
fn where_there_is_one_department_nobody_chooses() {
    let reported = desk().with(maintenance()).reported_by(MARI);
    assert_eq!(stage_name(&reported.incident.stage), "new");
    let questioned = desk()
        .with(maintenance())
        .questioning(MARI)
        .does(MARI, &Command::EndIntake);
    assert_eq!(stage_name(&questioned.incident.stage), "new");
}

#[test]
fn a_report_wants_text_or_a_photo() {
    let desk = hotel(Workflow::Quick);
    let mut empty = report(MARI);
    empty.text = " ".to_owned();
    assert_eq!(
        desk.reporting(MARI, empty.clone()).err(),
        Some(Refusal::EmptyReport)
    );
    empty.photos.push(photo());
    assert!(desk.reporting(MARI, empty).is_ok());
}

#[test]
fn a_group_may_hear_registered_reporters_only() {
    let mut desk = hotel(Workflow::Quick);
    desk.config.settings.reporting = Reporting::Registered;
    desk.config.registered = vec![MARI];
    let heard = |person| desk.reporting(person, report(person)).err();
    assert_eq!(heard(MARI), None);
    assert_eq!(heard(RAIN), Some(Refusal::RegistrationNeeded));
    assert_eq!(heard(MATI), None);
}

#[test]
fn what_blocked_one_department_does_not_follow_into_the_next() {
    let moved = in_progress(Workflow::Full)
        .blocked_by(JAAN, BlockKind::Waiting)
        .does(DINA, &change_to(HOUSEKEEPING));
    assert_eq!(moved.incident.department(), Some(HOUSEKEEPING));
    assert_eq!(moved.incident.work(), None);
    assert_eq!(
        moved.asks(JAAN, &blocking(BlockKind::Waiting)),
        Err(Refusal::NotClaimed)
    );
}

#[test]
fn a_department_is_found_by_its_name_whatever_the_case() {
    let config = hotel(Workflow::Quick).config;
    let found = |name| config.department_named(name).map(|known| known.id);
    assert_eq!(found(" HOUSEKEEPING "), Some(HOUSEKEEPING));
    assert_eq!(found("maintenance"), Some(MAINTENANCE));
    assert_eq!(found("house"), None);
}
