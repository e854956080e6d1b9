-- What people of staff have chosen for themselves, as on the wire.
CREATE TABLE preferences (
    person_id TEXT PRIMARY KEY REFERENCES people (id),
    chosen TEXT NOT NULL
) WITHOUT ROWID;
