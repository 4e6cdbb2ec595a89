//! What groups wait for.

use super::Statement;

statements! {
    SET_AGENDA = "INSERT INTO agenda (group_id, kind, subject, due_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (group_id, kind, subject) DO UPDATE SET due_at = excluded.due_at";
    DROP_AGENDA = "DELETE FROM agenda WHERE group_id = $1 AND kind = $2 AND subject = $3";
    AGENDA = "SELECT kind, subject, due_at FROM agenda \
        WHERE group_id = $1 AND due_at <= $2 ORDER BY due_at, kind, subject LIMIT $3";
    AGENDA_DUE = "SELECT g.chat_id FROM agenda item JOIN groups g ON g.id = item.group_id \
        WHERE item.due_at <= $1 AND g.status = 'active' GROUP BY g.chat_id \
        ORDER BY MIN(item.due_at), g.chat_id LIMIT $2";
}
