-- The helpdesk. Ids and JSON are TEXT, times are milliseconds since 1970 in UTC, money never stands here.

CREATE TABLE organizations (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    created_at BIGINT NOT NULL
) WITHOUT ROWID;

CREATE TABLE people (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL COLLATE NOCASE,
    email TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    organization_id TEXT REFERENCES organizations (id),
    password_hash TEXT NOT NULL,
    disabled_at BIGINT,
    created_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX people_by_name ON people (name, id);
CREATE INDEX people_by_organization ON people (organization_id, name, id);

CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    -- SHA-256 of the token: whoever reads this table cannot sign in with it.
    token_hash BLOB NOT NULL UNIQUE,
    user_agent TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_by_person ON sessions (person_id, created_at);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

-- The one-time token that makes the first admin; one row at most.
CREATE TABLE setup (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    token_hash BLOB NOT NULL
);

CREATE TABLE tickets (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    subject TEXT NOT NULL,
    description TEXT NOT NULL,
    category TEXT NOT NULL,
    -- 1 is urgent, 4 is low: ascending order is the order of work.
    urgency BIGINT NOT NULL,
    status TEXT NOT NULL,
    customer_id TEXT NOT NULL REFERENCES people (id),
    organization_id TEXT REFERENCES organizations (id),
    assignee_id TEXT REFERENCES people (id),
    escalation_level BIGINT NOT NULL DEFAULT 0,
    escalation_reason TEXT,
    escalated_at BIGINT,
    escalated_by TEXT REFERENCES people (id),
    start_date TEXT,
    payment_id TEXT,
    channel TEXT NOT NULL,
    follow_up_of TEXT REFERENCES tickets (id),
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    closed_at BIGINT,
    rating BIGINT,
    closing_comment TEXT,
    version BIGINT NOT NULL,
    -- The last event that everyone, and that staff, may hear of: what is newer than somebody's `seen` is unread.
    public_seq BIGINT NOT NULL DEFAULT 0,
    staff_seq BIGINT NOT NULL DEFAULT 0,
    -- Texts indexed for search so far; see db/search.rs.
    texts BIGINT NOT NULL DEFAULT 1
);
-- Every list is a merge of one run per status, so each order needs the status in front of it.
CREATE INDEX tickets_by_update ON tickets (status, updated_at, number);
CREATE INDEX tickets_by_creation ON tickets (status, created_at, number);
CREATE INDEX tickets_by_urgency ON tickets (status, urgency, number);
CREATE INDEX tickets_of_assignee_by_update ON tickets (assignee_id, status, updated_at, number);
CREATE INDEX tickets_of_assignee_by_creation ON tickets (assignee_id, status, created_at, number);
CREATE INDEX tickets_of_assignee_by_urgency ON tickets (assignee_id, status, urgency, number);
-- Few tickets are escalated; without this, finding an assignee's few means reading all.
CREATE INDEX tickets_escalated ON tickets (status, assignee_id, updated_at, number) WHERE escalation_level > 0;
CREATE INDEX tickets_of_customer ON tickets (customer_id, status, updated_at, number);

CREATE TABLE followers (
    person_id TEXT NOT NULL REFERENCES people (id),
    ticket_id TEXT NOT NULL REFERENCES tickets (id),
    since BIGINT NOT NULL,
    PRIMARY KEY (person_id, ticket_id)
) WITHOUT ROWID;
CREATE INDEX followers_of_ticket ON followers (ticket_id, since, person_id);

-- Up to which event somebody has seen a ticket.
CREATE TABLE seen (
    person_id TEXT NOT NULL REFERENCES people (id),
    ticket_id TEXT NOT NULL REFERENCES tickets (id),
    seq BIGINT NOT NULL,
    PRIMARY KEY (person_id, ticket_id)
) WITHOUT ROWID;

CREATE TABLE replies (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    ticket_id TEXT NOT NULL REFERENCES tickets (id),
    author_id TEXT NOT NULL REFERENCES people (id),
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX replies_of_ticket ON replies (ticket_id, seq);

CREATE TABLE notes (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    ticket_id TEXT NOT NULL REFERENCES tickets (id),
    author_id TEXT NOT NULL REFERENCES people (id),
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX notes_of_ticket ON notes (ticket_id, seq);

CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    ticket_id TEXT NOT NULL REFERENCES tickets (id),
    actor_id TEXT NOT NULL REFERENCES people (id),
    at BIGINT NOT NULL,
    -- 1 when only staff may hear of it.
    internal BIGINT NOT NULL,
    -- 1 when it bears on an answer being written.
    moves BIGINT NOT NULL,
    -- kind and data, as on the wire.
    what TEXT NOT NULL
);
CREATE INDEX events_of_ticket ON events (ticket_id, seq);

CREATE TABLE files (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    stored_name TEXT NOT NULL UNIQUE,
    thumbnail BIGINT NOT NULL,
    owner_kind TEXT NOT NULL,
    owner_id TEXT,
    ticket_id TEXT REFERENCES tickets (id),
    uploaded_by TEXT NOT NULL REFERENCES people (id),
    created_at BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX files_of_owner ON files (owner_kind, owner_id, id);
CREATE INDEX files_of_ticket ON files (ticket_id, id);
CREATE INDEX files_of_uploader ON files (uploaded_by, id);
CREATE INDEX files_of_nothing ON files (created_at) WHERE owner_kind = 'NONE';

-- The first answer to each request that carried an idempotency key.
CREATE TABLE idempotency (
    person_id TEXT NOT NULL REFERENCES people (id),
    key TEXT NOT NULL,
    request_hash BLOB NOT NULL,
    status BIGINT NOT NULL,
    etag TEXT,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, key)
) WITHOUT ROWID;
CREATE INDEX idempotency_by_age ON idempotency (created_at);

-- Words of tickets and replies (public) and of notes (internal). Contentless: rowid is number × 2^20 + which text.
CREATE VIRTUAL TABLE words USING fts5 (
    public, internal,
    content = '', contentless_delete = 1,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
