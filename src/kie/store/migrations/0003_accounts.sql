-- What an account is used for, whether its balance says what our ledger says, and keys that it had before.

ALTER TABLE account ADD COLUMN retired INTEGER NOT NULL DEFAULT 0;  -- neither used nor watched
ALTER TABLE account ADD COLUMN models TEXT NOT NULL DEFAULT '{}';   -- kind (image, video …) -> model
ALTER TABLE account ADD COLUMN callback TEXT;                       -- where its callbacks reach us, in place of all others'
ALTER TABLE account ADD COLUMN hook_key_id TEXT;                    -- of the vendor's webhook secret
ALTER TABLE account ADD COLUMN hook_sealed {bytes};
ALTER TABLE account ADD COLUMN alert_below {int};                   -- millionths of a credit
ALTER TABLE account ADD COLUMN below INTEGER NOT NULL DEFAULT 0;    -- whether that was told
ALTER TABLE account ADD COLUMN check_at {float} NOT NULL DEFAULT 0; -- when the balance is to be read again
ALTER TABLE account ADD COLUMN short {int};                         -- the balance that did not suffice
ALTER TABLE account ADD COLUMN quiet_at {float};                    -- the last reading with nothing on its way
ALTER TABLE account ADD COLUMN quiet_balance {int};
ALTER TABLE account ADD COLUMN quiet_entry {int};                   -- the last entry before it
ALTER TABLE account ADD COLUMN drift {int} NOT NULL DEFAULT 0;      -- gone without an entry, and not told yet
ALTER TABLE account ADD COLUMN drift_since {float};                 -- the last reading before it was gone
ALTER TABLE account ADD COLUMN drift_entry {int};                   -- the last entry before that
ALTER TABLE account ADD COLUMN drift_at {float};                    -- when that was told last
ALTER TABLE account ADD COLUMN foreign_at {float};                  -- when something was gone last

CREATE TABLE account_key (          -- keys that were replaced, for the tasks that were made with them
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    key_id TEXT NOT NULL,
    sealed {bytes} NOT NULL,
    base_url TEXT,
    upload_url TEXT,
    until {float} NOT NULL
);
CREATE INDEX account_key_account ON account_key (account);
