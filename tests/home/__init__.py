"""The front pages: where everybody starts, and one residency."""
