"""Files of generations: fetched, looked at, kept, and removed when nobody wants them any more."""
