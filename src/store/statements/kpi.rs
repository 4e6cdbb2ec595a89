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
    ($columns:literal) => {
        concat!(
            "SELECT ", $columns, " FROM events e CROSS JOIN incidents i \
            WHERE i.id = e.incident_id AND e.name = 'summarised' AND e.at >= $4 AND e.at < $5 AND ",
            of_scope!("i.department_id"),
            " AND NOT EXISTS (SELECT 1 FROM events later WHERE later.incident_id = e.incident_id \
                AND later.name = 'summarised' AND later.sequence > e.sequence)"
        )
    };
}

/// How much of a person's work on an incident lies in the window, in milliseconds.
macro_rules! worked {
    ($ended:literal) => {
        concat!(
            "(CASE WHEN ", $ended, " < $5 THEN ", $ended, " ELSE $5 END) \
            - (CASE WHEN p.began_at > $4 THEN p.began_at ELSE $4 END)"
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
    RESOLUTION = times!(done!("e.at - i.opened_at AS ms"));
    ON_HOLD = times!(concat!(done!("i.paused_ms AS ms"), " AND i.paused_ms > 0"));
    /// Those with a target, and those that met it; what was reopened since has another one now.
    WITHIN_TARGET = concat!("SELECT COUNT(*), COUNT(CASE WHEN at <= target_at THEN 1 END) FROM (",
        done!("e.at AS at, i.target_at AS target_at"), " AND i.target_at IS NOT NULL \
            AND e.at >= i.opened_at AND NOT EXISTS (SELECT 1 FROM events again \
                WHERE again.incident_id = e.incident_id AND again.name = 'reopened' \
                AND again.sequence > e.sequence)) done");
    KEEP_LOST_CLAIM = "INSERT INTO lost_claims (incident_id, person_id, won_at, department_id, at) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (incident_id, person_id, won_at) DO NOTHING";
    LOST_CLAIMS = concat!("SELECT COUNT(*) FROM lost_claims l CROSS JOIN incidents i \
            WHERE i.id = l.incident_id AND l.at >= $4 AND l.at < $5 AND ",
        of_scope!("l.department_id"));
    /// Claims, summaries, lost races and time at work of each person; `$6` is now, where work goes on.
    DEEDS = concat!("SELECT person_id, CAST(SUM(claims) AS BIGINT), CAST(SUM(resolved) AS BIGINT), \
            CAST(SUM(lost) AS BIGINT), CAST(SUM(active) AS BIGINT) FROM ( \
            SELECT e.person_id AS person_id, 1 AS claims, 0 AS resolved, 0 AS lost, \
                CAST(0 AS BIGINT) AS active FROM events e CROSS JOIN incidents i \
                WHERE i.id = e.incident_id AND e.name = 'claimed' AND e.at >= $4 AND e.at < $5 AND ",
        of_scope!("i.department_id"),
        " UNION ALL ", done!("e.person_id, 0, 1, 0, CAST(0 AS BIGINT)"),
        " UNION ALL SELECT l.person_id, 0, 0, 1, CAST(0 AS BIGINT) \
            FROM lost_claims l CROSS JOIN incidents i \
            WHERE i.id = l.incident_id AND l.at >= $4 AND l.at < $5 AND ",
        of_scope!("l.department_id"),
        " UNION ALL SELECT p.person_id, 0, 0, 0, ", worked!("p.ended_at"),
        " FROM participations p CROSS JOIN incidents i WHERE i.id = p.incident_id \
            AND p.ended_at > $4 AND p.began_at < $5 AND ", of_scope!("i.department_id"),
        " UNION ALL SELECT p.person_id, 0, 0, 0, ", worked!("CAST($6 AS BIGINT)"),
        " FROM participations p CROSS JOIN incidents i WHERE i.id = p.incident_id \
            AND p.ended_at IS NULL AND p.began_at < $5 AND p.began_at < CAST($6 AS BIGINT) \
            AND CAST($6 AS BIGINT) > $4 AND ", of_scope!("i.department_id"),
        ") deeds WHERE person_id IS NOT NULL GROUP BY person_id \
        ORDER BY 3 DESC, 2 DESC, 5 DESC, 1 LIMIT $7");
    /// What was said, what a person set, how often.
    RATINGS = concat!("SELECT i.triage_urgency, \
            CASE WHEN i.rated_by = 'person' THEN i.urgency END, COUNT(*) FROM incidents i WHERE ",
        of_scope!("i.department_id"), " AND i.triage_urgency IS NOT NULL \
            AND i.opened_at >= $4 AND i.opened_at < $5 GROUP BY 1, 2");
    MISSED = concat!("SELECT i.body FROM incidents i WHERE ", of_scope!("i.department_id"),
        " AND i.triage_urgency IS NOT NULL AND i.opened_at >= $4 AND i.opened_at < $5 \
            AND i.triage_urgency <> 'critical' AND i.rated_by = 'person' \
            AND i.urgency = 'critical' ORDER BY i.number DESC LIMIT $6");
    /// By number.
    IN_WINDOW = "SELECT i.body FROM incidents i WHERE i.group_id = $1 \
            AND (i.opened_at >= $2 AND i.opened_at < $3 OR i.closed_at >= $2 AND i.closed_at < $3) \
        ORDER BY i.number LIMIT $4";
}
