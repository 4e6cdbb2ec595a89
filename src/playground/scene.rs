//! Who is there when the playground opens.

use super::handle::World;

/// The beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scene {
    /// Nobody: tests bring their own people.
    Empty,
    /// A lorry yard with six people, one group and some talk, for the demo.
    Yard,
}

impl Scene {
    pub(super) fn set(self, world: &World) {
        match self {
            Self::Empty => {}
            Self::Yard => yard(world),
        }
    }
}

/// Mari has just added the bot, so the bot speaks first.
fn yard(world: &World) {
    let mari = world
        .person("Mari")
        .last_name("Kask")
        .username("mari_kask")
        .started()
        .add();
    let jaan = world
        .person("Jaan")
        .last_name("Tamm")
        .username("jaan_tamm")
        .started()
        .add();
    let olga = world
        .person("Olga")
        .last_name("Petrova")
        .username("olga_p")
        .language("ru")
        .add();
    let priit = world
        .person("Priit")
        .last_name("Saar")
        .started()
        .language("et")
        .add();
    let liis = world.person("Liis").username("liis_m").add();
    let ahmed = world
        .person("Ahmed")
        .last_name("Haddad")
        .username("ahmed_h")
        .language("ar")
        .started()
        .add();
    let everyone = [mari, jaan, olga, priit, liis, ahmed];
    let group = world.group("Northgate Yard", &everyone);
    for person in everyone {
        world.private(person);
    }
    for person in [mari, jaan, ahmed] {
        world.start_bot(person);
    }
    world.say(
        group,
        jaan,
        "Morning all. Two trailers from Riga are an hour late",
    );
    world.say(
        group,
        liis,
        "Coffee machine in the drivers' room is alive again ☕",
    );
    world.say(
        group,
        olga,
        "Truck 14 is stuck at gate B, the barrier doesn't open",
    );
    world.say(group, ahmed, "أنا خلفه مباشرة ولا أستطيع الالتفاف هنا");
    world.say(
        group,
        mari,
        "One moment, I'm adding the desk bot so this doesn't get lost",
    );
    world.promote_bot(group, mari);
}
