//! A shift begins, or ends.

use actors::domain::notice::{LIST_PAGE_SIZE, ListOf, Menu};
use actors::domain::{DepartmentId, Incident};
use actors::inbound::{Button, Verb};
use actors::ports::Background;
use chrono::{DateTime, Utc};

use super::super::card::verb_button;
use super::super::list::entries;
use super::super::news::lateness;
use super::super::page::Page;
use super::super::scene::{Scene, number_of};
use super::super::settings::title;
use super::super::wording::{Filling, Phrase};

/// How many incidents a digest shows, over all departments: a screen or two of a phone.
const SHOWN: usize = LIST_PAGE_SIZE as usize;

/// What waits where somebody's shift begins.
pub(super) fn digest(
    scene: &Scene<'_>,
    departments: &[DepartmentId],
    absent_minutes: Option<i64>,
    background: &Background,
) -> Page {
    let names: Vec<Phrase> = departments.iter().map(|it| scene.department(*it)).collect();
    let fillings = [
        ("departments", Filling::from(scene.voice.series(&names))),
        ("count", i64::from(background.total).into()),
    ];
    let mut page = Page::of(scene.say("digest", &fillings));
    of_group(scene, &mut page);
    lateness(scene, absent_minutes, &mut page);
    let shown = background.incidents.get(..SHOWN);
    let shown = shown.unwrap_or(&background.incidents);
    entries(scene, shown, &mut page);
    let show = |incident: &Incident| {
        let number = number_of(incident.identity.number);
        let incident = incident.identity.id;
        scene.labelled(&number, Button::Show { incident })
    };
    page.rows(shown.iter().map(show).collect(), 5);
    for department in departments {
        let name = ("department", Filling::from(scene.department(*department)));
        let label = scene.say("button-unclaimed", &[name]);
        let of = ListOf::Unclaimed(*department);
        page.row([scene.labelled(&label, Button::List { of, page: 0 })]);
    }
    page
}

/// Whose incidents these are, where somebody may work for several groups.
fn of_group(scene: &Scene<'_>, page: &mut Page) {
    if let Some(group) = scene.group.filter(|it| !it.siblings.is_empty()) {
        let title = ("title", Filling::from(title(scene, group)));
        page.line(scene.say("of-group", &[title]));
    }
}

/// What becomes of what somebody owns, now that they go?
pub(super) fn ending(
    scene: &Scene<'_>,
    until: DateTime<Utc>,
    absent_minutes: Option<i64>,
    background: &Background,
) -> Page {
    let time = ("time", Filling::from(scene.moment(until)));
    let id = match scene.voice.now < until {
        true => "shift-ends",
        false => "shift-ended",
    };
    let mut page = Page::of(scene.say(id, &[time]));
    of_group(scene, &mut page);
    lateness(scene, absent_minutes, &mut page);
    if background.incidents.is_empty() {
        page.line(scene.say("shift-nothing-left", &[]));
        return page;
    }
    page.line(scene.say("shift-what-becomes", &[]));
    if scene.voice.now < until {
        page.line(scene.say("shift-goes-back", &[]));
    }
    entries(scene, &background.incidents, &mut page);
    for incident in &background.incidents {
        let key = |id, verb| {
            let number = ("number", Filling::from(number_of(incident.identity.number)));
            let label = scene.say(id, &[number]);
            scene.labelled(&label, verb_button(incident, verb))
        };
        page.row([
            key("button-keep", Verb::StillOnIt),
            key("button-give-over", Verb::Menu(Menu::HandOver)),
            key("button-give-back", Verb::Leave),
        ]);
    }
    page
}
