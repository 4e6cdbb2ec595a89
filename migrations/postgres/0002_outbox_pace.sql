-- The messenger's limits outlast a run of the desk, and one message may speak to several people.

-- People who hear in the same message what the row says to `person_id`.
ALTER TABLE outbox ADD COLUMN also_person_ids TEXT; -- JSON

-- What comes next: the oldest row of each class in each chat.
CREATE INDEX outbox_waiting ON outbox (chat_id, class, id) WHERE state = 'pending';
DROP INDEX outbox_pending;
DROP INDEX outbox_not_before;

-- What was sent within the window of a limit.
CREATE INDEX outbox_sent_lately ON outbox (sending_at) WHERE sending_at IS NOT NULL;

-- Whom the messenger told to be left alone.
CREATE TABLE outbox_rests (
    chat_id BIGINT PRIMARY KEY, -- 0: all chats, since no chat has that number
    told_at BIGINT NOT NULL,
    until   BIGINT NOT NULL
);
