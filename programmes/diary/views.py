"""What others see of a log: closed months, and the words that were shared with whoever looks."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.audit import record_read
from programmes.access import Scope, scope_of, seen_as
from programmes.diary import present, reading

# who asks in the address, and what they are called on the page
WHO: Final = {"host": ("host_manager", "your host"), "lead": ("programme_lead", "your programme’s lead")}


@require_safe
def log_months(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Closed months, kinds and totals: exactly what hosts and leads see, for the researcher too."""
    residency = scope_of(request).residency(slug, code, permission="see_log_months")
    return render(request, "diary/months.jinja", _months(scope_of(request), residency))


@require_safe
def seen(request: SignedInRequest, slug: str, code: str, who: str) -> HttpResponse:
    """The same page as a host or a lead has it: made by the same function, with what such a role reaches."""
    residency = scope_of(request).residency(slug, code, permission="log")
    if who not in WHO:
        raise Http404("Nobody of that name looks at a log")
    role, called = WHO[who]
    theirs = seen_as(role, residency, timezone.localdate())
    context = _months(theirs, residency) | {"called": called, "is_lead": who == "lead"}
    if context["is_lead"]:
        context["said"] = present.said_on_dashboard(residency, theirs.today)
    return render(request, "diary/seen.jinja", context)


@require_safe
def notes(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Entries and passages of this residency that are shared with the person who looks; noted as read (P11)."""
    scope = scope_of(request)
    residency = scope.residency(slug, code)
    shared = reading.shared_with(residency, request.person, timezone.localdate())
    if shared:
        place = f"p/{slug}/r/{residency.code}/notes"
        record_read(request.person, "shared_notes", residency.code, place, details={"number": len(shared)})
    context = {"residency": residency, "notes": shared, "may_comment": scope.can("comment", residency)}
    return render(request, "diary/notes.jinja", context)


def _months(scope: Scope, residency: Any) -> dict[str, Any]:
    """All that the page of months says, for whoever reaches so much."""
    return {
        "residency": residency,
        "months": present.months_seen(scope.residencies(), residency, scope.today),
        "comments": reading.comments_on_months(residency),
        "own": scope.can("log", residency),
        "may_comment": scope.can("comment", residency),
    }
