-- Every word that a text has, or had. `words_terms` knows them too, but to find the next word there, the places of the
-- one before may have to be read, and a frequent word has them on thousands of pages.
CREATE TABLE vocabulary (
    word TEXT PRIMARY KEY
) WITHOUT ROWID;
CREATE VIRTUAL TABLE words_known USING fts5vocab ('words', 'row');
INSERT INTO vocabulary (word) SELECT term FROM words_known;
DROP TABLE words_known;

-- Merged by sixteen, parts of the index are also merged sixteen at once, and somebody who writes waits for seconds.
INSERT INTO words (words, rank) VALUES ('automerge', 4);
