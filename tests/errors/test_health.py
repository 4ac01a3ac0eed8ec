"""Probes: alive without anybody, ready with a database, degraded without Redis."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from embedded import health


def test_livez_asks_nobody() -> None:
    """No database mark: a query would fail this test."""
    response = Client().get("/livez")
    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.django_db
def test_readyz_with_everything() -> None:
    response = Client().get("/readyz")
    assert (response.status_code, response.content) == (200, b"ready")


@pytest.mark.django_db
def test_readyz_without_redis_is_degraded_but_serves(settings: Any) -> None:
    settings.REDIS_URL = "unix:///nowhere/redis.sock?db=0"
    response = Client().get("/readyz")
    assert (response.status_code, response.content) == (200, b"degraded")


@pytest.mark.django_db
def test_readyz_without_all_migrations_is_503() -> None:
    health.migrated.cache_clear()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'accounts'")
    response = Client().get("/readyz")
    assert (response.status_code, response.content) == (503, b"not migrated")
    assert health.migrated.cache_info().currsize == 0


@pytest.mark.django_db
def test_readyz_on_a_schema_newer_than_the_code_is_ready() -> None:
    """As after a roll-back of the code, or while a new release migrates: the old code still serves."""
    health.migrated.cache_clear()
    MigrationRecorder(connection).record_applied("programmes", "9999_of_the_next_release")
    response = Client().get("/readyz")
    assert (response.status_code, response.content) == (200, b"ready")


@pytest.mark.parametrize("told", ["ok", "ready", "degraded", "no database", "not migrated"])
def test_probes_say_little(told: str) -> None:
    """At most 20 bytes, and nothing about versions or machines (P53)."""
    assert f'"{told}"' in Path(health.__file__).read_text()
    assert len(told) <= 20


def test_readyz_without_database_is_503(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def away(*_: object) -> None:
        raise OperationalError("away")

    monkeypatch.setattr(connection, "cursor", away)
    response = Client().get("/readyz")
    assert (response.status_code, response.content) == (503, b"no database")


def test_probes_refuse_to_be_written_to() -> None:
    assert Client().post("/livez").status_code == 405
