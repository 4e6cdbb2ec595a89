//! Presses of buttons that no message has: real data replayed, garbled and spliced, by people who
//! are not in the group, who were, and who are in another. None has an effect it should not have.
//!
//! `DESKBELL_FORGED_CALLBACKS` sets how many are pressed, `DESKBELL_SEED` repeats a run.

use actors::domain::{GroupId, MessageId, Person, PersonId as DeskPerson, UpdateId};
use actors::inbound::{Answer, Inbound, Place, Sender, What};
use chrono::TimeDelta;
use deskbell::playground::{ChatId, PersonId};
use deskbell::telegram::button;
use futures_util::future::join_all;

use super::matrix::neighbours;
use super::{Neighbours, any_message, secret_in};
use crate::kill_storm::random::{self, Random};
use crate::kill_storm::{say, setting};
use crate::world::{World, conversations};

conversations! {
    forged_presses_have_no_effect_they_should_not_have
    forged_presses_are_answered_over_the_wire
}

/// How many are pressed unless the environment says otherwise.
const PRESSES: u64 = 4_000;

/// How many go all the way over HTTP: these cost a round trip each.
const OVER_THE_WIRE: u64 = 250;

/// How many are under way at once.
const AT_ONCE: u64 = 64;

/// After how many it is looked whether anything has changed.
const BETWEEN_LOOKS: u64 = 1_000;

/// How much time passes after so many: the desk answers what it may. A million presses take less
/// than the day after which the hotel's own clock would speak.
const BREATH: TimeDelta = TimeDelta::seconds(5);

/// Above the numbers that the playground gives its updates.
const FIRST_UPDATE: i64 = 2_000_000_000;

/// Data that stands, or stood, on real buttons of both groups.
fn real(world: &World, neighbours: &Neighbours) -> Vec<String> {
    let chats = [neighbours.hotel, neighbours.yard];
    let messages = chats.iter().flat_map(|chat| world.telegram.messages(*chat));
    let buttons = messages.flat_map(|message| message.buttons).flatten();
    let mut real: Vec<String> = buttons.filter_map(|button| button.data).collect();
    real.sort();
    real.dedup();
    assert!(real.len() > 10, "too few buttons to forge: {real:?}");
    real
}

/// One of them, or something like it.
fn forged(random: &mut Random, real: &[String]) -> String {
    let mut data = random.one_of(real).clone().into_bytes();
    let at = |random: &mut Random, length: usize| {
        usize::try_from(random.between(0, length as u64)).unwrap()
    };
    match random.between(0, 7) {
        0 => {}
        1 => {
            let position = at(random, data.len());
            data[position] ^= 1 << random.between(0, 7);
        }
        2 => data.truncate(at(random, data.len())),
        3 => {
            let other = random.one_of(real).as_bytes();
            let (mine, theirs) = (at(random, data.len()), at(random, other.len()));
            data.truncate(mine);
            data.extend_from_slice(&other[theirs..]);
        }
        // Another number where one stands.
        4 | 5 => {
            let written = String::from_utf8_lossy(&data).into_owned();
            let mut fields: Vec<String> = written.split('.').map(str::to_owned).collect();
            let which = at(random, fields.len());
            fields[which] = random.between(0, 12).to_string();
            data = fields.join(".").into_bytes();
        }
        _ => {
            let length = random.between(1, 64);
            data = (0..length)
                .map(|_| u8::try_from(random.between(32, 127)).unwrap())
                .collect();
        }
    }
    let mut text = String::from_utf8_lossy(&data).into_owned();
    while text.len() > 64 {
        text.pop();
    }
    text
}

/// Somebody who presses, and where.
struct Presser {
    role: &'static str,
    person: PersonId,
    place: ChatId,
    /// Whether they are in the group of that place.
    inside: bool,
}

fn pressers(
    world: &World,
    neighbours: &Neighbours,
    cast: &[(&'static str, PersonId)],
) -> Vec<Presser> {
    let mut pressers = Vec::new();
    for (role, person) in cast {
        let own = world.telegram.private(*person);
        let mut add = |place, inside| {
            pressers.push(Presser {
                role,
                person: *person,
                place,
                inside,
            });
        };
        add(neighbours.hotel, false);
        add(own, true);
        if *role == "outsider" {
            add(neighbours.yard, false);
        }
    }
    pressers
}

fn inbound(
    presser: &Presser,
    update: i64,
    data: &str,
    on: i64,
    at: chrono::DateTime<chrono::Utc>,
) -> Inbound {
    let chat = actors::domain::ChatId(presser.place.0);
    let place = if presser.place.0 < 0 {
        Place::Group {
            chat,
            title: "Whatever it says".to_owned(),
            thread: None,
        }
    } else {
        Place::Private { chat }
    };
    let on = MessageId(on);
    Inbound {
        update: UpdateId(update),
        at,
        sender: Sender::Person {
            person: Person::unknown(DeskPerson(presser.person.0)),
            administrator: false,
            present: Some(presser.inside),
        },
        place,
        what: match button::decode(data) {
            Some(button) => What::Press { button, on },
            None => What::UnknownPress,
        },
    }
}

/// Whether an answer is one that such a presser may get.
fn is_harmless(presser: &Presser, answer: &Answer, group: Option<GroupId>, hotel: GroupId) -> bool {
    let refused = matches!(answer, Answer::Refused(_));
    refused || presser.inside && group != Some(hotel)
}

async fn forged_presses_have_no_effect_they_should_not_have(world: World) {
    let presses = setting("DESKBELL_FORGED_CALLBACKS").unwrap_or(PRESSES);
    let seed = setting("DESKBELL_SEED").unwrap_or_else(random::seed);
    say(&format!("{presses} presses, DESKBELL_SEED={seed}"));
    let mut random = Random::new(seed);
    let (neighbours, cast) = neighbours(&world).await;
    world
        .say(neighbours.yard, cast[1].1, "/new_issue The gate jams")
        .await;
    let forgery = Forgery::new(&world, &neighbours, &cast);
    let hotel = world.telegram.messages(neighbours.hotel).len();
    let mut understood = 0;
    let mut made = 0;
    while made < presses {
        understood += forgery.press_some(&world, &mut random, made).await;
        made += AT_ONCE;
        world.pass(BREATH).await;
        if made % BETWEEN_LOOKS < AT_ONCE {
            let what = format!("{made} presses, DESKBELL_SEED={seed}");
            neighbours.assert_untouched(&world, &what).await;
        }
    }
    let what = format!("DESKBELL_SEED={seed}");
    neighbours.assert_untouched(&world, &what).await;
    let after = world.telegram.messages(neighbours.hotel).len();
    assert_eq!(hotel, after, "something was said in the hotel, {what}");
    let enough = understood * 6 > made;
    assert!(enough, "only {understood} of {made} meant anything, {what}");
    world.finish().await;
}

/// Who presses what.
struct Forgery {
    real: Vec<String>,
    pressers: Vec<Presser>,
    insider: Presser,
    hotel: GroupId,
}

impl Forgery {
    fn new(world: &World, neighbours: &Neighbours, cast: &[(&'static str, PersonId)]) -> Self {
        let (role, person) = cast[0];
        Self {
            real: real(world, neighbours),
            pressers: pressers(world, neighbours, cast),
            insider: Presser {
                role,
                person,
                place: neighbours.yard,
                inside: true,
            },
            hotel: neighbours.config.id,
        }
    }

    /// Presses at the same time, checks the answers, and tells how many meant something.
    async fn press_some(&self, world: &World, random: &mut Random, made: u64) -> u64 {
        let desk = world.service().tree().desk.clone();
        let now = world.telegram.now();
        let mut understood = 0;
        let mut under_way = Vec::new();
        for number in made..made + AT_ONCE {
            // What the yard's own member may do in the yard is said there, so they press seldom.
            let presser = match random.between(0, 50) {
                0 => &self.insider,
                _ => random.one_of(&self.pressers),
            };
            let data = forged(random, &self.real);
            let on = i64::try_from(random.between(1, 30)).unwrap();
            let update = FIRST_UPDATE + i64::try_from(number).unwrap();
            let pressed = inbound(presser, update, &data, on, now);
            understood += u64::from(matches!(pressed.what, What::Press { .. }));
            let verdict = desk.hand_over(pressed);
            under_way.push(async move { (presser, data, verdict.await.unwrap()) });
        }
        for (presser, data, verdict) in join_all(under_way).await {
            let group = verdict.group.as_ref().map(|group| group.id);
            assert!(
                is_harmless(presser, &verdict.answer, group, self.hotel),
                "{data} by the {} in {}: {verdict:?}",
                presser.role,
                presser.place
            );
        }
        understood
    }
}

async fn forged_presses_are_answered_over_the_wire(world: World) {
    let seed = setting("DESKBELL_SEED").unwrap_or_else(random::seed);
    say(&format!("DESKBELL_SEED={seed}"));
    let mut random = Random::new(seed);
    let (neighbours, cast) = neighbours(&world).await;
    let real = real(&world, &neighbours);
    let pressers = pressers(&world, &neighbours, &cast);
    let hotel = world.telegram.messages(neighbours.hotel).len();
    for _ in 0..OVER_THE_WIRE {
        let presser = random.one_of(&pressers);
        let data = forged(&mut random, &real);
        let on = any_message(&world, presser.place);
        let press = world
            .telegram
            .press_data(presser.place, presser.person, on, &data);
        let toast = world.telegram.toast(press).await.unwrap();
        let what = format!("{data} by the {}: {}", presser.role, toast.text);
        assert_eq!(secret_in(&toast.text), None, "{what}, DESKBELL_SEED={seed}");
        assert!(presser.inside || !toast.text.is_empty(), "{what}");
    }
    world.settle().await;
    neighbours
        .assert_untouched(&world, &format!("DESKBELL_SEED={seed}"))
        .await;
    let after = world.telegram.messages(neighbours.hotel).len();
    assert_eq!(hotel, after, "something was said in the hotel");
    world.finish().await;
}
