//! The group of a private report is asked for once, remembered, changed, and forgotten.

use deskbell::playground::{ChatId, PersonId, Standing};

use crate::world::{World, conversations};
use crate::yard::{Yard, count};

conversations! {
    the_group_is_asked_for_once
    another_group_can_be_chosen_after_a_report
    home_says_where_reports_go
    a_home_is_forgotten_with_its_person
    a_home_is_forgotten_when_its_group_goes_away
    home_is_for_private_chats
}

/// Olga is seen in the yard and in a hotel, and has started the bot.
struct Two {
    yard: Yard,
    hotel: ChatId,
    anna: PersonId,
    own: ChatId,
}

impl Two {
    async fn new(world: &World) -> Self {
        let yard = Yard::new(world).await;
        world.say(yard.chat, yard.olga, "Morning").await;
        let anna = world.telegram.person("Anna").started().add();
        let hotel = world.group("Hotel Aurora", &[anna, yard.olga]).await;
        world.say(hotel, yard.olga, "Evening").await;
        let own = world.start(yard.olga).await;
        Self {
            yard,
            hotel,
            anna,
            own,
        }
    }

    /// Olga reports something, and says that it is for the hotel.
    async fn choose_hotel(&self, world: &World) {
        let olga = self.yard.olga;
        world.say(self.own, olga, "The sink is blocked").await;
        let question = world.said(self.own, "For which group is this?").id;
        world.press(olga, self.own, question, "Aurora").await;
    }
}

async fn the_group_is_asked_for_once(mut world: World) {
    let two = Two::new(&world).await;
    two.choose_hotel(&world).await;
    let taken = world.said(two.own, "Recorded as 0001");
    assert!(taken.text.contains("Hotel Aurora"), "{}", taken.text);
    world.restart().await;
    world.say(two.own, two.yard.olga, "The lamp too").await;
    assert!(world.card(two.hotel, "0002").text.contains("The lamp too"));
    assert_eq!(count(&world, two.own, "For which group"), 1);
    assert_eq!(count(&world, two.yard.chat, "0001"), 0);
    world.finish().await;
}

async fn another_group_can_be_chosen_after_a_report(world: World) {
    let two = Two::new(&world).await;
    let (own, olga) = (two.own, two.yard.olga);
    two.choose_hotel(&world).await;
    let taken = world.said(own, "Recorded as 0001").id;
    world.press(olga, own, taken, "Another group").await;
    let question = world.said(own, "To which group shall your reports go?");
    assert_eq!(question.labels(), ["✓ Hotel Aurora", "Northgate Yard"]);
    world.press(olga, own, question.id, "Northgate").await;
    let settled = world.telegram.message(own, question.id).unwrap();
    assert!(settled.text.contains("Northgate Yard") && settled.buttons.is_empty());
    world.say(own, olga, "The gate jams").await;
    assert!(
        world
            .card(two.yard.chat, "0001")
            .text
            .contains("The gate jams")
    );
    assert_eq!(count(&world, two.hotel, "0002"), 0);
    world.finish().await;
}

async fn home_says_where_reports_go(world: World) {
    let two = Two::new(&world).await;
    let (own, olga) = (two.own, two.yard.olga);
    world.say(own, olga, "/home").await;
    let question = world.said(own, "To which group shall your reports go?");
    assert_eq!(question.labels(), ["Northgate Yard", "Hotel Aurora"]);
    world.press(olga, own, question.id, "Aurora").await;
    world.say(own, olga, "/my").await;
    world.say(own, olga, "The tap drips").await;
    world.card(two.hotel, "0001");

    let jaan = world.start(two.yard.jaan).await;
    world.say(jaan, two.yard.jaan, "/home").await;
    world.said(jaan, "which group you are in");
    world.say(two.yard.chat, two.yard.jaan, "Morning").await;
    world.say(jaan, two.yard.jaan, "/home").await;
    assert!(
        world
            .said(jaan, "Your reports go to")
            .text
            .contains("Northgate Yard")
    );
    world.finish().await;
}

async fn a_home_is_forgotten_with_its_person(world: World) {
    let two = Two::new(&world).await;
    let (own, olga) = (two.own, two.yard.olga);
    two.choose_hotel(&world).await;
    world.say(own, olga, "/forget_me").await;
    let question = world.said(own, "Erase you?").id;
    world.press(olga, own, question, "erase me").await;
    world.say(two.yard.chat, olga, "Morning again").await;
    world.say(two.hotel, olga, "Evening again").await;
    world.say(own, olga, "The lamp too").await;
    assert_eq!(count(&world, own, "For which group is this?"), 2);
    world.finish().await;
}

async fn a_home_is_forgotten_when_its_group_goes_away(world: World) {
    let two = Two::new(&world).await;
    let (own, olga) = (two.own, two.yard.olga);
    two.choose_hotel(&world).await;
    world.telegram.kick_bot(two.hotel, two.anna);
    world.settle().await;
    world.say(own, olga, "The lamp too").await;
    assert!(
        world
            .card(two.yard.chat, "0001")
            .text
            .contains("The lamp too")
    );
    // One who leaves is seen there no more, and what they chose goes with that.
    world.telegram.add_bot(two.hotel, two.anna);
    world.settle().await;
    world
        .telegram
        .set_standing(two.hotel, two.anna, olga, Standing::Left);
    world.settle().await;
    world.say(own, olga, "And the door").await;
    world.card(two.yard.chat, "0002");
    world.finish().await;
}

async fn home_is_for_private_chats(world: World) {
    let two = Two::new(&world).await;
    world.say(two.yard.chat, two.yard.olga, "/home").await;
    world.said(two.yard.chat, "only in a private chat");
    // A button that was made up chooses nothing.
    let stranger = world.telegram.person("Boris").add();
    let boris = world.start(stranger).await;
    let question = world.said(boris, "Hello").id;
    let config = world.config(two.hotel).await;
    let data =
        deskbell::telegram::button::encode(&actors::inbound::Button::ReportTo { group: config.id });
    let toast = world.press_old(stranger, boris, question, &data).await;
    assert!(toast.contains("now"), "{toast}");
    world.finish().await;
}
