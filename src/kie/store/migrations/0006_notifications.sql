-- Notifications out: who is told, what is said, and what became of each attempt. Times are Unix seconds.

CREATE TABLE endpoint (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,             -- endpoint, or callbacks: who signs for the callback addresses of a project
    project TEXT NOT NULL,          -- whose events; '' for all
    url TEXT NOT NULL,
    types TEXT NOT NULL,            -- of events: ' a.b c.* ', a space around each; '' for all
    description TEXT NOT NULL,
    state TEXT NOT NULL,            -- enabled or disabled
    why TEXT NOT NULL,              -- it is disabled: gone, failing, or '' by hand
    created {float} NOT NULL,
    failing {float},                -- since when every attempt has failed
    not_before {float} NOT NULL     -- it asked to be left alone until then
);
CREATE UNIQUE INDEX endpoint_callbacks ON endpoint (project) WHERE kind = 'callbacks';

CREATE TABLE signing_secret (
    id TEXT PRIMARY KEY,
    endpoint TEXT NOT NULL REFERENCES endpoint (id) ON DELETE CASCADE,
    blob {bytes} NOT NULL,          -- sealed
    key_id TEXT NOT NULL,
    created {float} NOT NULL,
    until {float}                   -- of one that was replaced: until when it still signs
);
CREATE INDEX signing_secret_endpoint ON signing_secret (endpoint);

CREATE TABLE message (
    id TEXT PRIMARY KEY,            -- the receiver's means to know it again
    project TEXT NOT NULL,
    type TEXT NOT NULL,
    subject TEXT NOT NULL,          -- the generation, batch, flow or account that it is about
    payload TEXT NOT NULL,          -- JSON, as it is sent at every attempt
    at {float} NOT NULL             -- of the event
);
CREATE UNIQUE INDEX message_once ON message (subject, type, at);
CREATE INDEX message_at ON message (at);

CREATE TABLE delivery (
    number {serial},
    message TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
    endpoint TEXT NOT NULL REFERENCES endpoint (id) ON DELETE CASCADE,
    url TEXT NOT NULL,              -- '' for the endpoint's own
    lane TEXT NOT NULL,             -- what is slow together: the endpoint, or the host of a callback address
    state TEXT NOT NULL,            -- waiting, delivered or failed
    attempts INTEGER NOT NULL,      -- whose outcome is known
    claims INTEGER NOT NULL,        -- fences the outcome of one whose lease ran out
    next_at {float},                -- when it is to be sent, or its lease ends; none when it has ended
    at {float} NOT NULL,
    ended {float}
);
CREATE UNIQUE INDEX delivery_once ON delivery (message, endpoint, url);
CREATE INDEX delivery_due ON delivery (lane, next_at, number) WHERE state = 'waiting';
CREATE INDEX delivery_endpoint ON delivery (endpoint, number);

CREATE TABLE delivery_attempt (
    number {serial},
    delivery {int} NOT NULL REFERENCES delivery (number) ON DELETE CASCADE,
    at {float} NOT NULL,
    status INTEGER,                 -- of HTTP; none where no answer came
    error TEXT NOT NULL,            -- why none came
    excerpt TEXT NOT NULL,          -- of the answer
    took {float} NOT NULL           -- seconds
);
CREATE INDEX delivery_attempt_delivery ON delivery_attempt (delivery);
