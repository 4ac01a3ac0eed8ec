"""The residencies in reach as SQL, for the queries that Django's own language has no words for."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def ask(sql: str, reach: QuerySet[Any, Any], **values: Any) -> list[tuple[Any, ...]]:
    """The rows of `sql`, in which {reach} stands for the query `reach` and %(name)s for each value; none where
    the reach is known to be empty without asking."""
    try:
        within, given = reach.query.sql_with_params()
    except EmptyResultSet:
        return []
    names = [f"reach_{number}" for number in range(len(given))]
    named = within % tuple(f"%({name})s" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("{reach}", named), dict(zip(names, given, strict=True)) | values)
        return cursor.fetchall()
