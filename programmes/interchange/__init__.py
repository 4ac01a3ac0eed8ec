"""A log in and out by file."""
