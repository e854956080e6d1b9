-- Kept answers lie in the order in which they were kept. By person and key each stood between others, and its page was
-- parted with both neighbours: six pages written for one answer where two do. What is too old stands first.
CREATE TABLE kept_answers (
    id INTEGER PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES people (id),
    key TEXT NOT NULL,
    request_hash BLOB NOT NULL,
    status BIGINT NOT NULL,
    etag TEXT,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (person_id, key)
);
INSERT INTO kept_answers (person_id, key, request_hash, status, etag, body, created_at)
SELECT person_id, key, request_hash, status, etag, body, created_at FROM idempotency ORDER BY created_at;
DROP TABLE idempotency;
ALTER TABLE kept_answers RENAME TO idempotency;
