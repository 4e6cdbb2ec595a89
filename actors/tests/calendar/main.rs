//! The calendar, and who is on duty, in zones whose clocks are put forward and back in every way
//! there is.
#![allow(
    clippy::expect_used,
    reason = "tests and their helpers state their expectations by panicking"
)]

mod days;
mod duty;
mod hours;
mod reports;

use chrono::{DateTime, TimeZone, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;

/// Both hemispheres, half an hour of difference, a jump at midnight, none at all, a day that was
/// never there.
const ZONES: [Tz; 9] = [
    Tz::Europe__Tallinn,
    Tz::Europe__London,
    Tz::America__New_York,
    Tz::Australia__Lord_Howe,
    Tz::America__Santiago,
    Tz::Africa__Cairo,
    Tz::Asia__Kathmandu,
    Tz::Pacific__Apia,
    Tz::UTC,
];

fn zone() -> impl Strategy<Value = Tz> {
    prop::sample::select(ZONES.to_vec())
}

/// A whole minute of 2011 (when Apia skipped a day) to 2027.
fn moment() -> impl Strategy<Value = DateTime<Utc>> {
    let first = utc(2011, 1, 2, 0, 0).timestamp() / 60;
    let last = utc(2027, 12, 30, 0, 0).timestamp() / 60;
    (first..last).prop_map(|minute| DateTime::from_timestamp(minute * 60, 0).expect("in range"))
}

fn utc(year: i32, month: u32, day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(year, month, day, hour, minute, 0)
        .single()
        .expect("a moment")
}
