"""Offers what was typed before the sign-in ran out, to be sent now or thrown away."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from embedded import errors
from embedded.drafts.parking import forget, park_stale, unparked


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def continue_with(request: HttpRequest, parked_id: UUID) -> HttpResponse:
    """GET shows what was typed with a form that sends it where it was going; POST throws it away."""
    typed = unparked(request, parked_id)
    if typed is None:
        return render(request, "drafts/gone.jinja", status=404)
    if request.method == "POST":
        response = redirect("/")
        forget(parked_id, response)
        messages.success(request, "What you had typed was thrown away.")
        return response
    return render(request, "drafts/continue.jinja", {"typed": typed})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page of a failed CSRF check: offers again what a page of ours sent, refuses all else with 403."""
    return park_stale(request) or errors.csrf_failure(request, reason)
