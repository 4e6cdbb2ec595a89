//! The token of every test's bot is a canary: where it turns up outside of an address, it leaked.
//! Whatever the real binary prints or leaves in its folder is searched for it, each time.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE};

/// The part of the playground's token that is secret.
pub(crate) const CANARY: &str = "playground-is-not-a-secret-token-00";

/// What is found of the canary in there: whole or by half, plain, as base64 or percent-encoded.
pub(crate) fn sung_in(text: &[u8]) -> Option<String> {
    let (front, back) = CANARY.split_at(CANARY.len() / 2);
    let forms = [front, back].into_iter().flat_map(forms);
    forms.into_iter().find(|form| {
        let form = form.as_bytes();
        text.windows(form.len()).any(|window| window == form)
    })
}

/// Ends the test if anything in that folder, or below it, holds the canary.
#[track_caller]
pub(crate) fn assert_silent_in(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        // What the database throws away meanwhile holds nothing any more.
        let Ok(entry) = entry else { continue };
        let path = entry.path();
        if path.is_dir() {
            assert_silent_in(&path);
        } else if let Ok(bytes) = fs::read(&path) {
            assert_silent(&path.display().to_string(), &bytes);
        }
    }
}

/// Ends the test if that text holds the canary.
#[track_caller]
pub(crate) fn assert_silent(place: &str, text: &[u8]) {
    assert_eq!(sung_in(text), None, "the token leaked into {place}");
}

/// A part as it is, as base64 wherever it stands in what was encoded, and percent-encoded.
fn forms(part: &str) -> Vec<String> {
    let mut forms = vec![part.to_owned()];
    for before in 0..3 {
        let shifted = [&b"..."[..before], part.as_bytes()].concat();
        for engine in [BASE64_STANDARD, BASE64_URL_SAFE] {
            let encoded = engine.encode(&shifted);
            // Its first and last letters depend on the neighbours.
            let certain = encoded.trim_end_matches('=');
            let certain = certain.get((before * 4).div_ceil(3)..certain.len() - 1);
            forms.push(certain.unwrap().to_owned());
        }
    }
    let percent = |hex: fn(u8) -> String| part.bytes().map(hex).collect::<String>();
    forms.push(percent(|byte| format!("%{byte:02X}")));
    forms.push(percent(|byte| format!("%{byte:02x}")));
    forms
}

#[test]
fn the_canary_is_heard_in_every_disguise() {
    let token = format!("7100200300:{CANARY}");
    let percent: String = token.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let (front, back) = token.split_at(token.len() - 18);
    let disguises = [
        format!("https://api.telegram.org/bot{token}/getMe"),
        format!("cut off: {front}"),
        format!("the rest: {back}"),
        BASE64_STANDARD.encode(&token),
        BASE64_URL_SAFE.encode(format!("a{token}")),
        BASE64_STANDARD.encode(format!("ab{token}.")),
        token.replace(':', "%3A"),
        percent,
    ];
    for disguise in disguises {
        assert!(sung_in(disguise.as_bytes()).is_some(), "{disguise}");
    }
    assert_eq!(sung_in(b"7100200300:[token] says nothing"), None);
}
