//! Who is on duty, and what people write of it.

use actors::domain::calendar::{Days, Span, Week};
use actors::domain::duty::{BadWeek, DutySchedule, Roster, week_of_words};
use actors::domain::{DepartmentId, PersonId};
use chrono::{Duration, Weekday};
use chrono_tz::Tz;
use proptest::prelude::*;

use crate::{moment, utc, zone};

const JAAN: PersonId = PersonId(1);
const MARI: PersonId = PersonId(2);
const MAINTENANCE: DepartmentId = DepartmentId(1);
const KITCHEN: DepartmentId = DepartmentId(2);
const TALLINN: Tz = Tz::Europe__Tallinn;

fn week(words: &str) -> Week {
    week_of_words(words).expect("a week")
}

fn roster(words: &[(DepartmentId, &str)]) -> Roster {
    let schedule = |(department, words): &(DepartmentId, &str)| DutySchedule {
        department: *department,
        person: JAAN,
        week: week(words),
    };
    Roster {
        schedules: words.iter().map(schedule).collect(),
        overrides: Vec::new(),
        mutes: Vec::new(),
    }
}

#[test]
fn who_has_no_schedule_is_on_duty_and_a_schedule_holds_for_its_department() {
    let roster = roster(&[(MAINTENANCE, "Mon-Fri 08:00-17:00")]);
    // Thursday, 20:00 in Tallinn.
    let evening = utc(2026, 11, 26, 18, 0);
    assert!(!roster.is_on(JAAN, MAINTENANCE, TALLINN, evening));
    assert!(roster.is_on(JAAN, KITCHEN, TALLINN, evening));
    assert!(roster.is_on(MARI, MAINTENANCE, TALLINN, evening));
    assert!(roster.is_on(JAAN, MAINTENANCE, TALLINN, utc(2026, 11, 26, 6, 0)));
}

#[test]
fn a_persons_word_holds_until_their_schedule_next_changes() {
    let mut roster = roster(&[(MAINTENANCE, "Mon-Fri 8-17")]);
    let noon = utc(2026, 11, 26, 10, 0);
    let word = roster.said(JAAN, false, TALLINN, noon);
    assert_eq!(word.until, Some(utc(2026, 11, 26, 15, 0)));
    roster.overrides.push(word);
    assert!(!roster.is_on(JAAN, MAINTENANCE, TALLINN, noon));
    assert!(roster.is_on(JAAN, MAINTENANCE, TALLINN, utc(2026, 11, 27, 6, 0)));
    let without_end = roster.said(MARI, false, TALLINN, noon);
    assert_eq!(without_end.until, None);
}

#[test]
fn nobody_is_asked_between_shifts_that_touch() {
    let roster = roster(&[(MAINTENANCE, "Thu 8-12"), (KITCHEN, "Thu 12-17")]);
    let morning = utc(2026, 11, 26, 7, 0);
    let asked = roster.next_ending_notice(JAAN, TALLINN, morning);
    assert_eq!(asked, Some(utc(2026, 11, 26, 14, 45)));
    let again = roster.next_ending_notice(JAAN, TALLINN, utc(2026, 11, 26, 14, 45));
    assert_eq!(again, Some(utc(2026, 12, 3, 14, 45)));
    assert_eq!(roster.next_ending_notice(MARI, TALLINN, morning), None);
}

#[test]
fn a_week_is_read_in_every_language() {
    let wanted = Week(vec![
        Span {
            days: Days::WORKING,
            from: 480,
            until: 1_020,
        },
        Span {
            days: Days::one(Weekday::Sat),
            from: 600,
            until: 840,
        },
    ]);
    for words in [
        "Mon-Fri 08:00-17:00, Sat 10:00-14:00",
        "monday – friday 8-17; saturday 10.00-14",
        "E-R 08-17, L 10-14",
        "Esmaspäev-reede 8:00-17:00\nlaupäev 10-14",
        "Пн-Пт 8-17, Сб 10-14",
    ] {
        assert_eq!(week_of_words(words), Ok(wanted.clone()), "{words}");
    }
    let nights = Span {
        days: Days::ALL,
        from: 1_320,
        until: 360,
    };
    assert_eq!(week_of_words("22-6"), Ok(Week(vec![nights])));
}

#[test]
fn half_a_week_is_refused_whole() {
    for words in [
        "",
        "Mon",
        "Mon 8",
        "Mon 8-25",
        "Mon 24-8",
        "Foo 8-17",
        "Mon 8-17, x",
        "Mon 8:60-9",
    ] {
        assert_eq!(week_of_words(words), Err(BadWeek), "{words}");
    }
}

proptest! {
    #[test]
    fn any_words_are_read_or_refused(words in ".{0,60}") {
        let _ = week_of_words(&words).map(|week| assert!(!week.is_empty()));
    }

    #[test]
    fn a_shift_has_started_when_it_starts(zone in zone(), at in moment()) {
        let roster = roster(&[(MAINTENANCE, "Mon-Fri 8-17, Sat 22-3"), (KITCHEN, "Tue 17-22")]);
        let start = roster.next_start(JAAN, zone, at).expect("a start");
        prop_assert!(start > at);
        let started = roster.started(JAAN, zone, start, start);
        prop_assert!(!started.is_empty());
        for department in started {
            prop_assert!(roster.is_on(JAAN, department, zone, start));
        }
        let before = start - Duration::seconds(1);
        let at_or_before = roster.started(JAAN, zone, at + Duration::milliseconds(1), before);
        prop_assert_eq!(at_or_before, vec![]);
    }

    #[test]
    fn a_word_never_outlives_a_boundary(zone in zone(), at in moment(), on: bool) {
        let mut roster = roster(&[(MAINTENANCE, "Mon-Fri 8-17, Sat 22-3")]);
        let word = roster.said(JAAN, on, zone, at);
        let until = word.until.expect("a boundary");
        roster.overrides.push(word);
        prop_assert_eq!(roster.is_on(JAAN, MAINTENANCE, zone, until - Duration::seconds(1)), on);
        prop_assert!(roster.word_of(JAAN, until).is_none());
    }
}
