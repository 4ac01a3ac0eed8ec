"""The page of one's own picture."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest
from programmes.access import scope_of
from programmes.weeks import lists
from programmes.weeks.picture import SPANS, picture_of


@require_safe
def log_picture(request: SignedInRequest) -> HttpResponse:
    """One residency at a time, as each has an agreement of its own; the one that was begun last at first."""
    person, asked = request.person, request.GET.get("residency", "")
    residencies = lists.residencies_of(person)
    residency = next(
        (one for one in residencies if str(one.pk) == asked), residencies[0] if residencies else None
    )
    span = request.GET.get("span", "12")
    span = span if span in SPANS else "12"
    context: dict[str, Any] = {
        "residencies": residencies,
        "residency": residency,
        "spans": SPANS,
        "span": span,
    }
    if residency is not None:
        belongs = residency.pk in lists.may_log_in(scope_of(request))
        context["picture"] = picture_of(person, residency, span, timezone.localdate(), belongs=belongs)
        context["belongs"] = belongs
    return render(request, "weeks/picture.jinja", context)
