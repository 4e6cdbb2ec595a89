//! Who hears what: for each event exactly these people and these words, beside the card that
//! everybody sees.

mod clock;

use actors::domain::notice::{CALL_MESSAGE_LIMIT, Menu, NAMES_PER_MESSAGE, Prompt};
use actors::domain::{
    Access, Audience, BlockKind, ChatId, Class, Command, DepartmentId, Event, MessageId,
    MessageRef, PersonId, Says, Urgency, Workflow,
};

use crate::matrix::{cases, closed, in_progress, unclaimed};
use crate::world::{
    ANOTHER, Case, DINA, HOUSEKEEPING, JAAN, KATI, LIIS, MAINTENANCE, MARI, MATI, RAIN, TOOMAS,
    assignment, change_to, desk, hotel, maintenance, photo, reopening, report, showing, summary,
};

type Heard = (Audience, Says);

/// Exactly this was said, in whatever order, and the card beside it.
fn hears(case: &Case, expected: &[Heard]) {
    let card = Says::Card { menu: Menu::Main };
    let drawn: Vec<_> = case
        .last
        .notices
        .iter()
        .filter(|it| it.says == card)
        .collect();
    // A new card is a page, so that whatever is said about it comes after it.
    let opens = matches!(case.last.events[0].event, Event::Reported { .. });
    let class = if opens { Class::Page } else { Class::Card };
    assert_eq!(drawn.len(), usize::from(case.shows_on_the_card()));
    assert!(
        drawn
            .iter()
            .all(|it| (it.audience, it.class) == (Audience::Group, class))
    );
    let said = case.said();
    for notice in &said {
        assert_eq!(notice.class, class_of(notice), "{notice:?}");
    }
    let mut found: Vec<String> = said
        .into_iter()
        .map(|notice| format!("{:?}", (notice.audience, notice.says)))
        .collect();
    let mut expected: Vec<String> = expected.iter().map(|one| format!("{one:?}")).collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

/// What is said to one person about a critical one that waits goes before all else.
fn class_of(notice: &actors::domain::Notice) -> Class {
    match (notice.audience, &notice.says) {
        (Audience::Person(_), Says::NewInDepartment { .. }) => Class::Escalation,
        _ => Class::Page,
    }
}

fn nobody(case: &Case) {
    hears(case, &[]);
}

fn to(person: PersonId, says: &Says) -> Heard {
    (Audience::Person(person), says.clone())
}

fn each(people: &[PersonId], says: &Says) -> Vec<Heard> {
    people.iter().map(|person| to(*person, says)).collect()
}

fn calls(department: DepartmentId, people: &[PersonId]) -> Heard {
    let says = Says::NewInDepartment {
        department,
        call: people.to_vec(),
        released_by: None,
    };
    (Audience::Group, says)
}

fn pins(case: &Case) -> Vec<&Says> {
    case.last
        .notices
        .iter()
        .filter(|notice| notice.class == Class::Edit)
        .map(|notice| &notice.says)
        .collect()
}

#[test]
fn the_card_is_pinned_while_open_and_unpinned_when_closed() {
    for workflow in [Workflow::Quick, Workflow::Full] {
        assert_eq!(pins(&hotel(workflow).reported_by(MARI)), [&Says::Pin]);
        assert_eq!(pins(&unclaimed(workflow)), Vec::<&Says>::new());
        assert_eq!(pins(&in_progress(workflow)), Vec::<&Says>::new());
        let closed = closed(workflow);
        assert_eq!(pins(&closed), [&Says::Unpin]);
        assert_eq!(pins(&closed.does(MARI, &reopening())), [&Says::Pin]);
    }
}

#[test]
fn raised_without_a_department_calls_nobody() {
    nobody(&hotel(Workflow::Quick).reported_by(MARI));
}

#[test]
fn raised_where_there_is_one_department_calls_it() {
    let case = desk().with(maintenance()).reported_by(MARI);
    hears(&case, &[calls(MAINTENANCE, &[JAAN, KATI, TOOMAS])]);
    let by_a_member = desk().with(maintenance()).reported_by(KATI);
    hears(&by_a_member, &[calls(MAINTENANCE, &[JAAN, TOOMAS])]);
}

#[test]
fn new_in_a_department_calls_its_members_five_names_a_message() {
    let mut crowd = maintenance();
    crowd.members = (100..112).map(PersonId).collect();
    let case = desk().with(crowd.clone()).reported_by(MARI);
    let messages: Vec<Heard> = crowd
        .members
        .chunks(5)
        .map(|names| calls(MAINTENANCE, names))
        .collect();
    assert_eq!(messages.len(), 3);
    hears(&case, &messages);
}

#[test]
fn a_crowd_is_called_in_no_more_messages_than_a_group_bears() {
    let mut crowd = maintenance();
    crowd.members = (100..200).map(PersonId).collect();
    let case = desk().with(crowd).reported_by(MARI);
    assert_eq!(case.said().len(), CALL_MESSAGE_LIMIT);
    let nudged = case.ticks_after(10);
    assert_eq!(nudged.said().len(), CALL_MESSAGE_LIMIT);
    for notice in nudged.said() {
        let Says::Nudge { call, .. } = notice.says else {
            panic!("not a nudge: {notice:?}");
        };
        assert_eq!(call.len(), NAMES_PER_MESSAGE);
    }
}

#[test]
fn the_photos_of_a_private_report_are_shown_to_the_group() {
    let mut private = report(MARI);
    private.photos = vec![photo()];
    let in_group = hotel(Workflow::Quick).reporting(MARI, private.clone());
    nobody(&in_group.expect("a report"));
    private.origin = Some(MessageRef {
        chat: ChatId(MARI.0),
        message: MessageId(1),
    });
    let elsewhere = hotel(Workflow::Quick).reporting(MARI, private);
    let photos = Says::Photos {
        photos: vec![photo()],
    };
    hears(&elsewhere.expect("a report"), &[(Audience::Group, photos)]);
}

#[test]
fn claimed_is_told_to_the_reporter() {
    let case = unclaimed(Workflow::Quick).claimed_by(JAAN);
    hears(&case, &[to(MARI, &Says::Claimed { by: JAAN })]);
    let own = hotel(Workflow::Quick)
        .access(Access::Open)
        .reported_by(MARI)
        .sent_to(MAINTENANCE)
        .claimed_by(MARI);
    nobody(&own);
}

#[test]
fn assigned_is_told_to_the_assigned_and_to_the_reporter() {
    let case = unclaimed(Workflow::Quick);
    let command = assignment(&case.config, KATI);
    hears(
        &case.does(DINA, &command),
        &[
            to(KATI, &Says::Assigned { by: DINA }),
            to(MARI, &Says::Claimed { by: KATI }),
        ],
    );
}

#[test]
fn a_join_request_is_told_to_the_managers() {
    let case = hotel(Workflow::Quick)
        .access(Access::Request)
        .reported_by(MARI)
        .sent_to(MAINTENANCE)
        .claimed_by(RAIN);
    let requested = Says::JoinRequested {
        person: RAIN,
        department: MAINTENANCE,
    };
    hears(&case, &[to(MATI, &requested)]);
}

#[test]
fn what_the_card_shows_is_not_said_again() {
    nobody(&in_progress(Workflow::Quick));
    nobody(&unclaimed(Workflow::Full).claimed_by(JAAN).started_by(JAAN));
    let comment = Command::Comment {
        text: "Which floor?".to_owned(),
    };
    nobody(&unclaimed(Workflow::Quick).does(MARI, &comment));
    let shown = showing();
    nobody(&unclaimed(Workflow::Quick).does(MARI, &shown));
    nobody(&unclaimed(Workflow::Quick).rated(Urgency::Planned));
    nobody(&closed(Workflow::Full));
}

#[test]
fn blocked_is_told_to_the_reporter_other_helpers_and_who_must_act() {
    for kind in BlockKind::ALL {
        let case = in_progress(Workflow::Full).blocked_by(JAAN, kind);
        let says = Says::Blocked {
            by: JAAN,
            kind,
            comment: "No washer of that size".to_owned(),
        };
        let hearers = match kind {
            BlockKind::Waiting => vec![MARI, KATI],
            _ => vec![MARI, KATI, MATI],
        };
        let mut expected = each(&hearers, &says);
        expected.push(wake_up_asked(JAAN));
        hears(&case, &expected);

        let resumed = case.does(KATI, &Command::Resume);
        hears(&resumed, &each(&[MARI, JAAN], &Says::Resumed { by: KATI }));
    }
}

#[test]
fn who_plays_several_parts_hears_it_once() {
    let mut case = desk().with(maintenance()).reported_by(JAAN);
    case.config.managers.push(JAAN);
    let blocked = case
        .claimed_by(JAAN)
        .joined_by(KATI)
        .blocked_by(KATI, BlockKind::Attention);
    let says = Says::Blocked {
        by: KATI,
        kind: BlockKind::Attention,
        comment: "No washer of that size".to_owned(),
    };
    let mut expected = each(&[JAAN, MATI], &says);
    expected.push(wake_up_asked(KATI));
    hears(&blocked, &expected);
}

fn wake_up_asked(person: PersonId) -> (Audience, Says) {
    (Audience::Asker, Says::WakeUpAsked { person })
}

#[test]
fn another_department_is_told_to_the_reporter_the_transferred_and_the_called() {
    let case = in_progress(Workflow::Quick).does(DINA, &change_to(HOUSEKEEPING));
    let says = Says::Transferred {
        to: HOUSEKEEPING,
        by: DINA,
    };
    let mut expected = each(&[MARI, JAAN, KATI], &says);
    expected.push(calls(HOUSEKEEPING, &[LIIS]));
    hears(&case, &expected);

    let by_the_owner = in_progress(Workflow::Quick).does(JAAN, &change_to(HOUSEKEEPING));
    let says = Says::Transferred {
        to: HOUSEKEEPING,
        by: JAAN,
    };
    let mut expected = each(&[MARI, KATI], &says);
    expected.push(calls(HOUSEKEEPING, &[LIIS]));
    hears(&by_the_owner, &expected);
}

#[test]
fn a_critical_one_in_another_department_is_told_to_managers() {
    let case = unclaimed(Workflow::Quick).rated(Urgency::Critical);
    let moved = case.does(DINA, &change_to(HOUSEKEEPING));
    let (_, new) = calls(HOUSEKEEPING, &[]);
    let says = Says::Transferred {
        to: HOUSEKEEPING,
        by: DINA,
    };
    hears(
        &moved,
        &[
            to(MARI, &says),
            to(MATI, &new),
            calls(HOUSEKEEPING, &[LIIS]),
        ],
    );
}

#[test]
fn the_first_department_is_no_transfer() {
    hears(
        &unclaimed(Workflow::Quick),
        &[calls(MAINTENANCE, &[JAAN, KATI, TOOMAS])],
    );
}

#[test]
fn given_back_calls_the_department_again() {
    let case = unclaimed(Workflow::Quick)
        .claimed_by(JAAN)
        .does(JAAN, &Command::Leave);
    let says = Says::NewInDepartment {
        department: MAINTENANCE,
        call: vec![KATI, TOOMAS],
        released_by: Some(JAAN),
    };
    hears(&case, &[(Audience::Group, says)]);
}

#[test]
fn who_takes_over_is_told_and_a_leaving_helper_leaves_quietly() {
    let taken_over = in_progress(Workflow::Quick).does(JAAN, &Command::Leave);
    hears(&taken_over, &[to(KATI, &Says::Assigned { by: JAAN })]);
    nobody(&in_progress(Workflow::Quick).does(KATI, &Command::Leave));
}

#[test]
fn the_resolver_is_asked_for_the_summary_and_for_what_it_lacks() {
    let asks = |case: &Case, prompt| {
        let person = JAAN;
        hears(case, &[(Audience::Asker, Says::Prompt { person, prompt })]);
    };
    let resolved = in_progress(Workflow::Quick)
        .rated(Urgency::Critical)
        .resolved_by(JAAN);
    asks(&resolved, Prompt::Summary);
    let told = resolved.clone().does(JAAN, &summary("Washer replaced"));
    asks(&told, Prompt::SummaryPhoto);
    let shown = resolved.does(
        JAAN,
        &Command::Summarise {
            comment: None,
            photo: Some(photo()),
        },
    );
    asks(&shown, Prompt::SummaryWords);
}

#[test]
fn done_is_told_to_the_reporter() {
    let resolved = closed(Workflow::Quick);
    hears(&resolved, &[to(MARI, &Says::Resolved { by: JAAN })]);
    let done = &cases("done", Workflow::Full)[0];
    hears(done, &[to(MARI, &Says::ConfirmationAsked { by: JAAN })]);
}

#[test]
fn reopened_is_told_to_who_worked_on_it_and_to_managers() {
    let says = Says::Reopened {
        by: MARI,
        comment: "It drips again".to_owned(),
    };
    let hearers = each(&[JAAN, KATI, MATI], &says);
    let done = cases("done", Workflow::Full).remove(0);
    hears(&done.does(MARI, &reopening()), &hearers);

    for workflow in [Workflow::Quick, Workflow::Full] {
        let mut expected = hearers.clone();
        expected.push(calls(MAINTENANCE, &[JAAN, KATI, TOOMAS]));
        hears(&closed(workflow).does(MARI, &reopening()), &expected);
    }
}

#[test]
fn who_left_before_the_end_is_not_told_of_a_reopening() {
    let case = in_progress(Workflow::Quick)
        .does(KATI, &Command::Leave)
        .resolved_by(JAAN)
        .summarised_by(JAAN)
        .does(MATI, &reopening());
    let says = Says::Reopened {
        by: MATI,
        comment: "It drips again".to_owned(),
    };
    hears(
        &case,
        &[to(JAAN, &says), calls(MAINTENANCE, &[JAAN, KATI, TOOMAS])],
    );
}

#[test]
fn cancelled_is_told_to_the_reporter_and_to_who_works_on_it() {
    let cancelling = Command::Cancel {
        reason: "Fixed itself".to_owned(),
    };
    let says = |by| Says::Cancelled {
        by,
        reason: "Fixed itself".to_owned(),
    };
    let by_a_manager = in_progress(Workflow::Quick).does(MATI, &cancelling);
    hears(&by_a_manager, &each(&[MARI, JAAN, KATI], &says(MATI)));
    nobody(&unclaimed(Workflow::Quick).does(MARI, &cancelling));
}

#[test]
fn a_duplicate_is_told_to_the_reporter_and_to_who_works_on_it() {
    let command = Command::DuplicateOf { incident: ANOTHER };
    let says = |by| Says::MarkedDuplicate { of: ANOTHER, by };
    let by_the_owner = in_progress(Workflow::Quick).does(JAAN, &command);
    hears(&by_the_owner, &each(&[MARI, KATI], &says(JAAN)));
    let unclaimed = unclaimed(Workflow::Quick).does(DINA, &command);
    hears(&unclaimed, &each(&[MARI], &says(DINA)));
}

#[test]
fn a_department_without_members_is_called_by_its_name() {
    let mut empty = maintenance();
    empty.members.clear();
    let case = desk().with(empty).reported_by(MARI);
    hears(&case, &[calls(MAINTENANCE, &[])]);
}

#[test]
fn given_back_by_the_only_member_is_said_to_all() {
    let mut alone = maintenance();
    alone.members = vec![JAAN];
    let case = desk().with(alone).reported_by(MARI).claimed_by(JAAN);
    let says = Says::NewInDepartment {
        department: MAINTENANCE,
        call: Vec::new(),
        released_by: Some(JAAN),
    };
    hears(
        &case.does(JAAN, &Command::Leave),
        &[(Audience::Group, says)],
    );
}
