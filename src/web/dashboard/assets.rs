//! How pages look: files in the program itself, named after what is in them. So browsers keep them
//! for ever, and a new version is another file.

use std::sync::{Arc, LazyLock};

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use sha2::{Digest as _, Sha256};

use super::visitor::spoken;
use super::{Dashboard, layout};

/// How many bytes of the digest stand in a name: two versions never share them.
const MARK_BYTES: usize = 8;

/// A file.
struct Asset {
    name: String,
    media_type: &'static str,
    content: &'static str,
}

static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    let content = include_str!("style.css");
    Asset::of(("style", "css"), "text/css; charset=utf-8", content)
});

static ICON: LazyLock<Asset> = LazyLock::new(|| {
    let content = include_str!("icon.svg");
    Asset::of(("icon", "svg"), "image/svg+xml", content)
});

impl Asset {
    fn of((name, ending): (&str, &str), media_type: &'static str, content: &'static str) -> Self {
        let digest = Sha256::digest(content.as_bytes());
        let mark = digest.iter().take(MARK_BYTES);
        let mark: String = mark.map(|byte| format!("{byte:02x}")).collect();
        Self {
            name: format!("{name}.{mark}.{ending}"),
            media_type,
            content,
        }
    }
}

/// Where the style is.
pub(super) fn style_path() -> String {
    format!("/assets/{}", STYLE.name)
}

/// Where the icon is.
pub(super) fn icon_path() -> String {
    format!("/assets/{}", ICON.name)
}

/// A file by its name.
pub(super) async fn file(
    State(dashboard): State<Arc<Dashboard>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Some(asset) = [&*STYLE, &*ICON].into_iter().find(|it| it.name == name) else {
        return layout::not_found(&dashboard, spoken(&headers));
    };
    let headers = [
        (CONTENT_TYPE, asset.media_type),
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, asset.content).into_response()
}
