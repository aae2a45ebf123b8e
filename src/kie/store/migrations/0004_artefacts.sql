-- What is known of files, small pictures of them, how long they are kept, and how they are removed.

ALTER TABLE artefact ADD COLUMN width {int};
ALTER TABLE artefact ADD COLUMN height {int};
ALTER TABLE artefact ADD COLUMN duration {float};
ALTER TABLE artefact ADD COLUMN facts TEXT;                -- what else is known, JSON
ALTER TABLE artefact ADD COLUMN preview_at {float};        -- when a thumbnail or waveform is to be made; none: not any more
ALTER TABLE artefact ADD COLUMN looks INTEGER NOT NULL DEFAULT 0;  -- how often that was begun
CREATE INDEX artefact_preview ON artefact (preview_at) WHERE preview_at IS NOT NULL;

ALTER TABLE generation ADD COLUMN starred INTEGER NOT NULL DEFAULT 0;
ALTER TABLE generation ADD COLUMN deleted {float};         -- when its files were removed
CREATE INDEX generation_kept ON generation (ended) WHERE ended IS NOT NULL AND deleted IS NULL;

CREATE TABLE doomed (               -- contents that nothing may refer to any more; whoever refers to one again looks here
    sha256 TEXT PRIMARY KEY,
    at {float} NOT NULL,            -- when it came to its state; with it, which of several removals it is
    state TEXT NOT NULL,            -- doomed, removing, removed
    tries INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX doomed_state ON doomed (state, at);

CREATE TABLE retention (
    project TEXT NOT NULL,          -- empty for all projects
    kind TEXT NOT NULL,             -- of the model: image, video ...; empty for all
    state TEXT NOT NULL,            -- succeeded, failed or cancelled; empty for all
    days {float},                   -- after the end; none keeps for ever
    forget INTEGER NOT NULL DEFAULT 0,   -- whether the request is emptied too
    starred INTEGER NOT NULL DEFAULT 0,  -- whether it holds for what is starred
    PRIMARY KEY (project, kind, state)
);

CREATE TABLE chore (                -- what one worker does for all, now and then
    name TEXT PRIMARY KEY,
    next_at {float} NOT NULL,
    place TEXT NOT NULL DEFAULT ''  -- how far it has come
);
