-- Invite codes that are good for several people, and that open a room.

ALTER TABLE invites ADD COLUMN uses INTEGER NOT NULL DEFAULT 1; -- how many are left
ALTER TABLE invites ADD COLUMN room BIGINT NOT NULL DEFAULT 0;  -- 0: none
