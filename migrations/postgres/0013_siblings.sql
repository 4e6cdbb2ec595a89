-- A company may have several groups, which do not see each other's incidents: lists are a group's.

CREATE INDEX incidents_open_in_group ON incidents (group_id, number) WHERE closed_at IS NULL;
