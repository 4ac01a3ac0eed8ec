"""Keeps what is being typed; offers what was typed before the sign-in ran out, to be sent now or thrown away."""

from __future__ import annotations

import re
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from embedded import errors
from embedded.accounts.requests import SignedInRequest
from embedded.drafts.kept import keep_form
from embedded.drafts.parking import forget, park_stale, unparked
from embedded.drafts.telling import shown

LARGEST_DRAFT: Final = 64 * 1024
_PURPOSE: Final = re.compile(r"[a-z][a-z-]{0,39}(/[\w-]{1,80}){1,4}", re.ASCII)
PURPOSE: Final = "draft"  # the field that names it; a form key in a field of its own would be parked


@never_cache
@require_POST
def save(request: SignedInRequest) -> HttpResponse:
    """Keeps a form as it stands, for its own person. 204; 404 for a form that there is not, 413 for too much."""
    if int(request.headers.get("Content-Length") or 0) > LARGEST_DRAFT:
        return HttpResponse(status=413)
    purpose = request.POST.get(PURPOSE, "")
    if not _PURPOSE.fullmatch(purpose) or len(purpose) > 200:
        raise Http404("No form is called that")
    typed = request.POST.copy()
    del typed[PURPOSE]
    keep_form(request.person, purpose, typed)
    return HttpResponse(status=204)


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
    return render(request, "drafts/continue.jinja", {"typed": typed, "shown": shown(request, typed)})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page of a failed CSRF check: offers again what a page of ours sent, refuses all else with 403."""
    return park_stale(request) or errors.csrf_failure(request, reason)
