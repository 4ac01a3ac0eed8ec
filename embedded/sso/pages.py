"""The plain pages of a sign-in elsewhere that did not end in one: what happened, and what to do now."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from embedded.sso.environment import Provider

WAIT_SECONDS = 60


def leaving(request: HttpRequest, provider: Provider, address: str) -> HttpResponse:
    """Sends the browser on by itself. Not by a redirect of the form: the policy lets forms go nowhere but here, and
    browsers hold every further redirect of the provider against it (decision 17)."""
    response = render(request, "sso/leaving.jinja", {"provider": provider, "address": address})
    response["Refresh"] = f"0; url={address}"
    return response


def unknown(request: HttpRequest, provider: Provider) -> HttpResponse:
    """The same for everybody who is not connected, whatever address they have there (P14)."""
    return render(request, "sso/unknown.jinja", {"provider": provider}, status=403)


def not_done(request: HttpRequest, provider: Provider, cancelled: bool = False) -> HttpResponse:
    page = {"provider": provider, "cancelled": cancelled}
    return render(request, "sso/not_done.jinja", page, status=200 if cancelled else 400)


def away(request: HttpRequest, provider: Provider) -> HttpResponse:
    response = render(request, "sso/away.jinja", {"provider": provider}, status=503)
    response["Retry-After"] = str(WAIT_SECONDS)
    return response
