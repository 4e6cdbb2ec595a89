//! The cards that people see most, as they read, and what may be pressed on them.

use actors::domain::notice::Menu;
use actors::domain::{BlockKind, Incident, Language, Resolution, Says, Stage, Workflow};
use actors::inbound::{Button, Verb};
use chrono::Duration;

use super::super::{Press, Rendered, render};
use super::fixture::{
    JAAN, MAINTENANCE, World, at, awaiting_department, awaiting_summary, new, style, work,
};

fn card(incident: Incident, menu: Menu) -> Rendered {
    let world = World::new(Language::English);
    render(&world.letter(Says::Card { menu }, Some(incident)), &style())
}

fn english() -> World {
    World::new(Language::English)
}

/// The labels, row by row.
fn labels(rendered: &Rendered) -> Vec<Vec<&str>> {
    let rows = rendered.keyboard.iter();
    rows.map(|row| row.iter().map(|key| key.label.as_str()).collect())
        .collect()
}

fn quick(stage: Stage) -> Incident {
    english().incident(stage)
}

fn full(stage: Stage) -> Incident {
    let mut incident = quick(stage);
    incident.workflow = Workflow::Full;
    incident
}

fn closed() -> Stage {
    Stage::Closed {
        resolution: Resolution::Resolved,
        at: at(14, 20),
        by: Some(JAAN),
    }
}

#[test]
fn unclaimed() {
    let card = card(quick(new()), Menu::Main);
    assert_eq!(
        card.text,
        "🟡 <b>0042 · waiting for a claim</b>\n\
         👥 Maintenance — since 14:02\n\
         \n\
         <blockquote>Truck 14 is stuck at gate B, the barrier doesn't open</blockquote>\n\
         👤 <a href=\"tg://user?id=11\">Mari</a> · 13:58"
    );
    assert_eq!(
        labels(&card),
        [vec!["✋ Claim"], vec!["Change department", "Urgency"]]
    );
}

#[test]
fn in_progress() {
    let card = card(english().full(Stage::InProgress(work())), Menu::Main);
    let lines: Vec<_> = card.text.lines().collect();
    assert_eq!(lines[0], "🔵 <b>0042 · in progress</b> · 🔴 critical");
    assert_eq!(
        lines[1],
        "👥 Maintenance · 🙋 <a href=\"tg://user?id=12\">Jaan</a> since 14:03"
    );
    assert_eq!(lines[2], "🤝 Olga, someone");
    assert_eq!(
        lines[5],
        "👤 <a href=\"tg://user?id=11\">Mari</a> · 13:58 · 📷 2 photos · 🎤 1 recording · ♻️ reopened once"
    );
    assert!(lines[8].starts_with("💬 Olga: Truck 14"));
    assert!(lines[8].ends_with("(+ 2 earlier)"));
}

#[test]
fn resolved() {
    let mut incident = quick(closed());
    incident.summary = Some("Oiled the hinge".to_owned());
    let card = card(incident, Menu::Main);
    assert_eq!(
        card.text,
        "✅ <b>0042 · resolved</b>\n\
         👥 Maintenance\n\
         🏁 <a href=\"tg://user?id=12\">Jaan</a> · 14:20 · took 22 min\n\
         \n\
         <blockquote>Truck 14 is stuck at gate B, the barrier doesn't open</blockquote>\n\
         👤 <a href=\"tg://user?id=11\">Mari</a> · 13:58\n\
         🛠 How it was resolved:\n\
         <blockquote>Oiled the hinge</blockquote>"
    );
    assert_eq!(labels(&card), [["♻️ Reopen"]]);
}

#[test]
fn each_stage_offers_what_can_be_done_then() {
    let progress = Stage::InProgress(work());
    let blocked = Stage::Blocked {
        kind: BlockKind::Waiting,
        work: work(),
        since: at(14, 10),
        comment: "a key".to_owned(),
        wake: None,
        asked: false,
    };
    let done = Stage::Done {
        work: work(),
        resolver: JAAN,
        since: at(14, 20),
    };
    let crew = vec!["🤝 Join", "Leave"];
    let resolve = vec!["✅ Resolve"];
    let direct = vec!["Change department", "Urgency"];
    let offered: [(Incident, Vec<Vec<&str>>); 7] = [
        (
            quick(awaiting_department()),
            vec![vec!["👥 Choose department"]],
        ),
        (
            quick(progress.clone()),
            vec![crew.clone(), resolve.clone(), direct.clone()],
        ),
        (
            full(Stage::Accepted(work())),
            vec![
                crew.clone(),
                vec!["▶️ Start", "⏸ Block…", "Hand over…"],
                resolve.clone(),
                direct.clone(),
            ],
        ),
        (
            full(progress),
            vec![
                crew.clone(),
                vec!["⏸ Block…", "Hand over…"],
                resolve.clone(),
                direct.clone(),
            ],
        ),
        (
            full(blocked),
            vec![
                crew,
                vec!["▶️ Resume", "⏸ Block…", "Hand over…"],
                resolve,
                direct,
            ],
        ),
        (quick(awaiting_summary()), vec![]),
        (full(done), vec![vec!["👍 Confirm", "👎 Not fixed"]]),
    ];
    for (incident, expected) in offered {
        let stage = format!("{:?}", incident.stage);
        assert_eq!(labels(&card(incident, Menu::Main)), expected, "{stage}");
    }
}

#[test]
fn menus_offer_choices_tick_the_present_one_and_lead_back() {
    let mut incident = quick(Stage::InProgress(work()));
    incident.urgency = Some(actors::domain::Urgency::SameDay);
    assert_eq!(
        labels(&card(incident.clone(), Menu::Departments)),
        [
            vec!["✓ Maintenance", "Kitchen"],
            vec!["Dispatch"],
            vec!["‹ Back"]
        ]
    );
    assert_eq!(
        labels(&card(incident, Menu::Urgency)),
        [
            vec!["🔴 critical", "✓ 🟠 same day", "🟢 planned"],
            vec!["‹ Back"]
        ]
    );
}

#[test]
fn a_menu_that_no_longer_fits_is_not_shown() {
    for menu in [Menu::Departments, Menu::Urgency, Menu::Block] {
        assert_eq!(labels(&card(quick(closed()), menu)), [["♻️ Reopen"]]);
    }
}

#[test]
fn buttons_carry_the_incident_and_its_edition() {
    let card = card(quick(new()), Menu::Departments);
    let expected = Button::Card {
        incident: quick(new()).identity.id,
        edition: 2,
        verb: Verb::Department(MAINTENANCE),
    };
    // Above the menu of an unclaimed one stands Claim.
    assert_eq!(card.keyboard[1][0].press, Press::Data(expected));
}

#[test]
fn what_was_closed_long_ago_cannot_be_reopened() {
    let stage = Stage::Closed {
        resolution: Resolution::Resolved,
        at: at(14, 20) - Duration::days(8),
        by: Some(JAAN),
    };
    assert!(card(quick(stage), Menu::Main).keyboard.is_empty());
}

#[test]
fn times_are_those_of_the_group_and_have_a_date_when_it_is_not_today() {
    let world = english();
    let mut letter = world.letter(Says::Card { menu: Menu::Main }, Some(quick(new())));
    letter.now = at(14, 25) + Duration::days(1);
    let text = render(&letter, &style()).text;
    assert!(text.contains("since 22 Nov 14:02"), "{text}");
    letter.time_zone = chrono_tz::Tz::UTC;
    let text = render(&letter, &style()).text;
    assert!(text.contains("since 22 Nov 12:02"), "{text}");
}

#[test]
fn the_card_is_linked_where_messages_have_addresses() {
    let world = english();
    let mut letter = world.letter(Says::Claimed { by: JAAN }, Some(quick(new())));
    let supergroup = render(&letter, &style());
    assert!(
        supergroup
            .text
            .contains("<a href=\"https://t.me/c/1234567890/77\">0042</a>")
    );
    assert_eq!(labels(&supergroup), [["Go to the card"]]);
    if let Some(card) = &mut letter.background.card {
        card.chat = actors::domain::ChatId(-4_567);
    }
    let basic = render(&letter, &style());
    assert!(basic.text.contains("<b>0042</b>"));
    assert!(basic.keyboard.is_empty());
}
