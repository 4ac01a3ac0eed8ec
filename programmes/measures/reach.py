"""The residencies in reach as SQL, for the queries that Django's own language has no words for."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, QuerySet, Value, When

from programmes.models import ResidencyQuerySet


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


def with_opened(
    residencies: ResidencyQuerySet, opened: ResidencyQuerySet | None, *columns: str
) -> QuerySet[Any, Any]:
    """These columns of the residencies, and last whether the reader may open it; None when that is all of them."""
    is_open = (
        Value(True)
        if opened is None
        else Case(When(pk__in=opened.order_by().values("pk"), then=True), default=False)
    )
    return residencies.order_by().annotate(is_open=is_open).values_list(*columns, "is_open")
