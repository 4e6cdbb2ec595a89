//! Judges what a storm left. Pure, so that it can be shown to notice.

use std::collections::{BTreeMap, HashMap};
use std::mem::discriminant;

use actors::domain::id::MessageRef;
use actors::domain::incident::{Participation, ParticipationRole};
use actors::domain::{
    Audience, Author, Event, Incident, PersonId, Resolution, Says, Stage, routing,
};

use chrono::{DateTime, Utc};

use super::evidence::{Evidence, Filed, REPEAT};

/// How many deliveries may be under way at once, and thus how many one kill may cause to be
/// repeated: the documented bound.
const REPEATS_PER_KILL: usize = 8;

/// Everything that is wrong.
pub(super) fn faults(found: &Evidence) -> Vec<String> {
    let mut faults = Vec::new();
    reports_are_kept(found, &mut faults);
    numbers_have_no_gaps(found, &mut faults);
    promises_are_kept(found, &mut faults);
    remarks_count_once(found, &mut faults);
    for filed in &found.incidents {
        one_owner_at_a_time(filed, &mut faults);
        events_add_up(filed, &mut faults);
        the_card_is_true(filed, &mut faults);
        what_is_owed_was_heard(filed, DateTime::<Utc>::MIN_UTC, &mut faults);
    }
    nothing_waits_or_vanished(found, &mut faults);
    repeats_are_few_and_marked(found, &mut faults);
    faults
}

/// What is wrong with what came due since then, in incidents that nobody raised in the chat.
pub(super) fn faults_of_the_clock(found: &Evidence, since: DateTime<Utc>) -> Vec<String> {
    let mut faults = Vec::new();
    for filed in &found.incidents {
        events_add_up(filed, &mut faults);
        what_is_owed_was_heard(filed, since, &mut faults);
    }
    if found.unfinished > 0 {
        faults.push(format!("{} deliveries still wait", found.unfinished));
    }
    repeats_are_few_and_marked(found, &mut faults);
    faults
}

fn reports_are_kept(found: &Evidence, faults: &mut Vec<String>) {
    let mut made: HashMap<MessageRef, usize> = HashMap::new();
    for filed in &found.incidents {
        if let Some(origin) = filed.incident.report.origin {
            *made.entry(origin).or_default() += 1;
        }
    }
    for report in &found.reports {
        match made.remove(report) {
            Some(1) => {}
            Some(more) => faults.push(format!("{report:?} became {more} incidents")),
            None => faults.push(format!("{report:?} is lost")),
        }
    }
    for invented in made.keys() {
        faults.push(format!("nobody reported {invented:?}"));
    }
}

fn numbers_have_no_gaps(found: &Evidence, faults: &mut Vec<String>) {
    let mut numbers: BTreeMap<_, Vec<i64>> = BTreeMap::new();
    for filed in &found.incidents {
        let identity = filed.incident.identity;
        numbers
            .entry(identity.company)
            .or_default()
            .push(identity.number.0);
    }
    for (company, mut numbers) in numbers {
        numbers.sort_unstable();
        if !numbers.iter().copied().eq((1..).take(numbers.len())) {
            faults.push(format!("{company:?} has numbers {numbers:?}"));
        }
    }
}

fn promises_are_kept(found: &Evidence, faults: &mut Vec<String>) {
    for (chat, number, person) in &found.promises {
        let kept = found.incidents.iter().any(|filed| {
            let incident = &filed.incident;
            let here = incident
                .report
                .origin
                .is_some_and(|origin| origin.chat == *chat);
            let claimed = filed.events.iter().any(|recorded| {
                recorded.event == Event::Claimed && recorded.by == Author::Person(*person)
            });
            here && incident.identity.number.0 == *number && claimed
        });
        if !kept {
            faults.push(format!(
                "{person:?} was promised {number} in {chat:?} and has it not"
            ));
        }
    }
}

fn remarks_count_once(found: &Evidence, faults: &mut Vec<String>) {
    for (chat, remark) in &found.remarks {
        let events = found.incidents.iter().flat_map(|filed| &filed.events);
        let times = events
            .filter(
                |recorded| matches!(&recorded.event, Event::Commented { text } if text == remark),
            )
            .count();
        if times != 1 {
            faults.push(format!(
                "what was said once in {chat:?} is kept {times} times"
            ));
        }
    }
}

fn one_owner_at_a_time(filed: &Filed, faults: &mut Vec<String>) {
    let parts = &filed.incident.participations;
    let owners: Vec<_> = parts
        .iter()
        .filter(|part| part.role == ParticipationRole::Owner)
        .collect();
    for (index, one) in owners.iter().enumerate() {
        if owners[..index].iter().any(|other| overlap(one, other)) {
            faults.push(format!(
                "{:?} had two owners at once",
                filed.incident.identity
            ));
        }
    }
}

fn overlap(one: &Participation, other: &Participation) -> bool {
    let ends_before = |first: &Participation, second: &Participation| {
        first.ended_at.is_some_and(|ended| ended <= second.began_at)
    };
    !ends_before(one, other) && !ends_before(other, one)
}

fn events_add_up(filed: &Filed, faults: &mut Vec<String>) {
    let incident = &filed.incident;
    let replayed = Incident::replay(incident.identity, &filed.events);
    if replayed.as_ref() != Some(incident) {
        faults.push(format!(
            "the events of {:?} add up to something else than its row: {replayed:#?}",
            incident.identity
        ));
    }
}

fn the_card_is_true(filed: &Filed, faults: &mut Vec<String>) {
    let incident = &filed.incident;
    let identity = incident.identity;
    let Some(card) = &filed.card else {
        faults.push(format!("{identity:?} has no card"));
        return;
    };
    let state = state(incident);
    let title = card
        .text
        .lines()
        .find(|line| *line != REPEAT)
        .unwrap_or_default();
    if !title.contains(state) || !title.contains(&format!("{:04}", identity.number.0)) {
        faults.push(format!("{identity:?} is {state}, its card says {title:?}"));
    }
    if card.pinned != incident.is_open() {
        faults.push(format!(
            "{identity:?} is {state}, its card is pinned: {}",
            card.pinned
        ));
    }
}

/// What the title of a card says, of the stages a storm leads through.
fn state(incident: &Incident) -> &'static str {
    match &incident.stage {
        Stage::AwaitingDepartment { .. } => "needs a department",
        Stage::New { .. } => "waiting for a claim",
        Stage::InProgress(_) => "in progress",
        Stage::AwaitingSummary { .. } => "waiting for the summary",
        Stage::Closed {
            resolution: Resolution::Resolved,
            ..
        } => "resolved",
        _ => "where no storm leads",
    }
}

/// Every event since then tells somebody; what it owes them has arrived, once for each time it is
/// owed, but to whom nothing can. (Cards and pins show the newest state only: of those, the last one
/// counts, and is looked at above.)
fn what_is_owed_was_heard(filed: &Filed, since: DateTime<Utc>, faults: &mut Vec<String>) {
    let identity = filed.incident.identity;
    let mut heard: Vec<_> = filed.heard.iter().collect();
    let deaf = |person: &PersonId| {
        let mut events = filed.events.iter();
        events
            .any(|it| matches!(&it.event, Event::CallUnheard { people } if people.contains(person)))
    };
    for (hearer, says) in owed(filed, since) {
        if hearer.as_ref().is_some_and(deaf) {
            continue;
        }
        let arrived = heard.iter().position(|(person, said)| {
            *person == hearer && discriminant(said) == discriminant(&says)
        });
        match arrived {
            Some(arrived) => drop(heard.swap_remove(arrived)),
            None => faults.push(format!("{identity:?} owes {hearer:?} {says:?}")),
        }
    }
}

/// What the events of an incident since then owe to whom; to nobody in particular, to the group.
fn owed(filed: &Filed, since: DateTime<Utc>) -> Vec<(Option<PersonId>, Says)> {
    let mut owed = Vec::new();
    let mut before = None;
    for (index, recorded) in filed.events.iter().enumerate() {
        let so_far = &filed.events[..=index];
        let Some(after) = Incident::replay(filed.incident.identity, so_far) else {
            continue;
        };
        let event = std::slice::from_ref(recorded);
        let notices = routing::notices(before.as_ref(), &after, event, None, &filed.group);
        for notice in notices {
            let hearer = match notice.audience {
                Audience::Person(person) | Audience::PersonPrivately(person) => Some(person),
                Audience::Group | Audience::Asker => None,
            };
            let is_shown = matches!(notice.says, Says::Card { .. } | Says::Pin | Says::Unpin);
            if !is_shown && recorded.at >= since {
                owed.push((hearer, notice.says));
            }
        }
        before = Some(after);
    }
    owed
}

fn nothing_waits_or_vanished(found: &Evidence, faults: &mut Vec<String>) {
    for row in &found.given_up {
        faults.push(format!("a delivery was given up: {row}"));
    }
    for (count, what) in [
        (found.unfinished, "deliveries still wait"),
        (found.set_aside, "updates were set aside"),
    ] {
        if count > 0 {
            faults.push(format!("{count} {what}"));
        }
    }
}

/// A message that the desk knows nothing of was sent again, and the later one says so. Only
/// chatter is not sent again.
fn repeats_are_few_and_marked(found: &Evidence, faults: &mut Vec<String>) {
    let unknown: Vec<_> = found
        .posts
        .iter()
        .filter(|post| !post.known)
        .map(|post| post.at)
        .collect();
    let mut of_life: BTreeMap<usize, usize> = BTreeMap::new();
    for post in found.posts.iter().filter(|post| !post.known) {
        *of_life.entry(post.life).or_default() += 1;
    }
    for (life, repeats) in &of_life {
        if *repeats > REPEATS_PER_KILL {
            faults.push(format!("the end of life {life} led to {repeats} repeats"));
        }
    }
    if of_life.len() > found.kills {
        faults.push(format!(
            "{} lives led to repeats, {} ended by a kill",
            of_life.len(),
            found.kills
        ));
    }
    let marked = found.posts.iter().filter(|post| post.is_marked()).count();
    let explained = marked + found.chatter_given_up.len();
    if unknown.len() > explained {
        faults.push(format!(
            "{} messages were sent again, {marked} say that they are repeats: {unknown:?}",
            unknown.len()
        ));
    }
}
