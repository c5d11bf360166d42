-- Who may be crowded out by whom, and whom a ban means besides a name.

-- What a room has besides when it is a private conversation.
CREATE TABLE conversations (
    room INTEGER PRIMARY KEY,
    is_answered INTEGER NOT NULL,   -- 1: user_b has spoken, too
    ended_by INTEGER NOT NULL       -- 1: user_a has it in the list no more, 2: user_b
);

-- Of those that have lost what was said first, nobody can tell any more: they count as answered.
INSERT INTO conversations SELECT id, first > 1 OR EXISTS (
    SELECT 1 FROM items WHERE items.room = rooms.id AND items.sender = rooms.user_b), 0
    FROM rooms WHERE name = '';

-- Networks, separated by commas, that are meant besides the name.
ALTER TABLE sanctions ADD COLUMN addresses TEXT NOT NULL DEFAULT '';
-- The same of whom something was done to.
ALTER TABLE audit ADD COLUMN addresses TEXT NOT NULL DEFAULT '';

-- Who has most entries loses the oldest.
CREATE INDEX audit_by_doer ON audit (doer, id);
