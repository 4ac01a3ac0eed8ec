"""The page on which anybody says whether a document was useful."""

from __future__ import annotations

import math

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from embedded.drafts import once
from embedded.errors import TooMany
from guidance import opinions, reading
from guidance.forms import UsefulForm
from guidance.models import Edition


@login_not_required
@never_cache
def useful(request: HttpRequest, slug: str) -> HttpResponse:
    """`?answer=yes` or `no` comes filled in; `?version=` for an older edition; `?sent=` thanks."""
    edition = reading.asked_for(slug, request.GET.get("version", "")) or reading.current(slug)
    page = {"edition": edition, "document": edition.document}
    if "sent" in request.GET:
        return render(request, "guidance/thanks.jinja", page)
    answer = request.GET.get("answer", "")
    form, status = UsefulForm(request.POST or None, initial={"useful": answer}), 200
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_say(request, edition, form))
        except TooMany as many:
            minutes = math.ceil(many.wait / 60)
            form.add_error(None, f"{many} Send it again in {minutes} minutes: what you typed is still here.")
            status = 429
    return render(request, "guidance/useful.jinja", page | {"form": form}, status=status)


def _say(request: HttpRequest, edition: Edition, form: UsefulForm) -> str:
    typed = form.cleaned_data

    def deed() -> str:
        opinions.count(edition, get_adapter().get_client_ip(request))
        is_useful = typed["useful"] == "yes"
        opinions.give_opinion(
            edition=edition, useful=is_useful, why=typed["why"] or "", on=timezone.localdate()
        )
        return reverse("guidance_useful", args=[edition.document.slug]) + "?sent=yes"

    return once(typed["form_key"], by=None, deed=deed, content=request.POST)
