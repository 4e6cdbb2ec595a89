//! What the poll loop does when a poll fails. Pure, so that every kind of bad weather can be tried
//! without waiting for it.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::poll::ListenError;
use crate::telegram::client::{CallError, Fault};

/// How many polls in a row another poller may cut short before this one gives way. With the pause
/// between them that is a minute: a predecessor that was killed leaves a poll of at most 50 s.
const CONFLICT_LIMIT: u32 = 12;

/// How often another poller is complained about.
const COMPLAINT_INTERVAL: TimeDelta = TimeDelta::seconds(60);

/// How many reasons one outage may have in the log: a line that is mended passes through a few, and
/// one that flaps must not fill it.
const REASONS_TOLD: usize = 5;

/// How long Telegram may have the loop wait: it was seen to ask for up to 230 s.
const TOLD_WAIT_LIMIT: Duration = Duration::from_secs(300);

/// How long the loop waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// After a first failure; doubled with each further one.
    pub first: Duration,
    /// At most.
    pub longest: Duration,
    /// After another poller cut a poll short. Telegram delays such answers by 3 s itself.
    pub conflict: Duration,
    /// For the slowest of a batch, before more is fetched beside it. Telegram hands out updates one
    /// by one to whoever asks twice within half a second.
    pub patience: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            first: Duration::from_millis(500),
            longest: Duration::from_secs(30),
            conflict: Duration::from_secs(5),
            patience: Duration::from_millis(600),
        }
    }
}

impl Pace {
    /// The wait after so many failures in a row.
    pub(in crate::telegram) fn after(&self, failures: u32) -> Duration {
        let doublings = failures.saturating_sub(1).min(16);
        self.first.saturating_mul(1 << doublings).min(self.longest)
    }
}

/// What to do after a failed poll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::telegram) enum Step {
    /// Poll again after that long.
    Wait(Duration),
    /// Take away the webhook that has the updates, then wait that long.
    DeleteWebhook(Duration),
    /// End: somebody has to change something.
    GiveUp(ListenError),
}

/// The failures so far.
#[derive(Debug)]
pub(in crate::telegram) struct Setbacks {
    pace: Pace,
    failures: u32,
    conflicts: u32,
    webhook_deleted: bool,
    complained_at: Option<DateTime<Utc>>,
    /// Why Telegram does not answer, as far as the log says so.
    told: Vec<String>,
}

impl Setbacks {
    pub(in crate::telegram) fn new(pace: Pace) -> Self {
        Self {
            pace,
            failures: 0,
            conflicts: 0,
            webhook_deleted: false,
            complained_at: None,
            told: Vec::new(),
        }
    }

    /// A poll was answered.
    pub(in crate::telegram) fn over(&mut self) {
        if self.failures > 0 {
            tracing::info!(failures = self.failures, "Telegram answers again");
        }
        self.failures = 0;
        self.conflicts = 0;
        self.told.clear();
    }

    /// A poll failed.
    pub(in crate::telegram) fn after(&mut self, error: &CallError, now: DateTime<Utc>) -> Step {
        match error.fault() {
            Some(fault) if fault.is_token_refused() => Step::GiveUp(ListenError::TokenRefused),
            Some(fault) if fault.is_other_poller() => self.conflict(now),
            Some(fault) if fault.is_webhook_active() => self.webhook(now),
            Some(Fault {
                retry_after: Some(told),
                ..
            }) => Step::Wait((*told).clamp(self.pace.first, TOLD_WAIT_LIMIT)),
            _ => self.broken(error),
        }
    }

    fn broken(&mut self, error: &CallError) -> Step {
        self.failures = self.failures.saturating_add(1);
        if self.is_news(error.to_string()) {
            tracing::warn!(%error, "Telegram does not answer; trying until it does");
        }
        Step::Wait(self.pace.after(self.failures))
    }

    /// Whether the log does not say so yet: what is wrong now is what somebody can mend.
    fn is_news(&mut self, reason: String) -> bool {
        let news = !self.told.contains(&reason) && self.told.len() < REASONS_TOLD;
        if news {
            self.told.push(reason);
        }
        news
    }

    fn conflict(&mut self, now: DateTime<Utc>) -> Step {
        self.conflicts = self.conflicts.saturating_add(1);
        if self.conflicts >= CONFLICT_LIMIT {
            return Step::GiveUp(ListenError::AnotherPoller);
        }
        let due = |at: DateTime<Utc>| now.signed_duration_since(at) >= COMPLAINT_INTERVAL;
        if self.complained_at.is_none_or(due) {
            self.complained_at = Some(now);
            tracing::error!(
                "another process polls with this token and takes updates away; stop it, or give \
                 each its own token"
            );
        }
        Step::Wait(self.pace.conflict)
    }

    /// A webhook of an earlier set-up is taken away; one that comes back belongs to somebody.
    fn webhook(&mut self, now: DateTime<Utc>) -> Step {
        if self.webhook_deleted {
            return self.conflict(now);
        }
        self.webhook_deleted = true;
        tracing::warn!("a webhook is set for this token: removing it, since updates are polled");
        Step::DeleteWebhook(self.pace.first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken() -> CallError {
        CallError::NotSent {
            method: "getUpdates".into(),
            reason: "no route to host".into(),
        }
    }

    fn flood(seconds: u64) -> CallError {
        CallError::Refused {
            method: "getUpdates".into(),
            fault: Fault {
                code: 429,
                description: "Too Many Requests".into(),
                retry_after: Some(Duration::from_secs(seconds)),
                migrated_to: None,
            },
        }
    }

    #[test]
    fn waits_grow_to_half_a_minute_and_begin_anew_when_the_line_is_back() {
        let mut setbacks = Setbacks::new(Pace::default());
        let mut waits = Vec::new();
        for _ in 0..9 {
            match setbacks.after(&broken(), DateTime::UNIX_EPOCH) {
                Step::Wait(wait) => waits.push(wait.as_millis()),
                other => panic!("{other:?}"),
            }
        }
        let expected = [
            500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000,
        ];
        assert_eq!(waits, expected);
        setbacks.over();
        let first = Step::Wait(Duration::from_millis(500));
        assert_eq!(setbacks.after(&broken(), DateTime::UNIX_EPOCH), first);
    }

    #[test]
    fn each_reason_is_told_once_an_outage_and_no_more_than_a_few() {
        let mut setbacks = Setbacks::new(Pace::default());
        let told = |setbacks: &mut Setbacks, reason: &str| setbacks.is_news(reason.to_owned());
        assert!(told(&mut setbacks, "refused"));
        assert!(told(&mut setbacks, "no such name"));
        assert!(!told(&mut setbacks, "refused"));
        for number in 2..REASONS_TOLD {
            assert!(told(&mut setbacks, &format!("reason {number}")));
        }
        assert!(!told(&mut setbacks, "one too many"));
        setbacks.over();
        assert!(told(&mut setbacks, "refused"));
    }

    #[test]
    fn telegram_is_obeyed_within_reason() {
        let mut setbacks = Setbacks::new(Pace::default());
        for (told, waits) in [(0, 500), (17, 17_000), (86_400, 300_000)] {
            let step = setbacks.after(&flood(told), DateTime::UNIX_EPOCH);
            assert_eq!(step, Step::Wait(Duration::from_millis(waits)), "{told}");
        }
    }
}
