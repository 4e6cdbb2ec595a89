//! Places with a code, and who is at one.

use super::Statement;

statements! {
    MAKE_PLACE = "INSERT INTO places (group_id, name, folded, token, made_at) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (group_id, folded) DO NOTHING";
    PLACE_OF_TOKEN = "SELECT id, group_id, name, token FROM places WHERE token = $1";
    PLACE_NAMED = "SELECT id, group_id, name, token FROM places \
        WHERE group_id = $1 AND folded = $2";
    ALL_PLACES = "SELECT place.id, place.group_id, place.name, place.token, g.title \
        FROM places place JOIN groups g ON g.id = place.group_id \
        WHERE g.status = 'active' ORDER BY g.id, place.id";
    VISIT = "INSERT INTO visits (person_id, place_id, at, reported) VALUES ($1, $2, $3, 0) \
        ON CONFLICT (person_id) DO UPDATE SET \
            place_id = excluded.place_id, at = excluded.at, reported = 0";
    NOTE_REPORT = "UPDATE visits SET reported = 1 WHERE person_id = $1";
    VISIT_OF = "SELECT place.id, place.group_id, place.name, place.token, visit.at, \
        visit.reported FROM visits visit JOIN places place ON place.id = visit.place_id \
        WHERE visit.person_id = $1";
    FORGET_VISIT = "DELETE FROM visits WHERE person_id = $1";
    PRUNE_VISITS = "DELETE FROM visits WHERE at < $1";
}
