"""Every rule that the database keeps, broken by raw SQL: each refuses its own bad row, by its name (P49)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from tests.house.bad_rows import BAD, FIT, SECOND, SEEN_FIRST, Row, bad_row, good_row
from tests.house.test_records import our_models

CHECKS = [
    (model, rule)
    for model in our_models()
    for rule in model._meta.constraints
    if isinstance(rule, models.CheckConstraint)
]
ONCE = [
    (model, rule.name)
    for model in our_models()
    for rule in model._meta.constraints
    if isinstance(rule, models.UniqueConstraint)
]


@pytest.fixture(autouse=True)
def rows_for_themselves(db: None) -> Iterator[None]:
    """Only the rules of a table itself; what a row belongs to, and who may change it, is tested elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET session_replication_role")


def insert(model: type[models.Model], row: Row) -> None:
    columns = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join(["%s"] * len(row))
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({marks})",  # noqa: S608 (our own names)
            list(row.values()),
        )


def refused_by(model: type[models.Model], row: Row) -> str:
    """The name of the rule that refuses the row."""
    with pytest.raises(IntegrityError) as refused:
        insert(model, row)
    return str(refused.value.__cause__.diag.constraint_name)  # type: ignore[union-attr]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_p49_a_good_row_is_taken(model: type[models.Model]) -> None:
    insert(model, good_row(model))


@pytest.mark.parametrize(("model", "rule"), CHECKS, ids=[rule.name for _, rule in CHECKS])
def test_p49_a_bad_row_is_refused(model: type[models.Model], rule: models.CheckConstraint) -> None:
    assert refused_by(model, bad_row(model, rule)) == SEEN_FIRST.get(rule.name, rule.name)


@pytest.mark.parametrize(("model", "name"), ONCE, ids=[name for _, name in ONCE])
def test_p49_the_same_again_is_refused(model: type[models.Model], name: str) -> None:
    """Another row that differs in its number, and in whatever else may be there once only."""
    first = good_row(model) | BAD.get(name, {})
    insert(model, first)
    assert refused_by(model, another(model, first, name)) == name


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_p49_single_columns_that_are_there_once(model: type[models.Model]) -> None:
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key:
            row = {name: value for name, value in good_row(model).items() if name != field.column}
            row[field.column] = good_row(model)[field.column] or 1
            with transaction.atomic():
                insert(model, row)
                assert field.column in refused_by(model, another(model, row, "", but=field.column))
                transaction.set_rollback(True)


def another(model: type[models.Model], row: Row, name: str, but: str = "") -> Row:
    """The row once more with another number and other values in the columns that some other rule wants once."""
    key = model._meta.pk
    assert key is not None
    number = 2 if isinstance(row[key.column], int) else str(row[key.column]).translate({ord("0"): "1"})
    changed: dict[str, Any] = {key.column: number}
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key and field.column != but and row[field.column] is not None:
            changed[field.column] = (
                2 if isinstance(row[field.column], int) else f"{row[field.column]}"[:-1] + "b"
            )
    return row | changed | SECOND.get(name, {})


def test_p49_there_are_many_rules_and_none_is_broken_in_vain() -> None:
    names = {rule.name for _, rule in CHECKS} | {name for _, name in ONCE}
    assert len(names) >= 100
    assert {*BAD, *SECOND, *SEEN_FIRST} <= names
    assert set(FIT) <= {model._meta.label for model in apps.get_models()}
