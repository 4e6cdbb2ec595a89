//! Whether the desk is well, for whoever restarts or calls somebody.

use actors::triage::breaker::Position;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::Signs;

/// How long Telegram may have been silent. A poll comes back after 60 s, and with a webhook the
/// watchdog asks after 90 s of silence.
const DEAF_AFTER: TimeDelta = TimeDelta::minutes(3);

/// How long something may wait to be sent that might be: in an overloaded group messages queue for
/// minutes, at 20 a minute.
const STUCK_AFTER: TimeDelta = TimeDelta::minutes(15);

/// How many deadlines may be overdue: more than one look hands out, twice.
const OVERDUE_LIMIT: u32 = 1_000;

/// What is wrong, by name. A model that is away is not: the desk goes on without it.
pub(super) fn failing(signs: &Signs) -> Vec<&'static str> {
    let silent = signs.heard.is_none_or(|at| signs.at - at > DEAF_AFTER);
    let stuck = |at: DateTime<Utc>| signs.at - at > STUCK_AFTER;
    let backlog = signs.backlog.unwrap_or_default();
    let checks = [
        ("database", signs.backlog.is_none()),
        ("telegram", silent),
        ("actors", !signs.actors_answer),
        ("outbox", backlog.oldest_unsent.is_some_and(stuck)),
        ("deadlines", backlog.overdue > OVERDUE_LIMIT),
        ("escalation", signs.calls_nobody),
        ("clock", signs.clock_set_ahead.is_some()),
    ];
    let failing = checks.into_iter().filter(|(_, fails)| *fails);
    failing.map(|(name, _)| name).collect()
}

/// The page.
pub(super) fn told(signs: &Signs) -> String {
    let failing = failing(signs);
    let since = |at: DateTime<Utc>| (signs.at - at).num_milliseconds() as f64 / 1_000.0;
    let backlog = signs.backlog;
    let triage = &signs.triage;
    let page: Value = json!({
        "status": if failing.is_empty() { "ok" } else { "failing" },
        "failing": failing,
        "clock": { "set_ahead_seconds": signs.clock_set_ahead.map(|by| by.as_seconds_f64().round()) },
        "database": { "answers": backlog.is_some() },
        "telegram": { "silent_seconds": signs.heard.map(since) },
        "actors": { "answer": signs.actors_answer },
        "incidents": { "open": backlog.map(|it| it.open) },
        "deadlines": { "overdue": backlog.map(|it| it.overdue) },
        "escalation": {
            "audited_seconds": signs.audit.looked_at.map(since),
            "missed": signs.audit.missed,
            "missed_in_all": signs.audit.missed_in_all,
        },
        "outbox": {
            "waiting": backlog.map(|it| it.unsent),
            "oldest_seconds": backlog.and_then(|it| it.oldest_unsent).map(since),
        },
        "triage": {
            "breaker": triage.breaker.map(Position::name),
            "waiting": backlog.map(|it| it.unassessed),
            "under_way": triage.under_way,
        },
    });
    format!("{page}\n")
}

#[cfg(test)]
mod tests {
    use actors::audit::Findings;
    use actors::ports::Backlog;
    use actors::triage::gauge::Reading;

    use super::*;

    fn well() -> Signs {
        let at = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        Signs {
            at,
            backlog: Some(Backlog {
                unsent: 3,
                oldest_unsent: Some(at - TimeDelta::minutes(2)),
                ..Backlog::default()
            }),
            heard: Some(at - TimeDelta::seconds(61)),
            actors_answer: true,
            triage: Reading {
                breaker: Some(Position::Open),
                ..Reading::default()
            },
            audit: Findings::default(),
            calls_nobody: false,
            clock_set_ahead: None,
        }
    }

    #[test]
    fn each_thing_that_fails_is_named_and_a_model_that_is_away_is_none() {
        assert_eq!(failing(&well()), Vec::<&str>::new());
        let broken = |name, breaks: fn(&mut Signs)| {
            let mut signs = well();
            breaks(&mut signs);
            assert_eq!(failing(&signs), [name]);
            let page = told(&signs);
            assert!(page.contains(r#""status":"failing""#), "{page}");
        };
        broken("database", |it| it.backlog = None);
        broken("telegram", |it| it.heard = None);
        broken("telegram", |it| {
            it.heard = Some(it.at - TimeDelta::minutes(4))
        });
        broken("actors", |it| it.actors_answer = false);
        broken("escalation", |it| it.calls_nobody = true);
        broken("clock", |it| {
            it.clock_set_ahead = Some(TimeDelta::hours(-1))
        });
        broken("outbox", |it| {
            let oldest_unsent = Some(it.at - TimeDelta::minutes(16));
            it.backlog = Some(Backlog {
                oldest_unsent,
                ..Backlog::default()
            });
        });
        broken("deadlines", |it| {
            it.backlog = Some(Backlog {
                overdue: 1_001,
                ..Backlog::default()
            });
        });
    }
}
