-- Where reports go, and where they are made.

ALTER TABLE group_people ADD COLUMN home_at INTEGER; -- when this group was chosen; the latest counts

CREATE TABLE places (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    group_id INTEGER NOT NULL REFERENCES groups (id),
    name     TEXT NOT NULL,
    folded   TEXT NOT NULL, -- the name, whatever its case
    token    TEXT NOT NULL UNIQUE, -- what its code carries
    made_at  INTEGER NOT NULL,
    UNIQUE (group_id, folded)
) STRICT;

-- The place whose code a person opened last.
CREATE TABLE visits (
    person_id INTEGER PRIMARY KEY,
    place_id  INTEGER NOT NULL REFERENCES places (id),
    at        INTEGER NOT NULL,
    reported  INTEGER NOT NULL -- whether they have reported since
) STRICT, WITHOUT ROWID;
CREATE INDEX visits_at ON visits (at);

-- Work that comes again. When is on the agenda.
CREATE TABLE recurring (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    group_id         INTEGER NOT NULL REFERENCES groups (id),
    rule             TEXT NOT NULL, -- JSON
    made_by          INTEGER NOT NULL,
    made_at          INTEGER NOT NULL,
    last_incident_id INTEGER REFERENCES incidents (id), -- what last came of it
    dropped_at       INTEGER
) STRICT;
CREATE INDEX recurring_group ON recurring (group_id) WHERE dropped_at IS NULL;

-- Reports that resemble an open incident, while their reporters are asked. Until when is on the agenda.
CREATE TABLE waiting_reports (
    group_id INTEGER NOT NULL REFERENCES groups (id),
    id       INTEGER NOT NULL, -- the update it came in
    report   TEXT NOT NULL, -- JSON
    like_id  INTEGER NOT NULL REFERENCES incidents (id),
    PRIMARY KEY (group_id, id)
) STRICT, WITHOUT ROWID;
