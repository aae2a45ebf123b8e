"""Unofficial Python platform for the kie.ai generative-media API."""

__version__ = "0.1.0"
