-- What a group waits for: its shifts, its scheduled reports, its planned work.

CREATE TABLE agenda (
    group_id INTEGER NOT NULL REFERENCES groups (id),
    kind     TEXT NOT NULL,
    subject  INTEGER NOT NULL, -- which of that kind
    due_at   INTEGER NOT NULL,
    PRIMARY KEY (group_id, kind, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX agenda_due ON agenda (due_at);
