"""Callbacks on their way: what is sent when, tried again, and over which connections."""
