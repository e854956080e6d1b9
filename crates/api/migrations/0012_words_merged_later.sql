-- Each commit adds a part to the index of words. Merged by sixteen instead of by four, the parts are written anew half as often.
INSERT INTO words (words, rank) VALUES ('automerge', 16);
