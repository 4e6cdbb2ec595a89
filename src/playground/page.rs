//! The chat page: a visitor plays the people of the world in a browser.
//!
//! The page asks for a snapshot whenever the event stream says that something changed; it never
//! gets pieces it would have to put together, so it cannot drift from the world.

mod actions;
mod menu;
mod race;
mod snapshot;
mod tour;

use std::convert::Infallible;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Query, State as Shared};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use futures_util::{Stream, StreamExt};
use serde::Deserialize;
use tokio_stream::wrappers::WatchStream;

use super::handle::World;
use super::world::{ChatId, PersonId};

/// A visitor's picture, already made smaller by the page.
const LARGEST_PICTURE: usize = 10 << 20;
/// Nothing but what this server itself gives; `blob:` is for pictures not yet sent.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self' blob: data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'";

/// The files of the page: path, media type, text.
const FILES: &[(&str, &str, &str)] = &[
    ("style.css", "text/css", include_str!("page/style.css")),
    ("chat.css", "text/css", include_str!("page/chat.css")),
    ("app.js", "text/javascript", include_str!("page/app.js")),
    (
        "composer.js",
        "text/javascript",
        include_str!("page/composer.js"),
    ),
    (
        "conversation.js",
        "text/javascript",
        include_str!("page/conversation.js"),
    ),
    ("dom.js", "text/javascript", include_str!("page/dom.js")),
    ("panel.js", "text/javascript", include_str!("page/panel.js")),
    (
        "picture.js",
        "text/javascript",
        include_str!("page/picture.js"),
    ),
    (
        "sidebar.js",
        "text/javascript",
        include_str!("page/sidebar.js"),
    ),
    ("words.js", "text/javascript", include_str!("page/words.js")),
    ("toast.js", "text/javascript", include_str!("page/toast.js")),
    ("icon.svg", "image/svg+xml", include_str!("page/icon.svg")),
];

/// The page and its own small API.
pub(super) fn router(world: World) -> Router {
    Router::new()
        .route("/", get(index))
        .route("/playground/assets/{name}", get(asset))
        .route("/playground/events", get(events))
        .route("/playground/state", get(state))
        .route("/playground/file/{id}", get(file))
        .route("/playground/say", post(actions::say))
        .route("/playground/edit", post(actions::edit))
        .route("/playground/photo", post(actions::photo))
        .route("/playground/press", post(actions::press))
        .route("/playground/start", post(actions::start))
        .route("/playground/race", post(race::run))
        .route("/playground/clock", post(actions::clock))
        .route("/playground/weather", post(actions::weather))
        .layer(DefaultBodyLimit::max(LARGEST_PICTURE))
        .with_state(world)
}

async fn index() -> Response {
    guarded("text/html; charset=utf-8", include_str!("page/index.html"))
}

async fn asset(Path(name): Path<String>) -> Response {
    match FILES.iter().find(|(path, ..)| *path == name) {
        Some((_, media_type, text)) => guarded(media_type, text),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A file of the page, with what keeps strangers out of it.
fn guarded(media_type: &'static str, text: &'static str) -> Response {
    let headers: [(HeaderName, HeaderValue); 4] = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static(CONTENT_SECURITY_POLICY),
        ),
        (
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (headers, text).into_response()
}

/// Says when something changed; several changes at once are one event.
async fn events(
    Shared(world): Shared<World>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let changes = WatchStream::new(world.changes());
    let events = changes.map(|count| Ok(Event::default().data(count.to_string())));
    // An open stream would hold the server's shutdown back.
    let ending = async move { world.closing().await };
    Sse::new(events.take_until(Box::pin(ending))).keep_alive(KeepAlive::default())
}

#[derive(Deserialize)]
struct Viewpoint {
    /// Whom the visitor plays; nobody chosen is the first.
    person: Option<i64>,
    chat: Option<i64>,
}

async fn state(Shared(world): Shared<World>, Query(view): Query<Viewpoint>) -> Response {
    let person = view.person.map(PersonId);
    let chat = view.chat.map(ChatId);
    axum::Json(snapshot::of(&world, person, chat)).into_response()
}

async fn file(Shared(world): Shared<World>, Path(id): Path<String>) -> Response {
    let found = world.look(|state| state.files.find(&id).map(|(_, file)| file.clone()));
    let Some(file) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    // Only pictures are shown; whatever else a bot sends is saved, never run.
    let picture = ["image/png", "image/jpeg", "image/webp", "image/gif"];
    let shown = picture.contains(&file.media_type.as_str());
    let media_type = if shown {
        file.media_type.as_str()
    } else {
        "application/octet-stream"
    };
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "max-age=3600"),
    ];
    (headers, file.bytes).into_response()
}
