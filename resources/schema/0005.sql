-- Who may be crowded out by whom, and whom a ban means besides a name.

ALTER TABLE rooms ADD COLUMN is_answered INTEGER NOT NULL DEFAULT 0; -- 1: user_b has spoken, too
ALTER TABLE rooms ADD COLUMN ended_by INTEGER NOT NULL DEFAULT 0;    -- 1: user_a has it in the list no more, 2: user_b

-- Of conversations that have lost what was said first, nobody can tell any more: they count as answered.
UPDATE rooms SET is_answered = 1 WHERE name = '' AND (first > 1 OR EXISTS (
    SELECT 1 FROM items WHERE items.room = rooms.id AND items.sender = rooms.user_b));

-- Networks, separated by commas, that are meant besides the name.
ALTER TABLE sanctions ADD COLUMN addresses TEXT NOT NULL DEFAULT '';
-- The same of whom something was done to.
ALTER TABLE audit ADD COLUMN addresses TEXT NOT NULL DEFAULT '';

-- Who has most entries loses the oldest.
CREATE INDEX audit_by_doer ON audit (doer, id);
