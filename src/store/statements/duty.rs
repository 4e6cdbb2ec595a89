//! Who is on duty when, and who does not want to hear what.

use super::Statement;

statements! {
    SCHEDULES = "SELECT schedule.department_id, schedule.person_id, schedule.week \
        FROM duty_schedules schedule \
        JOIN departments department ON department.id = schedule.department_id \
        WHERE department.company_id = $1 AND department.retired_at IS NULL \
        ORDER BY schedule.since, schedule.department_id, schedule.person_id";
    SET_SCHEDULE = "INSERT INTO duty_schedules (department_id, person_id, week, since) \
        VALUES ($1, $2, $3, $4) ON CONFLICT (department_id, person_id) DO UPDATE SET \
            week = excluded.week, since = excluded.since";
    DROP_SCHEDULE = "DELETE FROM duty_schedules WHERE department_id = $1 AND person_id = $2";

    WORDS = "SELECT person_id, is_on, since, until FROM duty_words WHERE company_id = $1 \
        ORDER BY since, person_id";
    SET_WORD = "INSERT INTO duty_words (company_id, person_id, is_on, since, until) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (company_id, person_id) DO UPDATE SET \
            is_on = excluded.is_on, since = excluded.since, until = excluded.until";
    PRUNE_WORDS = "DELETE FROM duty_words WHERE until < $1";

    MUTES = "SELECT person_id, what FROM mutes WHERE company_id = $1 ORDER BY person_id, what";
    MUTE = "INSERT INTO mutes (company_id, person_id, what) VALUES ($1, $2, $3) \
        ON CONFLICT (company_id, person_id, what) DO NOTHING";
    UNMUTE = "DELETE FROM mutes WHERE company_id = $1 AND person_id = $2 AND what = $3";

    /// Of departments they do not belong to any more.
    FORGET_FORMER_SCHEDULES = "DELETE FROM duty_schedules WHERE person_id = $1 AND NOT EXISTS ( \
        SELECT 1 FROM department_members member \
        WHERE member.department_id = duty_schedules.department_id \
            AND member.person_id = duty_schedules.person_id)";
    FORGET_WORDS_THERE = "DELETE FROM duty_words WHERE person_id = $1 AND company_id IN ( \
            SELECT company_id FROM groups WHERE id = $2) \
        AND NOT EXISTS ( \
            SELECT 1 FROM group_people seen JOIN groups g ON g.id = seen.group_id \
            WHERE seen.person_id = $1 AND g.company_id = duty_words.company_id)";
    FORGET_MUTES_THERE = "DELETE FROM mutes WHERE person_id = $1 AND company_id IN ( \
            SELECT company_id FROM groups WHERE id = $2) \
        AND NOT EXISTS ( \
            SELECT 1 FROM group_people seen JOIN groups g ON g.id = seen.group_id \
            WHERE seen.person_id = $1 AND g.company_id = mutes.company_id)";
    FORGET_SCHEDULES = "DELETE FROM duty_schedules WHERE person_id = $1";
    FORGET_WORDS = "DELETE FROM duty_words WHERE person_id = $1";
    FORGET_MUTES = "DELETE FROM mutes WHERE person_id = $1";
}
