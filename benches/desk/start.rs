//! How soon it is ready, and what it holds in memory.

use std::time::Duration;

use actors::inbound::Verb;
use futures_util::future::join_all;

use crate::database::{Database, Engine};
use crate::estate::{self, Card, Plan};
use crate::people::person;
use crate::process::{Desk, Memory};
use crate::report::{Figure, Report, Yardstick};
use crate::sample::Sample;
use crate::site::press;
use crate::telegram::Telegram;

/// How long after the start memory is looked at: what was only needed to start is given back.
const SETTLED: Duration = Duration::from_secs(3);

/// What a start may take with ten thousand open, in milliseconds.
const READY_LIMIT: f64 = 500.0;

/// What a thousand open incidents may take in all, in megabytes.
const RESIDENT_LIMIT: f64 = 25.0;

/// How many incidents are awake at a time at most: more than people can look after in a day.
const MOST_AWAKE: usize = 10_000;

/// How many of them are pressed on at once: what a burst of presses takes is no incident's.
const AT_ONCE: usize = 16;

/// What one open incident may take, in kilobytes.
const EACH_LIMIT: f64 = 12.0;

/// Starts the desk with so many open incidents, a few times.
pub(crate) async fn starts(report: &mut Report, engine: Engine<'_>, sizes: &[usize], times: usize) {
    let mut none = None;
    for open in sizes.iter().copied() {
        let telegram = Telegram::start().await;
        let database = Database::new(engine).await;
        let plan = Plan {
            open,
            members: 3,
            timers: None,
        };
        let cards = estate::fill(&database, &plan).await;
        let yard = Yardstick::before(database.disk());
        let mut sample = Sample::default();
        let mut resident = Vec::new();
        for _ in 0..times {
            let desk = Desk::start(database.folder(), &database.url, &telegram).await;
            sample.push(desk.ready_after);
            tokio::time::sleep(SETTLED).await;
            resident.push(desk.memory());
            desk.stop().await;
        }
        let yard = yard.after(database.disk());
        resident.sort_unstable_by(|one, other| one.resident.total_cmp(&other.resident));
        let resident = resident[resident.len() / 2];
        let none = *none.get_or_insert(resident);
        let ready = sample.percentile(50);
        let what = format!("start to ready, {open} open");
        let mut figure = Figure::new(engine.name(), what, &yard)
            .with("p50", ready, "ms")
            .with("largest", sample.largest(), "ms");
        if open == 10_000 {
            figure = figure.should(format!("< {READY_LIMIT:.0} ms"), ready < READY_LIMIT);
        }
        report.add(figure);
        report.add(memory(engine, open, "open", resident, none, &yard));
        if (1..=MOST_AWAKE).contains(&open) {
            let resident = awake(&database, &telegram, &cards).await;
            report.add(memory(
                engine,
                open,
                "open and awake",
                resident,
                none,
                &yard,
            ));
        }
    }
}

/// What it holds when all of these incidents have an actor: somebody has pressed on each, in vain.
async fn awake(database: &Database, telegram: &Telegram, cards: &[Card]) -> Memory {
    let desk = Desk::start(database.folder(), &database.url, telegram).await;
    for cards in cards.chunks(AT_ONCE) {
        let presses: Vec<_> = cards
            .iter()
            .map(|card| press(card, person(1), Verb::Leave))
            .collect();
        for toast in join_all(telegram.press(&presses)).await {
            toast.unwrap();
        }
    }
    tokio::time::sleep(SETTLED).await;
    let memory = desk.memory();
    desk.stop().await;
    memory
}

fn memory(
    engine: Engine<'_>,
    open: usize,
    state: &str,
    memory: Memory,
    none: Memory,
    yard: &Yardstick,
) -> Figure {
    let what = format!("resident, {open} {state}");
    let (resident, own) = (memory.resident / 1_024.0, memory.own / 1_024.0);
    let figure = Figure::new(engine.name(), what, yard)
        .with("", resident, "MB")
        .with("without the program itself", own, "MB");
    if open == 0 {
        return figure;
    }
    let count = f64::from(u32::try_from(open).unwrap());
    // What of the program was read meanwhile is no incident's.
    let each = (memory.own - none.own) / count;
    let figure = figure.with("each", each, "KB");
    if open == 1_000 && state == "open" {
        let words = format!("< {RESIDENT_LIMIT:.0} MB");
        return figure.should(words, resident < RESIDENT_LIMIT);
    }
    figure.should(format!("each < {EACH_LIMIT:.0} KB"), each < EACH_LIMIT)
}
