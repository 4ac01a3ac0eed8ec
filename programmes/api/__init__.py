"""The log for somebody's own programs."""
