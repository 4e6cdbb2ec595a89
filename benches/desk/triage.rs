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
            site.telegram
                .push((0..reports).map(|number| reported(cards, number)));
            site.telegram.drained().await;
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

fn reported(cards: &[Card], number: usize) -> String {
    let message = 4_000_000 + i64::try_from(number).unwrap();
    let words = format!("/new_issue The tap in room {number} is leaking again");
    let chat = cards[number % cards.len()].chat;
    says(person(number % 40), chat, message, &words)
}
