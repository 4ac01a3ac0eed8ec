"""Notices an account that tries many doors: fifty refusals within five minutes are written down once (P11)."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

import structlog
from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from embedded.accounts.models import Person
from embedded.audit.recording import record

log = structlog.get_logger(__name__)

REFUSED: Final = (403, 404)  # what is out of reach is not found
MANY: Final = 50
WITHIN: Final = 300  # seconds


class DeniedTries:
    """Stands behind PersonMiddleware. Only a refusal costs anything, and none is ever changed by it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        person: Person | None = request.person  # type: ignore[attr-defined]
        if response.status_code in REFUSED and person is not None:
            try:
                note_refusal(person, time.time())
            except DatabaseError:
                log.warning("refusal_not_counted")
        return response


def note_refusal(person: Person, now: float) -> None:
    """Counts one more refusal of that person; writes an event at the fiftieth within five minutes and begins anew."""
    key = f"refused-{person.pk}"
    recent = [when for when in cache.get(key, []) if now - WITHIN < when <= now] + [now]
    if len(recent) >= MANY:
        record(person, "account.refused_often", "own account", "account", details={"times": len(recent)})
        log.warning("account_refused_often", person=person.pk, times=len(recent), within_seconds=WITHIN)
        recent = []
    cache.set(key, recent, WITHIN)
