//! Answers to presses: the small words over the chat, worthless ten seconds later.

use std::sync::Arc;
use std::time::Duration;

use teloxide::payloads::AnswerCallbackQuery;
use teloxide::types::CallbackQueryId;
use tokio::sync::Semaphore;
use tokio_util::task::TaskTracker;

use crate::telegram::client::{CallError, Client};
use crate::telegram::text::Toast;

/// How many answers may be on their way at a time: a whole batch of presses, and some of the
/// batch before. Past it an answer is left out: Telegram stops the button's spinner by itself.
const ANSWER_LIMIT: usize = 128;

/// How long an answer may take: Telegram has forgotten the press soon after.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);

/// The pauses between tries: a press is answered within seconds or not at all.
const RETRIES: [Option<Duration>; 3] = [
    Some(Duration::from_millis(300)),
    Some(Duration::from_secs(1)),
    None,
];

/// The longest pause that Telegram may ask for: after a longer one the press is forgotten, and a
/// call before it is over would be held against the bot.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Sends answers.
pub(super) struct Answers {
    client: Arc<Client>,
    under_way: Arc<Semaphore>,
    tasks: TaskTracker,
}

impl Answers {
    pub(super) fn new(client: Arc<Client>) -> Self {
        Self {
            client,
            under_way: Arc::new(Semaphore::new(ANSWER_LIMIT)),
            tasks: TaskTracker::new(),
        }
    }

    /// Sends an answer without waiting for it; even an empty one stops the button's spinner.
    ///
    /// It runs in a task of its own: the verdict lasts already, so neither the next update nor the
    /// offset has to wait for a courtesy. No actor owns it, since nothing depends on how it ends;
    /// the semaphore bounds how many there are, and `close` waits for the last of them.
    pub(super) fn send(&self, query: String, toast: Option<Toast>) {
        let Ok(permit) = Arc::clone(&self.under_way).try_acquire_owned() else {
            tracing::warn!(
                limit = ANSWER_LIMIT,
                "too many answers under way: one is left out"
            );
            return;
        };
        let client = Arc::clone(&self.client);
        self.tasks.spawn(async move {
            let _until_sent = permit;
            deliver(&client, &payload(query, toast)).await;
        });
    }

    /// Waits for the answers that are under way; none takes longer than its time-out.
    pub(super) async fn close(&self) {
        self.tasks.close();
        self.tasks.wait().await;
    }
}

/// Tries until the answer is there, or worthless. Answering twice harms nobody.
async fn deliver(client: &Client, answer: &AnswerCallbackQuery) {
    for pause in RETRIES {
        if let Some(wait) = client.flooded() {
            if wait > LONGEST_PAUSE {
                tracing::warn!("a press is not answered: Telegram wants to be left alone");
                return;
            }
            tokio::time::sleep(wait).await;
        }
        let Err(error) = client.order(answer, ANSWER_TIMEOUT).await else {
            return;
        };
        let Some(pause) = pause.filter(|_| may_pass(&error)) else {
            return report(&error);
        };
        let told = error.fault().and_then(|fault| fault.retry_after);
        // How long it said is known to the client, and waited for before the next try.
        if told.is_none() {
            tokio::time::sleep(pause).await;
        }
    }
}

/// Whether the same may work in a moment.
fn may_pass(error: &CallError) -> bool {
    error
        .fault()
        .is_none_or(|fault| fault.retry_after.is_some() || fault.code >= 500)
}

fn payload(query: String, toast: Option<Toast>) -> AnswerCallbackQuery {
    let mut payload = AnswerCallbackQuery::new(CallbackQueryId(query));
    if let Some(toast) = toast {
        payload.text = Some(toast.text);
        payload.show_alert = Some(toast.alert);
    }
    payload
}

fn report(error: &CallError) {
    if error.fault().is_some_and(|fault| fault.is_press_expired()) {
        tracing::debug!("a press had expired before it was answered");
    } else {
        tracing::warn!(%error, "a press could not be answered");
    }
}
