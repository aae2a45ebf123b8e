-- Batches: what was asked for as one, and its items. An item becomes a generation when there is room for it in the
-- queue; until then it is a row. Times are Unix seconds; amounts are millionths of a credit; JSON is text.

CREATE TABLE batch (
    id TEXT PRIMARY KEY,            -- ordered by time
    project TEXT NOT NULL,
    name TEXT NOT NULL,
    caller TEXT NOT NULL,           -- name of the caller's API key, '' if none
    idempotency TEXT,               -- the caller's own key
    asked TEXT NOT NULL,            -- hash of what was asked for beside the items
    digest TEXT NOT NULL,           -- hash of the items read so far
    state TEXT NOT NULL,            -- reading, running, paused, cancelling, done, cancelled
    why TEXT,                       -- why it is paused: asked, credits, budget, limit
    words TEXT,                     -- the same in a sentence
    priority INTEGER NOT NULL,
    span INTEGER NOT NULL,          -- items that are generations at a time
    cache INTEGER,                  -- whether identical requests use one result; none leaves it to the project
    max_credits {int},
    created {float} NOT NULL,
    ended {float},
    look_at {float},                -- when it is to be looked at again
    lease {float},                  -- until when someone reads or feeds it
    checked {float} NOT NULL,       -- when its counts were held against the rows
    items INTEGER NOT NULL DEFAULT 0,
    ready INTEGER NOT NULL DEFAULT 0,
    fed INTEGER NOT NULL DEFAULT 0,
    succeeded INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    cancelled INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0,
    held {int} NOT NULL DEFAULT 0,  -- of the items that are fed
    spent {int} NOT NULL DEFAULT 0,
    estimates TEXT NOT NULL         -- by model: items, low, high, unknown
);
CREATE UNIQUE INDEX batch_idempotency ON batch (project, idempotency) WHERE idempotency IS NOT NULL;
CREATE INDEX batch_due ON batch (look_at) WHERE look_at IS NOT NULL;
CREATE INDEX batch_project ON batch (project, id);

CREATE TABLE batch_item (
    batch TEXT NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,      -- from 0, in the order of the source
    line INTEGER NOT NULL,
    name TEXT,                      -- the caller's own id
    state TEXT NOT NULL,            -- ready, fed, succeeded, failed, cancelled, refused
    generation TEXT,                -- the id of its generation, before there is one
    attempt INTEGER NOT NULL,       -- how often it was retried
    model TEXT,
    input TEXT,
    fingerprint TEXT,
    estimate {int},                 -- what is held for it; none where no price is known
    max_credits {int},
    priority INTEGER,
    notify TEXT,
    spent {int} NOT NULL DEFAULT 0, -- by all its generations
    error TEXT,
    PRIMARY KEY (batch, position)
);
CREATE INDEX batch_item_state ON batch_item (batch, state, position);

CREATE TABLE batch_event (
    number {serial},
    batch TEXT NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
    at {float} NOT NULL,
    name TEXT NOT NULL,             -- created, read, started, paused, resumed, retried, cancelled, ended
    data TEXT
);
CREATE INDEX batch_event_batch ON batch_event (batch, number)
