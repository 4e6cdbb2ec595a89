//! The poll loop: fetch a batch, hand it over, and move the offset only past what has its verdict.

use std::sync::Arc;
use std::time::Duration;

use actors::domain::UpdateId;
use actors::ports::Clock;
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::join_all;
use serde::Serialize;
use serde_json::value::RawValue;
use teloxide::payloads::DeleteWebhook;
use teloxide::types::AllowedUpdate;
use tokio_util::sync::CancellationToken;

use super::reception::Reception;
use super::setbacks::{Setbacks, Step};
use super::window::{Incoming, Window};
use super::{ALLOWED_UPDATES, Pace};
use crate::telegram::client::{CALL_TIMEOUT, CallError};

const GET_UPDATES: &str = "getUpdates";

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
        let mut window = Window::new(&self.reception, self.pace);
        let mut behind = true;
        let mut all_fetched = false;
        while until(&stop, window.settle()).await.is_some() {
            if behind && all_fetched && window.is_empty() {
                behind = false;
                self.reception.caught_up();
            }
            let offset = progress.offset(window.passed(), self.clock.now());
            let at_once = behind || !window.is_empty();
            let poll = window.beside(self.poll(offset, at_once));
            let Some(polled) = until(&stop, poll).await else {
                break;
            };
            match polled {
                Ok(batch) => {
                    setbacks.over();
                    all_fetched = batch.len() < BATCH_LIMIT;
                    let opened = window.beside(self.open(batch)).await;
                    if !self.take_in(&mut window, opened, &stop).await {
                        tracing::error!("a batch without a single number cannot be passed");
                        let pause = tokio::time::sleep(self.pace.longest);
                        let _ = until(&stop, window.beside(pause)).await;
                    }
                }
                Err(error) => {
                    let recovered = self.recover(&mut setbacks, &error, &stop);
                    window.beside(recovered).await?;
                }
            }
        }
        window.finish().await;
        self.confirm(progress.offset(window.passed(), self.clock.now()))
            .await;
        self.reception.close().await;
        Ok(())
    }

    /// Asks for a batch. While there may be something Telegram is not to hold the poll: an empty
    /// answer says at once that there is nothing.
    async fn poll(
        &self,
        offset: Option<i64>,
        at_once: bool,
    ) -> Result<Vec<Box<RawValue>>, CallError> {
        let client = self.reception.client();
        let timeouts = client.timeouts();
        let hold = timeouts.hold.as_secs();
        let ask = GetUpdates {
            offset,
            limit: BATCH_LIMIT,
            timeout: if at_once { 0 } else { hold },
            allowed_updates: &ALLOWED_UPDATES,
        };
        client.call(GET_UPDATES, &ask, timeouts.poll()).await
    }

    /// Opens a batch, side by side, since that may have to ask Telegram about a sender: whose press
    /// came first must not depend on whose answer was known already.
    async fn open(&self, batch: Vec<Box<RawValue>>) -> Vec<Incoming> {
        let opened = join_all(batch.iter().map(|raw| self.reception.open(raw.get()))).await;
        batch.into_iter().zip(opened).collect()
    }

    /// Takes a batch in. What follows the upgrade of a chat waits for that: it comes from a chat
    /// that would be a stranger. Answers whether there is a number to go by.
    async fn take_in(
        &self,
        window: &mut Window<'_>,
        batch: Vec<Incoming>,
        stop: &CancellationToken,
    ) -> bool {
        let mut numbered = batch.is_empty();
        let mut stretch = Vec::new();
        for incoming in batch {
            let ends = incoming.1.renumbers();
            stretch.push(incoming);
            if ends {
                numbered |= window.take_in(std::mem::take(&mut stretch));
                // Told to stop or not: the loop looks itself.
                let _ = until(stop, window.settle_all()).await;
            }
        }
        numbered | window.take_in(stretch)
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
    async fn confirm(&self, offset: Option<i64>) {
        let Some(offset) = offset else {
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
    /// What to ask for, all up to `passed` having their verdicts.
    fn offset(&mut self, passed: Option<UpdateId>, now: DateTime<Utc>) -> Option<i64> {
        if let Some(passed) = passed {
            self.offset = Some(passed.0.saturating_add(1));
            self.moved_at = Some(now);
        }
        let fresh = |at: DateTime<Utc>| now.signed_duration_since(at) < OFFSET_LIFETIME;
        self.offset.filter(|_| self.moved_at.is_some_and(fresh))
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

    #[test]
    fn the_offset_follows_what_is_passed_and_is_dropped_before_numbers_begin_anew() {
        let start = DateTime::UNIX_EPOCH;
        let mut progress = Progress::default();
        assert_eq!(progress.offset(None, start), None);
        assert_eq!(progress.offset(Some(UpdateId(9)), start), Some(10));
        let later = |days| start + TimeDelta::days(days);
        assert_eq!(progress.offset(None, later(5)), Some(10));
        assert_eq!(progress.offset(None, later(7)), None);
        let lower = progress.offset(Some(UpdateId(3)), later(7));
        assert_eq!(lower, Some(4), "numbers may begin lower");
    }
}
