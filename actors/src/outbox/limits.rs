//! The messenger's limits: about thirty messages a second in all, twenty a minute in a group, one a
//! second in a private chat (Telegram's Bots FAQ; edits and pins count like messages).
//!
//! Windows slide, so no stretch of time ever holds more than its limit, and up to the limit nothing
//! waits: people answer each other in bursts, and a desk that paces itself evenly is felt as slow.
//! (Token buckets, which libraries offer, must choose between the two.)

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::domain::{ChatId, Class};
use crate::ports::Clock;

/// A limit: so many within any stretch of that length.
#[derive(Debug, Clone, Copy)]
struct Limit {
    many: usize,
    within: chrono::Duration,
}

/// In all chats together.
const OVERALL: Limit = Limit {
    many: 30,
    within: chrono::Duration::seconds(1),
};

/// In a group: twenty a minute, and two seconds more, since the messenger counts when a message
/// arrives: one may be two seconds on its way, and the one a minute later no time at all.
const GROUP: Limit = Limit {
    many: 20,
    within: chrono::Duration::seconds(62),
};

/// In a private chat: one a second, in bursts of five.
const PRIVATE: Limit = Limit {
    many: 5,
    within: chrono::Duration::seconds(5),
};

/// How much of a group's limit edits leave free for what somebody waits for: edits can be merged,
/// an answer cannot.
const KEPT_FROM_EDITS: usize = 2;

/// How much of it chatter leaves free: nobody misses it for a minute.
const KEPT_FROM_CHATTER: usize = 8;

/// How many chats are remembered before those at rest are forgotten.
const CHAT_LIMIT: usize = 10_000;

/// Whether something may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    /// Yes.
    Now,
    /// Not before that long.
    After(Duration),
}

/// What was sent lately, as far as limits care.
pub(super) struct Limits {
    clock: Arc<dyn Clock>,
    overall: Window,
    chats: HashMap<ChatId, Window>,
    resting: HashMap<ChatId, DateTime<Utc>>,
}

impl Limits {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            overall: Window::default(),
            chats: HashMap::new(),
            resting: HashMap::new(),
        }
    }

    /// Whether a message of this class may go to this chat; if so, it counts as gone.
    pub(super) fn room(&mut self, chat: ChatId, class: Class) -> Room {
        let now = self.clock.now();
        let free_at = [
            self.resting.get(&chat).copied(),
            self.overall.free_at(now, OVERALL),
            self.of(chat, now).free_at(now, limit_of(chat, class)),
        ];
        if let Some(latest) = free_at.into_iter().flatten().max()
            && let Ok(wait) = (latest - now).to_std()
            && !wait.is_zero()
        {
            return Room::After(wait);
        }
        self.resting.remove(&chat);
        self.overall.sent.push_back(now);
        self.of(chat, now).sent.push_back(now);
        Room::Now
    }

    /// Leaves a chat alone for a while, as the messenger asked. Others go on.
    pub(super) fn rest(&mut self, chat: ChatId, rest: Duration) {
        let rest = chrono::Duration::from_std(rest).unwrap_or(chrono::Duration::hours(1));
        self.resting.insert(chat, self.clock.now() + rest);
    }

    fn of(&mut self, chat: ChatId, now: DateTime<Utc>) -> &mut Window {
        if self.chats.len() >= CHAT_LIMIT && !self.chats.contains_key(&chat) {
            self.chats.retain(|_, window| !window.is_at_rest(now));
        }
        self.chats.entry(chat).or_default()
    }
}

fn limit_of(chat: ChatId, class: Class) -> Limit {
    match (chat.is_group(), class) {
        (false, _) => PRIVATE,
        (true, Class::Page) => GROUP,
        (true, Class::Card | Class::Edit) => GROUP.less(KEPT_FROM_EDITS),
        (true, Class::Chatter) => GROUP.less(KEPT_FROM_CHATTER),
    }
}

impl Limit {
    fn less(self, kept: usize) -> Self {
        Self {
            many: self.many - kept,
            ..self
        }
    }
}

/// When something was sent, within the longest stretch that a limit looks at.
#[derive(Debug, Default)]
struct Window {
    sent: VecDeque<DateTime<Utc>>,
}

impl Window {
    /// When the limit allows one more; `None` when it does already. A moment ahead of the clock,
    /// left from before it was set back, is forgotten.
    fn free_at(&mut self, now: DateTime<Utc>, limit: Limit) -> Option<DateTime<Utc>> {
        if self.sent.back().is_some_and(|last| *last > now) {
            self.sent.clear();
        }
        while self
            .sent
            .front()
            .is_some_and(|first| now - *first >= GROUP.within)
        {
            self.sent.pop_front();
        }
        let first = self.sent.partition_point(|at| now - *at >= limit.within);
        let within = self.sent.len() - first;
        let too_many = (within + 1)
            .checked_sub(limit.many)
            .filter(|many| *many > 0)?;
        let leaves = self.sent.get(first + too_many - 1)?;
        Some(*leaves + limit.within)
    }

    fn is_at_rest(&self, now: DateTime<Utc>) -> bool {
        self.sent
            .back()
            .is_none_or(|last| now - *last >= GROUP.within)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    struct Hand(Mutex<DateTime<Utc>>);

    impl Clock for Hand {
        fn now(&self) -> DateTime<Utc> {
            *self.0.lock().expect("the clock")
        }
    }

    fn limits() -> (Arc<Hand>, Limits) {
        let start = DateTime::from_timestamp(1_800_000_000, 0).expect("a moment");
        let hand = Arc::new(Hand(Mutex::new(start)));
        (Arc::clone(&hand), Limits::new(hand))
    }

    fn advance(hand: &Hand, step: chrono::Duration) {
        *hand.0.lock().expect("the clock") += step;
    }

    /// Sends whenever there is room, for two minutes; answers when.
    fn flood(chats: &[ChatId]) -> Vec<i64> {
        let (hand, mut limits) = limits();
        let start = hand.now();
        let mut sent = Vec::new();
        for _ in 0..1_200 {
            for chat in chats {
                while limits.room(*chat, Class::Page) == Room::Now {
                    sent.push((hand.now() - start).num_milliseconds());
                }
            }
            advance(&hand, chrono::Duration::milliseconds(100));
        }
        sent
    }

    fn most_within(sent: &[i64], window: i64) -> usize {
        (0..sent.len())
            .map(|first| {
                sent[first..]
                    .iter()
                    .take_while(|at| **at < sent[first] + window)
                    .count()
            })
            .max()
            .unwrap_or(0)
    }

    #[test]
    fn a_group_never_gets_more_than_twenty_a_minute_and_gets_nearly_that() {
        let sent = flood(&[ChatId(-1_000_000_000_001)]);
        assert!(most_within(&sent, 60_000) <= 20, "{sent:?}");
        assert_eq!(sent.len(), 40, "all that two minutes allow");
    }

    #[test]
    fn edits_leave_room_for_what_somebody_waits_for() {
        let (_, mut limits) = limits();
        let group = ChatId(-1);
        let edits = (0..20)
            .filter(|_| limits.room(group, Class::Card) == Room::Now)
            .count();
        let pages = (0..20)
            .filter(|_| limits.room(group, Class::Page) == Room::Now)
            .count();
        assert_eq!((edits, pages), (18, 2));
    }

    #[test]
    fn a_private_chat_gets_short_bursts_and_one_a_second_on_the_whole() {
        let sent = flood(&[ChatId(1)]);
        assert!(most_within(&sent, 5_000) <= 5, "{sent:?}");
        assert!(sent.len() <= 125);
    }

    #[test]
    fn all_chats_together_never_get_more_than_thirty_a_second() {
        let chats: Vec<ChatId> = (1..200).map(ChatId).collect();
        let sent = flood(&chats);
        assert!(most_within(&sent, 1_000) <= 30);
        assert!(sent.len() > 2_400, "{} in two minutes", sent.len());
    }

    #[test]
    fn a_chat_told_to_rest_rests_while_others_go_on() {
        let (hand, mut limits) = limits();
        limits.rest(ChatId(-1), Duration::from_secs(30));
        assert_eq!(
            limits.room(ChatId(-1), Class::Page),
            Room::After(Duration::from_secs(30))
        );
        assert_eq!(limits.room(ChatId(-2), Class::Page), Room::Now);
        advance(&hand, chrono::Duration::seconds(30));
        assert_eq!(limits.room(ChatId(-1), Class::Page), Room::Now);
    }
}
