//! Open hours, shifts and quiet hours against a clock on the wall that is read minute by minute.

use actors::domain::calendar::{Days, Holidays, QuietHours, Span, Week};
use actors::domain::{Calendar, CalendarPolicy, Settings};
use chrono::{DateTime, Datelike, Duration, Offset, TimeZone, Timelike, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;

use crate::{moment, utc, zone};

fn span() -> impl Strategy<Value = Span> {
    (1_u8..=127, 0_u16..1_440, 1_u16..=1_440).prop_map(|(days, from, until)| Span {
        days: Days::try_from(days).expect("days"),
        from,
        until,
    })
}

fn week() -> impl Strategy<Value = Week> {
    prop::collection::vec(span(), 1..4).prop_map(Week)
}

fn settings(zone: Tz, week: Option<Week>) -> Settings {
    Settings {
        time_zone: zone,
        calendar: CalendarPolicy {
            business_hours: week,
            holidays: Holidays::default(),
            quiet_hours: None,
        },
        ..Settings::default()
    }
}

/// What somebody who reads the clock on the wall says.
fn by_the_wall(week: &Week, zone: Tz, at: DateTime<Utc>) -> bool {
    let local = at.with_timezone(&zone);
    let minute = u16::try_from(local.hour() * 60 + local.minute()).expect("a minute of the day");
    let (today, yesterday) = (local.weekday(), local.weekday().pred());
    week.0.iter().any(|span| {
        if span.until > span.from {
            span.days.contains(today) && (span.from..span.until).contains(&minute)
        } else {
            span.days.contains(today) && minute >= span.from
                || span.days.contains(yesterday) && minute < span.until
        }
    })
}

/// Whether no clock is changed for two days before and after.
fn calm(zone: Tz, at: DateTime<Utc>) -> bool {
    let offset = |hours| {
        let at = at + Duration::hours(hours);
        zone.offset_from_utc_datetime(&at.naive_utc()).fix()
    };
    (-48..=48).all(|hours| offset(hours) == offset(0))
}

proptest! {
    #[test]
    fn hours_are_as_the_clock_on_the_wall_says(zone in zone(), week in week(), at in moment()) {
        let settings = settings(zone, Some(week.clone()));
        let open = Calendar::of(&settings).is_open(at);
        prop_assert_eq!(open, week.contains(zone, at));
        if calm(zone, at) {
            prop_assert_eq!(open, by_the_wall(&week, zone, at));
        }
    }

    /// On a night on which the clock goes back, 02:30 comes twice: both times belong to hours that
    /// end or begin then.
    #[test]
    fn nothing_is_cut_short_by_a_change_of_clocks(zone in zone(), week in week(), at in moment()) {
        let day_exists = zone != Tz::Pacific__Apia || calm(zone, at);
        if day_exists && by_the_wall(&week, zone, at) {
            prop_assert!(week.contains(zone, at));
        }
    }

    #[test]
    fn shifts_that_touch_leave_no_gap(zone in zone(), change in 1_u16..1_440, at in moment()) {
        let first = Span { days: Days::ALL, from: 0, until: change };
        let second = Span { days: Days::ALL, from: change, until: 1_440 };
        let night = Span { days: Days::ALL, from: change, until: change };
        prop_assert!(Week(vec![first, second]).contains(zone, at));
        prop_assert!(Week(vec![night]).contains(zone, at));
        prop_assert_eq!(Week(vec![first, second]).next_boundary(zone, at), None);
    }

    #[test]
    fn what_begins_ends_and_nothing_changes_between(
        zone in zone(), week in week(), at in moment(), part in 0_i64..1_000,
    ) {
        if let Some(next) = week.next_boundary(zone, at) {
            prop_assert!(next > at);
            let between = at + (next - at) * i32::try_from(part).expect("small") / 1_000;
            prop_assert_eq!(week.contains(zone, between), week.contains(zone, at));
            prop_assert_ne!(week.contains(zone, next), week.contains(zone, at));
            let same = match week.contains(zone, next) {
                true => week.next_start(zone, at),
                false => week.next_end(zone, at),
            };
            prop_assert_eq!(same, Some(next));
        }
    }

    #[test]
    fn open_time_adds_up(
        zone in zone(), week in week(), at in moment(), one in 1_i64..2_000, two in 1_i64..2_000,
    ) {
        let settings = settings(zone, Some(week));
        let calendar = Calendar::of(&settings);
        let first = calendar.after_open_time(at, Duration::minutes(one));
        let both = calendar.after_open_time(at, Duration::minutes(one + two));
        // A minute a week: beyond the years that are searched, late is all that is promised.
        prop_assume!(both - at < Duration::days(1_000));
        prop_assert_eq!(calendar.after_open_time(first, Duration::minutes(two)), both);
        prop_assert!(first >= at + Duration::minutes(one));
        prop_assert!(both > first);
    }

    #[test]
    fn end_of_day_lies_ahead_and_work_ends_there(zone in zone(), week in week(), at in moment()) {
        let settings = settings(zone, Some(week));
        let calendar = Calendar::of(&settings);
        let end = calendar.end_of_open_day(at);
        prop_assert!(end > at);
        prop_assert!(calendar.is_open(end - Duration::seconds(1)));
    }

    #[test]
    fn quiet_ends_when_it_is_no_longer_quiet(
        zone in zone(), from in 0_u16..1_440, length in 1_u16..1_440, at in moment(),
    ) {
        let mut settings = settings(zone, None);
        let until = (from + length) % 1_440;
        settings.calendar.quiet_hours = Some(QuietHours { from, until });
        let calendar = Calendar::of(&settings);
        let span = Span { days: Days::ALL, from, until };
        prop_assert_eq!(
            calendar.quiet_until(at).is_some(),
            Week(vec![span]).contains(zone, at)
        );
        if let Some(end) = calendar.quiet_until(at) {
            prop_assert!(end > at && end - at <= Duration::hours(50));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Minute by minute.
    #[test]
    fn open_time_is_the_sum_of_open_minutes(
        zone in zone(), week in week(), at in moment(), minutes in 1_i64..600,
    ) {
        let settings = settings(zone, Some(week));
        let calendar = Calendar::of(&settings);
        let until = calendar.after_open_time(at, Duration::minutes(minutes));
        let (mut open, mut now) = (0, at);
        while now < until {
            open += i64::from(calendar.is_open(now));
            now += Duration::minutes(1);
        }
        prop_assert_eq!(open, minutes);
    }
}

fn working_hours() -> Week {
    Week(vec![Span {
        days: Days::WORKING,
        from: 8 * 60,
        until: 17 * 60,
    }])
}

#[test]
fn a_group_that_sets_nothing_is_always_open() {
    let settings = settings(Tz::Europe__Tallinn, None);
    let calendar = Calendar::of(&settings);
    let at = utc(2026, 12, 24, 23, 30);
    assert!(calendar.is_open(at));
    assert_eq!(
        calendar.after_open_time(at, Duration::hours(24)),
        at + Duration::hours(24)
    );
    // Midnight in Tallinn.
    assert_eq!(calendar.end_of_open_day(at), utc(2026, 12, 25, 22, 0));
    assert_eq!(calendar.quiet_until(at), None);
}

#[test]
fn two_hours_of_work_from_friday_afternoon_end_on_monday() {
    let settings = settings(Tz::Europe__Tallinn, Some(working_hours()));
    let calendar = Calendar::of(&settings);
    // Friday 16:00 in Tallinn, the last before clocks go forward: 08:00 on Monday is 05:00 UTC.
    let friday = utc(2026, 3, 27, 14, 0);
    let after = calendar.after_open_time(friday, Duration::hours(2));
    assert_eq!(after, utc(2026, 3, 30, 6, 0));
    assert_eq!(calendar.end_of_open_day(friday), utc(2026, 3, 27, 15, 0));
    let evening = utc(2026, 3, 27, 18, 0);
    assert_eq!(calendar.end_of_open_day(evening), utc(2026, 3, 30, 14, 0));
}

#[test]
fn a_night_shift_has_seven_or_nine_hours_when_clocks_change() {
    let night = Week(vec![Span {
        days: Days::ALL,
        from: 22 * 60,
        until: 6 * 60,
    }]);
    let zone = Tz::Europe__Tallinn;
    let length = |evening| {
        let from = night.next_start(zone, evening).expect("a night");
        night.next_end(zone, from).expect("a morning") - from
    };
    assert_eq!(length(utc(2026, 3, 28, 12, 0)), Duration::hours(7));
    assert_eq!(length(utc(2026, 10, 24, 12, 0)), Duration::hours(9));
    assert_eq!(length(utc(2026, 6, 1, 12, 0)), Duration::hours(8));
}

#[test]
fn hours_that_never_come_are_late_rather_than_never() {
    let mut settings = settings(Tz::UTC, Some(Week(Vec::new())));
    let at = utc(2026, 1, 1, 0, 0);
    let hour = Duration::hours(1);
    assert_eq!(Calendar::of(&settings).after_open_time(at, hour), at + hour);
    let never = Span {
        days: Days::try_from(1).expect("Monday"),
        from: 0,
        until: 1,
    };
    settings.calendar.business_hours = Some(Week(vec![never]));
    let days = 2_000;
    settings.calendar.holidays.more = at.date_naive().iter_days().take(days).collect();
    assert_eq!(Calendar::of(&settings).after_open_time(at, hour), at + hour);
}
