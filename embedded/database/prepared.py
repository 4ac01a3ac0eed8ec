"""A question that every page asks: put into SQL by the ORM once a process, and then asked with other values.

Putting a question into SQL takes Python several times as long as PostgreSQL takes to answer it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import BooleanField, F, Func, Model, QuerySet
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)


class Prepared(Generic[M]):
    """`question` makes the queryset from keyword values; `examples` are values that stand nowhere else in it. The rows
    come back as the ORM gives them, with those of `select_related` and `annotate`. `planned`: PostgreSQL plans it
    once a connection too, as its plan is the same for all values."""

    def __init__(
        self, question: Callable[..., QuerySet[M]], examples: Mapping[str, Any], *, planned: bool = False
    ) -> None:
        self.question, self.examples, self.planned = question, dict(examples), planned

    @cached_property
    def _plan(self) -> _Plan[M]:
        return _Plan(self.question(**self.examples), self.examples, self.planned)

    def __call__(self, **values: Any) -> list[M]:
        """The rows for these values; one for each of the examples."""
        return self._plan.ask(values)


class PreparedFind:
    """A question that gives numbers of records, to stand inside another: "is this record one of those?". PostgreSQL
    answers it once, whatever the outer question is; a join would have it read the whole table."""

    def __init__(self, question: Callable[..., QuerySet[Any, int]], examples: Mapping[str, Any]) -> None:
        self.question, self.examples = question, dict(examples)

    @cached_property
    def _plan(self) -> tuple[str, list[tuple[str, Any]]]:
        sql, given = self.question(**self.examples).query.get_compiler(using=connection.alias).as_sql()
        return sql, [(_name_of(value, self.examples), value) for value in given]

    def __call__(self, **values: Any) -> Func:
        sql, given = self._plan
        return _IsOneOf(sql, tuple(values[name] if name else was for name, was in given))


class _IsOneOf(Func):
    """The record's number is among those that the SQL finds."""

    output_field = BooleanField()

    def __init__(self, sql: str, values: tuple[Any, ...]) -> None:
        super().__init__(F("pk"))
        self.sql, self.values = sql, values

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        number, given = compiler.compile(self.source_expressions[0])
        return f"{number} = ANY(ARRAY({self.sql}))", [*given, *self.values]


def planned_cursor() -> Any:
    """A cursor for a long question that is asked again and again: PostgreSQL plans it once a connection. Values that
    change with every asking go beside the text, those that stay the same for a while are written into it."""
    return connection.planned_cursor()  # type: ignore[attr-defined]


def keep(instance: Model, name: str, rows: list[Any]) -> None:
    """Lets `instance.<name>.all()` be these rows, as prefetch_related does."""
    manager = getattr(instance, name)
    found = manager.get_queryset()
    found._result_cache, found._prefetch_done = rows, True
    for row in rows:
        setattr(row, manager.field.name, instance)
    vars(instance).setdefault("_prefetched_objects_cache", {})[name] = found


class _Plan(Generic[M]):
    """The SQL, where the values go in it, and how a row becomes an object."""

    def __init__(self, queryset: QuerySet[M], examples: Mapping[str, Any], planned: bool) -> None:
        self.planned = planned
        self.compiler = compiler = queryset.query.get_compiler(using=connection.alias)
        self.sql, given = compiler.as_sql()
        self.order = [_name_of(value, examples) for value in given]
        self.given = list(given)
        info: dict[str, Any] = compiler.klass_info
        fields: list[int] = info["select_fields"]
        self.span = slice(fields[0], fields[-1] + 1)
        self.model: type[M] = info["model"]
        self.names = [column.target.attname for column, _, _ in compiler.select[self.span]]
        # the types are those of a later Django
        self.related = get_related_populators(info, compiler.select, connection.alias)  # type: ignore[call-arg]
        self.annotated = dict(compiler.annotation_col_map or {})
        self.converters = compiler.get_converters([column for column, _, _ in compiler.select])
        if missing := set(examples) - set(self.order):
            raise ValueError(f"The question does not ask for {', '.join(sorted(missing))}")

    def ask(self, values: Mapping[str, Any]) -> list[M]:
        asked = [values[name] if name else was for name, was in zip(self.order, self.given, strict=True)]
        with planned_cursor() if self.planned else connection.cursor() as cursor:
            cursor.execute(self.sql, asked)
            rows: Any = cursor.fetchall()
        if self.converters:
            rows = self.compiler.apply_converters(rows, self.converters)
        return [self._made(row) for row in rows]

    def _made(self, row: Any) -> M:
        found = self.model.from_db(connection.alias, self.names, row[self.span])
        for each in self.related:
            each.populate(row, found)
        for name, place in self.annotated.items():
            setattr(found, name, row[place])
        return found


def _name_of(value: Any, examples: Mapping[str, Any]) -> str:
    """Which of the values goes here; "" where the question's own word stands."""
    for name, example in examples.items():
        if isinstance(value, type(example)) and value == example:
            return name
    return ""
