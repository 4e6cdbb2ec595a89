//! What a failed call means for a letter: what the outbox does next depends on nothing else.

use std::time::Duration;

use actors::ports::ChatError;

use super::{CallError, Fault};

/// How long a chat waits when Telegram says "too many requests" and not for how long: the
/// shortest wait it was seen to ask for is 3 s.
const UNTOLD_WAIT: Duration = Duration::from_secs(5);

/// How long a chat waits when the line is down. Nothing was sent, so this is a wait, not a doubtful
/// delivery: after an hour without a line no message is lost and none says that it is a repeat.
const LINE_DOWN_WAIT: Duration = Duration::from_secs(5);

/// How long a chat waits when the token is refused: the listener ends the process over it, and the
/// letters are to be there when it comes back with a right one.
const TOKEN_REFUSED_WAIT: Duration = Duration::from_secs(60);

/// Refusals that hold for the whole chat.
const UNREACHABLE: [&str; 8] = [
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "user is deactivated",
    "input_user_deactivated",
    "user_is_blocked",
    "group chat was deactivated",
    "group chat was upgraded",
];

/// Refusals of one act for want of a right, which somebody may give back: a muted bot among them.
const NOT_ALLOWED: [&str; 7] = [
    "not enough rights",
    "chat_write_forbidden",
    "have no write access",
    "chat_admin_required",
    "need administrator rights",
    "message can't be deleted",
    "message can't be pinned",
];

impl From<CallError> for ChatError {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Refused { fault, .. } => from_fault(fault),
            CallError::NotSent { .. } => Self::RetryAfter(LINE_DOWN_WAIT),
            CallError::Unanswered { .. } => Self::Transient {
                reason: error.to_string(),
            },
        }
    }
}

fn from_fault(fault: Fault) -> ChatError {
    if let Some(to) = fault.migrated_to {
        return ChatError::Migrated(to);
    }
    if fault.code == 429 || fault.retry_after.is_some() {
        return ChatError::RetryAfter(fault.retry_after.unwrap_or(UNTOLD_WAIT));
    }
    if fault.is_token_refused() {
        return ChatError::RetryAfter(TOKEN_REFUSED_WAIT);
    }
    let reason = fault.to_string();
    match fault.code {
        500.. | 409 => ChatError::Transient { reason },
        403 => ChatError::Unreachable { reason },
        _ if fault.is_message_gone() => ChatError::Gone { reason },
        _ if fault.is_topic_shut() => ChatError::NotAllowed { reason },
        _ if fault.says_one_of(&UNREACHABLE) => ChatError::Unreachable { reason },
        _ if fault.says_one_of(&NOT_ALLOWED) => ChatError::NotAllowed { reason },
        _ => ChatError::Permanent { reason },
    }
}
