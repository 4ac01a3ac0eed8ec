"""The presses of the clear line of work, settling in, supervision and the pulse."""
