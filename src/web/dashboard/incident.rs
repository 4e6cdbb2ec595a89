//! One incident: how it stands, what was said, and all that happened.

use std::sync::Arc;

use actors::domain::id::MessageRef;
use actors::domain::{
    Author, Event, GroupConfig, GroupId, Incident, IncidentNumber, Person, PersonId, Recorded,
    Stage,
};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::home::{Standing, lateness, place_of, standing, title_of};
use super::layout::{Tongue, framed, not_found};
use super::visitor::{self, Visitor, spoken};
use super::{Dashboard, Shown, Trouble};
use crate::words::Reading;

/// All that the page is made of.
pub(super) struct Story {
    pub(super) incident: Incident,
    pub(super) group: Arc<GroupConfig>,
    pub(super) events: Vec<Recorded>,
    pub(super) people: Vec<Person>,
    pub(super) card: Option<MessageRef>,
    /// The incident that this one repeats.
    pub(super) repeats: Option<Incident>,
}

/// The page.
pub(super) async fn show(
    State(dashboard): State<Arc<Dashboard>>,
    Path((group, number)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let shown = dashboard.incident(&headers, &group, &number).await;
    dashboard.answer(shown, spoken(&headers))
}

impl Dashboard {
    async fn incident(&self, headers: &HeaderMap, group: &str, number: &str) -> Shown {
        let visitor = visitor::of(self, headers).await?;
        let nothing = || Trouble::from(not_found(self, visitor.language));
        let group = group.parse().ok().map(GroupId);
        let group = group.and_then(|id| visitor.group(id)).ok_or_else(nothing)?;
        let number = number.parse().map(IncidentNumber).map_err(|_| nothing())?;
        let found = self.store.incident_numbered(group.company, number).await?;
        let found = found.filter(|it| it.identity.group == group.id);
        let story = self.story(found.ok_or_else(nothing)?, group).await?;
        let tongue = self.tongue(visitor.language);
        Ok(page(&tongue, &visitor, &story).into_response())
    }

    async fn story(&self, incident: Incident, group: &Arc<GroupConfig>) -> Result<Story, Trouble> {
        let id = incident.identity.id;
        let events = self.store.events(id).await?;
        let mut named = incident.people();
        named.extend(events.iter().flat_map(named_in));
        named.sort_unstable();
        named.dedup();
        let repeats = match incident.duplicate_of {
            Some(other) => self.store.incident(other).await?,
            None => None,
        };
        Ok(Story {
            people: self.store.people(&named).await?,
            card: self.store.card(id).await?.map(|card| card.message),
            repeats: repeats.filter(|it| it.identity.group == group.id),
            group: Arc::clone(group),
            incident,
            events,
        })
    }
}

fn named_in(recorded: &Recorded) -> Vec<PersonId> {
    let mut people = match &recorded.event {
        Event::Assigned { person } => vec![*person],
        Event::Escalated { people, .. } | Event::CallUnheard { people } => people.clone(),
        _ => Vec::new(),
    };
    if let Author::Person(person) = recorded.by {
        people.push(person);
    }
    people
}

pub(super) fn page(tongue: &Tongue<'_>, visitor: &Visitor, story: &Story) -> Markup {
    let incident = &story.incident;
    let (mark, state) = tongue.words.stage(tongue.language, &incident.stage);
    let title = title_of(tongue, incident);
    let standing = standing(incident, &story.group, tongue.now);
    let body = html! {
        p.back { a href="/" { "‹ " (tongue.say("board-title")) } }
        div.head {
            p.number { (incident.identity.number) }
            h1 { (title) }
            p.marks {
                span.badge.state { span aria-hidden="true" { (mark) " " } (state) }
                (tongue.badge(incident.urgency))
                (lateness(tongue, standing))
            }
        }
        div.columns {
            div {
                (said(tongue, story))
                (ratings(tongue, story))
                (history(tongue, story))
            }
            aside {
                (facts(tongue, story, standing))
                @if let Some(link) = story.card.and_then(|it| tongue.words.link(it)) {
                    p { a.primary href=(link) rel="noreferrer" { (tongue.say("incident-in-chat")) } }
                }
            }
        }
    };
    let title = format!("{} {title}", incident.identity.number);
    framed(tongue, visitor, (None, &title), body)
}

/// What was reported, and how it was resolved.
fn said(tongue: &Tongue<'_>, story: &Story) -> Markup {
    let incident = &story.incident;
    let report = &incident.report;
    let found = incident.triage.assessment.as_ref();
    let translation = found.and_then(|it| it.translation.as_deref());
    let count = |all: usize| u32::try_from(all).unwrap_or(u32::MAX);
    let (photos, recordings) = (count(report.photos.len()), count(report.recordings.len()));
    html! {
        section.card {
            h2 { (tongue.say("incident-report")) }
            @if !report.text.trim().is_empty() { p.words { (tongue.words.block(&report.text)) } }
            @if photos > 0 { p.hint { (tongue.number("card-photos", "count", photos)) } }
            @if recordings > 0 { p.hint { (tongue.number("card-recordings", "count", recordings)) } }
            @if let Some(translation) = translation {
                h3 { (tongue.say("incident-translation")) }
                p.words { (tongue.words.block(translation)) }
            }
        }
        @if let Some(summary) = &incident.summary {
            section.card {
                h2 { (tongue.say("incident-summary")) }
                p.words { (tongue.words.block(summary)) }
            }
        }
    }
}

/// What triage said beside what people set.
fn ratings(tongue: &Tongue<'_>, story: &Story) -> Markup {
    use actors::domain::Rater;
    let triage = &story.incident.triage;
    let Some(found) = &triage.assessment else {
        return html! {};
    };
    let by_person = triage.rated_by == Some(Rater::Person);
    let rater = match found.rater() {
        Rater::Model => "ratings-by-model",
        Rater::Rules | Rater::Person => "ratings-by-rules",
    };
    html! {
        section.card {
            h2 { (tongue.say("ratings-heading")) }
            dl.facts {
                dt { (tongue.say("ratings-ai")) }
                dd { (tongue.badge(found.urgency)) " " span.hint { (tongue.say(rater)) } }
                dt { (tongue.say("ratings-people")) }
                dd {
                    @if by_person { (tongue.badge(story.incident.urgency)) }
                    @else { span.hint { (tongue.say("ratings-nobody")) } }
                }
            }
            @if !found.reason.is_empty() { p.words { (tongue.words.block(&found.reason)) } }
        }
    }
}

/// A fact: what it is called, and what it is.
type Fact = (&'static str, String);

fn facts(tongue: &Tongue<'_>, story: &Story, standing: Standing) -> Markup {
    html! {
        section.card {
            dl.facts {
                @for (label, fact) in whereabouts(tongue, story).into_iter().chain(times(tongue, story, standing)) {
                    dt { (tongue.say(label)) }
                    dd { (fact) }
                }
                @if let Some(other) = &story.repeats {
                    dt { (tongue.say("fact-repeats")) }
                    dd { a href=(super::home::address_of(other)) { (other.identity.number) } }
                }
            }
        }
    }
}

/// Where it is and whose.
fn whereabouts(tongue: &Tongue<'_>, story: &Story) -> Vec<Fact> {
    let (incident, group) = (&story.incident, &story.group);
    let name = |person| tongue.name(Some(group), &story.people, person);
    let mut facts = vec![("board-group", tongue.called(&group.title))];
    let department = incident.department();
    let department = department.map(|id| match group.department(id) {
        Some(department) => tongue.called(&department.name),
        None => tongue.say("department-gone"),
    });
    facts.extend(department.map(|it| ("board-department", it)));
    facts.extend(place_of(tongue, incident).map(|it| ("fact-place", it)));
    facts.push(("fact-reporter", name(incident.report.reporter)));
    if let Some(work) = incident.work() {
        facts.push(("fact-owner", name(work.owner)));
        if !work.helpers.is_empty() {
            let helpers: Vec<String> = work.helpers.iter().map(|it| name(*it)).collect();
            facts.push(("fact-helpers", helpers.join(", ")));
        }
    }
    facts
}

fn times(tongue: &Tongue<'_>, story: &Story, standing: Standing) -> Vec<Fact> {
    let incident = &story.incident;
    let reading: Reading<'_> = tongue.reading(Some(&story.group), &story.people);
    let moment = |at| tongue.words.moment(&reading, at);
    let mut facts = vec![("fact-raised", moment(incident.opened_at))];
    match standing {
        Standing::Free => {}
        Standing::Due(left) => facts.push(("fact-due", moment(tongue.now + left))),
        Standing::Late(late) => facts.push(("fact-due", moment(tongue.now - late))),
    }
    if let Some(done) = incident.done_at {
        facts.push(("fact-done", moment(done)));
    }
    if let Stage::Closed { at, .. } = &incident.stage {
        facts.push(("fact-closed", moment(*at)));
        facts.push(("fact-took", tongue.took(*at - incident.opened_at)));
    }
    if incident.reopenings > 0 {
        facts.push(("fact-reopened", incident.reopenings.to_string()));
    }
    facts
}

fn history(tongue: &Tongue<'_>, story: &Story) -> Markup {
    let reading = tongue.reading(Some(&story.group), &story.people);
    html! {
        section.card {
            h2 { (tongue.say("incident-history")) }
            ol.history {
                @for it in tongue.words.history(&reading, &story.events) {
                    li {
                        span.when { (it.when) }
                        span.what { (it.what) }
                        span.hint { (it.who) }
                    }
                }
            }
        }
    }
}
