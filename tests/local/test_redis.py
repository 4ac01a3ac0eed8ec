"""The private Redis: what was sent through it outlives it, however it ends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import redis

from embedded.local.folder import DataFolder
from embedded.local.redis import Redis

pytestmark = pytest.mark.usefixtures("nothing_left")


@pytest.fixture
def server(place: DataFolder) -> Iterator[Redis]:
    made = Redis(place)
    made.start()
    yield made
    made.stop()


def client(server: Redis) -> redis.Redis:
    return redis.Redis.from_url(server.url())


def test_what_was_sent_is_there_after_a_stop(server: Redis) -> None:
    with client(server) as line:
        line.rpush("tasks", "one")
    server.stop()
    server.start()
    with client(server) as line:
        assert line.lrange("tasks", 0, -1) == [b"one"]


def test_server_that_outlived_its_run_writes_everything_down_and_makes_way(server: Redis) -> None:
    with client(server) as line:
        line.rpush("tasks", "one")
    assert server.child
    leftover = server.child
    next_run = Redis(server.place)
    next_run.start()
    assert leftover.wait(timeout=10) == 0
    with client(next_run) as line:
        assert line.lrange("tasks", 0, -1) == [b"one"]
    next_run.stop()


def test_socket_left_by_a_killed_server_is_no_hindrance(server: Redis) -> None:
    assert server.child
    server.child.kill()
    server.child.wait()
    assert not server.is_ready()
    server.start()
    assert server.is_ready()


def test_only_its_owner_can_reach_it(server: Redis) -> None:
    assert server.socket.stat().st_mode & 0o077 == 0
