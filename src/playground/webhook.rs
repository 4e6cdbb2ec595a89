//! Delivery of updates to the bot's webhook.

use std::time::Duration;

use serde_json::Value;
use tokio::sync::watch;

use super::api::mark_delivered;
use super::handle::World;
use super::world::Webhook;

/// Telegram gives a webhook this long to answer.
const ANSWER_LIMIT: Duration = Duration::from_secs(60);
/// The second retry waits this long, and each later one twice as long as the one before.
const FIRST_BACKOFF: Duration = Duration::from_secs(2);
/// Telegram's retries are at least this frequent.
const LONGEST_BACKOFF: Duration = Duration::from_secs(60);

pub(super) fn client() -> Result<reqwest::Client, reqwest::Error> {
    reqwest::Client::builder()
        .timeout(ANSWER_LIMIT)
        .no_proxy()
        .build()
}

/// Delivers one update after another until the playground closes.
pub(super) async fn deliver(world: World, client: reqwest::Client) {
    let mut changes = world.changes();
    let work = async {
        let mut failures = 0;
        loop {
            let (webhook, update) = next(&world, &mut changes).await;
            match push(&client, &webhook, &update).await {
                Ok(()) => {
                    failures = 0;
                    confirm(&world, &update);
                }
                Err(reason) => {
                    note(&world, reason);
                    tokio::time::sleep(backoff(failures)).await;
                    failures += 1;
                }
            }
        }
    };
    tokio::select! {
        () = work => {}
        () = world.closing() => {}
    }
}

/// Waits until there is a webhook and something for it.
async fn next(world: &World, changes: &mut watch::Receiver<u64>) -> (Webhook, Value) {
    loop {
        changes.borrow_and_update();
        let found = world.look_mut(|state| {
            let webhook = state.queue.webhook.clone()?;
            let now = state.now();
            let update = state.queue.peek(1, now).pop()?;
            mark_delivered(state, &update);
            Some((webhook, update))
        });
        if let Some(found) = found {
            return found;
        }
        if changes.changed().await.is_err() {
            // The world is gone; whoever waits on us ends by `closing`.
            std::future::pending::<()>().await;
        }
    }
}

async fn push(client: &reqwest::Client, webhook: &Webhook, update: &Value) -> Result<(), String> {
    let mut request = client.post(&webhook.url).json(update);
    if let Some(secret) = &webhook.secret {
        request = request.header("X-Telegram-Bot-Api-Secret-Token", secret);
    }
    match request.send().await {
        Ok(answer) if answer.status().is_success() => Ok(()),
        Ok(answer) => Err(format!(
            "Wrong response from the webhook: {}",
            answer.status()
        )),
        Err(error) => Err(format!("Connection failed: {}", error.without_url())),
    }
}

fn confirm(world: &World, update: &Value) {
    let id = update
        .get("update_id")
        .and_then(Value::as_i64)
        .unwrap_or_default();
    world.act(|state| state.queue.confirm_one(id));
}

fn note(world: &World, reason: String) {
    world.look_mut(|state| {
        let now = state.now();
        if let Some(webhook) = &mut state.queue.webhook {
            webhook.last_error = Some((now, reason));
        }
    });
}

/// At once, then 2, 4, 8 s...
fn backoff(failures: u32) -> Duration {
    match failures.checked_sub(1) {
        None => Duration::ZERO,
        Some(doublings) => FIRST_BACKOFF
            .saturating_mul(2_u32.saturating_pow(doublings))
            .min(LONGEST_BACKOFF),
    }
}
