"""The addresses of signing in elsewhere: leave, come back, prove it once more, disconnect. 404 while none is on."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import structlog
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import (
    raise_if_reauthentication_required,
    resume_request,
)
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.helpers import complete_social_login
from allauth.socialaccount.internal import flows, statekit
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from embedded.accounts.elsewhere import must_prove_elsewhere, proved_elsewhere_lately
from embedded.accounts.requests import SignedInRequest, VisitorRequest
from embedded.accounts.second_factor import SETTLED, needed_by
from embedded.sso import pages
from embedded.sso.adapter import login_from
from embedded.sso.asking import AGAIN, CONNECT, LOGIN, PURPOSES, answer, question
from embedded.sso.environment import Provider
from embedded.sso.finding import connections_of, is_only_way_in, provider_at, provider_of, switched_on
from embedded.sso.outbound import Unreachable
from embedded.sso.tokens import NotProved, is_fresh

log = structlog.get_logger(__name__)


@login_not_required
@never_cache
def leave(request: VisitorRequest, key: str) -> HttpResponse:
    """Sends the browser to the provider. Only by a press: a link elsewhere must not sign anybody in (P26)."""
    return _leave(request, provider_at(key))


@require_POST
def _leave(request: VisitorRequest, provider: Provider) -> HttpResponse:
    purpose = request.POST.get("purpose", LOGIN)
    if purpose not in PURPOSES or (purpose in (CONNECT, AGAIN) and not request.user.is_authenticated):
        raise PermissionDenied
    if purpose == CONNECT:
        raise_if_reauthentication_required(request, app="allauth.socialaccount")
    try:
        address = question(request, provider, purpose, get_next_redirect_url(request) or "")
    except Unreachable as reason:
        return _away(request, provider, reason)
    return pages.leaving(request, provider, address)


@login_not_required
@never_cache
def back(request: VisitorRequest, key: str) -> HttpResponse:
    """Where the provider sends the browser back to."""
    return _back(request, provider_at(key))


@require_http_methods(["GET"])
def _back(request: VisitorRequest, provider: Provider) -> HttpResponse:
    state = request.GET.get("state", "")
    kept = statekit.unstash_state(request, state_id=state, provider_id=provider.key)
    if kept is None or request.GET.get("iss", provider.issuer) != provider.issuer:
        return _not_done(request, provider, "state")
    if kept["purpose"] in (CONNECT, AGAIN) and kept["user"] != request.user.pk:
        return _not_done(request, provider, "another person")
    code = request.GET.get("code", "")
    if not code:
        return pages.not_done(request, provider, cancelled=request.GET.get("error") == "access_denied")
    try:
        claims = answer(provider, code, kept)
        return _end(request, provider, claims, kept)
    except Unreachable as reason:
        return _away(request, provider, reason)
    except (NotProved, IntegrityError) as reason:
        return _not_done(request, provider, str(reason) if isinstance(reason, NotProved) else "at once")


def _end(
    request: VisitorRequest, provider: Provider, claims: dict[str, Any], kept: dict[str, Any]
) -> HttpResponse:
    if kept["purpose"] == AGAIN:
        return _proved_again(request, provider, claims, kept)
    with transaction.atomic():
        response: HttpResponse = complete_social_login(request, login_from(request, provider, claims, kept))
    return response


def _proved_again(
    request: VisitorRequest, provider: Provider, claims: dict[str, Any], kept: dict[str, Any]
) -> HttpResponse:
    """Whoever is signed in here has just signed in there too, with the account that is connected."""
    whose = SocialAccount.objects.filter(provider=provider.issuer, uid=claims["sub"], user_id=request.user.pk)
    if not is_fresh(claims) or not whose.exists():
        raise NotProved("not fresh, or somebody else")
    record_authentication(
        request, request.user, "socialaccount", provider=provider.issuer, reauthenticated=True
    )
    return redirect(f"{reverse('sso_again')}?{urlencode({'next': kept['next']})}")


@require_safe
def again(request: SignedInRequest) -> HttpResponse:
    """Asks to prove at the provider who is there: before something dangerous, or as the second factor (P12, P19)."""
    if not switched_on():
        raise Http404
    if proved_elsewhere_lately(request):
        return resume_request(request) or redirect("account")
    found = [provider_of(connection.provider) for connection in connections_of(request.user)]
    page = {
        "providers": [provider for provider in found if provider.key],
        "next": get_next_redirect_url(request) or "",
        "purpose": LOGIN if lacks_second_factor(request) else AGAIN,
    }
    return render(request, "sso/again.jinja", page)


def lacks_second_factor(request: SignedInRequest) -> bool:
    """Whether a password alone has got somebody in who needs more, and has it at the provider."""
    unsettled = request.session.get(SETTLED) != request.user.pk
    return unsettled and needed_by(request.user, request.person) and must_prove_elsewhere(request.user)


@require_POST
@reauthentication_required(app="allauth.socialaccount")
def disconnect(request: SignedInRequest, pk: int) -> HttpResponse:
    """Takes a connection away, unless it is the only way in."""
    connection = get_object_or_404(connections_of(request.user), pk=pk)
    if is_only_way_in(connection):
        messages.error(request, "Set a password first: this is your only way to sign in")
    else:
        flows.connect.disconnect(request, connection)
    return redirect("account")


def _away(request: HttpRequest, provider: Provider, reason: Exception) -> HttpResponse:
    log.warning("sso_provider_unreachable", provider=provider.key, reason=str(reason))
    return pages.away(request, provider)


def _not_done(request: HttpRequest, provider: Provider, reason: str) -> HttpResponse:
    log.warning("sso_refused", provider=provider.key, reason=reason)
    return pages.not_done(request, provider)
