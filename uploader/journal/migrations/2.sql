-- What Darwin says of the items afterwards.
ALTER TABLE items ADD COLUMN outcome TEXT NOT NULL DEFAULT ''; -- 'in darwin', 'refused', 'missing' or 'sent again'; '' as long as the state tells it
ALTER TABLE items ADD COLUMN verdict TEXT NOT NULL DEFAULT ''; -- the sentence about it
ALTER TABLE items ADD COLUMN settled INTEGER;                  -- when it was known

CREATE INDEX pending ON items (batch, place) WHERE state = 'in darwin' AND outcome = '';

ALTER TABLE batches ADD COLUMN source  TEXT    NOT NULL DEFAULT '';                            -- what was dropped
ALTER TABLE batches ADD COLUMN leaving INTEGER NOT NULL DEFAULT 0 CHECK (leaving IN (0, 1));  -- it is being pruned
ALTER TABLE batches ADD COLUMN settled INTEGER;                                                -- when nothing was pending any more

CREATE INDEX by_age ON batches (began, id);

-- The sums of batches that have ended, so that nobody has to count their items.
CREATE TABLE tallies (
    batch   INTEGER NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
    outcome TEXT    NOT NULL,
    files   INTEGER NOT NULL,
    bytes   INTEGER NOT NULL,

    PRIMARY KEY (batch, outcome)
) STRICT, WITHOUT ROWID;

INSERT INTO tallies (batch, outcome, files, bytes)
SELECT b.id,
       CASE i.state WHEN 'in darwin' THEN 'sent' WHEN 'skipped' THEN 'skipped'
                    WHEN 'blocked' THEN 'needs you' WHEN 'failed' THEN 'needs you' ELSE 'not sent' END AS word,
       count(*), sum(i.size)
FROM batches b JOIN items i ON i.batch = b.id
WHERE b.ended IS NOT NULL
GROUP BY b.id, word;

-- A journal that another program could not share keeps its own beside it; the
-- name tells which of them were taken over into this one.
CREATE TABLE identity (
    name   TEXT    NOT NULL,
    closed INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0, 1)) -- it is being taken over, and takes nothing more
) STRICT;

INSERT INTO identity (name) VALUES (lower(hex(randomblob(16))));

CREATE TABLE taken_over (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
