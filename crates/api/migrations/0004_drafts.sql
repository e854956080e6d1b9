-- Drafts of staff: what somebody is writing on a ticket, and what they wrote there before.

-- One for each author, ticket and kind. It stays, emptied, as long as earlier versions are kept, so that its version
-- goes on growing.
CREATE TABLE drafts (
    person_id TEXT NOT NULL REFERENCES people (id),
    ticket_id TEXT NOT NULL REFERENCES tickets (id),
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    version BIGINT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, ticket_id, kind)
) WITHOUT ROWID;

CREATE TABLE draft_versions (
    person_id TEXT NOT NULL REFERENCES people (id),
    ticket_id TEXT NOT NULL REFERENCES tickets (id),
    kind TEXT NOT NULL,
    version BIGINT NOT NULL,
    text TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    -- When it became an earlier version: it is kept for so long from then.
    kept_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, ticket_id, kind, version)
) WITHOUT ROWID;
CREATE INDEX draft_versions_by_age ON draft_versions (kept_at);
