//! Two companies share one desk: nothing of either reaches the other, by no button, number, command
//! or reply, from no chat, for nobody. Two groups of one company share people and numbers, and see
//! nothing of each other's incidents.

mod forged;
mod matrix;
mod siblings;

use actors::domain::notice::{JoinAnswer, ListOf, Menu};
use actors::domain::{
    BlockKind, DepartmentId, GroupConfig, Incident, IncidentId, JoinRequestId, Urgency,
};
use actors::inbound::{Button, Change, Verb};
use chrono::TimeDelta;
use deskbell::playground::{ChatId, MessageId, PersonId, Standing};
use deskbell::telegram::button::encode;

use crate::world::{World, conversations};
use crate::yard::{config, count, forge, words};

conversations! {
    no_forged_button_reaches_another_company
    no_command_reaches_another_company
    no_configuration_reaches_another_company
    numbers_are_counted_by_each_company
    who_left_sees_nothing_any_more
}

/// What only the hotel may read.
const SECRET: &str = "the safe of room 911 stands open";
/// Its card, and whatever else quotes it.
const SECRETS: [&str; 5] = ["room 911", "Hotel Aurora", "Anna", "Boris", "Cellar"];

/// A hotel with a secret, a yard beside it, and people who have no business in the hotel.
struct Neighbours {
    hotel: ChatId,
    yard: ChatId,
    anna: PersonId,
    /// Everybody who must not get at the hotel's incident: a member and the manager of the yard, who
    /// is in the hotel's group no more, and somebody from nowhere.
    strangers: Vec<PersonId>,
    incident: Incident,
    request: JoinRequestId,
    config: GroupConfig,
}

impl Neighbours {
    async fn new(world: &World) -> Self {
        let telegram = &world.telegram;
        let anna = telegram.person("Anna").username("anna").started().add();
        let boris = telegram.person("Boris").username("boris").add();
        let mari = telegram.person("Mari").username("mari").started().add();
        let jaan = telegram.person("Jaan").username("jaan").started().add();
        let former = telegram.person("Fred").username("fred").started().add();
        let outsider = telegram.person("Olga").started().add();
        let hotel = world.group("Hotel Aurora", &[anna, boris, former]).await;
        let yard = world.group("Northgate Yard", &[mari, jaan, former]).await;
        for person in [mari, jaan, former, outsider] {
            telegram.start_bot(person);
        }
        for (chat, person) in [
            (hotel, boris),
            (hotel, former),
            (yard, jaan),
            (yard, former),
        ] {
            world.say(chat, person, "Good morning").await;
        }
        let (incident, request) = secret(world, hotel, anna, boris).await;
        telegram.set_standing(hotel, anna, former, Standing::Left);
        world.settle().await;
        Self {
            hotel,
            yard,
            anna,
            strangers: vec![mari, jaan, former, outsider],
            incident,
            request,
            config: config(world, hotel).await,
        }
    }

    /// Where a stranger can press or write: in the yard, if they are in it, and privately.
    fn places(&self, world: &World, stranger: PersonId) -> Vec<ChatId> {
        let own = world.telegram.private(stranger);
        match self.strangers.last() {
            Some(outsider) if *outsider == stranger => vec![own],
            _ => vec![self.yard, own],
        }
    }

    async fn assert_untouched(&self, world: &World, what: &str) {
        let now = world.store().incident(self.incident.identity.id).await;
        assert_eq!(now.unwrap().as_ref(), Some(&self.incident), "{what}");
        assert_eq!(config(world, self.hotel).await, self.config, "{what}");
        for chat in self
            .strangers
            .iter()
            .map(|stranger| world.telegram.private(*stranger))
            .chain([self.yard])
        {
            let said = words(world, chat);
            for secret in SECRETS {
                assert!(!said.contains(secret), "{what} told {secret:?} in:\n{said}");
            }
        }
    }
}

/// An incident in the hotel's cellar, claimed by nobody, and Boris asking to be let in there.
async fn secret(
    world: &World,
    hotel: ChatId,
    anna: PersonId,
    boris: PersonId,
) -> (Incident, JoinRequestId) {
    world.say(hotel, anna, "/departments").await;
    let page = world.telegram.last_from_bot(hotel).unwrap().id;
    world.press(anna, hotel, page, "Add…").await;
    let prompt = world.said(hotel, "new department called").id;
    world.reply(hotel, anna, prompt, "Cellar").await;
    let page = world.telegram.last_from_bot(hotel).unwrap().id;
    world.press(anna, hotel, page, "Cellar").await;
    world.press(anna, hotel, page, "On request").await;
    // Two, so that the second's number means nothing in the yard.
    world.say(hotel, anna, "/new_issue A lamp is out").await;
    world
        .say(hotel, anna, &format!("/new_issue {SECRET}"))
        .await;
    let card = world.card(hotel, "0002").id;
    world.press(anna, hotel, card, "Choose").await;
    world.press(anna, hotel, card, "Cellar").await;
    world.press(boris, hotel, card, "Claim").await;
    let company = config(world, hotel).await.company;
    let number = actors::domain::IncidentNumber(2);
    let incident = world.store().incident_numbered(company, number).await;
    let incident = incident.unwrap().unwrap();
    let cellar = incident.department().unwrap();
    let boris = actors::domain::PersonId(boris.0);
    let request = world.store().join_request_of(boris, cellar).await;
    (incident, request.unwrap().unwrap())
}

fn verbs(departments: &[DepartmentId]) -> Vec<Verb> {
    let mut verbs = vec![
        Verb::Claim,
        Verb::Join,
        Verb::Leave,
        Verb::Start,
        Verb::Resume,
        Verb::Resolve,
        Verb::Confirm,
        Verb::Reopen,
    ];
    verbs.extend(BlockKind::ALL.map(Verb::Block));
    verbs.extend(Urgency::ALL.map(Verb::Urgency));
    verbs.extend([Menu::Main, Menu::Departments, Menu::Urgency, Menu::Block].map(Verb::Menu));
    verbs.extend(departments.iter().copied().map(Verb::Department));
    verbs
}

/// Every button that could name the hotel's incident, or something around it.
fn buttons(neighbours: &Neighbours, own_department: DepartmentId) -> Vec<Button> {
    let incident: IncidentId = neighbours.incident.identity.id;
    let edition = neighbours.incident.edition;
    let cellar = neighbours.incident.department().unwrap();
    let anna = actors::domain::PersonId(neighbours.anna.0);
    let mut buttons = Vec::new();
    for verb in verbs(&[cellar, own_department]) {
        for edition in [edition, 1] {
            buttons.push(Button::Card {
                incident,
                edition,
                verb,
            });
        }
    }
    buttons.extend([
        Button::Show { incident },
        Button::History { incident, page: 0 },
        Button::List {
            of: ListOf::Open(Some(cellar)),
            page: 0,
        },
        Button::List {
            of: ListOf::Mine(anna),
            page: 0,
        },
        Button::ReportTo {
            group: neighbours.config.id,
        },
    ]);
    for flag in [true, false] {
        buttons.push(Button::Membership {
            department: cellar,
            join: flag,
        });
        buttons.push(Button::AnswerJoin(JoinAnswer {
            request: neighbours.request,
            approve: flag,
        }));
    }
    buttons
}

/// A message of the bot in a chat, to press on.
fn any_message(world: &World, chat: ChatId) -> MessageId {
    world.telegram.last_from_bot(chat).unwrap().id
}

async fn no_forged_button_reaches_another_company(world: World) {
    let neighbours = Neighbours::new(&world).await;
    let own = config(&world, neighbours.yard).await.departments[0].id;
    for stranger in &neighbours.strangers {
        for place in neighbours.places(&world, *stranger) {
            let on = any_message(&world, place);
            let before = world.telegram.messages(neighbours.hotel).len();
            for button in buttons(&neighbours, own) {
                let toast = forge(&world, *stranger, place, on, &encode(&button)).await;
                let what = format!("{button:?} by {stranger} in {place}");
                for secret in SECRETS {
                    assert!(!toast.text.contains(secret), "{what}: {}", toast.text);
                }
                let listed = matches!(button, Button::List { .. }) && place == neighbours.yard;
                assert!(listed || toast.alert || !toast.text.is_empty(), "{what}");
            }
            neighbours
                .assert_untouched(&world, &format!("buttons of {stranger} in {place}"))
                .await;
            let after = world.telegram.messages(neighbours.hotel).len();
            assert_eq!(before, after, "something was said in the hotel");
        }
    }
    world.finish().await;
}

async fn no_command_reaches_another_company(world: World) {
    let neighbours = Neighbours::new(&world).await;
    let commands = [
        "/incident 0002",
        "/history 0002",
        "/comment 0002 I was here",
        "/assign 0002 @mari",
        "/assign 0002 @anna",
        "/reopen 0002 again",
        "/cancel 0002 never mind",
        "/duplicate 0002 0001",
        "/duplicate 0001 0002",
        "/open Cellar",
        "/open",
        "/my",
    ];
    for stranger in &neighbours.strangers {
        for place in neighbours.places(&world, *stranger) {
            for command in commands {
                let asked = world.say(place, *stranger, command).await;
                // Dozens of answers in a row are not what this is about.
                world.pass(TimeDelta::seconds(4)).await;
                let messages = world.telegram.messages(place);
                let answered = messages.iter().any(|it| it.reply_to == Some(asked));
                assert!(answered, "{command} by {stranger} in {place} met silence");
            }
            neighbours
                .assert_untouched(&world, &format!("commands of {stranger} in {place}"))
                .await;
        }
    }
    world.finish().await;
}

async fn no_configuration_reaches_another_company(world: World) {
    let neighbours = Neighbours::new(&world).await;
    let cellar = neighbours.incident.department().unwrap();
    let yard = config(&world, neighbours.yard).await;
    let mari = neighbours.strangers[0];
    let anna = actors::domain::PersonId(neighbours.anna.0);
    let changes = [
        Change::Open(actors::domain::notice::Panel::Department(cellar)),
        Change::Open(actors::domain::notice::Panel::Managers),
        Change::Language(actors::domain::Language::Russian),
        Change::AskRename(cellar),
        Change::Retire(cellar),
        Change::Access(cellar, actors::domain::Access::Open),
        Change::RemoveMember(cellar, anna),
        Change::TakeRole(actors::domain::notice::Role::Manager, anna),
        Change::AskRole(actors::domain::notice::Role::Manager),
        Change::NudgeMinutes(0),
        Change::SummaryMinutes(u32::MAX),
        Change::Approve(true),
    ];
    for place in neighbours.places(&world, mari) {
        let on = any_message(&world, place);
        for change in changes {
            for group in [neighbours.config.id, yard.id] {
                let button = Button::Configure { group, change };
                let toast = forge(&world, mari, place, on, &encode(&button)).await;
                for secret in SECRETS {
                    assert!(!toast.text.contains(secret), "{button:?}: {}", toast.text);
                }
            }
        }
        neighbours.assert_untouched(&world, "configuration").await;
    }
    let settings = config(&world, neighbours.yard).await.settings;
    assert_eq!(settings.unclaimed_nudge_minutes, 10);
    assert_eq!(settings.summary_timeout_minutes, 10);
    world.finish().await;
}

async fn numbers_are_counted_by_each_company(world: World) {
    let neighbours = Neighbours::new(&world).await;
    let mari = neighbours.strangers[0];
    let before = count(&world, neighbours.hotel, "0001 ·");
    world
        .say(neighbours.yard, mari, "/new_issue The gate jams")
        .await;
    assert!(world.card(neighbours.yard, "0001").text.contains("gate"));
    world
        .say(neighbours.yard, mari, "/cancel 0001 It does not")
        .await;
    assert_eq!(count(&world, neighbours.hotel, "0001 ·"), before);
    neighbours.assert_untouched(&world, "its own number").await;
    world.finish().await;
}

async fn who_left_sees_nothing_any_more(world: World) {
    let telegram = &world.telegram;
    let anna = telegram.person("Anna").add();
    let fred = telegram.person("Fred").started().add();
    let hotel = world.group("Hotel Aurora", &[anna, fred]).await;
    let own = telegram.start_bot(fred);
    world.say(hotel, fred, "Good morning").await;
    world.say(hotel, anna, "/new_issue A lamp is out").await;
    world.say(own, fred, "/open").await;
    let list = world.said(own, "A lamp is out");
    let show = list.buttons[0][0].label.clone();

    world
        .telegram
        .set_standing(hotel, anna, fred, Standing::Kicked);
    world
        .say(hotel, anna, &format!("/new_issue {SECRET}"))
        .await;
    let of = ListOf::Open(None);
    let page = encode(&Button::List { of, page: 0 });
    for toast in [
        forge(&world, fred, own, list.id, &page).await,
        world.press(fred, own, list.id, &show).await,
    ] {
        assert!(!toast.text.is_empty());
    }
    for text in ["/open", "/my", "/incident 0002", "The lift is stuck"] {
        world.say(own, fred, text).await;
    }
    let said = words(&world, own);
    assert!(!said.contains("911"), "{said}");
    world.finish().await;
}

/// What of the hotel a text gives away.
fn secret_in(text: &str) -> Option<&'static str> {
    SECRETS.into_iter().find(|secret| text.contains(secret))
}
