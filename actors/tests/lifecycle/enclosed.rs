//! What is sent with words, or instead of them.

use actors::domain::{
    Audience, ChatId, Command, Event, MessageId, MessageRef, Recording, RecordingKind, Refusal,
    Report, Says, TriageMode, Workflow,
};

use crate::matrix::unclaimed;
use crate::world::{Case, MARI, RAIN, hotel, photo, report, showing};

fn recording() -> Recording {
    let (kind, file) = (RecordingKind::Voice, "note".to_owned());
    Recording { kind, file }
}

fn playing() -> Command {
    Command::AddRecording {
        recording: recording(),
        caption: "Listen".to_owned(),
    }
}

/// A voice note without a word.
fn spoken() -> Report {
    Report {
        recordings: vec![recording()],
        ..Report::of(MARI, String::new())
    }
}

fn privately(report: Report) -> Report {
    let origin = MessageRef {
        chat: ChatId(MARI.0),
        message: MessageId(1),
    };
    Report {
        origin: Some(origin),
        ..report
    }
}

/// Whether the group was shown or played something.
fn is_passed_on(case: &Case) -> bool {
    case.said().iter().any(|it| {
        let shown = matches!(it.says, Says::Recording { .. } | Says::Photos { .. });
        shown && it.audience == Audience::Group
    })
}

#[test]
fn a_recording_alone_is_a_report_and_nothing_is_none() {
    let case = hotel(Workflow::Quick).reporting(MARI, spoken());
    let incident = case.expect("a report").incident;
    assert_eq!(incident.report.recordings, [recording()]);
    let nothing = Report::of(MARI, " ".to_owned());
    let refused = hotel(Workflow::Quick).reporting(MARI, nothing);
    assert_eq!(refused.err(), Some(Refusal::EmptyReport));
}

#[test]
fn what_can_only_be_heard_is_not_sent_to_a_model() {
    let mut desk = hotel(Workflow::Quick);
    desk.config.settings.triage.mode = TriageMode::Claude;
    let case = desk.reporting(MARI, spoken()).expect("a report");
    assert!(!case.incident.triage.wanted);
}

#[test]
fn what_is_recorded_elsewhere_is_played_to_the_group() {
    let here = hotel(Workflow::Quick).reporting(MARI, report(MARI));
    assert!(!is_passed_on(
        &here.expect("a report").does(MARI, &playing())
    ));
    let case = hotel(Workflow::Quick).reporting(MARI, privately(spoken()));
    let case = case.expect("a report");
    assert!(is_passed_on(&case));
    let case = case.does(MARI, &playing());
    assert!(is_passed_on(&case));
    assert_eq!(case.incident.report.recordings.len(), 2);
    let listen = case.incident.latest_comment.as_ref().map(|it| &it.text);
    assert_eq!(listen.map(String::as_str), Some("Listen"));
}

#[test]
fn photos_that_come_later_are_shown_too() {
    let case = hotel(Workflow::Quick).reporting(MARI, privately(spoken()));
    let case = case.expect("a report").does(MARI, &showing());
    assert!(is_passed_on(&case));
    assert_eq!(case.incident.report.photos, [photo()]);
}

#[test]
fn strangers_add_no_recordings() {
    let case = unclaimed(Workflow::Quick);
    let refused = case.asks(RAIN, &playing());
    assert_eq!(refused.err(), Some(Refusal::NotConcerned));
    let added = |event: &Event| matches!(event, Event::RecordingAdded { .. });
    let case = case.does(MARI, &playing());
    assert!(case.last.events.iter().any(|it| added(&it.event)));
}
