"""Runs the whole product privately on one machine, with servers of its own."""
