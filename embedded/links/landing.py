"""What every page that a signed link opens has in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from embedded.errors import TooMany, permission_denied

# The address holds the token, so no Referer may carry it. Browsers take the last policy that they know.
# `no-referrer` alone would also blank the Origin of the page's own POST ("null"), which Django's CSRF check
# rightly refuses; `strict-origin` keeps Origin and still sends nobody, not even us, the path.
REFERRER_POLICY: Final = "no-referrer, strict-origin"


def landing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Marks a view as opened by a signed link: no sign-in, never stored, no referrer, 429 when hammered on.

    The view calls `find(purpose, token)`, answers None with the same page and status whatever the reason,
    and changes state on POST only: mail scanners GET every link (trust.md F14).
    """

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except TooMany as too_many:
            response = permission_denied(request, too_many)
        response["Referrer-Policy"] = REFERRER_POLICY
        return response

    return login_not_required(never_cache(opened))
