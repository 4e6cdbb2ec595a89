//! The yard comes under the hotel's company: its people work for the same departments, and even so
//! nothing that the hotel's incidents say reaches who is not in the hotel.

use actors::domain::notice::Role;
use actors::domain::{GroupConfig, Incident, PersonId as DeskPerson};
use actors::inbound::{Button, ButtonKind, ChangeKind};
use actors::ports::{Commit, Record};
use deskbell::playground::{ChatId, PersonId};
use strum::IntoEnumIterator;

use super::Neighbours;
use super::matrix::{neighbours, press_all, type_all};
use crate::world::{World, conversations};
use crate::yard::{config, unite, words};

conversations! {
    a_group_beside_it_learns_nothing_of_its_incidents
}

/// What stands in the hotel's two incidents.
const TOLD: [&str; 2] = ["room 911", "A lamp is out"];

/// Somebody of each role of the company, who is in its yard and not in its hotel.
async fn colleagues(world: &World) -> (Neighbours, Vec<(&'static str, PersonId)>) {
    let (neighbours, mut cast) = neighbours(world).await;
    unite(world, neighbours.hotel, neighbours.yard).await;
    let hotel = config(world, neighbours.hotel).await;
    let [paul, mari, jaan] = [0, 1, 2].map(|index| DeskPerson(cast[index].1.0));
    let company = hotel.company;
    let role = |person, role| Record::RoleGiven {
        company,
        person,
        role,
    };
    let mut commit = Commit::new(world.telegram.now(), None);
    commit.records = vec![
        role(mari, Role::Manager),
        role(jaan, Role::Dispatcher),
        Record::Member {
            department: neighbours.incident.department().unwrap(),
            person: paul,
        },
    ];
    world.store().commit(commit).await.unwrap();
    // Who is in no group of theirs is no colleague.
    cast.pop();
    (neighbours, cast)
}

/// Every button that could show or change an incident of the hotel, or how it is set.
fn about_the_hotel(neighbours: &Neighbours) -> Vec<Button> {
    let kinds = [
        ButtonKind::Card,
        ButtonKind::List,
        ButtonKind::Show,
        ButtonKind::History,
        ButtonKind::AnswerJoin,
        ButtonKind::ReportTo,
        ButtonKind::Which,
        ButtonKind::Report,
    ];
    let group = neighbours.config.id;
    let changes = ChangeKind::iter().flat_map(|kind| neighbours.changes_of(kind));
    let configure = changes.map(|change| Button::Configure { group, change });
    let all = kinds
        .into_iter()
        .flat_map(|kind| neighbours.buttons_of(kind));
    all.chain(configure).collect()
}

/// The hotel's settings and incidents, as they are.
async fn kept(world: &World, neighbours: &Neighbours) -> (GroupConfig, Vec<Incident>) {
    let hotel = config(world, neighbours.hotel).await;
    let incidents = world.store().recent(hotel.id, 10).await.unwrap();
    let hotel = GroupConfig {
        version: 0,
        roster: actors::domain::Roster::default(),
        registered: Vec::new(),
        ..hotel
    };
    (hotel, incidents)
}

async fn a_group_beside_it_learns_nothing_of_its_incidents(world: World) {
    let (neighbours, cast) = colleagues(&world).await;
    let yard = neighbours.yard;
    let before = kept(&world, &neighbours).await;
    let said = world.telegram.messages(neighbours.hotel).len();
    let buttons = about_the_hotel(&neighbours);
    let privately: Vec<ChatId> = cast
        .iter()
        .map(|(_, person)| world.telegram.private(*person))
        .collect();
    for ((role, person), own) in cast.iter().zip(&privately) {
        for place in [neighbours.hotel, yard, *own] {
            let toasts = press_all(&world, *person, place, &buttons).await;
            let told = TOLD.iter().find(|it| toasts.contains(**it));
            assert_eq!(told, None, "the {role} in {place}: {toasts}");
        }
        for place in [yard, *own] {
            type_all(&world, place, |text| {
                world.telegram.say(place, *person, text);
            })
            .await;
        }
        let now = kept(&world, &neighbours).await;
        assert_eq!(now.1, before.1, "the {role}");
        assert_eq!(now.0, before.0, "the {role}");
        for place in privately.iter().chain([&yard]) {
            let words = words(&world, *place);
            let told = TOLD.iter().find(|it| words.contains(**it));
            assert_eq!(told, None, "the {role} made {place} say:\n{words}");
        }
    }
    let after = world.telegram.messages(neighbours.hotel).len();
    assert_eq!(said, after, "something was said in the hotel");
    // What was typed raised something in the yard, under the company's next numbers.
    assert!(words(&world, yard).contains("0003"));
    world.finish().await;
}
