//! Whether claims wait for triage: a heap of reports comes at once, the model takes three seconds for
//! each, and somebody claims meanwhile.

use std::time::Duration;

use actors::inbound::Verb;
use deskbell::messages_api::{KEY, MessagesApi, Mood};

use crate::database::Engine;
use crate::estate::{Card, Plan};
use crate::people::{person, says};
use crate::report::{Figure, Report, Yardstick};
use crate::sample::Sample;
use crate::site::{Site, press};

/// How long the model takes.
const MODEL: Duration = Duration::from_secs(3);

/// Measurements begin when caches are warm.
const WARM_UP: usize = 5;

/// Within which time each report is to be an incident, whatever the model does.
const OPEN_WITHIN: Duration = Duration::from_secs(2);

/// By how much claims may be slower than without reports.
const SLOWER: f64 = 1.5;

/// Claims before and after so many reports came at once.
pub(crate) async fn slow_model(
    report: &mut Report,
    engine: Engine<'_>,
    reports: usize,
    claims: usize,
) {
    let api = MessagesApi::start().await.unwrap();
    api.be(Mood::Slow(MODEL));
    let plan = Plan {
        open: (claims + WARM_UP) * 2,
        members: 3,
        timers: None,
    };
    let url = api.url();
    let settings = [("ANTHROPIC_API_KEY", KEY), ("ANTHROPIC_BASE_URL", &url)];
    let site = Site::open_with(engine, &plan, &settings).await;
    let mut before = None;
    for (half, cards) in site.cards.chunks(claims + WARM_UP).enumerate() {
        let yard = Yardstick::before(site.database.disk());
        if half == 1 {
            opened(report, engine, &site, cards, reports).await;
        }
        let mut sample = Sample::default();
        for (index, card) in cards.iter().enumerate() {
            site.at_rest().await;
            let answer = site
                .telegram
                .press(&[press(card, person(1), Verb::Claim)])
                .pop();
            let toast = answer.unwrap().await.unwrap();
            if index >= WARM_UP {
                sample.push(toast.after);
            }
        }
        let yard = yard.after(site.database.disk());
        let what = match half {
            0 => "claims, no reports".to_owned(),
            _ => format!("claims while a model of 3 s has {reports} reports"),
        };
        let mut figure = Figure::new(engine.name(), what, &yard).with_sample(&sample);
        let p99 = sample.percentile(99);
        match before {
            None => before = Some(p99),
            Some(before) => {
                let limit = SLOWER * before;
                let met = p99 <= limit;
                let calls = f64::from(u32::try_from(api.calls()).unwrap());
                figure = figure
                    .with("calls", calls, "")
                    .should(format!("p99 < {limit:.1} ms"), met);
            }
        }
        report.add(figure);
    }
    site.close().await;
}

/// How long each of so many reports at once takes to be an incident: it is one when Telegram is told
/// that its update is done with.
async fn opened(
    report: &mut Report,
    engine: Engine<'_>,
    site: &Site,
    cards: &[Card],
    reports: usize,
) {
    let yard = Yardstick::before(site.database.disk());
    // Or the press before would be counted with them.
    site.telegram.drained().await;
    drop(site.telegram.confirmed());
    let updates = (0..reports).map(|number| reported(cards, number));
    site.telegram.push(updates);
    site.telegram.drained().await;
    let opened = site.telegram.confirmed();
    let in_time = opened.iter().filter(|took| **took <= OPEN_WITHIN).count();
    let mut sample = Sample::default();
    opened.iter().for_each(|took| sample.push(*took));
    let yard = yard.after(site.database.disk());
    let what = format!("{reports} reports at once, with a model of 3 s: until open");
    let met = in_time == reports;
    let target = format!("{reports} of {reports} in 2 s");
    let share = f64::from(u32::try_from(in_time).unwrap());
    let figure = Figure::new(engine.name(), what, &yard)
        .with_sample(&sample)
        .with("in time", share, "");
    report.add(figure.should(target, met));
}

fn reported(cards: &[Card], number: usize) -> String {
    let message = 4_000_000 + i64::try_from(number).unwrap();
    let words = format!("/new_issue The tap in room {number} is leaking again");
    let chat = cards[number % cards.len()].chat;
    says(person(number % 40), chat, message, &words)
}
