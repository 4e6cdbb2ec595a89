//! Whatever people write: Telegram takes what the desk makes of it, it fits, nothing in it comes
//! alive as a link, a mention or a command, and it stays on its own line. Stored, it is whole.
//!
//! `DESKBELL_TEXTS` sets how many texts are tried, `DESKBELL_SEED` repeats a run.

mod letters;
mod writing;

use deskbell::playground::{Entity, EntityKind, Formatted};
use deskbell::telegram::text::{Press, Rendered, Style, render};
use serde_json::json;

use crate::kill_storm::random::{self, Random};
use crate::kill_storm::{say, setting};
use crate::world::{World, conversations};
use crate::yard::Yard;

/// How many texts are tried unless the environment says otherwise.
const TEXTS: u64 = 4_000;

/// How many go through the whole desk.
const REPORTS: usize = 25;

/// Telegram's limits, in UTF-16 units; a button's label has none that is told, and phones cut it.
const MESSAGE_LIMIT: usize = 4_096;
const CAPTION_LIMIT: usize = 1_024;
const LABEL_LIMIT: usize = 64;

conversations! {
    hostile_reports_and_names_go_through_the_whole_desk
}

#[test]
fn whatever_people_write_telegram_takes_and_nothing_comes_alive() {
    let texts = setting("DESKBELL_TEXTS").unwrap_or(TEXTS);
    let seed = setting("DESKBELL_SEED").unwrap_or_else(random::seed);
    say(&format!("{texts} texts, DESKBELL_SEED={seed}"));
    let mut random = Random::new(seed);
    let style = Style {
        bot_username: "deskbell_bot".to_owned(),
    };
    let mut longest = 0;
    for number in 0..texts {
        let text = writing::anything(&mut random);
        let letter = letters::any(&mut random, &text);
        let rendered = render(&letter, &style);
        let what = format!("text {number}, DESKBELL_SEED={seed}: {text:?}");
        longest = longest.max(prove(&rendered, &what));
    }
    assert!(longest > 2_000, "the longest message had {longest} units");
}

/// Proves that a message would be taken and is dead; answers with its length.
fn prove(rendered: &Rendered, what: &str) -> usize {
    let read = Formatted::from_html(&rendered.text);
    let read = read.unwrap_or_else(|problem| panic!("{problem}, {what}"));
    let limit = if rendered.photos.is_empty() {
        MESSAGE_LIMIT
    } else {
        CAPTION_LIMIT
    };
    let length = read.utf16_len();
    assert!((1..=limit).contains(&length), "{length}: {what}");
    for entity in &read.entities {
        assert!(
            is_the_desks_own(entity),
            "{:?} is alive: {what}",
            read.under(entity)
        );
    }
    for line in read.text.split('\n') {
        assert!(is_closed(line), "{line:?} spills: {what}");
    }
    for key in rendered.keyboard.iter().flatten() {
        let units = key.label.encode_utf16().count();
        assert!(
            (1..=LABEL_LIMIT).contains(&units),
            "{:?}: {what}",
            key.label
        );
        assert!(!key.label.contains('\n'), "{:?}: {what}", key.label);
        if let Press::Data(button) = &key.press {
            let data = deskbell::telegram::button::encode(button);
            assert!((1..=64).contains(&data.len()), "{data}: {what}");
        }
    }
    length
}

/// What the desk itself makes: markup, links to cards, and people it means to call.
fn is_the_desks_own(entity: &Entity) -> bool {
    match &entity.kind {
        EntityKind::TextLink(address) => address.starts_with("https://t.me/c/"),
        EntityKind::TextMention(person) => letters::PEOPLE.contains(person),
        EntityKind::BotCommand
        | EntityKind::Mention
        | EntityKind::Url
        | EntityKind::Email
        | EntityKind::Hashtag
        | EntityKind::Cashtag => false,
        _ => true,
    }
}

/// Whether every mark that sets text apart has its end in the same line, and nothing else turns
/// the line around.
fn is_closed(line: &str) -> bool {
    let mut open = 0;
    for character in line.chars() {
        match character {
            '\u{2068}' => open += 1,
            '\u{2069}' if open > 0 => open -= 1,
            '\u{2069}' | '\u{202A}'..='\u{202E}' | '\u{2066}' | '\u{2067}' => return false,
            '\u{2028}' | '\u{2029}' | '\u{0085}' | '\0' => return false,
            _ => {}
        }
    }
    open == 0
}

async fn hostile_reports_and_names_go_through_the_whole_desk(world: World) {
    let seed = setting("DESKBELL_SEED").unwrap_or_else(random::seed);
    say(&format!("DESKBELL_SEED={seed}"));
    let mut random = Random::new(seed);
    let yard = Yard::new(&world).await;
    let bot = world.telegram.bot();
    for number in 1..=REPORTS {
        let text = writing::anything(&mut random);
        let name = writing::anything(&mut random);
        let stored = format!("begin {} end", text.replace('\0', ""));
        world.telegram.deliver_raw(json!({"message": {
            "message_id": 10_000 + number, "date": 1_799_668_800,
            "text": format!("/new_issue {stored}"),
            "from": {"id": 9_000 + number, "is_bot": false, "first_name": name},
            "chat": {"id": yard.chat.0, "type": "supergroup", "title": name}}}));
        world.pass(chrono::TimeDelta::minutes(1)).await;
        let what = format!("DESKBELL_SEED={seed}: {text:?}");
        let number = i64::try_from(number).unwrap();
        let report = world.incident(yard.chat, number).await.report.text;
        assert_eq!(report, stored, "not stored whole, {what}");
        let card = world.card(yard.chat, &format!("{number:04}"));
        for entity in &card.entities {
            let own = match &entity.kind {
                EntityKind::TextMention(person) => *person == 9_000 + number,
                EntityKind::TextLink(_) => false,
                _ => is_the_desks_own(entity),
            };
            assert!(own, "{entity:?} is alive, {what}");
        }
        let reply = world.telegram.say(yard.chat, yard.mari, "/open");
        world.pass(chrono::TimeDelta::minutes(1)).await;
        assert!(world.answer(yard.chat, reply).sender == bot);
    }
    let calls = world.telegram.calls();
    let refused = calls.iter().filter(|call| call.status == 400).count();
    assert_eq!(
        refused, 0,
        "Telegram refused something, DESKBELL_SEED={seed}"
    );
    world.finish().await;
}
