"""The pages of interest: the check, the form without an account, the list of those who answer, the answer."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest, VisitorRequest
from embedded.drafts import once
from embedded.errors import TooMany
from programmes.access import scope_of
from programmes.interest import actions, reading
from programmes.interest.forms import AnswerForm, InterestForm, PressForm
from programmes.interest.ready import ReadyForm, result_of
from programmes.registers.field import Typed, learn_from

if TYPE_CHECKING:
    from programmes.models import Interest, Programme

A_PAGE = 25


@login_not_required
@never_cache
@require_safe
def ready(request: VisitorRequest) -> HttpResponse:
    """Ten questions and what the answers say; nothing is stored, and no log has them."""
    form = ReadyForm(request.GET or None)
    result = result_of(form.cleaned_data) if form.is_valid() else None
    context = {
        "form": form,
        "result": result,
        "asked": bool(request.GET),
        "programmes": reading.open_programmes(),
    }
    return render(request, "interest/ready.jinja", context)


@login_not_required
@never_cache
def interest(request: VisitorRequest, slug: str) -> HttpResponse:
    """Registers interest in a programme that takes it; no account is needed."""
    programme = reading.open_programme(slug)
    if "sent" in request.GET:
        return render(request, "interest/sent.jinja", {"programme": programme})
    form, status = InterestForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_register(request, programme, form))
        except TooMany as too_many:
            minutes = math.ceil(too_many.wait / 60)
            form.add_error(
                None, f"{too_many} Send it again in {minutes} minutes: what you typed is still here."
            )
            status = 429
    return render(request, "interest/interest.jinja", {"programme": programme, "form": form}, status=status)


def _register(request: HttpRequest, programme: Programme, form: InterestForm) -> str:
    typed = form.cleaned_data

    def deed() -> str:
        actions.count(programme, get_adapter().get_client_ip(request))
        actions.register(
            programme=programme,
            **{name: typed[name] for name in ("organisation", "problem", "name", "email", "phone")},
            on=timezone.localdate(),
        )
        return reverse("interest", args=[programme.slug]) + "?sent=yes"

    return once(typed["form_key"], by=None, deed=deed, content=request.POST)


def interests(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who is interested, the longest waiting first; a press opens or closes the form."""
    scope = scope_of(request)
    programme = reading.led_programme(scope, slug)
    if request.method == "POST":
        programme = scope.programme(slug, "lead_programme")
        return _open_or_close(request, programme)
    page = Paginator(reading.interests_in(programme), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "page": page,
        "form": PressForm(),
        "may_open": scope.can_in_programme("lead_programme", programme),
        "address": settings.BASE_URL + reverse("interest", args=[slug]),
    }
    return render(request, "interest/interests.jinja", context)


def _open_or_close(request: SignedInRequest, programme: Programme) -> HttpResponse:
    form = PressForm(request.POST)
    form.is_valid()
    taking = request.POST.get("press") == "open"

    def deed() -> str:
        actions.take_interest(programme=programme, taking=taking, by=request.person)
        messages.success(request, f"Saved: the form is {'open' if taking else 'closed'}")
        return reverse("interests", args=[programme.slug])

    return redirect(once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST))


def interest_answer(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Makes an idea of it, or closes it with a kind reason."""
    programme = reading.led_programme(scope_of(request), slug)
    found = reading.interest_of(programme, pk)
    host = found.organisation or Typed(found.organisation_name)
    form = AnswerForm(request.POST or None, initial={"host": host})
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_answer(request, found, form))
        except actions.AnsweredAlready as refused:
            messages.info(request, str(refused))
            return redirect(found.get_absolute_url())
    context = {"programme": programme, "interest": found, "form": form}
    return render(request, "interest/answer.jinja", context)


def _answer(request: SignedInRequest, found: Interest, form: AnswerForm) -> str:
    typed, by, on = form.cleaned_data, request.person, timezone.localdate()

    def deed() -> str:
        if form.closes:
            actions.close(interest=found, reason=typed["reason"], by=by, on=on)
            messages.success(request, "Closed" if found.email else f"Closed. Ring {found.phone} to say why")
            return reverse("interests", args=[found.programme.slug])
        learn_from(form, by=by)
        residency = actions.make_idea(interest=found, title=typed["title"], host=typed["host"], by=by, on=on)
        messages.success(request, f"Saved: the idea {residency.code}")
        return residency.get_absolute_url()

    return once(typed["form_key"], by=by, deed=deed, content=request.POST)
