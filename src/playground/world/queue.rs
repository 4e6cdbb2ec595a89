//! The updates that wait for the bot.
//!
//! Telegram keeps them until a `getUpdates` with a higher offset confirms them, so whatever the
//! bot lost comes again.

use std::collections::VecDeque;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Map, Value, json};

/// Telegram's own cap; the oldest are lost.
const QUEUE_CAP: usize = 100_000;
/// Updates older than this are never delivered.
const UPDATE_RETENTION: TimeDelta = TimeDelta::hours(24);
/// Presses are forgotten sooner than messages.
const PRESS_RETENTION: TimeDelta = TimeDelta::seconds(150);
/// Where update ids begin; Telegram starts anywhere.
const FIRST_UPDATE: i64 = 630_000_001;
/// Kinds a bot gets only when it asks for them by name.
const OPT_IN: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];

/// An update not yet confirmed.
#[derive(Debug, Clone)]
struct Queued {
    id: i64,
    update: Value,
    expires: DateTime<Utc>,
}

/// The queue and what the bot said about it.
#[derive(Debug)]
pub(in crate::playground) struct Queue {
    waiting: VecDeque<Queued>,
    next: i64,
    confirmed: i64,
    allowed: Option<Vec<String>>,
    /// Which long poll is the present one; an older one is told to go.
    pub(in crate::playground) poll: u64,
    pub(in crate::playground) webhook: Option<Webhook>,
}

/// Where updates are pushed to, when the bot does not poll.
#[derive(Debug, Clone, Default)]
pub(in crate::playground) struct Webhook {
    pub(in crate::playground) url: String,
    pub(in crate::playground) secret: Option<String>,
    pub(in crate::playground) last_error: Option<(DateTime<Utc>, String)>,
}

impl Default for Queue {
    fn default() -> Self {
        Self {
            waiting: VecDeque::new(),
            next: FIRST_UPDATE,
            confirmed: FIRST_UPDATE - 1,
            allowed: None,
            poll: 0,
            webhook: None,
        }
    }
}

impl Queue {
    /// Queues an update of a kind the bot wants, `times` over with the same id.
    pub(super) fn push(&mut self, kind: &str, body: &Value, now: DateTime<Utc>, times: usize) {
        if !self.wants(kind) {
            return;
        }
        let retention = if kind == "callback_query" {
            PRESS_RETENTION
        } else {
            UPDATE_RETENTION
        };
        let mut update = Map::new();
        update.insert("update_id".into(), json!(self.next));
        update.insert(kind.into(), body.clone());
        let queued = Queued {
            id: self.next,
            update: Value::Object(update),
            expires: now + retention,
        };
        self.next += 1;
        self.waiting.extend(std::iter::repeat_n(queued, times));
        while self.waiting.len() > QUEUE_CAP {
            self.waiting.pop_front();
        }
    }

    /// Queues anything at all, also what no Telegram would send.
    pub(in crate::playground) fn push_raw(&mut self, mut update: Value, now: DateTime<Utc>) -> i64 {
        let given = update.get("update_id").and_then(Value::as_i64);
        let id = given.unwrap_or(self.next);
        self.next = self.next.max(id + 1);
        if let Some(object) = update.as_object_mut() {
            object.entry("update_id").or_insert(json!(id));
        }
        self.waiting.push_back(Queued {
            id,
            update,
            expires: now + UPDATE_RETENTION,
        });
        id
    }

    fn wants(&self, kind: &str) -> bool {
        match &self.allowed {
            Some(allowed) if !allowed.is_empty() => allowed.iter().any(|one| one == kind),
            _ => !OPT_IN.contains(&kind),
        }
    }

    /// Remembered until said anew, as Telegram does.
    pub(in crate::playground) fn allow(&mut self, kinds: Vec<String>) {
        self.allowed = Some(kinds);
    }

    /// Forgets what lies before `offset`; a negative one keeps only the last few.
    pub(in crate::playground) fn confirm(&mut self, offset: i64) {
        if offset < 0 {
            let kept = usize::try_from(-offset).unwrap_or(usize::MAX);
            let surplus = self.waiting.len().saturating_sub(kept);
            if let Some(last) = self.waiting.drain(..surplus).next_back() {
                self.confirmed = self.confirmed.max(last.id);
            }
        } else if offset > 0 {
            self.confirmed = self.confirmed.max(offset - 1);
            self.waiting.retain(|queued| queued.id >= offset);
        }
    }

    /// What is to be delivered now; it stays until confirmed.
    pub(in crate::playground) fn peek(&mut self, limit: usize, now: DateTime<Utc>) -> Vec<Value> {
        self.waiting.retain(|queued| queued.expires > now);
        self.waiting
            .iter()
            .take(limit)
            .map(|queued| queued.update.clone())
            .collect()
    }

    /// A webhook's 200 confirms one update.
    pub(in crate::playground) fn confirm_one(&mut self, id: i64) {
        self.confirmed = self.confirmed.max(id);
        if let Some(position) = self.waiting.iter().position(|queued| queued.id == id) {
            self.waiting.remove(position);
        }
    }

    pub(in crate::playground) fn clear(&mut self) {
        self.confirmed = self.next - 1;
        self.waiting.clear();
    }

    pub(in crate::playground) fn pending(&self) -> Vec<Value> {
        self.waiting
            .iter()
            .map(|queued| queued.update.clone())
            .collect()
    }

    pub(in crate::playground) fn len(&self) -> usize {
        self.waiting.len()
    }

    /// The offset a bot would poll with after all it has confirmed.
    pub(in crate::playground) fn confirmed_offset(&self) -> i64 {
        self.confirmed + 1
    }

    pub(in crate::playground) fn allowed(&self) -> Option<&[String]> {
        self.allowed.as_deref()
    }
}
