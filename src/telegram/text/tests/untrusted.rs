//! Whatever people write: it fits, it breaks nothing, it reorders nothing, nothing comes alive.

use actors::domain::{Language, Person, Says};
use proptest::prelude::*;

use super::super::markup::{Medium, cut, escaped, units};
use super::super::render;
use super::coverage::say_everything;
use super::fixture::{JAAN, MARI, NOBODY, World, new, style};
use super::reader::{live_pieces, read};

/// A family of four: seven characters, eleven UTF-16 units, one picture.
const FAMILY: &str = "👩‍👩‍👧‍👧";

#[test]
fn markup_in_text_is_text() {
    assert_eq!(
        escaped("<b>\"Tom\" & 'Jerry'</b>"),
        "&lt;b&gt;&quot;Tom&quot; &amp; 'Jerry'&lt;/b&gt;"
    );
    let world = World::hostile(Language::English, "</a><b>Mari</b> & \"co\"");
    let says = Says::Claimed { by: MARI };
    let letter = world.letter(says, Some(world.incident(new())));
    let seen = read(&render(&letter, &style()).text).unwrap();
    assert_eq!(
        seen.text.replace('\u{2060}', ""),
        "🙋 </a><b>Mari</b> & \"co\" has taken 0042"
    );
}

#[test]
fn text_is_cut_where_a_picture_ends() {
    assert_eq!(cut("abcdef", 6), "abcdef");
    assert_eq!(cut("abcdefg", 6), "abcde…");
    assert_eq!(cut("😀😀😀", 5), "😀😀…");
    assert_eq!(cut("😀😀😀", 4), "😀…");
    assert_eq!(cut(&format!("a{FAMILY}b"), 12), "a…");
    assert_eq!(cut(&format!("a{FAMILY}bc"), 13), format!("a{FAMILY}…"));
    assert_eq!(cut("🇪🇪🇱🇻🇱🇹", 9), "🇪🇪🇱🇻…");
}

#[test]
fn a_tower_of_marks_is_taken_down() {
    let tower = format!("Z{}lgo", "\u{0301}\u{0489}".repeat(50));
    assert_eq!(
        Medium::Html.line(&tower, 40),
        "Z\u{0301}\u{0489}\u{0301}\u{0489}lgo"
    );
    let vietnamese = "Vie\u{0302}\u{0323}t";
    assert_eq!(Medium::Html.line(vietnamese, 40), vietnamese);
}

#[test]
fn every_kind_of_line_break_counts() {
    let hidden = "a\u{2028}b\u{2029}c\u{0085}d\u{000B}e\u{000C}f";
    assert_eq!(Medium::Html.block(hidden, 40), "a\nb\nc\nd\ne\nf");
    assert_eq!(Medium::Html.line(hidden, 40), "a b c d e f");
    let tall = Medium::Html.block(&"a\u{2028}".repeat(500), 2_000);
    assert_eq!(tall.lines().count(), 20);
}

#[test]
fn a_picture_longer_than_the_limit_is_cut_at_a_character() {
    let stacked = format!("a{}", "\u{0301}".repeat(100));
    let cut = cut(&stacked, 10);
    assert_eq!(units(&cut), 10);
    assert!(cut.starts_with('a') && cut.ends_with('…'));
}

#[test]
fn text_that_runs_from_right_to_left_is_set_apart() {
    let name = Medium::Html.line("משה", 40);
    assert_eq!(name, "\u{2068}משה\u{2069}");
    assert_eq!(Medium::Html.line("Mari", 40), "Mari");
    let lines = Medium::Html.block("ok\nمرحبا", 40);
    assert_eq!(lines, "ok\n\u{2068}مرحبا\u{2069}");
}

#[test]
fn nothing_can_turn_the_line_around() {
    let evil = "gate\u{202E}B\u{2066}x\u{2069}\u{202A}";
    assert_eq!(Medium::Html.line(evil, 40), "gateBx");
}

#[test]
fn nothing_in_a_report_comes_alive() {
    for text in [
        "@durov look",
        "/cancel 0042",
        "#tag and #12",
        "$USD",
        "https://evil.example/x?y=1",
        "http://1.2.3.4:80/",
        "t.me/joinchat",
        "tg://resolve?domain=x",
        "mail bob@evil.example",
        "www.evil.example",
        "пример.рф",
        "(@durov)",
        "//cancel",
        "a@@durov",
    ] {
        assert!(
            !live_pieces(text).is_empty(),
            "{text} should be alive as it stands"
        );
        let shown = read(&Medium::Html.block(text, 500)).unwrap().text;
        assert_eq!(live_pieces(&shown), Vec::<String>::new(), "{text}");
        assert_eq!(shown.replace('\u{2060}', ""), text);
    }
    assert_eq!(
        Medium::Html.line("It leaks. 5 l / h, at 14:02", 99),
        "It leaks. 5 l / h, at 14:02"
    );
}

#[test]
fn names_that_nobody_can_see_are_replaced() {
    let world = World::new(Language::English);
    let mut letter = world.letter(Says::Claimed { by: NOBODY }, Some(world.incident(new())));
    for name in [
        "",
        "  ",
        "\u{200B}",
        "\u{3164}",
        "\u{2800}\u{FE0F}",
        "\u{202E}",
    ] {
        letter.background.people = vec![Person {
            name: name.to_owned(),
            ..Person::unknown(NOBODY)
        }];
        let text = render(&letter, &style()).text;
        assert!(text.contains(">someone</a>"), "{name:?}: {text}");
    }
}

#[test]
fn a_long_text_is_folded_and_its_gaps_are_closed() {
    let world = World::hostile(Language::English, &"It leaks.\n\n\n\n".repeat(30));
    let says = Says::Cancelled {
        by: JAAN,
        reason: world.text.clone(),
    };
    let letter = world.letter(says, Some(world.incident(new())));
    let text = render(&letter, &style()).text;
    assert!(!text.contains("\n\n\n"));
    assert_eq!(text.lines().count(), 21);
    let world = World::hostile(Language::English, &"It leaks. ".repeat(60));
    let says = Says::Reopened {
        by: JAAN,
        comment: world.text.clone(),
    };
    let letter = world.letter(says, Some(world.incident(new())));
    assert!(
        render(&letter, &style())
            .text
            .contains("<blockquote expandable>")
    );
}

#[test]
fn everything_fits_whatever_people_write() {
    let pieces = [
        "<",
        "&",
        "\"",
        "😀",
        FAMILY,
        "\n",
        "a\n",
        "ש\n",
        "@",
        "@a",
        ".a",
        "a\u{0301}",
        "\u{202E}",
        "W ",
    ];
    for (piece, language) in pieces.into_iter().zip(Language::ALL.into_iter().cycle()) {
        let longest_message = piece.repeat(4_096 / units(piece));
        say_everything(&World::hostile(language, &longest_message));
    }
}

fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("<"),
        Just(">"),
        Just("&"),
        Just("&amp;"),
        Just("\""),
        Just("</a>"),
        Just("<b>"),
        Just("😀"),
        Just(FAMILY),
        Just("\u{200D}"),
        Just("\u{FE0F}"),
        Just("🇪"),
        Just("ש"),
        Just("\u{202E}"),
        Just("\u{2068}"),
        Just("\n"),
        Just("\r"),
        Just("\t"),
        Just("\0"),
        Just(" "),
        Just("@"),
        Just("/"),
        Just("#"),
        Just("$"),
        Just("."),
        Just("a"),
        Just("B"),
        Just("õ"),
        Just("\u{0301}"),
        Just("{$x}"),
        Just("{"),
        Just("https://t.me/x"),
    ];
    prop::collection::vec(piece, 0..400).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_becomes_valid_within_its_limit_and_dead(
        text in prop_oneof![nasty(), any::<String>()],
        limit in 1_usize..300,
    ) {
        let line = read(&Medium::Html.line(&text, limit)).unwrap();
        // The two marks that set a line apart come on top.
        prop_assert!(line.units() <= limit + 2);
        prop_assert!(!line.text.contains('\n'));
        prop_assert!(line.tags.is_empty());
        prop_assert_eq!(live_pieces(&line.text), Vec::<String>::new());
        let block = read(&Medium::Html.block(&text, limit)).unwrap();
        prop_assert!(block.text.lines().count() <= 20);
        prop_assert!(block.units() <= limit + 2 * 20);
        prop_assert_eq!(live_pieces(&block.text), Vec::<String>::new());
    }

    #[test]
    fn a_cut_is_a_beginning(text: String, limit in 1_usize..40) {
        let cut = cut(&text, limit);
        prop_assert!(units(&cut) <= limit);
        prop_assert!(text.starts_with(cut.trim_end_matches('…')));
    }
}

proptest! {
    // Each case says everything there is to say.
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn everything_can_be_said_about_any_text(text in nasty()) {
        say_everything(&World::hostile(Language::English, &text));
    }
}
