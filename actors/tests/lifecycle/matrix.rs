//! Reads a table of who may do what from which stage, and holds the domain to it.
//!
//! A row is a stage, a column a kind of person, a cell what becomes of the command: the stage it
//! leads to (`same` for the stage it was in), or `-` and the refusal. A row that only one workflow
//! has is marked `/quick` or `/full`; `.` stands where nobody can play that part.

use std::collections::BTreeSet;

use actors::domain::{BlockKind, Command, PersonId, Refusal, Workflow};

use crate::world::{
    Case, DINA, JAAN, KATI, LIIS, MAINTENANCE, MARI, MATI, RAIN, TOOMAS, hotel, stage_name,
};

/// The kinds of person, and who plays them.
const COLUMNS: [(&str, PersonId); 8] = [
    ("reporter", MARI),
    ("member", TOOMAS),
    ("other", LIIS),
    ("owner", JAAN),
    ("helper", KATI),
    ("outsider", RAIN),
    ("dispatch", DINA),
    ("manager", MATI),
];

/// The rows of every table, and whether only the full workflow has them.
const ROWS: [(&str, bool); 9] = [
    ("intake", false),
    ("awaiting", false),
    ("new", false),
    ("accepted", true),
    ("progress", false),
    ("blocked", false),
    ("summary", false),
    ("done", true),
    ("closed", false),
];

/// Every row of the table, for both workflows, must come out as its cells say.
pub(crate) fn holds(command: impl Fn(&Case) -> Command, table: &str) {
    let mut lines = table.lines().map(str::trim).filter(|line| !line.is_empty());
    let header: Vec<&str> = lines.next().expect("a header").split_whitespace().collect();
    assert_eq!(header, COLUMNS.map(|(name, _)| name), "the columns");

    let mut seen = BTreeSet::new();
    for line in lines {
        let mut words = line.split_whitespace();
        let label = words.next().expect("a stage");
        let cells: Vec<&str> = words.collect();
        assert_eq!(cells.len(), COLUMNS.len(), "cells of {label}");
        for (name, workflow) in named(label) {
            assert!(seen.insert((name, is_full(workflow))), "{label} twice");
            for case in cases(name, workflow) {
                row(&case, &command, &cells);
            }
        }
    }
    assert_eq!(seen, every_row(), "the rows");
}

fn row(case: &Case, command: &impl Fn(&Case) -> Command, cells: &[&str]) {
    let command = command(case);
    for ((column, person), cell) in COLUMNS.iter().zip(cells) {
        let plays = *column != "owner" && *column != "helper";
        let worked_on = !case.incident.participations.is_empty();
        assert_eq!(
            *cell == ".",
            !plays && !worked_on,
            "{column} in {:?}",
            case.incident.stage
        );
        if *cell == "." {
            continue;
        }
        let same = stage_name(&case.incident.stage);
        let expected = if *cell == "same" { same } else { *cell };
        assert_eq!(
            outcome(case, *person, &command),
            expected,
            "{command:?} by the {column} in {:?}",
            case.incident.stage
        );
    }
}

/// What becomes of a command, in one word.
fn outcome(case: &Case, person: PersonId, command: &Command) -> String {
    match case.asks(person, command) {
        Ok(decision) => stage_name(&decision.incident.stage).to_owned(),
        Err(refusal) => format!("-{}", refusal_name(case, &refusal)),
    }
}

/// The refusal in one word, its details checked against the incident.
fn refusal_name(case: &Case, refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::AlreadyClaimed {
            owner,
            at,
            ago,
            may_join,
        } => {
            assert_eq!(*owner, JAAN, "the winner");
            assert_eq!(*ago, case.now - *at, "how long ago");
            if *may_join { "lost" } else { "missed" }
        }
        Refusal::Closed { at, .. } => {
            assert!(*at <= case.now, "closed before now");
            "closed"
        }
        Refusal::MembersOnly { department } => {
            assert_eq!(*department, MAINTENANCE, "whose members");
            "members"
        }
        Refusal::ResolverOnly { resolver } => {
            assert_eq!(*resolver, JAAN, "the resolver");
            "resolver"
        }
        Refusal::AlreadyYours => "yours",
        Refusal::AlreadyHelping => "helping",
        Refusal::AlreadySo => "so",
        Refusal::NoDepartmentYet => "nodept",
        Refusal::NotClaimed => "noclaim",
        Refusal::NotNow => "notnow",
        Refusal::WorkersOnly => "workers",
        Refusal::SummaryOwed => "owed",
        Refusal::ReporterOrManagerOnly => "repman",
        Refusal::ManagersOnly => "managers",
        Refusal::DirectorsOnly => "direct",
        Refusal::NotConcerned => "stranger",
        other => panic!("no table knows {other:?}"),
    }
}

fn is_full(workflow: Workflow) -> bool {
    workflow == Workflow::Full
}

/// The rows that a label stands for.
fn named(label: &str) -> Vec<(&str, Workflow)> {
    match label.split_once('/') {
        Some((name, "quick")) => vec![(name, Workflow::Quick)],
        Some((name, "full")) => vec![(name, Workflow::Full)],
        Some(_) => panic!("no such workflow: {label}"),
        None if ROWS.contains(&(label, true)) => vec![(label, Workflow::Full)],
        None => vec![(label, Workflow::Quick), (label, Workflow::Full)],
    }
}

fn every_row() -> BTreeSet<(&'static str, bool)> {
    ROWS.iter()
        .flat_map(|(name, only_full)| {
            let quick = (!only_full).then_some((*name, false));
            quick.into_iter().chain([(*name, true)])
        })
        .collect()
}

/// Incidents in the stage of that name: one, or one for every way of being blocked.
pub(crate) fn cases(name: &str, workflow: Workflow) -> Vec<Case> {
    let case = match name {
        "intake" => hotel(workflow).questioning(MARI),
        "awaiting" => hotel(workflow).reported_by(MARI),
        "new" => unclaimed(workflow),
        "accepted" => unclaimed(workflow).claimed_by(JAAN).joined_by(KATI),
        "progress" => in_progress(workflow),
        "blocked" => {
            return BlockKind::ALL
                .map(|kind| in_progress(workflow).blocked_by(JAAN, kind))
                .to_vec();
        }
        "summary" => in_progress(workflow).resolved_by(JAAN),
        "done" => in_progress(workflow).resolved_by(JAAN).summarised_by(JAAN),
        "closed" => closed(workflow),
        other => panic!("no such stage: {other}"),
    };
    vec![case]
}

pub(crate) fn unclaimed(workflow: Workflow) -> Case {
    hotel(workflow).reported_by(MARI).sent_to(MAINTENANCE)
}

/// Jaan owns it, Kati helps.
pub(crate) fn in_progress(workflow: Workflow) -> Case {
    let claimed = unclaimed(workflow).claimed_by(JAAN);
    let begun = match workflow {
        Workflow::Quick => claimed,
        Workflow::Full => claimed.started_by(JAAN),
    };
    begun.joined_by(KATI)
}

/// Resolved on the claim desk, confirmed on the maintenance desk.
pub(crate) fn closed(workflow: Workflow) -> Case {
    let summarised = in_progress(workflow).resolved_by(JAAN).summarised_by(JAAN);
    match workflow {
        Workflow::Quick => summarised,
        Workflow::Full => summarised.does(MARI, &Command::Confirm),
    }
}
