//! What pages have in common: the frame, the words, and the pages that say why there is no page.

use actors::domain::{GroupConfig, Language, Person, PersonId, Urgency};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Duration, Utc};
use maud::{DOCTYPE, Markup, html};

use super::visitor::Visitor;
use super::{Dashboard, assets};
use crate::words::{Filling, Reading, Words};

/// A language, and the words of it.
#[derive(Clone, Copy)]
pub(super) struct Tongue<'a> {
    pub(super) words: &'a dyn Words,
    pub(super) language: Language,
    pub(super) now: DateTime<Utc>,
}

impl Tongue<'_> {
    pub(super) fn say(&self, id: &str) -> String {
        self.with(id, &[])
    }

    pub(super) fn with(&self, id: &str, fillings: &[(&'static str, Filling)]) -> String {
        self.words.say(self.language, id, fillings)
    }

    pub(super) fn number(&self, id: &str, name: &'static str, number: u32) -> String {
        self.with(id, &[(name, i64::from(number).into())])
    }

    pub(super) fn took(&self, took: Duration) -> String {
        self.words.duration(self.language, took)
    }

    pub(super) fn reading<'r>(
        &self,
        group: Option<&'r GroupConfig>,
        people: &'r [Person],
    ) -> Reading<'r> {
        Reading {
            language: self.language,
            group,
            people,
            now: self.now,
        }
    }

    pub(super) fn name(
        &self,
        group: Option<&GroupConfig>,
        people: &[Person],
        person: PersonId,
    ) -> String {
        self.words.name(&self.reading(group, people), person)
    }

    /// What something was called by people.
    pub(super) fn called(&self, name: &str) -> String {
        /// As much as a heading holds, in UTF-16 units.
        const LIMIT: usize = 60;
        match self.words.line(name, LIMIT) {
            empty if empty.is_empty() => self.say("unnamed"),
            name => name,
        }
    }

    pub(super) fn urgency(&self, urgency: Option<Urgency>) -> String {
        self.say(match urgency {
            Some(Urgency::Critical) => "board-critical",
            Some(Urgency::SameDay) => "board-same-day",
            Some(Urgency::Planned) => "board-planned",
            None => "board-unrated",
        })
    }

    /// An urgency to be seen at a glance.
    pub(super) fn badge(&self, urgency: Option<Urgency>) -> Markup {
        let kind = match urgency {
            Some(Urgency::Critical) => "badge critical",
            Some(Urgency::SameDay) => "badge same-day",
            Some(Urgency::Planned) => "badge planned",
            None => "badge",
        };
        html! { span class=(kind) { (self.urgency(urgency)) } }
    }
}

/// Where a visitor is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Board,
    Figures,
}

/// A page for a visitor.
pub(super) fn framed(
    tongue: &Tongue<'_>,
    visitor: &Visitor,
    (place, title): (Option<Place>, &str),
    page: Markup,
) -> Markup {
    let here = |it| (place == Some(it)).then_some("page");
    let manages = visitor.managed().next().is_some();
    let people = std::slice::from_ref(&visitor.person);
    let name = tongue.name(None, people, visitor.person.id);
    let body = html! {
        header {
            div.bar {
                a.brand href="/" { span.bell aria-hidden="true" { "🛎" } "Deskbell" }
                nav {
                    a href="/" aria-current=[here(Place::Board)] { (tongue.say("board-title")) }
                    @if manages {
                        a href="/figures" aria-current=[here(Place::Figures)] {
                            (tongue.say("figures-title"))
                        }
                    }
                }
                form.out method="post" action="/sign-out" {
                    span.who { (name) }
                    button type="submit" { (tongue.say("sign-out")) }
                }
            }
        }
        main { (page) }
    };
    document(tongue, title, place == Some(Place::Board), body)
}

/// A page for nobody in particular.
pub(super) fn bare(tongue: &Tongue<'_>, title: &str, page: Markup) -> Markup {
    let body = html! {
        header { div.bar { span.brand { span.bell aria-hidden="true" { "🛎" } "Deskbell" } } }
        (page)
    };
    document(tongue, &tongue.say(title), false, body)
}

/// How often what is open is shown anew, in seconds: nobody watches a board for less.
const SHOWN_ANEW: &str = "60";

fn document(tongue: &Tongue<'_>, title: &str, shown_anew: bool, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(tongue.language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                @if shown_anew { meta http-equiv="refresh" content=(SHOWN_ANEW); }
                title { (title) " · Deskbell" }
                link rel="icon" href=(assets::icon_path());
                link rel="stylesheet" href=(assets::style_path());
            }
            body { (body) }
        }
    }
}

/// What a page says that shows nothing else: its status, its title, and the words.
type Notice = (StatusCode, &'static str, &'static str);

const SIGN_IN_NEEDED: Notice = (StatusCode::UNAUTHORIZED, "sign-in-title", "sign-in-needed");
const LINK_GONE: Notice = (StatusCode::GONE, "sign-in-gone-title", "sign-in-gone");
const NOT_FOUND: Notice = (StatusCode::NOT_FOUND, "not-found-title", "not-found");
const REFUSED: Notice = (StatusCode::FORBIDDEN, "foreign-title", "foreign");
const UNAVAILABLE: Notice = (
    StatusCode::SERVICE_UNAVAILABLE,
    "unavailable-title",
    "unavailable",
);

fn told(tongue: &Tongue<'_>, (status, title, words): Notice) -> Response {
    let page = html! { main.notice { h1 { (tongue.say(title)) } p { (tongue.say(words)) } } };
    (status, bare(tongue, title, page)).into_response()
}

/// Nobody is signed in.
pub(super) fn sign_in_needed(dashboard: &Dashboard, language: Language) -> Response {
    told(&dashboard.tongue(language), SIGN_IN_NEEDED)
}

/// The link was used, is too old, or never was.
pub(super) fn link_gone(dashboard: &Dashboard, language: Language) -> Response {
    told(&dashboard.tongue(language), LINK_GONE)
}

/// It does not exist, or is not for this visitor: there is no telling which.
pub(super) fn not_found(dashboard: &Dashboard, language: Language) -> Response {
    told(&dashboard.tongue(language), NOT_FOUND)
}

/// Another site has sent it.
pub(super) fn refused(dashboard: &Dashboard, language: Language) -> Response {
    told(&dashboard.tongue(language), REFUSED)
}

/// Not now.
pub(super) fn unavailable(dashboard: &Dashboard, language: Language) -> Response {
    told(&dashboard.tongue(language), UNAVAILABLE)
}

/// All that pages say in place of others.
#[cfg(test)]
pub(super) fn all_notices(tongue: &Tongue<'_>) {
    for notice in [SIGN_IN_NEEDED, LINK_GONE, NOT_FOUND, REFUSED, UNAVAILABLE] {
        let _ = told(tongue, notice);
    }
}
