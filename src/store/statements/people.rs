//! Who people are, and where they were seen.

use super::Statement;

statements! {
    /// Reachability is only ever gained here, and a language only where none is known: what a
    /// person chose outweighs what their client says.
    SEE = "INSERT INTO people (id, name, username, language, reachable, seen_at) \
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO UPDATE SET \
            name = excluded.name, username = excluded.username, \
            language = COALESCE(people.language, excluded.language), \
            reachable = CASE WHEN excluded.reachable = 1 THEN 1 ELSE people.reachable END, \
            seen_at = excluded.seen_at";
    /// A username belongs to one person at a time: who carried it before no longer does.
    RELEASE_USERNAME = "UPDATE people SET username = NULL \
        WHERE LOWER(username) = LOWER($1) AND id <> $2";
    SEE_IN_GROUP = "INSERT INTO group_people (person_id, group_id, seen_at) VALUES ($1, $2, $3) \
        ON CONFLICT (person_id, group_id) DO UPDATE SET seen_at = excluded.seen_at";
    SET_REACHABLE = "INSERT INTO people (id, name, reachable, seen_at) VALUES ($1, '', $2, $3) \
        ON CONFLICT (id) DO UPDATE SET reachable = excluded.reachable";
    SET_LANGUAGE = "INSERT INTO people (id, name, language, reachable, seen_at) \
        VALUES ($1, '', $2, 0, $3) ON CONFLICT (id) DO UPDATE SET language = excluded.language";
    REACHABLE = "SELECT reachable FROM people WHERE id = $1";
    /// As many at once as [`crate::store::people::BATCH`] says; a shorter list repeats its last.
    PEOPLE = "SELECT id, name, username, language, reachable FROM people \
        WHERE id IN ($1, $2, $3, $4, $5, $6, $7, $8)";
    NAMED = "SELECT id, name, username, language, reachable FROM people \
        WHERE LOWER(username) = LOWER($1) ORDER BY seen_at DESC LIMIT 1";

    FORGET_SIGHTING = "DELETE FROM group_people WHERE person_id = $1 AND group_id = $2";
    FORGET_MEMBERSHIPS_THERE = "DELETE FROM department_members WHERE person_id = $1 \
        AND department_id IN ( \
            SELECT department.id FROM departments department \
            JOIN groups g ON g.company_id = department.company_id WHERE g.id = $2) \
        AND NOT EXISTS ( \
            SELECT 1 FROM group_people seen \
            JOIN groups other ON other.id = seen.group_id \
            JOIN groups g ON g.company_id = other.company_id \
            WHERE g.id = $2 AND seen.person_id = $1)";
    FORGET_NAMES = "UPDATE people SET name = '', username = NULL, language = NULL WHERE id = $1";
    FORGET_SIGHTINGS = "DELETE FROM group_people WHERE person_id = $1";
    FORGET_MEMBERSHIPS = "DELETE FROM department_members WHERE person_id = $1";
    FORGET_ROLES = "DELETE FROM roles WHERE person_id = $1";
    FORGET_REGISTRATIONS = "DELETE FROM registrations WHERE person_id = $1";
    FORGET_JOIN_REQUESTS = "DELETE FROM join_requests WHERE person_id = $1";
}
