"""Addresses that pages repeat: their shape is found by name once a process, because a page names dozens of them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from django.conf import settings
from django.templatetags import static as django_static
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse

PLAIN: Final = re.compile(
    r"[A-Za-z0-9_-]+"
).fullmatch  # what every kind of address takes, and nothing changes


def address(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page by its URL name: `address("residency", slug="arc", code="R01")`."""
    shape = None
    if not kwargs and all(_is_plain(arg) for arg in args):
        kinds = tuple(type(arg) for arg in args)
        shape = _shape(get_urlconf() or settings.ROOT_URLCONF, get_script_prefix(), name, kinds)
    if shape is None:
        return reverse(name, args=args, kwargs=kwargs)
    first, *rest = shape
    return first + "".join(f"{arg}{part}" for arg, part in zip(args, rest, strict=True))


def is_number(text: str) -> bool:
    """Whether a part of an address, or a press, says the number that a record may have."""
    return text.isascii() and text.isdecimal() and len(text) < 19


def _is_plain(arg: object) -> bool:
    return (type(arg) is str and PLAIN(arg) is not None) or (type(arg) is int and arg >= 0)


@lru_cache(maxsize=1024)
def _shape(urlconf: str, prefix: str, name: str, kinds: tuple[type, ...]) -> list[str] | None:
    """What stands before, between and after the arguments; None where they do not stand there as they are. `prefix` is
    part of what `reverse` answers."""
    marks = [
        900_000_000_001 + number if kind is int else f"mark-{number}" for number, kind in enumerate(kinds)
    ]
    parts = []
    try:
        left = reverse(name, urlconf=urlconf, args=marks)
    except NoReverseMatch:  # an address that takes not just any words
        return None
    for mark in marks:
        before, found, left = left.partition(str(mark))
        if not found:
            return None
        parts.append(before)
    return [*parts, left]


@lru_cache(maxsize=256)
def static(path: str) -> str:
    """The address of a file of ours, with the fingerprint of its content where files are gathered."""
    return django_static.static(path)
