"""What the clear line of work, settling in, supervision and the pulse keep, and more of it."""
