"""Batches: many generations from one file, fed into the queue piece by piece."""
