//! Whether an incident that panics for ever is felt by its neighbours: the same presses with it, and
//! with a sound one in its place.

use std::sync::Arc;
use std::time::Duration;

use actors::domain::IncidentId;
use actors::inbound::Verb;
use futures_util::future::join;
use tokio::sync::Notify;

use crate::database::{Database, Engine};
use crate::estate::{self, Card, Plan};
use crate::faulty_store::FaultyStore;
use crate::people::person;
use crate::plan::{self, Fault};
use crate::process::Desk;
use crate::report::{Figure, Report, Yardstick};
use crate::sample::Sample;
use crate::site::{Site, press};
use crate::telegram::Telegram;

/// How many incidents are open: a busy house.
const OPEN: usize = 100;

/// Rounds with it and without take turns, so that both meet the same weather.
const ROUNDS: usize = 10;

/// Between two presses on the one: somebody reads what they are told, and presses again.
const PAUSE: Duration = Duration::from_secs(1);

/// Between two claims of neighbours: what follows from one is done then. Nobody waits until the desk
/// is idle, or what a panic holds up would not be measured.
const REST: Duration = Duration::from_millis(40);

/// What the 99th percentile of neighbours may grow to.
const GROWTH_LIMIT: f64 = 1.1;

/// Presses once a second on an incident whose every commit panics, and claims of its neighbours.
pub(crate) async fn neighbours(report: &mut Report, engine: Engine<'_>, claims: usize) {
    let mut site = open(engine).await;
    let mut neighbours = site.cards.split_off(2);
    let yard = Yardstick::before(site.database.disk());
    let [mut beside_sound, mut beside_broken] = [Sample::default(), Sample::default()];
    let mut in_vain = Sample::default();
    for round in 0..2 * ROUNDS {
        let broken = round % 2 == 1;
        let over = Notify::new();
        let measuring = async {
            let sample = claim_and_leave(&site, &mut neighbours, claims / ROUNDS).await;
            over.notify_one();
            sample
        };
        let one = site.cards[usize::from(!broken)];
        let (sample, refused) = join(measuring, press_on(&site, one, &over)).await;
        match broken {
            true => beside_broken.add(sample),
            false => beside_sound.add(sample),
        }
        assert_eq!(refused.len() > 0, broken, "{}", site.desk.said());
        in_vain.add(refused);
    }
    let yard = yard.after(site.database.disk());
    assert!(site.desk.said().contains("is parked"), "it was borne");
    site.close().await;
    report.add(
        Figure::new(engine.name(), "claims beside a sound incident", &yard)
            .with_sample(&beside_sound),
    );
    let limit = GROWTH_LIMIT * beside_sound.percentile(99);
    let met = beside_broken.percentile(99) < limit;
    report.add(
        Figure::new(engine.name(), "claims beside one that panics", &yard)
            .with_sample(&beside_broken)
            .with(
                "presses in vain are told so after",
                in_vain.percentile(50),
                "ms",
            )
            .should(format!("p99 < {limit:.1} ms"), met),
    );
}

/// The first of its incidents is the one that panics.
async fn open(engine: Engine<'_>) -> Site {
    let plan = Plan {
        open: OPEN,
        members: 3,
        timers: None,
    };
    let telegram = Telegram::start().await;
    let database = Database::new(engine).await;
    let cards = estate::fill(&database, &plan).await;
    let broken = cards[0].incident;
    let desk = Desk::start_faulty(database.folder(), &database.url, &telegram, broken).await;
    telegram.idle().await;
    Site {
        telegram,
        database,
        desk,
        cards,
    }
}

/// Two of the neighbours' people claim and leave, one after the other; answers how long the claims took.
async fn claim_and_leave(site: &Site, cards: &mut [Card], claims: usize) -> Sample {
    let mut sample = Sample::default();
    for index in 0..claims {
        let chosen = (index * 7_919) % cards.len();
        let by = person(1);
        for verb in [Verb::Claim, Verb::Leave] {
            tokio::time::sleep(REST).await;
            let card = &mut cards[chosen];
            let answer = site.telegram.press(&[press(card, by, verb)]).pop();
            let toast = answer.unwrap().await.unwrap();
            card.edition += 1;
            if verb == Verb::Claim {
                assert!(toast.text.contains("is yours"), "{toast:?}");
                sample.push(toast.after);
            }
        }
    }
    sample
}

/// Somebody claims one incident and leaves it until it is over, and claims again what goes wrong;
/// answers after how long they were told so each time.
async fn press_on(site: &Site, mut card: Card, over: &Notify) -> Sample {
    let mut refused = Sample::default();
    let mut verbs = [Verb::Claim, Verb::Leave].into_iter().cycle().peekable();
    while let Some(verb) = verbs.peek() {
        let answer = site.telegram.press(&[press(&card, person(2), *verb)]).pop();
        let toast = answer.unwrap().await.unwrap();
        if toast.text.contains("went wrong") {
            refused.push(toast.after);
        } else {
            card.edition += 1;
            verbs.next();
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            () = over.notified() => break,
        }
    }
    refused
}

/// This program as that desk: the service, and every commit of one incident panics.
pub(crate) fn serve(incident: IncidentId) -> u8 {
    let plan = plan::Plan::new();
    let words = "planted by the benchmark".to_owned();
    plan.next(
        plan::ALWAYS,
        "commit",
        Some(incident.0),
        Fault::Panic(words),
    );
    deskbell::cli::serve_behind(|inner| Arc::new(FaultyStore { inner, plan }))
}
