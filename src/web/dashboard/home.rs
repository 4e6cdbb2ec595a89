//! What is open in the groups of a visitor, what presses first on top.

use std::collections::HashMap;
use std::sync::Arc;

use actors::domain::lease::resolution_due;
use actors::domain::{DepartmentId, GroupConfig, GroupId, Incident, Person, Stage, Urgency};
use actors::ports::{BOARD_GROUPS, Board, BoardFilter, Lane, Tally};
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Duration, Utc};
use maud::{Markup, html};

use super::layout::{Place, Tongue, framed};
use super::visitor::{self, Visitor, spoken};
use super::{Dashboard, Shown};

/// How many stand on a page: a screen of a desk, a few swipes of a phone.
const PAGE_SIZE: u32 = 30;

/// Pages after this are not asked for: nobody turns so many.
const LAST_PAGE: u32 = 10_000;

/// How much of a title is shown, in UTF-16 units: two lines of a phone.
const TITLE: usize = 90;

/// What a visitor wants to see.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Wish {
    group: Option<GroupId>,
    department: Option<DepartmentId>,
    urgency: Option<Urgency>,
    lane: Option<Lane>,
    late: bool,
    page: u32,
}

impl Wish {
    /// What an address asks for; what it asks for in vain is left out.
    fn of(asked: &HashMap<String, String>, visitor: &Visitor) -> Self {
        let said = |name: &str| asked.get(name).map(String::as_str).unwrap_or_default();
        let group = said("group").parse().ok().map(GroupId);
        let department = said("department").parse().ok().map(DepartmentId);
        let knows =
            |id: &DepartmentId| visitor.groups.iter().any(|it| it.department(*id).is_some());
        Self {
            group: group.filter(|group| visitor.group(*group).is_some()),
            department: department.filter(knows),
            urgency: Urgency::ALL
                .into_iter()
                .find(|it| urgency_word(*it) == said("urgency")),
            lane: Lane::named(said("state")),
            late: said("late") == "yes",
            page: said("page").parse().unwrap_or(1).clamp(1, LAST_PAGE) - 1,
        }
    }

    fn filter(&self, visitor: &Visitor) -> BoardFilter {
        let all = visitor.groups.iter().map(|group| group.id);
        BoardFilter {
            groups: match self.group {
                Some(group) => vec![group],
                None => all.take(BOARD_GROUPS).collect(),
            },
            department: self.department,
            urgency: self.urgency,
            lane: self.lane,
            late: self.late,
            offset: self.page * PAGE_SIZE,
            limit: PAGE_SIZE,
        }
    }

    /// Those that are late, from a later page.
    #[cfg(test)]
    pub(super) fn late_ones(page: u32) -> Self {
        Self {
            late: true,
            page,
            ..Self::default()
        }
    }

    fn is_narrow(&self) -> bool {
        let all = Self {
            group: self.group,
            page: self.page,
            ..Self::default()
        };
        *self != all
    }

    /// The address that asks for it.
    fn address(&self) -> String {
        let mut parts = Vec::new();
        parts.extend(self.group.map(|it| format!("group={it}")));
        parts.extend(self.department.map(|it| format!("department={it}")));
        parts.extend(
            self.urgency
                .map(|it| format!("urgency={}", urgency_word(it))),
        );
        parts.extend(self.lane.map(|it| format!("state={}", it.name())));
        parts.extend(self.late.then(|| "late=yes".to_owned()));
        parts.extend((self.page > 0).then(|| format!("page={}", self.page + 1)));
        match parts.is_empty() {
            true => "/".to_owned(),
            false => format!("/?{}", parts.join("&")),
        }
    }

    /// The same with something else, from its first page.
    fn but(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut other = Self {
            page: 0,
            ..self.clone()
        };
        change(&mut other);
        other
    }
}

fn urgency_word(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Critical => "critical",
        Urgency::SameDay => "same-day",
        Urgency::Planned => "planned",
    }
}

/// The page.
pub(super) async fn show(
    State(dashboard): State<Arc<Dashboard>>,
    Query(asked): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    let language = spoken(&headers);
    dashboard.answer(shown(&dashboard, &asked, &headers).await, language)
}

async fn shown(
    dashboard: &Dashboard,
    asked: &HashMap<String, String>,
    headers: &HeaderMap,
) -> Shown {
    let visitor = visitor::of(dashboard, headers).await?;
    let wish = Wish::of(asked, &visitor);
    let now = dashboard.clock.now();
    let board = dashboard.store.board(&wish.filter(&visitor), now).await?;
    let mut named: Vec<_> = board.incidents.iter().flat_map(Incident::people).collect();
    named.sort_unstable();
    named.dedup();
    let people = dashboard.store.people(&named).await?;
    let tongue = dashboard.tongue(visitor.language);
    Ok(page(&tongue, &visitor, &wish, (&board, &people)).into_response())
}

pub(super) fn page(
    tongue: &Tongue<'_>,
    visitor: &Visitor,
    wish: &Wish,
    (board, people): (&Board, &[Person]),
) -> Markup {
    let title = tongue.say("board-title");
    let body = html! {
        h1.unseen { (title) }
        (tally(tongue, wish, board.tally))
        (filters(tongue, visitor, wish))
        @if visitor.groups.len() > BOARD_GROUPS && wish.group.is_none() {
            p.hint { (tongue.say("board-some-groups")) }
        }
        @if board.incidents.is_empty() {
            p.empty {
                @if wish.is_narrow() { (tongue.say("board-nothing-fits")) }
                @else { (tongue.say("board-empty")) }
            }
        } @else {
            ol.board {
                @for incident in &board.incidents {
                    (entry(tongue, visitor, incident, people))
                }
            }
            (pages(tongue, wish, board.total))
        }
    };
    framed(tongue, visitor, (Some(Place::Board), &title), body)
}

/// How many of each kind, and the way to see only those.
fn tally(tongue: &Tongue<'_>, wish: &Wish, tally: Tally) -> Markup {
    let only = |change: fn(&mut Wish)| {
        let mut other = Wish {
            group: wish.group,
            ..Wish::default()
        };
        change(&mut other);
        other
    };
    let tiles = [
        ("tally-open", tally.open, "tile", only(|_| {})),
        (
            "tally-critical",
            tally.critical,
            "tile critical",
            only(|it| it.urgency = Some(Urgency::Critical)),
        ),
        (
            "tally-late",
            tally.late,
            "tile late",
            only(|it| it.late = true),
        ),
        (
            "tally-unclaimed",
            tally.unclaimed,
            "tile unclaimed",
            only(|it| it.lane = Some(Lane::Unclaimed)),
        ),
    ];
    html! {
        ul.tiles {
            @for (id, count, kind, other) in &tiles {
                @let present = (other == wish).then_some("true");
                li {
                    a class=(kind) href=(other.address()) aria-current=[present]
                        data-none[*count == 0] {
                        strong { (count) } span { (tongue.say(id)) }
                    }
                }
            }
        }
    }
}

/// A row of choices: each with what it is called, and where it leads.
fn choices(tongue: &Tongue<'_>, label: &str, choices: &[(String, Wish)], wish: &Wish) -> Markup {
    let present = |other: &Wish| {
        let same = Wish {
            page: 0,
            ..wish.clone()
        } == *other;
        same.then_some("true")
    };
    html! {
        div.choices role="group" aria-label=(tongue.say(label)) {
            span.label { (tongue.say(label)) }
            div.chips {
                @for (called, other) in choices {
                    a.chip href=(other.address()) aria-current=[present(other)] { (called) }
                }
            }
        }
    }
}

fn filters(tongue: &Tongue<'_>, visitor: &Visitor, wish: &Wish) -> Markup {
    let all = || tongue.say("board-all");
    let mut groups = vec![(
        all(),
        wish.but(|it| (it.group, it.department) = (None, None)),
    )];
    groups.extend(visitor.groups.iter().map(|group| {
        let other = wish.but(|it| (it.group, it.department) = (Some(group.id), None));
        (tongue.called(&group.title), other)
    }));
    let mut departments = vec![(all(), wish.but(|it| it.department = None))];
    departments.extend(
        departments_of(visitor, wish)
            .map(|(id, name)| (tongue.called(name), wish.but(|it| it.department = Some(id)))),
    );
    let mut urgencies = vec![(all(), wish.but(|it| it.urgency = None))];
    urgencies.extend(Urgency::ALL.map(|urgency| {
        let other = wish.but(|it| it.urgency = Some(urgency));
        (tongue.urgency(Some(urgency)), other)
    }));
    let mut lanes = vec![(all(), wish.but(|it| it.lane = None))];
    lanes.extend(
        Lane::ALL.map(|lane| (lane_name(tongue, lane), wish.but(|it| it.lane = Some(lane)))),
    );
    html! {
        nav.filters {
            @if visitor.groups.len() > 1 { (choices(tongue, "board-group", &groups, wish)) }
            @if departments.len() > 2 {
                (choices(tongue, "board-department", &departments, wish))
            }
            (choices(tongue, "board-urgency", &urgencies, wish))
            (choices(tongue, "board-state", &lanes, wish))
        }
    }
}

/// The departments to choose among; where groups of one company are shown, they share them.
fn departments_of<'v>(
    visitor: &'v Visitor,
    wish: &Wish,
) -> impl Iterator<Item = (DepartmentId, &'v str)> + use<'v> {
    let group = wish.group.and_then(|group| visitor.group(group));
    let only = (visitor.companies() == 1)
        .then(|| visitor.groups.first())
        .flatten();
    let group = group.or(only);
    let departments = group.into_iter().flat_map(|group| &group.departments);
    departments.map(|department| (department.id, department.name.as_str()))
}

fn lane_name(tongue: &Tongue<'_>, lane: Lane) -> String {
    tongue.say(match lane {
        Lane::Unclaimed => "lane-unclaimed",
        Lane::Underway => "lane-underway",
        Lane::OnHold => "lane-on-hold",
        Lane::Finishing => "lane-finishing",
    })
}

/// How an incident stands against its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// There is none, or the clock rests.
    Free,
    /// That much time is left.
    Due(Duration),
    /// That much too late.
    Late(Duration),
}

/// As the board counts: nobody is late while an incident rests, or is done but for a word.
pub(super) fn standing(incident: &Incident, group: &GroupConfig, now: DateTime<Utc>) -> Standing {
    let rests = matches!(
        incident.stage,
        Stage::Blocked { .. }
            | Stage::AwaitingSummary { .. }
            | Stage::Done { .. }
            | Stage::Closed { .. }
    );
    match resolution_due(incident, &group.settings).filter(|_| !rests) {
        None => Standing::Free,
        Some(due) if due < now => Standing::Late(now - due),
        Some(due) => Standing::Due(due - now),
    }
}

/// How late it is, or how much time is left.
pub(super) fn lateness(tongue: &Tongue<'_>, standing: Standing) -> Markup {
    let told = |id, time| tongue.with(id, &[("duration", tongue.took(time).into())]);
    html! {
        @match standing {
            Standing::Free => {}
            Standing::Due(left) => { span.due { (told("board-due", left)) } }
            Standing::Late(time) => { span.badge.late { (told("board-late", time)) } }
        }
    }
}

/// What an incident is called: in triage's few words, else by the first of the report.
pub(super) fn title_of(tongue: &Tongue<'_>, incident: &Incident) -> String {
    let found = incident.triage.assessment.as_ref();
    let title = found.map_or_else(String::new, |it| tongue.words.line(&it.title, TITLE));
    match title.is_empty() {
        true => tongue.words.excerpt(tongue.language, incident),
        false => title,
    }
}

/// Where it is: as a code says, else as triage understood it.
pub(super) fn place_of(tongue: &Tongue<'_>, incident: &Incident) -> Option<String> {
    let found = incident.triage.assessment.as_ref();
    let understood = found.and_then(|it| it.place.as_deref());
    let place = incident.report.place.as_deref().or(understood)?;
    Some(tongue.words.line(place, TITLE)).filter(|it| !it.is_empty())
}

/// The address of an incident's page.
pub(super) fn address_of(incident: &Incident) -> String {
    let identity = incident.identity;
    format!("/groups/{}/incidents/{}", identity.group, identity.number)
}

fn entry(tongue: &Tongue<'_>, visitor: &Visitor, incident: &Incident, people: &[Person]) -> Markup {
    let Some(group) = visitor.group(incident.identity.group) else {
        return html! {};
    };
    let (mark, state) = tongue.words.stage(tongue.language, &incident.stage);
    let department = incident.department().and_then(|id| group.department(id));
    let owner = incident.work().map(|work| work.owner);
    let old = tongue.took(tongue.now - incident.opened_at);
    let standing = standing(incident, group, tongue.now);
    let critical = incident.urgency == Some(Urgency::Critical);
    let kind = match (critical, matches!(standing, Standing::Late(_))) {
        (true, _) => "entry critical",
        (false, true) => "entry late",
        (false, false) => "entry",
    };
    html! {
        li {
            a class=(kind) href=(address_of(incident)) {
                span.number { (incident.identity.number) }
                span.title { (title_of(tongue, incident)) }
                span.marks { (tongue.badge(incident.urgency)) (lateness(tongue, standing)) }
                span.state { span aria-hidden="true" { (mark) " " } (state) }
                span.facts {
                    @if let Some(place) = place_of(tongue, incident) { span { "📍 " (place) } }
                    @if let Some(department) = department {
                        span { "👥 " (tongue.called(&department.name)) }
                    }
                    @if let Some(owner) = owner {
                        span { "🙋 " (tongue.name(Some(group), people, owner)) }
                    }
                    @if visitor.groups.len() > 1 { span { "🏢 " (tongue.called(&group.title)) } }
                    span { (tongue.with("board-ago", &[("duration", old.into())])) }
                }
            }
        }
    }
}

fn pages(tongue: &Tongue<'_>, wish: &Wish, total: u32) -> Markup {
    let pages = total.div_ceil(PAGE_SIZE).max(1);
    if pages == 1 && wish.page == 0 {
        return html! {};
    }
    let at = |page| {
        Wish {
            page,
            ..wish.clone()
        }
        .address()
    };
    let fillings = [
        ("page", (i64::from(wish.page) + 1).into()),
        ("pages", i64::from(pages).into()),
    ];
    html! {
        nav.pages {
            @if wish.page > 0 { a.step href=(at(wish.page - 1)) rel="prev" { "‹ " (tongue.say("board-before")) } }
            span { (tongue.with("page-of-pages", &fillings)) }
            @if wish.page + 1 < pages { a.step href=(at(wish.page + 1)) rel="next" { (tongue.say("board-after")) " ›" } }
        }
    }
}
