-- What reports count by. Partial ones, so that an event that no report counts costs nothing.
CREATE INDEX incidents_opened ON incidents (group_id, opened_at);
CREATE INDEX incidents_closed ON incidents (group_id, closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX incidents_open_in_group ON incidents (group_id) WHERE closed_at IS NULL;
CREATE INDEX department_sessions_claimed ON department_sessions (claimed_at)
    WHERE claimed_at IS NOT NULL;
CREATE INDEX events_done ON events (at) WHERE name = 'summarised';
CREATE INDEX events_reopened ON events (at) WHERE name = 'reopened';
