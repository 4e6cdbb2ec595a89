//! What the desk remembers about its own running.

use super::Statement;

statements! {
    /// Which migration was the last.
    SCHEMA_VERSION = "SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations";
    TAKE_OVER = "UPDATE lease SET epoch = epoch + 1 RETURNING epoch";
    STILL_OURS = "SELECT epoch FROM lease WHERE epoch = $1";
    /// What was held back waits from when it might be said.
    BACKLOG = "SELECT (SELECT COUNT(*) FROM incidents WHERE closed_at IS NULL), \
            (SELECT COUNT(*) FROM deadlines WHERE due_at <= $1), \
            (SELECT COUNT(*) FROM outbox WHERE state IN ('pending', 'sending') \
                AND (held_until IS NULL OR held_until <= $1)), \
            (SELECT MIN(COALESCE(held_until, created_at)) FROM outbox WHERE state = 'sending' \
                OR (state = 'pending' AND not_before <= $1 \
                    AND (held_until IS NULL OR held_until <= $1))), \
            (SELECT COUNT(*) FROM incidents WHERE triage_wanted = 1)";
    HANDLE = "INSERT INTO handled_updates (update_id, at) VALUES ($1, $2) \
        ON CONFLICT (update_id) DO NOTHING";
    HANDLED = "SELECT update_id FROM handled_updates WHERE update_id = $1";
    PRUNE_HANDLED = "DELETE FROM handled_updates WHERE at < $1";
    SET_ASIDE = "INSERT INTO updates_set_aside (update_id, raw, cause, at) \
        VALUES ($1, $2, $3, $4) ON CONFLICT (update_id) DO UPDATE SET \
            raw = excluded.raw, cause = excluded.cause, at = excluded.at";
    LAST_RUN = "SELECT seen_at, ended_at FROM runs ORDER BY id DESC LIMIT 1";
    BEGIN = "INSERT INTO runs (began_at, seen_at) VALUES ($1, $1)";
    HEARTBEAT = "UPDATE runs SET seen_at = $1 WHERE id = (SELECT MAX(id) FROM runs)";
    END = "UPDATE runs SET seen_at = $1, ended_at = $1 WHERE id = (SELECT MAX(id) FROM runs)";
}
