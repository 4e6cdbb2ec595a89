//! Whose turn it is, where not everything may go at once.
//!
//! Across all chats the most urgent class goes first, and within a class the oldest row; an
//! escalation is the next call, however much else waits. In a chat each class keeps its order. So
//! that even the last class moves when there is always something more urgent, a class that was not
//! heard of for a while has one turn before the pages, in its chat and overall: a card may be out of
//! date for a moment, not for good.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::limits::{Goes, Limits};
use crate::domain::{ChatId, Class, OutboxId};
use crate::ports::Head;

/// How long a class waits in a desk that pages keep busy until one of its rows goes before them: at
/// thirty calls a second, one in a hundred and fifty.
const TURN_OVERALL: TimeDelta = TimeDelta::seconds(5);

/// The longest of the times in [`turn_in_chat`].
const LONGEST_TURN: TimeDelta = TimeDelta::seconds(50);

/// How many turns are remembered before those that are over are forgotten.
const TURN_LIMIT: usize = 20_000;

/// How long a class waits in a chat that pages keep busy until one of its rows goes before them: the
/// last one is to move once a minute, with a little for the window to slide. Together they leave a
/// group more than half of its twenty a minute for pages.
fn turn_in_chat(class: Class) -> TimeDelta {
    match class {
        Class::Escalation | Class::Page => TimeDelta::zero(),
        Class::Awaited => TimeDelta::seconds(15),
        Class::Card => TimeDelta::seconds(30),
        Class::Edit | Class::Chatter => LONGEST_TURN,
    }
}

/// A row that may go now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turn {
    /// Which.
    pub(super) head: Head,
    /// As what.
    pub(super) goes: Goes,
    place: Place,
}

/// Where a row stands in a queue: smaller goes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Escalation,
    /// It waited so long that it has one turn before pages.
    HasWaited,
    As(Class),
}

impl Place {
    fn of(class: Class) -> Self {
        match class {
            Class::Escalation => Self::Escalation,
            other => Self::As(other),
        }
    }
}

/// When each class last had its turn.
#[derive(Default)]
pub(super) struct Turns {
    in_chat: HashMap<(ChatId, Class), DateTime<Utc>>,
    overall: HashMap<Class, DateTime<Utc>>,
}

impl Turns {
    /// What may go now, in which order, and how long everything else waits at least.
    pub(super) fn order(
        &self,
        heads: &[Head],
        busy: &HashSet<ChatId>,
        limits: &mut Limits,
        now: DateTime<Utc>,
    ) -> (Vec<Turn>, Option<Duration>) {
        let mut chats: BTreeMap<ChatId, Vec<Head>> = BTreeMap::new();
        for head in heads.iter().filter(|head| !busy.contains(&head.chat)) {
            chats.entry(head.chat).or_default().push(*head);
        }
        let mut look = Look {
            turns: self,
            limits,
            now,
            nap: None,
        };
        let mut order = look.ready(&chats, None);
        for class in Class::ALL.into_iter().skip(2) {
            if look.waits_overall(heads, class) {
                let lifted = look.ready(&chats, Some(class));
                let mut lifted = lifted.into_iter().filter(|turn| turn.head.class == class);
                order.extend(lifted.next().map(|turn| Turn {
                    place: Place::HasWaited,
                    ..turn
                }));
            }
        }
        order.sort_by_key(|turn| (turn.place, turn.head.id));
        (order, look.nap)
    }

    /// Notes that a row goes.
    pub(super) fn had(&mut self, head: &Head, now: DateTime<Utc>) {
        if self.in_chat.len() >= TURN_LIMIT {
            self.in_chat.retain(|_, at| now - *at < LONGEST_TURN);
        }
        self.in_chat.insert((head.chat, head.class), now);
        self.overall.insert(head.class, now);
    }
}

/// One look at what waits.
struct Look<'a> {
    turns: &'a Turns,
    limits: &'a mut Limits,
    now: DateTime<Utc>,
    /// How long until something else may go.
    nap: Option<Duration>,
}

impl Look<'_> {
    /// What may go in each chat, first things first; one class may be lifted among the pages.
    fn ready(&mut self, chats: &BTreeMap<ChatId, Vec<Head>>, lifted: Option<Class>) -> Vec<Turn> {
        let mut ready: Vec<Turn> = chats
            .values()
            .filter_map(|heads| self.in_chat(heads, lifted))
            .collect();
        ready.sort_by_key(|turn| (turn.place, turn.head.id));
        ready
    }

    /// What may go in a chat. Nothing goes before what comes first there, except that an escalation
    /// which waits holds nobody up, nor do edits that still gather.
    fn in_chat(&mut self, heads: &[Head], lifted: Option<Class>) -> Option<Turn> {
        let mut queue: Vec<(Place, OutboxId, &Head)> = heads
            .iter()
            .map(|head| (self.place_in_chat(head), head.id, head))
            .collect();
        queue.sort_unstable_by_key(|(place, id, _)| (*place, *id));
        for head in heads {
            if let Some(wait) = self.not_before(head) {
                self.nap(wait);
            }
        }
        // Among all chats this one stands where its most urgent row does, whichever goes first.
        let due = heads.iter().filter(|head| self.not_before(head).is_none());
        let place = Place::of(due.map(|head| head.class).min()?);
        for (in_chat, _, head) in queue {
            if self.not_before(head).is_some() {
                if in_chat == Place::Escalation {
                    continue;
                }
                return None;
            }
            let goes = goes(in_chat, head, lifted);
            if goes.in_chat == head.class
                && let Some(wait) = self.gathers(head)
            {
                self.nap(wait);
                continue;
            }
            if let Some(wait) = self.limits.wait(head.chat, goes, 1) {
                self.nap(wait);
                return None;
            }
            let head = *head;
            return Some(Turn { head, goes, place });
        }
        None
    }

    fn place_in_chat(&mut self, head: &Head) -> Place {
        let waited = self.now - head.created_at;
        let had = self.turns.in_chat.get(&(head.chat, head.class)).copied();
        let without = had.map_or(waited, |had| self.limits.now() - had);
        match head.class {
            Class::Escalation => Place::Escalation,
            Class::Page => Place::As(Class::Page),
            other if waited.min(without) >= turn_in_chat(other) => Place::HasWaited,
            other => Place::As(other),
        }
    }

    /// How long a row still has to wait. One of the future was put in before the clock was set back,
    /// and is not left lying until that moment comes again.
    fn not_before(&self, head: &Head) -> Option<Duration> {
        if head.created_at > self.now {
            return None;
        }
        positive(head.not_before - self.now)
    }

    /// How long an edit still gathers what else changes its message.
    fn gathers(&mut self, head: &Head) -> Option<Duration> {
        let gathers = matches!(head.class, Class::Card | Class::Edit);
        if !gathers || head.created_at > self.now {
            return None;
        }
        let gathering = TimeDelta::from_std(self.limits.gathering(head.chat)).ok()?;
        positive(head.created_at + gathering - self.now)
    }

    /// Whether a class has waited so long, wherever, that it has a turn before pages.
    fn waits_overall(&mut self, heads: &[Head], class: Class) -> bool {
        let had = self.turns.overall.get(&class).copied();
        let without = had.map(|had| self.limits.now() - had);
        let waits = |head: &Head| head.class == class && self.now - head.created_at >= TURN_OVERALL;
        without.is_none_or(|without| without >= TURN_OVERALL) && heads.iter().any(waits)
    }

    fn nap(&mut self, wait: Duration) {
        self.nap = Some(self.nap.map_or(wait, |nap| nap.min(wait)));
    }
}

fn goes(place: Place, head: &Head, lifted: Option<Class>) -> Goes {
    let in_chat = match place {
        Place::Escalation => Class::Escalation,
        Place::HasWaited => Class::Page,
        Place::As(class) => class,
    };
    let overall = match lifted {
        Some(class) if class == head.class => Class::Page,
        _ => head.class,
    };
    Goes { in_chat, overall }
}

fn positive(wait: TimeDelta) -> Option<Duration> {
    wait.to_std().ok().filter(|wait| !wait.is_zero())
}

#[cfg(test)]
mod tests;
