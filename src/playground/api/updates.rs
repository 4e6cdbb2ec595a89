//! `getUpdates` and the webhook's settings.

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::parameters::Parameters;
use super::{Answer, Refusal, State};
use crate::playground::crash;
use crate::playground::handle::World;
use crate::playground::world::{PressId, Webhook};

/// Telegram's cap of a long poll.
const LONGEST_POLL: i64 = 50;
/// Most updates in one answer.
const MOST_UPDATES: i64 = 100;
/// Who polls beside another is told so.
const OTHER_POLL: &str = "terminated by other getUpdates request; make sure that only one bot \
                          instance is running";

/// Waits for updates. What is handed out stays queued until a later call confirms it.
pub(super) async fn get_updates(world: &World, parameters: &Parameters) -> Answer {
    let poll = world.act(|state| begin(state, parameters))?;
    let limit = parameters
        .integer("limit")
        .unwrap_or(MOST_UPDATES)
        .clamp(1, MOST_UPDATES);
    let limit = usize::try_from(limit).unwrap_or(1);
    let seconds = parameters
        .integer("timeout")
        .unwrap_or(0)
        .clamp(0, LONGEST_POLL);
    let patience = Duration::from_secs(seconds.unsigned_abs());
    let mut changes = world.changes();
    let waiting = async {
        loop {
            changes.borrow_and_update();
            if let Some(answer) = world.look_mut(|state| collect(state, poll, limit)) {
                return answer;
            }
            if changes.changed().await.is_err() {
                return Ok(json!([]));
            }
        }
    };
    tokio::select! {
        // What is there already must win over a timeout of zero and over shutdown.
        biased;
        answer = waiting => answer,
        () = tokio::time::sleep(patience) => Ok(json!([])),
        () = world.closing() => Ok(json!([])),
    }
}

/// Confirms, remembers the kinds, and becomes the only poll.
fn begin(state: &mut State, parameters: &Parameters) -> Result<u64, Refusal> {
    if state.queue.webhook.is_some() {
        return Err(Refusal::conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete \
             the webhook first",
        ));
    }
    if let Some(kinds) = parameters.nested("allowed_updates")? {
        state.queue.allow(kinds);
    }
    if let Some(offset) = parameters.integer("offset") {
        state.queue.confirm(offset);
    }
    state.queue.poll += 1;
    Ok(state.queue.poll)
}

/// What this poll gets, if it need not wait any longer.
fn collect(state: &mut State, poll: u64, limit: usize) -> Option<Answer> {
    if state.queue.poll != poll {
        return Some(Err(Refusal::conflict(OTHER_POLL)));
    }
    if state.queue.webhook.is_some() {
        return Some(Err(Refusal::conflict("terminated by setWebhook request")));
    }
    let now = state.now();
    let updates = state.queue.peek(limit, now);
    if updates.is_empty() {
        return None;
    }
    for update in &updates {
        mark_delivered(state, update);
    }
    crash::forget(state, &updates);
    Some(Ok(Value::Array(updates)))
}

/// From here on the bot owes an answer to a press.
pub(in crate::playground) fn mark_delivered(state: &mut State, update: &Value) {
    let query = update.pointer("/callback_query/id").and_then(Value::as_str);
    if let Some(press) = query
        .and_then(PressId::of_query)
        .and_then(|id| state.presses.get_mut(&id))
    {
        press.delivered = true;
    }
}

/// `setWebhook`, `deleteWebhook`, `getWebhookInfo`.
pub(super) fn webhook(state: &mut State, method: &str, parameters: &Parameters) -> Answer {
    if method == "getWebhookInfo" {
        return Ok(webhook_info(state));
    }
    if parameters.flag("drop_pending_updates") {
        state.queue.clear();
    }
    let url = parameters.text("url").unwrap_or_default();
    if method == "deleteWebhook" || url.is_empty() {
        state.queue.webhook = None;
        return Ok(json!(true));
    }
    let secret = parameters.text("secret_token");
    let unallowed = |letter: char| !letter.is_ascii_alphanumeric() && !"_-".contains(letter);
    if secret
        .as_ref()
        .is_some_and(|secret| secret.contains(unallowed))
    {
        return Err(Refusal::bad_request(
            "secret token contains unallowed characters",
        ));
    }
    if let Some(kinds) = parameters.nested("allowed_updates")? {
        state.queue.allow(kinds);
    }
    state.queue.webhook = Some(Webhook {
        url,
        secret,
        last_error: None,
    });
    Ok(json!(true))
}

fn webhook_info(state: &State) -> Value {
    let mut info = Map::new();
    let webhook = state.queue.webhook.clone().unwrap_or_default();
    info.insert("url".into(), json!(webhook.url));
    info.insert("has_custom_certificate".into(), json!(false));
    info.insert("pending_update_count".into(), json!(state.queue.len()));
    if let Some((at, error)) = webhook.last_error {
        info.insert("last_error_date".into(), json!(at.timestamp()));
        info.insert("last_error_message".into(), json!(error));
    }
    if let Some(allowed) = state.queue.allowed() {
        info.insert("allowed_updates".into(), json!(allowed));
    }
    Value::Object(info)
}
