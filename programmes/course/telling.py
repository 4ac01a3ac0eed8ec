"""The history of a residency: dated rows and the trail of events as one list of moments, a page of it told."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any, Final

from django.db.models import CharField, DateTimeField, F, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from embedded.audit import events_at
from embedded.audit.models import Event
from programmes.access import OFFICES, Scope
from programmes.course import sentences, trail
from programmes.course.naming import name_them
from programmes.course.sentences import Line
from programmes.models import Condition, Correction, EndChange, PartChange, PostChange, Residency, StageChange

Moment = tuple[datetime.datetime, str, int]


def moments(scope: Scope, residency: Residency) -> QuerySet[Any, Any]:
    """(recorded at, which table, number) of everything that the reader may be told, newest first. Entries of logs,
    notes and dates away are never among it, for nobody."""
    place = f"p/{residency.programme.slug}/r/{residency.code}"
    by_day = Cast("on", DateTimeField())
    found = [
        _of(StageChange.objects.filter(residency=residency), "step", F("recorded_at")),
        _of(EndChange.objects.filter(residency=residency), "end", Coalesce("recorded_at", by_day)),
        _of(PostChange.objects.filter(placement__residency=residency), "post", F("recorded_at")),
        _of(PartChange.objects.filter(residency=residency), "part", F("recorded_at")),
        _of(Correction.objects.filter(residency=residency), "correction", F("recorded_at")),
        _of(events_at(place).filter(deed__in=deeds_told(scope, residency)), "event", F("at")),
    ]
    return found[0].union(*found[1:], all=True).order_by("-moment", "-number")


def _of(rows: QuerySet[Any], kind: str, moment: Any) -> QuerySet[Any, Any]:
    found = rows.order_by().annotate(
        moment=moment, kind=Value(kind, output_field=CharField()), number=F("pk")
    )
    return found.values_list("moment", "kind", "number")


def deeds_told(scope: Scope, residency: Residency) -> list[str]:
    """Those of the trail that have no dated row and that this reader may know of."""
    told = set(trail.FOR_ALL)
    if scope.can("see_programme", residency):
        told |= set(trail.FOR_THE_TEAM)
    if any(m.role not in OFFICES for m in scope.reaching(residency)) and scope.can("see_access", residency):
        told |= set(trail.OF_ACCESS)
    if scope.can("see_plan", residency):
        told |= set(trail.OF_THE_PLAN)
    if scope.can("see_agreements", residency):
        told |= set(trail.OF_AGREEMENTS)
    return sorted(told)


def told(scope: Scope, residency: Residency, page: Iterable[Moment]) -> list[Line]:
    """The sentences of one page, in its order; a fixed number of questions however long it is."""
    wanted = list(page)
    rows = {kind: _rows(kind, [pk for _, one, pk in wanted if one == kind]) for kind in _ROWS}
    met = [
        event.details.get("condition") for event in rows["event"].values() if event.deed == "condition.met"
    ]
    conditions = (
        Condition.objects.filter(residency=residency).in_bulk([pk for pk in met if pk]) if met else {}
    )
    lines, inside = [], scope.can("see_programme", residency)
    name_them(rows["event"].values(), residency, inside=inside)
    first = min(residency.placements.all(), key=lambda post: post.pk, default=None)
    named = str(first.person) if first else ""
    for _, kind, pk in wanted:
        row = rows[kind][pk]
        is_event = kind == "event"
        if is_event:
            lines.append(trail.event(row, conditions, inside=inside))
        else:
            lines.append(sentences.step(row, named) if kind == "step" else trail.TELL[kind](row))
    return lines


_ROWS: Final[dict[str, QuerySet[Any]]] = {
    "step": StageChange.objects.select_related("by", "on_behalf_of"),
    "end": EndChange.objects.select_related("by"),
    "post": PostChange.objects.select_related(
        "by", "placement__person", "placement__residency", "successor__person"
    ),
    "part": PartChange.objects.select_related("by"),
    "correction": Correction.objects.select_related("by"),
    "event": Event.objects.all(),
}


def _rows(kind: str, numbers: list[int]) -> dict[int, Any]:
    return _ROWS[kind].in_bulk(numbers) if numbers else {}
