//! Upgrades, removals and blocks in any order, while people work: nothing is left lying, nobody is
//! called in vain over and over, and where one manager cannot be reached another is.
//!
//! `DESKBELL_CHAT_STORMS` sets how many sequences are played, `DESKBELL_SEED` repeats a run.

use actors::domain::notice::Role;
use actors::domain::{PersonId as DeskPerson, Urgency};
use actors::inbound::{Button, Verb};
use actors::ports::{Commit, Record};
use chrono::TimeDelta;
use deskbell::playground::{ChatId, PersonId, Standing};
use deskbell::telegram::button::encode;

use crate::kill_storm::random::{self, Random};
use crate::kill_storm::{say, setting};
use crate::world::{Engine, World};
use crate::yard::{config, count, forge, words};

/// How many sequences are played unless the environment says otherwise.
const SQLITE_SEQUENCES: u64 = 60;
const POSTGRES_SEQUENCES: u64 = 20;

/// How often Telegram may refuse something in one sequence. Each event makes a few deliveries
/// impossible; a desk that hammers at what cannot be is refused hundreds of times.
const REFUSALS: usize = 60;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_befalls_a_chat_nothing_is_left_lying_on_sqlite() {
    storm(Engine::Sqlite, SQLITE_SEQUENCES).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_befalls_a_chat_nothing_is_left_lying_on_postgres() {
    storm(Engine::Postgres, POSTGRES_SEQUENCES).await;
}

async fn storm(engine: Engine, usual: u64) {
    let sequences = setting("DESKBELL_CHAT_STORMS").unwrap_or(usual);
    let seed = setting("DESKBELL_SEED").unwrap_or_else(random::seed);
    say(&format!("{sequences} sequences, DESKBELL_SEED={seed}"));
    let mut random = Random::new(seed);
    let world = World::new(engine).await;
    for sequence in 0..sequences {
        let mut scene = Scene::new(&world).await;
        let calls = world.telegram.call_count();
        if random.between(0, 4) == 0 {
            scene.move_unheard(&world).await;
        }
        for _ in 0..random.between(3, 9) {
            scene.happen(&world, &mut random).await;
        }
        scene.heal(&world).await;
        let what = format!("sequence {sequence}, DESKBELL_SEED={seed}");
        let made = world.telegram.call_count() - calls;
        let refused = world.telegram.calls_since(calls);
        let refused = refused.iter().filter(|call| call.status >= 400);
        let refused = refused.count();
        assert!(refused <= REFUSALS, "{refused} refusals of {made}: {what}");
        scene.check(&world, &what).await;
    }
    world.finish().await;
}

/// A group with two managers, whom anything may befall.
struct Scene {
    chat: ChatId,
    upgraded: bool,
    present: bool,
    mari: PersonId,
    jaan: PersonId,
    olga: PersonId,
}

impl Scene {
    async fn new(world: &World) -> Self {
        let telegram = &world.telegram;
        let mari = telegram.person("Mari").started().add();
        let jaan = telegram.person("Jaan").started().add();
        let olga = telegram.person("Olga").add();
        let chat = telegram.basic_group("Any Yard", &[mari, jaan, olga]);
        telegram.promote_bot(chat, mari);
        for person in [mari, jaan] {
            telegram.start_bot(person);
        }
        telegram.say(chat, olga, "/new_issue The gate jams");
        world.settle().await;
        let mut commit = Commit::new(telegram.now(), None);
        commit.records.push(Record::RoleGiven {
            company: config(world, chat).await.company,
            person: DeskPerson(jaan.0),
            role: Role::Manager,
        });
        world.store().commit(commit).await.unwrap();
        Self {
            chat,
            upgraded: false,
            present: true,
            mari,
            jaan,
            olga,
        }
    }

    /// The group is upgraded, and what tells of it is lost: the reminder that is due next finds out.
    async fn move_unheard(&mut self, world: &World) {
        self.upgraded = true;
        self.chat = world.telegram.migrate(self.chat, self.mari);
        let forget = "deleteWebhook?drop_pending_updates=true";
        let url = format!("{}/{forget}", world.bot_url());
        assert!(reqwest::get(url).await.unwrap().status().is_success());
        world.pass(TimeDelta::minutes(11)).await;
    }

    async fn happen(&mut self, world: &World, random: &mut Random) {
        let telegram = &world.telegram;
        let (chat, bot) = (self.chat, telegram.bot());
        let manager = *random.one_of(&[self.mari, self.jaan]);
        match random.between(0, 13) {
            // Without the bot in it, a group is another one to the desk when it comes back.
            0 | 1 if !self.upgraded && self.present => {
                self.upgraded = true;
                self.chat = telegram.migrate(chat, self.mari);
            }
            2 => {
                self.present = false;
                telegram.kick_bot(chat, self.mari);
            }
            3 => {
                self.present = false;
                telegram.set_standing(chat, self.mari, bot, Standing::Left);
            }
            4 => {
                self.present = true;
                telegram.mute_bot(chat, self.mari);
            }
            5 => {
                self.present = true;
                telegram.add_bot(chat, self.mari);
            }
            6 => {
                self.present = true;
                telegram.promote_bot(chat, self.mari);
            }
            7 => {
                self.present = true;
                telegram.set_bot_pin_right(chat, self.mari, false);
            }
            8 => telegram.block(manager),
            9 => telegram.unblock(manager),
            10 => self.delete_a_card(world, random),
            _ => self.work(world, random),
        }
        if random.between(0, 2) == 0 {
            // Heard, and perhaps answered: a desk that is muted does not come to rest.
            let heard = |world: &World| world.telegram.pending_updates().is_empty();
            world.until(heard).await;
        }
    }

    fn delete_a_card(&self, world: &World, random: &mut Random) {
        let messages = world.telegram.messages(self.chat);
        let cards: Vec<_> = messages.iter().filter(|it| it.from_bot).collect();
        if !cards.is_empty() {
            world.telegram.delete(self.chat, random.one_of(&cards).id);
        }
    }

    fn work(&self, world: &World, random: &mut Random) {
        let commands = [
            "/new_issue The lamp is out",
            "/comment 0001 Still",
            "/cancel 0001 It was the wind",
            "/open",
            "/history 0001",
        ];
        let command: &str = random.one_of::<&str>(&commands);
        world.telegram.say(self.chat, self.mari, command);
    }

    /// Everything is as it should be again, but for one manager who cannot be written to.
    async fn heal(&self, world: &World) {
        world.telegram.promote_bot(self.chat, self.mari);
        world.telegram.unblock(self.jaan);
        world.telegram.block(self.mari);
        // Whatever waited for a right is tried again.
        world.pass(TimeDelta::minutes(6)).await;
        // By whatever is said next the desk finds out where the group is.
        let old = world.telegram.messages(self.chat).len();
        world.say(self.chat, self.olga, "/help").await;
        assert!(world.telegram.messages(self.chat).len() > old);
    }

    async fn check(&self, world: &World, what: &str) {
        assert_eq!(
            world
                .store()
                .outbox_unfinished(world.telegram.now())
                .await
                .unwrap(),
            0,
            "{what}"
        );
        let own = world.telegram.private(self.jaan);
        let told = words(world, own).len();
        let group = config(world, self.chat).await;
        let department = group.departments[0].id;
        world.telegram.say(self.chat, self.olga, "/new_issue Fire");
        world.settle().await;
        let card = world.said(self.chat, "Fire");
        let number: i64 = card
            .text
            .split(" · ")
            .next()
            .unwrap()
            .chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
            .parse()
            .unwrap();
        let incident = world.incident(self.chat, number).await;
        let id = incident.identity.id;
        let verbs = [
            Verb::Urgency(Urgency::Critical),
            Verb::Department(department),
        ];
        let mut toasts = Vec::new();
        for verb in verbs {
            let edition = 1;
            let button = Button::Card {
                incident: id,
                edition,
                verb,
            };
            let data = encode(&button);
            // Nobody hears of their own doing: the reporter chooses, a manager rates.
            let presser = match verb {
                Verb::Department(_) => self.olga,
                _ => self.mari,
            };
            let toast = forge(world, presser, self.chat, card.id, &data).await;
            toasts.push(toast.text);
        }
        let news = words(world, own).split_off(told);
        assert!(
            news.contains("Fire"),
            "{what}: {toasts:?}\n{}\n{}",
            world.telegram.transcript(self.chat),
            world.telegram.transcript(own)
        );
        assert!(count(world, self.chat, "👉 Mari") > 0, "{what}");
        world.pass(TimeDelta::seconds(1)).await;
    }
}
