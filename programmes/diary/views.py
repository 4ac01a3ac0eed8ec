"""What others see of a log: closed months, and the words that were shared with whoever looks."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.audit import record_read
from programmes.access import scope_of
from programmes.diary import present, reading


@require_safe
def log_months(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Closed months, kinds and totals: exactly what hosts and leads see, for the researcher too."""
    residency = scope_of(request).residency(slug, code, permission="see_log_months")
    context = {
        "residency": residency,
        "months": present.months_seen(scope_of(request).residencies(), residency, timezone.localdate()),
        "own": scope_of(request).can("log", residency),
    }
    return render(request, "diary/months.jinja", context)


@require_safe
def notes(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Entries and passages of this residency that are shared with the person who looks; noted as read (P11)."""
    residency = scope_of(request).residency(slug, code)
    shared = reading.shared_with(residency, request.person, timezone.localdate())
    if shared:
        place = f"p/{slug}/r/{residency.code}/notes"
        record_read(request.person, "shared_notes", residency.code, place, details={"number": len(shared)})
    return render(request, "diary/notes.jinja", {"residency": residency, "notes": shared})
