//! Holidays, and moments that come again by the clock on the wall.

use actors::domain::calendar::{Country, Days, Holidays, easter_sunday, next_local};
use actors::domain::{Calendar, Settings};
use chrono::{Datelike, Duration, NaiveDate, Timelike, Weekday};
use chrono_tz::Tz;
use proptest::prelude::*;

use crate::{moment, utc, zone};

fn day(year: i32, month: u32, of_month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, of_month).expect("a day")
}

fn of_year(country: Country, year: i32) -> Vec<NaiveDate> {
    let holidays = Holidays {
        country: Some(country),
        more: Vec::new(),
    };
    let days = day(year, 1, 1).iter_days();
    days.take_while(|it| it.year() == year)
        .filter(|it| holidays.contains(*it))
        .collect()
}

/// As churches announce them.
#[test]
fn easter_is_on_its_day() {
    for easter in [
        day(2000, 4, 23),
        day(2008, 3, 23),
        day(2011, 4, 24),
        day(2019, 4, 21),
        day(2024, 3, 31),
        day(2025, 4, 20),
        day(2026, 4, 5),
        day(2027, 3, 28),
        day(2038, 4, 25),
        day(2049, 4, 18),
    ] {
        assert_eq!(easter_sunday(easter.year()), Some(easter));
    }
}

#[test]
fn countries_rest_on_their_holidays() {
    let estonia = [
        day(2026, 1, 1),
        day(2026, 2, 24),
        day(2026, 4, 3),
        day(2026, 4, 5),
        day(2026, 5, 1),
        day(2026, 5, 24),
        day(2026, 6, 23),
        day(2026, 6, 24),
        day(2026, 8, 20),
        day(2026, 12, 24),
        day(2026, 12, 25),
        day(2026, 12, 26),
    ];
    assert_eq!(of_year(Country::Estonia, 2026), estonia);
    let finland = of_year(Country::Finland, 2026);
    for of_finland in [
        day(2026, 5, 14),
        day(2026, 6, 19),
        day(2026, 6, 20),
        day(2026, 10, 31),
    ] {
        assert!(finland.contains(&of_finland), "{of_finland}");
    }
    assert_eq!(finland.len(), 15);
    // 18 November 2028 is a Saturday, and the Monday after it is free; 4 May 2026 is a Monday itself.
    let latvia = of_year(Country::Latvia, 2028);
    assert!(latvia.contains(&day(2028, 11, 18)) && latvia.contains(&day(2028, 11, 20)));
    assert!(!of_year(Country::Latvia, 2026).contains(&day(2026, 5, 5)));
    assert!(of_year(Country::Latvia, 2026).contains(&day(2026, 5, 10)));
    let lithuania = of_year(Country::Lithuania, 2026);
    assert!(lithuania.contains(&day(2026, 5, 3)) && lithuania.contains(&day(2026, 6, 7)));
    assert_eq!(lithuania.len(), 16);
}

#[test]
fn a_holiday_is_no_day_of_work() {
    let mut settings = Settings {
        time_zone: Tz::Europe__Tallinn,
        ..Settings::default()
    };
    settings.calendar.holidays.country = Some(Country::Estonia);
    settings.calendar.business_hours = Some(actors::domain::calendar::Week(vec![
        actors::domain::calendar::Span {
            days: Days::WORKING,
            from: 480,
            until: 1_020,
        },
    ]));
    let calendar = Calendar::of(&settings);
    // Thursday, 20 August.
    assert!(!calendar.is_open(utc(2026, 8, 20, 9, 0)));
    assert!(calendar.is_open(utc(2026, 8, 21, 9, 0)));
    let wednesday = utc(2026, 8, 19, 13, 30);
    let after = calendar.after_open_time(wednesday, Duration::hours(1));
    assert_eq!(after, utc(2026, 8, 21, 5, 30));
    settings.calendar.holidays.more.push(day(2026, 8, 21));
    assert!(!Calendar::of(&settings).is_open(utc(2026, 8, 21, 9, 0)));
}

#[test]
fn an_hour_that_is_skipped_comes_when_the_clock_is_put_forward() {
    let zone = Tz::Europe__Tallinn;
    let spring = next_local(zone, Days::ALL, 3 * 60 + 30, utc(2026, 3, 28, 12, 0));
    assert_eq!(spring, Some(utc(2026, 3, 29, 1, 0)));
    let autumn = next_local(zone, Days::ALL, 3 * 60 + 30, utc(2026, 10, 24, 12, 0));
    assert_eq!(autumn, Some(utc(2026, 10, 25, 0, 30)));
    let monday = next_local(zone, Days::one(Weekday::Mon), 480, utc(2026, 11, 26, 12, 0));
    assert_eq!(monday, Some(utc(2026, 11, 30, 6, 0)));
}

#[test]
fn days_are_runs() {
    assert_eq!(Days::range(Weekday::Mon, Weekday::Fri), Days::WORKING);
    let over_the_weekend = Days::range(Weekday::Sat, Weekday::Mon);
    let runs = vec![(Weekday::Mon, Weekday::Mon), (Weekday::Sat, Weekday::Sun)];
    assert_eq!(over_the_weekend.runs(), runs);
    assert!(Days::try_from(0).is_err() && Days::try_from(128).is_err());
}

proptest! {
    #[test]
    fn what_comes_again_comes_at_its_hour(
        zone in zone(), bits in 1_u8..=127, minute in 0_u16..1_440, at in moment(),
    ) {
        let days = Days::try_from(bits).expect("days");
        let next = next_local(zone, days, minute, at).expect("it comes");
        prop_assert!(next > at && next - at < Duration::days(16));
        let local = next.with_timezone(&zone);
        let shown = u16::try_from(local.hour() * 60 + local.minute()).expect("a minute");
        let skipped = shown != minute;
        if skipped {
            // The clock was put forward at that very moment.
            let before = (next - Duration::seconds(1)).with_timezone(&zone);
            let jump = local.naive_local() - before.naive_local();
            prop_assert!(jump > Duration::seconds(1));
        } else {
            prop_assert!(days.contains(local.weekday()));
        }
    }

    /// Never twice a day, and none is left out.
    #[test]
    fn it_comes_once_a_day(zone in zone(), minute in 0_u16..1_440, at in moment()) {
        let mut last = at;
        let mut gaps = Vec::new();
        for _ in 0..30 {
            let next = next_local(zone, Days::ALL, minute, last).expect("it comes");
            gaps.push(next - last);
            last = next;
        }
        for gap in &gaps[1..] {
            prop_assert!((22..=26).contains(&gap.num_hours()) || zone == Tz::Pacific__Apia);
        }
    }
}
