//! Who is signed in to the dashboard, and what it lists.

use super::Statement;

/// Open incidents of as many groups as [`actors::ports::BOARD_GROUPS`] says; a shorter list repeats
/// its last.
macro_rules! open {
    () => {
        "FROM incidents i WHERE i.closed_at IS NULL \
            AND i.group_id IN ($1, $2, $3, $4, $5, $6, $7, $8)"
    };
}

/// `$9` is now. Nobody is late while an incident rests, or is done but for a word.
macro_rules! late {
    () => {
        "CASE WHEN i.target_at < $9 AND i.stage NOT IN ('blocked', 'awaiting_summary', 'done') \
            THEN 1 ELSE 0 END"
    };
}

macro_rules! lane {
    () => {
        "CASE WHEN i.stage IN ('accepted', 'in_progress') THEN 'underway' \
            WHEN i.stage = 'blocked' THEN 'on-hold' \
            WHEN i.stage IN ('awaiting_summary', 'done') THEN 'finishing' ELSE 'unclaimed' END"
    };
}

/// The casts tell PostgreSQL what an unused NULL would be.
macro_rules! wanted {
    () => {
        concat!(
            open!(),
            " AND (CAST($10 AS BIGINT) IS NULL OR i.department_id = $10) \
            AND (CAST($11 AS TEXT) IS NULL OR i.urgency = $11) \
            AND (CAST($12 AS TEXT) IS NULL OR ",
            lane!(),
            " = $12) AND (CAST($13 AS BIGINT) = 0 OR ",
            late!(),
            " = 1)"
        )
    };
}

statements! {
    DROP_SIGN_INS_OF = "DELETE FROM sign_ins WHERE person_id = $1";
    KEEP_SIGN_IN = "INSERT INTO sign_ins (digest, person_id, until_at) VALUES ($1, $2, $3)";
    SIGN_IN_OF = "SELECT person_id FROM sign_ins WHERE digest = $1 AND until_at > $2";
    /// Only one of many who try at once gets the row back.
    USE_SIGN_IN = "DELETE FROM sign_ins WHERE digest = $1 AND until_at > $2 RETURNING person_id";
    PRUNE_SIGN_INS = "DELETE FROM sign_ins WHERE until_at < $1";
    BEGIN_SESSION = "INSERT INTO sessions (digest, person_id, began_at, until_at) \
        VALUES ($1, $2, $3, $4)";
    SESSION_OF = "SELECT person_id FROM sessions WHERE digest = $1 AND until_at > $2";
    END_SESSION = "DELETE FROM sessions WHERE digest = $1";
    END_SESSIONS_OF = "DELETE FROM sessions WHERE person_id = $1";
    PRUNE_SESSIONS = "DELETE FROM sessions WHERE until_at < $1";
    BOARD = concat!(
        "SELECT i.body ", wanted!(), " ORDER BY \
            CASE i.urgency WHEN 'critical' THEN 0 ELSE 1 END, ", late!(), " DESC, \
            i.opened_at, i.number LIMIT $14 OFFSET $15");
    COUNT_BOARD = concat!("SELECT COUNT(*) ", wanted!());
    TALLY = concat!("SELECT COUNT(*), COUNT(CASE WHEN i.urgency = 'critical' THEN 1 END), \
            COUNT(CASE WHEN ", late!(), " = 1 THEN 1 END), \
            COUNT(CASE WHEN ", lane!(), " = 'unclaimed' THEN 1 END) ", open!());
}
