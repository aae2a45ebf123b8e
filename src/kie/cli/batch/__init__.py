"""A file of rows, each a call: read, checked as a whole, sent once each, resumable after any end."""
