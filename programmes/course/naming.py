"""The names of what the events of a history are about: looked up for whoever may be told, never kept in the trail."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from django.db.models import QuerySet

from embedded.audit.models import Event
from programmes.models import (
    AccessItem,
    Placement,
    Project,
    Residency,
    ShelfLink,
    UseInDecision,
    WorkingAgreementPerson,
)


def name_them(events: Iterable[Event], residency: Residency, *, inside: bool) -> None:
    """Puts `about` into the details of events: the person and host of an access item, whose post, which project, which
    link; and `by_link`, who pressed without an account. `inside`: the reader may open the registration; others are
    not told the names of projects and of those who confirmed a use."""
    wanted: dict[str, list[tuple[Event, int]]] = {}
    for event in events:
        kind = next((kind for kind, (opening, _, _) in _ABOUT.items() if event.deed.startswith(opening)), "")
        number = _number(event, kind)
        if number and (inside or kind not in _INSIDE):
            wanted.setdefault(kind, []).append((event, number))
    for kind, found in wanted.items():
        rows = _rows(kind, residency).in_bulk([number for _, number in found])
        for event, number in found:
            if number in rows:
                event.details = {**event.details, **_ABOUT[kind][2](rows[number])}


def _number(event: Event, kind: str) -> int | None:
    """The number under which the trail keeps what it is about."""
    if not kind:
        return None
    kept = event.details.get(_ABOUT[kind][1]) if _ABOUT[kind][1] else None
    last = re.fullmatch(r"\w+ (\d{1,18})", event.what) if not _ABOUT[kind][1] else None
    return int(last[1]) if last else kept if isinstance(kept, int) else None


def _rows(kind: str, residency: Residency) -> QuerySet[Any]:
    return {
        "item": AccessItem.objects.filter(placement__residency=residency).select_related(
            "placement__person", "host"
        ),
        "post": Placement.objects.filter(residency=residency).select_related("person"),
        "project": Project.objects.filter(residency=residency),
        "link": ShelfLink.objects.filter(residency=residency),
        "use": UseInDecision.objects.filter(residency=residency),
        "agreed": WorkingAgreementPerson.objects.filter(agreement__residency=residency),
    }[kind]


Fact = Callable[[Any], dict[str, str]]
# how the deed begins, the fact that holds the number ("" where it ends the label), what is told of the row
_ABOUT: Final[dict[str, tuple[str, str, Fact]]] = {
    "item": ("access.", "item", lambda row: {"about": f"{row.placement.person} at {row.host}"}),
    "post": ("residency.person_named", "placement", lambda row: {"about": str(row.person)}),
    "project": ("project.", "", lambda row: {"about": row.title}),
    "link": ("shelf_link.", "link", lambda row: {"about": row.title}),
    "use": ("use.confirmed", "", lambda row: {"by_link": row.confirmed_by_name}),
    "agreed": ("working_agreement.agreed", "number", lambda row: {"by_link": row.name}),
}
_INSIDE: Final = ("project", "use")
