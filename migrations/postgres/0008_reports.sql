-- What reports compare and count: what triage said beside what people set, by when an incident was
-- to be resolved, how long it was on hold, and who pressed Claim too late.

ALTER TABLE incidents ADD COLUMN triage_urgency TEXT; -- what triage said last
ALTER TABLE incidents ADD COLUMN rated_by TEXT;       -- who gave the present urgency
ALTER TABLE incidents ADD COLUMN target_at BIGINT;    -- by when it is, or was, to be done
ALTER TABLE incidents ADD COLUMN paused_ms BIGINT NOT NULL DEFAULT 0; -- on hold, until it was done

-- A text with a NUL cannot become JSON here: such a report is left out of the comparison.
UPDATE incidents SET triage_urgency = CAST(body AS JSON) #>> '{triage,assessment,urgency}',
    rated_by = CAST(body AS JSON) #>> '{triage,rated_by}'
    WHERE body LIKE '%"triage":%' AND POSITION('\u0000' IN body) = 0;
-- Until now targets were fixed times from the report on.
UPDATE incidents SET target_at = opened_at + CASE urgency WHEN 'critical' THEN 14400000
        WHEN 'same-day' THEN 86400000 ELSE 604800000 END
    WHERE urgency IS NOT NULL;
CREATE INDEX incidents_said ON incidents (group_id, opened_at) WHERE triage_urgency IS NOT NULL;

-- Who pressed Claim on what somebody else had; pressing again counts once.
CREATE TABLE lost_claims (
    incident_id   BIGINT NOT NULL REFERENCES incidents (id),
    person_id     BIGINT NOT NULL,
    won_at        BIGINT NOT NULL, -- when the owner got it: tells one race from another
    department_id BIGINT NOT NULL REFERENCES departments (id),
    at            BIGINT NOT NULL,
    PRIMARY KEY (incident_id, person_id, won_at)
);
CREATE INDEX lost_claims_at ON lost_claims (at);

-- Figures of people: their claims, and the time in which they worked.
CREATE INDEX events_claimed ON events (at) WHERE name = 'claimed';
CREATE INDEX participations_ended ON participations (ended_at) WHERE ended_at IS NOT NULL;
