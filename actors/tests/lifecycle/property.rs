//! Whatever people do, in whatever order, and however long they wait: what must hold holds after
//! every step. A failing sequence is shrunk, and its seed kept beside this file.

use std::collections::BTreeSet;

use actors::domain::incident::ParticipationRole;
use actors::domain::notice::{CALL_MESSAGE_LIMIT, NAMES_PER_MESSAGE};
use actors::domain::{
    Audience, Command, Decision, Incident, PersonId, Recorded, Refusal, Resolution, Says, Stage,
    Workflow, sla,
};
use chrono::Duration;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::story::{Deed, Step, beginning, story};
use crate::world::{Case, EVERYBODY, assignment, identity, shows_on_the_card, stage_name};

/// How many events one look at the clock may make: no stage has more than four deadlines, and who
/// is called need not be warned about.
const EVENTS_PER_LOOK: usize = 3;

/// How many looks may be needed until no deadline is left: questions, reminders, nudges and calls of
/// one incident that nobody touches, for each of those who lose it one after the other.
const LOOKS: usize = 20;

/// How many stories are enough to come everywhere: the rarest stage takes a day of silence.
const STORIES: usize = 2_048;

const STAGES: [&str; 17] = [
    "intake",
    "awaiting",
    "new",
    "accepted",
    "progress",
    "attention",
    "purchase",
    "contract",
    "waiting",
    "summary",
    "done",
    "resolved",
    "confirmed",
    "nosummary",
    "unconf",
    "cancelled",
    "duplicate",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn every_story_holds(mut case in beginning(), story in story()) {
        possible(&case);
        for step in &story {
            case.now += Duration::minutes(step.wait);
            take(&mut case, step);
            possible(&case);
            adds_up(&case);
            races_are_decided(&case);
        }
        left_alone_it_comes_to_rest(case);
    }
}

/// The stories would prove nothing about a stage that they never reach.
#[test]
fn the_stories_reach_every_stage() {
    let mut runner = TestRunner::deterministic();
    let mut reached = BTreeSet::new();
    for _ in 0..STORIES {
        let (mut case, story) = (beginning(), story())
            .new_tree(&mut runner)
            .expect("a story")
            .current();
        for step in &story {
            case.now += Duration::minutes(step.wait);
            take(&mut case, step);
            reached.insert(stage_name(&case.incident.stage));
        }
        reached.insert(stage_name(&left_alone_it_comes_to_rest(case)));
    }
    let missing: Vec<_> = STAGES
        .iter()
        .filter(|name| !reached.contains(*name))
        .collect();
    assert_eq!(missing, Vec::<&&str>::new());
}

fn take(case: &mut Case, step: &Step) {
    match &step.deed {
        Deed::Look => look(case),
        Deed::Ask(who, command) => ask(case, who.on(&case.incident), command),
        Deed::Assign { by, to } => {
            let command = assignment(&case.config, *to);
            ask(case, by.on(&case.incident), &command);
        }
    }
}

fn ask(case: &mut Case, person: PersonId, command: &Command) {
    let before = case.incident.clone();
    match case.asks(person, command) {
        Ok(decision) => {
            assert!(!decision.events.is_empty(), "accepted without an event");
            turns_its_page(&before, &decision);
            deadlines_follow(case, &decision);
            fits_its_hearers(&before, &decision, Some(person));
            case.keep(decision);
        }
        Err(refusal) => {
            assert_eq!(case.incident, before, "changed by a refusal");
            assert_eq!(case.asks(person, command), Err(refusal), "asked again");
        }
    }
}

fn look(case: &mut Case) {
    let before = case.incident.clone();
    let decision = case.looks(None);
    assert!(decision.events.len() <= EVENTS_PER_LOOK);
    turns_its_page(&before, &decision);
    deadlines_follow(case, &decision);
    if decision.events.is_empty() {
        assert_eq!(decision.incident, before);
        assert_eq!(decision.notices, []);
    } else {
        fits_its_hearers(&before, &decision, None);
    }
    case.keep(decision);

    let again = case.looks(None);
    assert_eq!(again.events, [], "looked twice");
    let overdue = |deadline: &sla::Deadline| deadline.due <= case.now;
    assert!(!again.deadlines.iter().any(overdue), "still due");
}

/// Nothing here can be in two places, begin twice, or end before it began.
fn possible(case: &Case) {
    let incident = &case.incident;
    stage_fits_its_workflow(incident);
    work_fits_its_record(incident);
    intervals_are_ordered(incident);
    stays_fit_their_stage(incident);
    assert_eq!(
        incident.duplicate_of.is_some(),
        matches!(
            incident.stage,
            Stage::Closed {
                resolution: Resolution::Duplicate,
                ..
            }
        )
    );
    let told = matches!(
        incident.stage,
        Stage::Done { .. }
            | Stage::Closed {
                resolution: Resolution::Resolved | Resolution::Confirmed | Resolution::Unconfirmed,
                ..
            }
    );
    assert!(!told || incident.summary.is_some(), "ended without words");
    assert!(!incident.is_open() || told || incident.summary.is_none());
}

fn stage_fits_its_workflow(incident: &Incident) {
    let only_full = matches!(
        incident.stage,
        Stage::Accepted(_)
            | Stage::Done { .. }
            | Stage::Closed {
                resolution: Resolution::Confirmed | Resolution::Unconfirmed,
                ..
            }
    );
    let only_quick = matches!(
        incident.stage,
        Stage::Closed {
            resolution: Resolution::Resolved,
            ..
        }
    );
    assert!(!only_full || incident.workflow == Workflow::Full);
    assert!(!only_quick || incident.workflow == Workflow::Quick);
}

/// One owner and each helper, and nobody else, has open work; nobody has once it is done.
fn work_fits_its_record(incident: &Incident) {
    let mut expected = Vec::new();
    if let Some(work) = incident.work() {
        let people: BTreeSet<PersonId> = work.people().collect();
        assert_eq!(people.len(), 1 + work.helpers.len(), "somebody twice");
        assert_eq!(Some(work.department), incident.department());
        if !matches!(incident.stage, Stage::Done { .. }) {
            expected.push((work.owner, ParticipationRole::Owner));
            let helpers = work.helpers.iter();
            expected.extend(helpers.map(|helper| (*helper, ParticipationRole::Helper)));
        }
    }
    let mut open: Vec<(PersonId, ParticipationRole)> = incident
        .participations
        .iter()
        .filter(|part| part.ended_at.is_none())
        .map(|part| (part.person, part.role))
        .collect();
    open.sort_by_key(|(person, _)| *person);
    expected.sort_by_key(|(person, _)| *person);
    assert_eq!(open, expected);
    if let Stage::AwaitingSummary { work, resolver, .. } | Stage::Done { work, resolver, .. } =
        &incident.stage
    {
        assert!(work.includes(*resolver), "a stranger resolved it");
    }
}

fn intervals_are_ordered(incident: &Incident) {
    for session in &incident.sessions {
        assert_eq!(session.ended_at.is_some(), session.end.is_some());
        assert!(incident.opened_at <= session.assigned_at);
        let claimed_at = session.claimed_at.unwrap_or(session.assigned_at);
        assert!(session.assigned_at <= claimed_at);
        assert!(session.ended_at.is_none_or(|ended| claimed_at <= ended));
    }
    for pair in incident.sessions.windows(2) {
        let ended_at = pair[0].ended_at.expect("an earlier stay is over");
        assert!(ended_at <= pair[1].assigned_at);
    }
    for part in &incident.participations {
        assert_eq!(part.ended_at.is_some(), part.end.is_some());
        assert!(part.ended_at.is_none_or(|ended| part.began_at <= ended));
    }
    assert!(
        incident
            .participations
            .is_sorted_by_key(|part| part.began_at)
    );
    let people: BTreeSet<PersonId> = incident
        .participations
        .iter()
        .map(|part| part.person)
        .collect();
    for person in people {
        let own = incident
            .participations
            .iter()
            .filter(|part| part.person == person);
        let own: Vec<_> = own.collect();
        for pair in own.windows(2) {
            let ended_at = pair[0].ended_at.expect("earlier work is over");
            assert!(ended_at <= pair[1].began_at, "worked twice at a time");
        }
    }
}

/// Exactly one stay is open, the last one, iff the incident is open and somebody's.
fn stays_fit_their_stage(incident: &Incident) {
    let open = incident
        .sessions
        .iter()
        .filter(|session| session.ended_at.is_none());
    let placed = !matches!(
        incident.stage,
        Stage::Intake { .. } | Stage::AwaitingDepartment { .. } | Stage::Closed { .. }
    );
    assert_eq!(open.count(), usize::from(placed));
    if let Stage::New { department, .. } = incident.stage {
        assert_eq!(incident.department(), Some(department));
    }
    if placed {
        let last = incident.sessions.last().expect("a stay");
        assert_eq!(last.ended_at, None);
        assert!(incident.work().is_none() || last.claimed_at.is_some());
    }
}

/// The row is what the stored events add up to.
fn adds_up(case: &Case) {
    let stored = serde_json::to_string(&case.log).expect("events are stored");
    let log: Vec<Recorded> = serde_json::from_str(&stored).expect("events are read");
    assert_eq!(log, case.log);
    let replayed = Incident::replay(identity(), &log).expect("a report");
    assert_eq!(replayed, case.incident);
    let row = serde_json::to_string(&replayed).expect("a row is stored");
    let row: Incident = serde_json::from_str(&row).expect("a row is read");
    assert_eq!(row, case.incident);
    let count = i64::try_from(log.len()).expect("a count");
    assert_eq!(case.incident.version, count);
}

/// The deadlines to store are those of the incident as it will be, soonest first.
fn deadlines_follow(case: &Case, decision: &Decision) {
    let derived = sla::deadlines(&decision.incident, &case.config.settings);
    assert_eq!(decision.deadlines, derived);
    assert!(derived.is_sorted_by_key(|deadline| deadline.due));
}

/// Buttons of an older card act on something else: its edition tells.
fn turns_its_page(before: &Incident, decision: &Decision) {
    let after = &decision.incident;
    assert!(before.edition <= after.edition);
    let acted_on = |incident: &Incident| {
        (
            std::mem::discriminant(&incident.stage),
            incident.work().map(|work| work.owner),
            incident.department(),
        )
    };
    if acted_on(before) != acted_on(after) {
        assert!(before.edition < after.edition, "{:?}", decision.events);
    }
}

/// One card; nobody hears what they did; no message and no call grows beyond its bound.
fn fits_its_hearers(before: &Incident, decision: &Decision, actor: Option<PersonId>) {
    let mut calls = 0;
    let mut cards = 0;
    let mut pins = Vec::new();
    for notice in &decision.notices {
        if let Audience::Person(person) | Audience::PersonPrivately(person) = notice.audience {
            assert_ne!(Some(person), actor, "told what they did: {notice:?}");
        }
        match &notice.says {
            Says::Card { .. } => cards += 1,
            Says::Pin => pins.push(true),
            Says::Unpin => pins.push(false),
            Says::NewInDepartment { call, .. }
            | Says::Nudge { call, .. }
            | Says::EscalationWarned { call, .. }
            | Says::DepartmentMissing { call, .. } => {
                calls += 1;
                assert!(call.len() <= NAMES_PER_MESSAGE);
                assert!(actor.is_none_or(|actor| !call.contains(&actor)));
            }
            _ => {}
        }
    }
    assert_eq!(cards, usize::from(shows_on_the_card(&decision.events)));
    assert!(calls <= CALL_MESSAGE_LIMIT);
    let expected = match (before.is_open(), decision.incident.is_open()) {
        (true, false) => vec![false],
        (false, true) => vec![true],
        _ => vec![],
    };
    assert_eq!(pins, expected);
}

/// While somebody works on it, a second claim of theirs is theirs, and everybody else has lost.
fn races_are_decided(case: &Case) {
    let Some(work) = case.incident.work() else {
        return;
    };
    for person in EVERYBODY {
        let refusal = case.asks(person, &Command::Claim).expect_err("taken");
        if person == work.owner {
            assert_eq!(refusal, Refusal::AlreadyYours);
        } else if work.helpers.contains(&person) {
            assert_eq!(refusal, Refusal::AlreadyHelping);
        } else {
            let Refusal::AlreadyClaimed {
                owner,
                ago,
                may_join,
                ..
            } = refusal
            else {
                panic!("{person} lost by {refusal:?}");
            };
            assert_eq!(owner, work.owner);
            assert!(ago >= Duration::zero());
            let joins = case.asks(person, &Command::Join).is_ok();
            assert_eq!(may_join, joins, "{person} was invited in vain");
        }
    }
}

/// Nobody touches it any more: the clock acts a few times, and then never again.
fn left_alone_it_comes_to_rest(mut case: Case) -> Stage {
    for _ in 0..LOOKS {
        let deadlines = sla::deadlines(&case.incident, &case.config.settings);
        let Some(next) = deadlines.first() else {
            return case.incident.stage;
        };
        case.now = case.now.max(next.due);
        look(&mut case);
        possible(&case);
        adds_up(&case);
    }
    panic!("the clock never rests: {:?}", case.incident.stage);
}
