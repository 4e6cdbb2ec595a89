//! Whom calls reached.

use super::Statement;

statements! {
    NOTE_UNHEARD = "INSERT INTO calls_unheard (incident_id, person_id, at) VALUES ($1, $2, $3) \
        ON CONFLICT (incident_id, person_id) DO NOTHING";
    UNHEARD = "SELECT incident_id FROM calls_unheard GROUP BY incident_id \
        ORDER BY MIN(at), incident_id LIMIT $1";
    UNHEARD_OF = "SELECT person_id FROM calls_unheard WHERE incident_id = $1 ORDER BY person_id";
    UNHEARD_NOTED = "DELETE FROM calls_unheard WHERE incident_id = $1 AND person_id = $2";
    TELLINGS = "SELECT person_id, also_person_ids, chat_id, CASE state WHEN 'sent' THEN ended_at END \
        FROM outbox WHERE incident_id = $1 AND class = 'escalation' AND person_id IS NOT NULL \
            AND state IN ('sent', 'dead') \
        ORDER BY id DESC LIMIT $2";
    /// Those that lie unclaimed and wait for no call.
    UNTIMED = "SELECT body FROM incidents \
        WHERE closed_at IS NULL AND urgency = 'critical' AND id > $1 \
            AND stage IN ('intake', 'awaiting_department', 'new') \
            AND NOT EXISTS (SELECT 1 FROM deadlines \
                WHERE incident_id = incidents.id AND kind = 'escalation') \
        ORDER BY id LIMIT $2";
}
