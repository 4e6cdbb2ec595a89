//! A hotel and its garage are one company: they share people, departments and numbers, and each sees
//! its own incidents.

mod figures;
mod joining;
mod people;

use actors::inbound::{Button, Change};
use chrono::TimeDelta;
use deskbell::playground::{ChatId, PersonId, Rights, Standing};
use deskbell::telegram::button::encode;

use crate::world::{World, conversations};
use crate::yard::{count, unite, words};

conversations! {
    groups_share_people_and_numbers_and_nothing_else
    a_shift_begins_and_ends_in_each_group_for_itself
    who_administers_one_group_has_no_say_in_the_others
    who_is_elsewhere_is_not_told_what_happens_here
    what_fell_due_in_an_absence_is_not_told_them_either
}

/// Anna manages both; Vera works in both, Liis in the hotel alone.
struct Chain {
    hotel: ChatId,
    garage: ChatId,
    anna: PersonId,
    vera: PersonId,
    liis: PersonId,
}

impl Chain {
    /// Vera and Liis are in Maintenance, and have started the bot.
    async fn new(world: &World) -> Self {
        let telegram = &world.telegram;
        let anna = telegram.person("Anna").username("anna").started().add();
        let vera = telegram.person("Vera").username("vera").started().add();
        let liis = telegram.person("Liis").username("liis").started().add();
        let hotel = world.group("Hotel Aurora", &[anna, vera, liis]).await;
        let garage = world.group("Aurora Garage", &[anna, vera]).await;
        unite(world, hotel, garage).await;
        for (chat, person) in [(hotel, vera), (hotel, liis), (garage, vera)] {
            world.say(chat, person, "Morning").await;
        }
        for person in [anna, vera, liis] {
            world.start(person).await;
        }
        world.enrol(hotel, &[vera, liis], "Maintenance").await;
        Self {
            hotel,
            garage,
            anna,
            vera,
            liis,
        }
    }

    /// Anna reports something in a group, for Maintenance.
    async fn report(&self, world: &World, chat: ChatId, text: &str) {
        let told = format!("/new_issue {text}");
        let asked = world.say(chat, self.anna, &told).await;
        let card = world.answer(chat, asked).id;
        world.press(self.anna, chat, card, "Choose").await;
        world.press(self.anna, chat, card, "Maintenance").await;
    }
}

async fn groups_share_people_and_numbers_and_nothing_else(world: World) {
    let chain = Chain::new(&world).await;
    let (hotel, garage, vera) = (chain.hotel, chain.garage, chain.vera);
    // Where private reports go is asked once.
    let own = world.telegram.private(vera);
    world.say(own, vera, "The lamp is out").await;
    let question = world.said(own, "For which group is this?").id;
    world.press(vera, own, question, "Garage").await;
    assert!(world.card(garage, "0001").text.contains("The lamp"));
    chain.report(&world, hotel, "A tap drips").await;
    world.say(own, vera, "The lift squeaks").await;
    assert!(world.card(garage, "0003").text.contains("The lift"));
    assert_eq!(count(&world, own, "For which group"), 1);

    // Who is called is called where it happened.
    chain.report(&world, garage, "The ramp is slippery").await;
    assert_eq!(count(&world, hotel, "0004"), 0);
    let called = world.said(garage, "0004 is waiting").text;
    assert!(called.contains("Maintenance: Vera —"), "{called}");

    each_sees_what_is_theirs(&world, &chain).await;
    a_department_has_one_name(&world, &chain).await;
    world.finish().await;
}

/// Each group lists its own; whoever is in both sees both, in private.
async fn each_sees_what_is_theirs(world: &World, chain: &Chain) {
    let (hotel, garage, anna, vera, liis) = (
        chain.hotel,
        chain.garage,
        chain.anna,
        chain.vera,
        chain.liis,
    );
    let own = world.telegram.private(vera);
    let listed = async |chat, person, command: &str| {
        let asked = world.say(chat, person, command).await;
        let text = world.answer(chat, asked).text;
        ["0001", "0002", "0003", "0004"].map(|number| text.contains(number))
    };
    assert_eq!(
        listed(hotel, vera, "/open").await,
        [false, true, false, false]
    );
    assert_eq!(
        listed(garage, vera, "/open").await,
        [true, false, true, true]
    );
    assert_eq!(listed(own, vera, "/open").await, [true; 4]);
    let list = world.said(own, "Open: 4").text;
    assert!(list.contains("Hotel Aurora") && list.contains("Aurora Garage"));
    assert_eq!(listed(own, vera, "/my").await, [true, false, true, false]);
    let hers = world.telegram.private(liis);
    assert_eq!(
        listed(hers, liis, "/open").await,
        [false, true, false, false]
    );
    for (chat, person) in [(hotel, vera), (hers, liis)] {
        let asked = world.say(chat, person, "/incident 0001").await;
        let text = world.answer(chat, asked).text;
        assert!(text.contains("no incident with that number"), "{text}");
    }
    let asked = world.say(own, vera, "/comment 0002 I have a key").await;
    world.answer(own, asked);
    assert!(world.card(hotel, "0002").text.contains("I have a key"));
    world.say(hotel, anna, "/duplicate 0002 0001").await;
    assert_eq!(count(world, hotel, "0001"), 0);
}

/// What is set in one is so in the other.
async fn a_department_has_one_name(world: &World, chain: &Chain) {
    let (hotel, garage, anna) = (chain.hotel, chain.garage, chain.anna);
    world.say(hotel, anna, "/departments").await;
    let page = world.telegram.last_from_bot(hotel).unwrap().id;
    world.press(anna, hotel, page, "Maintenance").await;
    world.press(anna, hotel, page, "Rename").await;
    let prompt = world.telegram.last_from_bot(hotel).unwrap().id;
    world.reply(hotel, anna, prompt, "Technicians").await;
    let asked = world.say(garage, chain.vera, "/open technicians").await;
    assert!(world.answer(garage, asked).text.contains("0004"));
}

async fn a_shift_begins_and_ends_in_each_group_for_itself(world: World) {
    let chain = Chain::new(&world).await;
    let (hotel, garage) = (chain.hotel, chain.garage);
    for name in ["vera", "liis"] {
        let words = format!("/duty @{name} Mon-Fri 16-22");
        world.say(hotel, chain.anna, &words).await;
    }
    chain.report(&world, hotel, "A tap drips").await;
    chain.report(&world, garage, "The ramp is slippery").await;
    world.pass(TimeDelta::hours(4)).await;
    let own = world.telegram.private(chain.vera);
    let hers = world.telegram.private(chain.liis);
    let begins = "Your shift begins";
    assert_eq!(count(&world, own, begins), 2);
    assert_eq!(count(&world, own, "A tap drips"), 1);
    assert_eq!(count(&world, own, "The ramp"), 1);
    assert!(world.said(own, "A tap drips").text.contains("Hotel Aurora"));
    assert_eq!(count(&world, hers, begins), 1);
    assert!(!words(&world, hers).contains("The ramp"));

    let card = world.card(garage, "0002").id;
    world.press(chain.vera, garage, card, "Claim").await;
    world.pass(TimeDelta::minutes(345)).await;
    let ends = "Your shift ends at 22:00";
    assert_eq!(count(&world, own, ends), 1);
    let question = world.said(own, ends);
    assert!(question.text.contains("Aurora Garage"), "{}", question.text);
    assert_eq!(count(&world, hers, ends), 0);
    assert!(!words(&world, hotel).contains("The ramp"));
    assert!(!words(&world, garage).contains("A tap drips"));
    world.finish().await;
}

async fn who_administers_one_group_has_no_say_in_the_others(world: World) {
    let chain = Chain::new(&world).await;
    let (garage, vera) = (chain.garage, chain.vera);
    let administrator = Standing::Administrator(Rights {
        pin: true,
        delete: false,
    });
    let telegram = &world.telegram;
    telegram.set_standing(garage, chain.anna, vera, administrator);
    world.settle().await;
    let before = world.config(garage).await;
    let kitchen = before.departments[3].id;
    let on = telegram.last_from_bot(garage).unwrap().id;
    let press = async |change| {
        let group = before.id;
        let data = encode(&Button::Configure { group, change });
        world.press_old(vera, garage, on, &data).await
    };
    for change in [
        Change::Retire(kitchen),
        Change::AskRole(actors::domain::notice::Role::Manager),
        Change::AskDepartmentName,
    ] {
        let toast = press(change).await;
        assert!(toast.contains("Only a manager"), "{change:?}: {toast}");
    }
    press(Change::NudgeMinutes(15)).await;
    let after = world.config(garage).await;
    assert_eq!(after.departments, before.departments);
    assert_eq!(after.settings.unclaimed_nudge_minutes, 15);
    world.finish().await;
}

/// Liis, who is not in the garage, manages too.
async fn two_managers(world: &World) -> Chain {
    let chain = Chain::new(world).await;
    let (hotel, anna) = (chain.hotel, chain.anna);
    let asked = world.say(hotel, anna, "/managers").await;
    let panel = world.answer(hotel, asked).id;
    world.press(anna, hotel, panel, "+ Manager").await;
    let prompt = world.telegram.last_from_bot(hotel).unwrap().id;
    world.reply(hotel, anna, prompt, "@liis").await;
    assert_eq!(world.config(chain.garage).await.managers.len(), 2);
    chain
}

/// A call that is not for somebody is no secret in the group, and counts as not told.
async fn who_is_elsewhere_is_not_told_what_happens_here(world: World) {
    let chain = two_managers(&world).await;
    let (garage, anna) = (chain.garage, chain.anna);
    chain.report(&world, garage, "The ramp is icy").await;
    let card = world.card(garage, "0001").id;
    world.press(anna, garage, card, "Urgency").await;
    world.press(anna, garage, card, "critical").await;
    world.pass(TimeDelta::minutes(16)).await;
    let own = world.telegram.private(anna);
    assert!(count(&world, own, "The ramp is icy") > 0);
    let hers = world.telegram.private(chain.liis);
    assert!(!words(&world, hers).contains("ramp"), "she is not there");
    let mention = world.said(garage, "👉 Liis");
    assert!(mention.text.contains("0001"), "{}", mention.text);

    let asked = world.say(garage, anna, "/assign 0001 @liis").await;
    let text = world.answer(garage, asked).text;
    assert!(text.contains("do not know that person"), "{text}");
    let liis = actors::domain::PersonId(chain.liis.0);
    let incident = world.incident(garage, 1).await;
    let verb = actors::inbound::Verb::HandOver(liis);
    let button = Button::Card {
        incident: incident.identity.id,
        edition: incident.edition,
        verb,
    };
    let toast = world.press_old(anna, garage, card, &encode(&button)).await;
    assert!(toast.contains("do not know that person"), "{toast}");
    assert_eq!(world.incident(garage, 1).await.work(), None);
    world.finish().await;
}

/// Three calls that were due while the desk was down are one message; for whom it is not, it is said
/// in the group, and they count as not told.
async fn what_fell_due_in_an_absence_is_not_told_them_either(mut world: World) {
    let chain = two_managers(&world).await;
    let (garage, anna) = (chain.garage, chain.anna);
    for (number, text) in (1..).zip(["The ramp is icy", "No light by the lift", "A gate squeaks"]) {
        chain.report(&world, garage, text).await;
        let card = world.card(garage, &format!("000{number}")).id;
        world.press(anna, garage, card, "Urgency").await;
        world.press(anna, garage, card, "same day").await;
    }
    world.halt().await;
    world.clock.advance(TimeDelta::hours(3));
    world.wake().await;
    world.pass(TimeDelta::seconds(10)).await;
    world.pass(TimeDelta::minutes(2)).await;
    let own = world.telegram.private(anna);
    assert!(
        count(&world, own, "The ramp is icy") > 0,
        "{}",
        words(&world, own)
    );
    let hers = world.telegram.private(chain.liis);
    assert!(!words(&world, hers).contains("ramp"), "she is not there");
    let said = words(&world, garage);
    assert!(said.contains("👉 Liis"), "{said}");
    for number in 1..=3 {
        let incident = world.incident(garage, number).await;
        let escalation = incident.escalation.unwrap();
        let liis = actors::domain::PersonId(chain.liis.0);
        let called = &escalation.calls[0];
        assert!(called.people.contains(&liis), "{called:?}");
        assert!(called.unheard.contains(&liis), "{called:?}");
    }
    world.finish().await;
}
