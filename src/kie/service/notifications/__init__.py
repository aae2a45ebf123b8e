"""Notifications out: endpoints, messages, deliveries, and where they may go."""
