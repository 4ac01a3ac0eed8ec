"""The residencies in reach as SQL, made once a page, for questions that Django's own language has no words for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Self

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, Value, When
from django.db.models.functions import Coalesce

from programmes.models import ResidencyQuerySet

_COLUMNS: Final = (
    "pk programme code title stage theme planned_start started_on ends adopted_on submitted_at decision_by "
    "guiding_group_entered_on public_partners_in_guiding_group sponsor_left_on end_decision_on exit_plan_on is_open"
).split()
_OPENING: Final = """
WITH reach (id, programme_id, code, title, stage, theme_id, planned_start, started_on, ends, adopted_on, submitted_at,
    decision_by, entered_on, partners, sponsor_left_on, end_decision_on, exit_plan_on, is_open) AS MATERIALIZED (
"""


@dataclass(frozen=True)
class Reach:
    """`opening` begins a statement with the table `reach`: what the rules look at of each residency, `ends` being its
    planned or real end, and whether the reader may open it. None where it is empty without asking."""

    opening: str | None
    values: dict[str, Any]

    @classmethod
    def of(cls, residencies: ResidencyQuerySet, opened: ResidencyQuerySet | None = None) -> Self:
        """`opened` are those that the reader may open; None when that is all of them."""
        is_open = (
            Value(True)
            if opened is None
            else Case(When(pk__in=opened.order_by().values("pk"), then=True), default=False)
        )
        ends = Coalesce("ended_on", "planned_end")
        found = residencies.order_by().annotate(ends=ends, is_open=is_open).values_list(*_COLUMNS)
        try:
            sql, values = found.query.sql_with_params()
        except EmptyResultSet:
            return cls(None, {})
        names = [f"reach_{number}" for number in range(len(values))]
        named = sql % tuple(f"%({name})s" for name in names)
        return cls(f"{_OPENING}{named})", dict(zip(names, values, strict=True)))

    def ask(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        """The rows of a statement that goes on where `opening` ends, %(name)s standing for each value; none where the
        reach is empty."""
        if self.opening is None:
            return []
        with connection.cursor() as cursor:
            cursor.execute(self.opening + sql, self.values | values)
            return cursor.fetchall()
