"""Reads everything as it stands at one moment, whatever is written meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection, transaction

T = TypeVar("T")


def in_one_moment(read: Callable[[], T]) -> T:
    """Calls `read` on a connection of its own, in one transaction that sees a single moment and can write nothing.

    The job's own transaction cannot be that one: its lease is renewed beside it, which a transaction that sees
    only its first moment would stumble over when it marks the job done.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="snapshot") as pool:
        return pool.submit(_read, read).result()


def _read(read: Callable[[], T]) -> T:
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            return read()
    finally:
        connection.close()
