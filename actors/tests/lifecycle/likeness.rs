//! What resembles an open incident, and what joining it comes to.

use std::collections::BTreeSet;

use actors::domain::likeness::most_alike;
use actors::domain::{
    Audience, BlockKind, Command, Event, Incident, Refusal, Report, Resolution, Says, Stage,
    Workflow,
};
use proptest::prelude::*;

use crate::matrix::unclaimed;
use crate::world::{Case, JAAN, MARI, RAIN, TOOMAS, blocking, hotel, photo, reopening, summary};

fn incident(text: &str, place: Option<&str>) -> Incident {
    let report = Report {
        place: place.map(str::to_owned),
        ..Report::of(MARI, text.to_owned())
    };
    let case = hotel(Workflow::Full).reporting(MARI, report);
    case.expect("a report").incident
}

fn alike(new: (&str, Option<&str>), old: (&str, Option<&str>)) -> bool {
    let report = incident(new.0, new.1).report;
    most_alike(&report, &[incident(old.0, old.1)]).is_some()
}

#[test]
fn the_same_in_other_words_is_alike() {
    for (new, old) in [
        ("The tap in 204 leaks", "204 tap is leaking"),
        ("Room 204: tap leaking badly", "The tap in room 204 leaks"),
        ("Toas 204 lekib kraan", "204 kraan tilgub ja lekib"),
        ("В номере 204 течёт кран", "кран течет, 204"),
        ("The lift is stuck", "lift stuck between floors"),
        (
            "Truck 14 is stuck at gate B",
            "truck 14 stuck, gate B closed",
        ),
    ] {
        assert!(alike((new, None), (old, None)), "{new} / {old}");
        assert!(alike((old, None), (new, None)), "{old} / {new}");
    }
    let (here, there) = (Some("Room 204"), Some("room 204"));
    assert!(alike(
        ("Tap leaks", here),
        ("The tap is leaking again", there)
    ));
    assert!(alike(("Tap leaks", here), ("The tap in 204 leaks", None)));
}

#[test]
fn other_places_and_other_matters_are_not() {
    for (new, old) in [
        ("The tap in 204 leaks", "The tap in 205 leaks"),
        ("The tap in 204 leaks", "The lamp in 204 is broken"),
        ("The lift is stuck", "The door is stuck"),
        ("Truck 14 is stuck", "Truck 15 is stuck"),
        ("Please", "Please"),
        ("204", "204"),
        ("Кран течёт в 204", "Нет света в 204"),
    ] {
        assert!(!alike((new, None), (old, None)), "{new} / {old}");
    }
    let (here, there) = (Some("Room 204"), Some("Room 205"));
    assert!(!alike(("The tap leaks", here), ("The tap leaks", there)));
}

#[test]
fn the_most_alike_is_found_and_closed_ones_are_not() {
    let near = incident("The tap in 204 leaks", None);
    let far = incident("The tap in 204 drips and leaks on the floor", None);
    let report = Report::of(RAIN, "The tap in 204 leaks".to_owned());
    let open = [far.clone(), near.clone()];
    assert_eq!(
        most_alike(&report, &open),
        Some(&open[0]),
        "as much alike, and newer"
    );
    let called_off = Command::Cancel {
        reason: "Seen".to_owned(),
    };
    let case = hotel(Workflow::Full).reporting(MARI, near.report);
    let closed = case.expect("a report").does(MARI, &called_off).incident;
    assert_eq!(most_alike(&report, &[closed]), None);
}

proptest! {
    #[test]
    fn likeness_goes_both_ways(new in "[a-z0-9 ]{0,40}", old in "[a-z0-9 ]{0,40}") {
        prop_assume!(!new.trim().is_empty() && !old.trim().is_empty());
        prop_assert_eq!(alike((&new, None), (&old, None)), alike((&old, None), (&new, None)));
    }

    #[test]
    fn any_words_can_be_compared(new in "\\PC{1,200}", old in "\\PC{1,200}") {
        prop_assume!(!new.trim().is_empty() && !old.trim().is_empty());
        alike((&new, None), (&old, None));
    }

    #[test]
    fn what_has_two_words_or_more_resembles_itself(
        words in prop::collection::btree_set("[b-h]{5,8}", 2..8),
    ) {
        let text = words.into_iter().collect::<Vec<_>>().join(" ");
        let stem = |word: &str| word.chars().take(4).collect::<String>();
        let stems: BTreeSet<String> = text.split(' ').map(stem).collect();
        prop_assume!(stems.len() > 1);
        prop_assert!(alike((&text, None), (&text, None)));
    }
}

fn following() -> Command {
    Command::Follow {
        text: "It drips on my bed".to_owned(),
        photos: vec![photo()],
        recordings: Vec::new(),
    }
}

fn told(case: &Case, says: &Says) -> bool {
    let audience = Audience::Person(RAIN);
    case.said()
        .iter()
        .any(|it| it.audience == audience && it.says == *says)
}

#[test]
fn who_joins_adds_their_words_and_hears_what_the_reporter_hears() {
    let case = unclaimed(Workflow::Full).does(RAIN, &following());
    assert!(matches!(case.last.events[0].event, Event::Followed));
    assert_eq!(case.incident.followers, [RAIN]);
    assert_eq!(case.incident.report.photos, [photo()]);
    let comment = case.incident.latest_comment.as_ref().expect("a comment");
    assert_eq!(
        (comment.by, comment.text.as_str()),
        (RAIN, "It drips on my bed")
    );
    let case = case.claimed_by(JAAN);
    assert!(told(&case, &Says::Claimed { by: JAAN }));
    let case = case.does(JAAN, &blocking(BlockKind::Waiting));
    assert!(
        case.said()
            .iter()
            .any(|it| it.audience == Audience::Person(RAIN))
    );
    let case = case.does(JAAN, &Command::Resume);
    assert!(told(&case, &Says::Resumed { by: JAAN }));
    let case = case.resolved_by(JAAN).does(JAAN, &summary("New washer"));
    assert!(told(&case, &Says::ConfirmationAsked { by: JAAN }));
}

/// Resolved by Jaan; Mari reported it, and Rain the same.
fn done() -> Case {
    let case = unclaimed(Workflow::Full).does(RAIN, &following());
    let case = case.claimed_by(JAAN).resolved_by(JAAN);
    case.does(JAAN, &summary("New washer"))
}

#[test]
fn of_those_who_reported_it_the_first_word_counts() {
    let case = done().does(RAIN, &Command::Confirm);
    let Stage::Closed { at, by, .. } = case.incident.stage else {
        panic!("{:?}", case.incident.stage);
    };
    assert_eq!(by, Some(RAIN));
    let resolution = Resolution::Confirmed;
    let told = Refusal::Closed { resolution, at, by };
    assert_eq!(case.asks(MARI, &Command::Confirm), Err(told));
}

#[test]
fn who_reported_the_same_says_that_it_is_not_fixed_and_the_others_hear() {
    let case = done().does(RAIN, &reopening());
    assert!(matches!(case.incident.stage, Stage::InProgress(_)));
    let heard = case.said().iter().any(|it| {
        it.audience == Audience::Person(MARI) && matches!(it.says, Says::Reopened { by: RAIN, .. })
    });
    assert!(heard, "{:?}", case.said());
    let closed = done().does(MARI, &Command::Confirm);
    assert!(
        closed.asks(RAIN, &reopening()).is_ok(),
        "as the reporter may"
    );
    assert_eq!(
        closed.asks(TOOMAS, &reopening()),
        Err(Refusal::ReporterOrManagerOnly)
    );
}

#[test]
fn who_joined_is_concerned_and_joins_once() {
    let case = unclaimed(Workflow::Full).does(RAIN, &following());
    let case = case.does(
        RAIN,
        &Command::Comment {
            text: "Still".to_owned(),
        },
    );
    let case = case.does(RAIN, &following());
    assert_eq!(case.incident.followers, [RAIN]);
    let own = unclaimed(Workflow::Full).does(MARI, &following());
    assert_eq!(
        own.incident.followers,
        [],
        "the reporter hears of it anyway"
    );
}
