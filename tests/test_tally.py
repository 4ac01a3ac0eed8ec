"""What is added up in Redis comes into the database once, whoever takes it over and whatever fails."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Mapping

import pytest
import redis
from django.conf import LazySettings, settings
from django.db import connection, transaction

from embedded import tally
from tests.workers import DrillRedis, at_once, redis_of_drill

__all__ = ["redis_of_drill"]

committed = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def fresh(db: None) -> Iterator[None]:
    """An empty Redis that is not left alone for what an earlier test did to it."""
    tally._rested_until = 0.0
    with redis.Redis.from_url(settings.REDIS_URL) as line:
        line.flushdb()
    yield
    tally._rested_until = 0.0


def taken() -> dict[str, int]:
    found: dict[str, int] = {}
    tally.take_over("apples", found.update)
    return found


def test_what_was_added_is_taken_over_once() -> None:
    for field in ("red", "green", "red", "rötlich | {}"):
        assert tally.add("apples", field)
    tally.add("pears", "red")
    assert taken() == {"red": 2, "green": 1, "rötlich | {}": 1}
    assert taken() == {}
    tally.add("apples", "red")
    assert taken() == {"red": 1}


def test_what_could_not_be_put_away_is_there_the_next_time() -> None:
    tally.add("apples", "red")

    def fail(counts: Mapping[str, int]) -> None:
        raise RuntimeError("the database is away")

    with pytest.raises(RuntimeError):
        tally.take_over("apples", fail)
    tally.add("apples", "green")
    assert [taken(), taken(), taken()] == [{"red": 1}, {"green": 1}, {}]


@committed
def test_what_a_job_that_was_rolled_back_took_over_is_there_the_next_time() -> None:
    tally.add("apples", "red")
    with transaction.atomic():
        assert taken() == {"red": 1}
        transaction.set_rollback(True)
    tally.add("apples", "red")
    assert [taken(), taken(), taken()] == [{"red": 1}, {"red": 1}, {}]


@committed
def test_a_process_that_dies_after_the_database_has_it_leaves_nothing_to_count_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tally.add("apples", "red")
    with monkeypatch.context() as dying:
        dying.setattr(transaction, "on_commit", lambda *deed, **how: None)
        assert taken() == {"red": 1}
    tally.add("apples", "green")
    assert [taken(), taken()] == [{"green": 1}, {}]


@committed
def test_a_number_that_this_database_does_not_know_loses_nothing() -> None:
    tally.add("apples", "red")
    with redis.Redis.from_url(settings.REDIS_URL) as line:
        line.set(f"{tally._key('apples')}:written", "18446744073709551000")
    assert [taken(), taken()] == [{"red": 1}, {}]


@committed
def test_one_who_takes_over_pears_does_not_keep_others_from_apples() -> None:
    tally.add("apples", "red")
    tally.add("pears", "green")
    both = threading.Barrier(2)
    found: Counter[str] = Counter()

    def put(counts: Mapping[str, int]) -> None:
        both.wait(timeout=60)
        found.update(counts)

    at_once(lambda: tally.take_over("apples", put), lambda: tally.take_over("pears", put))
    assert found == {"red": 1, "green": 1}


@committed
def test_two_at_once_take_over_once_while_pages_go_on_counting() -> None:
    found: Counter[str] = Counter()
    mine = threading.Lock()

    def put(counts: Mapping[str, int]) -> None:
        with mine:
            found.update(counts)

    def add() -> None:
        for _ in range(200):
            assert tally.add("apples", "red")

    def take() -> None:
        for _ in range(40):
            tally.take_over("apples", put)

    at_once(add, add, take, take, take)
    tally.take_over("apples", put)
    assert found == {"red": 400}


@committed
def test_whoever_comes_while_another_takes_over_leaves_it_alone() -> None:
    tally.add("apples", "red")
    seen: list[int] = []

    def put(counts: Mapping[str, int]) -> None:
        [second] = at_once(lambda: tally.take_over("apples", lambda counts: None))
        seen.append(second)

    assert tally.take_over("apples", put) == 1
    assert seen == [0]


@committed
def test_redis_that_is_away_or_hangs_is_told_and_not_asked_again_at_once(
    settings: LazySettings, redis_of_drill: DrillRedis, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REDIS_URL = redis_of_drill.server.url()
    assert tally.add("apples", "red")
    redis_of_drill.hang()
    assert not tally.add("apples", "red")
    redis_of_drill.go_on()
    assert not tally.add("apples", "red")  # it rests, though Redis is back
    monkeypatch.setattr(tally, "_rested_until", 0.0)
    assert tally.add("apples", "red")
    redis_of_drill.kill()
    assert not tally.add("apples", "red")
    with pytest.raises(redis.RedisError):
        tally.take_over("apples", lambda counts: None)


def test_another_database_has_a_tally_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    tally.add("apples", "red")
    with monkeypatch.context() as other:
        other.setitem(connection.settings_dict, "NAME", "another")
        assert taken() == {}
    assert taken() == {"red": 1}
