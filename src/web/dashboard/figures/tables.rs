//! The figures as tiles and tables.

use actors::domain::Urgency;
use actors::domain::kpi::{Figures, Ratings, Times};
use maud::{Markup, html};

use super::super::layout::Tongue;
use super::{Account, median, percent};

/// What counts first.
pub(super) fn key_figures(tongue: &Tongue<'_>, account: &Account) -> Markup {
    let whole = &account.overview.whole;
    let tiles = [
        ("figures-created", whole.created.to_string()),
        ("figures-closed", whole.closed.to_string()),
        ("tally-open", whole.open_now.to_string()),
        ("figures-in-time", percent(whole.target_met())),
        ("figures-response", median(tongue, whole.response)),
        ("figures-resolution", median(tongue, whole.resolution)),
    ];
    html! {
        ul.tiles.six {
            @for (id, value) in tiles {
                li { div.tile { strong { (value) } span { (tongue.say(id)) } } }
            }
        }
    }
}

/// A table with these columns; the first names the row.
fn table(
    tongue: &Tongue<'_>,
    (title, columns): (&str, &[&str]),
    rows: &[(Markup, Vec<String>)],
) -> Markup {
    html! {
        section.card {
            h2 { (tongue.say(title)) }
            div.wide {
                table {
                    thead {
                        tr {
                            td {}
                            @for column in columns { th scope="col" { (tongue.say(column)) } }
                        }
                    }
                    tbody {
                        @for (name, cells) in rows {
                            tr {
                                th scope="row" { (name) }
                                @for cell in cells { td { (cell) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// How long things took, and what else was counted.
pub(super) fn measured(tongue: &Tongue<'_>, account: &Account) -> Markup {
    let whole = &account.overview.whole;
    let times = [
        ("figures-response-time", whole.response),
        ("figures-resolution-time", whole.resolution),
        ("lane-on-hold", whole.on_hold),
        ("figures-acknowledging", whole.acknowledging),
    ];
    let rows: Vec<(Markup, Vec<String>)> = times
        .into_iter()
        .filter_map(|(id, times)| Some((html! { (tongue.say(id)) }, cells_of(tongue, times?))))
        .collect();
    let counts = [
        ("figures-auto-closed", whole.auto_closed),
        ("figures-reopened", whole.reopened),
        ("figures-lost", whole.lost_claims),
        ("figures-calls", whole.calls),
        ("figures-undelivered", whole.undelivered_calls),
        ("figures-acknowledged", whole.acknowledged),
        ("figures-impossible", whole.impossible),
    ];
    let columns = [
        "figures-median",
        "figures-most",
        "figures-mean",
        "figures-count",
    ];
    html! {
        @if !rows.is_empty() { (table(tongue, ("figures-times", &columns), &rows)) }
        @if counts.iter().any(|(_, count)| *count > 0) {
            section.card {
                dl.facts {
                    @for (id, count) in counts {
                        @if count > 0 { dt { (tongue.say(id)) } dd { (count) } }
                    }
                }
            }
        }
    }
}

fn cells_of(tongue: &Tongue<'_>, times: Times) -> Vec<String> {
    vec![
        tongue.took(times.median),
        tongue.took(times.p90),
        tongue.took(times.mean),
        times.count.to_string(),
    ]
}

const COUNTED: [&str; 6] = [
    "figures-created",
    "figures-closed",
    "tally-open",
    "figures-in-time",
    "figures-response",
    "figures-resolution",
];

fn counted(tongue: &Tongue<'_>, figures: &Figures) -> Vec<String> {
    vec![
        figures.created.to_string(),
        figures.closed.to_string(),
        figures.open_now.to_string(),
        percent(figures.target_met()),
        median(tongue, figures.response),
        median(tongue, figures.resolution),
    ]
}

/// By group, where there are several.
pub(super) fn groups(tongue: &Tongue<'_>, account: &Account) -> Markup {
    let rows = account.overview.groups.iter().map(|group| {
        let name = tongue.called(&group.title);
        (html! { (name) }, counted(tongue, &group.figures))
    });
    let rows: Vec<_> = rows.collect();
    html! {
        @if !rows.is_empty() { (table(tongue, ("figures-by-group", &COUNTED), &rows)) }
    }
}

/// By department.
pub(super) fn departments(tongue: &Tongue<'_>, account: &Account) -> Markup {
    let rows = account.overview.departments.iter().map(|(id, figures)| {
        let name = match account.group.department(*id) {
            Some(department) => tongue.called(&department.name),
            None => tongue.say("department-gone"),
        };
        (html! { (name) }, counted(tongue, figures))
    });
    let rows: Vec<_> = rows.collect();
    html! {
        @if !rows.is_empty() { (table(tongue, ("figures-by-department", &COUNTED), &rows)) }
    }
}

/// By urgency.
pub(super) fn urgencies(tongue: &Tongue<'_>, account: &Account) -> Markup {
    let rows = account.overview.urgencies.iter();
    let rows: Vec<_> = rows
        .map(|(urgency, figures)| (tongue.badge(*urgency), counted(tongue, figures)))
        .collect();
    table(tongue, ("figures-by-urgency", &COUNTED), &rows)
}

/// Who did what.
pub(super) fn people(tongue: &Tongue<'_>, account: &Account) -> Markup {
    let reading = tongue.reading(Some(&account.group), &account.people);
    let [_, definitions, _] = tongue.words.definitions(&reading);
    let rows = account.overview.people.iter().map(|(person, deeds)| {
        let name = tongue.words.name(&reading, *person);
        let active = match deeds.active < chrono::Duration::minutes(1) {
            true => "–".to_owned(),
            false => tongue.took(deeds.active),
        };
        let cells = vec![
            deeds.claims.to_string(),
            deeds.resolved.to_string(),
            active,
            deeds.lost_claims.to_string(),
        ];
        (html! { (name) }, cells)
    });
    let rows: Vec<_> = rows.collect();
    let columns = [
        "people-claimed",
        "people-resolved",
        "people-active",
        "people-late",
    ];
    html! {
        @if !rows.is_empty() {
            (table(tongue, ("figures-by-person", &columns), &rows))
            p.hint { (definitions) }
        }
    }
}

/// What was said against what was set; what agrees is on the diagonal.
pub(super) fn ratings(tongue: &Tongue<'_>, ratings: &Ratings) -> Markup {
    let missed = |said, set| said != Urgency::Critical && set == Some(Urgency::Critical);
    html! {
        div.wide {
            table.ratings {
                thead {
                    tr {
                        td {}
                        @for set in Urgency::ALL {
                            th scope="col" { (tongue.say("ratings-people")) " " (tongue.badge(Some(set))) }
                        }
                        th scope="col" { (tongue.say("ratings-nobody")) }
                    }
                }
                tbody {
                    @for said in Urgency::ALL {
                        tr {
                            th scope="row" { (tongue.say("ratings-ai")) " " (tongue.badge(Some(said))) }
                            @for set in Urgency::ALL.into_iter().map(Some).chain([None]) {
                                @let times = ratings.times(said, set);
                                @let kind = match (times, missed(said, set)) {
                                    (0, _) => Some("none"),
                                    (_, true) => Some("missed"),
                                    (_, false) if set == Some(said) || set.is_none() => Some("agreed"),
                                    (_, false) => None,
                                };
                                td class=[kind] { (times) }
                            }
                        }
                    }
                }
            }
        }
    }
}
