//! One delivery from row to verdict: what is noted, and what follows from a failure.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use super::compose::{Composed, compose};
use crate::context::Context;
use crate::domain::{ChatId, Class, MessageId, PersonId, Says};
use crate::group::redrawn;
use crate::ports::{Act, Chat, ChatError, Commit, Letter, OutboxRow, Rest, Settled, StoreError};

/// The wait after a first passing fault; it doubles with each further one.
const FIRST_RETRY: Duration = Duration::from_secs(1);

/// The longest wait between two tries.
const LONGEST_RETRY: Duration = Duration::from_secs(300);

/// How old a row may become before it is given up: the messenger itself keeps nothing longer.
const GIVE_UP_AFTER: TimeDelta = TimeDelta::hours(24);

/// The wait where the bot may not speak at present: somebody has to change a right first.
const MUTED_RETRY: Duration = Duration::from_secs(300);

/// How often keeping the end of a delivery is tried where the store is away: for ten minutes. A
/// store that is away for longer has ended the desk by then.
const KEEP_LIMIT: u32 = 600;

/// The pause between those tries.
const KEEP_PAUSE: Duration = Duration::from_secs(1);

/// Whom the messenger wants to be left alone with, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// The chat of this delivery.
    Chat(Duration),
    /// All chats.
    All(Duration),
}

/// Delivers one row and settles it. Answers whether the messenger wants to be left alone.
pub(super) async fn deliver(context: &Context, chat: &dyn Chat, row: &OutboxRow) -> Option<Told> {
    match try_deliver(context, chat, row).await {
        Ok(told) => told,
        Err(error) => {
            let id = row.id;
            error.tell(&format!(
                "the store failed before delivery {id}; it is taken up again"
            ));
            Some(Told::Chat(FIRST_RETRY))
        }
    }
}

/// Settles a row whose delivery panicked: it waits again, and may have arrived.
pub(super) async fn after_panic(context: &Context, row: &OutboxRow) -> Option<Told> {
    tracing::error!(outbox_row = %row.id, chat = %row.chat, "a delivery panicked");
    let now = context.clock.now();
    let settled = retry(row, now, "the delivery panicked".to_owned(), backoff(row));
    keep(context, row, settled.doubtful()).await;
    None
}

async fn try_deliver(
    context: &Context,
    chat: &dyn Chat,
    row: &OutboxRow,
) -> Result<Option<Told>, StoreError> {
    let sending = context.store.outbox_sending(row.id, context.clock.now());
    let Some(row) = sending.await? else {
        return Ok(None);
    };
    // From here on the row is known as being sent, and has to be settled whatever happens.
    let (settled, told) = match compose(context, &row).await {
        Ok(Composed::Letter(letter)) => {
            let delivered = chat.deliver(&letter).await;
            after(&row, &letter, delivered, context.clock.now())
        }
        Ok(Composed::Nothing(reason)) => {
            let reason = reason.to_owned();
            (Settled::Dead { reason }, None)
        }
        Ok(Composed::Moot(reason)) => {
            let reason = reason.to_owned();
            (Settled::Moot { reason }, None)
        }
        Ok(Composed::Withheld(reason)) => (withheld(&row, reason.to_owned()), None),
        Ok(Composed::SaidInGroup(reason)) => (said_in_group(&row, reason.to_owned()), None),
        Ok(Composed::NotYet(reason)) => {
            let now = context.clock.now();
            (
                retry(&row, now, reason.to_owned(), backoff(&row)).into(),
                None,
            )
        }
        Err(error) => {
            let now = context.clock.now();
            (
                retry(&row, now, error.to_string(), FIRST_RETRY).into(),
                None,
            )
        }
    };
    note(&row, &settled);
    let reposted = matches!(settled, Settled::Repost { .. });
    let migrated = matches!(settled, Settled::Migrated { .. });
    if reposted {
        // Before this row is settled: should the desk die in between, the card still comes back.
        redraw(context, &row, false).await?;
    }
    keep(context, &row, settled).await;
    if migrated {
        redraw(context, &row, true).await?;
    }
    Ok(told)
}

/// Keeps how sending ended, and goes on trying where the store is away: until it is kept, the row is
/// taken for one that is being sent, and its chat waits.
async fn keep(context: &Context, row: &OutboxRow, settled: Settled) {
    for _ in 0..KEEP_LIMIT {
        let at = context.clock.now();
        let kept = context.store.outbox_settle(row, settled.clone(), at);
        let Err(error) = kept.await else { return };
        let id = row.id;
        error.tell(&format!(
            "how delivery {id} ended could not be noted; it is tried again"
        ));
        tokio::time::sleep(KEEP_PAUSE).await;
    }
    tracing::error!(outbox_row = %row.id, chat = %row.chat,
        "how a delivery ended was not noted; the row is taken up again after a restart");
}

fn after(
    row: &OutboxRow,
    letter: &Letter,
    delivered: Result<Option<MessageId>, ChatError>,
    now: DateTime<Utc>,
) -> (Settled, Option<Told>) {
    match delivered {
        Ok(message) => {
            let message = message.or(match letter.act {
                Act::Edit(message) => Some(message),
                Act::Send | Act::Pin(_) | Act::Unpin(_) => None,
            });
            (Settled::Sent { message }, None)
        }
        Err(error) => after_error(row, letter, error, now),
    }
}

/// What follows from a failure.
fn after_error(
    row: &OutboxRow,
    letter: &Letter,
    error: ChatError,
    now: DateTime<Utc>,
) -> (Settled, Option<Told>) {
    let reason = error.to_string();
    let again = |wait| retry(row, now, reason.clone(), wait);
    match error {
        ChatError::RetryAfter(wait) => {
            let rest = again(wait).resting(Some(row.chat), now, wait);
            (rest, Some(Told::Chat(wait)))
        }
        ChatError::Flooded(wait) => {
            let rest = again(wait).resting(None, now, wait);
            (rest, Some(Told::All(wait)))
        }
        ChatError::Migrated(to) => (Settled::Migrated { to }, None),
        ChatError::Gone { .. } if matches!(row.says, Says::Card { .. } | Says::Pin) => {
            (Settled::Repost { reason }, None)
        }
        ChatError::Gone { .. } | ChatError::Permanent { .. } => (Settled::Dead { reason }, None),
        ChatError::Unreachable { .. } => (unreachable(row, reason), None),
        ChatError::NotAllowed { .. } => match letter.act {
            Act::Pin(_) | Act::Unpin(_) => (Settled::Dead { reason }, None),
            Act::Send | Act::Edit(_) => (again(MUTED_RETRY).into(), None),
        },
        ChatError::Transient { .. } if row.class == Class::Chatter => {
            (Settled::Dead { reason }, None)
        }
        ChatError::Transient { .. } => (again(backoff(row)).doubtful(), None),
    }
}

/// What is not for somebody is not told. A call is, in the group: somebody there must act, and the
/// next level is called at once.
fn withheld(row: &OutboxRow, reason: String) -> Settled {
    match row.class {
        Class::Escalation => said_in_group(row, reason),
        _ => Settled::Moot { reason },
    }
}

/// It becomes a mention, though the person can be reached.
fn said_in_group(row: &OutboxRow, reason: String) -> Settled {
    match row.otherwise {
        Some(chat) => Settled::Redirect {
            chat,
            thread: None,
            unreachable: false,
            reason,
        },
        None => Settled::Moot { reason },
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

/// Whether a row is tried again.
enum Again {
    After {
        not_before: DateTime<Utc>,
        reason: String,
    },
    Never {
        reason: String,
    },
}

fn retry(row: &OutboxRow, now: DateTime<Utc>, reason: String, wait: Duration) -> Again {
    if now - row.created_at > GIVE_UP_AFTER {
        let reason = format!("{reason}; given up after a day");
        return Again::Never { reason };
    }
    let wait = TimeDelta::from_std(wait).unwrap_or(GIVE_UP_AFTER);
    let not_before = now + wait;
    Again::After { not_before, reason }
}

impl Again {
    /// It may have arrived.
    fn doubtful(self) -> Settled {
        self.settled(true, None)
    }

    /// The messenger wants to be left alone.
    fn resting(self, chat: Option<ChatId>, told_at: DateTime<Utc>, wait: Duration) -> Settled {
        let until = told_at + TimeDelta::from_std(wait).unwrap_or(GIVE_UP_AFTER);
        self.settled(
            false,
            Some(Rest {
                chat,
                told_at,
                until,
            }),
        )
    }

    fn settled(self, doubtful: bool, rest: Option<Rest>) -> Settled {
        match self {
            Self::After { not_before, reason } => Settled::Retry {
                not_before,
                doubtful,
                rest,
                reason,
            },
            Self::Never { reason } => Settled::Dead { reason },
        }
    }
}

/// It did not arrive.
impl From<Again> for Settled {
    fn from(again: Again) -> Self {
        again.settled(false, None)
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
        Settled::Moot { reason } => tracing::debug!(outbox_row = %row.id, chat = %row.chat,
            incident, reason, "there is nothing to say any more"),
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

#[cfg(test)]
mod tests;
