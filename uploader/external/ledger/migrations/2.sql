-- A program that could not have the ledger keeps its own beside it; the name
-- tells which of them were taken over into this one.
CREATE TABLE identity (
    name   TEXT    NOT NULL,
    closed INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0, 1)) -- it is being taken over, and takes nothing more
) STRICT;

INSERT INTO identity (name) VALUES (lower(hex(randomblob(16))));

CREATE TABLE taken_over (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
