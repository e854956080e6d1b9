-- Merging tickets, undoing that, and splitting replies off. Nothing of a conversation moves: every message keeps the
-- ticket that it was written on.

-- Where the ticket's conversation is read since it was merged: never a ticket that is itself merged. Its status is then
-- MERGED, which no list and no report asks for.
ALTER TABLE tickets ADD COLUMN merged_into TEXT REFERENCES tickets (id);
CREATE INDEX tickets_merged ON tickets (merged_into, number) WHERE merged_into IS NOT NULL;

CREATE TABLE merges (
    id TEXT PRIMARY KEY,
    target_id TEXT NOT NULL REFERENCES tickets (id),
    merged_by TEXT NOT NULL REFERENCES people (id),
    merged_at BIGINT NOT NULL,
    -- When the target had been updated last.
    target_updated_at BIGINT NOT NULL,
    -- Which of the target's texts in `words` are copies of the sources': from the first on, up to before the second.
    texts_from BIGINT NOT NULL,
    texts_until BIGINT NOT NULL,
    undone_at BIGINT
) WITHOUT ROWID;
CREATE INDEX merges_of_target ON merges (target_id, merged_at, id);

-- Every ticket that a merge took along, as it stood: the sources, and what had been merged into those before.
CREATE TABLE merged_tickets (
    merge_id TEXT NOT NULL REFERENCES merges (id),
    ticket_id TEXT NOT NULL REFERENCES tickets (id),
    status TEXT NOT NULL,
    -- NULL for the sources themselves.
    merged_into TEXT REFERENCES tickets (id),
    PRIMARY KEY (merge_id, ticket_id)
) WITHOUT ROWID;

-- The merge that made somebody a follower; NULL when somebody added them.
ALTER TABLE followers ADD COLUMN merge_id TEXT REFERENCES merges (id);

-- The file whose bytes this one shares. Its own stored name is then only its id.
ALTER TABLE files ADD COLUMN copy_of TEXT REFERENCES files (id);
