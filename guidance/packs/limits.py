"""How much may be asked for, so that nobody can fill the machine: documents, pages, packs an hour, packs that wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from embedded.accounts.throttles import Limit, take
from embedded.errors import TooMany
from embedded.jobs.models import OPEN_STATES
from guidance.models import Pack
from guidance.packs.parts import Part
from guidance.packs.sections import pages_of

MOST_DOCUMENTS: Final = 25
MOST_PAGES: Final = 150
MOST_WAITING: Final = 40  # chosen packs that wait or are being made
A_WHILE: Final = 300  # seconds
BY_PLACE: Final = Limit("pack from a network address", 30, timedelta(hours=1))
BY_ALL: Final = Limit("pack of anybody", 400, timedelta(hours=1))


def too_large(parts: Sequence[Part]) -> str:
    """What to do where it is too much for one pack; empty where it is not."""
    if len(parts) > MOST_DOCUMENTS:
        over = len(parts) - MOST_DOCUMENTS
        return f"Select {MOST_DOCUMENTS} documents or fewer: take {over} off, or make two packs"
    pages = sum(pages_of(part.edition, part.sections) for part in parts)
    if pages > MOST_PAGES:
        return (
            f"Select less: this would fill about {pages} pages, and a pack may have {MOST_PAGES}. "
            "Take documents off, or choose parts of the long ones"
        )
    return ""


def count(place: str) -> None:
    """Counts one more pack to be made for that network address, which is not kept. Raises TooMany."""
    if Pack.objects.filter(ready="", job__state__in=OPEN_STATES).count() >= MOST_WAITING:
        raise TooMany("Many packs are being put together just now.", A_WHILE)
    taken = take([(BY_PLACE, place), (BY_ALL, "everybody")])
    if taken.wait:
        raise TooMany("Many packs have been asked for just now.", taken.wait)
