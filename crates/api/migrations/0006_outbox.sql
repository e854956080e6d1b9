-- Replies of staff that are accepted and not sent yet.

CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    ticket_id TEXT NOT NULL REFERENCES tickets (id),
    author_id TEXT NOT NULL REFERENCES people (id),
    body TEXT NOT NULL,
    -- Where the ticket is moved when this is sent.
    status TEXT,
    -- The last event when it was accepted: what others do after it holds the message.
    based_on BIGINT NOT NULL,
    -- 1 when it goes out whatever others do.
    anyway BIGINT NOT NULL,
    send_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    -- Why it was not sent when its time came: a code, and the words for its author.
    held_code TEXT,
    held_detail TEXT
) WITHOUT ROWID;
CREATE INDEX outbox_by_time ON outbox (send_at) WHERE held_code IS NULL;
CREATE INDEX outbox_of_ticket ON outbox (ticket_id, id);
CREATE INDEX outbox_of_author ON outbox (author_id, id);

-- A file that was reserved for a message and let go again belongs to nothing since then, not since it was uploaded.
ALTER TABLE files ADD COLUMN loose_since BIGINT;
