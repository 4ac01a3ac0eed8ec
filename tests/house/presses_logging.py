"""The presses of logging."""
