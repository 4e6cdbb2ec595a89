-- Who is on duty, and who does not want to hear what is said to many.

CREATE TABLE duty_schedules (
    department_id INTEGER NOT NULL REFERENCES departments (id),
    person_id     INTEGER NOT NULL,
    week          TEXT NOT NULL, -- JSON
    since         INTEGER NOT NULL,
    PRIMARY KEY (department_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX duty_schedules_person ON duty_schedules (person_id);

-- A person's own word; it outweighs their schedules.
CREATE TABLE duty_words (
    company_id INTEGER NOT NULL REFERENCES companies (id),
    person_id  INTEGER NOT NULL,
    is_on      INTEGER NOT NULL,
    since      INTEGER NOT NULL,
    until      INTEGER, -- none: until they say otherwise
    PRIMARY KEY (company_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX duty_words_person ON duty_words (person_id);

CREATE TABLE mutes (
    company_id INTEGER NOT NULL REFERENCES companies (id),
    person_id  INTEGER NOT NULL,
    what       TEXT NOT NULL,
    PRIMARY KEY (company_id, person_id, what)
) STRICT, WITHOUT ROWID;
CREATE INDEX mutes_person ON mutes (person_id);

-- What is said to nobody in quiet hours waits until they are over, outside the queue.
ALTER TABLE outbox ADD COLUMN held_until INTEGER;
DROP INDEX outbox_waiting;
CREATE INDEX outbox_waiting ON outbox (chat_id, class, id, held_until) WHERE state = 'pending';
CREATE INDEX outbox_held ON outbox (incident_id)
    WHERE state = 'pending' AND held_until IS NOT NULL;
