//! Codes to put on a wall: a picture of the link that opens the desk at a place, with the place's
//! name below it, ready to print.

use std::fmt::Write as _;

use actors::domain::place::Place;
use qrcode::{Color, EcLevel, QrCode};

use super::picture::png;

/// Pixels across and down: sharp on paper at the size of a hand.
const WIDTH: u32 = 1_000;
const HEIGHT: u32 = 1_160;

/// How many modules of white a code needs around it (ISO/IEC 18004).
const QUIET_ZONE: usize = 4;

/// How wide the name may be, in pixels, and how large it is written at most.
const NAME_WIDTH: f64 = 920.0;
const NAME_SIZE: f64 = 64.0;

/// How wide a letter is, as a share of its size: on average less, so that no name runs out.
const LETTER: f64 = 0.7;

/// The address that opens the desk at a place.
#[must_use]
pub fn link(bot_username: &str, place: &Place) -> String {
    format!("https://t.me/{bot_username}?start={}", place.payload())
}

/// The picture as SVG.
///
/// # Errors
/// Why there is none: a link that is too long for a code.
pub fn svg(name: &str, link: &str) -> Result<String, String> {
    // A quarter of it may be scratched off.
    let code = QrCode::with_error_correction_level(link, EcLevel::Q);
    let code = code.map_err(|error| error.to_string())?;
    let across = code.width();
    let module = f64::from(WIDTH) / pixels(across + 2 * QUIET_ZONE);
    let mut svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="DejaVu Sans, sans-serif"><rect width="100%" height="100%" fill="white"/><path fill="black" shape-rendering="crispEdges" d=""##
    );
    for (index, colour) in code.to_colors().into_iter().enumerate() {
        if colour == Color::Dark {
            let x = pixels(index % across + QUIET_ZONE) * module;
            let y = pixels(index / across + QUIET_ZONE) * module;
            // Writing into a string cannot fail.
            let _ = write!(svg, "M{x:.2} {y:.2}h{module:.2}v{module:.2}h-{module:.2}z");
        }
    }
    let letters = pixels(name.chars().count().max(1));
    let size = NAME_SIZE.min(NAME_WIDTH / (letters * LETTER));
    let name = escaped(name);
    let middle = WIDTH / 2;
    let below = WIDTH + 60;
    let _ = write!(
        svg,
        r#""/><text x="{middle}" y="{below}" text-anchor="middle" font-size="{size:.1}" fill="black">{name}</text></svg>"#
    );
    Ok(svg)
}

/// The picture as PNG.
///
/// # Errors
/// As [`svg`], or why it could not be drawn.
pub fn picture(name: &str, link: &str) -> Result<Vec<u8>, String> {
    png(&svg(name, link)?, (WIDTH, HEIGHT))
}

fn pixels(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// People's words, as text in XML: what is no character there is left out.
fn escaped(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for character in words.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&apos;"),
            '\u{FFFE}' | '\u{FFFF}' => {}
            other if other.is_control() => {}
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: &str = "https://t.me/deskbell_bot?start=p-AbCdEfGhIjKlMnOpQrStUv";

    #[test]
    fn a_picture_is_drawn_whatever_the_place_is_called() {
        for name in ["Room 204", "<b>&\"'</b>", "Ла\u{0}с", "🛁", &"w".repeat(60)] {
            let picture = picture(name, LINK).unwrap();
            assert!(picture.starts_with(b"\x89PNG"), "{name}");
        }
    }

    #[test]
    fn other_links_make_other_codes() {
        let one = svg("Room", LINK).unwrap();
        assert_eq!(one, svg("Room", LINK).unwrap());
        assert_ne!(one, svg("Room", &LINK.replace('A', "B")).unwrap());
        assert!(svg("Room", &"x".repeat(5_000)).is_err());
    }
}
