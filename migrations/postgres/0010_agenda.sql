-- What a group waits for: its shifts, its scheduled reports, its planned work.

CREATE TABLE agenda (
    group_id BIGINT NOT NULL REFERENCES groups (id),
    kind     TEXT NOT NULL,
    subject  BIGINT NOT NULL, -- which of that kind
    due_at   BIGINT NOT NULL,
    PRIMARY KEY (group_id, kind, subject)
);
CREATE INDEX agenda_due ON agenda (due_at);
