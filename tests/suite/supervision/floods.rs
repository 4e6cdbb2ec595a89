//! Updates that no Telegram would send, many of them, and more than can be held at once: the good
//! ones among them are all done.
//!
//! `DESKBELL_FLOOD` sets how many there are, `DESKBELL_BACKLOG` how many pile up before a start,
//! `DESKBELL_SEED` repeats a run that failed.

use actors::domain::UpdateId;
use deskbell::playground::ChatId;
use serde_json::{Value, json};

use super::plan::ALWAYS;
use super::{Shop, breakages};
use crate::kill_storm::random::{self, Random};
use crate::kill_storm::{say, setting};
use crate::street::Street;
use crate::world::Engine;

/// How many updates come, and how many pile up, unless the environment says otherwise.
const UPDATES: u64 = 2_000;
const BACKLOG: u64 = 5_000;

/// One in so many is hostile.
const HOSTILE: u64 = 10;

/// So many break what handles them, however often they are tried.
const POISON: i64 = 10;

/// How often each of those is tried.
const TRIES: u32 = 3;

/// How often the desk gets a moment to work off a thousand updates.
const MOMENTS: u64 = 10_000;

/// How much memory the desk may take while a backlog comes in: half of what its unit allows.
const MOST_MEMORY: u64 = 256 << 20;

breakages! {
    hostile_updates_keep_no_good_one_from_its_verdict
}

async fn hostile_updates_keep_no_good_one_from_its_verdict(shop: Shop) {
    let seed = setting("DESKBELL_SEED").unwrap_or_else(random::seed);
    let count = setting("DESKBELL_FLOOD").unwrap_or(UPDATES);
    say(&format!("{count} updates, DESKBELL_SEED={seed}"));
    let mut random = Random::new(seed);
    let telegram = &shop.world.telegram;
    // The page of a new group asks that too.
    let before = shop.plan.count("groups_of");
    for poison in 1..=POISON {
        let (_, panic) = shop.panic();
        shop.plan.next(ALWAYS, "groups_of", Some(poison), panic);
    }
    let every = count / u64::try_from(POISON).unwrap();
    let (mut good, mut poisoned) = (Vec::new(), 0);
    for number in 0..count {
        if number % every == 0 && poisoned < POISON {
            poisoned += 1;
            telegram.deliver_raw(whisper(poisoned));
        } else if random.between(0, HOSTILE) == 0 {
            telegram.deliver_raw(hostile(&mut random, shop.chat));
        } else {
            good.push(telegram.deliver_raw(talk(shop.chat, number)));
        }
    }
    for _ in 0..MOMENTS * count.div_ceil(1_000) {
        shop.world.go_on().await;
        if telegram.pending_count() == 0 {
            break;
        }
    }
    assert_eq!(telegram.pending_count(), 0, "DESKBELL_SEED={seed}");
    let store = shop.world.store();
    for update in good {
        let handled = store.handled(UpdateId(update)).await.unwrap();
        assert!(handled, "update {update} is lost, DESKBELL_SEED={seed}");
    }
    let poison = u32::try_from(POISON).unwrap();
    assert_eq!(shop.plan.count("set_aside"), poison);
    let asked = shop.plan.count("groups_of") - before;
    assert_eq!(asked, poison * TRIES);
    shop.plan.clear();
    let card = shop.claimable("0001").await;
    assert_eq!(shop.claim(&card).await, "✋ 0001 is yours");
    shop.world.finish().await;
}

/// Somebody new says something that is nothing to the desk; that they were seen is kept.
fn talk(chat: ChatId, number: u64) -> Value {
    let person = 9_000_000_000 + number;
    json!({"message": {"message_id": 1_000_000 + number, "date": 1_799_668_800,
        "text": "It will rain again. ".repeat(10),
        "from": {"id": person, "is_bot": false, "first_name": format!("Person {number}")},
        "chat": {"id": chat.0, "title": "Workshop", "type": "supergroup"}}})
}

/// Asks in private for what its poison is in.
fn whisper(person: i64) -> Value {
    json!({"message": {"message_id": 1, "date": 1_799_668_800, "text": "/open",
        "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
        "from": {"id": person, "is_bot": false, "first_name": "Poison"},
        "chat": {"id": person, "first_name": "Poison", "type": "private"}}})
}

/// What no Telegram sends, or only on behalf of somebody who means harm.
fn hostile(random: &mut Random, chat: ChatId) -> Value {
    let noise = noise(random);
    let chat_is = json!({"id": chat.0, "title": noise, "type": "supergroup"});
    let from = json!({"id": 666, "is_bot": false, "first_name": noise});
    let words = |text: String| {
        json!({"message": {"message_id": 13, "date": 1_799_668_800, "text": text,
            "from": from, "chat": chat_is}})
    };
    match random.between(0, 14) {
        0 => json!(noise),
        1 => json!([1, "two", null, {"three": noise}]),
        2 => json!({"message": noise}),
        3 => json!({"message": {"message_id": "13", "date": "today", "chat": noise}}),
        4 => json!({"message": {"message_id": u64::MAX, "date": i64::MIN, "text": "x",
            "from": from, "chat": {"id": 1e308, "type": "supergroup"}}}),
        5 => json!({"telepathy": {"from": from, "thought": noise}}),
        6 => (0..300).fold(json!(noise), |deeper, _| json!([deeper])),
        7 => json!({"message": {"text": "no number, nobody, nowhere"}}),
        8 => pressed(&from, &chat_is, &noise),
        9 => pressed(&from, &chat_is, &"c".repeat(4_096)),
        10 => words("😀".repeat(4_096)),
        11 => words("\u{202e}\u{0}\u{feff}</b><script>".repeat(2_000)),
        12 => json!({"my_chat_member": {"chat": chat_is, "from": from, "date": 0,
            "old_chat_member": noise, "new_chat_member": {"status": noise}}}),
        _ => json!({"edited_message": {"message_id": -13, "edit_date": 0, "caption": noise,
            "photo": [{"file_id": noise, "width": -1, "height": "tall"}], "chat": chat_is}}),
    }
}

fn pressed(from: &Value, chat: &Value, data: &str) -> Value {
    json!({"callback_query": {"id": data, "from": from, "data": data, "chat_instance": "x",
        "message": {"message_id": 13, "date": 0, "chat": chat}}})
}

/// Any characters at all.
fn noise(random: &mut Random) -> String {
    let length = random.between(0, 100);
    let mut any = || u32::try_from(random.between(0, 0x11_0000)).unwrap();
    (0..length).filter_map(|_| char::from_u32(any())).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backlog_comes_in_within_bounded_memory() {
    let backlog = setting("DESKBELL_BACKLOG").unwrap_or(BACKLOG);
    let street = Street::new(Engine::Sqlite).await;
    let mari = street.telegram.person("Mari").started().add();
    let chat = street.group("Workshop", &[mari]);
    for number in 0..backlog {
        street.telegram.deliver_raw(talk(chat, number));
    }
    let desk = street.desk();
    let mut left = usize::MAX;
    while left > 0 {
        let before = left;
        let fewer = |telegram: &deskbell::playground::World| {
            let now = telegram.pending_count();
            (now < before).then_some(now)
        };
        left = street.awaits(fewer).await;
    }
    let peak = desk.peak_memory();
    say(&format!(
        "{backlog} updates, at most {} MB",
        peak / (1 << 20)
    ));
    assert!(peak < MOST_MEMORY, "{peak} bytes");
    let ended = desk.stopped().await;
    assert_eq!(ended.code, Some(0), "{}", ended.said);
    let handled = street.number("SELECT COUNT(*) FROM people").await;
    assert!(u64::try_from(handled).unwrap() >= backlog, "{handled}");
}
