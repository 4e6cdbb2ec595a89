-- Where a person's private reports go.

ALTER TABLE group_people ADD COLUMN home_at INTEGER; -- when this group was chosen; the latest counts
