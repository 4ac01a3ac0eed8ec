"""The links at the top of every page, by what the person may open."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from embedded.nhsuk.addresses import address
from programmes.access import Scope, scope_of
from programmes.home.starting import had_log

if TYPE_CHECKING:
    from programmes.models import Programme

_PROGRAMME = re.compile(r"^/p/([-\w]+)/")


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`navigation`: (text, address, whether it is this page or above it) for the programme that is open, or for
    the only one there is; `open_programme`: that programme; `may_list`: whether its list may be opened; `has_log`:
    whether the person logs anywhere; `had_log`: asks whether they ever did. A page without a person has none."""
    if getattr(request, "person", None) is None:
        return {"navigation": [_link(request, "Guidance", "/guidance/")]}
    scope = scope_of(request)
    programme = _programme_of(request, scope)
    links = [("Guidance", "/guidance/")]
    if programme is not None:
        links = _links(scope, programme) + links
    if scope.has_log:
        links.insert(0, ("Log", _log(scope, programme)))
    may_list = programme is not None and scope.can_in_programme("see_programme", programme)
    return {
        "navigation": [_link(request, *link) for link in links],
        "open_programme": programme,
        "may_list": may_list,
        "has_log": scope.has_log,
        "had_log": partial(had_log, scope),
    }


def _programme_of(request: HttpRequest, scope: Scope) -> Programme | None:
    programmes = scope.programmes()
    if found := _PROGRAMME.match(request.path):
        return next((one for one in programmes if one.slug == found.group(1)), None)
    return programmes[0] if len(programmes) == 1 else None


def _links(scope: Scope, programme: Programme) -> list[tuple[str, str]]:
    offered = [
        ("see_dashboard", "Dashboard", "dashboard"),
        ("see_programme", programme.residencies_word.capitalize(), "residencies"),
        ("edit_access", "On site", "people_on_site"),
        ("invite", "People", "team"),
        ("ask_report", "Reports", "reports"),
    ]
    links = [
        (text, address(name, programme.slug))
        for permission, text, name in offered
        if scope.can_in_programme(permission, programme)
    ]
    return links


def _log(scope: Scope, programme: Programme | None) -> str:
    """The only log of the open programme, or the address that leads on to the one written in last."""
    if programme is not None and scope.can_in_programme("log", programme):
        own = list(scope.residencies(programme, permission="log").values_list("code", flat=True)[:2])
        if len(own) == 1:
            return address("log", programme.slug, own[0])
    return address("log_here")


def _link(request: HttpRequest, text: str, address: str) -> tuple[str, str, bool]:
    return text, address, request.path == address
