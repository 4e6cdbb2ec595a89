//! The same as figures, in the text format that Prometheus reads.
//!
//! Written by hand: there are a dozen of them, and all are known at the moment of asking.

use std::fmt::{Display, Write as _};

use actors::triage::breaker::Position;

use super::{Signs, health};

/// The page.
pub(super) fn told(signs: &Signs) -> String {
    let mut page = Page::default();
    let ok = u8::from(health::failing(signs).is_empty());
    page.gauge("deskbell_up", "Whether nothing fails.", ok);
    let version = env!("CARGO_PKG_VERSION");
    page.family("deskbell_build_info", "Which version this is.", "gauge");
    page.labelled("deskbell_build_info", ("version", version), 1);
    let answers = u8::from(signs.backlog.is_some());
    page.gauge(
        "deskbell_database_answers",
        "Whether the database answers.",
        answers,
    );
    let actors = u8::from(signs.actors_answer);
    page.gauge(
        "deskbell_actors_answer",
        "Whether the actors answer.",
        actors,
    );
    if let Some(heard) = signs.heard {
        page.gauge(
            "deskbell_telegram_silent_seconds",
            "Since when Telegram has not answered.",
            seconds(signs.at - heard),
        );
    }
    page.gauge(
        "deskbell_clock_set_ahead_seconds",
        "How far the machine's clock was set ahead while the desk runs, which goes on by its own.",
        signs.clock_set_ahead.map_or(0.0, seconds),
    );
    backlog(&mut page, signs);
    page.gauge(
        "deskbell_escalation_missed",
        "Critical incidents that the last audit found without a call ahead; they were set anew.",
        signs.audit.missed,
    );
    page.counter(
        "deskbell_escalation_missed_total",
        "The same of all audits.",
        signs.audit.missed_in_all,
    );
    triage(&mut page, signs);
    page.0
}

fn backlog(page: &mut Page, signs: &Signs) {
    let Some(backlog) = signs.backlog else { return };
    let oldest = backlog
        .oldest_unsent
        .map_or(0.0, |at| seconds(signs.at - at));
    page.gauge(
        "deskbell_incidents_open",
        "Incidents that are open.",
        backlog.open,
    );
    page.gauge(
        "deskbell_deadlines_overdue",
        "Deadlines that are due and were not acted on yet.",
        backlog.overdue,
    );
    page.gauge(
        "deskbell_outbox_waiting",
        "Messages that wait or are being sent.",
        backlog.unsent,
    );
    page.gauge(
        "deskbell_outbox_oldest_seconds",
        "For how long the oldest of them has waited that might be sent.",
        oldest,
    );
    page.gauge(
        "deskbell_triage_waiting",
        "Open incidents that the triage model is to look at.",
        backlog.unassessed,
    );
}

fn triage(page: &mut Page, signs: &Signs) {
    let triage = &signs.triage;
    if let Some(breaker) = triage.breaker {
        let name = "deskbell_triage_breaker";
        page.family(
            name,
            "Where the triage model's circuit breaker stands.",
            "gauge",
        );
        for position in [Position::Closed, Position::Open, Position::HalfOpen] {
            let here = u8::from(position == breaker);
            page.labelled(name, ("state", position.name()), here);
        }
    }
    page.counter(
        "deskbell_triage_breaker_moves_total",
        "How often it moved.",
        triage.moves,
    );
    page.gauge(
        "deskbell_triage_calls_under_way",
        "Calls to the triage model that are under way.",
        triage.under_way,
    );
    let name = "deskbell_triage_calls_total";
    page.family(name, "Calls to the triage model, by outcome.", "counter");
    for (outcome, calls) in &triage.calls {
        page.labelled(name, ("outcome", outcome), calls);
    }
    page.counter(
        "deskbell_triage_cost_micros_total",
        "What they cost, in millionths of the price table's currency.",
        triage.micros,
    );
}

fn seconds(time: chrono::TimeDelta) -> f64 {
    time.num_milliseconds() as f64 / 1_000.0
}

/// Lines of the format; writing into a string cannot fail.
#[derive(Default)]
struct Page(String);

impl Page {
    fn family(&mut self, name: &str, help: &str, kind: &str) {
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    fn labelled(&mut self, name: &str, (label, text): (&str, &str), value: impl Display) {
        let _ = writeln!(self.0, "{name}{{{label}=\"{text}\"}} {value}");
    }

    fn gauge(&mut self, name: &str, help: &str, value: impl Display) {
        self.family(name, help, "gauge");
        let _ = writeln!(self.0, "{name} {value}");
    }

    fn counter(&mut self, name: &str, help: &str, value: impl Display) {
        self.family(name, help, "counter");
        let _ = writeln!(self.0, "{name} {value}");
    }
}
