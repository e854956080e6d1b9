-- Every place of every word in `words`: which words there are is read from here. Nothing is kept for it.
CREATE VIRTUAL TABLE words_terms USING fts5vocab ('words', 'instance');

-- Files that were attached before tickets were found by the names of their files. Each is taken from here once it is.
CREATE TABLE unindexed_files (
    file_id TEXT PRIMARY KEY REFERENCES files (id)
) WITHOUT ROWID;
INSERT INTO unindexed_files (file_id) SELECT id FROM files WHERE owner_kind IN ('TICKET', 'REPLY', 'NOTE');
