//! Whom calls reached.

use super::Statement;

statements! {
    NOTE_UNHEARD = "INSERT INTO calls_unheard (incident_id, person_id, at) VALUES ($1, $2, $3) \
        ON CONFLICT (incident_id, person_id) DO NOTHING";
    UNHEARD = "SELECT incident_id FROM calls_unheard GROUP BY incident_id \
        ORDER BY MIN(at), incident_id LIMIT $1";
    UNHEARD_OF = "SELECT person_id FROM calls_unheard WHERE incident_id = $1 ORDER BY person_id";
    UNHEARD_NOTED = "DELETE FROM calls_unheard WHERE incident_id = $1 AND person_id = $2";
    /// What was told with others was heard when those were.
    TELLINGS = "SELECT word.person_id, word.also_person_ids, word.chat_id, \
            CASE COALESCE(told.state, word.state) \
                WHEN 'sent' THEN COALESCE(told.ended_at, word.ended_at) END \
        FROM outbox word LEFT JOIN outbox told ON told.id = word.gathered_into \
        WHERE word.incident_id = $1 AND word.class = 'escalation' AND word.person_id IS NOT NULL \
            AND COALESCE(told.state, word.state) IN ('sent', 'dead') \
        ORDER BY word.id DESC LIMIT $2";
    /// Those that lie unclaimed and wait for no call.
    UNTIMED = "SELECT body FROM incidents \
        WHERE closed_at IS NULL AND urgency = 'critical' AND id > $1 \
            AND stage IN ('intake', 'awaiting_department', 'new') \
            AND NOT EXISTS (SELECT 1 FROM deadlines \
                WHERE incident_id = incidents.id AND kind = 'escalation') \
        ORDER BY id LIMIT $2";
}
