-- The store's first schema. Ids and numbers are never reused; times are milliseconds since 1970 UTC.

-- One row.
CREATE TABLE store (
    epoch TEXT NOT NULL,
    digest_key BLOB NOT NULL,
    last_user BIGINT NOT NULL,      -- the greatest ids ever given
    last_room BIGINT NOT NULL,
    last_item BIGINT NOT NULL,
    indexed BIGINT NOT NULL,        -- the items up to this id are in the search index
    index_rules TEXT NOT NULL,      -- by which rules; others: the index is made anew
    generation BIGINT NOT NULL DEFAULT 0, -- counts up to have something to write
    erased BIGINT NOT NULL          -- 1: words of erased items may still be in the index's pages;
                                    -- 2: only such as are being removed
);

CREATE TABLE rooms (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,             -- empty: a private conversation of these two
    user_a BIGINT NOT NULL,
    name_a TEXT NOT NULL,
    user_b BIGINT NOT NULL,
    name_b TEXT NOT NULL,
    topic TEXT NOT NULL,
    retention INTEGER NOT NULL,     -- days; -1: for ever, 0: no history
    first BIGINT NOT NULL,          -- no number below is kept
    last BIGINT NOT NULL,           -- the greatest number given
    last_time BIGINT NOT NULL
);
CREATE INDEX rooms_that_expire ON rooms (id) WHERE retention > 0;

-- Numbered items; the id is their order among those of all rooms.
CREATE TABLE items (
    id INTEGER PRIMARY KEY,
    room BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    kind INTEGER NOT NULL,          -- 0 message, 1 edited, 2 deleted, 3 topic, 4 role, 5 gone
    sender BIGINT NOT NULL,
    speaker TEXT NOT NULL,          -- the sender's name at the time
    time BIGINT NOT NULL,
    text TEXT NOT NULL,
    flags INTEGER NOT NULL,         -- 1: an action, 2: edited
    reply_to BIGINT NOT NULL,
    target BIGINT NOT NULL,
    newest_edit BIGINT NOT NULL,    -- of a message: the item with its present text; 0: unedited
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    digest BIGINT                   -- of the item as it was sent with a cid; gone with its text
);
-- Has all that counting unread messages needs.
CREATE INDEX items_by_number ON items (room, seq, kind, sender);

-- By what a retry is recognised.
CREATE TABLE cids (
    room BIGINT NOT NULL,
    sender BIGINT NOT NULL,
    cid TEXT NOT NULL,
    seq BIGINT NOT NULL,
    time BIGINT NOT NULL,
    PRIMARY KEY (room, sender, cid)
) WITHOUT ROWID;

-- Whom messages mean.
CREATE TABLE mentions (
    user_id BIGINT NOT NULL,
    room BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (user_id, room, seq)
) WITHOUT ROWID;
CREATE INDEX mentions_by_number ON mentions (room, seq);

-- How far users have read.
CREATE TABLE positions (
    user_id BIGINT NOT NULL,
    room BIGINT NOT NULL,
    seq BIGINT NOT NULL,
    PRIMARY KEY (user_id, room)
) WITHOUT ROWID;
CREATE INDEX positions_by_room ON positions (room);

CREATE TABLE guests (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    secret_hash BLOB NOT NULL,
    until BIGINT NOT NULL           -- 0: is here
);

-- Users of whom mentions are left, to be removed step by step.
CREATE TABLE forgotten (
    user_id INTEGER PRIMARY KEY
);

-- What is left of rooms below a number, and invisible, until it is removed step by step.
CREATE TABLE leftovers (
    room INTEGER PRIMARY KEY,
    below BIGINT NOT NULL
);

-- Prepared words by item id (server/store/searchwords.h); PostgreSQL would have a GIN index here.
CREATE VIRTUAL TABLE words USING fts5 (
    text, content = '', detail = none, columnsize = 0, tokenize = 'ascii'
);
