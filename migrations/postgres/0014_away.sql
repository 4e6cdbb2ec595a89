-- What fell due while the desk was away is told in one message, where it is much.

-- Minutes for which the desk was away when a row was due: such rows are gathered.
ALTER TABLE outbox ADD COLUMN absent_minutes BIGINT;
-- The row that a row was gathered into.
ALTER TABLE outbox ADD COLUMN gathered_into BIGINT;
CREATE INDEX outbox_late ON outbox (chat_id)
    WHERE state = 'pending' AND absent_minutes IS NOT NULL;
CREATE INDEX outbox_gathered ON outbox (gathered_into) WHERE gathered_into IS NOT NULL;
