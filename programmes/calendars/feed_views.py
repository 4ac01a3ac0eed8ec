"""The private calendar address: made and ended by its owner, read by a calendar that knows it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import once
from embedded.errors import TooMany, permission_denied
from programmes.calendars import feed
from programmes.calendars.forms import PressForm

COOKIE = "calendar-address"
SHOWN_FOR = 300  # seconds, to its owner's browser alone; here nobody keeps it


@never_cache
def calendar_address(request: SignedInRequest) -> HttpResponse:
    """Whether there is an address, and a press that makes or ends it."""
    person, form = request.person, PressForm(request.POST or None)
    made: list[str] = []
    if request.method == "POST" and form.is_valid():
        is_ending = request.POST.get("press") == "end"

        def deed() -> str:
            if is_ending:
                feed.end_address(by=person)
                messages.success(request, "The calendar address works no more")
            else:
                made.append(feed.make_address(by=person))
            return reverse("calendar_address")

        answer = redirect(once(form.cleaned_data["form_key"], by=person, deed=deed, content=request.POST))
        return _with_token(answer, person.pk, made[0] if made else "")
    token = request.get_signed_cookie(COOKIE, default="", salt=str(person.pk), max_age=SHOWN_FOR)
    shown = feed.owner_of(token) == person if token else False
    address = settings.BASE_URL + reverse("calendar_feed", args=[token]) if shown else ""
    context = {"form": PressForm(), "link": feed.address_of(person), "address": address}
    return render(request, "calendars/address.jinja", context)


def _with_token(answer: HttpResponse, person_pk: int, token: str) -> HttpResponse:
    """The next page shows the address; a later one cannot."""
    path = reverse("calendar_address")
    if not token:
        answer.delete_cookie(COOKIE, path=path)
        return answer
    answer.set_signed_cookie(
        COOKIE,
        token,
        salt=str(person_pk),
        max_age=SHOWN_FOR,
        path=path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


@login_not_required
@never_cache
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar fetches every few hours; whatever is wrong with an address, there is nothing."""
    try:
        owner = feed.owner_of(token)
    except TooMany as too_many:
        return permission_denied(request, too_many)
    if owner is None:
        raise Http404("No such calendar")
    content = feed.as_ics(feed.milestones(owner, timezone.localdate()))
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="embedded.ics"'
    return answer
