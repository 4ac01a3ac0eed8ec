"""The pages of tokens, and the description of the API for whatever program asks for it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import once
from embedded.drafts.parking import forget_sent
from programmes.access import scope_of
from programmes.api import actions, present, reading
from programmes.api.entries import api, refuse
from programmes.api.forms import EndForm, TokenForm

ROOT = "/api/v1/"
MOST = 10  # tokens of one person that work
FULL = f"You have {MOST} tokens that work. End one of them first."


@never_cache
@require_safe
def api_tokens(request: SignedInRequest) -> HttpResponse:
    """My tokens, and what a program of mine writes for each of my residencies. Tokens outlast a post; so does this."""
    scope, now = scope_of(request), timezone.now()
    tokens, may_log = reading.tokens_of(request.person), scope.has_log
    if not (may_log or tokens):
        raise Http404("No log and no token of yours")
    context = {
        "tokens": [present.token(one, now) for one in tokens],
        "may_log": may_log,
        "places": [present.place_to_log(one) for one in reading.places_to_log(scope)],
        "root": settings.BASE_URL + ROOT,
        "today": scope.today.isoformat(),
        "press": partial(EndForm, auto_id=False),
    }
    return render(request, "api/tokens.jinja", context)


@never_cache
def api_token_new(request: SignedInRequest) -> HttpResponse:
    """Makes a token and shows it, this once."""
    if not scope_of(request).has_log:
        raise Http404("No log of yours")
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _make(request, form.cleaned_data)
    return render(request, "api/new.jinja", {"form": form})


def _make(request: SignedInRequest, typed: dict[str, Any]) -> HttpResponse:
    """Shows what the first press made; a second one is led to the list, because it is shown once."""
    now, made = timezone.now(), []
    if reading.live_of(request.person, now) >= MOST:
        messages.warning(request, FULL)
        return redirect("api_tokens")

    def deed() -> str:
        may_log, days = typed["may"] == "log", int(typed["days"])
        made.append(
            actions.make_token(name=typed["name"], may_log=may_log, days=days, at=now, by=request.person)
        )
        return reverse("api_tokens")

    url = once(typed["form_key"], by=request.person, deed=deed, content=request.POST)
    if not made:
        return redirect(url)
    token, secret = made[0]
    answer = render(request, "api/made.jinja", {"token": present.token(token, now), "secret": secret})
    forget_sent(request, answer)  # which an answer that leads on does by itself
    return answer


@require_POST
def api_token_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ends a token of mine now."""
    token = reading.own_token(request.person, pk)

    def deed() -> str:
        actions.end_token(token=token, at=timezone.now(), by=request.person)
        return reverse("api_tokens")

    url = once(request.POST.get("form_key"), by=request.person, deed=deed, content=request.POST)
    messages.success(request, f"Ended: {token.name}")
    return redirect(url)


@login_not_required
@require_safe
def api_description(request: HttpRequest) -> JsonResponse:
    """What can be asked for and what comes back, as OpenAPI."""
    return JsonResponse(api.get_openapi_schema(path_prefix=ROOT))


@login_not_required
@require_safe
def api_nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """A program is told in its own language that nothing is there."""
    return refuse(request, 404, ("", "Nothing is here: every address of the API ends with a slash"))
