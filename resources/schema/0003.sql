-- What comes with every message is written at fewer places.

-- Cids that are not sorted into `cids` yet, where each belongs to another place.
CREATE TABLE new_cids (
    id INTEGER PRIMARY KEY,
    room BIGINT NOT NULL,
    sender BIGINT NOT NULL,
    cid TEXT NOT NULL,
    seq BIGINT NOT NULL,
    time BIGINT NOT NULL
);

-- Digests are made in another way from now on. Those of the last week are the only ones that are looked at; without one
-- any message counts as the same.
UPDATE items SET digest = NULL WHERE digest IS NOT NULL AND time > (unixepoch() - 8 * 86400) * 1000;

-- Whatever changes the index merges a little of it, instead of a lot now and then.
INSERT INTO words (words, rank) VALUES ('automerge', 0);
