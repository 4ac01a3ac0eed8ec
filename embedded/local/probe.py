"""Asks, from inside a container, whether its process can do its work: what the health checks of Docker run."""

from __future__ import annotations

import http.client
import os
import sys

import redis


def web_serves() -> bool:
    """Whether the web server here answers under the first name that it is allowed to have."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip()
    line = http.client.HTTPConnection("127.0.0.1", 8000, timeout=5)
    try:
        line.request("GET", "/readyz", headers={"Host": host})
        return line.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def broker_answers() -> bool:
    """Whether what beat sends would arrive."""
    try:
        with redis.Redis.from_url(os.environ["REDIS_URL"], socket_timeout=2) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


if __name__ == "__main__":
    sys.exit(0 if {"web": web_serves, "beat": broker_answers}[sys.argv[1]]() else 1)
