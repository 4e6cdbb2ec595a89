//! Every address there is. The tests go through this list: an address that is not on it does not
//! exist, and one that is has a row for everybody who might ask.

use std::sync::Arc;

use actors::domain::Language;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};

use super::visitor::{self, spoken};
use super::{Dashboard, Shown, Trouble, assets, figures, home, incident, layout, sign_in};

/// An address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Route {
    /// What is open.
    Home,
    /// An incident.
    Incident,
    /// The figures of the first group that the visitor manages.
    AnyFigures,
    /// The figures of a group.
    Figures,
    /// The same as a table to take away.
    Table,
    /// Whose link that is, and the press that signs in.
    SignIn,
    /// The press that signs out.
    SignOut,
    /// How pages look.
    Asset,
}

impl Route {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Home,
        Self::Incident,
        Self::AnyFigures,
        Self::Figures,
        Self::Table,
        Self::SignIn,
        Self::SignOut,
        Self::Asset,
    ];

    /// It, with names in braces for what varies.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::Home => "/",
            Self::Incident => "/groups/{group}/incidents/{number}",
            Self::AnyFigures => "/figures",
            Self::Figures => "/groups/{group}/figures",
            Self::Table => "/groups/{group}/table/{form}",
            Self::SignIn => "/sign-in/{link}",
            Self::SignOut => "/sign-out",
            Self::Asset => "/assets/{name}",
        }
    }

    pub(super) fn answered_by(self) -> MethodRouter<Arc<Dashboard>> {
        match self {
            Self::Home => get(home::show),
            Self::Incident => get(incident::show),
            Self::AnyFigures => get(figures::any),
            Self::Figures => get(figures::show),
            Self::Table => get(figures::table),
            Self::SignIn => get(sign_in::ask).post(sign_in::enter),
            Self::SignOut => post(sign_in::leave),
            Self::Asset => get(assets::file),
        }
    }
}

/// Any other address: to whoever is signed in it does not exist, and nobody else learns whether.
pub(super) async fn nowhere(
    State(dashboard): State<Arc<Dashboard>>,
    headers: HeaderMap,
) -> Response {
    let shown = async {
        let visitor = visitor::of(&dashboard, &headers).await?;
        Err::<Response, Trouble>(layout::not_found(&dashboard, visitor.language).into())
    };
    dashboard.answer(shown.await, spoken(&headers))
}

impl Dashboard {
    /// A page, or what is said in its place.
    pub(super) fn answer(&self, shown: Shown, language: Language) -> Response {
        match shown {
            Ok(response) => response,
            Err(Trouble::Instead(response)) => *response,
            Err(Trouble::Store(error)) => {
                error.tell("a page of the dashboard could not be shown");
                layout::unavailable(self, language)
            }
        }
    }
}
