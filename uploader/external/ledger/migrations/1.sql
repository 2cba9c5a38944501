CREATE TABLE imports (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    about   TEXT    NOT NULL,           -- JSON: server, dataset, storage, where the rows came from
    begun   INTEGER NOT NULL,           -- times are Unix microseconds, 0: not yet
    sealed  INTEGER NOT NULL DEFAULT 0, -- all rows were added
    ended   INTEGER NOT NULL DEFAULT 0, -- nothing is left to be registered
    settled INTEGER NOT NULL DEFAULT 0  -- Darwin has processed all that was registered
) STRICT;

CREATE TABLE rows (
    id      INTEGER PRIMARY KEY,        -- import * 2^32 + place, so that an import's rows lie together in their order
    line    INTEGER NOT NULL,           -- of the source
    state   INTEGER NOT NULL,
    folder  TEXT    NOT NULL,
    name    TEXT    NOT NULL,
    content TEXT    NOT NULL,           -- what is to be registered; the ledger does not read it
    item    TEXT    NOT NULL DEFAULT '',
    reason  TEXT    NOT NULL DEFAULT '',
    detail  TEXT    NOT NULL DEFAULT '',
    asked   INTEGER NOT NULL DEFAULT 0, -- when Darwin was first asked to register it
    at      INTEGER NOT NULL DEFAULT 0  -- when Darwin settled it
) STRICT;

-- What was asked for and not answered; a handful of rows at any time.
CREATE INDEX asked ON rows (state) WHERE state = 1;
-- What was registered and not settled.
CREATE INDEX registered ON rows (state) WHERE state = 2;
