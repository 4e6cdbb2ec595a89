//! The poll loop: fetch a batch, hand it over, wait for the verdicts, and only then move on.

use std::sync::Arc;
use std::time::Duration;

use actors::ports::Clock;
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::join_all;
use serde::Serialize;
use serde_json::value::RawValue;
use teloxide::payloads::DeleteWebhook;
use teloxide::types::AllowedUpdate;
use tokio_util::sync::CancellationToken;

use super::reception::{Reception, Taken};
use super::setbacks::{Setbacks, Step};
use super::{ALLOWED_UPDATES, Pace};
use crate::telegram::client::{CALL_TIMEOUT, CallError};
use crate::telegram::decode::update_id;

const GET_UPDATES: &str = "getUpdates";

/// How long Telegram holds a poll when there is nothing: its own limit.
const POLL_SECONDS: u64 = 50;

/// How long a poll may take in all: what Telegram holds it, and the way there and back.
const POLL_TIMEOUT: Duration = Duration::from_secs(POLL_SECONDS + 10);

/// How many updates a batch may hold: Telegram's own limit.
const BATCH_LIMIT: usize = 100;

/// How long the last confirmation may take: without it the batch only comes again.
const CONFIRM_TIMEOUT: Duration = Duration::from_secs(5);

/// After a week without updates Telegram numbers them anew from anywhere, possibly below the
/// offset; before that the offset is dropped, which asks for whatever is not confirmed.
const OFFSET_LIFETIME: TimeDelta = TimeDelta::days(6);

/// Why the loop gave up: somebody has to change something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ListenError {
    /// The token is wrong.
    #[error("Telegram refuses the bot's token: give the one that @BotFather shows")]
    TokenRefused,
    /// Somebody else has the token too.
    #[error("another process polls with this bot's token: stop it, or use another bot")]
    AnotherPoller,
}

/// Polls for updates.
pub struct Listener {
    reception: Arc<Reception>,
    clock: Arc<dyn Clock>,
    pace: Pace,
}

impl Listener {
    /// A listener for that reception.
    #[must_use]
    pub fn new(reception: Arc<Reception>, clock: Arc<dyn Clock>, pace: Pace) -> Self {
        Self {
            reception,
            clock,
            pace,
        }
    }

    /// Polls until it is told to stop. The batch in hand is finished first and confirmed, so that
    /// a planned restart repeats nothing.
    ///
    /// # Errors
    /// When polling cannot go on: the token is wrong, or not the desk's alone.
    pub async fn run(&self, stop: CancellationToken) -> Result<(), ListenError> {
        let mut progress = Progress::default();
        let mut setbacks = Setbacks::new(self.pace);
        let mut behind = true;
        while !stop.is_cancelled() {
            let offset = progress.offset(self.clock.now());
            let Some(polled) = until(&stop, self.poll(offset, behind)).await else {
                break;
            };
            match polled {
                Ok(batch) => {
                    setbacks.over();
                    if !self.handle(&batch, &stop).await {
                        break;
                    }
                    if !progress.pass(&batch, self.clock.now()) {
                        tracing::error!("a batch without a single number cannot be passed");
                        let _ = until(&stop, tokio::time::sleep(self.pace.longest)).await;
                    }
                    if behind && batch.len() < BATCH_LIMIT {
                        behind = false;
                        self.reception.caught_up();
                    }
                }
                Err(error) => self.recover(&mut setbacks, &error, &stop).await?,
            }
        }
        self.confirm(&progress).await;
        self.reception.close().await;
        Ok(())
    }

    /// Asks for a batch. While there may be a backlog Telegram is not to hold the poll: an empty
    /// answer says at once that there is none.
    async fn poll(
        &self,
        offset: Option<i64>,
        behind: bool,
    ) -> Result<Vec<Box<RawValue>>, CallError> {
        let ask = GetUpdates {
            offset,
            limit: BATCH_LIMIT,
            timeout: if behind { 0 } else { POLL_SECONDS },
            allowed_updates: &ALLOWED_UPDATES,
        };
        self.reception
            .client()
            .call(GET_UPDATES, &ask, POLL_TIMEOUT)
            .await
    }

    /// Hands a batch over until all of it has verdicts; `false` if told to stop before.
    ///
    /// All are handed over at once and in order: each future is first polled in its turn and puts
    /// its update into the mailbox of its group then, so a group's updates stay in order. (One that
    /// has to ask Telegram for somebody's rights first may be overtaken; those only configure.)
    async fn handle(&self, batch: &[Box<RawValue>], stop: &CancellationToken) -> bool {
        let mut waiting: Vec<&str> = batch.iter().map(|raw| raw.get()).collect();
        let mut rounds = 0;
        loop {
            let taken = join_all(waiting.iter().map(|raw| self.reception.take(raw))).await;
            waiting = waiting
                .into_iter()
                .zip(taken)
                .filter(|(_, taken)| *taken == Taken::Again)
                .map(|(raw, _)| raw)
                .collect();
            if waiting.is_empty() {
                return true;
            }
            rounds += 1;
            let pause = tokio::time::sleep(self.pace.after(rounds));
            if until(stop, pause).await.is_none() {
                return false;
            }
        }
    }

    async fn recover(
        &self,
        setbacks: &mut Setbacks,
        error: &CallError,
        stop: &CancellationToken,
    ) -> Result<(), ListenError> {
        let pause = match setbacks.after(error, self.clock.now()) {
            Step::GiveUp(error) => return Err(error),
            Step::Wait(pause) => pause,
            Step::DeleteWebhook(pause) => {
                self.delete_webhook().await;
                pause
            }
        };
        // Told to stop or not: the loop looks itself.
        let _ = until(stop, tokio::time::sleep(pause)).await;
        Ok(())
    }

    async fn delete_webhook(&self) {
        let mut payload = DeleteWebhook::new();
        payload.drop_pending_updates = Some(false);
        if let Err(error) = self.reception.client().order(&payload, CALL_TIMEOUT).await {
            tracing::warn!(%error, "the webhook could not be removed");
        }
    }

    /// Telegram takes an offset as confirmation only with the next poll; what that poll hands out
    /// is not confirmed and simply comes again.
    async fn confirm(&self, progress: &Progress) {
        let Some(offset) = progress.offset else {
            return;
        };
        let ask = GetUpdates {
            offset: Some(offset),
            limit: 1,
            timeout: 0,
            allowed_updates: &ALLOWED_UPDATES,
        };
        let client = self.reception.client();
        let confirmed: Result<Vec<Box<RawValue>>, CallError> =
            client.call(GET_UPDATES, &ask, CONFIRM_TIMEOUT).await;
        if let Err(error) = confirmed {
            tracing::info!(%error, "the last batch could not be confirmed and will come again");
        }
    }
}

#[derive(Serialize)]
struct GetUpdates<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<i64>,
    limit: usize,
    timeout: u64,
    allowed_updates: &'a [AllowedUpdate],
}

/// How far the loop has come.
#[derive(Debug, Default)]
struct Progress {
    offset: Option<i64>,
    moved_at: Option<DateTime<Utc>>,
}

impl Progress {
    fn offset(&self, now: DateTime<Utc>) -> Option<i64> {
        let fresh = |at: DateTime<Utc>| now.signed_duration_since(at) < OFFSET_LIFETIME;
        self.offset.filter(|_| self.moved_at.is_some_and(fresh))
    }

    /// Everything in the batch has its verdict. `false` where the batch has nothing to go by: it
    /// would come again at once.
    fn pass(&mut self, batch: &[Box<RawValue>], now: DateTime<Utc>) -> bool {
        let newest = batch.iter().filter_map(|raw| update_id(raw.get())).max();
        if let Some(newest) = newest {
            self.offset = Some(newest.0.saturating_add(1));
            self.moved_at = Some(now);
        }
        newest.is_some() || batch.is_empty()
    }
}

/// Waits for something, or for the word to stop: then `None`.
pub(in crate::telegram) async fn until<T>(
    stop: &CancellationToken,
    waited_for: impl Future<Output = T>,
) -> Option<T> {
    tokio::select! {
        biased;
        () = stop.cancelled() => None,
        done = waited_for => Some(done),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(raw: &str) -> Vec<Box<RawValue>> {
        serde_json::from_str(raw).unwrap()
    }

    #[test]
    fn the_offset_follows_the_newest_update_and_is_dropped_before_numbers_begin_anew() {
        let start = DateTime::UNIX_EPOCH;
        let mut progress = Progress::default();
        assert_eq!(progress.offset(start), None);
        assert!(progress.pass(&batch(r#"[{"update_id":9},{"update_id":7},{}]"#), start));
        assert!(progress.pass(&batch("[]"), start));
        assert_eq!(progress.offset(start + TimeDelta::days(5)), Some(10));
        assert_eq!(progress.offset(start + TimeDelta::days(7)), None);
        assert!(progress.pass(&batch(r#"[{"update_id":3}]"#), start));
        assert_eq!(progress.offset(start), Some(4), "numbers may begin lower");
    }

    #[test]
    fn a_batch_without_numbers_is_not_passed() {
        let mut progress = Progress::default();
        assert!(!progress.pass(&batch(r#"[{}, "x"]"#), DateTime::UNIX_EPOCH));
        assert_eq!(progress.offset, None);
    }
}
