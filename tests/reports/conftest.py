"""What the drills of reports share: a Redis of their own, real workers, and a mail server."""

from tests.mail_server import mail_server
from tests.workers import redis_of_drill, workers

__all__ = ["mail_server", "redis_of_drill", "workers"]
