"""Credits: prices, the account, what keys may spend, and the bill."""
