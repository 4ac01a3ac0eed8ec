"""A mail server that does as it is told, and the drills' Redis and workers."""

from tests.mail_server import mail_server
from tests.workers import redis_of_drill, workers

__all__ = ["mail_server", "redis_of_drill", "workers"]
