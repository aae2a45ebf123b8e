-- Generations, what happened to them, money, callbacks, limits, files. Times are Unix seconds; amounts are millionths of
-- a credit; JSON is text.

CREATE TABLE generation (
    id TEXT PRIMARY KEY,            -- ordered by time
    project TEXT NOT NULL,
    model TEXT NOT NULL,            -- the catalogue's id
    input TEXT NOT NULL,            -- as it is sent
    fingerprint TEXT NOT NULL,      -- of model and input
    idempotency TEXT,               -- the caller's own key
    priority INTEGER NOT NULL,
    state TEXT NOT NULL,
    hook TEXT NOT NULL UNIQUE,      -- the unguessable end of its callback address
    account TEXT NOT NULL,          -- whose vendor key pays
    task TEXT,                      -- the vendor's id
    created {float} NOT NULL,
    submitted {float},
    ended {float},
    next_at {float},                -- when it is to be looked at again; none when it has ended
    lease {float},                  -- until when a worker has it
    deadline {float},
    attempts INTEGER NOT NULL DEFAULT 0,
    polls INTEGER NOT NULL DEFAULT 0,
    cancelled INTEGER NOT NULL DEFAULT 0,
    estimate {int},                 -- none where no price is known
    held {int} NOT NULL DEFAULT 0,
    cost {int},
    cost_from TEXT,                 -- reported, rule or balance
    progress {float},
    result TEXT,                    -- links, text and data, as the vendor's record tells them
    error TEXT
);
CREATE UNIQUE INDEX generation_idempotency ON generation (project, idempotency) WHERE idempotency IS NOT NULL;
CREATE INDEX generation_due ON generation (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX generation_queue ON generation (account, priority, id) WHERE state = 'held';
CREATE INDEX generation_project ON generation (project, id);
CREATE INDEX generation_task ON generation (task) WHERE task IS NOT NULL;
CREATE INDEX generation_same ON generation (project, fingerprint, id);

CREATE TABLE event (
    number {serial},
    generation TEXT NOT NULL REFERENCES generation (id) ON DELETE CASCADE,
    at {float} NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    data TEXT
);
CREATE INDEX event_generation ON event (generation, number);

CREATE TABLE entry (
    number {serial},
    at {float} NOT NULL,
    kind TEXT NOT NULL,             -- hold, settle, release
    project TEXT NOT NULL,
    model TEXT NOT NULL,
    account TEXT NOT NULL,
    generation TEXT NOT NULL,
    amount {int} NOT NULL,          -- a hold is above 0 and a release below; a settle is what was spent
    source TEXT NOT NULL
);
CREATE INDEX entry_generation ON entry (generation);
CREATE INDEX entry_project ON entry (project, at);
CREATE UNIQUE INDEX entry_once ON entry (generation, kind);

CREATE TABLE budget (
    project TEXT NOT NULL,
    model TEXT NOT NULL DEFAULT '', -- empty for all models
    span TEXT NOT NULL,             -- day or total
    amount {int} NOT NULL,
    used {int} NOT NULL,            -- held and spent, in all or on the day
    day TEXT NOT NULL,              -- to which it belongs, in UTC
    PRIMARY KEY (project, model, span)
);

CREATE TABLE inbox (
    number {serial},
    at {float} NOT NULL,
    hook TEXT NOT NULL,
    body {bytes} NOT NULL
);

CREATE TABLE slot (                 -- the last creates of an account: when they may be or were sent
    account TEXT PRIMARY KEY,
    times TEXT NOT NULL
);

CREATE TABLE profile (              -- how long the tasks of a model took, by model and inputs
    name TEXT PRIMARY KEY,
    counts TEXT NOT NULL
);

CREATE TABLE artefact (
    id TEXT PRIMARY KEY,
    generation TEXT NOT NULL REFERENCES generation (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    role TEXT NOT NULL,             -- output, or the name of an extra
    sha256 TEXT NOT NULL,
    size {int} NOT NULL,
    type TEXT NOT NULL,
    at {float} NOT NULL
);
CREATE UNIQUE INDEX artefact_place ON artefact (generation, role, position);
CREATE INDEX artefact_content ON artefact (sha256)
