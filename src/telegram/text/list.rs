//! Lists of incidents: two lines each, ten a page, a button for each.
//!
//! They name people without calling them: who asks for a list wakes nobody.

use actors::domain::Incident;
use actors::domain::notice::{LIST_PAGE_SIZE, List, ListOf};
use actors::inbound::Button;

use super::card::state;
use super::marks;
use super::page::Page;
use super::scene::{Scene, number_of};
use super::settings::title;
use super::wording::{Filling, Phrase};

/// How many buttons stand in a row: more would cut their numbers on a phone.
const KEYS_PER_ROW: usize = 5;

/// A page of a list.
pub(super) fn page(scene: &Scene<'_>, list: &List, incidents: &[Incident], total: u32) -> Page {
    if incidents.is_empty() && list.page == 0 {
        return nothing(scene, list.of).into();
    }
    let mut page = Page::of(heading(scene, list.of, total));
    entries(scene, incidents, &mut page);
    let numbers = incidents.iter().map(|incident| {
        let button = Button::Show {
            incident: incident.identity.id,
        };
        scene.labelled(&number_of(incident.identity.number), button)
    });
    page.rows(numbers.collect(), KEYS_PER_ROW);
    let of = list.of;
    turn(
        scene,
        &mut page,
        list.page,
        total.div_ceil(LIST_PAGE_SIZE),
        |page| Button::List { of, page },
    );
    page
}

/// Two lines for each, and one more where they are of several groups.
pub(super) fn entries(scene: &Scene<'_>, incidents: &[Incident], page: &mut Page) {
    for incident in incidents {
        page.gap();
        page.line(entry(scene, incident));
        let mut groups = scene.groups.iter();
        if let Some(group) = groups.find(|it| it.id == incident.identity.group) {
            let title = ("title", title(scene, group).into());
            page.line(scene.say("of-group", &[title]));
        }
        let text = ("text", scene.excerpt(incident).into());
        page.line(scene.say("list-excerpt", &[text]));
    }
}

/// Buttons to the neighbouring pages, and where one is.
pub(super) fn turn(
    scene: &Scene<'_>,
    page: &mut Page,
    present: u32,
    pages: u32,
    button: impl Fn(u32) -> Button,
) {
    if pages < 2 {
        return;
    }
    let fillings = [
        ("page", Filling::from(i64::from(present) + 1)),
        ("pages", Filling::from(i64::from(pages))),
    ];
    page.gap();
    page.line(scene.say("page-of-pages", &fillings));
    let earlier = present
        .checked_sub(1)
        .map(|earlier| scene.key("button-previous-page", button(earlier)));
    let later = (present + 1 < pages).then(|| scene.key("button-next-page", button(present + 1)));
    page.row(earlier.into_iter().chain(later));
}

fn heading(scene: &Scene<'_>, of: ListOf, total: u32) -> Phrase {
    let count = ("count", Filling::from(i64::from(total)));
    match of {
        ListOf::Mine(_) | ListOf::Owned(_) => scene.say("list-mine", &[count]),
        ListOf::Unclaimed(department) => {
            let department = ("department", scene.department(department).into());
            scene.say("list-unclaimed", &[count, department])
        }
        ListOf::Open(None) => scene.say("list-open", &[count]),
        ListOf::Open(Some(department)) => {
            let department = ("department", scene.department(department).into());
            scene.say("list-open-in-department", &[count, department])
        }
    }
}

fn nothing(scene: &Scene<'_>, of: ListOf) -> Phrase {
    match of {
        ListOf::Mine(_) | ListOf::Owned(_) => scene.say("list-mine-empty", &[]),
        ListOf::Unclaimed(department) => {
            let department = ("department", scene.department(department).into());
            scene.say("list-unclaimed-empty", &[department])
        }
        ListOf::Open(None) => scene.say("list-open-empty", &[]),
        ListOf::Open(Some(department)) => {
            let department = ("department", scene.department(department).into());
            scene.say("list-open-in-department-empty", &[department])
        }
    }
}

fn entry(scene: &Scene<'_>, incident: &Incident) -> Phrase {
    let place = match incident.department() {
        Some(department) => scene.department(department),
        None => state(scene, &incident.stage),
    };
    let holder = match incident.work() {
        Some(work) => {
            let owner = ("person", scene.name(work.owner).into());
            scene.say("list-owner", &[owner])
        }
        None => {
            let time = scene.moment(incident.opened_at);
            scene.say("list-since", &[("time", time.into())])
        }
    };
    let fillings = [
        ("mark", marks::stage(&incident.stage).into()),
        ("number", number_of(incident.identity.number).into()),
        ("place", place.into()),
        ("holder", holder.into()),
    ];
    scene.say("list-entry", &fillings)
}
