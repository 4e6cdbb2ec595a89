//! What fell due while the desk was away: what may be told in one message, and in how many.

use actors::domain::away::{WORDS_PER_MESSAGE, in_messages, may_be_gathered, still_holds};
use actors::domain::notice::{NAMES_PER_MESSAGE, Prompt};
use actors::domain::{PersonId, Says, Urgency, Workflow};

use crate::matrix::{in_progress, unclaimed};
use crate::world::{JAAN, MAINTENANCE};

fn nudge() -> Says {
    Says::Nudge {
        department: MAINTENANCE,
        call: vec![JAAN],
        since: unclaimed(Workflow::Quick).incident.opened_at,
        absent_minutes: Some(60),
    }
}

#[test]
fn what_is_critical_and_what_is_asked_by_reply_stays_by_itself() {
    for urgency in [None, Some(Urgency::SameDay), Some(Urgency::Planned)] {
        assert!(may_be_gathered(&nudge(), urgency));
    }
    assert!(!may_be_gathered(&nudge(), Some(Urgency::Critical)));
    let prompt = Says::Prompt {
        person: JAAN,
        prompt: Prompt::Summary,
    };
    let minutes_left = 5;
    for says in [prompt, Says::SummaryReminder { minutes_left }] {
        assert!(!may_be_gathered(&says, None));
    }
}

#[test]
fn what_was_claimed_meanwhile_is_not_told() {
    assert!(still_holds(&nudge(), &unclaimed(Workflow::Quick).incident));
    assert!(!still_holds(
        &nudge(),
        &in_progress(Workflow::Quick).incident
    ));
    assert!(!still_holds(
        &Says::WokenUp,
        &in_progress(Workflow::Quick).incident
    ));
}

fn people(numbers: std::ops::Range<i64>) -> Vec<PersonId> {
    numbers.map(PersonId).collect()
}

#[test]
fn words_for_the_same_people_are_one_message_as_long_as_they_fit() {
    let words: Vec<(usize, Vec<PersonId>)> = (0..WORDS_PER_MESSAGE + 1)
        .map(|word| (word, people(1..4)))
        .collect();
    let sizes: Vec<usize> = in_messages(words).iter().map(Vec::len).collect();
    assert_eq!(sizes, [WORDS_PER_MESSAGE, 1]);
}

#[test]
fn no_message_names_more_than_are_notified() {
    let calls = [people(1..6), people(6..8), people(2..4), people(8..11)];
    let words: Vec<(usize, Vec<PersonId>)> = calls.iter().cloned().enumerate().collect();
    let messages = in_messages(words);
    for message in &messages {
        let mut named: Vec<PersonId> = message.iter().flat_map(|it| calls[*it].clone()).collect();
        named.sort_unstable();
        named.dedup();
        assert!(named.len() <= NAMES_PER_MESSAGE, "{messages:?}");
    }
    assert_eq!(messages, [vec![0, 2], vec![1, 3]]);
}
