//! Whom a group of a company names, offers and asks: of all who work for the company, those who are in
//! that group.

use chrono::TimeDelta;
use deskbell::playground::{ChatId, PersonId, Standing};

use super::{Chain, two_managers};
use crate::world::{World, conversations};
use crate::yard::{count, words};

conversations! {
    only_who_is_there_is_offered_and_called_on_duty
    whoever_is_there_is_called_where_those_on_duty_are_elsewhere
    who_wants_to_be_let_in_asks_managers_of_that_group
}

async fn rate(world: &World, chain: &Chain, chat: ChatId, number: &str, urgency: &str) {
    let card = world.card(chat, number).id;
    world.press(chain.anna, chat, card, "Urgency").await;
    world.press(chain.anna, chat, card, urgency).await;
}

/// Vera is in both groups, Liis in the hotel alone; both belong to Maintenance.
async fn only_who_is_there_is_offered_and_called_on_duty(world: World) {
    let chain = Chain::new(&world).await;
    let (hotel, garage, anna) = (chain.hotel, chain.garage, chain.anna);
    for chat in [hotel, garage] {
        let asked = world.say(chat, anna, "/settings").await;
        let panel = world.answer(chat, asked).id;
        world.press(anna, chat, panel, "Full").await;
    }
    for (chat, number, liis) in [(hotel, "0001", true), (garage, "0002", false)] {
        chain.report(&world, chat, "The ramp is icy").await;
        rate(&world, &chain, chat, number, "critical").await;
        let asked = world.say(chat, anna, "/duty").await;
        let duty = world.answer(chat, asked).text;
        assert!(duty.contains("Vera"), "{duty}");
        assert_eq!(duty.contains("Liis"), liis, "{duty}");
    }
    world.pass(TimeDelta::minutes(16)).await;
    let own = world.telegram.private(anna);
    for (chat, number, liis) in [(hotel, "0001", true), (garage, "0002", false)] {
        let warned = world.said(chat, &format!("{number} ")).text;
        let call = world.said(own, &format!("Nobody has taken {number}"));
        let labels = call.labels().join(" ");
        for named in [&call.text, &labels, &warned, &words(&world, chat)] {
            assert!(named.contains("Vera"), "{named}");
            assert_eq!(named.contains("Liis"), liis, "{named}");
        }
    }

    for (chat, number, liis) in [(hotel, "0001", true), (garage, "0002", false)] {
        let card = world.card(chat, number).id;
        world.press(chain.vera, chat, card, "Claim").await;
        world.press(anna, chat, card, "Hand over").await;
        let offered = world.card(chat, number).labels().join(" ");
        assert!(!offered.contains("Resolve"), "a menu: {offered}");
        assert_eq!(offered.contains("Liis"), liis, "{offered}");
    }
    world.finish().await;
}

/// Vera is off duty, and Liis, who is not there, on: nobody there is on duty.
async fn whoever_is_there_is_called_where_those_on_duty_are_elsewhere(world: World) {
    let chain = Chain::new(&world).await;
    let (garage, anna) = (chain.garage, chain.anna);
    world.say(garage, anna, "/duty @vera Sat 8-16").await;
    chain.report(&world, garage, "The ramp is slippery").await;
    let new = world.said(garage, "0001 is waiting").text;
    assert!(
        new.contains("Maintenance") && !new.contains("Vera"),
        "{new}"
    );
    world.pass(TimeDelta::minutes(11)).await;
    let nudge = world.said(garage, "nobody has claimed").text;
    assert!(
        nudge.contains("Anna"),
        "those who direct can give it: {nudge}"
    );
    chain.report(&world, garage, "The lamp smokes").await;
    rate(&world, &chain, garage, "0002", "critical").await;
    world.pass(TimeDelta::minutes(11)).await;
    let warned = world.said(garage, "others are called").text;
    assert!(warned.contains("Vera"), "it is critical: {warned}");
    assert!(!words(&world, garage).contains("Liis"));
    world.finish().await;
}

async fn who_wants_to_be_let_in_asks_managers_of_that_group(world: World) {
    let chain = two_managers(&world).await;
    let (hotel, garage, anna) = (chain.hotel, chain.garage, chain.anna);
    world.say(hotel, anna, "/departments").await;
    let page = world.telegram.last_from_bot(hotel).unwrap().id;
    world.press(anna, hotel, page, "Maintenance").await;
    world.press(anna, hotel, page, "On request").await;
    let [boris, tiit] = newcomers(&world, &chain);
    world.settle().await;

    chain.report(&world, garage, "The ramp is icy").await;
    let card = world.card(garage, "0001").id;
    world.press(boris, garage, card, "Claim").await;
    world.say(garage, tiit, "/join").await;
    let page = world.said(garage, "Departments").id;
    world.press(tiit, garage, page, "Join Maintenance").await;
    let (own, hers) = (
        world.telegram.private(anna),
        world.telegram.private(chain.liis),
    );
    for name in ["Boris", "Tiit"] {
        let wants = format!("{name} wants to join Maintenance");
        assert_eq!(count(&world, own, &wants), 1, "{}", words(&world, own));
        assert_eq!(count(&world, hers, &wants), 0, "she is not there");
        assert_eq!(count(&world, garage, &wants), 0);
    }
    let request = world.said(own, "Boris wants to join").id;
    world.press(anna, own, request, "Approve").await;

    // Where no manager is in the group, the group hears it.
    world
        .telegram
        .set_standing(garage, anna, anna, Standing::Left);
    world.settle().await;
    assert_eq!(world.config(garage).await.managers.len(), 2);
    let late = world.telegram.person("Uku").add();
    world
        .telegram
        .set_standing(garage, boris, late, Standing::Member);
    world.say(garage, late, "/join").await;
    let page = world.said(garage, "Departments").id;
    world.press(late, garage, page, "Join Maintenance").await;
    world.said(garage, "Uku wants to join Maintenance");
    // In one message or in two, as the second word came before the first was said or not.
    let said = words(&world, garage);
    let mentions = said.lines().filter(|line| line.starts_with("👉"));
    let mentions: String = mentions.collect();
    for name in ["Anna", "Liis"] {
        assert!(mentions.contains(name), "{name}: {said}");
    }
    for chat in [own, hers] {
        assert_eq!(count(&world, chat, "Uku"), 0);
    }
    world.finish().await;
}

/// Two who come to work in the garage.
fn newcomers(world: &World, chain: &Chain) -> [PersonId; 2] {
    ["Boris", "Tiit"].map(|name| {
        let person = world.telegram.person(name).started().add();
        let telegram = &world.telegram;
        telegram.set_standing(chain.garage, chain.anna, person, Standing::Member);
        person
    })
}
