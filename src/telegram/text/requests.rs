//! What requesters are asked and told: where their reports go, and what was recorded for the group.

use std::sync::Arc;

use actors::domain::{GroupConfig, GroupId, PersonId, Recording, Says};
use actors::inbound::Button;
use actors::ports::Letter;

use super::guide::{GROUPS_OFFERED, which_group};
use super::news::subject;
use super::page::Page;
use super::scene::Scene;
use super::settings::title;
use super::wording::Filling;

/// What requesters are told, or what they recorded.
pub(super) fn page(scene: &Scene<'_>, letter: &Letter) -> Page {
    let groups = &letter.background.groups;
    match &letter.says {
        Says::Recording { recording: it, by } => recording(scene, it, *by),
        Says::WhichGroup { .. } => which_group(scene, groups),
        Says::WhichHome { present, .. } => which_home(scene, groups, *present),
        Says::HomeChosen { .. } => home_chosen(scene, groups),
        // `render` sends no others here.
        _ => Page::default(),
    }
}

/// Something recorded about an incident, for the group.
fn recording(scene: &Scene<'_>, recording: &Recording, by: PersonId) -> Page {
    let by = ("person", Filling::from(scene.name(by)));
    let mut page = Page::of(scene.say("news-recording", &[subject(scene), by]));
    page.recording(recording);
    page
}

/// To which group shall private reports go?
fn which_home(scene: &Scene<'_>, groups: &[Arc<GroupConfig>], present: Option<GroupId>) -> Page {
    if let [only] = groups {
        return home_chosen(scene, std::slice::from_ref(only));
    }
    let mut page = Page::of(scene.say("which-home", &[]));
    for group in groups.iter().take(GROUPS_OFFERED) {
        let ticked = present == Some(group.id);
        let button = Button::ReportTo { group: group.id };
        page.row([scene.choice(scene.plain_title(group), ticked, button)]);
    }
    page
}

/// Private reports go to that group.
fn home_chosen(scene: &Scene<'_>, groups: &[Arc<GroupConfig>]) -> Page {
    match groups.first() {
        Some(group) => {
            let name = ("title", Filling::from(title(scene, group)));
            scene.say("home-chosen", &[name]).into()
        }
        None => scene.say("settings-unavailable", &[]).into(),
    }
}
