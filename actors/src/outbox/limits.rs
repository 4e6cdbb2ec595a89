//! The messenger's limits: about thirty messages a second in all, twenty a minute in a group, one a
//! second in a private chat (Telegram's Bots FAQ; edits and pins count like messages).

use std::collections::{HashMap, HashSet};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use governor::clock::Clock as GovernorClock;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::HashMapStateStore;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};

use crate::domain::ChatId;
use crate::ports::Clock;

/// In all chats together, a second; with the burst below at most thirty in any second.
const OVERALL_A_SECOND: NonZeroU32 = NonZeroU32::new(25).unwrap();

/// How many messages may go at once in all chats together.
const OVERALL_BURST: NonZeroU32 = NonZeroU32::new(5).unwrap();

/// How many messages a group may get at once, before the pace below holds.
const GROUP_BURST: NonZeroU32 = NonZeroU32::new(5).unwrap();

/// The pace in a group: with the burst at most twenty in any minute.
const GROUP_PACE: Duration = Duration::from_secs(4);

/// How many messages a private chat may get at once: short bursts are allowed.
const PRIVATE_BURST: NonZeroU32 = NonZeroU32::new(3).unwrap();

/// The pace in a private chat.
const PRIVATE_PACE: Duration = Duration::from_secs(1);

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

type Overall = RateLimiter<NotKeyed, InMemoryState, DeskClock, NoOpMiddleware<Nanos>>;
type PerChat = RateLimiter<ChatId, HashMapStateStore<ChatId>, DeskClock, NoOpMiddleware<Nanos>>;

/// What was sent lately, as far as limits care.
pub(super) struct Limits {
    clock: DeskClock,
    overall: Overall,
    groups: PerChat,
    privates: PerChat,
    resting: HashMap<ChatId, DateTime<Utc>>,
    /// Chats that have room, but must wait for room in all: their share is not counted twice.
    granted: HashSet<ChatId>,
}

impl Limits {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        let clock = DeskClock(clock);
        let per_chat = |pace: Duration, burst: NonZeroU32| {
            let quota = Quota::with_period(pace)
                .unwrap_or(Quota::per_minute(burst))
                .allow_burst(burst);
            RateLimiter::new(quota, HashMapStateStore::default(), clock.clone())
        };
        Self {
            overall: RateLimiter::direct_with_clock(
                Quota::per_second(OVERALL_A_SECOND).allow_burst(OVERALL_BURST),
                clock.clone(),
            ),
            groups: per_chat(GROUP_PACE, GROUP_BURST),
            privates: per_chat(PRIVATE_PACE, PRIVATE_BURST),
            resting: HashMap::new(),
            granted: HashSet::new(),
            clock,
        }
    }

    /// Whether a message to this chat may go; if so, it counts as gone.
    pub(super) fn room(&mut self, chat: ChatId) -> Room {
        let now = self.clock.0.now();
        if let Some(until) = self.resting.get(&chat).copied() {
            match (until - now).to_std() {
                Ok(wait) if !wait.is_zero() => return Room::After(wait),
                _ => {
                    self.resting.remove(&chat);
                }
            }
        }
        let per_chat = if chat.is_group() {
            &self.groups
        } else {
            &self.privates
        };
        if per_chat.len() > CHAT_LIMIT {
            per_chat.retain_recent();
        }
        if !self.granted.contains(&chat)
            && let Err(wait) = per_chat.check_key(&chat)
        {
            return Room::After(wait.wait_time_from(self.clock.now()));
        }
        match self.overall.check() {
            Ok(()) => {
                self.granted.remove(&chat);
                Room::Now
            }
            Err(wait) => {
                self.granted.insert(chat);
                Room::After(wait.wait_time_from(self.clock.now()))
            }
        }
    }

    /// Leaves a chat alone for a while, as the messenger asked. Others go on.
    pub(super) fn rest(&mut self, chat: ChatId, rest: Duration) {
        let rest = chrono::Duration::from_std(rest).unwrap_or(chrono::Duration::hours(1));
        self.resting.insert(chat, self.clock.0.now() + rest);
    }
}

/// The desk's clock, as the rate limiter wants it.
#[derive(Clone)]
struct DeskClock(Arc<dyn Clock>);

impl std::fmt::Debug for DeskClock {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("DeskClock")
    }
}

impl GovernorClock for DeskClock {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        let nanoseconds = self.0.now().timestamp_nanos_opt().unwrap_or(0);
        Nanos::from(u64::try_from(nanoseconds).unwrap_or(0))
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
                while limits.room(*chat) == Room::Now {
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
        assert!(sent.len() >= 30, "{} in two minutes", sent.len());
    }

    #[test]
    fn all_chats_together_never_get_more_than_thirty_a_second() {
        let chats: Vec<ChatId> = (1..200).map(ChatId).collect();
        let sent = flood(&chats);
        assert!(most_within(&sent, 1_000) <= 30);
        assert!(sent.len() > 1_200, "{} in two minutes", sent.len());
    }

    #[test]
    fn a_chat_told_to_rest_rests_while_others_go_on() {
        let (hand, mut limits) = limits();
        limits.rest(ChatId(-1), Duration::from_secs(30));
        assert_eq!(
            limits.room(ChatId(-1)),
            Room::After(Duration::from_secs(30))
        );
        assert_eq!(limits.room(ChatId(-2)), Room::Now);
        advance(&hand, chrono::Duration::seconds(30));
        assert_eq!(limits.room(ChatId(-1)), Room::Now);
    }
}
