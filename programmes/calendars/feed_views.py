"""The private calendar address: made and ended by its owner, read by a calendar that knows it."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from embedded.accounts.models import Person
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
    form = PressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _pressed(request, form)
    token = _held(request)
    address = settings.BASE_URL + reverse("calendar_feed", args=[token]) if token else ""
    context = {"form": PressForm(), "link": feed.address_of(request.person), "address": address}
    return render(request, "calendars/address.jinja", context)


def _pressed(request: SignedInRequest, form: PressForm) -> HttpResponse:
    person, page, form_key = request.person, reverse("calendar_address"), form.cleaned_data["form_key"]
    is_ending = request.POST.get("press") == "end"

    def deed() -> str:
        if is_ending:
            feed.end_address(by=person)
            messages.success(request, "The calendar address works no more")
        else:
            feed.make_address(by=person, form_key=form_key)
        return page

    answer = redirect(once(form_key, by=person, deed=deed, content=request.POST))
    if is_ending:
        answer.delete_cookie(COOKIE, path=page)
    elif _is_new(person) and (token := feed.token_of(person, form_key)):
        _show_next(answer, person.pk, token)
    return answer


def _is_new(person: Person) -> bool:
    link = feed.address_of(person)
    return link is not None and link.made_at > timezone.now() - datetime.timedelta(seconds=SHOWN_FOR)


def _held(request: SignedInRequest) -> str:
    """The token that this browser was told a moment ago, as long as it works."""
    salt = str(request.person.pk)
    token = request.get_signed_cookie(COOKIE, default="", salt=salt, max_age=SHOWN_FOR)
    return token if token and feed.owner_of(token) == request.person else ""


def _show_next(answer: HttpResponse, person_pk: int, token: str) -> None:
    """The next page shows the address; a later one cannot."""
    answer.set_signed_cookie(
        COOKIE,
        token,
        salt=str(person_pk),
        max_age=SHOWN_FOR,
        path=reverse("calendar_address"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


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
