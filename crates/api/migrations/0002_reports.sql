-- Reports, canned replies, and what files come to.

-- What a report tells of a ticket stands on the ticket, kept in the transaction that changes it: whole seconds from
-- when it was filed to the first reply of staff, and to when it was completed or closed and stayed so.
ALTER TABLE tickets ADD COLUMN reply_count BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tickets ADD COLUMN first_response_seconds BIGINT;
ALTER TABLE tickets ADD COLUMN resolution_seconds BIGINT;

DROP INDEX tickets_by_creation;

UPDATE tickets SET
    reply_count = (SELECT count(*) FROM replies r WHERE r.ticket_id = tickets.id),
    first_response_seconds = (
        SELECT max(0, (min(r.created_at) - tickets.created_at) / 1000)
        FROM replies r JOIN people p ON p.id = r.author_id
        WHERE r.ticket_id = tickets.id AND p.role <> 'CUSTOMER'
    ),
    resolution_seconds = CASE WHEN status IN ('COMPLETED', 'CLOSED') THEN max(0, (coalesce((
        SELECT max(e.at) FROM events e
        WHERE e.ticket_id = tickets.id
          AND (e.what ->> '$.kind' = 'COMPLETED_FOR_ASSIGNEE'
               OR (e.what ->> '$.kind' = 'STATUS_CHANGED' AND e.what ->> '$.data.to' = 'COMPLETED')
               OR (e.what ->> '$.kind' = 'CLOSED' AND e.what ->> '$.data.from' <> 'COMPLETED'))
    ), closed_at, updated_at) - created_at) / 1000) END;

-- The order of filing, and all that a report adds up: no ticket is read for its totals.
CREATE INDEX tickets_by_creation ON tickets (
    status, created_at, number, urgency, category, assignee_id, reply_count, first_response_seconds, resolution_seconds
);
-- The orders of a report. What narrows one most is in the index, so that tickets left out are not read.
CREATE INDEX tickets_by_first_response ON tickets (status, first_response_seconds, number, created_at, assignee_id)
    WHERE first_response_seconds IS NOT NULL;
CREATE INDEX tickets_by_resolution ON tickets (status, resolution_seconds, number, created_at, assignee_id)
    WHERE resolution_seconds IS NOT NULL;
CREATE INDEX tickets_by_closing ON tickets (status, closed_at, number, created_at, assignee_id, urgency, category)
    WHERE closed_at IS NOT NULL;

-- Now also what an aggregate counts.
DROP INDEX files_of_ticket;
CREATE INDEX files_of_ticket ON files (ticket_id, id, owner_kind, media_type, size);

CREATE TABLE reply_titles (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    -- In lower case: no two titles differ by case alone. Also their order.
    folded TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL,
    created_by TEXT NOT NULL REFERENCES people (id),
    created_at BIGINT NOT NULL
) WITHOUT ROWID;

CREATE TABLE reply_messages (
    id TEXT PRIMARY KEY,
    title_id TEXT NOT NULL REFERENCES reply_titles (id),
    message TEXT NOT NULL,
    uses BIGINT NOT NULL DEFAULT 0,
    created_by TEXT NOT NULL REFERENCES people (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX reply_messages_of_title ON reply_messages (title_id, id);
