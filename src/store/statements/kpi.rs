//! What reports count: narrow rows of whole numbers, read once for a window and counted in
//! `actors::domain::kpi::Facts`. `$1` is the first moment, `$2` the first one after, `$3` the group
//! where rows of other groups can be told apart here; the others are told apart by their incident.

use super::{Columns, Statement};

/// An urgency as a number, 0 for none, 4 for one that this version does not know.
macro_rules! urgency {
    ($column:literal) => {
        concat!(
            "CASE WHEN ", $column, " IS NULL THEN 0 ELSE CASE ", $column, " WHEN 'critical' THEN 1 \
             WHEN 'same-day' THEN 2 WHEN 'planned' THEN 3 ELSE 4 END END"
        )
    };
}

/// What is told of an incident. All of it stands in one index. What has few values is one number,
/// which `actors` never sees: a column less is a column less to be handed over. From its end: whether
/// a person rated it, whether the clock closed it, whether it was done in time (2) or late (1), what
/// triage said, its urgency, its department.
macro_rules! counted {
    ($which:literal) => {
        concat!(
            "SELECT i.id, ((((COALESCE(i.department_id, 0) * 5 + ", urgency!("i.urgency"), ") * 5 + ",
                urgency!("i.triage_urgency"), ") * 3 + CASE WHEN i.is_done = 1 \
                    AND i.target_at IS NOT NULL AND i.done_at >= i.opened_at \
                    THEN CASE WHEN i.done_at <= i.target_at THEN 2 ELSE 1 END ELSE 0 END) * 2 \
                + CASE WHEN i.resolution IN ('no_summary', 'unconfirmed') THEN 1 ELSE 0 END) * 2 \
                + CASE WHEN i.rated_by = 'person' THEN 1 ELSE 0 END, \
                i.opened_at, i.closed_at, i.done_at, i.done_by, i.paused_ms \
            FROM incidents i WHERE i.group_id = $3 AND ",
            $which
        )
    };
}

columns! {
    /// Those that were open at some time in the window, and those that are open now.
    INCIDENTS_COUNTED(id, marks, opened, closed, done, done_by, on_hold) = concat!(
        counted!("i.closed_at >= $1 AND i.opened_at < $2"),
        " UNION ALL ",
        counted!("i.closed_at IS NULL")
    );
    CLAIMS_COUNTED(incident, department, assigned, claimed) =
        "SELECT s.incident_id, s.department_id, s.assigned_at, s.claimed_at \
        FROM department_sessions s \
        WHERE s.group_id = $3 AND s.claimed_at >= $1 AND s.claimed_at < $2";
    REOPENINGS_COUNTED(incident, at) = "SELECT e.incident_id, e.at FROM events e \
        WHERE e.name = 'reopened' AND e.at >= $1 AND e.at < $2";
    LOST_CLAIMS_COUNTED(incident, department, person, at) =
        "SELECT l.incident_id, l.department_id, l.person_id, l.at \
        FROM lost_claims l WHERE l.at >= $1 AND l.at < $2";
    /// 1 is a warning, 2 a call, 3 one that did not arrive.
    CALLS_COUNTED(incident, at, kind) = "SELECT e.incident_id, e.at, \
            CAST(CASE e.name WHEN 'escalation_warned' THEN 1 \
            WHEN 'escalated' THEN 2 ELSE 3 END AS BIGINT) FROM events e \
        WHERE e.name IN ('escalated', 'call_unheard', 'escalation_warned') \
            AND e.at >= $1 AND e.at < $2";
    ACKNOWLEDGEMENTS_COUNTED(incident, at, called) =
        "SELECT a.incident_id, a.at, a.called_at FROM acknowledgements a \
        WHERE a.at >= $1 AND a.at < $2";
    TAKINGS_COUNTED(incident, person, at) = "SELECT e.incident_id, e.person_id, e.at FROM events e \
        WHERE e.name = 'claimed' AND e.at >= $1 AND e.at < $2";
    /// Work that had begun before the window ended, and had not ended before it began.
    WORK_COUNTED(incident, person, began, ended) =
        "SELECT p.incident_id, p.person_id, p.began_at, p.ended_at \
        FROM participations p WHERE p.ended_at > $1 AND p.began_at < $2 \
        UNION ALL SELECT p.incident_id, p.person_id, p.began_at, p.ended_at \
        FROM participations p WHERE p.ended_at IS NULL AND p.began_at < $2";
}

statements! {
    KEEP_LOST_CLAIM = "INSERT INTO lost_claims (incident_id, person_id, won_at, department_id, at) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (incident_id, person_id, won_at) DO NOTHING";
    /// By number.
    IN_WINDOW = "SELECT i.body FROM incidents i WHERE i.group_id = $1 \
            AND (i.opened_at >= $2 AND i.opened_at < $3 OR i.closed_at >= $2 AND i.closed_at < $3) \
        ORDER BY i.number LIMIT $4";
}
