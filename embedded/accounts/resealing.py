"""Encrypts every second step again with today's SECRET_KEY, so that yesterday's can be thrown away."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.db import transaction

from embedded.accounts.second_step import cipher

LOCKED = (
    "secret",
    "seed",
    "migrated_codes",
)  # of apps, and of recovery codes; passkeys keep nothing secret here


def reseal_all() -> tuple[int, int]:
    """How many were encrypted again, and how many could not be opened. Can be stopped and run again."""
    done = unreadable = 0
    for number in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            row = Authenticator.objects.select_for_update().filter(pk=number).first()
            if row is None or not set(LOCKED) & row.data.keys():
                continue
            try:
                row.data |= {name: _again(row.data[name]) for name in LOCKED if name in row.data}
            except InvalidToken:
                unreadable += 1
                continue
            row.save(update_fields=["data"])
            done += 1
    return done, unreadable


def _again(locked: str | list[str]) -> str | list[str]:
    if isinstance(locked, list):
        return [cipher().rotate(each).decode() for each in locked]
    return cipher().rotate(locked).decode()
