//! Who is in the group, who only looks on, who has gone without the desk hearing of it, and who
//! cannot be written to.

use chrono::TimeDelta;
use deskbell::playground::{ChatId, Fault, PersonId, Standing};

use crate::world::{World, conversations};
use crate::yard::{Yard, config, count, forge, words};

conversations! {
    who_only_looks_on_presses_nothing
    who_left_unheard_has_no_say_any_more
    who_was_dismissed_as_a_manager_manages_nothing
    who_comes_back_presses_at_once
    where_telegram_does_not_say_who_is_there_people_work_on
    a_block_comes_and_goes
}

/// The buttons of a message, as they are sent.
fn data(world: &World, chat: ChatId, words: &str) -> Vec<String> {
    let message = world.said(chat, words);
    let buttons = message.buttons.into_iter().flatten();
    buttons.filter_map(|button| button.data).collect()
}

/// Somebody leaves while the desk is away, and what tells of it is lost.
async fn leaves_unheard(world: &mut World, yard: &Yard, person: PersonId) {
    world.halt().await;
    world
        .telegram
        .set_standing(yard.chat, yard.mari, person, Standing::Kicked);
    let forget = "deleteWebhook?drop_pending_updates=true";
    let forgotten = reqwest::get(format!("{}/{forget}", world.bot_url())).await;
    assert!(forgotten.unwrap().status().is_success());
    world.wake().await;
}

async fn who_only_looks_on_presses_nothing(world: World) {
    let yard = Yard::new(&world).await;
    let peeping = world.telegram.person("Peeping Tom").started().add();
    let card = yard
        .incident(&world, "The gate jams", "0001", "Dispatch")
        .await;
    world.say(yard.chat, yard.mari, "/open").await;
    world.say(yard.chat, yard.mari, "/settings").await;
    let incident = world.incident(yard.chat, 1).await;
    let before = (
        config(&world, yard.chat).await,
        world.telegram.messages(yard.chat),
    );
    for (words, on) in [
        ("0001 · ", card.id),
        ("Open: 1", world.said(yard.chat, "Open: 1").id),
        (
            "Settings · Northgate",
            world.said(yard.chat, "Settings · ").id,
        ),
    ] {
        for data in data(&world, yard.chat, words) {
            let toast = forge(&world, peeping, yard.chat, on, &data).await;
            assert_eq!(toast.text, "Only those who are in the group can do this.");
        }
    }
    let after = (
        config(&world, yard.chat).await,
        world.telegram.messages(yard.chat),
    );
    assert_eq!(after, before);
    assert_eq!(world.incident(yard.chat, 1).await, incident);
    world.finish().await;
}

async fn who_left_unheard_has_no_say_any_more(mut world: World) {
    let yard = Yard::new(&world).await;
    let own = world.telegram.start_bot(yard.jaan);
    world.enrol(yard.chat, &[yard.jaan], "Dispatch").await;
    world.say(own, yard.jaan, "The lift is stuck").await;
    let mine = world.card(yard.chat, "0001");
    world.say(own, yard.jaan, "/open").await;
    let list = world.said(own, "The lift is stuck");
    let show = list.buttons[0][0].data.clone().unwrap();
    world
        .press(yard.jaan, own, list.id, &list.buttons[0][0].label)
        .await;
    let shown = world.said(own, "0001 · ");
    let pages = data(&world, own, "0001 · ");
    leaves_unheard(&mut world, &yard, yard.jaan).await;

    let before = world.incident(yard.chat, 1).await;
    let heard = words(&world, own);
    for (on, data) in [(list.id, show)]
        .into_iter()
        .chain(pages.into_iter().map(|data| (shown.id, data)))
    {
        let toast = forge(&world, yard.jaan, own, on, &data).await;
        assert!(!toast.text.is_empty(), "{data} met silence");
    }
    let claim = mine.buttons[0][0].data.clone().unwrap();
    let toast = forge(&world, yard.jaan, yard.chat, mine.id, &claim).await;
    assert!(toast.text.contains("in the group"), "{}", toast.text);
    for text in ["/open", "/my", "/incident 0001", "/comment 0001 Ha", "More"] {
        world.say(own, yard.jaan, text).await;
    }
    world.reply(own, yard.jaan, shown.id, "A comment").await;
    let said = words(&world, own);
    let news = said.strip_prefix(heard.as_str()).unwrap_or(&said);
    assert!(!news.contains("lift"), "{news}");
    assert_eq!(world.incident(yard.chat, 1).await, before);
    let dispatch = &config(&world, yard.chat).await.departments[4];
    assert!(dispatch.members.is_empty(), "nobody calls him any more");
    world.finish().await;
}

async fn who_was_dismissed_as_a_manager_manages_nothing(mut world: World) {
    let yard = Yard::new(&world).await;
    let own = world.telegram.start_bot(yard.jaan);
    world.say(yard.chat, yard.jaan, "Morning").await;
    yard.page(&world, "/managers", "+ Manager").await;
    let prompt = world.said(yard.chat, "who shall be a manager?").id;
    world.reply(yard.chat, yard.mari, prompt, "@jaan").await;
    let panel = world.telegram.last_from_bot(yard.chat).unwrap();
    let card = yard
        .incident(&world, "The gate jams", "0001", "Dispatch")
        .await;
    leaves_unheard(&mut world, &yard, yard.jaan).await;

    let before = config(&world, yard.chat).await.departments;
    for button in panel.buttons.iter().flatten() {
        let data = button.data.as_deref().unwrap();
        for (chat, on) in [(yard.chat, panel.id), (own, panel.id)] {
            let toast = forge(&world, yard.jaan, chat, on, data).await;
            assert!(!toast.text.is_empty(), "{} in {chat}", button.label);
        }
    }
    world.say(own, yard.jaan, "/cancel 0001 Never mind").await;
    assert!(world.card(yard.chat, "0001").pinned);
    assert_eq!(config(&world, yard.chat).await.departments, before);
    let toast = world.press(yard.olga, yard.chat, card.id, "Claim").await;
    assert_eq!(toast.text, "✋ 0001 is yours");
    world.finish().await;
}

async fn who_comes_back_presses_at_once(world: World) {
    let yard = Yard::new(&world).await;
    let card = yard
        .incident(&world, "The gate jams", "0001", "Dispatch")
        .await;
    let claim = card.button("✋ Claim").unwrap().data.clone().unwrap();
    let telegram = &world.telegram;
    telegram.set_standing(yard.chat, yard.mari, yard.jaan, Standing::Left);
    world.settle().await;
    let toast = forge(&world, yard.jaan, yard.chat, card.id, &claim).await;
    assert!(toast.text.contains("in the group"), "{}", toast.text);
    telegram.set_standing(yard.chat, yard.mari, yard.jaan, Standing::Member);
    let toast = forge(&world, yard.jaan, yard.chat, card.id, &claim).await;
    assert_eq!(toast.text, "✋ 0001 is yours");
    world.finish().await;
}

async fn where_telegram_does_not_say_who_is_there_people_work_on(world: World) {
    let yard = Yard::new(&world).await;
    let card = yard
        .incident(&world, "The gate jams", "0001", "Dispatch")
        .await;
    let fault = Fault::ServerError;
    world.telegram.fail_next(Some("getChatMember"), 1, fault);
    let toast = world.press(yard.jaan, yard.chat, card.id, "Claim").await;
    assert_eq!(toast.text, "✋ 0001 is yours");
    world.finish().await;
}

async fn a_block_comes_and_goes(world: World) {
    let yard = Yard::new(&world).await;
    let own = world.telegram.private(yard.mari);
    let card = yard
        .incident(&world, "The gate jams", "0001", "Dispatch")
        .await;
    for (blocked, privately, here) in [(false, 1, 0), (true, 1, 1), (false, 2, 1), (true, 2, 2)] {
        if blocked {
            world.telegram.block(yard.mari);
        } else {
            world.telegram.unblock(yard.mari);
        }
        // A block and a press are in two chats: either may come first.
        world.settle().await;
        world.press(yard.jaan, yard.chat, card.id, "Claim").await;
        assert_eq!(count(&world, own, "has taken 0001"), privately);
        assert_eq!(count(&world, yard.chat, "has taken 0001"), here);
        world.press(yard.jaan, yard.chat, card.id, "Leave").await;
        world.pass(TimeDelta::minutes(1)).await;
    }
    world.finish().await;
}
