//! What requesters are asked and told: where their reports go, and what was recorded for the group.

use std::sync::Arc;

use actors::domain::place::NAME_LIMIT;
use actors::domain::{
    GroupConfig, GroupId, Incident, IncidentId, PersonId, Place, Recording, Reporting, Says,
};
use actors::inbound::Button;
use actors::ports::Letter;

use super::answers::other_number;
use super::guide::{GROUPS_OFFERED, which_group};
use super::news::subject;
use super::page::Page;
use super::scene::Scene;
use super::settings::title;
use super::wording::{Filling, Phrase};
use super::{Attachment, Style, code, recurring};

/// What requesters are told, or what they recorded.
pub(super) fn page(scene: &Scene<'_>, letter: &Letter) -> Page {
    let groups = &letter.background.groups;
    match &letter.says {
        Says::Recording { recording: it, by } => recording(scene, it, *by),
        Says::WhichGroup { .. } => which_group(scene, groups),
        Says::WhichHome { present, .. } => which_home(scene, groups, *present),
        Says::HomeChosen { .. } => home_chosen(scene, groups),
        Says::AtPlace { place } => {
            let place = ("place", Filling::from(place_name(scene, place)));
            scene.say("at-place", &[place]).into()
        }
        Says::Code { place } => code_page(scene, place),
        Says::LooksLike {
            waiting,
            like,
            person,
        } => looks_like(
            scene,
            *waiting,
            (*like, *person),
            &letter.background.incidents,
        ),
        Says::Joined => joined(scene),
        Says::Recurring { offered } => {
            recurring::page(scene, &letter.background.recurring, *offered)
        }
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

/// Is it the same as that one?
fn looks_like(
    scene: &Scene<'_>,
    waiting: Option<i64>,
    (like, person): (IncidentId, PersonId),
    others: &[Incident],
) -> Page {
    let number = other_number(scene, others, like);
    let other = ("other", Filling::from(number.clone()));
    let Some(waiting) = waiting else {
        return scene.say("looks-like-another", &[other]).into();
    };
    let known = others.iter().find(|it| it.identity.id == like);
    let text = known.map_or_else(|| number, |it| scene.excerpt(it));
    let fillings = [
        ("person", scene.mention(person).into()),
        other.clone(),
        ("text", text.into()),
    ];
    let mut page = Page::of(scene.say("looks-like", &fillings));
    page.line(scene.say("looks-like-wait", &[]));
    let same = scene.voice.plain().say("button-same", &[other]);
    page.row([scene.labelled(
        &same,
        Button::Which {
            waiting,
            same: true,
        },
    )]);
    page.row([scene.key(
        "button-another",
        Button::Which {
            waiting,
            same: false,
        },
    )]);
    page
}

/// To who joined.
fn joined(scene: &Scene<'_>) -> Page {
    let mut page = Page::of(scene.say("joined", &[subject(scene)]));
    page.row(scene.card_key());
    page
}

/// A place's name, whole: it is short.
pub(super) fn place_name(scene: &Scene<'_>, name: &str) -> Phrase {
    scene.voice.given_name(name, NAME_LIMIT * 2)
}

/// What stands below the code of a place: for whom it is.
fn code_page(scene: &Scene<'_>, place: &str) -> Page {
    let Some(group) = scene.group else {
        return scene.say("settings-unavailable", &[]).into();
    };
    let fillings = [
        ("place", Filling::from(place_name(scene, place))),
        ("title", title(scene, group).into()),
    ];
    let mut page = Page::of(scene.say("code", &fillings));
    page.line(match group.settings.reporting {
        Reporting::Everyone => scene.say("code-everyone", &[]),
        Reporting::Registered => scene.say("code-registered", &[]),
    });
    page
}

/// The code of a place as a picture.
pub(super) fn code(place: &Place, style: &Style) -> Result<Attachment, String> {
    let link = code::link(&style.bot_username, place);
    Ok(Attachment {
        shown: true,
        name: "code.png".to_owned(),
        media_type: "image/png",
        bytes: code::picture(&place.name, &link)?,
    })
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
