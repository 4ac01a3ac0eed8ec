"""Says back that a week was copied, with its Undo: the address names what was copied, signed for whose it is."""

from __future__ import annotations

from typing import Final

from django.core import signing
from django.urls import reverse

from embedded.accounts.models import Person
from embedded.nhsuk.words import counted
from programmes.entries.repeating import Copied
from programmes.logbook.present import UNDO_FOR, Saved
from programmes.models import Residency

_FOR: Final = "copied-week:{}"


def led_to(copied: Copied, residency: Residency, person: Person) -> str:
    """The page of the log, which says it back."""
    what = signing.dumps([copied.entries, copied.plans], salt=_FOR.format(person.pk), compress=True)
    return f"{reverse('log', args=[residency.programme.slug, residency.code])}?copied={what}"


def named(what: str, person: Person) -> Copied | None:
    """What an address of this moment names; None when it is of somebody else, or too old to be undone by a press."""
    try:
        return Copied(*signing.loads(what, salt=_FOR.format(person.pk), max_age=UNDO_FOR))
    except signing.BadSignature:
        return None


def saved(what: str, residency: Residency, person: Person) -> Saved | None:
    if (copied := named(what, person)) is None:
        return None
    waits = " What is for a day to come waits." if copied.plans else ""
    return Saved(
        words=f"Copied from last week: {counted(len(copied), 'entry', 'entries')}.{waits}",
        warning="",
        undo=f"{reverse('log_copy_week', args=[residency.programme.slug, residency.code])}?copied={what}",
    )
