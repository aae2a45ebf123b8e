-- Flows: what is declared, its runs with their steps and items, the files that local steps made, and schedules.

CREATE TABLE flow (
    name TEXT PRIMARY KEY,
    declaration TEXT NOT NULL,
    at {float} NOT NULL
);

CREATE TABLE flow_run (
    id TEXT PRIMARY KEY,            -- ordered by time
    flow TEXT NOT NULL,
    declaration TEXT NOT NULL,      -- as it was when the run began
    project TEXT NOT NULL,
    caller TEXT NOT NULL DEFAULT '',
    inputs TEXT NOT NULL,           -- with defaults
    idempotency TEXT,
    state TEXT NOT NULL,            -- running, failing, cancelling, succeeded, failed, cancelled
    created {float} NOT NULL,
    ended {float},
    attempt INTEGER NOT NULL DEFAULT 0, -- how often it was taken up again after it had ended
    worker TEXT NOT NULL DEFAULT '', -- who carries it on
    kept INTEGER NOT NULL DEFAULT 0, -- whether the engine has records of it
    priority INTEGER NOT NULL DEFAULT 0,
    low {int} NOT NULL,             -- the estimate
    high {int},
    most {int},
    outputs TEXT,
    error TEXT,
    note TEXT,                      -- what it waits for, where that is not a generation
    deleted {float}                 -- when the files of its local steps were given up, or none
);
CREATE UNIQUE INDEX flow_run_idempotency ON flow_run (project, idempotency) WHERE idempotency IS NOT NULL;
CREATE INDEX flow_run_live ON flow_run (worker) WHERE ended IS NULL;
CREATE INDEX flow_run_kept ON flow_run (ended) WHERE kept = 1 AND ended IS NOT NULL;
CREATE INDEX flow_run_project ON flow_run (project, id);

CREATE TABLE flow_step (
    run TEXT NOT NULL REFERENCES flow_run (id) ON DELETE CASCADE,
    step TEXT NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,             -- generation, follow-up or local
    items INTEGER,                  -- none as long as that is not known
    settled INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (run, step)
);

CREATE TABLE flow_item (
    run TEXT NOT NULL REFERENCES flow_run (id) ON DELETE CASCADE,
    step TEXT NOT NULL,
    place INTEGER NOT NULL,
    state TEXT NOT NULL,            -- waiting, working, succeeded, failed, skipped, cancelled
    attempt INTEGER NOT NULL,       -- of the run, in which it was begun
    tries INTEGER NOT NULL,         -- models that were tried before
    value TEXT,                     -- what it is made for
    generation TEXT,
    model TEXT NOT NULL DEFAULT '',
    result TEXT,                    -- text and data that a local step made
    error TEXT,
    began {float} NOT NULL,
    ended {float},
    PRIMARY KEY (run, step, place)
);
CREATE INDEX flow_item_generation ON flow_item (generation) WHERE generation IS NOT NULL;

CREATE TABLE flow_file (            -- what local steps made
    run TEXT NOT NULL REFERENCES flow_run (id) ON DELETE CASCADE,
    step TEXT NOT NULL,
    place INTEGER NOT NULL,
    position INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    size {int} NOT NULL,
    type TEXT NOT NULL,
    at {float} NOT NULL,
    PRIMARY KEY (run, step, place, position)
);
CREATE INDEX flow_file_content ON flow_file (sha256);

CREATE TABLE flow_event (
    number {serial},
    run TEXT NOT NULL REFERENCES flow_run (id) ON DELETE CASCADE,
    at {float} NOT NULL,
    name TEXT NOT NULL,
    step TEXT,
    place INTEGER,
    data TEXT
);
CREATE INDEX flow_event_run ON flow_event (run, number);

CREATE TABLE flow_schedule (
    name TEXT PRIMARY KEY,
    cron TEXT NOT NULL,
    zone TEXT NOT NULL,
    task TEXT NOT NULL,             -- flow, or the name of a chore of the service
    flow TEXT,
    project TEXT NOT NULL,
    inputs TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    next_at {float},
    last_at {float},
    last_run TEXT,
    error TEXT
);
CREATE INDEX flow_schedule_due ON flow_schedule (next_at) WHERE enabled = 1;

CREATE INDEX generation_flow ON generation (flow) WHERE flow IS NOT NULL;
