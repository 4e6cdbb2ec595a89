//! What comes again in a group, and when.

use actors::domain::recurring::{Overlap, RULES_LIMIT, Recurring};
use actors::domain::{GroupConfig, RecurringId};
use actors::inbound::{Button, Change};

use super::Key;
use super::duty::days_in_words;
use super::page::Page;
use super::scene::Scene;
use super::wording::{Filling, Phrase};

/// How much of what is to be done is shown, in UTF-16 units: a page of them fits one message.
const WORDS_LIMIT: usize = 80;

/// What comes again, numbered, with buttons for those who may change it.
pub(super) fn page(scene: &Scene<'_>, all: &[Recurring], offered: bool) -> Page {
    let Some(group) = scene.group else {
        return scene.say("settings-unavailable", &[]).into();
    };
    let mut page = Page::of(scene.say("recurring", &[]));
    if all.is_empty() {
        page.line(scene.say("recurring-none", &[]));
    }
    for (number, one) in (1..).zip(all.iter().take(RULES_LIMIT)) {
        page.line(line(scene, group, number, one));
        if offered {
            page.row(keys(scene, group, number, one));
        }
    }
    if offered {
        page.gap().line(scene.say("recurring-how", &[]));
    }
    page
}

fn line(scene: &Scene<'_>, group: &GroupConfig, number: i64, one: &Recurring) -> Phrase {
    let rule = &one.rule;
    let time = format!("{:02}:{:02}", rule.minute / 60, rule.minute % 60);
    let next = rule.next_after(group.settings.time_zone, scene.voice.now);
    let fillings = [
        ("position", Filling::from(number)),
        ("days", days_in_words(scene, rule.days).into()),
        ("time", Phrase::ready(time).into()),
        ("text", scene.voice.line(&rule.text, WORDS_LIMIT).into()),
        ("next", scene.moment(next).into()),
    ];
    let line = scene.say("recurring-line", &fillings);
    match rule.department {
        Some(department) => {
            let department = ("department", scene.department(department).into());
            scene.say("recurring-of", &[("line", line.into()), department])
        }
        None => line,
    }
}

fn keys(scene: &Scene<'_>, group: &GroupConfig, number: i64, one: &Recurring) -> [Key; 2] {
    let (id, other) = match one.rule.overlap {
        Overlap::Skip => ("button-recurring-stack", Overlap::Stack),
        Overlap::Stack => ("button-recurring-skip", Overlap::Skip),
    };
    let key = |label, change| {
        let label = scene.say(label, &[("position", number.into())]);
        let group = group.id;
        scene.labelled(&label, Button::Configure { group, change })
    };
    let which: RecurringId = one.id;
    [
        key("button-recurring-drop", Change::DropRecurring(which)),
        key(id, Change::Overlap(which, other)),
    ]
}
