-- Who may come into the dashboard: digests of secrets, never the secrets.

-- Links that were sent, until they are used or too old.
CREATE TABLE sign_ins (
    digest    TEXT NOT NULL PRIMARY KEY,
    person_id INTEGER NOT NULL,
    until_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_ins_person ON sign_ins (person_id);
CREATE INDEX sign_ins_until ON sign_ins (until_at);

-- Sessions of browsers, until they are ended or too old.
CREATE TABLE sessions (
    digest    TEXT NOT NULL PRIMARY KEY,
    person_id INTEGER NOT NULL,
    began_at  INTEGER NOT NULL,
    until_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_person ON sessions (person_id);
CREATE INDEX sessions_until ON sessions (until_at);
