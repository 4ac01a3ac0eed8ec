"""Counts readings by month and kind of organisation, and nothing that tells who it was (V-97)."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from functools import partial
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.module_loading import import_string

from embedded import tally
from embedded.accounts.models import Person
from guidance.models import Edition, ReadingCount

READINGS: Final = "readings"
Row = tuple[int, str, datetime.date, str]


def count(request: HttpRequest, answer: HttpResponseBase, edition: Edition, form: str) -> None:
    """Adds one to the month's row of "html", "pdf", "word" or "sheet" once the reader has the answer, so that nobody
    waits for it. Only a GET counts: programs that look with HEAD read nothing."""
    if request.method == "GET":
        deed = partial(_count, edition.pk, form, getattr(request, "person", None))
        # Django calls these when the server has sent the last byte
        answer._resource_closers.append(deed)  # type: ignore[attr-defined]


def take_over() -> int:
    """Brings into the database what Redis has added up; into how many rows. Raises redis.RedisError."""
    return tally.take_over(READINGS, _put)


def reader_kind(person: Person | None) -> str:
    """ "signed out", or the kind of organisation that the upper storey knows this person by."""
    if person is None:
        return ReadingCount.SIGNED_OUT
    kind: str = import_string(settings.READER_KIND)(person)
    return kind[:40]


def _count(edition: int, form: str, person: Person | None) -> None:
    """In Redis, or in the database when Redis is away."""
    month = timezone.localdate().replace(day=1)
    row = (edition, form, month, reader_kind(person))
    if not tally.add(READINGS, json.dumps([edition, form, month.isoformat(), row[-1]])):
        ReadingCount.objects.add({row: 1})


def _put(counts: Mapping[str, int]) -> None:
    ReadingCount.objects.add({_row(field): number for field, number in counts.items()})


def _row(field: str) -> Row:
    edition, form, month, reader = json.loads(field)
    return int(edition), str(form), datetime.date.fromisoformat(month), str(reader)
