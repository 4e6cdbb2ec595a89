//! How many updates the desk takes in: small talk, remarks that are kept, a backlog, and rubbish
//! among what counts.

use std::fmt::Write;
use std::time::{Duration, Instant};

use actors::inbound::Verb;
use futures_util::future::join_all;

use crate::database::Engine;
use crate::estate::{Card, Plan};
use crate::people::{person, says};
use crate::report::{Figure, Report, Yardstick};
use crate::sample::Sample;
use crate::site::{Site, press};

/// How many speak.
const SPEAKERS: usize = 50;

/// In how many incidents' groups.
const OPEN: usize = 10_000;

/// What a desk with a backlog may hold in memory, in megabytes.
const PEAK_LIMIT: f64 = 256.0;

/// How long rubbish may hold up what counts, in milliseconds.
const DELAY_LIMIT: f64 = 1_000.0;

/// How many updates of a backlog the desk takes a second, at least.
const RATE_LIMIT: f64 = 1_000.0;

/// Good presses and rubbish come at this pace: less than the desk can take, as in life.
const PACE: Duration = Duration::from_millis(20);

/// How many good ones come at a time.
const AT_A_TIME: usize = 4;

/// What becomes of an update.
#[derive(Clone, Copy)]
enum Kind {
    /// Words among people: nothing.
    Talk,
    /// A comment on an incident: kept, and answered.
    Remark,
}

/// Takes in a queue of small talk, and one of remarks.
pub(crate) async fn rates(report: &mut Report, engine: Engine<'_>, many: usize) {
    for (kind, words) in [
        (Kind::Talk, "updates a second, small talk in groups"),
        (Kind::Remark, "updates a second, remarks that are kept"),
    ] {
        let site = Site::open(engine, &plan(OPEN)).await;
        let yard = Yardstick::before(site.database.disk());
        // Everybody has been seen once.
        site.telegram
            .push((0..SPEAKERS).map(|number| update(&site.cards, number, Kind::Talk)));
        site.at_rest().await;
        let updates: Vec<String> = (0..many)
            .map(|number| update(&site.cards, number, kind))
            .collect();
        let begun = Instant::now();
        site.telegram.push(updates);
        site.telegram.drained().await;
        let rate = rate(many, begun.elapsed());
        let yard = yard.after(site.database.disk());
        report.add(Figure::new(engine.name(), words, &yard).with("", rate, "/s"));
        site.close().await;
    }
}

/// A backlog after an outage: seven of ten are small talk, the rest is kept.
pub(crate) async fn backlog(report: &mut Report, engine: Engine<'_>, many: usize) {
    let site = Site::open(engine, &plan(OPEN)).await;
    let yard = Yardstick::before(site.database.disk());
    let updates: Vec<String> = (0..many)
        .map(|number| {
            let kind = if number % 10 < 7 {
                Kind::Talk
            } else {
                Kind::Remark
            };
            update(&site.cards, number, kind)
        })
        .collect();
    let begun = Instant::now();
    site.telegram.push(updates);
    site.telegram.drained().await;
    let rate = rate(many, begun.elapsed());
    let peak = site.desk.memory().peak / 1_024.0;
    let yard = yard.after(site.database.disk());
    site.close().await;
    let met = peak <= PEAK_LIMIT && rate >= RATE_LIMIT;
    report.add(
        Figure::new(
            engine.name(),
            format!("backlog of {many} updates, 10000 open"),
            &yard,
        )
        .with("", rate, "/s")
        .with("peak", peak, "MB")
        .should(format!("≥ {RATE_LIMIT:.0} /s, ≤ {PEAK_LIMIT:.0} MB"), met),
    );
}

/// Good presses with and without rubbish among them, one in eleven.
pub(crate) async fn hostile(report: &mut Report, engine: Engine<'_>, good: usize) {
    let mut undisturbed = None;
    for disturbed in [false, true] {
        let site = Site::open(engine, &plan(good)).await;
        let yard = Yardstick::before(site.database.disk());
        let mut answers = Vec::with_capacity(good);
        let mut rubbish = 0;
        for (index, cards) in site.cards.chunks(AT_A_TIME).enumerate() {
            let presses: Vec<_> = cards
                .iter()
                .map(|card| press(card, person(1), Verb::Claim))
                .collect();
            if disturbed && index * AT_A_TIME / 10 >= rubbish {
                site.telegram.push([hostile_update(rubbish)]);
                rubbish += 1;
            }
            answers.extend(site.telegram.press(&presses));
            tokio::time::sleep(PACE).await;
        }
        let toasts = join_all(answers).await;
        let sample: Sample = toasts
            .into_iter()
            .map(|toast| toast.unwrap().after)
            .collect();
        let yard = yard.after(site.database.disk());
        site.close().await;
        let what = match disturbed {
            false => format!("{good} presses, nothing else"),
            true => format!("{good} presses, {rubbish} hostile updates among them"),
        };
        let mut figure = Figure::new(engine.name(), what, &yard)
            .with_sample(&sample)
            .with("largest", sample.largest(), "ms");
        match undisturbed {
            None => undisturbed = Some(sample.largest()),
            Some(before) => {
                let met = sample.largest() - before < DELAY_LIMIT;
                figure = figure.should("delay < 1 s", met);
            }
        }
        report.add(figure);
    }
}

fn plan(open: usize) -> Plan {
    Plan {
        open,
        members: 3,
        timers: None,
    }
}

fn rate(many: usize, within: Duration) -> f64 {
    f64::from(u32::try_from(many).unwrap()) / within.as_secs_f64()
}

fn update(cards: &[Card], number: usize, kind: Kind) -> String {
    let card = &cards[(number * 7_919) % cards.len()];
    let by = person(number % SPEAKERS);
    let message = 3_000_000 + i64::try_from(number).unwrap();
    let text = match kind {
        Kind::Talk => format!("Has anybody seen the key of shed {number}?"),
        Kind::Remark => format!("/comment {} Seen by round {number}", card.number),
    };
    says(by, card.chat, message, &text)
}

/// What no Telegram would send, each in its own way.
fn hostile_update(number: usize) -> String {
    match number % 6 {
        0 => "\"message\":null".to_owned(),
        1 => "\"message\":{\"message_id\":\"x\",\"chat\":[]}".to_owned(),
        2 => "\"callback_query\":{\"id\":7,\"from\":{},\"data\":\"1.c.zzzzzzzzzzzzzzzz.4.cl\"}"
            .to_owned(),
        3 => format!("\"message\":{}{}", "[".repeat(5_000), "]".repeat(5_000)),
        4 => {
            let mut text = String::from(
                "\"message\":{\"message_id\":1,\"date\":-9223372036854775808,\"text\":\"",
            );
            for letter in 0..4_096 {
                write!(text, "\\ud8{:02x}", letter % 4 * 16).unwrap();
            }
            text.push_str("\"}");
            text
        }
        _ => "\"a_kind_of_tomorrow\":{\"message\":{\"chat\":{\"id\":1e400}}}".to_owned(),
    }
}
