//! One delivery from row to verdict: what is noted, and what follows from a failure.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::compose::{Composed, compose};
use crate::context::Context;
use crate::domain::{Class, PersonId, Says};
use crate::group::redrawn;
use crate::ports::{Act, Chat, ChatError, Commit, Letter, OutboxRow, Settled, StoreError};

/// The wait after a first passing fault; it doubles with each further one.
const FIRST_RETRY: Duration = Duration::from_secs(1);

/// The longest wait between two tries.
const LONGEST_RETRY: Duration = Duration::from_secs(300);

/// How old a row may become before it is given up: the messenger itself keeps nothing longer.
const GIVE_UP_AFTER: chrono::Duration = chrono::Duration::hours(24);

/// The wait where the bot may not speak at present: somebody has to change a right first.
const MUTED_RETRY: Duration = Duration::from_secs(300);

/// Delivers one row and settles it. Answers how long its chat wants to be left alone.
pub(super) async fn deliver(
    context: &Context,
    chat: &dyn Chat,
    row: &OutboxRow,
) -> Option<Duration> {
    match try_deliver(context, chat, row).await {
        Ok(rest) => rest,
        Err(error) => {
            tracing::warn!(outbox_row = %row.id, chat = %row.chat,
                error = &error as &dyn std::error::Error,
                "the store failed around a delivery; the row is taken up again");
            Some(FIRST_RETRY)
        }
    }
}

/// Settles a row whose delivery panicked: it waits again, and may have arrived.
pub(super) async fn after_panic(context: &Context, row: &OutboxRow) -> Option<Duration> {
    tracing::error!(outbox_row = %row.id, chat = %row.chat, "a delivery panicked");
    let now = context.clock.now();
    let settled = retry(
        row,
        now,
        "the delivery panicked".to_owned(),
        backoff(row),
        true,
    );
    if let Err(error) = context.store.outbox_settle(row, settled, now).await {
        tracing::error!(outbox_row = %row.id, error = &error as &dyn std::error::Error,
            "a row could not be settled and is taken up again after a restart");
    }
    None
}

async fn try_deliver(
    context: &Context,
    chat: &dyn Chat,
    row: &OutboxRow,
) -> Result<Option<Duration>, StoreError> {
    let sending = context.store.outbox_sending(row.id, context.clock.now());
    let Some(row) = sending.await? else {
        return Ok(None);
    };
    let letter = match compose(context, &row).await? {
        Composed::Letter(letter) => letter,
        Composed::Nothing(reason) => {
            let reason = reason.to_owned();
            let settled = Settled::Dead { reason };
            let now = context.clock.now();
            context.store.outbox_settle(&row, settled, now).await?;
            return Ok(None);
        }
    };
    let delivered = chat.deliver(&letter).await;
    let now = context.clock.now();
    let (settled, rest) = match delivered {
        Ok(message) => {
            let message = message.or(match letter.act {
                Act::Edit(message) => Some(message),
                Act::Send | Act::Pin(_) | Act::Unpin(_) => None,
            });
            (Settled::Sent { message }, None)
        }
        Err(error) => after_error(&row, &letter, error, now),
    };
    note(&row, &settled);
    let reposted = matches!(settled, Settled::Repost { .. });
    let migrated = matches!(settled, Settled::Migrated { .. });
    context.store.outbox_settle(&row, settled, now).await?;
    if reposted || migrated {
        redraw(context, &row, migrated).await?;
    }
    Ok(rest)
}

/// What follows from a failure.
fn after_error(
    row: &OutboxRow,
    letter: &Letter,
    error: ChatError,
    now: DateTime<Utc>,
) -> (Settled, Option<Duration>) {
    let reason = error.to_string();
    match error {
        ChatError::RetryAfter(wait) => (retry(row, now, reason, wait, false), Some(wait)),
        ChatError::Migrated(to) => (Settled::Migrated { to }, None),
        ChatError::Gone { .. } if matches!(row.says, Says::Card { .. } | Says::Pin) => {
            (Settled::Repost { reason }, None)
        }
        ChatError::Gone { .. } | ChatError::Permanent { .. } => (Settled::Dead { reason }, None),
        ChatError::Unreachable { .. } => (unreachable(row, reason), None),
        ChatError::NotAllowed { .. } => match letter.act {
            Act::Pin(_) | Act::Unpin(_) => (Settled::Dead { reason }, None),
            Act::Send | Act::Edit(_) => (retry(row, now, reason, MUTED_RETRY, false), None),
        },
        ChatError::Transient { .. } if row.class == Class::Chatter => {
            (Settled::Dead { reason }, None)
        }
        ChatError::Transient { .. } => (retry(row, now, reason, backoff(row), true), None),
    }
}

/// A private message that cannot be delivered becomes a mention in the group.
fn unreachable(row: &OutboxRow, reason: String) -> Settled {
    let was_private = row.person.map(PersonId::private_chat) == Some(row.chat);
    match row.otherwise {
        Some(chat) if was_private => Settled::Redirect {
            chat,
            thread: None,
            unreachable: true,
            reason,
        },
        _ => Settled::Dead { reason },
    }
}

fn retry(
    row: &OutboxRow,
    now: DateTime<Utc>,
    reason: String,
    wait: Duration,
    doubtful: bool,
) -> Settled {
    if now - row.created_at > GIVE_UP_AFTER {
        let reason = format!("{reason}; given up after a day");
        return Settled::Dead { reason };
    }
    let wait = chrono::Duration::from_std(wait).unwrap_or(GIVE_UP_AFTER);
    Settled::Retry {
        not_before: now + wait,
        doubtful: doubtful && row.class == Class::Page && row.edit.is_none(),
        reason,
    }
}

fn backoff(row: &OutboxRow) -> Duration {
    let doublings = row.attempts.min(10);
    FIRST_RETRY
        .saturating_mul(1 << doublings)
        .min(LONGEST_RETRY)
}

/// One line for whatever did not simply arrive.
fn note(row: &OutboxRow, settled: &Settled) {
    let incident = row.incident.map(|incident| incident.0);
    match settled {
        Settled::Sent { .. } => {}
        Settled::Retry { reason, .. } => tracing::info!(outbox_row = %row.id, chat = %row.chat,
            incident, attempts = row.attempts, reason, "a delivery is tried again later"),
        Settled::Redirect { reason, .. } => tracing::info!(outbox_row = %row.id,
            chat = %row.chat, incident, reason,
            "a private message could not be delivered; the person is mentioned in the group"),
        Settled::Repost { reason } => tracing::info!(outbox_row = %row.id, chat = %row.chat,
            incident, reason, "a card is gone and is sent anew"),
        Settled::Migrated { to } => tracing::info!(chat = %row.chat, %to, "a chat was upgraded"),
        Settled::Dead { reason } => tracing::warn!(outbox_row = %row.id, chat = %row.chat,
            incident, attempts = row.attempts, reason, "a delivery was given up"),
    }
}

/// Cards that went with their chat, or were deleted, are drawn and pinned anew.
async fn redraw(context: &Context, row: &OutboxRow, whole_group: bool) -> Result<(), StoreError> {
    let Some(group) = row.group else {
        return Ok(());
    };
    let Some(config) = context.store.group(group).await? else {
        return Ok(());
    };
    let mut rows = redrawn(&*context.store, &config).await?;
    if !whole_group {
        rows.retain(|draft| draft.incident == row.incident);
    }
    let mut commit = Commit::new(context.clock.now(), None);
    commit.outbox = rows;
    if let Err(error) = context.store.commit(commit).await {
        tracing::warn!(%group, error = &error as &dyn std::error::Error,
            "cards could not be drawn anew; they follow with their next change");
    }
    Ok(())
}
