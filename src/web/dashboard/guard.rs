//! What holds for every request, whatever it asks for.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, ORIGIN, REFERRER_POLICY, RETRY_AFTER,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use tokio::time::timeout;

use super::visitor::spoken;
use super::{Dashboard, layout};

/// How long a page may take: the figures of a long month take the longest.
const PATIENCE: Duration = Duration::from_secs(10);

/// The longest address, in bytes: ours have fewer than 200.
const LONGEST_ADDRESS: usize = 2_048;

/// Nothing is loaded from elsewhere, nothing runs, nobody frames it, forms go nowhere else.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'";

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Lets a request through to its page, if it may; adds to the answer what every answer has.
pub(super) async fn guard(
    State(dashboard): State<Arc<Dashboard>>,
    request: Request,
    next: Next,
) -> Response {
    let language = spoken(request.headers());
    let mut response = if !dashboard.is_our_own(request.method(), request.headers()) {
        layout::refused(&dashboard, language)
    } else if request
        .uri()
        .path_and_query()
        .is_some_and(|it| it.as_str().len() > LONGEST_ADDRESS)
    {
        layout::not_found(&dashboard, language)
    } else {
        match dashboard.in_flight.try_acquire() {
            Ok(_permit) => timeout(PATIENCE, next.run(request))
                .await
                .unwrap_or_else(|_| busy(&dashboard, language)),
            Err(_) => busy(&dashboard, language),
        }
    };
    protect(response.headers_mut(), dashboard.secure);
    response
}

fn busy(dashboard: &Dashboard, language: actors::domain::Language) -> Response {
    let mut response = layout::unavailable(dashboard, language);
    let headers = response.headers_mut();
    headers.insert(RETRY_AFTER, HeaderValue::from_static("2"));
    response
}

impl Dashboard {
    /// Whether a request that changes something comes from a page of ours. Browsers say so in one
    /// of two ways; who says neither, or says something else, is refused.
    fn is_our_own(&self, method: &Method, headers: &HeaderMap) -> bool {
        if method.is_safe() {
            return true;
        }
        let said = |name| headers.get(name).map(HeaderValue::as_bytes);
        let origin = said(ORIGIN);
        // A page that passes on no referrer has the origin "null" in its own forms, too.
        let elsewhere = origin.is_some_and(|it| it != self.origin.as_bytes() && it != b"null");
        match said(FETCH_SITE) {
            Some(site) => site == b"same-origin" && !elsewhere,
            None => origin == Some(self.origin.as_bytes()),
        }
    }
}

fn protect(headers: &mut HeaderMap, secure: bool) {
    let all = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
    ];
    for (name, value) in all {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if secure {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.insert(STRICT_TRANSPORT_SECURITY, year);
    }
    // Only what is the same for everybody says otherwise.
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
}
