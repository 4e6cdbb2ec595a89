-- What waits is counted by the server when little or nothing waits. It then plans as if that were so for
-- ever, and goes through all that waits for a single row of it once there is much. Without a count of
-- states it takes a part of the rows to be waiting, as of any value it knows nothing about.

-- The same type: this drops the count that is there, which setting the next to nothing leaves.
ALTER TABLE outbox ALTER COLUMN state TYPE TEXT;
ALTER TABLE outbox ALTER COLUMN state SET STATISTICS 0;
