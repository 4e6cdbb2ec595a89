//! The messenger's limits: about thirty messages a second in all, twenty a minute in a group, one a
//! second in a private chat (Telegram's Bots FAQ; edits and pins count like messages).
//!
//! Windows slide, so no stretch of time ever holds more than its limit, and up to the limit nothing
//! waits: people answer each other in bursts, and a desk that paces itself evenly is felt as slow.
//! (Token buckets, which libraries offer, must choose between the two.)
//!
//! What is less urgent leaves the last places of a window to what is more so. A restart begins with
//! the windows of the last run, which are read from the rows; and a clock that is set back gives
//! nothing away, since time here only goes forward.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::{ChatId, Class, Says};
use crate::ports::{Clock, Pace, SentLately};

/// A limit: so many within any stretch of that length.
#[derive(Debug, Clone, Copy)]
struct Limit {
    many: usize,
    within: TimeDelta,
}

/// In all chats together: thirty a second, and a tenth more, since the messenger counts when a
/// message arrives, and not all of them are equally long on their way.
const OVERALL: Limit = Limit {
    many: 30,
    within: TimeDelta::milliseconds(1_100),
};

/// In a group: twenty a minute, and two seconds more for the same reason.
const GROUP: Limit = Limit {
    many: 20,
    within: TimeDelta::seconds(62),
};

/// In a private chat: one a second, in bursts of five.
const PRIVATE: Limit = Limit {
    many: 5,
    within: TimeDelta::seconds(5),
};

/// The longest stretch that a limit looks back over.
pub(super) const LOOK_BACK: TimeDelta = GROUP.within;

/// How many tries of one row can lie within that stretch: the pauses between them double from one
/// second on.
const TRIES_WITHIN: u32 = 6;

/// From how many messages in a group's window on its edits gather: about half of what it takes, so
/// that the life of one incident goes by without a wait.
const GATHER_FROM: usize = 8;

/// How much longer edits gather with each further message, so that what is left of the window
/// lasts until it slides on.
const GATHER_STEP: Duration = Duration::from_secs(1);

/// Two chats that are told to wait within that time were not too fast each: the bot is. (The windows
/// above keep one chat from it, and a flood is told to whoever calls next.)
const SAME_FLOOD: TimeDelta = TimeDelta::seconds(5);

/// The longest rest that is believed: the longest that was seen is some minutes.
const LONGEST_REST: TimeDelta = TimeDelta::hours(1);

/// How many chats are remembered before those at rest are forgotten.
const CHAT_LIMIT: usize = 10_000;

/// As what something goes: what has waited its time no longer gives way as its class does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Goes {
    /// In its chat.
    pub(super) in_chat: Class,
    /// Among all chats.
    pub(super) overall: Class,
}

/// What was sent lately, as far as limits care.
pub(super) struct Limits {
    time: ForwardTime,
    overall: Window,
    chats: HashMap<ChatId, Window>,
    resting: HashMap<ChatId, DateTime<Utc>>,
    /// Until when all chats rest.
    all_rest: Option<DateTime<Utc>>,
    /// Which chat was last told to wait, and when.
    told: Option<(ChatId, DateTime<Utc>)>,
}

impl Limits {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            time: ForwardTime::new(clock),
            overall: Window::default(),
            chats: HashMap::new(),
            resting: HashMap::new(),
            all_rest: None,
            told: None,
        }
    }

    /// Takes up what the last run left, whose clock may have been ahead of this one.
    pub(super) fn take_up(&mut self, pace: &Pace) {
        let now = self.now();
        let mut sent: Vec<&SentLately> = pace.sent.iter().collect();
        sent.sort_by_key(|sent| sent.at);
        for sent in sent {
            let tries = sent.attempts.clamp(1, TRIES_WITHIN) as usize;
            let at = sent.at.min(now);
            self.count(sent.chat, tries * messages_of(&sent.says), at);
        }
        let mut rests = pace.rests.clone();
        rests.sort_by_key(|rest| rest.told_at);
        for rest in rests {
            let told_at = rest.told_at.min(now);
            self.told_to_rest(rest.chat, told_at, told_at + (rest.until - rest.told_at));
        }
    }

    /// The present moment, in a time that only goes forward.
    pub(super) fn now(&mut self) -> DateTime<Utc> {
        self.time.now()
    }

    /// How long it takes until so many messages may go to this chat; `None`: no time. What each
    /// limit leaves free depends on the class as which they go.
    pub(super) fn wait(&mut self, chat: ChatId, goes: Goes, messages: usize) -> Option<Duration> {
        let now = self.now();
        let overall = OVERALL.less(kept_overall(goes.overall));
        let in_chat = limit_of(chat, goes.in_chat);
        let free_at = [
            self.all_rest,
            self.resting.get(&chat).copied(),
            self.overall.free_at(now, overall, messages),
            self.of(chat, now).free_at(now, in_chat, messages),
        ];
        let latest = free_at.into_iter().flatten().max()?;
        (latest - now).to_std().ok().filter(|wait| !wait.is_zero())
    }

    /// Counts messages as gone.
    pub(super) fn take(&mut self, chat: ChatId, messages: usize) {
        let now = self.now();
        self.resting.remove(&chat);
        self.count(chat, messages, now);
    }

    /// How long edits of this chat gather before they go: not at all while there is room enough,
    /// and the longer the less of it is left. What gathers becomes one call.
    pub(super) fn gathering(&mut self, chat: ChatId) -> Duration {
        if !chat.is_group() {
            return Duration::ZERO;
        }
        let now = self.now();
        let used = self.of(chat, now).within(now, GROUP);
        let beyond = u32::try_from(used.saturating_sub(GATHER_FROM)).unwrap_or(u32::MAX);
        GATHER_STEP.saturating_mul(beyond)
    }

    /// Leaves a chat alone for a while, as the messenger asked, or all of them. Others go on, unless
    /// one of them was told the same just now.
    pub(super) fn rest(&mut self, chat: Option<ChatId>, rest: Duration) {
        let now = self.now();
        let rest = TimeDelta::from_std(rest).unwrap_or(LONGEST_REST);
        self.told_to_rest(chat, now, now + rest);
    }

    fn told_to_rest(&mut self, chat: Option<ChatId>, told_at: DateTime<Utc>, until: DateTime<Utc>) {
        let until = until.min(told_at + LONGEST_REST);
        let Some(chat) = chat else {
            keep_later(self.all_rest.get_or_insert(until), until);
            return;
        };
        keep_later(self.resting.entry(chat).or_insert(until), until);
        if let Some((other, at)) = self.told.replace((chat, told_at))
            && other != chat
            && told_at - at < SAME_FLOOD
        {
            tracing::warn!(%chat, %other, %until, "two chats were told to wait: all of them do");
            let until = self
                .resting
                .get(&other)
                .map_or(until, |too| until.max(*too));
            keep_later(self.all_rest.get_or_insert(until), until);
        }
    }

    fn count(&mut self, chat: ChatId, messages: usize, at: DateTime<Utc>) {
        let again = std::iter::repeat_n(at, messages);
        self.overall.sent.extend(again.clone());
        self.of(chat, at).sent.extend(again);
    }

    fn of(&mut self, chat: ChatId, now: DateTime<Utc>) -> &mut Window {
        if self.chats.len() >= CHAT_LIMIT && !self.chats.contains_key(&chat) {
            self.chats.retain(|_, window| !window.is_at_rest(now));
            self.resting.retain(|_, until| *until > now);
        }
        self.chats.entry(chat).or_default()
    }
}

/// How many messages that becomes: each photo of an album is one.
pub(super) fn messages_of(says: &Says) -> usize {
    match says {
        Says::Photos { photos } => photos.len().max(1),
        _ => 1,
    }
}

fn keep_later(kept: &mut DateTime<Utc>, other: DateTime<Utc>) {
    *kept = other.max(*kept);
}

fn limit_of(chat: ChatId, class: Class) -> Limit {
    if chat.is_group() {
        GROUP.less(kept_in_a_group(class))
    } else {
        PRIVATE
    }
}

/// How much of a group's limit a class leaves free for what is more urgent: edits can be merged,
/// an answer cannot, and nobody misses chatter for a minute.
fn kept_in_a_group(class: Class) -> usize {
    match class {
        Class::Escalation => 0,
        Class::Page => 1,
        Class::Awaited => 2,
        Class::Card => 3,
        Class::Edit => 5,
        Class::Chatter => 8,
    }
}

/// How much of the overall limit a class leaves free, so that what is more urgent does not even
/// wait for the second to pass.
fn kept_overall(class: Class) -> usize {
    match class {
        Class::Escalation => 0,
        Class::Page => 2,
        Class::Awaited => 4,
        Class::Card | Class::Edit | Class::Chatter => 6,
    }
}

impl Limit {
    fn less(self, kept: usize) -> Self {
        Self {
            many: self.many.saturating_sub(kept),
            ..self
        }
    }
}

/// Time as it goes by: a clock that is set back stands still here until it goes on.
struct ForwardTime {
    clock: Arc<dyn Clock>,
    read: DateTime<Utc>,
    now: DateTime<Utc>,
}

impl ForwardTime {
    fn new(clock: Arc<dyn Clock>) -> Self {
        let now = clock.now();
        let read = now;
        Self { clock, read, now }
    }

    fn now(&mut self) -> DateTime<Utc> {
        let read = self.clock.now();
        self.now += (read - self.read).max(TimeDelta::zero());
        self.read = read;
        self.now
    }
}

/// When something was sent, within the longest stretch that a limit looks at.
#[derive(Debug, Default)]
struct Window {
    sent: VecDeque<DateTime<Utc>>,
}

impl Window {
    /// When the limit allows so many more; `None` when it does already. More than the limit go when
    /// nothing else went: they cannot be parted.
    fn free_at(
        &mut self,
        now: DateTime<Utc>,
        limit: Limit,
        messages: usize,
    ) -> Option<DateTime<Utc>> {
        let within = self.within(now, limit);
        let wanted = messages.min(limit.many);
        let too_many = (within + wanted).checked_sub(limit.many)?;
        let last = self.sent.len() - within + too_many.checked_sub(1)?;
        let leaves = self.sent.get(last)?;
        Some(*leaves + limit.within)
    }

    /// How many went within that limit's stretch.
    fn within(&mut self, now: DateTime<Utc>, limit: Limit) -> usize {
        while self
            .sent
            .front()
            .is_some_and(|first| now - *first >= LOOK_BACK)
        {
            self.sent.pop_front();
        }
        let first = self.sent.partition_point(|at| now - *at >= limit.within);
        self.sent.len() - first
    }

    fn is_at_rest(&self, now: DateTime<Utc>) -> bool {
        self.sent.back().is_none_or(|last| now - *last >= LOOK_BACK)
    }
}

#[cfg(test)]
mod tests;
