"""Writes the audit trail and reads it back for pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from embedded.accounts.models import Person
from embedded.audit.models import Event, EventQuerySet
from embedded.logs import request_id

NOBODY = "Nobody signed in"
LONGEST_DETAIL = 200
_NEVER = {"body", "diary", "message", "note", "notes", "password", "secret", "text", "token"}
_PROGRAMME = re.compile(r"^p/([^/]+)(?:/|$)")


def record(
    by: Person | None,
    deed: str,
    what: str,
    place: str = "",
    on_behalf_of: Person | None = None,
    details: Mapping[str, object] | None = None,
) -> Event:
    """Writes one event, in the caller's transaction.

    `deed` is noun.verb ("residency.submitted"); `what` a label people know the thing by; `place` the
    address of its page without slashes at the ends ("p/<slug>/r/<code>"), which also names the programme.
    `details` takes short facts only (numbers, dates, choices, names of fields): ValueError for a long
    text, a nested thing or a name that promises free text or a token.
    """
    place = place.strip("/")
    programme = _PROGRAMME.match(place)
    return Event.objects.create(
        at=timezone.now(),
        who=by.display_name if by else NOBODY,
        who_id=str(by.pk) if by else "",
        on_behalf_of=on_behalf_of.display_name if on_behalf_of else "",
        on_behalf_of_id=str(on_behalf_of.pk) if on_behalf_of else "",
        deed=deed,
        what=what[:300],
        place=place,
        programme=programme.group(1) if programme else "",
        request_id=request_id().replace("\0", "")[:64],
        details={name: _fact(name, value) for name, value in (details or {}).items()},
    )


def record_read(
    by: Person | None,
    kind: str,
    what: str,
    place: str = "",
    details: Mapping[str, object] | None = None,
) -> Event:
    """Writes that somebody looked at something sensitive: one row each time (ASVS 16.3.2).

    `kind` is the noun of what was read ("case_study", "own_data", "report"): the deed is `<kind>.read`.
    """
    return record(by, f"{kind}.read", what, place, details=details)


def events_at(place: str) -> EventQuerySet:
    """What happened at a place and below it, newest first, looking left out."""
    return Event.objects.at_place(place.strip("/")).writes().newest_first()


def _fact(name: str, value: object) -> object:
    """A short fact fit for JSON; ValueError for what must never reach the trail."""
    if name.lower() in _NEVER:
        raise ValueError(f"The audit trail takes no free text or tokens: leave out {name!r}.")
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_fact(name, one) for one in value]
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, (date, Decimal, UUID)):
        return str(value)
    if isinstance(value, str) and len(value) <= LONGEST_DETAIL:
        return str(value)
    raise ValueError(f"The audit trail takes short facts only: {name!r} is {type(value).__name__}.")
