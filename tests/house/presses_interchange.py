"""The presses of a log in and out by file."""
