//! Whoever manages a company brings a new group under it, by button, while that has no past.

use actors::domain::PersonId as DeskPerson;
use actors::domain::notice::Panel;
use actors::inbound::{Button, Change};
use deskbell::playground::{ChatId, PersonId, Rights, Standing};
use deskbell::telegram::button::encode;

use crate::world::{World, conversations};
use crate::yard::count;

conversations! {
    a_manager_brings_a_new_group_under_their_company
    a_group_with_a_past_stays_what_it_is
    nobody_brings_a_group_where_they_are_not
    an_administrator_who_manages_another_company_is_offered_it
}

/// Anna manages the hotel, which has had an incident, and adds the desk to the garage. Boris is in
/// both.
async fn founded(world: &World) -> (ChatId, ChatId, PersonId, PersonId) {
    let telegram = &world.telegram;
    let anna = telegram.person("Anna").username("anna").started().add();
    let boris = telegram.person("Boris").username("boris").started().add();
    let hotel = world.group("Hotel Aurora", &[anna, boris]).await;
    world.start(boris).await;
    world.say(hotel, anna, "/new_issue A tap drips").await;
    world.enrol(hotel, &[boris], "Maintenance").await;
    let words = "/duty @boris Mon-Fri 16-22";
    world.say(hotel, anna, words).await;
    let garage = world.group("Aurora Garage", &[anna, boris]).await;
    (hotel, garage, anna, boris)
}

const OFFER: &str = "Belongs to Hotel Aurora";

async fn a_manager_brings_a_new_group_under_their_company(world: World) {
    let (hotel, garage, anna, boris) = founded(&world).await;
    let set_up = world.said(garage, "I am the incident desk").id;
    for text in ["/register", "/duty"] {
        world.say(garage, boris, text).await;
    }
    world.enrol(garage, &[boris], "Kitchen").await;
    for text in [
        "/duty @boris Sat 8-16",
        "/recurring Tue 08:00 Maintenance: check the ramp",
    ] {
        world.say(garage, anna, text).await;
    }
    let own = world.config(garage).await;
    let toast = world.press(boris, garage, set_up, OFFER).await;
    assert!(toast.text.contains("Only a manager"), "{}", toast.text);
    world.press(anna, garage, set_up, OFFER).await;
    let page = world.said(garage, "belong to Hotel Aurora?");
    for words in ["departments go", "seen only in the group", "no button"] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    assert_eq!(world.config(garage).await.company, own.company);
    world.press(anna, garage, page.id, "Yes, it belongs").await;

    let (theirs, now) = (world.config(hotel).await, world.config(garage).await);
    assert_eq!(now.company, theirs.company);
    assert_eq!(now.departments, theirs.departments);
    assert_eq!(now.registered, [DeskPerson(boris.0)]);
    let work = world.store().recurring_of(now.id).await.unwrap();
    assert_eq!(work[0].rule.department, Some(theirs.departments[0].id));
    let view = world.telegram.message(garage, set_up).unwrap();
    assert!(!view.labels().iter().any(|it| it.contains("Belongs to")));
    world.say(garage, anna, "/settings").await;
    let settings = world.telegram.last_from_bot(garage).unwrap();
    assert!(
        settings.text.contains("with 1 other group"),
        "{}",
        settings.text
    );

    world.say(garage, boris, "/new_issue The ramp is icy").await;
    let card = world.card(garage, "0002").id;
    world.press(boris, garage, card, "Choose").await;
    world.press(boris, garage, card, "Maintenance").await;
    assert_eq!(count(&world, hotel, "0002"), 0);
    // His shift of the hotel begins in the garage too.
    world.pass(chrono::TimeDelta::hours(4)).await;
    let private = world.telegram.private(boris);
    assert!(
        world
            .said(private, "Your shift begins")
            .text
            .contains("The ramp is icy")
    );
    world.finish().await;
}

async fn a_group_with_a_past_stays_what_it_is(world: World) {
    let (hotel, garage, anna, _) = founded(&world).await;
    let set_up = world.said(garage, "I am the incident desk").id;
    world.press(anna, garage, set_up, OFFER).await;
    world.say(garage, anna, "/new_issue The ramp is icy").await;
    assert!(world.card(garage, "0001").text.contains("icy"));
    let toast = world.press(anna, garage, set_up, "Yes, it belongs").await;
    assert!(toast.text.contains("has had incidents"), "{}", toast.text);
    world.say(garage, anna, "/settings").await;
    let settings = world.telegram.last_from_bot(garage).unwrap();
    assert!(!settings.labels().iter().any(|it| it.contains("Belongs to")));
    // Nor does the hotel come under the garage, and a third group that came under it stays.
    let third = world.group("Aurora Spa", &[anna]).await;
    let set_up = world.said(third, "I am the incident desk").id;
    world.press(anna, third, set_up, OFFER).await;
    world.press(anna, third, set_up, "Yes, it belongs").await;
    let spa = world.config(third).await;
    let to = world.config(garage).await.id;
    let data = encode(&Button::Configure {
        group: spa.id,
        change: Change::Belong(to),
    });
    let toast = world.press_old(anna, third, set_up, &data).await;
    assert!(toast.contains("other groups already"), "{toast}");
    assert_eq!(world.config(hotel).await.siblings, [spa.id]);
    world.finish().await;
}

async fn nobody_brings_a_group_where_they_are_not(world: World) {
    let (hotel, garage, anna, boris) = founded(&world).await;
    let telegram = &world.telegram;
    let carl = telegram.person("Carl").add();
    let yard = world.group("Northgate Yard", &[carl, boris]).await;
    let to = world.config(hotel).await.id;
    // Who left the hotel manages it by name alone, and Carl never did.
    telegram.set_standing(hotel, boris, anna, Standing::Left);
    world.settle().await;
    for (person, chat) in [(anna, garage), (carl, yard)] {
        let before = world.config(chat).await;
        let on = telegram.last_from_bot(chat).unwrap().id;
        for change in [Change::Open(Panel::Belong(to)), Change::Belong(to)] {
            let group = before.id;
            let data = encode(&Button::Configure { group, change });
            let toast = world.press_old(person, chat, on, &data).await;
            assert!(toast.contains("Only a manager"), "{toast}");
        }
        assert_eq!(world.config(chat).await.company, before.company);
        world.say(chat, person, "/settings").await;
        assert_eq!(count(&world, chat, "Hotel Aurora"), 0);
        let page = telegram.last_from_bot(chat).unwrap();
        assert!(!page.labels().iter().any(|it| it.contains("Belongs")));
    }
    world.finish().await;
}

/// Somebody else has added the desk.
async fn an_administrator_who_manages_another_company_is_offered_it(world: World) {
    let (hotel, _, anna, boris) = founded(&world).await;
    let spa = world.group("Aurora Spa", &[boris, anna]).await;
    world.say(spa, anna, "/settings").await;
    let page = world.telegram.last_from_bot(spa).unwrap();
    assert!(!page.labels().iter().any(|it| it.contains("Belongs")));
    let administrator = Standing::Administrator(Rights {
        pin: true,
        delete: false,
    });
    world.telegram.set_standing(spa, boris, anna, administrator);
    world.pass(chrono::TimeDelta::minutes(2)).await;
    world.say(spa, anna, "/settings").await;
    let page = world.telegram.last_from_bot(spa).unwrap().id;
    world.press(anna, spa, page, OFFER).await;
    world.press(anna, spa, page, "Yes, it belongs").await;
    let (theirs, now) = (world.config(hotel).await, world.config(spa).await);
    assert_eq!(
        (now.company, now.managers),
        (theirs.company, theirs.managers)
    );
    world.finish().await;
}
