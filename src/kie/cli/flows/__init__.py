"""Flows on the command line: what is given, and what is told."""
