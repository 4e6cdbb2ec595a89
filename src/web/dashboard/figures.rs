//! The figures of a group, for its managers: the same as `/report` says, with what triage missed on
//! top, and tables to take away.

use std::collections::HashMap;
use std::sync::Arc;

use actors::domain::kpi::{Overview, ReportForm, Span, Times, Window};
use actors::domain::{GroupConfig, GroupId, Incident, Person, Urgency};
use actors::outbox::{overview, reported_incidents};
use axum::extract::{Path, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use maud::{Markup, PreEscaped, html};

use super::home::{address_of, title_of};
use super::layout::{Place, Tongue, framed, not_found};
use super::visitor::{self, Visitor, spoken};
use super::{Dashboard, Shown, Trouble};

mod tables;

/// All that the page is made of.
pub(super) struct Account {
    /// Whose clock, targets and departments hold.
    pub(super) group: Arc<GroupConfig>,
    /// Whose figures these are: that one's, or those of all that the visitor manages with it.
    pub(super) groups: Vec<GroupId>,
    pub(super) span: Span,
    pub(super) overview: Overview,
    pub(super) people: Vec<Person>,
}

type Asked = Query<HashMap<String, String>>;

/// Leads to the figures of the first group that the visitor manages.
pub(super) async fn any(State(dashboard): State<Arc<Dashboard>>, headers: HeaderMap) -> Response {
    let led = async {
        let visitor = visitor::of(&dashboard, &headers).await?;
        let Some(group) = visitor.managed().next() else {
            return Err(Trouble::from(not_found(&dashboard, visitor.language)));
        };
        let address = format!("/groups/{}/figures", group.id);
        let mut response = StatusCode::SEE_OTHER.into_response();
        if let Ok(address) = HeaderValue::from_str(&address) {
            response.headers_mut().insert(LOCATION, address);
        }
        Ok(response)
    };
    dashboard.answer(led.await, spoken(&headers))
}

/// The page.
pub(super) async fn show(
    State(dashboard): State<Arc<Dashboard>>,
    Path(group): Path<String>,
    Query(asked): Asked,
    headers: HeaderMap,
) -> Response {
    let shown = async {
        let visitor = visitor::of(&dashboard, &headers).await?;
        let group = dashboard.managed(&visitor, &group)?;
        let groups = visitor.counted(&group, &asked);
        let account = dashboard.account((group, groups), &asked).await?;
        let tongue = dashboard.tongue(visitor.language);
        Ok(page(&tongue, &visitor, &account).into_response())
    };
    dashboard.answer(shown.await, spoken(&headers))
}

/// A table to take away.
pub(super) async fn table(
    State(dashboard): State<Arc<Dashboard>>,
    Path((group, form)): Path<(String, String)>,
    Query(asked): Asked,
    headers: HeaderMap,
) -> Response {
    let shown = dashboard.table(&headers, (&group, &form), &asked).await;
    dashboard.answer(shown, spoken(&headers))
}

impl Dashboard {
    /// A group whose figures a visitor may see.
    fn managed(&self, visitor: &Visitor, group: &str) -> Result<Arc<GroupConfig>, Trouble> {
        let id = group.parse().ok().map(GroupId);
        let group = visitor.managed().find(|group| Some(group.id) == id);
        let group = group.map(Arc::clone);
        group.ok_or_else(|| not_found(self, visitor.language).into())
    }

    async fn account(
        &self,
        (group, groups): (Arc<GroupConfig>, Vec<GroupId>),
        asked: &HashMap<String, String>,
    ) -> Result<Account, Trouble> {
        let now = self.clock.now();
        let (span, at) = wanted(asked, &group, now);
        // It ends only with the program.
        let _turn = self.counting.acquire().await;
        let overview = overview(&*self.store, (&group, &groups), (span, at), now).await?;
        let named: Vec<_> = overview.people.iter().map(|(person, _)| *person).collect();
        Ok(Account {
            people: self.store.people(&named).await?,
            group,
            groups,
            span,
            overview,
        })
    }

    async fn table(
        &self,
        headers: &HeaderMap,
        (group, form): (&str, &str),
        asked: &HashMap<String, String>,
    ) -> Shown {
        let visitor = visitor::of(self, headers).await?;
        let group = self.managed(&visitor, group)?;
        let form = match form {
            "csv" => ReportForm::Csv,
            "xlsx" => ReportForm::Xlsx,
            _ => return Err(not_found(self, visitor.language).into()),
        };
        let now = self.clock.now();
        let (span, at) = wanted(asked, &group, now);
        // It ends only with the program.
        let _turn = self.counting.acquire().await;
        let groups = visitor.counted(&group, asked);
        let mut overview = overview(&*self.store, (&group, &groups), (span, at), now).await?;
        let incidents = reported_incidents(&*self.store, &groups, &mut overview).await?;
        let mut named: Vec<_> = incidents.iter().flat_map(Incident::people).collect();
        named.extend(overview.people.iter().map(|(person, _)| *person));
        named.sort_unstable();
        named.dedup();
        let people = self.store.people(&named).await?;
        let (words, language) = (Arc::clone(&self.words), visitor.language);
        let made = tokio::task::spawn_blocking(move || {
            let reading = crate::words::Reading {
                language,
                group: Some(&group),
                people: &people,
                now,
            };
            words.table(&reading, (span, form), &overview, &incidents)
        });
        let made = made.await.map_err(|error| error.to_string());
        match made.and_then(|made| made) {
            Ok(Some(table)) => Ok(taken_away(table)),
            Ok(None) => Err(not_found(self, language).into()),
            Err(reason) => {
                tracing::error!(reason, "a table could not be made");
                Ok(super::layout::unavailable(self, language))
            }
        }
    }
}

fn taken_away(table: crate::words::Table) -> Response {
    let name = format!("attachment; filename=\"{}\"", table.name);
    let name = HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"));
    let media_type = HeaderValue::from_static(table.media_type);
    let headers = [(CONTENT_TYPE, media_type), (CONTENT_DISPOSITION, name)];
    (headers, table.bytes).into_response()
}

/// Which day, week or month an address asks for; the present week where it does not say.
fn wanted(
    asked: &HashMap<String, String>,
    group: &GroupConfig,
    now: DateTime<Utc>,
) -> (Span, DateTime<Utc>) {
    let said = |name: &str| asked.get(name).map(String::as_str).unwrap_or_default();
    let span = Span::ALL
        .into_iter()
        .find(|it| span_word(*it) == said("span"));
    let date = NaiveDate::parse_from_str(said("at"), "%Y-%m-%d").ok();
    // By noon every day has begun, wherever clocks are changed.
    let noon = date.map(|it| it.and_time(NaiveTime::MIN) + TimeDelta::hours(12));
    let zone = group.settings.time_zone;
    let at = noon.and_then(|it| zone.from_local_datetime(&it).earliest());
    let at = at.map_or(now, |at| at.with_timezone(&Utc));
    (span.unwrap_or(Span::Week), at.min(now))
}

fn span_word(span: Span) -> &'static str {
    match span {
        Span::Day => "day",
        Span::Week => "week",
        Span::Month => "month",
    }
}

/// What an address says of whose figures are wanted: of all groups.
const ALL_GROUPS: (&str, &str) = ("of", "all");

impl Visitor {
    /// The groups of the company of one that the visitor manages and is in.
    fn managed_with<'a>(
        &'a self,
        group: &'a GroupConfig,
    ) -> impl Iterator<Item = &'a Arc<GroupConfig>> {
        self.managed().filter(|it| it.company == group.company)
    }

    /// Whose figures an address asks for: of that group, or of all of its company.
    fn counted(&self, group: &GroupConfig, asked: &HashMap<String, String>) -> Vec<GroupId> {
        let (name, all) = ALL_GROUPS;
        match asked.get(name).is_some_and(|it| it == all) {
            true => self.managed_with(group).map(|it| it.id).collect(),
            false => vec![group.id],
        }
    }
}

impl Account {
    /// Whether it is of several groups.
    fn is_of_several(&self) -> bool {
        self.groups.len() > 1
    }

    /// The address of the same figures around another moment, or over another time.
    fn address(&self, page: &str, span: Span, at: DateTime<Utc>) -> String {
        let day = at.with_timezone(&self.group.settings.time_zone);
        let (group, span) = (self.group.id, span_word(span));
        let (name, all) = ALL_GROUPS;
        let of = match self.is_of_several() {
            true => format!("&{name}={all}"),
            false => String::new(),
        };
        format!(
            "/groups/{group}/{page}?span={span}&at={}{of}",
            day.format("%Y-%m-%d")
        )
    }

    /// The address of the figures of all groups of the company.
    fn all_groups(&self) -> String {
        let (group, (name, all)) = (self.group.id, ALL_GROUPS);
        format!("/groups/{group}/figures?{name}={all}")
    }

    fn window(&self) -> Window {
        self.overview.window
    }
}

pub(super) fn page(tongue: &Tongue<'_>, visitor: &Visitor, account: &Account) -> Markup {
    let reading = tongue.reading(Some(&account.group), &account.people);
    let title = tongue
        .words
        .title(&reading, account.span, &account.overview);
    let [figures, _, ratings] = tongue.words.definitions(&reading);
    let group = match account.is_of_several() {
        true => tongue.say("figures-all-groups"),
        false => tongue.called(&account.group.title),
    };
    let body = html! {
        div.head {
            h1 { (group) }
            (choice(tongue, visitor, account, &title))
        }
        (missed(tongue, account))
        (tables::key_figures(tongue, account))
        @if account.overview.ratings.rated() > 0 { (compared(tongue, account, &ratings)) }
        @if account.overview.whole.is_empty() {
            p.empty { (tongue.say("figures-empty")) }
        } @else {
            section.card.chart role="img" aria-label=(tongue.say("figures-chart")) {
                // Made of our own words and numbers alone.
                (PreEscaped(tongue.words.chart(&reading, account.span, &account.overview)))
            }
            (tables::measured(tongue, account))
            (tables::groups(tongue, account))
            (tables::departments(tongue, account))
            (tables::urgencies(tongue, account))
            (tables::people(tongue, account))
        }
        @if account.overview.ratings.rated() == 0 { (unrated(tongue)) }
        p.hint { (figures) }
    };
    let heading = format!("{} {title}", tongue.say("figures-title"));
    framed(tongue, visitor, (Some(Place::Figures), &heading), body)
}

/// Whose figures, and when.
fn choice(tongue: &Tongue<'_>, visitor: &Visitor, account: &Account, title: &str) -> Markup {
    let window = account.window();
    let last = window.until - TimeDelta::seconds(1);
    let at = last.min(tongue.now).max(window.from);
    let before = account.address("figures", account.span, window.from - TimeDelta::seconds(1));
    let after = account.address("figures", account.span, window.until);
    let is_over = window.until <= tongue.now;
    html! {
        @if visitor.managed().count() > 1 {
            div.chips {
                @for group in visitor.managed() {
                    @let alone = !account.is_of_several() && group.id == account.group.id;
                    @let present = alone.then_some("true");
                    a.chip href=(format!("/groups/{}/figures", group.id)) aria-current=[present] {
                        (tongue.called(&group.title))
                    }
                }
                @if visitor.managed_with(&account.group).count() > 1 {
                    @let present = account.is_of_several().then_some("true");
                    a.chip href=(account.all_groups()) aria-current=[present] {
                        (tongue.say("figures-all-groups"))
                    }
                }
            }
        }
        div.when {
            div.chips {
                @for span in Span::ALL {
                    @let present = (span == account.span).then_some("true");
                    a.chip href=(account.address("figures", span, at)) aria-current=[present] {
                        (tongue.say(span_name(span)))
                    }
                }
            }
            nav.pages {
                a.step href=(before) rel="prev" aria-label=(tongue.say("figures-before")) { "‹" }
                strong { (title) }
                @if is_over { a.step href=(after) rel="next" aria-label=(tongue.say("figures-after")) { "›" } }
                @else { span.step aria-hidden="true" { "›" } }
            }
            div.chips {
                a.chip download href=(account.address("table/csv", account.span, at)) { "CSV" }
                a.chip download href=(account.address("table/xlsx", account.span, at)) { "XLSX" }
            }
        }
    }
}

fn span_name(span: Span) -> &'static str {
    match span {
        Span::Day => "figures-day",
        Span::Week => "figures-week",
        Span::Month => "figures-month",
    }
}

/// The criticals that triage missed, before anything else.
fn missed(tongue: &Tongue<'_>, account: &Account) -> Markup {
    let count = account.overview.ratings.missed_criticals();
    if count == 0 {
        return html! {};
    }
    let said = |incident: &Incident| {
        incident
            .triage
            .assessment
            .as_ref()
            .and_then(|it| it.urgency)
    };
    html! {
        section.card.missed {
            h2 { (tongue.number("ratings-missed-heading", "count", count)) }
            ol.plain {
                @for incident in &account.overview.missed {
                    li {
                        a href=(address_of(incident)) {
                            strong { (incident.identity.number) } " " (title_of(tongue, incident))
                        }
                        span.marks {
                            span.hint { (tongue.say("ratings-ai")) } (tongue.badge(said(incident)))
                            span.hint { (tongue.say("ratings-people")) }
                            (tongue.badge(Some(Urgency::Critical)))
                        }
                    }
                }
            }
        }
    }
}

/// What triage said beside what people set, each against each.
fn compared(tongue: &Tongue<'_>, account: &Account, definitions: &str) -> Markup {
    let ratings = &account.overview.ratings;
    let fillings = [
        ("rated", i64::from(ratings.rated()).into()),
        ("changed", i64::from(ratings.changed()).into()),
    ];
    html! {
        section.card {
            h2 { (tongue.say("ratings-heading")) }
            p { (tongue.with("ratings-summary-line", &fillings)) }
            (tables::ratings(tongue, ratings))
            p.hint { (definitions) }
        }
    }
}

fn unrated(tongue: &Tongue<'_>) -> Markup {
    html! {
        section.card {
            h2 { (tongue.say("ratings-heading")) }
            p.hint { (tongue.say("ratings-nothing")) }
        }
    }
}

/// The middle of what was measured.
fn median(tongue: &Tongue<'_>, times: Option<Times>) -> String {
    times.map_or_else(|| "–".to_owned(), |it| tongue.took(it.median))
}

fn percent(share: Option<u32>) -> String {
    share.map_or_else(|| "–".to_owned(), |it| format!("{it} %"))
}
