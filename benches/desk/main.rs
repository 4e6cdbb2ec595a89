//! How fast the desk is, and how small: the real binary, its database on a real disk, and a Bot
//! API on loopback beside it.
//!
//! `cargo bench` runs everything, `cargo bench -- --quick race` a part of it in little time. Each
//! figure stands beside what the disk could do in the same minute. `docs/benchmarks.md` holds a
//! table, and what limits each figure.

// A benchmark that cannot go on says so by panicking, and prints what it found.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod claims;
mod database;
mod disk;
mod estate;
mod loopback;
// The tests plant more than is measured.
#[allow(dead_code)]
#[path = "../../tests/suite/supervision/faulty_store.rs"]
mod faulty_store;
mod panicking;
mod people;
#[allow(dead_code)]
#[path = "../../tests/suite/supervision/plan.rs"]
mod plan;
mod postgres;
mod process;
mod report;
mod reports;
mod sample;
mod site;
mod slow_disk;
mod start;
mod telegram;
mod timers;
mod triage;
mod updates;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use actors::domain::IncidentId;
use clap::{Parser, ValueEnum};

use database::Engine;
use estate::Timed;
use report::Report;

/// What can be asked for.
#[derive(Debug, Parser)]
struct Arguments {
    /// What to measure; everything, if nothing is named.
    scenarios: Vec<Scenario>,
    /// Fewer and smaller measurements, for a first look.
    #[arg(long)]
    quick: bool,
    /// On which engine; both, if none is named.
    #[arg(long)]
    engine: Option<Which>,
    /// Where to put the figures as JSON.
    #[arg(long, default_value = concat!(env!("CARGO_TARGET_TMPDIR"), "/../deskbell-bench.json"))]
    json: PathBuf,
    /// Where to put them as a table in Markdown, such as `docs/benchmarks.md`.
    #[arg(long)]
    markdown: Option<PathBuf>,
    /// Cargo says so to every benchmark.
    #[arg(long, hide = true)]
    bench: bool,
    /// To be the desk itself, with an incident that panics; asked for by a scenario.
    #[arg(long, hide = true, value_name = "INCIDENT")]
    be_faulty_about: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Scenario {
    /// Fifty people press one button.
    Race,
    /// One person presses, among few and many open incidents.
    Claims,
    /// As many claims a second as possible.
    Throughput,
    /// Both on a disk that takes longer (SQLite).
    SlowDisk,
    /// As many updates a second as possible.
    Updates,
    /// Start-up time and memory.
    Start,
    /// Lateness of deadlines.
    Timers,
    /// Lateness of calls to managers.
    Escalations,
    /// A backlog after an outage.
    Backlog,
    /// Rubbish among what counts.
    Hostile,
    /// An incident that panics for ever, and its neighbours.
    Panicking,
    /// Claims while a slow model looks through many reports.
    Triage,
    /// A report of figures over a long month.
    Report,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Which {
    Sqlite,
    Postgres,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if let Some(incident) = arguments.be_faulty_about {
        return ExitCode::from(panicking::serve(IncidentId(incident)));
    }
    // One thread: the stand-in for Telegram takes as little of the machine as it can.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(run(&arguments));
    ExitCode::SUCCESS
}

async fn run(arguments: &Arguments) {
    let mut report = Report::new(arguments.quick);
    let server = match arguments.engine {
        Some(Which::Sqlite) => None,
        _ => postgres::Server::find(),
    };
    let mut engines = Vec::new();
    if arguments.engine != Some(Which::Postgres) {
        engines.push(Engine::Sqlite);
    }
    match &server {
        Some(server) => engines.push(Engine::Postgres(server)),
        None if arguments.engine == Some(Which::Sqlite) => {}
        None => println!("PostgreSQL: left out, none is installed"),
    }
    for engine in engines {
        for scenario in Scenario::value_variants() {
            if arguments.scenarios.is_empty() || arguments.scenarios.contains(scenario) {
                measure(&mut report, engine, *scenario, arguments.quick).await;
            }
        }
    }
    report.keep(&arguments.json);
    println!("\n{}", report.markdown());
    println!("JSON: {}", arguments.json.display());
    if let Some(path) = &arguments.markdown {
        report.put_into(path);
    }
}

async fn measure(report: &mut Report, engine: Engine<'_>, scenario: Scenario, quick: bool) {
    // The smaller number where little time is to be spent.
    let size = |whole: usize, little: usize| if quick { little } else { whole };
    match scenario {
        Scenario::Race => claims::race(report, engine, size(200, 20)).await,
        Scenario::Claims => {
            let sizes: &[usize] = if quick {
                &[1, 100, 10_000]
            } else {
                &[1, 100, 10_000, 100_000]
            };
            let mut few = None;
            for open in sizes.iter().copied() {
                let limit = few.filter(|_| open == 100_000);
                let p99 = claims::single(report, engine, open, size(500, 50), limit).await;
                if open == 100 {
                    few = Some(p99);
                }
            }
        }
        Scenario::Throughput => throughput(report, engine, quick).await,
        Scenario::SlowDisk => {
            if let Engine::Sqlite = engine {
                slow_disk::on_one(slow(report, engine, quick)).await;
            }
        }
        Scenario::Updates => updates::rates(report, engine, size(50_000, 5_000)).await,
        Scenario::Start => {
            let sizes: &[usize] = if quick {
                &[0, 1_000, 10_000]
            } else {
                &[0, 1_000, 10_000, 100_000]
            };
            start::starts(report, engine, sizes, size(5, 2)).await;
        }
        Scenario::Timers => {
            timers::lateness(report, engine, Timed::Nudge, size(10_000, 1_000)).await;
        }
        Scenario::Escalations => {
            timers::lateness(report, engine, Timed::Call, size(10_000, 1_000)).await;
        }
        Scenario::Backlog => updates::backlog(report, engine, size(100_000, 10_000)).await,
        Scenario::Triage => {
            triage::slow_model(report, engine, size(1_000, 200), size(500, 100)).await
        }
        Scenario::Report => {
            reports::month(report, engine, size(100_000, 5_000), size(40, 5)).await;
        }
        Scenario::Hostile => updates::hostile(report, engine, size(10_000, 1_000)).await,
        Scenario::Panicking => panicking::neighbours(report, engine, size(1_000, 50)).await,
    }
}

async fn throughput(report: &mut Report, engine: Engine<'_>, quick: bool) {
    let length = Duration::from_secs(if quick { 2 } else { 8 });
    let open = if quick { 30_000 } else { 90_000 };
    claims::throughput(report, engine, &[1, 8, 32, 128], length, open).await;
}

/// What a claim takes on a slow disk.
async fn slow(report: &mut Report, engine: Engine<'_>, quick: bool) {
    claims::single(report, engine, 100, if quick { 50 } else { 200 }, None).await;
    throughput(report, engine, quick).await;
}
