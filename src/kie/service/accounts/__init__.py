"""The vendor's keys: kept sealed, used as a pool, their balances watched."""
