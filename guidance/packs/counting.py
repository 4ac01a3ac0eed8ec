"""Counts downloads of packs by month and kind of organisation, and nothing that tells who it was (V-97)."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from functools import partial
from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from embedded import tally
from embedded.accounts.models import Person
from guidance.counting import reader_kind
from guidance.models import Pack, PackCount

PACKS: Final = "packs"


def count(request: HttpRequest, answer: HttpResponseBase, pack: Pack, form: str) -> None:
    """Adds one to the month's row of "pdf" or "zip", and notes that the pack was asked for today, once the reader has
    the answer. Only a GET counts."""
    if request.method == "GET":
        deed = partial(_count, pack, form, getattr(request, "person", None))
        # Django calls these when the server has sent the last byte
        answer._resource_closers.append(deed)  # type: ignore[attr-defined]


def take_over() -> int:
    """Brings into the database what Redis has added up; into how many rows. Raises redis.RedisError."""
    return tally.take_over(PACKS, _put)


def kind_of(pack: Pack) -> str:
    """The ready-made pack's name, "own" for one with a residency's papers, else "chosen"."""
    return pack.ready or (PackCount.OWN if pack.private_to else PackCount.CHOSEN)


def _count(pack: Pack, form: str, person: Person | None) -> None:
    """In Redis, or in the database when Redis is away."""
    today = timezone.localdate()
    row = (kind_of(pack), form, today.replace(day=1), reader_kind(person))
    if not tally.add(PACKS, json.dumps([row[0], form, row[2].isoformat(), row[3]])):
        PackCount.objects.add({row: 1})
    if pack.asked_on < today:
        Pack.objects.filter(pk=pack.pk, asked_on__lt=today).update(asked_on=today)


def _put(counts: Mapping[str, int]) -> None:
    PackCount.objects.add({_row(field): number for field, number in counts.items()})


def _row(field: str) -> tuple[str, str, datetime.date, str]:
    kind, form, month, reader = json.loads(field)
    return str(kind), str(form), datetime.date.fromisoformat(month), str(reader)
