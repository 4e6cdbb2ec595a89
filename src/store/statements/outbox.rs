//! What is to be said, and how saying it went.

use super::Statement;

macro_rules! row {
    () => {
        "id, chat_id, thread_id, person_id, otherwise_chat_id, group_id, incident_id, class, says, \
         reply_to, edit_message_id, attempts, doubtful, created_at, message_id"
    };
}

/// A message that a row would change is out of reach: it becomes a new one.
macro_rules! no_longer_an_edit {
    () => {
        "coalesce_key = CASE WHEN edit_message_id IS NULL THEN coalesce_key END, \
         edit_message_id = NULL"
    };
}

statements! {
    /// Newer words of the same key take the place of those that wait; place in the queue and any
    /// time it was told to wait stay.
    PUT = "INSERT INTO outbox (state, class, chat_id, thread_id, person_id, otherwise_chat_id, \
            otherwise_thread_id, group_id, incident_id, says, prompt_person_id, reply_to, \
            edit_message_id, coalesce_key, not_before, created_at, attempts, doubtful) \
        VALUES ('pending', $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14, 0, 0) \
        ON CONFLICT (coalesce_key) WHERE state = 'pending' DO UPDATE SET \
            class = CASE outbox.class WHEN 'page' THEN 'page' ELSE excluded.class END, chat_id = excluded.chat_id, thread_id = excluded.thread_id, \
            person_id = excluded.person_id, otherwise_chat_id = excluded.otherwise_chat_id, \
            otherwise_thread_id = excluded.otherwise_thread_id, group_id = excluded.group_id, \
            incident_id = excluded.incident_id, says = excluded.says, \
            prompt_person_id = excluded.prompt_person_id, reply_to = excluded.reply_to, \
            attempts = 0";
    /// A page goes before edits of its chat, until those have waited too long.
    HEADS = "SELECT head.id, head.chat_id, head.thread_id, head.person_id, head.otherwise_chat_id, \
            head.group_id, head.incident_id, head.class, head.says, head.reply_to, \
            head.edit_message_id, head.attempts, head.doubtful, head.created_at, head.message_id \
        FROM (SELECT COALESCE( \
                MIN(CASE WHEN class = 'page' OR created_at <= $3 THEN id END), MIN(id)) AS id \
            FROM outbox WHERE state = 'pending' GROUP BY chat_id) oldest \
        JOIN outbox head ON head.id = oldest.id \
        WHERE head.not_before <= $1 AND NOT EXISTS ( \
            SELECT 1 FROM outbox busy WHERE busy.state = 'sending' AND busy.chat_id = head.chat_id) \
        ORDER BY CASE head.class WHEN 'page' THEN 0 ELSE 1 END, head.id LIMIT $2";
    NEXT = "SELECT MIN(not_before) FROM outbox WHERE state = 'pending' AND not_before > $1";
    UNFINISHED = "SELECT COUNT(*) FROM outbox WHERE state IN ('pending', 'sending')";
    SENDING = concat!(
        "UPDATE outbox SET state = 'sending', attempts = attempts + 1, sending_at = $2 \
         WHERE id = $1 AND state = 'pending' RETURNING ", row!()
    );
    SENT = "UPDATE outbox SET state = 'sent', ended_at = $2, message_id = $3 \
        WHERE id = $1 AND state IN ('pending', 'sending')";
    RETRY = "UPDATE outbox SET state = 'pending', not_before = $2, \
            doubtful = CASE WHEN $3 = CAST(1 AS BIGINT) THEN 1 ELSE doubtful END, reason = $4 \
        WHERE id = $1 AND state IN ('pending', 'sending')";
    REDIRECT = concat!(
        "UPDATE outbox SET state = 'pending', ", no_longer_an_edit!(), ", reply_to = NULL, \
            thread_id = COALESCE($3, \
                CASE WHEN otherwise_chat_id = $2 THEN otherwise_thread_id END), \
            chat_id = $2, reason = $4 \
         WHERE id = $1 AND state IN ('pending', 'sending')"
    );
    WAIT_AGAIN = concat!(
        "UPDATE outbox SET state = 'pending', ", no_longer_an_edit!(), ", reason = $2 \
         WHERE id = $1 AND state IN ('pending', 'sending')"
    );
    DEAD = "UPDATE outbox SET state = 'dead', ended_at = $2, reason = $3 \
        WHERE id = $1 AND state IN ('pending', 'sending')";
    /// Messages of the old chat cannot be answered or changed from the new one.
    MOVE_CHAT = concat!(
        "UPDATE outbox SET chat_id = $2, reply_to = NULL, ", no_longer_an_edit!(),
        " WHERE chat_id = $1 AND state IN ('pending', 'sending')"
    );
    MOVE_OTHERWISE = "UPDATE outbox SET otherwise_chat_id = $2 \
        WHERE otherwise_chat_id = $1 AND state IN ('pending', 'sending')";
    GIVE_UP_CHATTER = "UPDATE outbox SET state = 'dead', ended_at = $1, \
            reason = 'the desk stopped while it was being sent' \
        WHERE state = 'sending' AND class = 'chatter'";
    BEING_SENT = "SELECT id FROM outbox WHERE state = 'sending' ORDER BY id";
    IN_DOUBT = "UPDATE outbox SET state = 'pending', doubtful = 1 WHERE id = $1";
    /// What was being sent and waits again keeps its place, and takes the words that came after it:
    /// whatever stands behind it in the queue was meant to come after it.
    GIVE_WAY = "UPDATE outbox SET state = 'superseded' WHERE state = 'pending' AND id <> $1 \
        AND coalesce_key = (SELECT coalesce_key FROM outbox WHERE id = $1) RETURNING says";
    NEWER_WORDS = "UPDATE outbox SET says = $2 WHERE id = $1";
    ANSWERED = "UPDATE outbox SET answered_at = $2 WHERE id = $1 AND answered_at IS NULL";
    SAID_IN = concat!(
        "SELECT ", row!(), " FROM outbox WHERE chat_id = $1 AND message_id = $2 \
         ORDER BY id DESC LIMIT 1"
    );
    OPEN_PROMPT = concat!(
        "SELECT ", row!(), " FROM outbox WHERE chat_id = $1 AND prompt_person_id = $2 \
         AND answered_at IS NULL AND state = 'sent' ORDER BY id DESC LIMIT 1"
    );
    UNSETTLED_PROMPT = concat!(
        "SELECT ", row!(), " FROM outbox WHERE chat_id = $1 AND prompt_person_id = $2 \
         AND answered_at IS NULL AND (state = 'sending' OR (state = 'pending' AND doubtful = 1)) \
         ORDER BY id DESC LIMIT 1"
    );
}
