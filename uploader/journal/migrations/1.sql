-- A batch is one upload into one dataset. Times are microseconds since 1970.
CREATE TABLE batches (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    server          TEXT    NOT NULL,
    account         TEXT    NOT NULL, -- of the settings, '' if the key came from elsewhere
    team            TEXT    NOT NULL,
    dataset         INTEGER NOT NULL,
    dataset_slug    TEXT    NOT NULL,
    dataset_name    TEXT    NOT NULL,
    dataset_version INTEGER NOT NULL,
    began           INTEGER NOT NULL,
    ended           INTEGER           -- NULL as long as going on may bring more of it into Darwin
) STRICT;

CREATE INDEX unfinished ON batches (id) WHERE ended IS NULL;

CREATE TABLE items (
    batch       INTEGER NOT NULL REFERENCES batches (id) ON DELETE CASCADE,
    place       INTEGER NOT NULL CHECK (place >= 0), -- in the batch, from 0 on

    -- the file, as it was when it was added
    path        TEXT    NOT NULL,
    size        INTEGER NOT NULL CHECK (size >= 0),
    mtime       INTEGER NOT NULL,                    -- seconds since 1970
    mtime_nanos INTEGER NOT NULL,                    -- and the rest of them
    kind        TEXT    NOT NULL,
    type        TEXT    NOT NULL,

    -- what it is to be in Darwin
    name        TEXT    NOT NULL,
    folder      TEXT    NOT NULL,
    tags        TEXT    NOT NULL,                    -- JSON: [{"class": ..., "text": ...}]
    video       TEXT,                                -- JSON: {"fps": ..., "as_frames": ...}

    -- how far it came
    state       TEXT    NOT NULL,                    -- 'stopped': it was taken out
    stage       TEXT    NOT NULL DEFAULT '',         -- of the problem
    reason      TEXT    NOT NULL DEFAULT '',         -- Darwin's word
    problem     TEXT    NOT NULL DEFAULT '',         -- the sentences for the person
    attempts    INTEGER NOT NULL DEFAULT 0,          -- how often its bytes were begun to be sent
    item_id     TEXT    NOT NULL DEFAULT '',
    upload_id   TEXT    NOT NULL DEFAULT '',
    stored      INTEGER NOT NULL DEFAULT 0 CHECK (stored IN (0, 1)),
    asked_from  INTEGER,                             -- when requests to register it were under way
    asked_until INTEGER,                             -- whose answers are not known

    PRIMARY KEY (batch, place)
) STRICT, WITHOUT ROWID;
