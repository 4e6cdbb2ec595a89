//! What triage said, beside what people set: missed criticals first.

use actors::domain::kpi::{Overview, Ratings};
use actors::domain::{Incident, Urgency};
use actors::inbound::Button;

use super::super::card::urgency_name;
use super::super::page::Page;
use super::super::scene::{Scene, number_of};
use super::super::wording::{Filling, Phrase};

/// How many missed criticals a caption names: it holds a quarter of what a message does.
const CAPTION_NAMES: usize = 1;

/// How much of a title is shown, in UTF-16 units: of a few in a caption, of each in a list.
const SHORT_TITLE: usize = 22;
const TITLE: usize = 80;

/// How many buttons stand in a row.
const KEYS_PER_ROW: usize = 5;

/// Before the figures of a report: the criticals that were missed.
pub(super) fn missed(scene: &Scene<'_>, page: &mut Page, overview: &Overview) {
    let count = overview.ratings.missed_criticals();
    if count == 0 {
        return;
    }
    let shown = overview.missed.iter().take(CAPTION_NAMES);
    let mut names: Vec<Phrase> = shown
        .map(|incident| named(scene, "ratings-missed-short", incident, SHORT_TITLE))
        .collect();
    let more = i64::from(count) - i64::try_from(names.len()).unwrap_or(0);
    if more > 0 {
        names.push(scene.say("and-more", &[("count", more.into())]));
    }
    let names = ("names", scene.voice.series(&names).into());
    page.line(scene.say("ratings-missed-names", &[names]));
}

/// Among the figures of a report: how often people thought otherwise. Where criticals were missed,
/// that is said before all else, and beside calls a caption has no room for both.
pub(super) fn summary(scene: &Scene<'_>, page: &mut Page, overview: &Overview) {
    let ratings = &overview.ratings;
    let said = ratings.missed_criticals() > 0 && overview.whole.calls > 0;
    if ratings.rated() > 0 && !said {
        let fillings = [
            ("rated", Filling::from(i64::from(ratings.rated()))),
            ("changed", Filling::from(i64::from(ratings.changed()))),
        ];
        page.line(scene.say("ratings-summary", &fillings));
    }
}

/// All of it.
pub(super) fn table(scene: &Scene<'_>, mut page: Page, overview: &Overview) -> Page {
    page.line(scene.say("ratings-title", &[])).gap();
    let ratings = &overview.ratings;
    if ratings.rated() == 0 {
        page.line(scene.say("ratings-nothing", &[]));
        return page;
    }
    let missed = ratings.missed_criticals();
    if missed > 0 {
        let count = ("count", i64::from(missed).into());
        page.line(scene.say("ratings-missed", &[count]));
        for incident in &overview.missed {
            page.line(named(scene, "ratings-missed-entry", incident, TITLE));
        }
        page.gap();
    }
    for said in Urgency::ALL {
        said_line(scene, &mut page, ratings, said);
    }
    page.gap().line(scene.say("ratings-definitions", &[]));
    let numbers = overview.missed.iter().map(|incident| {
        let number = number_of(incident.identity.number);
        let incident = incident.identity.id;
        scene.labelled(&number, Button::Show { incident })
    });
    page.rows(numbers.collect(), KEYS_PER_ROW);
    page
}

fn said_line(scene: &Scene<'_>, page: &mut Page, ratings: &Ratings, said: Urgency) {
    let left = ratings.times(said, None);
    let sets: Vec<(Urgency, u32)> = Urgency::ALL
        .map(|set| (set, ratings.times(said, Some(set))))
        .into_iter()
        .filter(|(_, times)| *times > 0)
        .collect();
    if left == 0 && sets.is_empty() {
        return;
    }
    let mut parts = Vec::new();
    if left > 0 {
        parts.push(scene.say("ratings-left", &[("count", i64::from(left).into())]));
    }
    parts.extend(sets.into_iter().map(|(set, times)| {
        let urgency = ("urgency", urgency_name(scene, set).into());
        let count = ("count", i64::from(times).into());
        scene.say("ratings-set", &[urgency, count])
    }));
    let said = ("urgency", urgency_name(scene, said).into());
    let parts = ("parts", scene.voice.series(&parts).into());
    page.line(scene.say("ratings-said", &[said, parts]));
}

/// A missed one: its number, what it is about, and what was said of it.
fn named(scene: &Scene<'_>, id: &str, incident: &Incident, limit: usize) -> Phrase {
    let found = incident.triage.assessment.as_ref();
    let title = found.map_or("", |it| it.title.as_str());
    let said = found.and_then(|it| it.urgency);
    let fillings = [
        ("number", number_of(incident.identity.number).into()),
        ("title", scene.voice.given_name(title, limit).into()),
        (
            "said",
            said.map_or_else(
                || scene.say("unnamed", &[]),
                |said| urgency_name(scene, said),
            )
            .into(),
        ),
    ];
    scene.say(id, &fillings)
}
