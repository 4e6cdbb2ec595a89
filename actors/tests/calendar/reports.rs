//! When reports come by themselves, and what they are about.

use actors::domain::kpi::{ReportPolicy, Span};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a moment")
}

fn policy() -> ReportPolicy {
    ReportPolicy {
        daily: true,
        weekly: true,
        monthly: true,
        ..ReportPolicy::default()
    }
}

#[test]
fn each_length_has_its_day_by_the_clock_on_the_wall() {
    let zone = Tz::Europe__Tallinn;
    let after = at("2026-11-26T12:00:00Z");
    let next = |span| policy().next(span, zone, after).expect("a moment");
    assert_eq!(next(Span::Day), at("2026-11-27T06:00:00Z"));
    assert_eq!(next(Span::Week), at("2026-11-30T06:00:00Z"));
    assert_eq!(next(Span::Month), at("2026-12-01T06:00:00Z"));
    let nothing = ReportPolicy::default();
    assert_eq!(nothing.next(Span::Day, zone, after), None);
}

#[test]
fn eight_stays_eight_where_clocks_are_changed() {
    let zone = Tz::Europe__Tallinn;
    let before = at("2026-10-24T05:00:00Z");
    let next = policy().next(Span::Day, zone, before).expect("a moment");
    assert_eq!(next, at("2026-10-25T06:00:00Z"));
    let before = at("2027-03-27T06:00:00Z");
    let next = policy().next(Span::Day, zone, before).expect("a moment");
    assert_eq!(next, at("2027-03-28T05:00:00Z"));
}

#[test]
fn a_report_is_about_what_was_complete_when_it_should_have_come() {
    let zone = Tz::Europe__Tallinn;
    let due = at("2026-11-30T06:00:00Z");
    let about = |span: Span, now| {
        let newest = policy().newest(span, zone, due, now);
        span.around(span.before(newest, zone), zone)
    };
    let day = about(Span::Day, due);
    assert_eq!(day.from, at("2026-11-28T22:00:00Z"));
    let week = about(Span::Week, due);
    assert_eq!(week.from, at("2026-11-22T22:00:00Z"));
    // Three days late, before the fourth morning: about the day before the third.
    let late = about(Span::Day, at("2026-12-03T05:00:00Z"));
    assert_eq!(late.from, at("2026-11-30T22:00:00Z"));
    let late = about(Span::Week, at("2026-12-03T05:00:00Z"));
    assert_eq!(late.from, week.from);
}

#[test]
fn every_length_has_a_number_of_its_own() {
    for span in Span::ALL {
        assert_eq!(Span::numbered(span.number()), Some(span));
    }
    assert_eq!(Span::numbered(0), None);
}
