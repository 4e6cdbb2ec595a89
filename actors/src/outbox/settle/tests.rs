//! What follows from every way in which a delivery can end.

use chrono_tz::Tz;

use super::*;
use crate::domain::notice::Menu;
use crate::domain::{GroupId, IncidentId, Language, OutboxId};
use crate::ports::Background;

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).expect("a moment")
}

fn row(class: Class, says: Says) -> OutboxRow {
    OutboxRow {
        id: OutboxId(1),
        chat: ChatId(-1),
        thread: None,
        person: None,
        also: Vec::new(),
        otherwise: None,
        group: Some(GroupId(1)),
        incident: Some(IncidentId(1)),
        class,
        says,
        reply_to: None,
        edit: None,
        attempts: 1,
        doubtful: false,
        created_at: now(),
        message: None,
        absent_minutes: None,
        words: Vec::new(),
    }
}

fn card() -> Says {
    Says::Card { menu: Menu::Main }
}

fn letter(act: Act, row: &OutboxRow) -> Letter {
    Letter {
        act,
        chat: row.chat,
        thread: None,
        reply_to: None,
        mentions: Vec::new(),
        repeat: false,
        language: Language::default(),
        time_zone: Tz::UTC,
        now: now(),
        says: row.says.clone(),
        background: Background::default(),
    }
}

fn ends(row: &OutboxRow, act: Act, error: ChatError) -> (Settled, Option<Told>) {
    after(row, &letter(act, row), Err(error), now())
}

fn transient() -> ChatError {
    let reason = "a page of HTML".to_owned();
    ChatError::Transient { reason }
}

fn gone() -> ChatError {
    let reason = "message to edit not found".to_owned();
    ChatError::Gone { reason }
}

fn not_allowed() -> ChatError {
    let reason = "not enough rights".to_owned();
    ChatError::NotAllowed { reason }
}

#[test]
fn what_may_have_arrived_is_tried_again_in_doubt_except_small_talk() {
    for class in Class::ALL {
        let row = row(class, Says::Help);
        let (settled, told) = ends(&row, Act::Send, transient());
        match (class, settled) {
            (Class::Chatter, Settled::Dead { reason }) => assert!(reason.contains("HTML")),
            (Class::Chatter, other) => panic!("{other:?}"),
            (_, Settled::Retry { doubtful, rest, .. }) => assert!(doubtful && rest.is_none()),
            (_, other) => panic!("{class:?}: {other:?}"),
        }
        assert_eq!(told, None, "other rows of the chat may go");
    }
}

#[test]
fn tries_come_less_and_less_often_and_end_after_a_day() {
    let mut row = row(Class::Page, Says::Help);
    let mut waits = Vec::new();
    for attempts in 1..=10 {
        row.attempts = attempts;
        let (settled, _) = ends(&row, Act::Send, transient());
        let Settled::Retry { not_before, .. } = settled else {
            panic!("{settled:?}");
        };
        waits.push((not_before - now()).num_seconds());
    }
    assert_eq!(waits, [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
    row.created_at = now() - TimeDelta::hours(25);
    for error in [
        transient(),
        not_allowed(),
        ChatError::RetryAfter(MUTED_RETRY),
    ] {
        let (settled, _) = ends(&row, Act::Send, error);
        let Settled::Dead { reason } = settled else {
            panic!("{settled:?}");
        };
        assert!(reason.ends_with("given up after a day"), "{reason}");
    }
}

#[test]
fn who_wants_to_be_left_alone_is_remembered() {
    let row = row(Class::Chatter, Says::Help);
    let wait = Duration::from_secs(17);
    let until = now() + TimeDelta::seconds(17);
    for (error, chat, expected) in [
        (
            ChatError::RetryAfter(wait),
            Some(row.chat),
            Told::Chat(wait),
        ),
        (ChatError::Flooded(wait), None, Told::All(wait)),
    ] {
        let (settled, told) = ends(&row, Act::Send, error);
        assert_eq!(told, Some(expected));
        let Settled::Retry {
            not_before,
            doubtful,
            rest: Some(rest),
            ..
        } = settled
        else {
            panic!("{settled:?}");
        };
        assert!(!doubtful, "it did not arrive");
        assert_eq!((not_before, rest.until, rest.chat), (until, until, chat));
    }
}

#[test]
fn a_card_that_is_gone_is_posted_anew_and_other_messages_are_not() {
    let edit = Act::Edit(MessageId(5));
    for says in [card(), Says::Pin] {
        let (settled, _) = ends(&row(Class::Card, says), edit, gone());
        assert!(matches!(settled, Settled::Repost { .. }), "{settled:?}");
    }
    for says in [Says::Help, Says::CardElsewhere, Says::Unpin] {
        let (settled, _) = ends(&row(Class::Awaited, says), edit, gone());
        assert!(matches!(settled, Settled::Dead { .. }), "{settled:?}");
    }
}

#[test]
fn a_pin_without_the_right_is_given_up_and_words_wait_for_theirs() {
    let row = row(Class::Edit, Says::Pin);
    let (settled, _) = ends(&row, Act::Pin(MessageId(5)), not_allowed());
    let reason = "not allowed: not enough rights".to_owned();
    assert_eq!(settled, Settled::Dead { reason });
    let (settled, told) = ends(&row, Act::Send, not_allowed());
    assert!(matches!(
        settled,
        Settled::Retry {
            doubtful: false,
            ..
        }
    ));
    assert_eq!(told, None);
}

#[test]
fn who_cannot_be_reached_is_mentioned_where_that_is_possible() {
    let unreachable = || ChatError::Unreachable {
        reason: "blocked".to_owned(),
    };
    let mut row = row(Class::Escalation, Says::Help);
    row.chat = ChatId(7);
    row.person = Some(PersonId(7));
    row.otherwise = Some(ChatId(-1));
    let (settled, _) = ends(&row, Act::Send, unreachable());
    assert!(matches!(
        settled,
        Settled::Redirect {
            chat: ChatId(-1),
            unreachable: true,
            ..
        }
    ));
    row.chat = ChatId(-1);
    let (settled, _) = ends(&row, Act::Send, unreachable());
    assert!(matches!(settled, Settled::Dead { .. }), "not in circles");
}
