//! How long a manager waits for a report over a long month: from the command to the picture on its
//! way, with everything counted anew.

use std::fmt::Write;
use std::time::{Duration, Instant};

use actors::domain::{By, Command, Incident};
use actors::ports::Clock;
use chrono::{Datelike, TimeDelta, Timelike};
use deskbell::clock::SystemClock;

use crate::database::{Database, Engine};
use crate::estate;
use crate::people::{person, says};
use crate::process::Desk;
use crate::report::{Figure, Report, Yardstick};
use crate::sample::{Sample, milliseconds};
use crate::telegram::Telegram;

/// Within which time a report is to be on its way.
const TARGET: f64 = 300.0;

/// Of the twenty messages that a group takes in 62 s the desk leaves one to what is more urgent than a report:
/// with less than 3.27 s from one to the next, every twentieth would wait for the window and not for the desk.
const PAUSE: Duration = Duration::from_millis(3_400);

/// Reports over so many incidents that were raised, claimed and resolved within this month.
pub(crate) async fn month(
    report: &mut Report,
    engine: Engine<'_>,
    incidents: usize,
    reports: usize,
) {
    let telegram = Telegram::start().await;
    let database = Database::new(engine).await;
    let pattern = fill(&database, incidents).await;
    let desk = Desk::start_with(database.folder(), &database.url, &telegram, &[]).await;
    telegram.idle().await;
    let chat = pattern.report.origin.unwrap().chat;
    let yard = Yardstick::before(database.disk());
    let mut sample = Sample::default();
    let mut first = None;
    for number in 0..reports {
        telegram.drained().await;
        tokio::time::sleep(PAUSE).await;
        let (sent, began) = (telegram.photos(), Instant::now());
        let message = 5_000_000 + i64::try_from(number).unwrap();
        telegram.push([says(person(0), chat, message, "/report month")]);
        while telegram.photos() == sent {
            assert!(began.elapsed() < Duration::from_secs(120), "no report came");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let waited = began.elapsed();
        first.get_or_insert(milliseconds(waited));
        sample.push(waited);
    }
    let yard = yard.after(database.disk());
    let met = sample.percentile(99) <= TARGET;
    let what = format!("/report month over {incidents} incidents, to its picture");
    let figure = Figure::new(engine.name(), what, &yard)
        .with_sample(&sample)
        .with("the first after the start", first.unwrap(), "ms");
    report.add(figure.should(format!("p99 < {TARGET:.0} ms"), met));
    desk.stop().await;
}

/// One incident by the product's own rules, and copies of it all over the month until now.
async fn fill(database: &Database, incidents: usize) -> Incident {
    let now = SystemClock.now();
    let store = deskbell::store::open(&database.url).await.unwrap();
    let config = estate::found(&*store, 0, estate::QUIET_MINUTES).await;
    let raised = now - TimeDelta::minutes(40);
    let mut incident = estate::raise(&*store, &config, 1, raised).await;
    let words = || Some("Oiled the hinge".to_owned());
    let steps = [
        Command::Claim,
        Command::Resolve,
        Command::Summarise {
            comment: words(),
            photo: None,
        },
    ];
    for (step, command) in (1..).zip(steps) {
        let by = By::Person(config.standing(person(0)));
        let at = raised + TimeDelta::minutes(10 * step);
        let decision = actors::domain::decide(&incident, &command, &by, at, &config).unwrap();
        incident = estate::kept(&*store, decision, Some(incident.version)).await;
    }
    drop(store);
    let passed = TimeDelta::days(i64::from(now.day0()))
        + TimeDelta::seconds(i64::from(now.num_seconds_from_midnight()));
    let room = (passed - TimeDelta::minutes(41)).num_milliseconds().max(1);
    let step = room / i64::try_from(incidents).unwrap();
    let mut sql = String::from("BEGIN;");
    copies(&mut sql, incidents, step);
    sql.push_str("UPDATE companies SET last_number = 1000000; COMMIT;");
    database.run(&sql).await;
    if !database.is_sqlite() {
        database.run("VACUUM ANALYZE").await;
    }
    incident
}

/// The first incident again and again, each a little earlier.
fn copies(sql: &mut String, incidents: usize, step: i64) {
    let tables = [
        (
            "incidents",
            "id",
            "id, company_id, group_id, number, reporter_id, opened_at, version, stage, \
             department_id, urgency, resolution, closed_at, body, target_at, done_at, done_by, \
             is_done",
            "n, company_id, group_id, n, reporter_id, opened_at - n * {step}, version, stage, \
             department_id, urgency, resolution, closed_at - n * {step}, body, target_at, \
             done_at - n * {step}, done_by, is_done",
        ),
        (
            "events",
            "incident_id",
            "incident_id, sequence, at, person_id, name, body",
            "n, sequence, at - n * {step}, person_id, name, body",
        ),
        (
            "department_sessions",
            "incident_id",
            "incident_id, ordinal, department_id, assigned_at, claimed_at, ended_at, ending, group_id",
            "n, ordinal, department_id, assigned_at - n * {step}, claimed_at - n * {step}, \
             ended_at - n * {step}, ending, group_id",
        ),
        (
            "participations",
            "incident_id",
            "incident_id, ordinal, person_id, role, began_at, ended_at, ending",
            "n, ordinal, person_id, role, began_at - n * {step}, ended_at - n * {step}, ending",
        ),
    ];
    for (table, id, columns, values) in tables {
        let values = values.replace("{step}", &step.to_string());
        writeln!(
            sql,
            "WITH RECURSIVE series (n) AS \
             (SELECT CAST(2 AS BIGINT) UNION ALL SELECT n + 1 FROM series WHERE n < {incidents}) \
             INSERT INTO {table} ({columns}) SELECT {values} FROM series, {table} WHERE {id} = 1;"
        )
        .unwrap();
    }
}
