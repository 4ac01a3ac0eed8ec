"""Counts readings of case studies by month and kind of organisation, and nothing that tells who it was (V-97)."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from django.utils import timezone

from embedded import tally
from embedded.accounts.models import Person
from guidance.counting import reader_kind
from programmes.models import CaseCount, CaseStudy

CASES: Final = "cases"


def count(answer: Any, case: CaseStudy, form: str, person: Person | None) -> None:
    """Adds one to the month's row of "html" or "pdf" once the reader has the answer."""
    # Django calls these when the server has sent the last byte
    answer._resource_closers.append(partial(_count, case.pk, form, person))


def take_over() -> int:
    """Brings into the database what Redis has added up; into how many rows. Raises redis.RedisError."""
    return tally.take_over(CASES, _put)


def _count(case: int, form: str, person: Person | None) -> None:
    """In Redis, or in the database when Redis is away."""
    month = timezone.localdate().replace(day=1)
    row = (case, form, month, reader_kind(person))
    if not tally.add(CASES, json.dumps([case, form, month.isoformat(), row[-1]])):
        CaseCount.objects.add({row: 1})


def _put(counts: Mapping[str, int]) -> None:
    CaseCount.objects.add({_row(field): number for field, number in counts.items()})


def _row(field: str) -> tuple[int, str, datetime.date, str]:
    case, form, month, reader = json.loads(field)
    return int(case), str(form), datetime.date.fromisoformat(month), str(reader)
