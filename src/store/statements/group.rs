//! Companies, groups, departments, and who is what in them.

use super::Statement;

statements! {
    MAKE_COMPANY = "INSERT INTO companies (last_number, version, made_at) VALUES (0, 1, $1) \
        RETURNING id";
    COMPANY_VERSION = "SELECT version FROM companies WHERE id = $1";
    TOUCH_COMPANY = "UPDATE companies SET version = version + 1 WHERE id = $1";
    TOUCH_COMPANY_OF_GROUP = "UPDATE companies SET version = version + 1 \
        WHERE id = (SELECT company_id FROM groups WHERE id = $1)";
    TOUCH_COMPANY_OF_DEPARTMENT = "UPDATE companies SET version = version + 1 \
        WHERE id = (SELECT company_id FROM departments WHERE id = $1)";
    TOUCH_COMPANY_OF_REQUEST = "UPDATE companies SET version = version + 1 WHERE id = ( \
            SELECT department.company_id FROM departments department \
            JOIN join_requests request ON request.department_id = department.id \
            WHERE request.id = $1)";
    TOUCH_COMPANIES_OF_CHATS = "UPDATE companies SET version = version + 1 \
        WHERE id IN (SELECT company_id FROM groups WHERE chat_id = $1 OR chat_id = $2)";
    TOUCH_COMPANIES_OF_PERSON = "UPDATE companies SET version = version + 1 WHERE id IN ( \
            SELECT g.company_id FROM groups g \
                JOIN group_people seen ON seen.group_id = g.id WHERE seen.person_id = $1 \
            UNION SELECT company_id FROM roles WHERE person_id = $1 \
            UNION SELECT company_id FROM registrations WHERE person_id = $1 \
            UNION SELECT company_id FROM duty_words WHERE person_id = $1 \
            UNION SELECT company_id FROM mutes WHERE person_id = $1 \
            UNION SELECT department.company_id FROM departments department \
                JOIN department_members member ON member.department_id = department.id \
                WHERE member.person_id = $1 \
            UNION SELECT department.company_id FROM departments department \
                JOIN join_requests request ON request.department_id = department.id \
                WHERE request.person_id = $1 AND request.answered_at IS NULL)";

    MAKE_GROUP = "INSERT INTO groups (company_id, chat_id, title, status, settings, made_at) \
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (chat_id) DO NOTHING RETURNING id";
    GROUP = "SELECT g.id, g.company_id, company.version, g.chat_id, g.title, g.status, g.settings \
        FROM groups g JOIN companies company ON company.id = g.company_id WHERE g.id = $1";
    /// Whatever became of them: figures are of what was.
    GROUPS = "SELECT id FROM groups \
        WHERE CAST($1 AS BIGINT) IS NULL OR company_id = $1 ORDER BY id";
    GROUP_OF_CHAT = "SELECT g.id, g.company_id, company.version, g.chat_id, g.title, g.status, \
        g.settings FROM groups g JOIN companies company ON company.id = g.company_id \
        WHERE g.chat_id = $1";
    SET_GROUP_STATUS = "UPDATE groups SET status = $2 WHERE id = $1";
    SET_GROUP_TITLE = "UPDATE groups SET title = $2 WHERE id = $1";
    SET_GROUP_SETTINGS = "UPDATE groups SET settings = $2 WHERE id = $1";
    /// The bot may meet the upgraded chat as a new one before it hears that it is the old one: that
    /// newcomer makes way. Its number is one that no chat can have.
    SUPPLANT_GROUP = "UPDATE groups SET chat_id = id - 9223372036854775807, status = 'removed' \
        WHERE chat_id = $2 AND EXISTS (SELECT 1 FROM groups old WHERE old.chat_id = $1)";
    MOVE_GROUP = "UPDATE groups SET chat_id = $2 WHERE chat_id = $1";
    GROUPS_OF_PERSON = "SELECT g.id FROM groups g \
        JOIN group_people seen ON seen.group_id = g.id \
        WHERE seen.person_id = $1 AND g.status = 'active' \
        ORDER BY COALESCE(seen.home_at, 0) DESC, g.id";
    HOME_OF_PERSON = "SELECT g.id FROM groups g \
        JOIN group_people seen ON seen.group_id = g.id \
        WHERE seen.person_id = $1 AND g.status = 'active' AND seen.home_at IS NOT NULL \
        ORDER BY seen.home_at DESC, g.id LIMIT 1";
    CHOOSE_HOME = "UPDATE group_people SET home_at = $3 WHERE person_id = $1 AND group_id = $2";

    MAKE_DEPARTMENT = "INSERT INTO departments (company_id, name, access, made_at) \
        VALUES ($1, $2, $3, $4)";
    DEPARTMENTS = "SELECT id, name, access FROM departments \
        WHERE company_id = $1 AND retired_at IS NULL ORDER BY id";
    SET_DEPARTMENT_NAME = "UPDATE departments SET name = $2 WHERE id = $1";
    SET_DEPARTMENT_ACCESS = "UPDATE departments SET access = $2 WHERE id = $1";
    RETIRE_DEPARTMENT = "UPDATE departments SET retired_at = $2 \
        WHERE id = $1 AND retired_at IS NULL";

    MEMBERS = "SELECT member.department_id, member.person_id FROM department_members member \
        JOIN departments department ON department.id = member.department_id \
        WHERE department.company_id = $1 ORDER BY member.since, member.person_id";
    ADD_MEMBER = "INSERT INTO department_members (department_id, person_id, since) \
        VALUES ($1, $2, $3) ON CONFLICT (department_id, person_id) DO NOTHING";
    REMOVE_MEMBER = "DELETE FROM department_members WHERE department_id = $1 AND person_id = $2";

    ROLES = "SELECT person_id, role FROM roles WHERE company_id = $1 ORDER BY since, person_id";
    ADD_ROLE = "INSERT INTO roles (company_id, person_id, role, since) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (company_id, person_id, role) DO NOTHING";
    REMOVE_ROLE = "DELETE FROM roles WHERE company_id = $1 AND person_id = $2 AND role = $3";

    REGISTERED = "SELECT person_id FROM registrations WHERE company_id = $1 \
        ORDER BY since, person_id";
    REGISTER = "INSERT INTO registrations (company_id, person_id, since) VALUES ($1, $2, $3) \
        ON CONFLICT (company_id, person_id) DO NOTHING";

    JOIN_REQUESTS = "SELECT request.person_id, request.department_id FROM join_requests request \
        JOIN departments department ON department.id = request.department_id \
        WHERE department.company_id = $1 AND request.answered_at IS NULL ORDER BY request.id";
    JOIN_REQUEST = "SELECT group_id, person_id, department_id FROM join_requests \
        WHERE id = $1 AND answered_at IS NULL";
    JOIN_REQUEST_OF = "SELECT id FROM join_requests \
        WHERE person_id = $1 AND department_id = $2 AND answered_at IS NULL";
    ASK_TO_JOIN = "INSERT INTO join_requests (group_id, department_id, person_id, asked_at) \
        VALUES ($1, $2, $3, $4) \
        ON CONFLICT (department_id, person_id) WHERE answered_at IS NULL DO NOTHING";
    ANSWER_JOIN_REQUEST = "UPDATE join_requests SET answered_at = $2 \
        WHERE id = $1 AND answered_at IS NULL";
}
