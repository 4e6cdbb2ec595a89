//! Rules of planned work, as people write them, and what becomes of it.

use actors::domain::calendar::Days;
use actors::domain::recurring::{Overlap, Rule, TEXT_LIMIT, rule_of_words};
use actors::domain::report::Planned;
use actors::domain::{Author, Event, Report, Reporting, Stage, Urgency, Workflow};
use chrono::{DateTime, Duration, Utc, Weekday};
use chrono_tz::Tz;
use proptest::prelude::*;

use crate::world::{MAINTENANCE, RAIN, hotel, maintenance};

fn read(words: &str) -> Option<Rule> {
    rule_of_words(words, &[maintenance()]).ok()
}

#[test]
fn rules_are_read_in_three_languages() {
    let monday = Days::one(Weekday::Mon);
    let monday_and_thursday = monday.and(Days::one(Weekday::Thu));
    let name = maintenance().name;
    for (words, days, minute) in [
        ("every Monday 08:00 X", monday, 480),
        ("Mon 8 X", monday, 480),
        ("on Mondays at 08.30 X", monday, 510),
        ("Mon, Thu 08:00 X", monday_and_thursday, 480),
        ("mon,thu 08:00: X", monday_and_thursday, 480),
        ("Mon and Thu 08:00 X", monday_and_thursday, 480),
        ("Mon-Fri 23:59 X", Days::WORKING, 1_439),
        ("Mon–Fri 0:00 X", Days::WORKING, 0),
        ("weekdays 08:00 X", Days::WORKING, 480),
        ("every day 08:00 X", Days::ALL, 480),
        ("daily 08:00 X", Days::ALL, 480),
        ("08:00 X", Days::ALL, 480),
        ("weekends 08:00 X", Days::WEEKEND, 480),
        ("igal esmaspäeval kell 08:00 X", monday, 480),
        ("E, N 08:00 X", monday_and_thursday, 480),
        ("iga päev 08:00 X", Days::ALL, 480),
        ("tööpäeviti 08:00 X", Days::WORKING, 480),
        ("каждый понедельник в 08:00 X", monday, 480),
        ("пн, чт 08:00 X", monday_and_thursday, 480),
        ("по будням 08:00 X", Days::WORKING, 480),
        ("каждый день 08:00 X", Days::ALL, 480),
        ("ежедневно 08:00 X", Days::ALL, 480),
    ] {
        let rule = read(words).unwrap_or_else(|| panic!("{words}"));
        assert_eq!((rule.days, rule.minute), (days, minute), "{words}");
        assert_eq!(rule.text, "X", "{words}");
        assert_eq!(rule.department, None);
    }
    let rule = read(&format!("Mon 08:00 {name}: check: the filter")).expect("a rule");
    assert_eq!(rule.department, Some(MAINTENANCE));
    assert_eq!(rule.text, "check: the filter");
    let rule = read("Mon 08:00 Nobody: check").expect("a rule");
    assert_eq!(
        (rule.department, rule.text.as_str()),
        (None, "Nobody: check")
    );
}

#[test]
fn what_is_no_rule_is_refused() {
    let long = format!("Mon 08:00 {}", "x".repeat(TEXT_LIMIT + 1));
    for words in [
        "",
        "Mon",
        "Mon 08:00",
        "Mon 24:00 X",
        "Mon 08:60 X",
        "X 08:00 Y",
        "08:00",
        &long,
    ] {
        assert_eq!(read(words), None, "{words}");
    }
}

proptest! {
    #[test]
    fn any_words_are_read_or_refused(words in "\\PC{0,60}") {
        if let Some(rule) = read(&words) {
            prop_assert!(rule.minute < 1_440);
            prop_assert!(words.contains(&rule.text));
        }
    }

    #[test]
    fn a_rule_comes_again_within_a_week_and_a_shift_of_clocks(
        bits in 1_u8..128, minute in 0_u16..1_440, seconds in 0_i64..2_000_000_000,
    ) {
        let days = Days::try_from(bits).expect("days");
        let rule = Rule {
            days,
            minute,
            department: None,
            text: "X".to_owned(),
            overlap: Overlap::Skip,
        };
        let after = DateTime::<Utc>::from_timestamp(seconds, 0).expect("a moment");
        let next = rule.next_after(Tz::Europe__Tallinn, after);
        prop_assert!(next > after);
        prop_assert!(next - after <= Duration::days(8));
    }
}

fn planned(department: bool) -> Report {
    Report {
        planned: Some(Planned {
            due: crate::world::noon(),
            department: department.then_some(MAINTENANCE),
        }),
        ..Report::of(RAIN, "Check the fire alarms for smoke".to_owned())
    }
}

#[test]
fn planned_work_is_planned_whatever_its_words() {
    let mut desk = hotel(Workflow::Full);
    desk.config.settings.triage.mode = actors::domain::TriageMode::Claude;
    // Whoever set it up need not be registered any more.
    desk.config.settings.reporting = Reporting::Registered;
    let case = desk.reporting(RAIN, planned(true)).expect("planned work");
    assert_eq!(case.incident.urgency, Some(Urgency::Planned));
    assert!(!case.incident.triage.wanted);
    assert!(
        matches!(case.incident.stage, Stage::New { department, .. } if department == MAINTENANCE)
    );
    assert!(case.log.iter().all(|it| it.by == Author::Clock));
    assert!(matches!(case.log[0].event, Event::Reported { .. }));
}

#[test]
fn a_department_that_is_gone_is_asked_for() {
    let mut desk = hotel(Workflow::Full);
    desk.config.departments.retain(|it| it.id != MAINTENANCE);
    let other = crate::world::housekeeping();
    desk.config.departments.push(other);
    let case = desk.reporting(RAIN, planned(true)).expect("planned work");
    let several = desk.config.departments.len() > 1;
    let asked = matches!(case.incident.stage, Stage::AwaitingDepartment { .. });
    assert_eq!(asked, several);
}
