"""Readers of the registers as their owners publish them, one file a format."""
