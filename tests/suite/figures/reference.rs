//! The figures of a report once more, slowly, from the events alone: each log is replayed step by
//! step, and everything is looked at anew for each window and scope.

use std::collections::BTreeMap;

use actors::domain::kpi::{Deeds, Figures, Ratings, Scope, Times, Window};
use actors::domain::{
    Author, Event, Incident, PersonId, Recorded, Settings, Stage, lease::resolution_due,
};
use chrono::{DateTime, Duration, Utc};

use super::history::Lost;

pub(crate) type Log = (Incident, Vec<Recorded>);

fn inside(window: Window, at: DateTime<Utc>) -> bool {
    window.from <= at && at < window.until
}

/// Whether an incident is of the scope, as it stands now.
fn is_of(scope: Scope, (incident, log): &Log) -> bool {
    let now = Incident::replay(incident.identity, log).unwrap();
    scope
        .department
        .is_none_or(|it| Some(it) == now.department())
        && rated(scope, &now)
}

fn rated(scope: Scope, now: &Incident) -> bool {
    scope.urgency.is_none_or(|it| Some(it) == now.urgency)
}

/// What is counted.
pub(crate) fn figures(
    logs: &[Log],
    lost: &[Lost],
    scope: Scope,
    window: Window,
    settings: &Settings,
) -> Figures {
    let mut figures = Figures::default();
    let mut responses = Vec::new();
    let mut resolutions = Vec::new();
    let mut holds = Vec::new();
    let mut waits = Vec::new();
    for log in logs {
        let mine = is_of(scope, log);
        responses.extend(responses_of(log, scope, window));
        if !mine {
            continue;
        }
        stands(&mut figures, log, window);
        waits.extend(called(&mut figures, log, window));
        let Some((place, done)) = last_done(log).filter(|(_, at)| inside(window, *at)) else {
            continue;
        };
        resolutions.push(done - log.1[0].at);
        let held = on_hold(log);
        holds.extend(Some(held).filter(|held| *held > Duration::zero()));
        let before = Incident::replay(log.0.identity, &log.1[..place]).unwrap();
        let reopened = |it: &Recorded| matches!(it.event, Event::Reopened { .. });
        if let Some(due) = resolution_due(&before, settings)
            && !log.1[place..].iter().any(reopened)
        {
            figures.with_target += 1;
            figures.within_target += u32::from(done <= due);
        }
    }
    let lost = lost.iter().filter(|lost| {
        let of = &logs[lost.incident];
        let there = scope.department.is_none_or(|it| it == lost.department);
        let now = Incident::replay(of.0.identity, &of.1).unwrap();
        there && rated(scope, &now) && inside(window, lost.at)
    });
    figures.lost_claims = u32::try_from(lost.count()).unwrap();
    figures.done = u32::try_from(resolutions.len()).unwrap();
    figures.response = times(responses);
    figures.resolution = times(resolutions);
    figures.on_hold = times(holds);
    figures.acknowledging = times(waits);
    figures
}

/// What was raised, closed, reopened, and what is open.
fn stands(figures: &mut Figures, (incident, log): &Log, window: Window) {
    figures.created += u32::from(inside(window, log[0].at));
    let reopened = log
        .iter()
        .filter(|it| matches!(it.event, Event::Reopened { .. }) && inside(window, it.at));
    figures.reopened += u32::try_from(reopened.count()).unwrap();
    let now = Incident::replay(incident.identity, log).unwrap();
    match now.stage {
        Stage::Closed { at, .. } if inside(window, at) => {
            let ends = |it: &&Recorded| it.at == at;
            let by_clock = log.iter().filter(ends).any(|it| {
                matches!(
                    it.event,
                    Event::SummaryTimedOut | Event::ConfirmationTimedOut
                )
            });
            figures.closed += 1;
            figures.auto_closed += u32::from(by_clock);
        }
        Stage::Closed { .. } => {}
        _ => figures.open_now += 1,
    }
}

/// What was said of calls; answers with how long people waited for somebody to look after it.
fn called(figures: &mut Figures, (incident, log): &Log, window: Window) -> Vec<Duration> {
    let mut waits = Vec::new();
    for (place, recorded) in log.iter().enumerate() {
        if !inside(window, recorded.at) {
            continue;
        }
        match recorded.event {
            Event::EscalationWarned => figures.warnings += 1,
            Event::Escalated { .. } => figures.calls += 1,
            Event::CallUnheard { .. } => figures.undelivered_calls += 1,
            Event::Acknowledged => {
                figures.acknowledged += 1;
                let now = Incident::replay(incident.identity, &log[..=place]).unwrap();
                let calls = now.escalation.unwrap().calls;
                waits.extend(calls.first().map(|call| recorded.at - call.at));
            }
            _ => {}
        }
    }
    waits
}

/// From each arrival in a department to the first claim there.
fn responses_of(log: &Log, scope: Scope, window: Window) -> Vec<Duration> {
    let now = Incident::replay(log.0.identity, &log.1).unwrap();
    let mut reached = None;
    let mut found = Vec::new();
    for (place, recorded) in log.1.iter().enumerate() {
        let before = log
            .1
            .get(..place)
            .and_then(|it| Incident::replay(log.0.identity, it));
        let department = before.as_ref().and_then(Incident::department);
        match (&recorded.event, department) {
            (Event::DepartmentSet { department }, _) => {
                reached = Some((*department, recorded.at));
            }
            // A closed one that is reopened begins anew in its department; what was done goes on.
            (Event::Reopened { .. }, Some(department))
                if before.is_some_and(|it| !it.is_open()) =>
            {
                reached = Some((department, recorded.at));
            }
            (Event::Claimed | Event::Assigned { .. }, _) => {
                if let Some((department, since)) = reached.take()
                    && scope.department.is_none_or(|it| it == department)
                    && rated(scope, &now)
                    && inside(window, recorded.at)
                {
                    found.push(recorded.at - since);
                }
            }
            _ => {}
        }
    }
    found
}

/// The last summary: its place in the log, and when.
fn last_done((_, log): &Log) -> Option<(usize, DateTime<Utc>)> {
    let last = log
        .iter()
        .rposition(|it| matches!(it.event, Event::Summarised { .. }))?;
    Some((last, log[last].at))
}

/// For how long it was blocked in all, holds that have not ended left out.
fn on_hold((incident, log): &Log) -> Duration {
    let (mut held, mut since) = (Duration::zero(), None);
    for place in 1..=log.len() {
        let now = Incident::replay(incident.identity, &log[..place]).unwrap();
        let at = log[place - 1].at;
        match (matches!(now.stage, Stage::Blocked { .. }), since) {
            (true, None) => since = Some(at),
            (false, Some(began)) => {
                held += at - began;
                since = None;
            }
            _ => {}
        }
    }
    held
}

fn times(mut all: Vec<Duration>) -> Option<Times> {
    all.sort_unstable();
    let sum: i64 = all.iter().map(Duration::num_milliseconds).sum();
    let count = i64::try_from(all.len()).unwrap();
    let rank = |tenths: usize| all[(all.len() * tenths).div_ceil(10) - 1];
    (!all.is_empty()).then(|| Times {
        count: u32::try_from(all.len()).unwrap(),
        mean: Duration::milliseconds(sum / count),
        median: rank(5),
        p90: rank(9),
    })
}

/// What people did.
pub(super) fn deeds(
    logs: &[Log],
    lost: &[Lost],
    scope: Scope,
    window: Window,
    now: DateTime<Utc>,
) -> BTreeMap<PersonId, Deeds> {
    let mut all: BTreeMap<PersonId, Deeds> = BTreeMap::new();
    let nothing = Deeds {
        claims: 0,
        resolved: 0,
        lost_claims: 0,
        active: Duration::zero(),
    };
    for log in logs.iter().filter(|log| is_of(scope, log)) {
        let last = last_done(log).map(|(place, _)| place);
        for (place, recorded) in log.1.iter().enumerate() {
            let Author::Person(person) = recorded.by else {
                continue;
            };
            if !inside(window, recorded.at) {
                continue;
            }
            match recorded.event {
                Event::Claimed => all.entry(person).or_insert(nothing).claims += 1,
                Event::Summarised { .. } if last == Some(place) => {
                    all.entry(person).or_insert(nothing).resolved += 1;
                }
                _ => {}
            }
        }
        let incident = Incident::replay(log.0.identity, &log.1).unwrap();
        for part in &incident.participations {
            let ended = part.ended_at.unwrap_or(now);
            let worked = ended.min(window.until) - part.began_at.max(window.from);
            if ended > window.from && part.began_at < window.until.min(ended.max(now)) {
                all.entry(part.person).or_insert(nothing).active += worked;
            }
        }
    }
    for lost in lost {
        let of = &logs[lost.incident];
        let there = scope.department.is_none_or(|it| it == lost.department);
        let incident = Incident::replay(of.0.identity, &of.1).unwrap();
        if there && rated(scope, &incident) && inside(window, lost.at) {
            all.entry(lost.person).or_insert(nothing).lost_claims += 1;
        }
    }
    all
}

/// What triage said beside what people set.
pub(super) fn ratings(logs: &[Log], scope: Scope, window: Window) -> Ratings {
    let mut ratings = Ratings::default();
    for log in logs {
        let (mut said, mut set) = (None, None);
        for recorded in &log.1 {
            match (&recorded.event, recorded.by) {
                (Event::Assessed { assessment }, _) => said = assessment.urgency,
                (Event::UrgencySet { urgency }, Author::Person(_)) => set = Some(*urgency),
                _ => {}
            }
        }
        if let Some(said) = said.filter(|_| is_of(scope, log) && inside(window, log.1[0].at)) {
            ratings.note(said, set, 1);
        }
    }
    ratings
}
