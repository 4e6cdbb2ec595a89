//! Incidents, and what is derived from them.

use super::Statement;

/// The open incidents of a group that a person reported or works on.
macro_rules! mine {
    () => {
        "FROM incidents WHERE group_id = $1 AND closed_at IS NULL AND (reporter_id = $2 OR EXISTS (\
            SELECT 1 FROM participations part WHERE part.incident_id = incidents.id \
            AND part.person_id = $2 AND part.ended_at IS NULL))"
    };
}

statements! {
    /// The row lock this takes is what makes numbers follow each other without gaps.
    NEXT_NUMBER = "UPDATE companies SET last_number = last_number + 1 WHERE id = $1 \
        RETURNING last_number";
    /// What never changes. The rest follows in the same transaction, once the id is known.
    OPEN_INCIDENT = "INSERT INTO incidents (company_id, group_id, number, reporter_id, opened_at, \
            origin_chat_id, origin_message_id, album, version, stage, body) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, '', '') \
        ON CONFLICT (origin_chat_id, origin_message_id) DO NOTHING RETURNING id";
    /// Only onto the version that was decided on.
    CHANGE_INCIDENT = "UPDATE incidents SET version = $3, stage = $4, department_id = $5, \
            owner_id = $6, urgency = $7, resolution = $8, closed_at = $9, body = $10, \
            triage_wanted = $11, triage_urgency = $12, rated_by = $13, paused_ms = $14, \
            target_at = CASE WHEN CAST($15 AS BIGINT) = 1 THEN target_at \
                ELSE CAST($16 AS BIGINT) END, \
            is_done = CAST($15 AS BIGINT), done_at = COALESCE(CAST($17 AS BIGINT), done_at), \
            done_by = COALESCE(CAST($18 AS BIGINT), done_by) \
        WHERE id = $1 AND version = $2";
    APPEND_EVENT = "INSERT INTO events (incident_id, sequence, at, person_id, name, body) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    KEEP_SESSION = "INSERT INTO department_sessions \
            (incident_id, ordinal, department_id, assigned_at, claimed_at, ended_at, ending, \
            group_id) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (incident_id, ordinal) DO UPDATE SET \
            claimed_at = excluded.claimed_at, ended_at = excluded.ended_at, \
            ending = excluded.ending";
    KEEP_PARTICIPATION = "INSERT INTO participations \
            (incident_id, ordinal, person_id, role, began_at, ended_at, ending) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (incident_id, ordinal) DO UPDATE SET \
            ended_at = excluded.ended_at, ending = excluded.ending";
    /// The same moment twice is the same word.
    KEEP_ACKNOWLEDGEMENT = "INSERT INTO acknowledgements (incident_id, at, person_id, called_at) \
        VALUES ($1, $2, $3, $4) ON CONFLICT (incident_id, at) DO NOTHING";
    DROP_DEADLINES = "DELETE FROM deadlines WHERE incident_id = $1";
    SET_DEADLINE = "INSERT INTO deadlines (incident_id, kind, due_at) VALUES ($1, $2, $3)";

    INCIDENT = "SELECT body FROM incidents WHERE id = $1";
    INCIDENT_NUMBERED = "SELECT body FROM incidents WHERE company_id = $1 AND number = $2";
    INCIDENT_FROM = "SELECT body FROM incidents \
        WHERE origin_chat_id = $1 AND origin_message_id = $2";
    INCIDENT_FROM_ALBUM = "SELECT body FROM incidents WHERE origin_chat_id = $1 AND album = $2 \
        ORDER BY id LIMIT 1";
    COUNT_ALL_OPEN = "SELECT COUNT(*) FROM incidents WHERE closed_at IS NULL";
    OPEN_AFTER = "SELECT body FROM incidents \
        WHERE closed_at IS NULL AND (company_id, number) > ($1, $2) \
        ORDER BY company_id, number LIMIT $3";
    RECENT = "SELECT body FROM incidents WHERE group_id = $1 \
        ORDER BY opened_at DESC, number DESC LIMIT $2";
    LIST_OPEN = "SELECT body FROM incidents WHERE group_id = $1 AND closed_at IS NULL \
        ORDER BY number DESC LIMIT $2 OFFSET $3";
    COUNT_OPEN = "SELECT COUNT(*) FROM incidents WHERE group_id = $1 AND closed_at IS NULL";
    LIST_OPEN_IN = "SELECT body FROM incidents WHERE group_id = $1 AND department_id = $2 \
        AND closed_at IS NULL ORDER BY number DESC LIMIT $3 OFFSET $4";
    COUNT_OPEN_IN = "SELECT COUNT(*) FROM incidents \
        WHERE group_id = $1 AND department_id = $2 AND closed_at IS NULL";
    LIST_MINE = concat!("SELECT body ", mine!(), " ORDER BY number DESC LIMIT $3 OFFSET $4");
    COUNT_MINE = concat!("SELECT COUNT(*) ", mine!());
    LIST_UNCLAIMED = "SELECT body FROM incidents WHERE group_id = $1 AND department_id = $2 \
        AND closed_at IS NULL AND stage = 'new' ORDER BY number DESC LIMIT $3 OFFSET $4";
    COUNT_UNCLAIMED = "SELECT COUNT(*) FROM incidents WHERE group_id = $1 \
        AND department_id = $2 AND closed_at IS NULL AND stage = 'new'";
    LIST_OWNED = "SELECT body FROM incidents WHERE group_id = $1 AND owner_id = $2 \
        AND closed_at IS NULL ORDER BY number DESC LIMIT $3 OFFSET $4";
    COUNT_OWNED = "SELECT COUNT(*) FROM incidents WHERE group_id = $1 AND owner_id = $2 \
        AND closed_at IS NULL";
    EVENTS = "SELECT body FROM events WHERE incident_id = $1 ORDER BY sequence";

    DUE = "SELECT incident.id, incident.group_id FROM deadlines deadline \
        JOIN incidents incident ON incident.id = deadline.incident_id \
        WHERE deadline.due_at <= $1 GROUP BY incident.id, incident.group_id \
        ORDER BY MIN(deadline.due_at), incident.id LIMIT $2";
    NEXT_DUE = "SELECT MIN(due_at) FROM (SELECT MIN(due_at) AS due_at FROM deadlines \
        UNION ALL SELECT MIN(item.due_at) FROM agenda item \
            JOIN groups g ON g.id = item.group_id WHERE g.status = 'active') soonest";

    CARD = "SELECT chat_id, thread_id, message_id FROM cards WHERE incident_id = $1";
    KEEP_CARD = "INSERT INTO cards (incident_id, chat_id, thread_id, message_id) \
        VALUES ($1, $2, $3, $4) ON CONFLICT (incident_id) DO UPDATE SET \
            chat_id = excluded.chat_id, thread_id = excluded.thread_id, \
            message_id = excluded.message_id";
    FIND_CARD = "INSERT INTO cards (incident_id, chat_id, thread_id, message_id) \
        VALUES ($1, $2, $3, $4) ON CONFLICT (incident_id) DO NOTHING";
    FORGET_CARD = "DELETE FROM cards WHERE incident_id = $1 AND chat_id = $2";
    FORGET_CARD_IN = "DELETE FROM cards WHERE chat_id = $1 AND message_id = $2";
    FORGET_CARDS_OF_CHAT = "DELETE FROM cards WHERE chat_id = $1";

    KEEP_ALBUM_PHOTO = "INSERT INTO album_photos (chat_id, album, message_id, photo, at) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (chat_id, album, message_id) DO NOTHING";
    ALBUM = "SELECT photo FROM album_photos WHERE chat_id = $1 AND album = $2 ORDER BY message_id";
    PRUNE_ALBUMS = "DELETE FROM album_photos WHERE at < $1";
}
