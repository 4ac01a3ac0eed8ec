"""Hands out again what everybody may have, without asking the database each time (docs/decisions/0041)."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch
from django.utils.cache import get_conditional_response

from embedded.files import disk
from embedded.files.models import MadeFile

AN_HOUR: Final = 3600  # seconds
SECONDS: Final = 10  # so soon is a file asked for anew: whether it was taken back, and whether it is whole
MOST: Final = 500  # addresses that a process remembers

Count = Callable[[HttpRequest, HttpResponseBase], None]
Stamp = tuple[int, int, int]  # bytes, when it was written (ns), inode


@dataclass(frozen=True)
class _Offer:
    """What a view says of its answer: which file it is, and how its reading is counted."""

    path: Path
    count: Count


@dataclass(frozen=True)
class _Kept:
    """The answer that was given, without its bytes; `until` is in seconds of the clock below."""

    offer: _Offer
    stamp: Stamp
    headers: dict[str, str]
    match: ResolverMatch | None
    until: float


_kept: dict[str, _Kept] = {}  # by address; one memory a process
clock = time.monotonic


def known(request: HttpRequest, made: MadeFile) -> HttpResponseBase | None:
    """304 to a reader who has this file, 412 to one who wants another; None to one who is to be sent it."""
    public = HttpResponse(headers=_public(made))
    answer = get_conditional_response(request, etag=public["ETag"], response=public)
    return None if answer is public else answer


def for_everybody(answer: HttpResponse, made: MadeFile, count: Count) -> HttpResponse:
    """The answer with this file, free to be kept by everybody, and by HandedOutAgain for a moment. `count` is called
    with each request that is answered so, and its answer. Only for what anybody may have without signing in."""
    for name, value in _public(made).items():
        answer[name] = value
    answer.offer = _Offer(disk.place(made.sha256), count)  # type: ignore[attr-defined]
    return answer


def forget() -> None:
    """Everything is asked for anew."""
    _kept.clear()


class HandedOutAgain:
    """Answers for a view that gave this file to somebody a moment ago, if nobody has touched the file since. It stands
    inside of what sets headers and writes the log, outside of sessions: whoever has a session is the view's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if (
            request.method not in ("GET", "HEAD")
            or request.META.get("QUERY_STRING")
            or settings.SESSION_COOKIE_NAME in request.COOKIES
        ):
            return self.get_response(request)
        answer = _again(request)
        if answer is None:
            began = clock()
            answer = self.get_response(request)
            _keep(request, answer, began)
        return answer


def _public(made: MadeFile) -> dict[str, str]:
    return {"ETag": f'"{made.sha256}"', "Cache-Control": f"public, max-age={AN_HOUR}"}


def _keep(request: HttpRequest, answer: HttpResponse, began: float) -> None:
    """What was true when the view began to look is true for so long."""
    offer: _Offer | None = getattr(answer, "offer", None)
    if offer is None or answer.status_code != 200 or answer.cookies:
        return
    try:
        stamp = _stamp(os.stat(offer.path))
    except OSError:
        return
    if len(_kept) >= MOST:
        _kept.clear()
    _kept[request.path_info] = _Kept(
        offer, stamp, dict(answer.items()), request.resolver_match, began + SECONDS
    )


def _again(request: HttpRequest) -> HttpResponseBase | None:
    """None where the view is to be asked."""
    kept = _kept.get(request.path_info)
    if kept is None:
        return None
    content = _content(kept) if clock() < kept.until else None
    if content is None:
        _kept.pop(request.path_info, None)
        return None
    request.get_host()  # raises DisallowedHost, as the view's way does
    request.resolver_match = kept.match  # for the log
    whole = HttpResponse(content, headers=kept.headers)
    answer = get_conditional_response(request, etag=whole["ETag"], response=whole)
    if answer is whole:
        kept.offer.count(request, whole)
    return answer


def _content(kept: _Kept) -> bytes | None:
    """None where the file is gone, or is not the one that was checked."""
    try:
        with kept.offer.path.open("rb", buffering=0) as file:
            if _stamp(os.fstat(file.fileno())) != kept.stamp:
                return None
            return file.read()
    except OSError:
        return None


def _stamp(found: os.stat_result) -> Stamp:
    return found.st_size, found.st_mtime_ns, found.st_ino
