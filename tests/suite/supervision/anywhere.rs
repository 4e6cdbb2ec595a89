//! Whoever asks the store for something may die over it, before or after it was answered: what is
//! stored adds up, and everybody gets their answer.
//!
//! `DESKBELL_PANICS` sets at how many of these moments somebody dies, `DESKBELL_SEED` repeats a run
//! that failed.

use actors::domain::{Event, Incident, IncidentId};
use chrono::TimeDelta;

use super::plan::Point;
use super::{Shop, breakages};
use crate::kill_storm::random::{self, Random};
use crate::kill_storm::{say, setting};

/// At how many moments somebody dies unless the environment says otherwise. There are some 150.
const PANICS: u64 = 30;

/// What is asked all the time, whatever people do, need not be broken each time.
const OF_EACH_CALL: u32 = 8;

breakages! {
    whoever_dies_over_a_call_of_the_store_costs_nobody_an_answer
}

async fn whoever_dies_over_a_call_of_the_store_costs_nobody_an_answer(shop: Shop) {
    let seed = setting("DESKBELL_SEED").unwrap_or_else(random::seed);
    let mut random = Random::new(seed);
    // The first time nobody dies: it shows what is asked for.
    shop.plan.clear();
    a_life(&shop, 1, None).await;
    let mut moments = moments(&shop);
    random.shuffle(&mut moments);
    let panics = setting("DESKBELL_PANICS").unwrap_or(PANICS);
    moments.truncate(usize::try_from(panics).unwrap());
    say(&format!("{} moments, DESKBELL_SEED={seed}", moments.len()));
    let mut deaths = 0;
    for (number, point) in (2..).zip(&moments) {
        let (words, _) = shop.panic();
        shop.plan.blow_up_at(*point, words);
        a_life(&shop, number, Some(*point)).await;
        deaths += usize::from(!shop.plan.is_armed());
        assert_eq!(shop.plan.count("set_aside"), 0, "{point:?}");
    }
    assert!(
        deaths * 2 > moments.len(),
        "{deaths} deaths at {} moments, DESKBELL_SEED={seed}",
        moments.len()
    );
    shop.world.finish().await;
}

/// Every call that was made, before and after it.
fn moments(shop: &Shop) -> Vec<Point> {
    let mut moments = Vec::new();
    for (call, count) in shop.plan.called_since() {
        for number in 1..=count.min(OF_EACH_CALL) {
            for after in [false, true] {
                moments.push(Point {
                    call,
                    number,
                    after,
                });
            }
        }
    }
    moments
}

/// An incident from report to summary, with a race for it.
async fn a_life(shop: &Shop, number: i64, point: Option<Point>) {
    let (world, chat) = (&shop.world, shop.chat);
    // What fell over in one minute does not count in the next, nor does what was said.
    world.pass(TimeDelta::minutes(2)).await;
    let words = format!("{number:04}");
    let card = shop.claimable(&words).await;
    let presses =
        [shop.jaan, shop.mari].map(|person| world.begin_press(person, chat, card.id, "Claim"));
    for press in presses {
        world.telegram.toast(press).await.unwrap();
    }
    world.settle().await;
    let owner = owner(shop, number).await;
    let card = world.card(chat, &words);
    world.press(owner, chat, card.id, "Resolve").await;
    let prompt = world.said(chat, &format!("how was {words}"));
    let summary = format!("Oiled it for the {number}. time");
    world.reply(chat, owner, prompt.id, &summary).await;
    world.say(chat, owner, "/open").await;

    let card = world.card(chat, &words);
    assert!(card.text.contains(&summary), "{point:?}: {}", card.text);
    let id = IncidentId(number);
    let stored = world.store().incident(id).await.unwrap().unwrap();
    let events = world.store().events(id).await.unwrap();
    let replayed = Incident::replay(stored.identity, &events);
    assert_eq!(replayed.as_ref(), Some(&stored), "{point:?}");
    let claims = events.iter().filter(|it| it.event == Event::Claimed);
    assert_eq!(claims.count(), 1, "{point:?}");
}

async fn owner(shop: &Shop, number: i64) -> deskbell::playground::PersonId {
    let id = IncidentId(number);
    let stored = shop.world.store().incident(id).await.unwrap().unwrap();
    deskbell::playground::PersonId(stored.work().unwrap().owner.0)
}
