"""Addresses that pages repeat: found by name once a process, because each page names a dozen of them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.templatetags import static as django_static
from django.urls import get_script_prefix, get_urlconf, reverse


def address(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page by its URL name: `address("residency", slug="arc", code="R01")`."""
    if kwargs or not all(type(arg) is str for arg in args):
        return reverse(name, args=args, kwargs=kwargs)
    return _known(get_urlconf() or settings.ROOT_URLCONF, get_script_prefix(), name, *args)


@lru_cache(maxsize=1024)
def _known(urlconf: str, prefix: str, name: str, *args: str) -> str:
    """`prefix` is part of what `reverse` answers."""
    return reverse(name, urlconf=urlconf, args=args)


@lru_cache(maxsize=256)
def static(path: str) -> str:
    """The address of a file of ours, with the fingerprint of its content where files are gathered."""
    return django_static.static(path)
