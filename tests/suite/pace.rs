//! What the desk costs a group, which takes twenty calls a minute, and that it never takes more than
//! Telegram gives, however much there is to say.
//!
//! `DESKBELL_OVERLOAD_MINUTES` makes the overload longer.

use actors::domain::notice::Menu;
use actors::domain::{Class, Incident, Says};
use actors::ports::{Address, Commit, Draft};
use chrono::TimeDelta;
use deskbell::playground::{Call, ChatId, MessageId, PersonId};

use crate::cast::Yard;
use crate::kill_storm::{say, setting};
use crate::world::{World, conversations};

conversations! {
    one_life_costs_a_group_no_more_than_it_has_to
    two_lives_in_one_minute_wait_for_nothing_that_somebody_waits_for
    many_changes_of_a_card_leave_room_for_answers
    an_incident_that_is_over_at_once_is_not_pinned
    those_who_are_mentioned_together_cost_one_message
    a_restart_takes_the_windows_along
    overload_breaks_no_limit_and_starves_nobody
}

/// What one incident's life may cost its group in the quick workflow, where nobody has started the
/// bot: the card, its pin, the menu, the department, the call; the claim and who hears of it; the
/// question and the card that waits for its answer; the card, the unpin, who hears of it, the
/// thanks.
const ONE_LIFE: usize = 13;

/// How long the desk is overloaded, unless the environment says otherwise: long enough for restarts,
/// and for what cannot be said to pile up.
const OVERLOAD_MINUTES: u64 = 15;

/// The calls that a group has to bear.
fn burdens(world: &World, chat: ChatId, since: u64) -> Vec<Call> {
    let calls = world.telegram.calls_since(since).into_iter();
    calls
        .filter(|call| call.parameters["chat_id"] == chat.0 && !call.method.starts_with("get"))
        .collect()
}

fn count(calls: &[Call], method: &str) -> usize {
    calls.iter().filter(|call| call.method == method).count()
}

async fn one_life_costs_a_group_no_more_than_it_has_to(world: World) {
    let yard = Yard::open(&world).await;
    world.enrol(yard.chat, &[yard.jaan], "Maintenance").await;
    world.pass(TimeDelta::minutes(2)).await;
    let before = world.telegram.call_count();
    yard.resolved(&world).await;
    let calls = burdens(&world, yard.chat, before);
    say(&format!("one life: {} calls", calls.len()));
    assert!(calls.len() <= ONE_LIFE, "{calls:#?}");
    world.finish().await;
}

/// Somebody presses, a few seconds after the last one did.
async fn presses(world: &World, yard: &Yard, who: PersonId, card: MessageId, label: &str) {
    world.pass_unsettled(TimeDelta::seconds(2)).await;
    world.until(|world| shows(world, yard, card, label)).await;
    let press = world.begin_press(who, yard.chat, card, label);
    world.telegram.toast(press).await.unwrap();
}

fn shows(world: &World, yard: &Yard, card: MessageId, label: &str) -> bool {
    let view = yard.see(world, card);
    view.labels().iter().any(|it| it.contains(label))
}

async fn two_lives_in_one_minute_wait_for_nothing_that_somebody_waits_for(mut world: World) {
    world.watch().await;
    let yard = Yard::open(&world).await;
    let (chat, jaan, olga) = (yard.chat, yard.jaan, yard.olga);
    world.start(olga).await;
    world.pass(TimeDelta::minutes(2)).await;
    let (began, before) = (world.telegram.now(), world.telegram.call_count());
    let mut cards = Vec::new();
    for text in ["The tap leaks", "The lamp is broken"] {
        world
            .telegram
            .say(chat, olga, &format!("/new_issue {text}"));
        world.until(|world| world.heard(chat, text).is_some()).await;
        cards.push(world.said(chat, text).id);
    }
    let both = ["0001", "0002"].into_iter().zip(&cards);
    for (_, card) in both.clone() {
        presses(&world, &yard, olga, *card, "Choose department").await;
        // The clock stands still meanwhile, so the menu waits for nothing.
        world
            .until(|world| shows(world, &yard, *card, "Maintenance"))
            .await;
        presses(&world, &yard, olga, *card, "Maintenance").await;
    }
    for (_, card) in both.clone() {
        presses(&world, &yard, jaan, *card, "Claim").await;
    }
    for (number, card) in both {
        presses(&world, &yard, jaan, *card, "Resolve").await;
        let question = format!("how was {number} resolved?");
        world
            .until(|world| world.heard(chat, &question).is_some())
            .await;
    }
    let took = world.telegram.now() - began;
    assert!(took < TimeDelta::minutes(1), "{took}");
    for number in ["0001", "0002"] {
        let prompt = world.said(chat, &format!("how was {number} resolved?")).id;
        world.telegram.reply(chat, jaan, prompt, "Mended it");
        world.pass_unsettled(TimeDelta::seconds(3)).await;
    }
    world.settle().await;
    for card in cards {
        let view = yard.see(&world, card);
        assert!(view.text.contains("Mended it") && !view.pinned, "{view:#?}");
    }
    let calls = burdens(&world, chat, before);
    say(&format!("two lives in {took}: {} calls", calls.len()));
    // The reporter has started the bot, so that the group is spared two of each.
    let alone = 2 * (ONE_LIFE - 2);
    assert!(calls.len() < alone, "{calls:#?}");
    world.finish().await;
}

async fn many_changes_of_a_card_leave_room_for_answers(mut world: World) {
    world.watch().await;
    let yard = Yard::open(&world).await;
    let (chat, card) = (yard.chat, yard.claimed(&world).await);
    let incident = world.incident(chat, 1).await;
    world.pass(TimeDelta::minutes(2)).await;
    let before = world.telegram.call_count();
    for _ in 0..60 {
        change(&world, &incident, chat).await;
        world.pass_unsettled(TimeDelta::seconds(1)).await;
    }
    let calls = burdens(&world, chat, before);
    let edits = count(&calls, "editMessageText");
    let times: Vec<_> = calls.iter().map(|call| call.at.time()).collect();
    assert!((10..18).contains(&edits), "{edits} of sixty: {times:?}");
    world.telegram.say(chat, yard.mari, "/privacy");
    world
        .until(|world| world.heard(chat, "What I keep").is_some())
        .await;
    world.say(chat, yard.olga, "/comment 0001 The last").await;
    assert!(yard.see(&world, card).text.contains("The last"));
    world.finish().await;
}

async fn an_incident_that_is_over_at_once_is_not_pinned(world: World) {
    let yard = Yard::open(&world).await;
    let chat = yard.chat;
    world.pass(TimeDelta::minutes(2)).await;
    // So much has been said that pins wait for their turn.
    for round in 0..14 {
        world.telegram.say(chat, yard.mari, "/privacy");
        world
            .until(|world| world.times_said(chat, "What I keep") > round)
            .await;
    }
    let before = world.telegram.call_count();
    world
        .telegram
        .say(chat, yard.olga, "/new_issue The tap leaks");
    world
        .until(|world| world.heard(chat, "The tap leaks").is_some())
        .await;
    let card = world.said(chat, "The tap leaks").id;
    world
        .telegram
        .say(chat, yard.olga, "/cancel 0001 It stopped");
    world.settle().await;
    world.pass(TimeDelta::minutes(2)).await;
    let calls = burdens(&world, chat, before);
    let pins = count(&calls, "pinChatMessage") + count(&calls, "unpinChatMessage");
    assert_eq!(pins, 0, "{calls:#?}");
    let view = yard.see(&world, card);
    assert!(view.text.contains("cancelled") && !view.pinned);
    world.finish().await;
}

async fn those_who_are_mentioned_together_cost_one_message(world: World) {
    let telegram = &world.telegram;
    let names = ["Anu", "Boris", "Carl", "Dora", "Erik", "Fia"];
    let managers: Vec<PersonId> = names
        .iter()
        .map(|name| telegram.person(name).username(&name.to_lowercase()).add())
        .collect();
    let yard = Yard::with(&world, &managers).await;
    for (name, manager) in names.iter().zip(&managers) {
        world.say(yard.chat, *manager, "Morning").await;
        let asked = world.say(yard.chat, yard.mari, "/managers").await;
        let panel = world.answer(yard.chat, asked).id;
        world.press(yard.mari, yard.chat, panel, "+ Manager").await;
        let prompt = world.said(yard.chat, "who shall be a manager");
        let username = format!("@{}", name.to_lowercase());
        world
            .reply(yard.chat, yard.mari, prompt.id, &username)
            .await;
    }
    yard.resolved(&world).await;
    world.pass(TimeDelta::minutes(2)).await;
    world
        .say(yard.chat, yard.olga, "/reopen 0001 It squeaks")
        .await;
    world.pass(TimeDelta::minutes(2)).await;
    let told = world.telegram.messages(yard.chat);
    let told: Vec<&str> = told
        .iter()
        .filter(|message| message.from_bot && message.text.contains("Olga has reopened 0001"))
        .map(|message| message.text.lines().next().unwrap_or_default())
        .collect();
    assert_eq!(told.len(), 2, "five names a message: {told:?}");
    let all = told.join(", ");
    for name in names.iter().chain(&["Jaan"]) {
        assert_eq!(all.matches(name).count(), 1, "{name} in {all}");
    }
    world.said(world.telegram.private(yard.mari), "Olga has reopened 0001");
    world.finish().await;
}

async fn a_restart_takes_the_windows_along(mut world: World) {
    world.watch().await;
    let yard = Yard::open(&world).await;
    world.pass(TimeDelta::minutes(2)).await;
    let before = world.telegram.call_count();
    put(&world, &[(Class::Escalation, yard.chat, 50)]).await;
    for _ in 0..8 {
        world.pass_unsettled(TimeDelta::seconds(5)).await;
        world.restart().await;
        world.quiet().await;
    }
    let first = burdens(&world, yard.chat, before).len();
    assert_eq!(first, 20, "in 40 seconds");
    world.pass_unsettled(TimeDelta::minutes(3)).await;
    let calls = burdens(&world, yard.chat, before);
    assert_eq!(calls.len(), 50);
    world.finish().await;
}

/// Lets the desk say something, so many times.
async fn put(world: &World, what: &[(Class, ChatId, usize)]) {
    let mut commit = Commit::new(world.telegram.now(), None);
    for (class, chat, times) in what {
        let draft = Draft {
            incident: None,
            about_opened: false,
            group: None,
            address: Address::Chat {
                chat: actors::domain::ChatId(chat.0),
                thread: None,
            },
            class: *class,
            says: match class {
                Class::Chatter => Says::Help,
                _ => Says::Privacy,
            },
            reply_to: None,
            held_until: None,
            absent_minutes: None,
            edit: None,
        };
        commit.outbox.extend(vec![draft; *times]);
    }
    world.store().commit(commit).await.unwrap();
    world.service().tree().wakes.all();
}

/// The card changes.
async fn change(world: &World, incident: &Incident, chat: ChatId) {
    let mut commit = Commit::new(world.telegram.now(), None);
    commit.outbox.push(Draft {
        incident: Some(incident.identity.id),
        about_opened: false,
        group: Some(incident.identity.group),
        address: Address::Chat {
            chat: actors::domain::ChatId(chat.0),
            thread: None,
        },
        class: Class::Card,
        says: Says::Card { menu: Menu::Main },
        reply_to: None,
        held_until: None,
        absent_minutes: None,
        edit: None,
    });
    world.store().commit(commit).await.unwrap();
}

async fn overload_breaks_no_limit_and_starves_nobody(mut world: World) {
    world.watch().await;
    let minutes = setting("DESKBELL_OVERLOAD_MINUTES").unwrap_or(OVERLOAD_MINUTES);
    let yard = Yard::open(&world).await;
    let card = yard.waiting(&world).await;
    let incident = world.incident(yard.chat, 1).await;
    let crowd: Vec<ChatId> = (0..50)
        .map(|number| {
            let person = world
                .telegram
                .person(&format!("Guest{number}"))
                .started()
                .add();
            world.telegram.private(person)
        })
        .collect();
    world.pass(TimeDelta::minutes(2)).await;
    let mut chatter = Vec::new();
    for minute in 0..minutes {
        let before = world.telegram.call_count();
        // More than the group takes, of which some can be merged; now and then all others at once.
        let mut what = vec![(Class::Page, yard.chat, 18), (Class::Chatter, yard.chat, 1)];
        if minute % 5 == 0 {
            what.extend(crowd.iter().map(|chat| (Class::Page, *chat, 1)));
        }
        put(&world, &what).await;
        for second in 0..60 {
            if second % 4 == 0 {
                change(&world, &incident, yard.chat).await;
            }
            world.pass_unsettled(TimeDelta::seconds(1)).await;
            if (minute * 60 + second) % 407 == 400 {
                world.restart().await;
            }
        }
        let group = burdens(&world, yard.chat, before);
        let edits = count(&group, "editMessageText");
        assert!(edits > 0 || minute == 0, "no edit in minute {minute}");
        assert!(group.len() <= 20, "{} in minute {minute}", group.len());
        chatter.extend(
            group
                .iter()
                .filter(|call| is_chatter(call))
                .map(|call| call.at),
        );
    }
    let gaps = chatter.windows(2).map(|pair| pair[1] - pair[0]);
    let longest = gaps.max().unwrap();
    assert!(longest < TimeDelta::seconds(75), "{longest}: {chatter:?}");
    let broken = world.telegram.violations();
    assert!(broken.is_empty(), "{broken:#?}");
    assert!(yard.see(&world, card).text.contains("0001"));
    world.finish().await;
}

fn is_chatter(call: &Call) -> bool {
    let text = call.parameters["text"].as_str().unwrap_or_default();
    call.method == "sendMessage" && text.contains("How to")
}
