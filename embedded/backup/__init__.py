"""Writes everything down for a bad day, and brings it back: the database and the made files; the keys travel apart."""
