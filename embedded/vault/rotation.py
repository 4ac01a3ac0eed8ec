"""Wraps every data key again with today's VAULT_KEY, so that yesterday's can be thrown away."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from embedded.audit import record
from embedded.vault import master
from embedded.vault.cipher import CannotBeRead
from embedded.vault.models import PersonKey
from embedded.vault.sealing import unwrapped, wrapped

BATCH = 500


@dataclass
class Rotation:
    """How many keys were wrapped again, and whose could not be opened (ids of people)."""

    done: int
    unreadable: list[int]


def rewrap_all() -> Rotation:
    """Goes through all keys of other versions in small transactions; can be stopped and run again."""
    rotation, last = Rotation(0, []), 0
    while True:
        with transaction.atomic():
            rows = list(_waiting().filter(pk__gt=last)[:BATCH])
            if not rows:
                break
            last = rows[-1].pk
            _rewrap(rows, rotation)
    record(
        None, "vault_key.rewrapped", f"{rotation.done} keys", details={"unreadable": len(rotation.unreadable)}
    )
    return rotation


def _waiting() -> QuerySet[PersonKey]:
    return PersonKey.objects.exclude(key_version=master.current().version).order_by("pk").select_for_update()


def _rewrap(rows: list[PersonKey], rotation: Rotation) -> None:
    readable = []
    for row in rows:
        try:
            columns = wrapped(unwrapped(row), row.person_id)
        except CannotBeRead:
            rotation.unreadable.append(row.person_id)
            continue
        row.wrapped_key, row.key_version = columns
        readable.append(row)
    PersonKey.objects.bulk_update(readable, ["wrapped_key", "key_version"])
    rotation.done += len(readable)
