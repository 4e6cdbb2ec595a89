//! The pure parts of triage: masks, rule lists, bounds, and the breaker.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "tests and their helpers state their expectations by panicking"
)]

use std::time::Duration;

use actors::domain::assessment::{Invalid, TITLE_LIMIT, by_rules, with_floor};
use actors::domain::group::GroupStatus;
use actors::domain::hazard::found_in;
use actors::domain::mask::mask;
use actors::domain::{
    Access, ChatId, CompanyId, Department, DepartmentId, GroupConfig, GroupId, Hazard, Opinion,
    Question, Rater, Settings, TriagePolicy, Urgency,
};
use actors::triage::breaker::{Breaker, Position};
use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).expect("a moment")
}

fn policy() -> TriagePolicy {
    TriagePolicy::default()
}

fn config() -> GroupConfig {
    GroupConfig {
        id: GroupId(1),
        company: CompanyId(1),
        siblings: Vec::new(),
        version: 1,
        chat: ChatId(-1),
        title: "Hotel".to_owned(),
        status: GroupStatus::Active,
        settings: Settings::default(),
        departments: vec![Department {
            id: DepartmentId(4),
            name: "Köök".to_owned(),
            access: Access::Open,
            members: Vec::new(),
        }],
        managers: Vec::new(),
        dispatchers: Vec::new(),
        registered: Vec::new(),
        join_requests: Vec::new(),
        roster: actors::domain::Roster::default(),
    }
}

fn opinion() -> Opinion {
    Opinion {
        urgency: Urgency::Planned,
        title: "Tap  drips\n".to_owned(),
        place: Some(" ".to_owned()),
        department: Some("köök".to_owned()),
        reason: "It can wait".to_owned(),
        missing: Vec::new(),
        translation: None,
        question: None,
    }
}

#[test]
fn what_is_private_is_masked_and_comes_back_except_cards() {
    let text = "Call +372 5123 4567 or mari.k@hotel.example, card 4111-1111-1111-1111. Room 1204";
    let masked = mask(text);
    assert_eq!(
        masked.text,
        "Call [phone 1] or [e-mail 2], card [card 3]. Room 1204"
    );
    let back = masked.restore("Helista [phone 1], kaart [card 3]");
    assert_eq!(back, "Helista +372 5123 4567, kaart [card 3]");
}

#[test]
fn the_same_number_has_the_same_mark() {
    let masked = mask("5123 4567, again 5123 4567, and ５１２３４５６８");
    assert_eq!(masked.text, "[phone 1], again [phone 1], and [phone 2]");
}

#[test]
fn each_language_has_its_hazards_whatever_the_case_and_ending() {
    let known = [
        ("FIRE in the bin", Hazard::Fire),
        ("Keldris on tulekahjust tulnud", Hazard::Fire),
        ("на складе пожаром", Hazard::Fire),
        ("Gaasilõhna on tunda köögis", Hazard::Gas),
        ("fi\u{200B}re!", Hazard::Fire),
        ("kaks inimest on lifti kinni jäänud", Hazard::PersonStuck),
        ("у нас нет света", Hazard::NoPower),
    ];
    for (text, hazard) in known {
        assert_eq!(found_in(text, &policy()), Some(hazard), "{text}");
    }
}

#[test]
fn what_only_sounds_like_a_hazard_is_none() {
    for text in [
        "The fire door squeaks",
        "Suitsetamisala pink on katki",
        "Проверить огнетушитель",
        "Принесите свежую газету",
        "Firewall of the office router",
    ] {
        assert_eq!(found_in(text, &policy()), None, "{text}");
    }
    assert_eq!(
        found_in("The fire door is on fire", &policy()),
        Some(Hazard::Fire)
    );
}

#[test]
fn a_group_ignores_hazards_and_adds_words() {
    let forge = TriagePolicy {
        ignored: vec![Hazard::Fire],
        own_words: vec!["kloor*".to_owned(), "pool pump".to_owned()],
        ..policy()
    };
    assert_eq!(found_in("The fire is lit", &forge), None);
    assert_eq!(
        found_in("Klooriga on jama", &forge),
        Some(Hazard::Gas),
        "the list comes first"
    );
    assert_eq!(
        found_in("The POOL pump hums", &forge),
        Some(Hazard::OwnWord)
    );
}

#[test]
fn an_opinion_is_bounded_or_refused_whole() {
    let found = opinion().check(&config()).unwrap();
    assert_eq!(found.assessment.title, "Tap drips");
    assert_eq!(found.assessment.place, None);
    assert_eq!(found.assessment.department, Some(DepartmentId(4)));

    let unknown = Opinion {
        department: Some("Board".to_owned()),
        ..opinion()
    };
    assert_eq!(unknown.check(&config()), Err(Invalid::UnknownDepartment));
    let long = Opinion {
        title: "x".repeat(TITLE_LIMIT + 1),
        ..opinion()
    };
    assert_eq!(long.check(&config()), Err(Invalid::TooLong("title")));
    let chatty = Opinion {
        question: Some(Question {
            text: "Which?".to_owned(),
            answers: vec!["a".to_owned(); 5],
        }),
        ..opinion()
    };
    assert_eq!(chatty.check(&config()), Err(Invalid::TooMany("answers")));
}

proptest! {
    #[test]
    fn no_long_number_survives_the_mask(before in "[a-z ,]{0,20}", digits in "[0-9]{7,24}",
        after in "[a-z ,]{0,20}") {
        let masked = mask(&format!("{before} {digits} {after}")).text;
        let mut run = 0;
        for mark in masked.chars() {
            run = if mark.is_ascii_digit() { run + 1 } else { 0 };
            prop_assert!(run < 7, "{}", masked);
        }
    }

    #[test]
    fn masking_is_total_and_comes_back(text in "\\PC{0,200}") {
        let masked = mask(&text);
        let has_card = masked.text.contains("[card");
        // A text may hold something that reads like a mark itself.
        if !has_card && !text.contains('[') {
            prop_assert_eq!(masked.restore(&masked.text), text);
        }
    }

    #[test]
    fn no_opinion_falls_below_the_floor(text in "\\PC{0,120}", at in 0_usize..3) {
        let text = format!("{text} tulekahju");
        let said = by_rules("", &policy());
        let said = actors::domain::Assessment {
            by: Rater::Model,
            urgency: Some(*Urgency::ALL.get(at).unwrap()),
            ..said
        };
        let after = with_floor(said, &text, &policy());
        prop_assert_eq!(after.urgency, Some(Urgency::Critical));
        prop_assert_eq!(after.rater(), Rater::Rules);
    }

    /// Whatever fails when: once it is open, at most one call in 30 seconds goes through.
    #[test]
    fn an_open_breaker_lets_one_call_in_thirty_seconds_through(
        steps in prop::collection::vec((0_i64..40, any::<bool>(), prop::option::of(0_u64..100)), 1..200),
    ) {
        let mut breaker = Breaker::default();
        let mut now = start();
        let mut last_while_open: Option<DateTime<Utc>> = None;
        for (pass, fails, wait) in steps {
            now += TimeDelta::seconds(pass);
            let open = breaker.position() != Position::Closed;
            if !breaker.admit(now) {
                continue;
            }
            if open {
                if let Some(last) = last_while_open {
                    prop_assert!(now - last >= TimeDelta::seconds(30), "{} after {}", now, last);
                }
                last_while_open = Some(now);
            }
            if fails {
                breaker.failed(now, wait.map(Duration::from_secs));
            } else {
                breaker.succeeded();
                last_while_open = None;
                prop_assert_eq!(breaker.position(), Position::Closed);
            }
        }
    }
}
