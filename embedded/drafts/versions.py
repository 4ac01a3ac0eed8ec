"""Nobody's change silently overwrites somebody else's (trust.md P47)."""

from __future__ import annotations

from django.db import models


class Changed(Exception):
    """The record was changed since the form was opened. The page shows both and keeps what was typed."""

    def __init__(self, record: models.Model) -> None:
        super().__init__(f"{record} was changed since it was opened.")
        self.record = record


def check_version(record: models.Model, form_version: int | str | None) -> None:
    """Claims the record for this change: raises its `version` by one if it still is the form's, else Changed.

    Call it first in the deed, inside its transaction: the row stays locked until the end, and of two
    people who save at once the second gets Changed. A form without a version gets Changed too.

    What else was written since `record` was read, a step or a link that counts as no change of the form, is in it
    afterwards: saving the whole record takes nothing of that back.
    """
    try:
        seen = int("" if form_version is None else form_version)
    except ValueError:
        raise Changed(record) from None
    rows = type(record)._base_manager.filter(pk=record.pk, version=seen)
    if not rows.update(version=seen + 1):
        raise Changed(record)
    for name, value in rows.model._base_manager.values().get(pk=record.pk).items():
        setattr(record, name, value)
