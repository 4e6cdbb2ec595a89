//! How long a person waits for "yours": alone, in a race, and among many.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use actors::domain::PersonId;
use actors::inbound::Verb;
use futures_util::future::join_all;

use crate::database::Engine;
use crate::disk::Probe;
use crate::estate::{Card, Plan};
use crate::loopback::Caller;
use crate::people::person;
use crate::report::{Figure, Report, Yardstick};
use crate::sample::{Sample, milliseconds};
use crate::site::{Site, press};
use crate::slow_disk;
use crate::telegram::Toast;

/// How many race for one card.
const RACERS: usize = 50;

/// The least that fifty answers over HTTP may take: milliseconds.
const RACE_FLOOR: f64 = 15.0;

/// Measurements begin when caches are warm.
const WARM_UP: usize = 5;

/// How often one incident is claimed at most, but for warming up: what happened to it is read and written
/// with each claim, and nobody claims one a hundred times.
const CLAIMS_EACH: usize = 25;

/// After how many claims their yardsticks are taken.
const BESIDE_EVERY: usize = 4;

/// Fifty people press the same button at the same moment, again and again.
pub(crate) async fn race(report: &mut Report, engine: Engine<'_>, races: usize) {
    let plan = Plan {
        open: races + WARM_UP,
        members: RACERS,
        timers: None,
    };
    let site = Site::open(engine, &plan).await;
    let yard = Yardstick::before(site.database.disk());
    let mut sample = Sample::default();
    for (index, card) in site.cards.iter().enumerate() {
        site.at_rest().await;
        let presses: Vec<_> = (0..RACERS)
            .map(|number| press(card, person(number), Verb::Claim))
            .collect();
        let toasts = join_all(site.telegram.press(&presses)).await;
        let toasts: Vec<Toast> = toasts.into_iter().map(Result::unwrap).collect();
        let winners = toasts.iter().filter(|toast| won(toast)).count();
        assert_eq!(winners, 1, "{toasts:?}");
        if index >= WARM_UP {
            sample.add(toasts.iter().map(|toast| toast.after).collect());
        }
    }
    let yard = yard.after(site.database.disk());
    site.close().await;
    let limit = (10.0 * yard.fsync()).max(RACE_FLOOR);
    let met = sample.percentile(99) < limit;
    report.add(
        Figure::new(
            engine.name(),
            "race of 50 on one card, press to toast",
            &yard,
        )
        .with_sample(&sample)
        .with("largest", sample.largest(), "ms")
        .should(format!("p99 < {limit:.1} ms"), met),
    );
}

/// One person presses, among so many open incidents; answers the 99th percentile.
pub(crate) async fn single(
    report: &mut Report,
    engine: Engine<'_>,
    open: usize,
    claims: usize,
    few: Option<f64>,
) -> f64 {
    let plan = Plan {
        open,
        members: 3,
        timers: None,
    };
    let sites = claims.div_ceil(CLAIMS_EACH * open);
    let mut site = Site::open(engine, &plan).await;
    let yard = Yardstick::before(site.database.disk());
    let mut beside = Beside::default();
    let mut sample = Sample::default();
    for number in 0..sites {
        if number > 0 {
            site.close().await;
            site = Site::open(engine, &plan).await;
        }
        sample.add(one_by_one(&mut site, claims.div_ceil(sites), &mut beside).await);
    }
    let yard = yard.after(site.database.disk());
    site.close().await;
    let (fsync, loopback) = (beside.fsyncs.percentile(50), beside.calls.percentile(50));
    let p99 = sample.percentile(99);
    let limit = 3.0 * fsync + 2.0 * loopback;
    let mut words = format!("p50 < {limit:.1} ms");
    let mut met = sample.percentile(50) < limit;
    if let Some(few) = few {
        let limit = 1.5 * few;
        words = format!("{words}, p99 < {limit:.1} ms");
        met &= p99 < limit;
    }
    let what = format!("single claim after a rest, {open} open{}", on_what_disk());
    report.add(
        Figure::new(engine.name(), what, &yard)
            .with_sample(&sample)
            .with("after a rest too: fsync", fsync, "ms")
            .with("loopback call", loopback, "ms")
            .should(words, met),
    );
    p99
}

/// One claim after the other, each after a rest and left again; answers how long the claims took.
async fn one_by_one(site: &mut Site, claims: usize, beside: &mut Beside) -> Sample {
    let mut probe = Probe::new(site.database.disk());
    let caller = Caller::new(&site.telegram).await;
    let mut sample = Sample::default();
    for index in 0..claims + WARM_UP {
        // Large and odd: all over the estate, whatever its size.
        let chosen = (index * 7_919) % site.cards.len();
        let mut card = site.cards[chosen];
        let by = person(1 + index % 2);
        let toast = alone(site, &card, by, Verb::Claim).await;
        assert!(won(&toast), "{toast:?}");
        card.edition += 1;
        alone(site, &card, by, Verb::Leave).await;
        card.edition += 1;
        site.cards[chosen] = card;
        if index >= WARM_UP {
            sample.push(toast.after);
        }
        if index % BESIDE_EVERY == 0 {
            site.at_rest().await;
            beside.fsyncs.push(probe.append());
            site.at_rest().await;
            beside.calls.push(caller.call().await);
        }
    }
    caller.close();
    sample
}

/// The yardsticks of a single claim, taken as it is: after a rest, when processors and disk must wake
/// up first.
#[derive(Default)]
struct Beside {
    fsyncs: Sample,
    calls: Sample,
}

fn on_what_disk() -> String {
    match slow_disk::longer() {
        Duration::ZERO => String::new(),
        longer => format!(", a disk slower by {longer:?}"),
    }
}

async fn alone(site: &Site, card: &Card, by: PersonId, verb: Verb) -> Toast {
    site.at_rest().await;
    let answer = site.telegram.press(&[press(card, by, verb)]).pop();
    answer.unwrap().await.unwrap()
}

/// As many claims as possible, with so many people pressing at once, each again when answered.
pub(crate) async fn throughput(
    report: &mut Report,
    engine: Engine<'_>,
    crowds: &[usize],
    length: Duration,
    open: usize,
) {
    let most = crowds.iter().copied().max().unwrap();
    let plan = Plan {
        open,
        members: most,
        timers: None,
    };
    let site = Site::open(engine, &plan).await;
    let cards = RefCell::new(site.cards.iter());
    let mut alone = None;
    for crowd in crowds {
        site.at_rest().await;
        let yard = Yardstick::before(site.database.disk());
        let (begun, cpu) = (Instant::now(), site.desk.cpu());
        let presser = |number| {
            let (site, cards) = (&site, &cards);
            async move {
                let mut waited = Sample::default();
                while begun.elapsed() < length {
                    let Some(card) = cards.borrow_mut().next() else {
                        break;
                    };
                    let press = press(card, person(number), Verb::Claim);
                    let answer = site.telegram.press(&[press]).pop().unwrap();
                    let toast = answer.await.unwrap();
                    assert!(won(&toast), "{toast:?}");
                    waited.push(toast.after);
                }
                waited
            }
        };
        let mut sample = Sample::default();
        for waited in join_all((0..*crowd).map(presser)).await {
            sample.add(waited);
        }
        let claims = f64::from(u32::try_from(sample.len()).unwrap());
        let rate = claims / begun.elapsed().as_secs_f64();
        let each = milliseconds(site.desk.cpu() - cpu) / claims.max(1.0);
        let yard = yard.after(site.database.disk());
        let first = *alone.get_or_insert(rate);
        let what = format!("claims a second, {crowd} at once{}", on_what_disk());
        let mut figure = Figure::new(engine.name(), what, &yard)
            .with("", rate, "/s")
            .with_sample(&sample)
            .with("processor time", each, "ms each");
        if *crowd == most && crowds.len() > 1 {
            let limit = 10.0 * first;
            figure = figure.should(format!("≥ {limit:.0} /s"), rate >= limit);
        }
        report.add(figure);
    }
    site.close().await;
}

fn won(toast: &Toast) -> bool {
    toast.text.contains("is yours") && !toast.text.contains("already")
}
