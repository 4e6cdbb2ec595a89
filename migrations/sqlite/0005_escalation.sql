-- Who could not be reached when nobody took an incident: until the incident has noted it.

CREATE TABLE calls_unheard (
    incident_id INTEGER NOT NULL REFERENCES incidents (id),
    person_id   INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (incident_id, person_id)
) STRICT, WITHOUT ROWID;

-- What a call shows of the calls before it.
CREATE INDEX outbox_escalations ON outbox (incident_id) WHERE class = 'escalation';

-- What is looked after every few seconds: whether each of these will call somebody.
CREATE INDEX incidents_critical ON incidents (id) WHERE closed_at IS NULL AND urgency = 'critical';
