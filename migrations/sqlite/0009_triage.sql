-- Which open incidents the triage model is to look at, and what each call to it took.

ALTER TABLE incidents ADD COLUMN triage_wanted INTEGER NOT NULL DEFAULT 0;
CREATE INDEX incidents_triage ON incidents (id) WHERE triage_wanted = 1;

CREATE TABLE triage_calls (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    company_id     INTEGER NOT NULL REFERENCES companies (id),
    incident_id    INTEGER NOT NULL REFERENCES incidents (id),
    at             INTEGER NOT NULL,
    model          TEXT NOT NULL,
    prompt_version TEXT NOT NULL,
    outcome        TEXT NOT NULL,
    input_tokens   INTEGER NOT NULL,
    output_tokens  INTEGER NOT NULL,
    cost_micros    INTEGER NOT NULL, -- millionths of the price table's currency
    latency_millis INTEGER NOT NULL,
    request_id     TEXT
) STRICT;
CREATE INDEX triage_calls_spent ON triage_calls (company_id, at);
