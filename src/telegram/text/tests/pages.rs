//! Calls, questions, lists and panels: what they say where it matters, and where they lead.

use std::sync::Arc;

use actors::domain::group::TIME_ZONES;
use actors::domain::notice::{JoinAnswer, List, ListOf, Menu, Panel, Prompt};
use actors::domain::{GroupId, JoinRequestId, Language, Says};
use actors::inbound::{Button, Change};
use actors::ports::Letter;

use super::super::{Press, Rendered, render};
use super::fixture::{
    JAAN, KITCHEN, MAINTENANCE, MARI, OLGA, World, at, awaiting_summary, new, style,
};

fn world() -> World {
    World::new(Language::English)
}

fn said(letter: &Letter) -> Rendered {
    render(letter, &style())
}

fn labels(rendered: &Rendered) -> Vec<&str> {
    let keys = rendered.keyboard.iter().flatten();
    keys.map(|key| key.label.as_str()).collect()
}

fn buttons(rendered: &Rendered) -> Vec<Button> {
    let keys = rendered.keyboard.iter().flatten();
    keys.filter_map(|key| match key.press {
        Press::Data(button) => Some(button),
        Press::Link(_) => None,
    })
    .collect()
}

fn panel(panel: Panel) -> Letter {
    world().letter(Says::Panel { panel }, None)
}

#[test]
fn a_call_names_the_department_its_people_and_what_waits() {
    let says = Says::NewInDepartment {
        department: MAINTENANCE,
        call: vec![JAAN, OLGA],
        released_by: None,
    };
    let mut letter = world().letter(says, Some(world().incident(new())));
    letter.background.card = None;
    assert_eq!(
        said(&letter).text,
        "🔔 <b>Maintenance</b>: <a href=\"tg://user?id=12\">Jaan</a>, \
         <a href=\"tg://user?id=13\">Olga</a> — <b>0042</b> is waiting\n\
         <i>Truck 14 is stuck at gate B, the barrier doesn't open</i>"
    );
}

#[test]
fn a_nudge_says_how_long_and_why_it_is_late() {
    let says = Says::Nudge {
        department: MAINTENANCE,
        call: vec![JAAN],
        since: at(13, 15),
        absent_minutes: Some(25),
    };
    let letter = world().letter(says, Some(world().incident(new())));
    let text = said(&letter).text;
    assert!(text.contains("for 1 h 10 min"), "{text}");
    assert!(text.ends_with("the desk was down for 25 min."), "{text}");
}

#[test]
fn the_summary_has_a_time_by_which_it_is_wanted() {
    let incident = world().incident(awaiting_summary());
    let card = world().letter(Says::Card { menu: Menu::Main }, Some(incident.clone()));
    let text = said(&card).text;
    assert!(text.contains("has until 14:30 to say"), "{text}");
    let says = Says::Prompt {
        person: MARI,
        prompt: Prompt::Summary,
    };
    let mut question = world().letter(says, Some(incident));
    for (now, left) in [
        (at(14, 20), "10 minutes left, until 14:30"),
        (at(14, 29), "1 minute left, until 14:30"),
    ] {
        question.now = now;
        let asked = said(&question);
        assert!(asked.text.contains(left), "{}", asked.text);
        assert!(
            asked
                .text
                .starts_with("✍️ <a href=\"tg://user?id=11\">Mari</a>, how was")
        );
        assert_eq!(asked.force_reply.as_deref(), Some("How was it resolved?"));
    }
    question.now = at(14, 40);
    assert!(!said(&question).text.contains("left"));
}

#[test]
fn a_repeat_says_so_and_a_mention_comes_first() {
    let mut letter = world().letter(Says::Claimed { by: JAAN }, Some(world().incident(new())));
    letter
        .mentions
        .extend(letter.background.people.first().cloned());
    letter.repeat = true;
    let text = said(&letter).text;
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines[0], "(repeat)");
    assert_eq!(lines[1], "👉 <a href=\"tg://user?id=11\">Mari</a>");
}

#[test]
fn a_list_leads_to_its_incidents_and_its_neighbouring_pages() {
    let of = ListOf::Open(None);
    let page = |page, total| {
        let list = List { of, page };
        let mut letter = world().letter(Says::List { list }, None);
        letter.background.incidents = vec![world().incident(new())];
        letter.background.total = total;
        said(&letter)
    };
    assert_eq!(labels(&page(0, 1)), ["0042"]);
    assert_eq!(labels(&page(0, 10)), ["0042"]);
    assert_eq!(labels(&page(0, 11)), ["0042", "▶"]);
    assert_eq!(labels(&page(1, 11)), ["0042", "◀"]);
    let middle = page(1, 21);
    assert!(middle.text.ends_with("Page 2 of 3"), "{}", middle.text);
    let incident = world().incident(new()).identity.id;
    assert_eq!(
        buttons(&middle),
        [
            Button::Show { incident },
            Button::List { of, page: 0 },
            Button::List { of, page: 2 },
        ]
    );
}

#[test]
fn a_list_calls_nobody() {
    let list = List {
        of: ListOf::Mine(MARI),
        page: 0,
    };
    let mut letter = world().letter(Says::List { list }, None);
    letter.background.incidents = vec![world().incident(awaiting_summary())];
    letter.background.total = 1;
    let text = said(&letter).text;
    assert!(
        text.contains("🙋 Jaan") && !text.contains("tg://"),
        "{text}"
    );
}

#[test]
fn a_time_zone_button_means_its_place_in_the_list() {
    let rendered = said(&panel(Panel::TimeZone));
    for (index, zone) in TIME_ZONES.iter().enumerate() {
        let key = &rendered.keyboard[index / 2][index % 2];
        assert!(key.label.ends_with(zone.name()), "{}", key.label);
        let index = u16::try_from(index).unwrap();
        let change = Change::TimeZone(index);
        let group = GroupId(1);
        assert_eq!(key.press, Press::Data(Button::Configure { group, change }));
    }
    assert_eq!(labels(&rendered).first(), Some(&"✓ Europe/Tallinn"));
}

#[test]
fn default_departments_are_known_in_whichever_language_they_were_made() {
    let mut letter = panel(Panel::DefaultDepartments);
    let mut group = world().group();
    if let Some(first) = group.departments.first_mut() {
        first.name = "Köök".to_owned();
    }
    group.departments.truncate(1);
    letter.background.group = Some(Arc::new(group));
    let rendered = said(&letter);
    assert_eq!(
        labels(&rendered),
        [
            "Maintenance",
            "Housekeeping",
            "Reception",
            "✓ Kitchen",
            "Dispatch",
            "‹ Back"
        ]
    );
    let group = GroupId(1);
    for (index, wanted) in [(0, true), (3, false)] {
        let change = Change::DefaultDepartment { index, wanted };
        assert!(buttons(&rendered).contains(&Button::Configure { group, change }));
    }
}

#[test]
fn back_leads_to_the_set_up_while_it_lasts() {
    let back = |set_up| {
        let mut letter = panel(Panel::Language);
        let mut group = world().group();
        group.settings.set_up = set_up;
        letter.background.group = Some(Arc::new(group));
        buttons(&said(&letter)).last().copied()
    };
    let open = |panel| {
        let change = Change::Open(panel);
        let group = GroupId(1);
        Some(Button::Configure { group, change })
    };
    assert_eq!(back(false), open(Panel::SetUp));
    assert_eq!(back(true), open(Panel::Settings));
}

#[test]
fn a_request_can_be_answered_while_it_is_unanswered() {
    let says = Says::JoinRequested {
        person: MARI,
        department: KITCHEN,
    };
    let mut letter = world().letter(says, None);
    assert!(said(&letter).keyboard.is_empty());
    let request = JoinRequestId(5);
    letter.background.join_request = Some(request);
    let answer = |approve| Button::AnswerJoin(JoinAnswer { request, approve });
    assert_eq!(buttons(&said(&letter)), [answer(true), answer(false)]);
}

#[test]
fn in_private_one_is_offered_what_one_is_not_yet() {
    assert_eq!(
        labels(&said(&world().private(Says::Membership))),
        ["Leave Maintenance", "Join Kitchen", "Join Dispatch"]
    );
    assert_eq!(
        labels(&said(&world().letter(Says::Membership, None))).len(),
        6
    );
}
