//! Telegram may deliver an update more than once and out of order, and its apps send some presses
//! again as new updates. Whatever comes how often: what the desk makes of it is what it makes of
//! everything coming once.
//!
//! `DESKBELL_UPDATES` sets how many deliveries there are at least, `DESKBELL_SEED` repeats a run that
//! failed.

use std::collections::BTreeSet;

use actors::domain::{Event, GroupConfig, IncidentNumber, Recorded};
use actors::ports::{Commit, Record};
use chrono::TimeDelta;
use deskbell::playground::{ChatId, PersonId, PressId};
use serde_json::Value;

use crate::cast::Yard;
use crate::kill_storm::random::Random;
use crate::kill_storm::{count, say, seeded};
use crate::world::{Engine, World, conversations};

/// How many deliveries there are at least unless the environment says otherwise.
const UPDATES: usize = 300;

/// How many times more at most, until a claim is among them: chance may bring a town that has none.
const MOST: usize = 10;

/// Groups that work at the same time: their updates come in one batch, in any order.
const GROUPS: usize = 5;

/// How often somebody does something in each group.
const STEPS: u32 = 15;

/// The time from step to step: in the groups' pace, and all of it within the first clock's.
const STEP: TimeDelta = TimeDelta::seconds(20);

/// How often an update comes at most.
const MOST_COPIES: u64 = 5;

/// How often a press is sent again at most.
const MOST_REPRESSES: u64 = 3;

/// In how many parts a step's updates come at most; each to a desk of its own, since one that has
/// confirmed a newer update is not sent an older one.
const MOST_PARTS: u64 = 2;

conversations! {
    what_changed_nothing_when_it_came_changes_nothing_when_it_comes_again
}

/// A batch comes again whole when the desk crashed before it was confirmed: what was refused, or
/// was so already, must not act on what its successors have made of the incident.
async fn what_changed_nothing_when_it_came_changes_nothing_when_it_comes_again(mut world: World) {
    let yard = Yard::open(&world).await;
    let (chat, mari, jaan) = (yard.chat, yard.mari, yard.jaan);
    let card = yard.waiting(&world).await;
    world.press(mari, chat, card, "Urgency").await;
    world.press(mari, chat, card, "same day").await;
    world.press(mari, chat, card, "Urgency").await;
    world.halt().await;
    let so_already = world.begin_press(mari, chat, card, "same day");
    let refused = world.begin_press(jaan, chat, card, "planned");
    let updates = world.telegram.pending_updates();
    assert_eq!(updates.len(), 2);
    world.wake().await;
    world.settle().await;
    for (press, words) in [(so_already, "so already"), (refused, "Only members")] {
        let toast = world.telegram.toast(press).await.unwrap().text;
        assert!(toast.contains(words), "{toast}");
    }
    world.press(mari, chat, card, "critical").await;
    let config = world.config(chat).await;
    let department = config.departments[0].id;
    let mut commit = Commit::new(world.telegram.now(), None);
    let person = actors::domain::PersonId(jaan.0);
    commit.records.push(Record::Member { department, person });
    world.store().commit(commit).await.unwrap();
    world.halt().await;
    for update in updates {
        world.telegram.deliver_raw(update);
    }
    world.wake().await;
    world.settle().await;
    assert!(yard.see(&world, card).text.contains("critical"));
    world.finish().await;
}

mod deliveries_that_repeat_and_overtake_change_nothing {
    use crate::world::Engine;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn on_sqlite() {
        super::deliveries_that_repeat_and_overtake_change_nothing(Engine::Sqlite).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn on_postgres() {
        super::deliveries_that_repeat_and_overtake_change_nothing(Engine::Postgres).await;
    }
}

async fn deliveries_that_repeat_and_overtake_change_nothing(engine: Engine) {
    let wanted = count("DESKBELL_UPDATES", UPDATES);
    let (seed, mut random) = seeded(&format!("{wanted} deliveries"));
    let mut tally = Tally::default();
    while tally.deliveries < wanted || tally.claims == 0 && tally.deliveries < MOST * wanted {
        let script = random.between(0, u64::MAX);
        let once = Town::found(engine, script).await.lives(None).await;
        let mail = Mail {
            random: Random::new(script),
            late: Vec::new(),
            tally,
        };
        let mut mail = Some(mail);
        let often = Town::found(engine, script).await.lives(mail.as_mut()).await;
        let missing: Vec<_> = once.difference(&often).collect();
        let added: Vec<_> = often.difference(&once).collect();
        assert!(
            missing.is_empty() && added.is_empty(),
            "DESKBELL_SEED={seed}: missing {missing:#?}, added {added:#?}"
        );
        tally = mail.map(|mail| mail.tally).unwrap_or_default();
    }
    say(&format!("{tally:?}"));
    assert!(tally.claims > 0, "nobody claimed anything: {tally:?}");
}

/// What was tried.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    updates: usize,
    deliveries: usize,
    presses: usize,
    presses_again: usize,
    claims: usize,
}

/// What is left of a town, line by line: what happened to each incident, what its card says, how
/// much stands in its chat, and who was told that something is theirs.
type Outcome = BTreeSet<String>;

/// Some groups, in which people do what chance says: the same wherever all goes the same.
struct Town {
    world: World,
    groups: Vec<Group>,
    claims: Vec<PressId>,
}

struct Group {
    chat: ChatId,
    people: [PersonId; 3],
    random: Random,
}

impl Town {
    async fn found(engine: Engine, script: u64) -> Self {
        let world = World::new(engine).await;
        let mut groups = Vec::new();
        for number in 0..GROUPS {
            let people =
                ["Mari", "Jaan", "Olga"].map(|name| world.telegram.person(name).started().add());
            let chat = world.group(&format!("Yard {number}"), &people).await;
            let luck = script.wrapping_add(u64::try_from(number).unwrap());
            groups.push(Group {
                chat,
                people,
                random: Random::new(luck),
            });
        }
        Self {
            world,
            groups,
            claims: Vec::new(),
        }
    }

    /// Everything that happens, and what is left of it. Without `mail` everything comes once.
    async fn lives(mut self, mut mail: Option<&mut Mail>) -> Outcome {
        for step in 0..STEPS {
            self.world.halt().await;
            self.world.clock.advance(STEP);
            let presses: Vec<PressId> = (0..self.groups.len())
                .filter_map(|group| self.act(group, step))
                .collect();
            if let Some(mail) = mail.as_deref_mut() {
                mail.deliver(&mut self.world, &presses, step + 1 == STEPS)
                    .await;
            }
            self.world.wake().await;
            self.world.settle().await;
        }
        let outcome = self.outcome().await;
        if let Some(mail) = mail {
            let claims = outcome.iter().filter(|line| line.ends_with("claimed"));
            mail.tally.claims += claims.count();
        }
        self.world.finish().await;
        outcome
    }

    /// Somebody in that group does something.
    fn act(&mut self, group: usize, step: u32) -> Option<PressId> {
        let Group {
            chat,
            people,
            random,
        } = &mut self.groups[group];
        let telegram = &self.world.telegram;
        let person = *random.one_of(people);
        let messages = telegram.messages(*chat);
        let prompt = messages
            .iter()
            .rfind(|message| message.force_reply.is_some());
        let cards = messages
            .iter()
            .filter(|message| message.text.contains(" · ") && !message.labels().is_empty());
        let cards: Vec<_> = cards.collect();
        match (random.between(0, 10), prompt) {
            (0, _) => {
                telegram.say(*chat, person, "/comment 0001 Mind the dog");
            }
            (1..=3, Some(prompt)) => {
                telegram.reply(*chat, person, prompt.id, "Oiled it");
            }
            _ if step.is_multiple_of(10) || cards.is_empty() => {
                telegram.say(*chat, person, "/new_issue It squeaks");
            }
            _ => {
                let card = *random.one_of(&cards);
                let labels = card.labels();
                let label = *random.one_of(&labels);
                let press = telegram.press(*chat, person, card.id, label).unwrap();
                if label.contains("Claim") {
                    self.claims.push(press);
                }
                return Some(press);
            }
        }
        None
    }

    async fn outcome(&self) -> Outcome {
        let mut outcome = Outcome::new();
        let telegram = &self.world.telegram;
        let store = self.world.store();
        for Group { chat, .. } in &self.groups {
            let here = actors::domain::ChatId(chat.0);
            let config: GroupConfig = store.group_of_chat(here).await.unwrap().unwrap();
            for number in (1..).map(IncidentNumber) {
                let found = store.incident_numbered(config.company, number).await;
                let Some(incident) = found.unwrap() else {
                    break;
                };
                let record = store.events(incident.identity.id).await.unwrap();
                for (place, Recorded { by, event, .. }) in record.iter().enumerate() {
                    let event = unplaced(event);
                    outcome.insert(format!("{chat:?} {number:?} {place}: {by:?} {event:?}"));
                }
                let card = self.world.card(*chat, &format!("{:04}", number.0));
                let title = card.text.lines().next();
                outcome.insert(format!("{chat:?} {number:?} says {title:?}"));
            }
            // Who presses a second time is asked a second time: that is no effect of the first.
            let messages = telegram.messages(*chat);
            let words = messages.iter().filter(|it| it.force_reply.is_none());
            let words = words.count();
            outcome.insert(format!("{chat:?} has {words} messages"));
        }
        for press in &self.claims {
            let toast = telegram.toast_now(*press).unwrap().text;
            if toast.contains("yours") {
                outcome.insert(format!("{press:?} claimed"));
            }
        }
        outcome
    }
}

/// An event without the number of the message that it came from: that says how often somebody before it
/// was asked, and who presses a second time is asked a second time.
fn unplaced(event: &Event) -> Event {
    let mut event = event.clone();
    if let Event::Reported { report, .. } = &mut event {
        report.origin = None;
    }
    event
}

/// A post that delivers everything, but as it likes.
struct Mail {
    random: Random,
    /// Copies that come in a later step.
    late: Vec<Value>,
    tally: Tally,
}

impl Mail {
    /// Delivers what waits for the desk, which is halted, and leaves it halted.
    async fn deliver(&mut self, world: &mut World, presses: &[PressId], last: bool) {
        for press in presses {
            let again = self.random.between(0, MOST_REPRESSES + 1);
            for _ in 0..again {
                world.telegram.press_again(*press);
            }
            self.tally.presses += 1;
            self.tally.presses_again += usize::try_from(again).unwrap();
        }
        let updates = world.telegram.pending_updates();
        take_away(world, &updates).await;
        self.tally.updates += updates.len();
        let mut copies = std::mem::take(&mut self.late);
        for update in updates {
            for _ in 1..self.random.between(1, MOST_COPIES + 1) {
                // A press on an old card has the card drawn again, whenever it comes: then a menu
                // that was opened meanwhile is closed, and people would see other buttons.
                let may_wait = !last && update.get("callback_query").is_none();
                let later = may_wait && self.random.between(0, 3) == 0;
                let pile = if later { &mut self.late } else { &mut copies };
                pile.push(update.clone());
            }
            copies.push(update);
        }
        self.random.shuffle(&mut copies);
        self.tally.deliveries += copies.len();
        let parts = self.random.between(1, MOST_PARTS + 1);
        let size = copies.len().div_ceil(usize::try_from(parts).unwrap());
        for part in copies.chunks(size.max(1)) {
            for update in part {
                world.telegram.deliver_raw(update.clone());
            }
            world.wake().await;
            world.settle().await;
            world.halt().await;
        }
    }
}

/// Takes updates out of Telegram's hands, as a poll that confirms them.
async fn take_away(world: &World, updates: &[Value]) {
    let newest = updates
        .iter()
        .filter_map(|update| update["update_id"].as_i64())
        .max();
    let Some(newest) = newest else { return };
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = format!("{}/getUpdates?offset={}", world.bot_url(), newest + 1);
    let answer = client.get(url).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(world.telegram.pending_updates().is_empty());
}
