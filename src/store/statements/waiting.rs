//! Reports that wait for their reporter's word.

use super::Statement;

statements! {
    KEEP_WAITING = "INSERT INTO waiting_reports (group_id, id, report, like_id) \
        VALUES ($1, $2, $3, $4) ON CONFLICT (group_id, id) DO UPDATE SET \
            report = excluded.report, like_id = excluded.like_id";
    WAITING = "SELECT report, like_id FROM waiting_reports WHERE group_id = $1 AND id = $2";
    DROP_WAITING = "DELETE FROM waiting_reports WHERE group_id = $1 AND id = $2";
}
