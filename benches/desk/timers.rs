//! How late the desk acts when many deadlines come due within a minute.

use std::collections::HashMap;
use std::time::Duration;

use actors::ports::Clock;
use chrono::{DateTime, TimeDelta, Utc};
use deskbell::clock::SystemClock;
use serde::Deserialize;

use crate::database::Engine;
use crate::estate::{Plan, Timed, Timers};
use crate::report::{Figure, Report, Yardstick};
use crate::sample::Sample;
use crate::site::Site;

/// Deadlines come due in so many lots, evenly over the minute.
const LOTS: u32 = 600;

/// The time between two of them.
const BETWEEN: TimeDelta = TimeDelta::milliseconds(100);

/// How long after the last of them is waited for what it leads to.
const PATIENCE: Duration = Duration::from_secs(30);

/// How late a deadline may be acted on, at the 99th percentile, in milliseconds.
const LATENESS_LIMIT: f64 = 250.0;

/// Lets so many deadlines of that kind come due in one minute. When each was acted on is what the
/// desk's log says: its line is written when that is on the disk.
pub(crate) async fn lateness(report: &mut Report, engine: Engine<'_>, clock: Timed, open: usize) {
    let (what, event) = match clock {
        Timed::Nudge => ("deadlines", "incident nudged"),
        Timed::Call => ("escalations", "incident escalated"),
    };
    // Filling the database and starting take a while, more on a slower machine.
    let lead = TimeDelta::seconds(30);
    let first = SystemClock.now() + lead;
    let lots = i32::try_from(LOTS).unwrap();
    let plan = Plan {
        open,
        members: 3,
        timers: Some(Timers {
            clock,
            moments: (0..lots).map(|lot| first + BETWEEN * lot).collect(),
        }),
    };
    let site = Site::open(engine, &plan).await;
    assert!(
        SystemClock.now() < first,
        "this machine is too slow to be ready in time"
    );
    let due: Due = site
        .cards
        .iter()
        .map(|card| {
            let key = (card.number.to_string(), card.group.to_string());
            (key, card.raised_at + clock.after())
        })
        .collect();
    let yard = Yardstick::before(site.database.disk());
    let last = first + BETWEEN * lots - SystemClock.now();
    tokio::time::sleep(last.to_std().unwrap()).await;
    let mut acted = Vec::new();
    for _ in 0..PATIENCE.as_secs() {
        acted = lines(&site.desk.said(), event);
        if acted.len() >= open {
            break;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    let yard = yard.after(site.database.disk());
    site.close().await;
    assert_eq!(acted.len(), open, "not every deadline was acted on once");
    let sample: Sample = acted.iter().map(|line| line.late(&due)).collect();
    let met = sample.percentile(99) < LATENESS_LIMIT;
    report.add(
        Figure::new(
            engine.name(),
            format!("lateness of {open} {what} due in one minute"),
            &yard,
        )
        .with_sample(&sample)
        .with("largest", sample.largest(), "ms")
        .should(format!("p99 < {LATENESS_LIMIT:.0} ms"), met),
    );
}

/// When the deadline of an incident is, told by its number and its group as the log shows them.
type Due = HashMap<(String, String), DateTime<Utc>>;

/// A line of the log.
#[derive(Debug, Deserialize)]
struct Line {
    timestamp: DateTime<Utc>,
    message: String,
    #[serde(default)]
    incident: String,
    #[serde(default)]
    group: String,
}

impl Line {
    fn late(&self, due: &Due) -> Duration {
        let due = due[&(self.incident.clone(), self.group.clone())];
        let late = (self.timestamp - due).to_std();
        late.unwrap_or_else(|_| panic!("acted on too early: {self:?}"))
    }
}

fn lines(log: &str, event: &str) -> Vec<Line> {
    log.lines()
        .filter(|line| line.contains(event))
        .filter_map(|line| serde_json::from_str::<Line>(line).ok())
        .filter(|line| line.message == event)
        .collect()
}
