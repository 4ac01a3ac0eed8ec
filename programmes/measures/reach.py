"""The residencies in reach as SQL, and questions about them that one statement answers together."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Generic, Self, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db.models import Case, Value, When
from django.db.models.functions import Coalesce
from psycopg import sql

from embedded.database.prepared import planned_cursor
from programmes.models import Residency, ResidencyQuerySet

_COLUMNS: Final = (
    "pk programme code stage theme planned_start started_on ends adopted_on submitted_at decision_by "
    "guiding_group_entered_on public_partners_in_guiding_group sponsor_left_on end_decision_on exit_plan_on "
    "review_on is_open"
).split()
_OPENING: Final = """
WITH reach (id, programme_id, code, stage, theme_id, planned_start, started_on, ends, adopted_on, submitted_at,
    decision_by, entered_on, partners, sponsor_left_on, end_decision_on, exit_plan_on, review_on, is_open
) AS MATERIALIZED (
"""


Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Question(Generic[Answer]):
    """A query over the table `reach`, %(name)s standing for each of `values`; `read` is given its rows, cells as JSON
    has them (dates are text)."""

    sql: str
    values: Mapping[str, Any]
    read: Callable[[list[list[Any]]], Answer]


@dataclass(frozen=True)
class Reach:
    """`chosen` asks for the rows of the table `reach`, with which each statement begins: what the rules look at of each
    residency, `ends` being its planned or real end, and whether the reader may open it. None where it is empty without
    asking. `programme` is the one that this is all of."""

    chosen: str | None
    programme: int | None = None

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
            asked, values = found.query.sql_with_params()
        except EmptyResultSet:
            return cls(None)
        return cls(asked % tuple(_literal(value) for value in values))

    @classmethod
    def whole(cls, programme: int) -> Self:
        """All of a programme, to be opened as well: the text is made once a process."""
        return cls(_whole(programme), programme)

    def only(self, codes: Iterable[str]) -> Self:
        """Those of these codes."""
        if self.chosen is None:
            return self
        return type(self)(f"SELECT * FROM ({self.chosen}) r WHERE code = ANY({_literal(sorted(codes))})")  # noqa: S608 (our own)

    def ask(self, question: Question[Answer]) -> Answer:
        """What one question is answered with."""
        return self.ask_all(question)[0]

    def ask_all(self, *questions: Question[Any]) -> list[Any]:
        """The answers in the order of the questions: one statement, so that the reach is looked up once."""
        rows: dict[int, list[list[Any]]] = {}
        if self.chosen is not None:
            text, moments = self._asked(questions)
            with planned_cursor() as cursor:
                cursor.execute(text, moments)
                rows = {number: json.loads(told or "[]", object_pairs_hook=_cells) for number, told in cursor}
        return [question.read(rows.get(number, [])) for number, question in enumerate(questions)]

    def _asked(self, questions: Sequence[Question[Any]]) -> tuple[str, dict[str, Any]]:
        """The statement, the same all day so that it is planned once: its values are written into it, but for
        moments, which go beside it."""
        parts, moments = [], {}
        for number, question in enumerate(questions):
            values: dict[str, str] = {}
            for name, value in question.values.items():
                if isinstance(value, datetime.datetime):
                    values[name], moments[f"q{number}_{name}"] = f"%(q{number}_{name})s", value
                else:
                    values[name] = _literal(value)
            parts.append(f"SELECT {number}, json_agg(line)::text FROM ({question.sql % values}) line")  # noqa: S608 (our own)
        return f"{_OPENING}{self.chosen}) {' UNION ALL '.join(parts)}", moments


@lru_cache(maxsize=256)
def _whole(programme: int) -> str | None:
    return Reach.of(Residency.objects.filter(programme_id=programme)).chosen


def _literal(value: Any) -> str:
    """The value as SQL has it, within a text that takes values itself."""
    return _quoted(tuple(value) if isinstance(value, list) else value)


@lru_cache(maxsize=512, typed=True)
def _quoted(value: Any) -> str:
    return sql.quote(list(value) if isinstance(value, tuple) else value).replace("%", "%%")


def _cells(pairs: list[tuple[str, Any]]) -> list[Any]:
    """A row as a list: what its columns are called does not matter, and two may be called the same."""
    return [value for _, value in pairs]


def day(text: str | None) -> datetime.date | None:
    """A date as a row tells it."""
    return datetime.date.fromisoformat(text) if text else None
