"""Watches what a page asks of the database: a tenant's table may be listed only within somebody's reach (P3)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db import connection

from tests.house.tenants import of_nobody_else

# a number, a slug, a key or a foreign key, compared with a value or with a query of its own
NARROWS = re.compile(r'"(?:id|slug|key|sha256|\w+_id)"\)? (?:=|IN) ')
# Slugs that begin alike, asked for when a programme is started so that its address is its own; they are never shown.
ON_PURPOSE = 'SELECT "programmes_programme"."slug" AS "slug" FROM '
# Case studies that a programme has published are listed for everybody.
PUBLISHED = re.compile(r' FROM "programmes_casestudy" .*"programmes_casestudy"\."state" = %s', re.DOTALL)
LISTS = re.compile(r'^SELECT .*? FROM "(\w+)"', re.DOTALL)


class Unbounded(NamedTuple):
    """A query that read a whole table of all tenants."""

    table: str
    sql: str


@contextmanager
def bounded_queries() -> Iterator[list[Unbounded]]:
    """Collects every SELECT from a tenant's table that nothing narrows to rows in reach."""
    found: list[Unbounded] = []
    tables = {model._meta.db_table for model in of_nobody_else()}

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if query := unbounded(sql, tables):
            found.append(query)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield found


def unbounded(sql: str, tables: set[str]) -> Unbounded | None:
    asked = LISTS.match(sql)
    if asked is None or asked[1] not in tables or sql.startswith(ON_PURPOSE):
        return None
    if PUBLISHED.search(sql):
        return None
    _, _, condition = sql.partition(" WHERE ")
    return None if NARROWS.search(condition) else Unbounded(asked[1], sql)
