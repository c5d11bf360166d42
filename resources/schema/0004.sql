-- What tells a changed item and a wrong clock.

-- Of all that an item is; null: written by an earlier server, or there is nothing left to tell.
ALTER TABLE items ADD COLUMN seal BIGINT;

-- The last time that was believed, in milliseconds since 1970 UTC (0: none), and for how many milliseconds another one
-- has been told steadily since.
ALTER TABLE store ADD COLUMN clock BIGINT NOT NULL DEFAULT 0;
ALTER TABLE store ADD COLUMN clock_steady BIGINT NOT NULL DEFAULT 0;
