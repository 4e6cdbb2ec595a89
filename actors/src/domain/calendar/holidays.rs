//! Days on which nobody is expected at work.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// A country whose public holidays a group may keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Country {
    /// Estonia.
    Estonia,
    /// Latvia.
    Latvia,
    /// Lithuania.
    Lithuania,
    /// Finland.
    Finland,
}

/// Which days are holidays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Holidays {
    /// Those of a country.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
    /// Days of the group's own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<NaiveDate>,
}

impl Holidays {
    /// Whether a day is one.
    #[must_use]
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.more.contains(&day) || self.country.is_some_and(|country| country.rests_on(day))
    }
}

/// How a holiday is found in a year.
#[derive(Debug, Clone, Copy)]
enum Rule {
    /// On the same date each year: month and day.
    Date(u32, u32),
    /// As `Date`, and where that is at a weekend the Monday after it too.
    DateOrMonday(u32, u32),
    /// So many days after Easter Sunday; before it where negative.
    Easter(i64),
    /// The first such day of the week on or after a date.
    From(u32, u32, Weekday),
}

use Rule::{Date, DateOrMonday, Easter, From};

/// Law on Public Holidays and Days of National Importance (Pühade ja tähtpäevade seadus), § 1 and 2.
const ESTONIA: &[Rule] = &[
    Date(1, 1),
    Date(2, 24),
    Easter(-2),
    Easter(0),
    Date(5, 1),
    Easter(49),
    Date(6, 23),
    Date(6, 24),
    Date(8, 20),
    Date(12, 24),
    Date(12, 25),
    Date(12, 26),
];

/// Law on holidays, remembrance days and celebrations (Par svētku, atceres un atzīmējamām dienām),
/// section 1; its two national days give the Monday after a weekend.
const LATVIA: &[Rule] = &[
    Date(1, 1),
    Easter(-2),
    Easter(0),
    Easter(1),
    Date(5, 1),
    DateOrMonday(5, 4),
    From(5, 8, Weekday::Sun),
    Easter(49),
    Date(6, 23),
    Date(6, 24),
    DateOrMonday(11, 18),
    Date(12, 24),
    Date(12, 25),
    Date(12, 26),
    Date(12, 31),
];

/// Labour Code (Darbo kodeksas), article 123.
const LITHUANIA: &[Rule] = &[
    Date(1, 1),
    Date(2, 16),
    Date(3, 11),
    Easter(0),
    Easter(1),
    Date(5, 1),
    From(5, 1, Weekday::Sun),
    From(6, 1, Weekday::Sun),
    Date(6, 24),
    Date(7, 6),
    Date(8, 15),
    Date(11, 1),
    Date(11, 2),
    Date(12, 24),
    Date(12, 25),
    Date(12, 26),
];

/// Church Act (kirkkolaki) and the law on Independence Day; the eves of Midsummer and Christmas are
/// free by collective agreement and nearly everywhere.
const FINLAND: &[Rule] = &[
    Date(1, 1),
    Date(1, 6),
    Easter(-2),
    Easter(0),
    Easter(1),
    Date(5, 1),
    Easter(39),
    Easter(49),
    From(6, 19, Weekday::Fri),
    From(6, 20, Weekday::Sat),
    From(10, 31, Weekday::Sat),
    Date(12, 6),
    Date(12, 24),
    Date(12, 25),
    Date(12, 26),
];

impl Country {
    /// Every country whose holidays are known, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::Estonia, Self::Latvia, Self::Lithuania, Self::Finland];

    fn rests_on(self, day: NaiveDate) -> bool {
        let rules = match self {
            Self::Estonia => ESTONIA,
            Self::Latvia => LATVIA,
            Self::Lithuania => LITHUANIA,
            Self::Finland => FINLAND,
        };
        rules.iter().any(|rule| rule.matches(day))
    }
}

impl Rule {
    fn matches(self, day: NaiveDate) -> bool {
        let date = |month, of_month| NaiveDate::from_ymd_opt(day.year(), month, of_month);
        match self {
            Date(month, of_month) => date(month, of_month) == Some(day),
            DateOrMonday(month, of_month) => date(month, of_month).is_some_and(|holiday| {
                let monday = match holiday.weekday() {
                    Weekday::Sat => holiday.checked_add_days(Days::new(2)),
                    Weekday::Sun => holiday.checked_add_days(Days::new(1)),
                    _ => None,
                };
                holiday == day || monday == Some(day)
            }),
            Easter(after) => easter_sunday(day.year())
                .is_some_and(|easter| day.signed_duration_since(easter).num_days() == after),
            From(month, of_month, weekday) => date(month, of_month).is_some_and(|first| {
                let after = day.signed_duration_since(first).num_days();
                day.weekday() == weekday && (0..7).contains(&after)
            }),
        }
    }
}

/// Easter Sunday of the western churches, by the anonymous Gregorian computus (Nature, 20 April 1876).
#[must_use]
pub fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let century = year / 100;
    let golden = year % 19;
    let corrected = century - century / 4 - (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + corrected + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (year % 100 / 4) - epact - year % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let sum = epact + weekday - 7 * late + 114;
    let month = u32::try_from(sum / 31).ok()?;
    let day = u32::try_from(sum % 31 + 1).ok()?;
    NaiveDate::from_ymd_opt(year, month, day)
}
