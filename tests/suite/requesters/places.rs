//! A code on the wall opens a report that knows where it is made, for guests too, and nothing else.

use actors::domain::Reporting;
use actors::ports::{Commit, Record};
use chrono::TimeDelta;
use deskbell::playground::{ChatId, Content, FileKind, PersonId};

use crate::world::{World, conversations};
use crate::yard::{Yard, count};

conversations! {
    a_manager_gets_a_code_to_print
    several_places_are_named_at_once
    only_managers_make_codes
    a_report_from_a_code_knows_where
    a_guest_reports_and_hears_what_becomes_of_it
    a_guest_reports_an_album_and_a_voice_note
    a_guest_sees_and_does_nothing_else
    a_code_lets_nobody_in_where_only_the_registered_report
    a_made_up_code_is_a_greeting
    a_member_of_another_group_reports_where_the_code_is
    a_visit_ends
}

/// A hotel with a code on the wall of room 204.
struct Hotel {
    yard: Yard,
    payload: String,
    guest: PersonId,
    own: ChatId,
}

impl Hotel {
    async fn new(world: &World) -> Self {
        let yard = Yard::new(world).await;
        world.say(yard.chat, yard.mari, "/qr Room 204").await;
        let group = world.config(yard.chat).await.id;
        let place = world.store().place_named(group, "ROOM 204").await;
        let payload = place.unwrap().unwrap().payload();
        let guest = world.telegram.person("Greta").add();
        let own = world.telegram.private(guest);
        Self {
            yard,
            payload,
            guest,
            own,
        }
    }

    /// Somebody opens the code.
    async fn scan(&self, world: &World, person: PersonId) -> ChatId {
        let own = world.telegram.private(person);
        let opened = format!("/start {}", self.payload);
        world.say(own, person, &opened).await;
        own
    }

    /// The guest has reported something, and Jaan has done it; the guest is asked.
    async fn done(&self, world: &World) {
        self.scan(world, self.guest).await;
        world.say(self.own, self.guest, "The tap leaks").await;
        let taken = world.said(self.own, "Recorded as 0001").id;
        world
            .press(self.guest, self.own, taken, "Maintenance")
            .await;
        let (chat, jaan) = (self.yard.chat, self.yard.jaan);
        let card = world.card(chat, "0001").id;
        world.press(jaan, chat, card, "Claim").await;
        world.said(self.own, "Jaan has taken 0001");
        world.press(jaan, chat, card, "Resolve").await;
        let prompt = world.said(chat, "how was 0001 resolved").id;
        world.reply(chat, jaan, prompt, "New washer").await;
    }
}

/// Only the registered may report from now on.
async fn registered_only(world: &World, chat: ChatId) {
    let config = world.config(chat).await;
    let mut settings = config.settings.clone();
    settings.reporting = Reporting::Registered;
    let mut commit = Commit::new(world.telegram.now(), None);
    commit.records.push(Record::Settings {
        group: config.id,
        settings,
    });
    world.store().commit(commit).await.unwrap();
}

async fn a_manager_gets_a_code_to_print(world: World) {
    let hotel = Hotel::new(&world).await;
    let code = world.said(hotel.yard.chat, "Room 204 · Northgate Yard");
    assert!(matches!(code.content, Content::Photo { .. }), "{code:?}");
    assert!(code.text.contains("guests too"), "{}", code.text);
    assert!(hotel.payload.len() <= 64);
    let allowed = |it: char| it.is_ascii_alphanumeric() || it == '-' || it == '_';
    assert!(hotel.payload.chars().all(allowed), "{}", hotel.payload);
    // The same place has the same code, whatever its case.
    let own = world.telegram.private(hotel.yard.mari);
    world.say(own, hotel.yard.mari, "/qr room  204").await;
    world.said(own, "room 204");
    let group = world.config(hotel.yard.chat).await.id;
    let place = world.store().place_named(group, "room 204").await;
    assert_eq!(place.unwrap().unwrap().payload(), hotel.payload);
    world.finish().await;
}

async fn several_places_are_named_at_once(world: World) {
    let yard = Yard::new(&world).await;
    world.say(yard.chat, yard.mari, "Morning").await;
    let own = world.telegram.private(yard.mari);
    world
        .say(own, yard.mari, "/qr Room 1\n\nRoom 2\nLobby")
        .await;
    for place in ["Room 1", "Room 2", "Lobby"] {
        world.said(own, place);
    }
    let many = "/qr\n".to_owned() + &"Room\n".repeat(11);
    world.say(own, yard.mari, &many).await;
    world.said(own, "At most 10 places");
    world.say(own, yard.mari, "/qr").await;
    world.said(own, "Which place?");
    let long = format!("/qr {}", "o".repeat(61));
    world.say(own, yard.mari, &long).await;
    let answer = world.telegram.last_from_bot(own).unwrap();
    assert!(matches!(answer.content, Content::Text(_)), "{answer:?}");
    world.finish().await;
}

async fn only_managers_make_codes(world: World) {
    let yard = Yard::new(&world).await;
    world.say(yard.chat, yard.jaan, "/qr Room 204").await;
    let answer = world.telegram.last_from_bot(yard.chat).unwrap();
    assert!(answer.text.contains("manager"), "{}", answer.text);
    let group = world.config(yard.chat).await.id;
    let place = world.store().place_named(group, "Room 204").await;
    assert_eq!(place.unwrap(), None);
    world.finish().await;
}

async fn a_report_from_a_code_knows_where(world: World) {
    let hotel = Hotel::new(&world).await;
    let (chat, olga) = (hotel.yard.chat, hotel.yard.olga);
    world.say(chat, olga, "Morning").await;
    let own = hotel.scan(&world, olga).await;
    world.said(own, "Room 204");
    world.said(own, "What is wrong?");
    world.say(own, olga, "The tap leaks").await;
    let card = world.card(chat, "0001");
    assert!(card.text.contains("📍 Room 204"), "{}", card.text);
    // The next is made wherever it is.
    world.say(own, olga, "And the lift is stuck").await;
    let card = world.card(chat, "0002");
    assert!(!card.text.contains("Room 204"), "{}", card.text);
    world.finish().await;
}

async fn a_guest_reports_and_hears_what_becomes_of_it(world: World) {
    let hotel = Hotel::new(&world).await;
    let (chat, mari) = (hotel.yard.chat, hotel.yard.mari);
    let panel = hotel.yard.page(&world, "/settings", "Full").await;
    assert!(world.telegram.message(chat, panel).is_some() && mari.0 > 0);
    hotel.done(&world).await;
    let card = world.card(chat, "0001");
    assert!(card.text.contains("📍 Room 204") && card.text.contains("Greta"));
    let asked = world.said(hotel.own, "Is it fixed?").id;
    world
        .press(hotel.guest, hotel.own, asked, "Not fixed")
        .await;
    world.said(hotel.own, "what is still wrong with 0001");
    world.say(hotel.own, hotel.guest, "It still drips").await;
    assert!(
        world
            .said(chat, "Greta has reopened 0001")
            .text
            .contains("It still drips")
    );
    world.finish().await;
}

async fn a_guest_reports_an_album_and_a_voice_note(world: World) {
    let hotel = Hotel::new(&world).await;
    let (chat, guest, own) = (hotel.yard.chat, hotel.guest, hotel.own);
    hotel.scan(&world, guest).await;
    world.telegram.album(own, guest, "The shower", 3);
    world.pass(TimeDelta::minutes(2)).await;
    assert_eq!(world.incident(chat, 1).await.report.photos.len(), 3);
    world.telegram.record(own, guest, FileKind::Voice, None);
    world.pass(TimeDelta::minutes(2)).await;
    let incident = world.incident(chat, 2).await;
    assert_eq!(incident.report.recordings.len(), 1);
    assert_eq!(incident.report.place.as_deref(), Some("Room 204"));
    let taken = world.said(own, "Recorded as 0002").id;
    world.reply(own, guest, taken, "It is the boiler").await;
    assert!(world.card(chat, "0002").text.contains("It is the boiler"));
    assert_eq!(count(&world, chat, "0003"), 0);
    world.finish().await;
}

async fn a_guest_sees_and_does_nothing_else(world: World) {
    let hotel = Hotel::new(&world).await;
    let (chat, guest, own) = (hotel.yard.chat, hotel.guest, hotel.own);
    world
        .say(chat, hotel.yard.jaan, "/new_issue The vault is open")
        .await;
    hotel.scan(&world, guest).await;
    world.say(own, guest, "The tap leaks").await;
    for text in [
        "/open",
        "/my",
        "/incident 0001",
        "/history 0001",
        "/report",
        "/qr Bar",
        "/comment 0001 Hi",
        "/cancel 0001 No",
        "/join",
        "/home",
        "/register",
        "/claim",
    ] {
        world.say(own, guest, text).await;
        let answer = world.telegram.last_from_bot(own).unwrap();
        assert!(!answer.text.contains("vault"), "{text}: {}", answer.text);
        assert!(
            !answer.text.contains("Northgate"),
            "{text}: {}",
            answer.text
        );
    }
    // Departments here are open: a claim would make a member of whoever may press it.
    let taken = world.said(own, "Recorded as 0002").id;
    world.press(guest, own, taken, "Maintenance").await;
    let card = world.card(chat, "0002").id;
    for button in ["Claim", "Urgency", "Change department"] {
        let data = world.data(chat, card, button);
        let toast = world.press_old(guest, own, taken, &data).await;
        assert!(toast.contains("in the group"), "{button}: {toast}");
    }
    let vault = world.card(chat, "0001").id;
    let data = world.data(chat, vault, "Choose department");
    let toast = world.press_old(guest, own, taken, &data).await;
    assert!(
        toast.contains("no such incident") || toast.contains("There is no"),
        "{toast}"
    );
    let config = world.config(chat).await;
    let members = config.departments.iter().flat_map(|it| &it.members);
    assert_eq!(members.count(), 0);
    world.finish().await;
}

async fn a_code_lets_nobody_in_where_only_the_registered_report(world: World) {
    let hotel = Hotel::new(&world).await;
    registered_only(&world, hotel.yard.chat).await;
    let own = hotel.scan(&world, hotel.guest).await;
    world.said(own, "in the group");
    world.say(own, hotel.guest, "The tap leaks").await;
    world.said(own, "which group you are in");
    assert_eq!(count(&world, hotel.yard.chat, "0001"), 0);
    // Whoever came before that was so is not let in any more.
    let second = world.telegram.person("Gustav").add();
    let own = world.telegram.private(second);
    world.say(hotel.yard.chat, hotel.yard.olga, "Morning").await;
    world
        .say(hotel.yard.chat, hotel.yard.olga, "/register")
        .await;
    world.say(own, second, "/start").await;
    let member = hotel.scan(&world, hotel.yard.olga).await;
    world.say(member, hotel.yard.olga, "The tap leaks").await;
    assert!(
        world
            .card(hotel.yard.chat, "0001")
            .text
            .contains("Room 204")
    );
    world.finish().await;
}

async fn a_made_up_code_is_a_greeting(world: World) {
    let hotel = Hotel::new(&world).await;
    let mut other = hotel.payload.clone();
    let last = other.pop().unwrap();
    other.push(if last == 'A' { 'B' } else { 'A' });
    for payload in [other.as_str(), "p-", "p-1", "hello", &"p-A".repeat(21)] {
        let text = format!("/start {payload}");
        world.say(hotel.own, hotel.guest, &text).await;
        let answer = world.telegram.last_from_bot(hotel.own).unwrap();
        assert!(answer.text.contains("Hello, I am Deskbell"), "{payload}");
    }
    world.say(hotel.own, hotel.guest, "The tap leaks").await;
    world.said(hotel.own, "which group you are in");
    world.finish().await;
}

async fn a_member_of_another_group_reports_where_the_code_is(world: World) {
    let hotel = Hotel::new(&world).await;
    let anna = world.telegram.person("Anna").started().add();
    let villa = world.group("Villa", &[anna, hotel.guest]).await;
    world.say(villa, hotel.guest, "Evening").await;
    let own = hotel.scan(&world, hotel.guest).await;
    world.say(own, hotel.guest, "The tap leaks").await;
    assert!(
        world
            .card(hotel.yard.chat, "0001")
            .text
            .contains("Room 204")
    );
    world.say(own, hotel.guest, "The pool is green").await;
    assert!(world.card(villa, "0001").text.contains("The pool"));
    assert_eq!(count(&world, hotel.yard.chat, "The pool"), 0);
    world.finish().await;
}

async fn a_visit_ends(world: World) {
    let hotel = Hotel::new(&world).await;
    let (chat, olga) = (hotel.yard.chat, hotel.yard.olga);
    world.say(chat, olga, "Morning").await;
    let own = hotel.scan(&world, olga).await;
    hotel.scan(&world, hotel.guest).await;
    world.pass(TimeDelta::hours(2)).await;
    world.say(own, olga, "The tap leaks").await;
    assert!(!world.card(chat, "0001").text.contains("Room 204"));
    world.say(hotel.own, hotel.guest, "The bath leaks").await;
    assert!(world.card(chat, "0002").text.contains("Room 204"));
    world.pass(TimeDelta::hours(24)).await;
    world.say(hotel.own, hotel.guest, "The door leaks").await;
    world.said(hotel.own, "which group you are in");
    world.say(hotel.own, hotel.guest, "/forget_me").await;
    world.finish().await;
}
