//! What is to be said, and how saying it went.

use super::Statement;

macro_rules! row {
    () => {
        "id, chat_id, thread_id, person_id, also_person_ids, otherwise_chat_id, group_id, \
         incident_id, class, says, reply_to, edit_message_id, attempts, doubtful, created_at, \
         message_id, absent_minutes"
    };
}

/// A message that a row would change is out of reach: it becomes a new one.
macro_rules! no_longer_an_edit {
    () => {
        "coalesce_key = CASE WHEN edit_message_id IS NULL THEN coalesce_key END, \
         edit_message_id = NULL"
    };
}

/// A row that is known by its number, if it waits. Said plainly, a server would take an index of all
/// that waits for shorter than that of the numbers, and go through it.
macro_rules! this_if_pending {
    () => {
        "id = $1 AND state || '' = 'pending'"
    };
}

statements! {
    /// Newer words of the same key take the place of those that wait; place in the queue and any
    /// time it was told to wait stay, and what somebody waits for stays as urgent as it was.
    PUT = "INSERT INTO outbox (state, class, chat_id, thread_id, person_id, otherwise_chat_id, \
            otherwise_thread_id, group_id, incident_id, says, prompt_person_id, reply_to, \
            edit_message_id, coalesce_key, not_before, created_at, held_until, absent_minutes, attempts, \
            doubtful) \
        VALUES ('pending', $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14, $15, \
            $16, 0, 0) \
        ON CONFLICT (coalesce_key) WHERE state = 'pending' DO UPDATE SET \
            class = CASE \
                WHEN outbox.class IN ('escalation', 'page') THEN outbox.class \
                WHEN outbox.class = 'awaited' AND excluded.class IN ('card', 'edit', 'chatter') \
                    THEN outbox.class \
                ELSE excluded.class END, \
            chat_id = excluded.chat_id, thread_id = excluded.thread_id, \
            person_id = excluded.person_id, otherwise_chat_id = excluded.otherwise_chat_id, \
            otherwise_thread_id = excluded.otherwise_thread_id, group_id = excluded.group_id, \
            incident_id = excluded.incident_id, says = excluded.says, \
            prompt_person_id = excluded.prompt_person_id, reply_to = excluded.reply_to, \
            held_until = excluded.held_until, absent_minutes = excluded.absent_minutes";
    /// A pin and the unpin that takes it back, neither of them tried yet: nothing is left to do. Of
    /// pins only the first after the report counts: any other may be of a card that is pinned.
    CANCEL_PIN = "UPDATE outbox SET state = 'superseded', ended_at = $3, \
            reason = 'taken back before it was sent' \
        WHERE state = 'pending' AND coalesce_key = $1 AND attempts = 0 AND says <> $2 \
            AND (says = $4 OR created_at = \
                (SELECT opened_at FROM incidents WHERE incidents.id = outbox.incident_id))";
    /// The same words of the same moment for somebody else, in the same place.
    SAME_WORDS = "SELECT id, person_id, also_person_ids FROM outbox \
        WHERE state = 'pending' AND chat_id = $1 AND class = $2 AND created_at = $3 AND says = $4 \
            AND doubtful = 0 AND id <> $5 AND person_id IS NOT NULL AND edit_message_id IS NULL \
            AND COALESCE(incident_id, 0) = COALESCE($6, CAST(0 AS BIGINT)) \
            AND COALESCE(thread_id, 0) = COALESCE($7, CAST(0 AS BIGINT)) \
        ORDER BY id";
    SAY_TO_MORE = concat!(
        "UPDATE outbox SET also_person_ids = $2 WHERE ", this_if_pending!(), " AND doubtful = 0"
    );
    NOT_SAID = "UPDATE outbox SET state = 'superseded', ended_at = $2, reason = $3 \
        WHERE id = $1 AND state IN ('pending', 'sending')";
    /// What is late for the same reason, in the same chat. What may have arrived is not said anew.
    LATE_IN = concat!(
        "SELECT ", row!(), " FROM outbox \
         WHERE state = 'pending' AND absent_minutes IS NOT NULL AND chat_id = $1 AND doubtful = 0 \
            AND edit_message_id IS NULL AND (held_until IS NULL OR held_until <= $2) \
         ORDER BY id LIMIT $3"
    );
    PUT_GATHERED = "INSERT INTO outbox (state, class, chat_id, thread_id, person_id, \
            otherwise_chat_id, group_id, says, not_before, created_at, attempts, doubtful) \
        VALUES ('pending', $1, $2, $3, $4, $5, $6, $7, $8, $8, 0, 0) RETURNING id";
    /// What was about to be sent is told with the others, and was not sent by itself.
    GATHER = "UPDATE outbox SET state = 'superseded', ended_at = $2, gathered_into = $3, \
            reason = 'told in one message with what else was late', coalesce_key = NULL, \
            sending_at = NULL \
        WHERE id = $1 AND state IN ('pending', 'sending')";
    GATHERED = concat!("SELECT ", row!(), " FROM outbox WHERE gathered_into = $1 ORDER BY id");
    /// It waits by itself again.
    SCATTER = "UPDATE outbox SET state = 'pending', ended_at = NULL, reason = NULL, \
            gathered_into = NULL \
        WHERE id = $1 AND gathered_into = $2";
    /// The first of each class in each chat that is not held back, chat by chat, from below the lowest
    /// number on: what waits behind them is not looked at, however much it is. Each is asked for by
    /// itself, because a server may plan this when nothing waits, and does not plan anew when much
    /// does: joined, all that was ever said would be read.
    HEADS = "WITH RECURSIVE chats (chat_id) AS ( \
            SELECT -9223372036854775807 \
            UNION ALL SELECT (SELECT MIN(later.chat_id) FROM outbox later \
                WHERE later.state = 'pending' AND later.chat_id > chats.chat_id) \
            FROM chats WHERE chats.chat_id IS NOT NULL), \
        classes (class, place) AS (VALUES ('escalation', 0), ('page', 1), ('awaited', 2), \
            ('card', 3), ('edit', 4), ('chatter', 5)), \
        heads (id, chat_id, class, place) AS MATERIALIZED ( \
            SELECT (SELECT MIN(first.id) FROM outbox first \
                WHERE first.state = 'pending' AND first.chat_id = chats.chat_id \
                    AND first.class = classes.class \
                    AND (first.held_until IS NULL OR first.held_until <= $2)), \
                chats.chat_id, classes.class, classes.place \
            FROM chats CROSS JOIN classes \
            WHERE NOT EXISTS (SELECT 1 FROM outbox busy \
                WHERE busy.state = 'sending' AND busy.chat_id = chats.chat_id)) \
        SELECT heads.id, heads.chat_id, heads.class, \
            (SELECT first.not_before FROM outbox first WHERE first.id = heads.id) AS not_before, \
            (SELECT first.created_at FROM outbox first WHERE first.id = heads.id) AS created_at \
        FROM heads WHERE heads.id IS NOT NULL ORDER BY heads.place, heads.id LIMIT $1";
    OTHERWISE_THREAD = "SELECT otherwise_thread_id FROM outbox WHERE id = $1";
    WAITING = concat!("SELECT ", row!(), " FROM outbox WHERE ", this_if_pending!());
    UNFINISHED_OF = "SELECT COUNT(*) FROM outbox \
        WHERE coalesce_key = $1 AND state IN ('pending', 'sending')";
    SENT_LATELY = "SELECT chat_id, sending_at, attempts, says FROM outbox WHERE sending_at > $1";
    RESTS = "SELECT chat_id, told_at, until FROM outbox_rests WHERE until > $1";
    REST = "INSERT INTO outbox_rests (chat_id, told_at, until) VALUES ($1, $2, $3) \
        ON CONFLICT (chat_id) DO UPDATE SET told_at = excluded.told_at, until = CASE \
            WHEN outbox_rests.until > excluded.until THEN outbox_rests.until \
            ELSE excluded.until END";
    PRUNE_RESTS = "DELETE FROM outbox_rests WHERE until < $1";
    UNFINISHED = "SELECT COUNT(*) FROM outbox WHERE state IN ('pending', 'sending') \
        AND (held_until IS NULL OR held_until <= $1)";
    /// What turned out to be critical waits no longer.
    RELEASE_HELD = "UPDATE outbox SET held_until = NULL, absent_minutes = NULL \
        WHERE incident_id = $1 AND state = 'pending' AND held_until IS NOT NULL";
    SENDING = concat!(
        "UPDATE outbox SET state = 'sending', attempts = attempts + 1, sending_at = $2 \
         WHERE ", this_if_pending!(), " RETURNING ", row!()
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
    /// The chat or the message was not there, so nothing can have arrived.
    WAIT_AGAIN = concat!(
        "UPDATE outbox SET state = 'pending', ", no_longer_an_edit!(), ", doubtful = 0, \
            reason = $2 \
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
    GIVE_UP_CHATTER = "UPDATE outbox SET state = 'dead', ended_at = $2, \
            reason = 'the desk stopped while it was being sent' \
        WHERE id = $1 AND state = 'sending' AND class = 'chatter'";
    BEING_SENT = "SELECT sent.id, word.id FROM outbox sent \
        LEFT JOIN outbox word ON word.gathered_into = sent.id \
        WHERE sent.state = 'sending' ORDER BY sent.id, word.id";
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
