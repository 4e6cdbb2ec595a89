//! People: what is known of them, and what is forgotten.

use std::sync::Arc;

use super::desk::{ANNA, Desk, JAAN, MARI, OTHER_CHAT, keep};
use crate::domain::group::GroupStatus;
use crate::domain::notice::{ListOf, Role};
use crate::domain::{Author, Language, Person, PersonId};
use crate::ports::{Record, Store};

fn mari() -> Person {
    Person {
        id: MARI,
        name: "Mari".to_owned(),
        username: Some("Mari_M".to_owned()),
        language: Some(Language::Estonian),
        reachable: false,
    }
}

fn seen(person: Person) -> Record {
    let group = None;
    Record::Seen { person, group }
}

async fn known(store: &Arc<dyn Store>, id: PersonId) -> Option<Person> {
    store.people(&[id]).await.unwrap().into_iter().next()
}

/// By their newest name; those never seen are not known.
pub async fn a_person_is_known_as_last_seen(store: Arc<dyn Store>) {
    assert_eq!(known(&store, MARI).await, None);
    keep(&store, [seen(mari())]).await;
    assert_eq!(known(&store, MARI).await, Some(mari()));
    let married = Person {
        name: "Mari Tamm".to_owned(),
        username: None,
        ..mari()
    };
    keep(&store, [seen(married.clone())]).await;
    assert_eq!(known(&store, MARI).await, Some(married));
}

/// Their client's language, and a message in a group, say nothing about what they chose.
pub async fn a_choice_outweighs_a_sighting(store: Arc<dyn Store>) {
    keep(
        &store,
        [
            seen(mari()),
            Record::PersonLanguage {
                person: MARI,
                language: Language::Russian,
            },
            Record::Reachable {
                person: MARI,
                reachable: true,
            },
            seen(mari()),
        ],
    )
    .await;
    let person = known(&store, MARI).await.unwrap();
    assert_eq!(person.language, Some(Language::Russian));
    assert!(person.reachable);
    let blocked = Record::Reachable {
        person: MARI,
        reachable: false,
    };
    let back = Person {
        reachable: true,
        ..mari()
    };
    keep(&store, [blocked]).await;
    assert!(!known(&store, MARI).await.unwrap().reachable);
    keep(&store, [seen(back)]).await;
    assert!(known(&store, MARI).await.unwrap().reachable);
}

/// Who takes it over, has it; its case does not matter.
pub async fn a_username_belongs_to_one_person(store: Arc<dyn Store>) {
    let heir = Person {
        id: JAAN,
        name: "Jaan".to_owned(),
        username: Some("mari_m".to_owned()),
        ..mari()
    };
    keep(&store, [seen(mari())]).await;
    let found = store.person_named("MARI_M").await.unwrap();
    assert_eq!(found, Some(mari()));
    keep(&store, [seen(heir.clone())]).await;
    let found = store.person_named("Mari_M").await.unwrap();
    assert_eq!(found, Some(heir));
    assert_eq!(known(&store, MARI).await.unwrap().username, None);
    assert_eq!(store.person_named("mari").await.unwrap(), None);
}

/// More than one statement reads.
pub async fn many_people_are_read_at_once(store: Arc<dyn Store>) {
    let ids: Vec<_> = (100..120).map(PersonId).collect();
    for id in &ids {
        keep(&store, [seen(Person::unknown(*id))]).await;
    }
    let asked: Vec<_> = (95..125).map(PersonId).collect();
    let mut found: Vec<_> = store.people(&asked).await.unwrap();
    found.sort_by_key(|person| person.id);
    let found: Vec<_> = found.into_iter().map(|person| person.id).collect();
    assert_eq!(found, ids);
    assert_eq!(store.people(&[]).await.unwrap(), []);
}

/// A private report goes to one of them.
pub async fn a_person_is_found_in_active_groups_only(store: Arc<dyn Store>) {
    let hotel = Desk::new(store.clone()).await;
    let garage = Desk::in_chat(store.clone(), OTHER_CHAT).await;
    let seen_in = |desk: &Desk| Record::Seen {
        person: mari(),
        group: Some(desk.group.id),
    };
    keep(&store, [seen_in(&garage), seen_in(&hotel), seen_in(&hotel)]).await;
    let groups = store.groups_of(MARI).await.unwrap();
    assert_eq!(groups, [hotel.group.id, garage.group.id]);
    assert_eq!(store.groups_of(JAAN).await.unwrap(), []);
    let removed = Record::GroupStatus {
        group: hotel.group.id,
        status: GroupStatus::Removed,
    };
    keep(&store, [removed]).await;
    assert_eq!(store.groups_of(MARI).await.unwrap(), [garage.group.id]);
}

/// Name, memberships, roles and sightings go; what happened stays, by their number.
pub async fn a_forgotten_person_leaves_a_number(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let (group, company) = (desk.group.id, desk.group.company);
    let department = desk.department(0);
    let (person, role) = (MARI, Role::Dispatcher);
    let incident = desk.open(1).await;
    desk.keep([
        Record::Seen {
            person: mari(),
            group: Some(group),
        },
        Record::Member { department, person },
        Record::RoleGiven {
            company,
            person,
            role,
        },
        Record::Registered { company, person },
        Record::JoinRequested {
            group,
            department,
            person,
        },
        Record::Forget { person },
    ])
    .await;
    let unknown = Person::unknown(MARI);
    assert_eq!(known(&desk.store, MARI).await, Some(unknown));
    assert_eq!(desk.store.groups_of(MARI).await.unwrap(), []);
    let now = desk.group_now().await;
    assert_eq!(now.departments[0].members, []);
    assert_eq!((now.dispatchers, now.registered), (vec![], vec![]));
    assert_eq!(now.join_requests, []);
    assert_eq!(now.managers, [ANNA]);
    let events = desk.store.events(incident.identity.id).await.unwrap();
    assert_eq!(events[0].by, Author::Person(MARI));
    let mine = desk.store.list(group, ListOf::Mine(MARI), 0, 10).await;
    assert_eq!(mine.unwrap().0, [incident]);
}

/// Sightings and memberships go; a role was given by name and stays.
pub async fn who_left_is_seen_no_more(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let group = desk.group.id;
    let department = desk.department(0);
    let person = MARI;
    desk.keep([
        Record::Seen {
            person: mari(),
            group: Some(group),
        },
        Record::Member { department, person },
        Record::RoleGiven {
            company: desk.group.company,
            person,
            role: Role::Dispatcher,
        },
        Record::Left { person, group },
    ])
    .await;
    assert_eq!(known(&desk.store, MARI).await, Some(mari()));
    assert_eq!(desk.store.groups_of(MARI).await.unwrap(), []);
    let now = desk.group_now().await;
    assert_eq!(now.departments[0].members, []);
    assert_eq!(now.dispatchers, [MARI]);
}

/// It is one of the groups in which they are seen, and comes first among them.
pub async fn a_home_is_chosen_and_forgotten(store: Arc<dyn Store>) {
    let hotel = Desk::new(store.clone()).await;
    let garage = Desk::in_chat(store.clone(), OTHER_CHAT).await;
    let (hotel, garage) = (hotel.group.id, garage.group.id);
    let seen_in = |group| Record::Seen {
        person: mari(),
        group: Some(group),
    };
    let home = |group| Record::Home {
        person: MARI,
        group,
    };
    let home_of = async || store.home_of(MARI).await.unwrap();
    keep(&store, [home(hotel)]).await;
    assert_eq!(home_of().await, None, "they were never seen there");
    keep(&store, [seen_in(hotel), seen_in(garage)]).await;
    assert_eq!(home_of().await, None);
    keep(&store, [home(garage), seen_in(garage)]).await;
    assert_eq!(home_of().await, Some(garage));
    assert_eq!(store.groups_of(MARI).await.unwrap(), [garage, hotel]);
    let removed = Record::GroupStatus {
        group: garage,
        status: GroupStatus::Removed,
    };
    keep(&store, [removed]).await;
    assert_eq!(home_of().await, None);
    keep(&store, [home(hotel), Record::Forget { person: MARI }]).await;
    keep(&store, [seen_in(hotel)]).await;
    assert_eq!(home_of().await, None);
}

/// Emoji, right-to-left, markup and quotes as they are; a NUL, which PostgreSQL cannot hold, is
/// replaced on every engine.
pub async fn untidy_names_are_kept(store: Arc<dyn Store>) {
    let name = "<b>O'Brien</b> \"; DROP TABLE people; -- \u{202e}שלום 👩‍🔧 %_\\";
    let person = Person {
        name: name.to_owned(),
        ..mari()
    };
    keep(&store, [seen(person.clone())]).await;
    assert_eq!(known(&store, MARI).await, Some(person));
    let broken = Person {
        name: "a\0b".to_owned(),
        ..mari()
    };
    keep(&store, [seen(broken)]).await;
    assert_eq!(known(&store, MARI).await.unwrap().name, "a\u{FFFD}b");
}
