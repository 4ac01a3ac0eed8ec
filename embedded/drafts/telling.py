"""Says in words what was sent by forms whose fields have no names that people read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve
from django.utils.safestring import SafeString

from embedded.drafts.parking import Typed, lines
from embedded.drafts.unsaved import Fields

Teller = Callable[..., list[tuple[str, str]]]
_TELLERS: Final[dict[str, Teller]] = {}


def tells(name: str) -> Callable[[Teller], Teller]:
    """Registers who says a form of that address: of (request, fields, the parts of the address), in the rows of a list
    of labels and words."""

    def register(teller: Teller) -> Teller:
        _TELLERS[name] = teller
        return teller

    return register


def shown(request: HttpRequest, typed: Typed) -> list[tuple[str, SafeString]]:
    """What was typed for people to read, in the words of its own page where that has any."""
    fields: Fields = typed.fields
    path, _, _ = typed.path.partition("?")
    try:
        found: Any = resolve(path)
    except Resolver404:
        return typed.shown()
    teller = _TELLERS.get(found.view_name)
    if teller is None or getattr(request, "person", None) is None:
        return typed.shown()
    try:
        rows = teller(request, fields, **found.kwargs)
    except Http404:  # what it was about is not theirs any more
        return typed.shown()
    return [(label, lines(words)) for label, words in rows]
