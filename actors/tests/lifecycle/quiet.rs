//! What waits until quiet hours are over, and what does not.

use actors::domain::calendar::QuietHours;
use actors::domain::quiet::{held_until, is_moot};
use actors::domain::{
    Audience, BlockKind, Class, Notice, Says, Settings, Stage, Urgency, Workflow,
};
use chrono::{DateTime, Duration, TimeZone, Utc};
use chrono_tz::Tz;

use crate::matrix::{in_progress, unclaimed};
use crate::world::{JAAN, MAINTENANCE, MARI, hotel};

/// Quiet from ten to seven in Tallinn.
fn settings() -> Settings {
    let mut settings = Settings {
        time_zone: Tz::Europe__Tallinn,
        ..Settings::default()
    };
    settings.calendar.quiet_hours = QuietHours::new(22 * 60, 7 * 60);
    settings
}

fn utc(month: u32, day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    let found = Utc.with_ymd_and_hms(2026, month, day, hour, minute, 0);
    found.single().expect("a moment")
}

/// Two in the morning of a winter's day, and seven of it.
fn night() -> (DateTime<Utc>, DateTime<Utc>) {
    (utc(1, 14, 0, 0), utc(1, 14, 5, 0))
}

fn notice(audience: Audience, class: Class, says: Says) -> Notice {
    Notice {
        audience,
        class,
        says,
    }
}

fn claimed() -> Notice {
    let by = JAAN;
    notice(Audience::Person(MARI), Class::Page, Says::Claimed { by })
}

fn held(notice: &Notice, urgency: Option<Urgency>) -> Option<DateTime<Utc>> {
    held_until(notice, urgency, &settings(), night().0)
}

#[test]
fn news_and_calls_wait_for_the_morning() {
    let call = || vec![JAAN];
    let (department, released_by) = (MAINTENANCE, None);
    let new = Says::NewInDepartment {
        department,
        call: call(),
        released_by,
    };
    let blocked = Says::Blocked {
        by: JAAN,
        kind: BlockKind::Attention,
        comment: "Help".to_owned(),
    };
    for says in [
        new,
        blocked,
        Says::WokenUp,
        Says::LeaseEnded { shift: false },
    ] {
        let notice = notice(Audience::Group, Class::Page, says);
        assert_eq!(held(&notice, None), Some(night().1), "{notice:?}");
    }
}

#[test]
fn what_is_critical_waits_for_nothing() {
    for urgency in Urgency::ALL {
        let waits = held(&claimed(), Some(urgency)).is_some();
        assert_eq!(waits, urgency != Urgency::Critical);
    }
    let says = claimed().says;
    let page = notice(Audience::Group, Class::Escalation, says);
    assert_eq!(held(&page, None), None);
}

#[test]
fn who_asks_is_answered_and_whose_time_runs_is_reminded() {
    let page = |audience, says| notice(audience, Class::Page, says);
    let mari = Audience::Person(MARI);
    for notice in [
        page(Audience::Asker, claimed().says),
        page(mari, Says::SummaryReminder { minutes_left: 5 }),
        page(mari, Says::LeaseQuestioned { minutes_left: 30 }),
        page(mari, Says::ReportTaken),
        notice(Audience::Group, Class::Card, claimed().says),
    ] {
        assert_eq!(held(&notice, None), None, "{notice:?}");
    }
}

#[test]
fn by_day_nothing_waits_and_a_night_may_be_an_hour_longer() {
    let hold = |at| held_until(&claimed(), None, &settings(), at);
    assert_eq!(hold(utc(1, 14, 5, 0)), None);
    assert_eq!(hold(utc(1, 14, 19, 59)), None);
    assert_eq!(hold(utc(1, 14, 20, 0)), Some(utc(1, 15, 5, 0)));
    // Clocks are put on at three in the morning of 29 March, and back on 25 October.
    assert_eq!(hold(utc(3, 28, 20, 0)), Some(utc(3, 29, 4, 0)));
    assert_eq!(hold(utc(10, 24, 19, 0)), Some(utc(10, 25, 5, 0)));
    let never = Settings::default();
    assert_eq!(held_until(&claimed(), None, &never, night().0), None);
}

#[test]
fn a_call_is_moot_once_nobody_is_wanted() {
    let says = Says::NobodyOnDuty {
        department: MAINTENANCE,
    };
    let moot = |incident| is_moot(&says, night().0, incident, &settings());
    let new = unclaimed(Workflow::Quick).incident;
    assert!(matches!(new.stage, Stage::New { .. }));
    assert!(!moot(&new));
    let taken = in_progress(Workflow::Quick).incident;
    assert!(moot(&taken));
    let by_day = night().0 + Duration::hours(10);
    assert!(!is_moot(&says, by_day, &taken, &settings()));
    let reminder = Says::DepartmentReminder {
        absent_minutes: None,
    };
    assert!(is_moot(&reminder, night().0, &new, &settings()));
    let chosen_by_nobody = hotel(Workflow::Quick).reported_by(MARI).incident;
    assert!(!is_moot(
        &reminder,
        night().0,
        &chosen_by_nobody,
        &settings()
    ));
    assert!(!is_moot(&claimed().says, night().0, &taken, &settings()));
}

#[test]
fn quiet_hours_last_at_most_half_a_day() {
    assert!(QuietHours::new(22 * 60, 7 * 60).is_some());
    assert!(QuietHours::new(0, 12 * 60).is_some());
    assert!(QuietHours::new(23 * 60, 24 * 60).is_some());
    for (from, until) in [
        (0, 12 * 60 + 1),
        (600, 600),
        (24 * 60, 60),
        (480, 420),
        (9_999, 1),
    ] {
        assert_eq!(QuietHours::new(from, until), None, "{from} {until}");
    }
}
