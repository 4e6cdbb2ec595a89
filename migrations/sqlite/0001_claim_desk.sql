-- The claim desk. Times are milliseconds since 1970 in UTC; JSON is text; flags are 0 or 1.
-- The same tables stand in migrations/postgres under the same number. A shipped migration is
-- never edited: add the next number to both folders.
-- AUTOINCREMENT where people or buttons may still name a row that is gone: its id is never given again.

CREATE TABLE companies (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    last_number INTEGER NOT NULL, -- of its incidents
    version     INTEGER NOT NULL, -- moves with every change of its configuration
    made_at     INTEGER NOT NULL
) STRICT;

CREATE TABLE groups (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    company_id INTEGER NOT NULL REFERENCES companies (id),
    chat_id    INTEGER NOT NULL UNIQUE,
    title      TEXT NOT NULL,
    status     TEXT NOT NULL,
    settings   TEXT NOT NULL, -- JSON
    made_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX groups_company ON groups (company_id);

CREATE TABLE departments (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    company_id INTEGER NOT NULL REFERENCES companies (id),
    name       TEXT NOT NULL,
    access     TEXT NOT NULL,
    made_at    INTEGER NOT NULL,
    retired_at INTEGER
) STRICT;
CREATE INDEX departments_company ON departments (company_id);

-- People are named by their number at the messenger, whether the desk has met them or not: hence no
-- foreign keys to this table.
CREATE TABLE people (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL,
    username  TEXT,
    language  TEXT,
    reachable INTEGER NOT NULL,
    seen_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX people_username ON people (LOWER(username));

CREATE TABLE group_people (
    person_id INTEGER NOT NULL,
    group_id  INTEGER NOT NULL REFERENCES groups (id),
    seen_at   INTEGER NOT NULL,
    PRIMARY KEY (person_id, group_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE department_members (
    department_id INTEGER NOT NULL REFERENCES departments (id),
    person_id     INTEGER NOT NULL,
    since         INTEGER NOT NULL,
    PRIMARY KEY (department_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX department_members_person ON department_members (person_id);

CREATE TABLE roles (
    company_id INTEGER NOT NULL REFERENCES companies (id),
    person_id  INTEGER NOT NULL,
    role       TEXT NOT NULL,
    since      INTEGER NOT NULL,
    PRIMARY KEY (company_id, person_id, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX roles_person ON roles (person_id);

CREATE TABLE registrations (
    company_id INTEGER NOT NULL REFERENCES companies (id),
    person_id  INTEGER NOT NULL,
    since      INTEGER NOT NULL,
    PRIMARY KEY (company_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX registrations_person ON registrations (person_id);

CREATE TABLE join_requests (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    group_id      INTEGER NOT NULL REFERENCES groups (id),
    department_id INTEGER NOT NULL REFERENCES departments (id),
    person_id     INTEGER NOT NULL,
    asked_at      INTEGER NOT NULL,
    answered_at   INTEGER
) STRICT;
CREATE UNIQUE INDEX join_requests_open ON join_requests (department_id, person_id)
    WHERE answered_at IS NULL;
CREATE INDEX join_requests_person ON join_requests (person_id);

-- `body` is the incident as JSON and what is loaded; the columns are what queries look at.
CREATE TABLE incidents (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    company_id        INTEGER NOT NULL REFERENCES companies (id),
    group_id          INTEGER NOT NULL REFERENCES groups (id),
    number            INTEGER NOT NULL,
    reporter_id       INTEGER NOT NULL,
    opened_at         INTEGER NOT NULL,
    origin_chat_id    INTEGER,
    origin_message_id INTEGER,
    album             TEXT,
    version           INTEGER NOT NULL,
    stage             TEXT NOT NULL,
    department_id     INTEGER REFERENCES departments (id),
    owner_id          INTEGER,
    urgency           TEXT,
    resolution        TEXT,
    closed_at         INTEGER,
    body              TEXT NOT NULL,
    UNIQUE (company_id, number),
    UNIQUE (origin_chat_id, origin_message_id)
) STRICT;
CREATE INDEX incidents_open ON incidents (company_id, number) WHERE closed_at IS NULL;
CREATE INDEX incidents_album ON incidents (origin_chat_id, album) WHERE album IS NOT NULL;

-- The audit trail: written once, never touched again.
CREATE TABLE events (
    incident_id INTEGER NOT NULL REFERENCES incidents (id),
    sequence    INTEGER NOT NULL, -- the version of the incident that it made
    at          INTEGER NOT NULL,
    person_id   INTEGER,          -- nobody: the clock, or triage
    name        TEXT NOT NULL,
    body        TEXT NOT NULL,    -- JSON
    PRIMARY KEY (incident_id, sequence)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
BEGIN
    SELECT RAISE(ABORT, 'events are never changed');
END;
CREATE TRIGGER events_are_not_removed BEFORE DELETE ON events
BEGIN
    SELECT RAISE(ABORT, 'events are never removed');
END;

CREATE TABLE department_sessions (
    incident_id   INTEGER NOT NULL REFERENCES incidents (id),
    ordinal       INTEGER NOT NULL,
    department_id INTEGER NOT NULL REFERENCES departments (id),
    assigned_at   INTEGER NOT NULL,
    claimed_at    INTEGER,
    ended_at      INTEGER,
    ending        TEXT,
    PRIMARY KEY (incident_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE participations (
    incident_id INTEGER NOT NULL REFERENCES incidents (id),
    ordinal     INTEGER NOT NULL,
    person_id   INTEGER NOT NULL,
    role        TEXT NOT NULL,
    began_at    INTEGER NOT NULL,
    ended_at    INTEGER,
    ending      TEXT,
    PRIMARY KEY (incident_id, ordinal)
) STRICT, WITHOUT ROWID;
-- The last line of defence: whatever the code above does, nobody owns what somebody owns.
CREATE UNIQUE INDEX participations_one_owner ON participations (incident_id)
    WHERE ended_at IS NULL AND role = 'owner';
CREATE INDEX participations_person ON participations (person_id) WHERE ended_at IS NULL;

CREATE TABLE deadlines (
    incident_id INTEGER NOT NULL REFERENCES incidents (id),
    kind        TEXT NOT NULL,
    due_at      INTEGER NOT NULL,
    PRIMARY KEY (incident_id, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX deadlines_due ON deadlines (due_at);

CREATE TABLE cards (
    incident_id INTEGER PRIMARY KEY REFERENCES incidents (id),
    chat_id     INTEGER NOT NULL,
    thread_id   INTEGER,
    message_id  INTEGER NOT NULL
) STRICT;
CREATE INDEX cards_chat ON cards (chat_id);

CREATE TABLE outbox (
    id                  INTEGER PRIMARY KEY AUTOINCREMENT,
    state               TEXT NOT NULL, -- pending, sending, sent, superseded, dead
    class               TEXT NOT NULL,
    chat_id             INTEGER NOT NULL,
    thread_id           INTEGER,
    person_id           INTEGER,
    otherwise_chat_id   INTEGER,
    otherwise_thread_id INTEGER,
    group_id            INTEGER REFERENCES groups (id),
    incident_id         INTEGER REFERENCES incidents (id),
    says                TEXT NOT NULL, -- JSON
    prompt_person_id    INTEGER,       -- who is asked for words
    answered_at         INTEGER,       -- when they gave them
    reply_to            INTEGER,
    edit_message_id     INTEGER,
    coalesce_key        TEXT,          -- of the rows with one key, one waits: the newest
    not_before          INTEGER NOT NULL,
    attempts            INTEGER NOT NULL,
    doubtful            INTEGER NOT NULL,
    created_at          INTEGER NOT NULL,
    sending_at          INTEGER,
    ended_at            INTEGER,
    message_id          INTEGER,
    reason              TEXT
) STRICT;
CREATE INDEX outbox_pending ON outbox (chat_id, id) WHERE state = 'pending';
CREATE INDEX outbox_not_before ON outbox (not_before) WHERE state = 'pending';
CREATE INDEX outbox_sending ON outbox (chat_id) WHERE state = 'sending';
CREATE UNIQUE INDEX outbox_coalesce ON outbox (coalesce_key) WHERE state = 'pending';
CREATE INDEX outbox_unfinished ON outbox (coalesce_key) WHERE state IN ('pending', 'sending');
CREATE INDEX outbox_message ON outbox (chat_id, message_id) WHERE message_id IS NOT NULL;
CREATE INDEX outbox_prompt ON outbox (chat_id, prompt_person_id)
    WHERE prompt_person_id IS NOT NULL AND answered_at IS NULL;

CREATE TABLE handled_updates (
    update_id INTEGER PRIMARY KEY,
    at        INTEGER NOT NULL
) STRICT;
CREATE INDEX handled_updates_at ON handled_updates (at);

CREATE TABLE updates_set_aside (
    update_id INTEGER PRIMARY KEY,
    raw       TEXT NOT NULL,
    cause     TEXT NOT NULL,
    at        INTEGER NOT NULL
) STRICT;

CREATE TABLE album_photos (
    chat_id    INTEGER NOT NULL,
    album      TEXT NOT NULL,
    message_id INTEGER NOT NULL,
    photo      TEXT NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (chat_id, album, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX album_photos_at ON album_photos (at);

CREATE TABLE runs (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    began_at INTEGER NOT NULL,
    seen_at  INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;
