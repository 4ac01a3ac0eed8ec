"""What the drills of reports share: a Redis of their own and real workers."""

from tests.workers import redis_of_drill, workers

__all__ = ["redis_of_drill", "workers"]
