//! A group comes under another company, and what its own owned goes.

use super::Statement;

statements! {
    /// Touched, if it never gave a number.
    LEAVE_UNUSED = "UPDATE companies SET version = version + 1 WHERE id = $1 AND last_number = 0";
    /// Touched, if whoever wants it manages it.
    ENTER = "UPDATE companies SET version = version + 1 WHERE id = $1 \
        AND EXISTS (SELECT 1 FROM roles \
            WHERE company_id = $1 AND person_id = $2 AND role = 'manager')";
    MOVE_LAST_GROUP = "UPDATE groups SET company_id = $3 WHERE id = $1 AND company_id = $2 \
        AND NOT EXISTS (SELECT 1 FROM groups other WHERE other.company_id = $2 AND other.id <> $1)";
    /// To register takes no leave, so nobody has to do it twice.
    MOVE_REGISTRATIONS = "INSERT INTO registrations (company_id, person_id, since) \
        SELECT CAST($2 AS BIGINT), person_id, since FROM registrations WHERE company_id = $1 \
        ON CONFLICT (company_id, person_id) DO NOTHING";
    DROP_REGISTRATIONS = "DELETE FROM registrations WHERE company_id = $1";
    RETIRE_ALL = "UPDATE departments SET retired_at = $2 \
        WHERE company_id = $1 AND retired_at IS NULL";
    DROP_JOIN_REQUESTS = "DELETE FROM join_requests WHERE department_id IN \
        (SELECT id FROM departments WHERE company_id = $1)";
    DROP_SCHEDULES = "DELETE FROM duty_schedules WHERE department_id IN \
        (SELECT id FROM departments WHERE company_id = $1)";
    DROP_MEMBERS = "DELETE FROM department_members WHERE department_id IN \
        (SELECT id FROM departments WHERE company_id = $1)";
    DROP_ROLES = "DELETE FROM roles WHERE company_id = $1";
    DROP_WORDS = "DELETE FROM duty_words WHERE company_id = $1";
    DROP_MUTES = "DELETE FROM mutes WHERE company_id = $1";
}
