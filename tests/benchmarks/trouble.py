"""What stops a measurement, in words for whoever asked for it."""


class CannotMeasure(Exception):
    """The text says what went wrong and what to do."""
