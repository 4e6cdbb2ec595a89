//! What reports count. Scope and window are the same values everywhere: `$1` group, `$2` department
//! and `$3` urgency (or NULL for all), `$4` the first moment, `$5` the first one after.

use super::Statement;

// `CROSS JOIN` makes SQLite begin with what happened in the window, by its index: without statistics
// it would begin with all incidents of the group. To PostgreSQL it is a join like any other.

/// Whether an incident is of the scope. The casts tell PostgreSQL what an unused NULL would be.
macro_rules! of_scope {
    ($department:literal) => {
        concat!(
            "i.group_id = $1 AND (CAST($2 AS BIGINT) IS NULL OR ",
            $department,
            " = $2) AND (CAST($3 AS TEXT) IS NULL OR i.urgency = $3)"
        )
    };
}

/// Count, sum, median and 90th percentile by nearest rank, and how many are impossible. A rank is
/// counted among the possible ones only, since the impossible stand before them.
macro_rules! times {
    ($measured:expr) => {
        concat!(
            "WITH measured AS (",
            $measured,
            "), ranked AS (SELECT ms, ROW_NUMBER() OVER (ORDER BY ms) AS place, \
                COUNT(*) OVER () AS total FROM measured WHERE ms >= 0) \
            SELECT (SELECT COUNT(*) FROM ranked), \
                (SELECT CAST(SUM(ms) AS BIGINT) FROM ranked), \
                (SELECT MIN(ms) FROM ranked WHERE place * 2 >= total), \
                (SELECT MIN(ms) FROM ranked WHERE place * 10 >= total * 9), \
                (SELECT COUNT(*) FROM measured WHERE ms < 0)"
        )
    };
}

/// What was done in the window: the last word on it, if it was said then.
macro_rules! done {
    () => {
        concat!(
            "SELECT e.at - i.opened_at AS ms, i.urgency AS urgency FROM events e CROSS JOIN incidents i \
            WHERE i.id = e.incident_id AND e.name = 'summarised' AND e.at >= $4 AND e.at < $5 AND ",
            of_scope!("i.department_id"),
            " AND NOT EXISTS (SELECT 1 FROM events later WHERE later.incident_id = e.incident_id \
                AND later.name = 'summarised' AND later.sequence > e.sequence)"
        )
    };
}

statements! {
    CREATED = concat!("SELECT COUNT(*) FROM incidents i WHERE ",
        of_scope!("i.department_id"), " AND i.opened_at >= $4 AND i.opened_at < $5");
    CLOSED = concat!("SELECT COUNT(*), COUNT(CASE WHEN i.resolution IN ('no_summary', 'unconfirmed') \
            THEN 1 END) FROM incidents i WHERE ",
        of_scope!("i.department_id"), " AND i.closed_at >= $4 AND i.closed_at < $5");
    OPEN_NOW = concat!("SELECT COUNT(*) FROM incidents i WHERE ",
        of_scope!("i.department_id"), " AND i.closed_at IS NULL");
    REOPENED = concat!("SELECT COUNT(*) FROM events e CROSS JOIN incidents i \
            WHERE i.id = e.incident_id AND e.name = 'reopened' AND e.at >= $4 AND e.at < $5 AND ",
        of_scope!("i.department_id"));
    RESPONSE = times!(concat!("SELECT s.claimed_at - s.assigned_at AS ms \
            FROM department_sessions s CROSS JOIN incidents i \
            WHERE i.id = s.incident_id AND s.claimed_at >= $4 AND s.claimed_at < $5 AND ",
        of_scope!("s.department_id")));
    RESOLUTION = times!(done!());
    /// Rated ones, and those within the targets `$6` to `$8` of critical, same-day and planned.
    WITHIN_TARGET = concat!("WITH done AS (", done!(), ") SELECT COUNT(*), \
            COUNT(CASE WHEN ms <= CASE urgency WHEN 'critical' THEN CAST($6 AS BIGINT) \
                WHEN 'same-day' THEN CAST($7 AS BIGINT) ELSE CAST($8 AS BIGINT) END THEN 1 END) \
            FROM done WHERE ms >= 0 AND urgency IS NOT NULL");
    /// What was said, what a person set, how often.
    RATINGS = concat!("SELECT i.triage_urgency, \
            CASE WHEN i.rated_by = 'person' THEN i.urgency END, COUNT(*) FROM incidents i WHERE ",
        of_scope!("i.department_id"), " AND i.triage_urgency IS NOT NULL \
            AND i.opened_at >= $4 AND i.opened_at < $5 GROUP BY 1, 2");
    MISSED = concat!("SELECT i.body FROM incidents i WHERE ", of_scope!("i.department_id"),
        " AND i.triage_urgency IS NOT NULL AND i.opened_at >= $4 AND i.opened_at < $5 \
            AND i.triage_urgency <> 'critical' AND i.rated_by = 'person' \
            AND i.urgency = 'critical' ORDER BY i.number DESC LIMIT $6");
    IN_WINDOW = "SELECT i.body FROM incidents i WHERE i.group_id = $1 \
            AND (i.opened_at >= $2 AND i.opened_at < $3 OR i.closed_at >= $2 AND i.closed_at < $3) \
        ORDER BY i.number LIMIT $4";
}
