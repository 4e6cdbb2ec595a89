//! What people write, at its worst.

use crate::kill_storm::random::Random;

/// Pieces that texts are made of.
const PIECES: &[&str] = &[
    "<",
    ">",
    "&",
    "&amp;",
    "&#0;",
    "\"",
    "'",
    "</a>",
    "<b>",
    "<a href=\"tg://user?id=1\">x</a>",
    "😀",
    "👩‍👩‍👧‍👧",
    "🇪🇪",
    "🇪",
    "\u{200D}",
    "\u{FE0F}",
    "\u{1F3FD}",
    "e\u{301}",
    "\u{301}",
    "Z\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}",
    "ש",
    "مرحبا",
    "\u{200F}",
    "\u{200E}",
    "\u{061C}",
    "\u{202A}",
    "\u{202B}",
    "\u{202D}",
    "\u{202E}",
    "\u{202C}",
    "\u{2066}",
    "\u{2067}",
    "\u{2068}",
    "\u{2069}",
    "\u{2028}",
    "\u{2029}",
    "\u{0085}",
    "\u{000B}",
    "\u{000C}",
    "\u{200B}",
    "\u{2060}",
    "\u{FEFF}",
    "\u{00AD}",
    "\u{3164}",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\0",
    "\u{7}",
    " ",
    "  ",
    "\u{A0}",
    "\u{3000}",
    "@",
    "@mari",
    "@durov",
    "/",
    "/open",
    "/cancel@deskbell_bot 1",
    "//",
    "#",
    "#tag",
    "#õun",
    "#1",
    "$",
    "$USD",
    ".",
    "..",
    ".com",
    "t.me/x",
    "https://t.me/joinchat/x",
    "HTTP://evil.example?a=b&c=d",
    "tg://resolve?domain=x",
    "ton://x",
    "www.evil.com",
    "пример.рф",
    "1.2.3.4:80",
    "bob@evil.com",
    "+372 5550 0123",
    "4111 1111 1111 1111",
    "localhost:8080",
    "{$person}",
    "{",
    "}",
    "%s",
    "\\",
    "a",
    "B",
    "õ",
    "Ж",
    "字",
    "gate",
    "It leaks. ",
    "-",
    "_",
    "*",
    "`",
    "~",
    "|",
    "(",
    ")",
    "!",
];

/// Around which lengths, in UTF-16 units, something is likely to go wrong.
const LENGTHS: [u64; 8] = [1, 8, 40, 48, 80, 200, 700, 4_096];

/// A text that a person could send: at most 4,096 UTF-16 units, and something to be seen.
pub(super) fn anything(random: &mut Random) -> String {
    let wanted = *random.one_of(&LENGTHS);
    let wanted = usize::try_from(random.between(wanted.saturating_sub(3).max(1), wanted + 3));
    let wanted = wanted.unwrap().min(4_000);
    // One piece over and over finds other faults than many in turn.
    let monotonous = random.between(0, 4) == 0;
    let mut piece: &str = random.one_of::<&str>(PIECES);
    let mut text = String::new();
    let mut units = 0;
    while units < wanted {
        if !monotonous {
            piece = random.one_of::<&str>(PIECES);
        }
        if random.between(0, 40) == 0 {
            let any = u32::try_from(random.between(0, 0x11_0000)).unwrap();
            text.extend(char::from_u32(any));
            units += 2;
        }
        text.push_str(piece);
        units += piece.encode_utf16().count();
    }
    text
}
