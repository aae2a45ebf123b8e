"""Scenes: what a picture shows, one module each, chosen by the words of the prompt."""
