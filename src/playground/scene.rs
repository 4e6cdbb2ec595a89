//! Who is there when the playground opens.

use super::handle::World;
use super::world::PersonId;

/// The beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scene {
    /// Nobody: tests bring their own people.
    Empty,
    /// A lorry yard with six people, one group and some talk, for the demo.
    Yard,
    /// Nobody yet: the demo's hotel brings its own people and their week.
    Hotel,
}

impl Scene {
    pub(super) fn set(self, world: &World) {
        match self {
            Self::Empty | Self::Hotel => {}
            Self::Yard => yard(world),
        }
    }
}

/// Mari has just added the bot, so the bot speaks first.
fn yard(world: &World) {
    let people = yard_people(world);
    let [mari, jaan, olga, _, liis, ahmed] = people;
    let group = world.group("Northgate Yard", &people);
    for person in people {
        world.private(person);
    }
    for person in [mari, jaan, ahmed] {
        world.start_bot(person);
    }
    let talk = [
        (jaan, "Morning all. Two trailers from Riga are an hour late"),
        (
            liis,
            "Coffee machine in the drivers' room is alive again ☕",
        ),
        (
            olga,
            "Truck 14 is stuck at gate B, the barrier doesn't open",
        ),
        (ahmed, "أنا خلفه مباشرة ولا أستطيع الالتفاف هنا"),
        (
            mari,
            "One moment, I'm adding the desk bot so this doesn't get lost",
        ),
    ];
    for (person, words) in talk {
        world.say(group, person, words);
    }
    world.promote_bot(group, mari);
}

/// Mari, Jaan, Olga, Priit, Liis and Ahmed: with and without usernames, in four languages.
fn yard_people(world: &World) -> [PersonId; 6] {
    let person = |name: &str, last_name: &str| world.person(name).last_name(last_name).started();
    [
        person("Mari", "Kask").username("mari_kask").add(),
        person("Jaan", "Tamm").username("jaan_tamm").add(),
        world
            .person("Olga")
            .last_name("Petrova")
            .username("olga_p")
            .language("ru")
            .add(),
        person("Priit", "Saar").language("et").add(),
        world.person("Liis").username("liis_m").add(),
        person("Ahmed", "Haddad")
            .username("ahmed_h")
            .language("ar")
            .add(),
    ]
}
