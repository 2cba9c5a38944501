-- When an item was sent, skipped or given up; NULL before that, and in batches of earlier versions.
ALTER TABLE items ADD COLUMN over INTEGER;

-- What was not taken into a batch: of all of it the number, of the first some thousands what it was.
ALTER TABLE batches ADD COLUMN left_out INTEGER NOT NULL DEFAULT 0;

CREATE TABLE left_out (
    batch  INTEGER NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
    place  INTEGER NOT NULL, -- from 0 on
    path   TEXT    NOT NULL,
    reason TEXT    NOT NULL, -- the sentences for the person

    PRIMARY KEY (batch, place)
) STRICT, WITHOUT ROWID;
