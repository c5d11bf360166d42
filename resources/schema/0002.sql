-- Accounts, what they are in rooms, who is kept out, and who did what with a power over others.

ALTER TABLE store ADD COLUMN is_claimed INTEGER NOT NULL DEFAULT 0; -- 1: there was an administrator

ALTER TABLE rooms ADD COLUMN is_closed INTEGER NOT NULL DEFAULT 0;    -- 1: by invitation only
ALTER TABLE rooms ADD COLUMN is_read_only INTEGER NOT NULL DEFAULT 0; -- 1: only moderators speak
ALTER TABLE rooms ADD COLUMN key_hash TEXT NOT NULL DEFAULT '';       -- of its password; empty: none

-- The id is a user's, as those of guests are. One that was removed stays, so that the name does.
CREATE TABLE accounts (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,    -- empty: removed
    is_admin INTEGER NOT NULL,
    is_erasing INTEGER NOT NULL,    -- 1: its messages are still being deleted
    created BIGINT NOT NULL,
    seen BIGINT NOT NULL            -- 0: never
);

CREATE TABLE memberships (
    user_id BIGINT NOT NULL,
    room BIGINT NOT NULL,
    role INTEGER NOT NULL,          -- 0 none, 1 member, 2 moderator, 3 owner
    is_joined INTEGER NOT NULL,
    level INTEGER NOT NULL,         -- 0 all, 1 mentions, 2 none
    PRIMARY KEY (user_id, room)
) WITHOUT ROWID;
CREATE INDEX memberships_by_room ON memberships (room);

CREATE TABLE sanctions (
    room BIGINT NOT NULL,           -- 0: the whole server
    kind INTEGER NOT NULL,          -- 0 ban, 1 mute
    subject TEXT NOT NULL,          -- a folded name, an address or a network
    shown TEXT NOT NULL,            -- the same as it was written
    until BIGINT NOT NULL,          -- 0: for ever
    reason TEXT NOT NULL,
    imposer TEXT NOT NULL,
    time BIGINT NOT NULL,
    PRIMARY KEY (room, kind, subject)
) WITHOUT ROWID;

CREATE TABLE ignores (
    user_id BIGINT NOT NULL,
    ignored BIGINT NOT NULL,
    name TEXT NOT NULL,             -- of the ignored one, the last known
    PRIMARY KEY (user_id, ignored)
) WITHOUT ROWID;

-- Codes that let somebody register and were not used yet.
CREATE TABLE invites (
    code_hash BLOB PRIMARY KEY,
    maker TEXT NOT NULL,
    until BIGINT NOT NULL
) WITHOUT ROWID;

CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    time BIGINT NOT NULL,
    doer TEXT NOT NULL,             -- empty: the server's own shell
    verb TEXT NOT NULL,
    room BIGINT NOT NULL,           -- 0: the whole server
    room_name TEXT NOT NULL,
    target TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX audit_by_room ON audit (room, id);
