"""What survives: a database (SQLite, or Postgres for many workers) and the files of finished generations."""
