//! Work that comes again.

use super::Statement;

statements! {
    MAKE_RECURRING = "INSERT INTO recurring (group_id, rule, made_by, made_at) \
        VALUES ($1, $2, $3, $4) RETURNING id";
    SET_RULE = "UPDATE recurring SET rule = $2 WHERE id = $1";
    DROP_RECURRING = "UPDATE recurring SET dropped_at = $2 WHERE id = $1 AND dropped_at IS NULL";
    NOTE_LAST = "UPDATE recurring SET last_incident_id = $2 WHERE id = $1";
    RECURRING = "SELECT id, group_id, rule, made_by, last_incident_id FROM recurring \
        WHERE id = $1 AND dropped_at IS NULL";
    RECURRING_OF_GROUP = "SELECT id, group_id, rule, made_by, last_incident_id FROM recurring \
        WHERE group_id = $1 AND dropped_at IS NULL ORDER BY id";
}
