//! What happens when something in the desk breaks: it is put right by itself where that is
//! possible, said once, and whoever waits hears something either way.

mod anywhere;
pub(crate) mod faulty_store;
mod floods;
mod gateway;
mod giving_up;
mod log;
mod parking;
pub(crate) mod plan;
mod starting;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::TimeDelta;
use deskbell::playground::{ChatId, MessageView, PersonId};
use tracing::Level;

use crate::world::{Engine, World};
use faulty_store::FaultyStore;
use plan::{ALWAYS, Fault, Plan};

macro_rules! breakages {
    ($($name:ident)*) => {$(
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                super::$name($crate::supervision::Shop::open($crate::world::Engine::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                super::$name($crate::supervision::Shop::open($crate::world::Engine::Postgres).await).await;
            }
        }
    )*};
}
pub(crate) use breakages;

breakages! {
    a_panic_during_a_claim_is_answered_as_if_nothing_had_been
    a_panic_after_the_claim_lasts_changes_nothing_any_more
    a_store_that_is_away_makes_presses_wait_and_loses_none
    a_panic_in_a_group_is_answered_as_if_nothing_had_been
    a_panic_in_a_private_chat_is_answered_as_if_nothing_had_been
    a_delivery_that_panics_is_repeated_and_says_so
    a_delivery_whose_end_panics_as_well_keeps_nobody_waiting
    everybody_who_presses_on_what_has_just_closed_is_answered
}

/// A workshop whose desk can be broken.
pub(crate) struct Shop {
    pub(crate) world: World,
    pub(crate) plan: Arc<Plan>,
    pub(crate) chat: ChatId,
    pub(crate) mari: PersonId,
    pub(crate) jaan: PersonId,
}

impl Shop {
    /// Mari runs it, Jaan works there.
    pub(crate) async fn open(engine: Engine) -> Self {
        log::listen();
        let plan = Plan::new();
        let mut world = World::asleep(engine).await;
        let faults = Arc::clone(&plan);
        world.put_between(move |inner| {
            let plan = Arc::clone(&faults);
            Arc::new(FaultyStore { inner, plan })
        });
        world.wake().await;
        let mari = world.telegram.person("Mari").started().add();
        let jaan = world.telegram.person("Jaan").started().add();
        let chat = world.group("Workshop", &[mari, jaan]).await;
        Self {
            world,
            plan,
            chat,
            mari,
            jaan,
        }
    }

    /// A card that waits for a claim.
    pub(crate) async fn claimable(&self, number: &str) -> MessageView {
        let (world, chat) = (&self.world, self.chat);
        let report = format!("/new_issue Something {number} squeaks");
        world.say(chat, self.mari, &report).await;
        let card = world.card(chat, number);
        world
            .press(self.mari, chat, card.id, "Choose department")
            .await;
        world.press(self.mari, chat, card.id, "Maintenance").await;
        world.card(chat, number)
    }

    /// What Jaan is told who claims it.
    async fn claim(&self, card: &MessageView) -> String {
        let toast = self.world.press(self.jaan, self.chat, card.id, "Claim");
        toast.await.text
    }

    /// A fault that can be told from all others of the run.
    pub(crate) fn panic(&self) -> (String, Fault) {
        static PLANNED: AtomicU32 = AtomicU32::new(0);
        let number = PLANNED.fetch_add(1, Ordering::Relaxed);
        let words = format!("planned on purpose, number {number}.");
        (words.clone(), Fault::Panic(words))
    }
}

/// The one warning about a restart.
fn assert_one_restart(words: &str, actor: &str, key: &str) {
    let lines = log::caused_by(words);
    let [line] = lines.as_slice() else {
        panic!("not one line: {lines:#?}");
    };
    assert_eq!(line.level, Level::WARN);
    assert_eq!(line.says("actor"), actor);
    assert_eq!(line.says("key"), key);
    assert_eq!(line.says("restarts_in_window"), "1");
}

async fn a_panic_during_a_claim_is_answered_as_if_nothing_had_been(shop: Shop) {
    let card = shop.claimable("0001").await;
    let (words, panic) = shop.panic();
    shop.plan.next(1, "commit", Some(1), panic);
    assert_eq!(shop.claim(&card).await, "✋ 0001 is yours");
    assert_one_restart(&words, "incident", "1");
    assert_eq!(shop.plan.count("set_aside"), 0);
    shop.world.finish().await;
}

async fn a_panic_after_the_claim_lasts_changes_nothing_any_more(shop: Shop) {
    let card = shop.claimable("0001").await;
    let (words, panic) = shop.panic();
    shop.plan.next(1, "committed", Some(1), panic);
    let before = shop
        .world
        .store()
        .events(actors::domain::IncidentId(1))
        .await;
    let said = shop.claim(&card).await;
    assert!(
        !said.contains("wrong"),
        "nothing is denied that lasts: {said}"
    );
    assert_one_restart(&words, "incident", "1");
    let after = shop
        .world
        .store()
        .events(actors::domain::IncidentId(1))
        .await;
    assert_eq!(after.unwrap().len(), before.unwrap().len() + 1);
    assert_eq!(shop.claim_again().await, "0001 is yours already.");
    shop.world.finish().await;
}

impl Shop {
    /// What Jaan is told who presses the old button again, before his screen follows.
    async fn claim_again(&self) -> String {
        let card = self.world.card(self.chat, "0001");
        let incident = actors::domain::IncidentId(1);
        let state = self
            .world
            .store()
            .incident(incident)
            .await
            .unwrap()
            .unwrap();
        let claim = actors::inbound::Button::Card {
            incident,
            edition: state.edition,
            verb: actors::inbound::Verb::Claim,
        };
        let data = deskbell::telegram::button::encode(&claim);
        let telegram = &self.world.telegram;
        let press = telegram.press_data(self.chat, self.jaan, card.id, &data);
        telegram.toast(press).await.unwrap().text
    }
}

async fn a_store_that_is_away_makes_presses_wait_and_loses_none(shop: Shop) {
    let card = shop.claimable("0001").await;
    shop.plan.clear();
    shop.plan.next(ALWAYS, "commit", None, Fault::Fail);
    let telegram = shop.world.telegram.clone();
    let press = shop
        .world
        .begin_press(shop.jaan, shop.chat, card.id, "Claim");
    // More often than an update may fail before it is set aside.
    shop.plan.called("commit", 10).await;
    assert_eq!(telegram.toast_now(press), None, "nothing is promised");
    assert_eq!(telegram.pending_updates().len(), 1, "Telegram keeps it");
    shop.plan.clear();
    assert_eq!(
        telegram.toast(press).await.unwrap().text,
        "✋ 0001 is yours"
    );
    assert_eq!(shop.plan.count("set_aside"), 0);
    shop.world.finish().await;
}

async fn a_panic_in_a_group_is_answered_as_if_nothing_had_been(shop: Shop) {
    let (words, panic) = shop.panic();
    shop.plan.next(1, "company_version", None, panic);
    let card = shop.claimable("0001").await;
    assert_one_restart(&words, "group", &shop.chat.0.to_string());
    assert_eq!(shop.claim(&card).await, "✋ 0001 is yours");
    assert_eq!(shop.plan.count("set_aside"), 0);
    shop.world.finish().await;
}

async fn a_panic_in_a_private_chat_is_answered_as_if_nothing_had_been(shop: Shop) {
    let world = &shop.world;
    world.say(shop.chat, shop.jaan, "/open").await;
    let (words, panic) = shop.panic();
    shop.plan.next(1, "groups_of", Some(shop.jaan.0), panic);
    let chat = world.telegram.private(shop.jaan);
    world
        .say(chat, shop.jaan, "/new_issue The lift is stuck")
        .await;
    assert!(
        world
            .card(shop.chat, "0001")
            .text
            .contains("The lift is stuck")
    );
    assert_one_restart(&words, "private chat", &chat.0.to_string());
    shop.world.finish().await;
}

async fn a_delivery_that_panics_is_repeated_and_says_so(shop: Shop) {
    let (_, panic) = shop.panic();
    shop.plan.next(1, "settle_page", None, panic);
    let asked = shop.world.say(shop.chat, shop.jaan, "/help").await;
    let messages = shop.world.telegram.messages(shop.chat);
    let answers = messages.iter().filter(|message| message.id > asked);
    let repeats: Vec<bool> = answers.map(|said| said.text.contains("(repeat)")).collect();
    assert_eq!(repeats, [false, true], "{messages:#?}");
    let card = shop.claimable("0001").await;
    assert_eq!(shop.claim(&card).await, "✋ 0001 is yours");
    shop.world.finish().await;
}

/// Nobody knows any more that it was being sent, until the desk looks for such rows.
async fn a_delivery_whose_end_panics_as_well_keeps_nobody_waiting(shop: Shop) {
    let (words, panic) = shop.panic();
    shop.world.pass(TimeDelta::seconds(1)).await;
    shop.plan.next(2, "settle_page", None, panic);
    let begun = shop.world.telegram.now();
    let settled = shop.plan.count("settle_page");
    let asked = shop.world.telegram.say(shop.chat, shop.jaan, "/help");
    let repeats = |world: &World| -> Vec<bool> {
        let messages = world.telegram.messages(shop.chat);
        let answers = messages.iter().filter(|message| message.id > asked);
        answers.map(|said| said.text.contains("(repeat)")).collect()
    };
    let given_up = |_: &World| shop.plan.count("settle_page") == settled + 2;
    shop.world.until(given_up).await;
    assert_eq!(repeats(&shop.world), [false], "{words}");
    shop.world.clock.advance(TimeDelta::seconds(10));
    shop.world.until(|world| repeats(world).len() > 1).await;
    assert_eq!(repeats(&shop.world), [false, true], "{words}");
    let took = shop.world.telegram.now() - begun;
    assert_eq!(took, TimeDelta::seconds(10));
    let card = shop.claimable("0001").await;
    assert_eq!(shop.claim(&card).await, "✋ 0001 is yours");
    shop.world.finish().await;
}

/// More than one update may fail before it is set aside, and all in one batch.
async fn everybody_who_presses_on_what_has_just_closed_is_answered(shop: Shop) {
    let card = shop.claimable("0001").await;
    let telegram = &shop.world.telegram;
    let label = card
        .labels()
        .into_iter()
        .find(|it| it.contains("Claim"))
        .unwrap()
        .to_owned();
    let claim = card.button(&label).unwrap().data.clone().unwrap();
    shop.world
        .say(shop.chat, shop.mari, "/cancel 0001 It was the wind")
        .await;
    let presses: Vec<_> = (0..30)
        .map(|_| telegram.press_data(shop.chat, shop.jaan, card.id, &claim))
        .collect();
    for press in presses {
        let toast = telegram.toast(press).await.unwrap();
        assert!(!toast.text.contains("went wrong"), "{}", toast.text);
    }
    assert_eq!(shop.plan.count("set_aside"), 0);
    shop.world.finish().await;
}
