"""What every page that a signed link opens has in common."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from embedded.errors import TooMany, permission_denied
from embedded.links.issuing import PREFIX

# The address holds the token, so no Referer may carry it. Browsers take the last policy that they know.
# `no-referrer` alone would also blank the Origin of the page's own POST ("null"), which Django's CSRF check
# rightly refuses; `strict-origin` keeps Origin and still sends nobody, not even us, the path.
REFERRER_POLICY: Final = "no-referrer, strict-origin"
TOKEN: Final = re.compile(rf"{PREFIX}[\w-]{{43}}", re.ASCII)  # what issue() gives out
CLEAN: Final = re.compile(r"here-[0-9a-f]{16}", re.ASCII)  # what stands in the address instead
COOKIE: Final = "link"
KEPT_FOR: Final = 20 * 3600  # seconds: a form may lie open for at least so long (F11)


def landing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Marks a view as opened by a signed link: no sign-in, never stored, no referrer, 429 when hammered on.

    A browser is sent on to an address without the token, which from then on only a cookie for that address holds:
    nothing secret stays in the address bar or the history (P20). What is no browser gets the page at once.

    The view calls `find(purpose, token)`, answers None with the same page and status whatever the reason,
    and changes state on POST only: mail scanners GET every link (trust.md F14).
    """

    @wraps(view)
    def opened(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        try:
            if TOKEN.fullmatch(token) and is_browsing(request):
                response = exchanged(request, token)
            else:
                response = view(request, token=token_here(request, token), **kwargs)
        except TooMany as too_many:
            response = permission_denied(request, too_many)
        response["Referrer-Policy"] = REFERRER_POLICY
        return response

    return login_not_required(never_cache(opened))


def over(request: HttpRequest, send_again: Callable[[], None]) -> HttpResponse:
    """The page of a link that does not work any more, the same whatever the reason. It offers a new one; `send_again`
    sends it to the address that had the old one, if there is one, and the page says the same either way."""
    if request.method == "POST" and "again" in request.POST:
        send_again()
        return redirect(f"{request.path}?again=asked")
    context = {"may_ask_again": True, "asked_again": "again" in request.GET}
    return render(request, "links/over.jinja", context, status=410)


def is_browsing(request: HttpRequest) -> bool:
    """Whether a browser is opening a page. Every one of today says so; tools that look at links in letters do not."""
    return request.method == "GET" and request.headers.get("Sec-Fetch-Mode") == "navigate"


def exchanged(request: HttpRequest, token: str) -> HttpResponse:
    """The same address with a name for the token instead of it, and a cookie that is sent to that address alone, so
    that two links side by side never answer for each other. Whether the link is live is not asked here."""
    name = f"here-{hashlib.sha256(token.encode()).hexdigest()[:16]}"
    path = request.path.replace(token, name)
    query = request.META.get("QUERY_STRING", "")
    response = redirect(f"{path}?{query}" if query else path)
    response.set_signed_cookie(
        COOKIE,
        token,
        salt=name,
        path=path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def token_here(request: HttpRequest, token: str) -> str:
    """The token of a clean address, from its cookie; empty when that is gone, forged or too old."""
    if not CLEAN.fullmatch(token):
        return token
    return str(request.get_signed_cookie(COOKIE, default="", salt=token, max_age=KEPT_FOR))
