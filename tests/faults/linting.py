"""Reads a migration as an online service would feel it: what locks long, what breaks the code still running (P50)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import models
from django.db.migrations import Migration
from django.db.migrations import operations as ops
from django.db.models import NOT_PROVIDED

# Grow with every day of use; all else is small enough to be read through within a lock.
LARGE = {
    "activity",
    "activitymonth",
    "diaryentry",
    "draft",
    "event",
    "formkey",
    "job",
    "letter",
    "logfilerow",
    "plannedentry",
    "signedlink",
}


def complaints(migration: Migration) -> list[str]:
    """One sentence for each operation that must not meet a table in use."""
    made = {op.name_lower for op in migration.operations if isinstance(op, ops.CreateModel)}
    return [
        f"{migration.app_label}.{migration.name}: {sentence}"
        for op in _flat(migration.operations)
        for sentence in _about(op, migration, made)
    ]


def _flat(operations: list[Any]) -> Iterator[Any]:
    """What a migration does to the database; what it does only to Django's picture of it does not count."""
    for op in operations:
        if isinstance(op, ops.SeparateDatabaseAndState):
            yield from _flat(op.database_operations)
        else:
            yield op


def _about(op: Any, migration: Migration, made: set[str]) -> Iterator[str]:
    table = getattr(op, "model_name_lower", "")
    if table in made or isinstance(op, ops.CreateModel):
        return
    if not op.reversible:
        yield f"{op.describe()}: it cannot be taken back; give it a reverse, if only RunPython.noop"
    if isinstance(op, (ops.RenameField, ops.RenameModel, ops.AlterModelTable)):
        yield f"{op.describe()}: the code that still runs knows the old name; add, copy, and remove a release later"
    if isinstance(op, ops.AddField) and _must_be_given(op.field):
        yield f"{op.describe()}: the code that still runs does not fill it; give it db_default or null=True"
    if isinstance(op, (ops.AddIndex, ops.AddConstraint)) and table in LARGE and not _waits_for_nobody(op):
        yield f"{op.describe()}: {table} is large; use AddIndexConcurrently or AddConstraintNotValid"
    if isinstance(op, (AddIndexConcurrently, RemoveIndexConcurrently)) and migration.atomic:
        yield f"{op.describe()}: set atomic = False"


def _must_be_given(field: models.Field[Any, Any]) -> bool:
    if field.many_to_many or field.null:
        return False
    return getattr(field, "db_default", NOT_PROVIDED) is NOT_PROVIDED


def _waits_for_nobody(op: Any) -> bool:
    return isinstance(op, AddIndexConcurrently) or type(op).__name__ == "AddConstraintNotValid"
