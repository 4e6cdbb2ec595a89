//! Coming in and going out. A link is looked at by previews, scanners and curious people before its
//! person presses: so looking at it changes nothing, and only the press uses it up.

use std::sync::Arc;

use actors::domain::{Person, PersonId};
use actors::ports::{Clock, SignIn, SignInLink, Store, StoreError};
use async_trait::async_trait;
use axum::extract::{Path, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::TimeDelta;
use maud::{Markup, html};
use url::Url;

use super::layout::Tongue;
use super::session::{digest, secret};
use super::visitor::spoken;
use super::{Dashboard, Shown, layout};

/// How long a link is good: it is pressed at once or not at all.
pub const SIGN_IN_LASTS: TimeDelta = TimeDelta::minutes(5);

/// How long a session lasts: a long shift.
pub const SESSION_LASTS: TimeDelta = TimeDelta::hours(12);

/// Makes links for people who ask in the chat.
pub struct Links {
    /// Where their digests are kept.
    pub store: Arc<dyn Store>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The address of the dashboard.
    pub url: Url,
}

#[async_trait]
impl SignIn for Links {
    async fn link_for(&self, person: PersonId) -> Result<SignInLink, StoreError> {
        let unmade = |source| StoreError {
            operation: "make a sign-in link",
            away: false,
            source,
        };
        let link = secret().map_err(|error| unmade(error.into()))?;
        let known = digest(&link).ok_or_else(|| unmade("a secret of another length".into()))?;
        let until = self.clock.now() + SIGN_IN_LASTS;
        self.store.keep_sign_in(known, person, until).await?;
        let mut url = self.url.clone();
        url.set_path(&format!("/sign-in/{link}"));
        Ok(SignInLink(url.into()))
    }
}

/// Says whose link it is, and asks for the press.
pub(super) async fn ask(
    State(dashboard): State<Arc<Dashboard>>,
    Path(link): Path<String>,
    headers: HeaderMap,
) -> Response {
    let language = spoken(&headers);
    dashboard.answer(dashboard.asked(&link, &headers).await, language)
}

/// Uses the link up.
pub(super) async fn enter(
    State(dashboard): State<Arc<Dashboard>>,
    Path(link): Path<String>,
    headers: HeaderMap,
) -> Response {
    let language = spoken(&headers);
    dashboard.answer(dashboard.entered(&link, &headers).await, language)
}

/// Ends the session.
pub(super) async fn leave(State(dashboard): State<Arc<Dashboard>>, headers: HeaderMap) -> Response {
    let language = spoken(&headers);
    let left = async {
        if let Some(session) = dashboard.session_in(&headers) {
            dashboard.store.end_session(session).await?;
        }
        Ok(dashboard.sent_home(None))
    };
    dashboard.answer(left.await, language)
}

pub(super) fn asking(tongue: &Tongue<'_>, person: &Person) -> Markup {
    let name = tongue.name(None, std::slice::from_ref(person), person.id);
    let page = html! {
        main.notice {
            h1 { (tongue.with("sign-in-as", &[("person", name.into())])) }
            p { (tongue.say("sign-in-how")) }
            form method="post" { button.primary type="submit" { (tongue.say("sign-in-press")) } }
        }
    };
    layout::bare(tongue, "sign-in-title", page)
}

impl Dashboard {
    async fn asked(&self, link: &str, headers: &HeaderMap) -> Shown {
        let now = self.clock.now();
        let known = match digest(link) {
            Some(link) => self.store.sign_in_of(&link, now).await?,
            None => None,
        };
        let Some(id) = known else {
            return Ok(layout::link_gone(self, spoken(headers)));
        };
        let person = self.store.people(&[id]).await?.pop();
        let person = person.unwrap_or_else(|| Person::unknown(id));
        let tongue = self.tongue(person.language.unwrap_or_else(|| spoken(headers)));
        Ok(asking(&tongue, &person).into_response())
    }

    async fn entered(&self, link: &str, headers: &HeaderMap) -> Shown {
        let now = self.clock.now();
        let Ok(session) = secret() else {
            tracing::error!("the machine gives no random numbers");
            return Ok(layout::unavailable(self, spoken(headers)));
        };
        let (Some(link), Some(known)) = (digest(link), digest(&session)) else {
            return Ok(layout::link_gone(self, spoken(headers)));
        };
        let lasts = (now, now + SESSION_LASTS);
        let begun = self.store.begin_session(link, known, lasts).await?;
        let Some(person) = begun else {
            return Ok(layout::link_gone(self, spoken(headers)));
        };
        if let Some(earlier) = self.session_in(headers) {
            self.store.end_session(earlier).await?;
        }
        tracing::info!(%person, "somebody signed in to the dashboard");
        Ok(self.sent_home(Some(&session)))
    }

    fn sent_home(&self, session: Option<&str>) -> Response {
        let mut response = StatusCode::SEE_OTHER.into_response();
        let headers = response.headers_mut();
        headers.insert(LOCATION, HeaderValue::from_static("/"));
        if let Some(cookie) = self.cookie(session) {
            headers.insert(SET_COOKIE, cookie);
        }
        response
    }
}
