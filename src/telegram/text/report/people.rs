//! Who did what.

use actors::domain::PersonId;
use actors::domain::kpi::{Deeds, Overview};
use chrono::Duration;

use super::super::page::Page;
use super::super::scene::Scene;
use super::super::wording::{Filling, Phrase};

/// How many people a message names: each takes up to a hundred characters of its four thousand.
const NAMED: usize = 25;

/// A line for each person, who did most first.
pub(super) fn table(scene: &Scene<'_>, mut page: Page, overview: &Overview) -> Page {
    page.line(scene.say("people-title", &[])).gap();
    if overview.people.is_empty() {
        page.line(scene.say("people-nobody", &[]));
        return page;
    }
    for (person, deeds) in overview.people.iter().take(NAMED) {
        page.line(line(scene, *person, deeds));
    }
    let more = overview.people.len().saturating_sub(NAMED);
    if more > 0 {
        let count = i64::try_from(more).unwrap_or(i64::MAX);
        page.line(scene.say("and-more", &[("count", count.into())]));
    }
    page.gap().line(scene.say("people-definitions", &[]));
    page
}

fn line(scene: &Scene<'_>, person: PersonId, deeds: &Deeds) -> Phrase {
    let number = |name, count: u32| (name, Filling::from(i64::from(count)));
    // Who only came too late has not worked for a tenth of a second.
    let active = match deeds.active < Duration::minutes(1) {
        true => scene.say("duration-minutes", &[("minutes", 0.into())]),
        false => scene.voice.duration(deeds.active),
    };
    let fillings = [
        ("person", scene.name(person).into()),
        number("claims", deeds.claims),
        number("resolved", deeds.resolved),
        number("lost", deeds.lost_claims),
        ("active", active.into()),
    ];
    scene.say("people-line", &fillings)
}
