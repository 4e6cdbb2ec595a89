-- What reports count in one pass: a narrow row of each incident and of each first claim stands in an
-- index of its own, so that 100,000 of them are read without looking at what was written about them.

ALTER TABLE incidents ADD COLUMN done_at INTEGER; -- when it was last said to be done
ALTER TABLE incidents ADD COLUMN done_by INTEGER; -- by whom
ALTER TABLE incidents ADD COLUMN is_done INTEGER NOT NULL DEFAULT 0; -- not opened again since
UPDATE incidents SET
    done_at = (SELECT e.at FROM events e WHERE e.incident_id = incidents.id
        AND e.name = 'summarised' ORDER BY e.sequence DESC LIMIT 1),
    done_by = (SELECT e.person_id FROM events e WHERE e.incident_id = incidents.id
        AND e.name = 'summarised' ORDER BY e.sequence DESC LIMIT 1);
UPDATE incidents SET is_done = 1 WHERE done_at IS NOT NULL AND COALESCE(
    (SELECT e.name FROM events e WHERE e.incident_id = incidents.id
        AND e.name IN ('summarised', 'reopened') ORDER BY e.sequence DESC LIMIT 1), '') = 'summarised';
CREATE INDEX incidents_counted ON incidents (group_id, closed_at, opened_at, department_id, urgency,
    resolution, triage_urgency, rated_by, done_at, done_by, is_done, target_at, paused_ms);

ALTER TABLE department_sessions ADD COLUMN group_id INTEGER; -- of the incident
UPDATE department_sessions SET group_id =
    (SELECT i.group_id FROM incidents i WHERE i.id = department_sessions.incident_id);
CREATE INDEX department_sessions_counted
    ON department_sessions (group_id, claimed_at, department_id, assigned_at)
    WHERE claimed_at IS NOT NULL;

CREATE INDEX events_of_claims ON events (at, person_id) WHERE name = 'claimed';
CREATE INDEX participations_counted ON participations (ended_at, began_at, person_id)
    WHERE ended_at IS NOT NULL;
CREATE INDEX events_of_calls ON events (at)
    WHERE name IN ('escalated', 'call_unheard', 'escalation_warned');

-- Who looks after what nobody took, and since when people had been called.
CREATE TABLE acknowledgements (
    incident_id INTEGER NOT NULL REFERENCES incidents (id),
    at          INTEGER NOT NULL,
    person_id   INTEGER NOT NULL,
    called_at   INTEGER, -- the first call that this ended; nobody had been called: none
    PRIMARY KEY (incident_id, at)
) STRICT, WITHOUT ROWID;
CREATE INDEX acknowledgements_at ON acknowledgements (at);
INSERT INTO acknowledgements (incident_id, at, person_id, called_at)
    SELECT e.incident_id, e.at, e.person_id,
        (SELECT MIN(c.at) FROM events c WHERE c.incident_id = e.incident_id AND c.name = 'escalated'
            AND c.sequence < e.sequence AND c.sequence > COALESCE(
                (SELECT MAX(k.sequence) FROM events k WHERE k.incident_id = e.incident_id
                    AND k.sequence < e.sequence AND k.name IN
                        ('claimed', 'assigned', 'acknowledged', 'urgency_set', 'reopened')), 0))
    FROM events e WHERE e.name = 'acknowledged' AND e.person_id IS NOT NULL
    ON CONFLICT (incident_id, at) DO NOTHING;

-- What these take the place of.
DROP INDEX incidents_closed;
DROP INDEX incidents_open_in_group;
DROP INDEX incidents_said;
DROP INDEX department_sessions_claimed;
DROP INDEX events_done;
DROP INDEX events_claimed;
DROP INDEX participations_ended;
