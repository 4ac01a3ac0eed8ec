"""What can go wrong at the start, told as one sentence with the fix."""


class CannotStart(Exception):
    """Says in one plain sentence what is wrong and exactly what to do about it."""
