-- One row: how often the database was taken over. Each process that opens it counts one up, and
-- every transaction of an earlier one, which may not have noticed, is refused by that.
CREATE TABLE lease (
    id    BIGINT PRIMARY KEY CHECK (id = 1),
    epoch BIGINT NOT NULL
);
INSERT INTO lease (id, epoch) VALUES (1, 0);
