-- What concerns people of staff and was done by others: one row for each person and event.
CREATE TABLE notifications (
    person_id TEXT NOT NULL REFERENCES people (id),
    seq BIGINT NOT NULL REFERENCES events (seq),
    id TEXT NOT NULL UNIQUE,
    ticket_id TEXT NOT NULL REFERENCES tickets (id),
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    seen BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (person_id, seq)
) WITHOUT ROWID;
-- Counting what somebody has not seen, and finding that of a ticket, reads nothing else.
CREATE INDEX notifications_unseen ON notifications (person_id, ticket_id) WHERE seen = 0;
CREATE INDEX notifications_by_age ON notifications (at);
