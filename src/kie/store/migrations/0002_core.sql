-- Several vendor keys, fair queues, ends told to others, results used again, workers that show that they live.

ALTER TABLE generation ADD COLUMN sends INTEGER NOT NULL DEFAULT 0;  -- how often it was claimed for sending
ALTER TABLE generation ADD COLUMN tag {int} NOT NULL DEFAULT 0;      -- its turn among the projects
ALTER TABLE generation ADD COLUMN caller TEXT NOT NULL DEFAULT '';   -- whose key asked for it
ALTER TABLE generation ADD COLUMN batch TEXT;
ALTER TABLE generation ADD COLUMN item {int};                        -- its place in the batch
ALTER TABLE generation ADD COLUMN flow TEXT;                         -- what is told to flows at its end
ALTER TABLE generation ADD COLUMN notify TEXT;                       -- the caller's callback address
ALTER TABLE generation ADD COLUMN source TEXT;                       -- the generation whose result it uses
ALTER TABLE generation ADD COLUMN expires {float};                   -- when the links of its result die
ALTER TABLE generation ADD COLUMN worker TEXT;                       -- who has claimed it
ALTER TABLE generation ADD COLUMN alternatives INTEGER NOT NULL DEFAULT 0; -- tasks that were made besides its own
DROP INDEX generation_due;           -- what waits for its turn is in the queue alone
CREATE INDEX generation_due ON generation (next_at) WHERE next_at IS NOT NULL AND state <> 'held';
DROP INDEX generation_queue;
CREATE INDEX generation_queue ON generation (account, priority, tag, id) WHERE state = 'held';
CREATE INDEX generation_busy ON generation (account) WHERE state IN ('submitting', 'waiting');
CREATE INDEX generation_rest ON generation (state, id) WHERE state IN ('failed', 'cancelled', 'uncertain');
CREATE INDEX generation_batch ON generation (batch, item) WHERE batch IS NOT NULL;
CREATE INDEX generation_source ON generation (source) WHERE source IS NOT NULL AND state = 'held';

DROP INDEX entry_generation;         -- entry_once serves as well
ALTER TABLE entry ADD COLUMN caller TEXT NOT NULL DEFAULT '';
ALTER TABLE entry ADD COLUMN rate {int} NOT NULL DEFAULT 5000;       -- millionths of a dollar for a credit

ALTER TABLE budget RENAME TO budget_before;
CREATE TABLE budget (
    project TEXT NOT NULL,          -- empty for all projects
    caller TEXT NOT NULL,           -- empty for all callers
    model TEXT NOT NULL,            -- empty for all models
    span TEXT NOT NULL,             -- day or total
    amount {int} NOT NULL,
    used {int} NOT NULL,            -- held and spent, in all or on the day
    day TEXT NOT NULL,              -- to which it belongs, in UTC
    PRIMARY KEY (project, caller, model, span)
);
INSERT INTO budget (project, caller, model, span, amount, used, day)
    SELECT project, '', model, span, amount, used, day FROM budget_before;
DROP TABLE budget_before;

CREATE TABLE project (              -- the row without a name is the queue's own: where it has come to
    name TEXT PRIMARY KEY,
    tag {int} NOT NULL DEFAULT 0,
    weight {int} NOT NULL DEFAULT 1,
    cache INTEGER NOT NULL DEFAULT 0  -- whether identical requests use one result
);

CREATE TABLE account (              -- keys of the vendor
    name TEXT PRIMARY KEY,
    base_url TEXT,
    upload_url TEXT,
    key_id TEXT,                    -- the master key that sealed it; none where the key comes from the environment
    sealed {bytes},
    hint TEXT NOT NULL DEFAULT '',  -- the last letters of the key
    creates INTEGER NOT NULL DEFAULT 20,
    span {float} NOT NULL DEFAULT 10,
    concurrency INTEGER,
    enabled INTEGER NOT NULL DEFAULT 1,
    paused_until {float},
    paused_why TEXT,                -- limit, credits, key, vendor or person
    faults INTEGER NOT NULL DEFAULT 0,
    balance {int},
    balance_at {float},
    created {float} NOT NULL DEFAULT 0
);

CREATE TABLE outbox (               -- ends that others are to be told of
    number {serial},
    at {float} NOT NULL,
    kind TEXT NOT NULL,             -- batch, flow or notify
    target TEXT NOT NULL,
    generation TEXT NOT NULL,
    state TEXT NOT NULL
);
CREATE INDEX outbox_kind ON outbox (kind, number);

ALTER TABLE inbox ADD COLUMN next_at {float} NOT NULL DEFAULT 0;     -- a callback whose task is being looked at
ALTER TABLE inbox ADD COLUMN unknown INTEGER NOT NULL DEFAULT 0;     -- how often the vendor knew no such task

CREATE TABLE worker (
    id TEXT PRIMARY KEY,
    host TEXT NOT NULL,
    pid INTEGER NOT NULL,
    began {float} NOT NULL,
    beat {float} NOT NULL
);

CREATE TABLE alert (
    number {serial},
    at {float} NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    generation TEXT,
    data TEXT
);
