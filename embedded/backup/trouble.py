"""What can go wrong with a backup, told as one sentence with the fix."""


class CannotBackUp(Exception):
    """Nothing was written, and why."""


class CannotRestore(Exception):
    """Nothing was brought back, or not everything, and why."""
