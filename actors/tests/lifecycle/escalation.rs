//! Who is called when nobody takes an incident: never early, once each, and nobody once it is taken.

use actors::domain::calendar::QuietHours;
use actors::domain::escalation::words::{BadChain, chain_of_words};
use actors::domain::escalation::{Chain, Hours, Level};
use actors::domain::{
    Audience, By, Class, Command, DeadlineKind, Event, Language, Person, PersonId, Refusal, Says,
    Urgency, Workflow, decide,
};
use chrono::Duration;
use proptest::prelude::*;

use crate::world::{
    Case, DINA, HOUSEKEEPING, JAAN, KATI, LIIS, MAINTENANCE, MARI, MATI, RAIN, TOOMAS, change_to,
    hotel,
};

/// Rated by the manager the moment it was sent to maintenance, where nobody has taken it.
fn unclaimed(urgency: Urgency) -> Case {
    let case = hotel(Workflow::Full).reported_by(MARI);
    case.sent_to(MAINTENANCE)
        .does(MATI, &Command::SetUrgency { urgency })
}

fn level(people: &[PersonId], wait_minutes: u32, repeats: u32) -> Level {
    Level {
        people: people.to_vec(),
        wait_minutes,
        repeats,
    }
}

fn chained(mut case: Case, levels: &[Level]) -> Case {
    case.config.settings.escalation.chains = vec![Chain {
        urgency: None,
        hours: Hours::Any,
        levels: levels.to_vec(),
    }];
    case
}

fn calls(case: &Case) -> Vec<(u8, Vec<PersonId>)> {
    let events = case.last.events.iter();
    let called = events.filter_map(|it| match &it.event {
        Event::Escalated { level, people } => Some((*level, people.clone())),
        _ => None,
    });
    called.collect()
}

/// A private message about the last call reached none of these.
fn unheard(mut case: Case, people: &[PersonId]) -> Case {
    let people = people.to_vec();
    let by = By::Clock { absence: None };
    let command = Command::NoteUnheard { people };
    let decision = decide::decide(&case.incident, &command, &by, case.now, &case.config);
    case.keep(decision.expect("the clock is never refused"));
    case
}

fn due(case: &Case) -> Option<i64> {
    let mut deadlines = case.last.deadlines.iter();
    let call = deadlines.find(|it| it.kind == DeadlineKind::Escalation);
    call.map(|it| (it.due - case.now).num_minutes())
}

#[test]
fn the_group_is_warned_and_then_managers_are_called_until_somebody_answers() {
    let case = unclaimed(Urgency::Critical);
    let early = case.clone().ticks_after(9);
    assert!(early.last.events.is_empty());
    let warned = case.ticks_after(10);
    assert_eq!(calls(&warned), []);
    let said = warned.said();
    assert_eq!(
        said.len(),
        1,
        "the nudge of that minute says no more: {said:?}"
    );
    assert!(matches!(
        &said[0].says,
        Says::EscalationWarned { call, .. } if *call == [JAAN, KATI, TOOMAS]
    ));
    let mut case = warned;
    for minutes in [15, 30, 45, 60] {
        case = case.clone().ticks_after(minutes - 1);
        assert_eq!(calls(&case), [], "early, at {minutes}");
        case = case.ticks_after(minutes);
        assert_eq!(calls(&case), [(1, vec![MATI])], "at {minutes}");
    }
    assert_eq!(calls(&case.ticks_after(6 * 60)), [], "the chain has an end");
}

#[test]
fn a_call_goes_to_each_of_its_people_before_all_else() {
    let levels = [level(&[JAAN, LIIS], 10, 0)];
    let warned = chained(unclaimed(Urgency::Critical), &levels).ticks_after(10);
    let said = warned.ticks_after(15).said();
    let hearers: Vec<_> = said.iter().map(|it| (it.audience, it.class)).collect();
    let expected = [JAAN, LIIS].map(|it| (Audience::Person(it), Class::Escalation));
    for hearer in expected {
        assert!(hearers.contains(&hearer), "{hearers:?}");
    }
    assert_eq!(hearers.len(), 2, "nobody else hears of it: {said:?}");
}

#[test]
fn each_level_has_its_time_and_its_repeats() {
    let levels = [
        level(&[JAAN], 10, 1),
        level(&[LIIS, DINA], 5, 0),
        level(&[], 20, 0),
    ];
    let mut case = chained(unclaimed(Urgency::Critical), &levels);
    let expected = [
        (15, 1, vec![JAAN]),
        (25, 1, vec![JAAN]),
        (35, 2, vec![LIIS, DINA]),
        (40, 3, vec![MATI]),
    ];
    for (minutes, level, people) in expected {
        case = case.ticks_after(minutes);
        assert_eq!(calls(&case), [(level, people)], "at {minutes}");
    }
    assert_eq!(due(&case), None);
}

#[test]
fn a_call_that_reached_nobody_counts_as_none() {
    let levels = [level(&[JAAN, KATI], 10, 3), level(&[LIIS], 10, 0)];
    let called = chained(unclaimed(Urgency::Critical), &levels).ticks_after(15);
    let half = unheard(called, &[JAAN]);
    assert_eq!(calls(&half), [], "one of them heard it");
    assert_eq!(due(&half), Some(10));
    let none = unheard(half, &[KATI]);
    assert_eq!(calls(&none), [(2, vec![LIIS])]);
    // Nobody comes after the last: they are called again in their time.
    let last = unheard(none, &[LIIS]);
    assert_eq!(calls(&last), []);
    // Said twice, it is no news.
    assert!(unheard(last, &[LIIS]).last.events.is_empty());
}

#[test]
fn who_acknowledges_stops_the_calls_and_the_others_are_told() {
    let levels = [level(&[JAAN, LIIS], 10, 1), level(&[], 10, 0)];
    let called = chained(unclaimed(Urgency::Critical), &levels).ticks_after(15);
    assert_eq!(
        called.asks(RAIN, &Command::Acknowledge).err(),
        Some(Refusal::DirectorsOnly)
    );
    let answered = called.does(LIIS, &Command::Acknowledge);
    let said = answered.said();
    assert_eq!(said.len(), 1, "{said:?}");
    assert_eq!(said[0].audience, Audience::Person(JAAN));
    assert_eq!(due(&answered), None);
    let again = answered.asks(JAAN, &Command::Acknowledge);
    assert!(matches!(
        again,
        Err(Refusal::AlreadyAcknowledged { by: LIIS, .. })
    ));
    assert_eq!(calls(&answered.clone().ticks_after(10 * 60)), []);
    // It is still free to be taken, and given back it begins anew.
    let claimed = answered.claimed_by(KATI);
    assert_eq!(claimed.incident.escalation, None);
    let free = claimed.does(KATI, &Command::Leave);
    assert_eq!(due(&free), Some(15));
}

#[test]
fn who_is_called_may_take_it_or_give_it_away() {
    let levels = [level(&[LIIS], 10, 0)];
    let before = chained(unclaimed(Urgency::Critical), &levels);
    assert!(before.asks(LIIS, &Command::Claim).is_err());
    let called = before.ticks_after(15);
    let taken = called.clone().does(LIIS, &Command::Claim);
    assert_eq!(taken.incident.work().map(|work| work.owner), Some(LIIS));
    let housekeeping = taken.config.department(MAINTENANCE);
    let members = housekeeping
        .map(|it| it.members.clone())
        .unwrap_or_default();
    assert!(!members.contains(&LIIS), "not a member from then on");
    let assign = Command::Assign {
        person: KATI,
        standing: called.config.standing(KATI),
    };
    let given = called.does(LIIS, &assign);
    assert_eq!(given.incident.work().map(|work| work.owner), Some(KATI));
}

#[test]
fn another_department_and_another_urgency_begin_anew() {
    let case = unclaimed(Urgency::SameDay).ticks_after(30);
    let critical = case.does(
        MATI,
        &Command::SetUrgency {
            urgency: Urgency::Critical,
        },
    );
    assert_eq!(due(&critical), Some(15));
    let called = critical.ticks_after(15);
    assert_eq!(calls(&called), [(1, vec![MATI])]);
    let moved = called.does(MATI, &change_to(HOUSEKEEPING));
    assert_eq!(moved.incident.escalation, None);
    assert_eq!(due(&moved), Some(15));
}

#[test]
fn choosing_the_first_department_gives_no_time() {
    let case = hotel(Workflow::Full).reported_by(MARI);
    let rated = case.does(
        MATI,
        &Command::SetUrgency {
            urgency: Urgency::Critical,
        },
    );
    assert_eq!(due(&rated), Some(15));
    let mut later = rated.ticks_after(12);
    later = later.sent_to(MAINTENANCE);
    assert!(due(&later).is_some_and(|minutes| minutes <= 3));
}

#[test]
fn the_rest_counts_business_hours() {
    let mut case = unclaimed(Urgency::SameDay);
    assert_eq!(due(&case), Some(120));
    // Open from 8 to 13: it was rated after noon.
    case.config.settings.calendar.business_hours =
        actors::domain::duty::week_of_words("08:00-13:00").ok();
    let looked = case.ticks_after(1);
    let minutes = due(&looked).expect("a call");
    assert!((20 * 60..21 * 60).contains(&minutes), "{minutes}");
}

#[test]
fn quiet_hours_hold_back_what_is_not_critical() {
    // It was rated at noon, in the middle of them.
    let quiet = Some(QuietHours {
        from: 11 * 60,
        until: 20 * 60,
    });
    let mut same_day = unclaimed(Urgency::SameDay);
    same_day.config.settings.calendar.quiet_hours = quiet;
    assert_eq!(calls(&same_day.clone().ticks_after(7 * 60)), []);
    let after = same_day.ticks_after(8 * 60);
    assert_eq!(calls(&after), [(1, vec![MATI])], "after them, and once");
    let mut critical = unclaimed(Urgency::Critical);
    critical.config.settings.calendar.quiet_hours = quiet;
    assert_eq!(calls(&critical.ticks_after(15)), [(1, vec![MATI])]);
}

#[test]
fn chains_are_for_hours_and_urgencies() {
    let mut case = unclaimed(Urgency::Critical);
    let chain = |urgency, hours, person| Chain {
        urgency,
        hours,
        levels: vec![level(&[person], 10, 0)],
    };
    case.config.settings.calendar.business_hours =
        actors::domain::duty::week_of_words("08:00-11:00").ok();
    case.config.settings.escalation.chains = vec![
        chain(Some(Urgency::Planned), Hours::Any, JAAN),
        chain(Some(Urgency::Critical), Hours::Open, KATI),
        chain(Some(Urgency::Critical), Hours::Closed, LIIS),
    ];
    assert_eq!(calls(&case.ticks_after(15)), [(1, vec![LIIS])]);
}

#[test]
fn only_who_works_here_is_called() {
    let levels = [level(&[RAIN], 10, 0)];
    let called = chained(unclaimed(Urgency::Critical), &levels).ticks_after(15);
    assert_eq!(calls(&called), [(1, vec![MATI])], "an outsider is not");
}

#[test]
fn lateness_is_told_with_its_reason() {
    let late = unclaimed(Urgency::Critical).wakes_late(60);
    let says = late.said().into_iter().map(|it| it.says);
    let told = says.filter_map(|it| match it {
        Says::Escalated {
            due,
            absent_minutes,
            ..
        } => Some(((late.now - due).num_minutes(), absent_minutes)),
        _ => None,
    });
    assert_eq!(told.collect::<Vec<_>>(), [(45, Some(59))]);
    assert_eq!(calls(&late).len(), 1, "once, however late");
}

fn staff() -> Vec<Person> {
    let person = |id, name: &str, username: Option<&str>| Person {
        id,
        name: name.to_owned(),
        username: username.map(str::to_owned),
        language: Some(Language::English),
        reachable: true,
    };
    vec![
        person(JAAN, "Jaan", Some("jaan_t")),
        person(KATI, "Kati", Some("Kati")),
        person(LIIS, "Liis Tamm", None),
    ]
}

#[test]
fn a_chain_is_read_as_people_write_it() {
    let read = |text| chain_of_words(text, &staff());
    let chain = read("critical, closed hours: @Jaan_T @kati 15 min x2 > Liis Tamm > managers 30");
    assert_eq!(
        chain,
        Ok(Chain {
            urgency: Some(Urgency::Critical),
            hours: Hours::Closed,
            levels: vec![
                level(&[JAAN, KATI], 15, 1),
                level(&[LIIS], 15, 0),
                level(&[], 30, 0),
            ],
        })
    );
    let plain = read("@jaan_t\nmanagers 5min").expect("levels on lines");
    assert_eq!((plain.urgency, plain.hours), (None, Hours::Any));
    assert_eq!(plain.levels, [level(&[JAAN], 15, 0), level(&[], 5, 0)]);
    assert_eq!(
        read("kriitiline: juhid").map(|it| it.urgency),
        Ok(Some(Urgency::Critical))
    );
    assert_eq!(
        read("в рабочее время: менеджеры 10 мин").map(|it| it.hours),
        Ok(Hours::Open)
    );
    assert_eq!(read("@nobody"), Err(BadChain::Nobody("@nobody".to_owned())));
    for bad in [
        "",
        "critical:",
        "urgent: @jaan_t",
        "15 min",
        "managers @kati",
        ">",
    ] {
        assert_eq!(read(bad), Err(BadChain::Form), "{bad}");
    }
    for many in [
        "@kati 2000",
        "@kati x11",
        "@kati 0",
        "@kati>@kati>@kati>@kati>@kati>@kati",
    ] {
        assert_eq!(read(many), Err(BadChain::TooMuch), "{many}");
    }
}

proptest! {
    #[test]
    fn any_words_are_read_or_refused(text in ".{0,200}") {
        let _ = chain_of_words(&text, &staff());
    }

    /// The clock is looked at at any moments; nothing is called before its time, nothing twice, and
    /// what is claimed calls nobody, be it a moment before.
    #[test]
    fn never_early_never_twice_never_after_a_claim(
        waits in prop::collection::vec((1_u32..30, 0_u32..3), 1..4),
        first in 1_u32..60,
        looks in prop::collection::vec(0_i64..240_000, 1..60),
        claimed_at in 0_i64..240_000,
    ) {
        let levels: Vec<Level> =
            waits.iter().map(|(wait, repeats)| level(&[LIIS], *wait, *repeats)).collect();
        let mut case = chained(unclaimed(Urgency::Critical), &levels);
        case.config.settings.escalation.critical_minutes = first;
        // What is given back for want of a sign of life would call somebody again.
        case.config.settings.leases.critical_minutes = 0;
        let start = case.now;
        // When each call may be made at the earliest, counted from the one before.
        let steps: Vec<i64> = std::iter::once(i64::from(first))
            .chain(waits.iter().flat_map(|(wait, repeats)| {
                std::iter::repeat_n(i64::from(*wait), *repeats as usize + 1)
            }))
            .collect();
        let mut looks = looks;
        looks.sort_unstable();
        let mut made = 0;
        let mut due = start + Duration::minutes(i64::from(first));
        let mut claimed = false;
        for look in looks {
            let now = start + Duration::milliseconds(look * 60);
            if !claimed && look >= claimed_at {
                let at = start + Duration::milliseconds(claimed_at * 60);
                case.now = at.max(case.now);
                let claim = case.asks(KATI, &Command::Claim).expect("free");
                case.keep(claim);
                claimed = true;
            }
            case.now = now.max(case.now);
            let decision = case.looks(None);
            case.keep(decision);
            let called = calls(&case).len();
            let expected = usize::from(!claimed && case.now >= due && made < steps.len() - 1);
            prop_assert_eq!(called, expected, "at {} with {} made", look, made);
            if called == 1 {
                made += 1;
                due = case.now + Duration::minutes(steps[made]);
            }
        }
    }
}
