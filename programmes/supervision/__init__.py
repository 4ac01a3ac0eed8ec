"""Supervision on both sides, and sets of peers."""
