//! From SVG to PNG, with a font that is built in: a server in the back office has none, and Estonian
//! and Russian must be readable on it.

use std::sync::{Arc, LazyLock};

use resvg::{tiny_skia, usvg};

/// DejaVu Sans, whose licence stands beside it: it has the letters of all our languages.
static FONT: &[u8] = include_bytes!("report/DejaVuSans.ttf");

static FONTS: LazyLock<Arc<usvg::fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = usvg::fontdb::Database::new();
    fonts.load_font_data(FONT.to_vec());
    Arc::new(fonts)
});

/// The picture, so many pixels across and down.
pub(super) fn png(svg: &str, (width, height): (u32, u32)) -> Result<Vec<u8>, String> {
    let options = usvg::Options {
        font_family: "DejaVu Sans".to_owned(),
        fontdb: FONTS.clone(),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(svg, &options).map_err(|error| error.to_string())?;
    let mut pixels =
        tiny_skia::Pixmap::new(width, height).ok_or_else(|| "a picture of no size".to_owned())?;
    resvg::render(
        &tree,
        tiny_skia::Transform::identity(),
        &mut pixels.as_mut(),
    );
    pixels.encode_png().map_err(|error| error.to_string())
}
