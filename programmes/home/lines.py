"""What a list of residencies shows of each, on the page and in the file."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Subquery, Window

from programmes.home.finding import Filter
from programmes.lifecycle import STAGE_COLOURS, stage_word
from programmes.models import (
    OrganisationPart,
    Placement,
    Programme,
    Residency,
    ResidencyOrganisation,
    ResidencyQuerySet,
    Stage,
)

AT_ONCE: Final = 500  # residencies fetched at a time for a file
FURTHEST: Final = 1_000_000  # residencies into a list
_PARTS: Final = ResidencyOrganisation.objects.order_by().filter(residency=OuterRef("pk"))
_POSTS: Final = Placement.objects.filter(residency=OuterRef("pk"))
SHOWN: Final = (
    "programme",
    "code",
    "title",
    "stage",
    "review_on",
    "planned_start",
    "planned_end",
    "started_on",
    "ended_on",
    "researcher_name",
)
HEAD: Final = (
    "Code",
    "Title",
    "Stage",
    "Step",
    "Hosts",
    "Site",
    "Academic homes",
    "Theme",
    "Topics",
    "People in post",
    "Host manager",
    "Supervisor at the host",
    "Academic supervisors",
    "Start",
    "End",
    "Days left",
    "To be looked at again",
    "Page",
)


@dataclass(frozen=True)
class Line:
    """One residency in the list."""

    code: str
    title: str
    url: str
    host: str
    people: str
    stage: str
    colour: str
    dates: str


def page_of(
    asked: Filter, reached: ResidencyQuerySet, programme: Programme, number: str | None
) -> tuple[Page[Any], Iterable[Any]]:
    """The page that is asked for, and the residencies on it with what their lines show."""
    found = with_what_lines_show(asked.apply(reached, programme))
    pages = Paginator(found, int(asked.show))
    if asked.looks_up and (counted := _counted(found, pages.per_page, number)):
        pages.count = counted[0].count_of_all
        return pages.get_page(number), counted
    page = pages.get_page(number)
    return page, page


def _counted(found: ResidencyQuerySet, size: int, number: str | None) -> list[Any]:
    """The residencies on that page, each with how many there are in all: looked up once, and not again to count
    them. None, where that is no page."""
    before = (int(number) - 1) * size if number and number.isascii() and number.isdigit() else 0
    if not 0 <= before < FURTHEST:
        return []
    return list(found.annotate(count_of_all=Window(Count("*")))[before : before + size])


def with_what_lines_show(found: ResidencyQuerySet) -> ResidencyQuerySet:
    """With no more than a line shows: whole records would take longer to make than the page."""
    lead_hosts = _PARTS.filter(part=OrganisationPart.LEAD_HOST).values("organisation__display_name")
    people = _POSTS.values_list("person__display_name", flat=True)
    return found.only(*SHOWN).annotate(host_shown=Subquery(lead_hosts), people_shown=ArraySubquery(people))


def shown(found: Iterable[Any], programme: Programme, today: datetime.date) -> list[Line]:
    """A line for each of `with_what_lines_show`, all of them of `programme`."""
    lines = []
    for residency in found:
        residency.programme = programme
        people = list(dict.fromkeys(residency.people_shown)) or _named(residency)
        lines.append(_line(residency, residency.host_shown or "", people, today))
    return lines


def line(residency: Residency, today: datetime.date) -> Line:
    """The line of a residency that came with its places."""
    host = residency.lead_host.display_name if residency.lead_host else ""
    return _line(residency, host, people_in(residency), today)


def _line(residency: Residency, host: str, people: Iterable[str], today: datetime.date) -> Line:
    word = stage_word(residency.stage)
    return Line(
        code=residency.code,
        title=residency.title,
        url=residency.get_absolute_url(),
        host=host,
        people=", ".join(people),
        stage=word,
        colour=STAGE_COLOURS[word],
        dates=dates(residency, today),
    )


def people_in(residency: Residency) -> list[str]:
    """Whoever holds a post, each once; before that, whoever is named for it."""
    found = dict.fromkeys(str(placement.person) for placement in residency.placements.all())
    return list(found) or _named(residency)


def _named(residency: Residency) -> list[str]:
    return [residency.researcher_name] if residency.researcher_name else []


def dates(residency: Residency, today: datetime.date) -> str:
    going_on = residency.stage in (Stage.ACTIVE, Stage.PAUSED, Stage.CLOSING)
    if residency.stage == Stage.PAUSED and residency.review_on:
        return _again(residency.review_on, today)
    if going_on and residency.end:
        left = (residency.end - today).days
        return f"{left} days left" if left >= 0 else f"{-left} days past its end"
    if going_on:
        words = _again(residency.review_on, today) if residency.review_on else ""
        return ". ".join(filter(None, ["No end agreed", words]))
    if residency.stage in (Stage.DECLINED, Stage.WITHDRAWN):
        return residency.get_stage_display()
    if residency.ended_on:
        return f"Ended {residency.ended_on.day} {residency.ended_on:%B %Y}"
    if residency.planned_start:
        return f"Starts {residency.planned_start.day} {residency.planned_start:%B %Y}"
    return "No dates yet"


def _again(on: datetime.date, today: datetime.date) -> str:
    return f"{'To' if on >= today else 'Was to'} be looked at again on {on.day} {on:%B %Y}"


def file_rows(found: ResidencyQuerySet, today: datetime.date) -> Iterator[Iterable[object]]:
    """A row under HEAD for each, fetched some hundred at a time."""
    for residency in found.with_places().iterator(chunk_size=AT_ONCE):
        yield _row(residency, today)


def _row(residency: Residency, today: datetime.date) -> tuple[object, ...]:
    running = residency.stage in (Stage.ACTIVE, Stage.PAUSED, Stage.CLOSING)
    return (
        residency.code,
        residency.title,
        stage_word(residency.stage).capitalize(),
        residency.get_stage_display(),
        "; ".join(host.display_name for host in residency.hosts),
        residency.site,
        "; ".join(home.display_name for home in residency.academic_homes),
        str(residency.theme or ""),
        "; ".join(residency.topics),
        "; ".join(people_in(residency)),
        residency.host_manager_name,
        residency.host_supervisor_name,
        residency.academic_supervisors,
        residency.started_on or residency.planned_start,
        residency.end,
        (residency.end - today).days if running and residency.end else None,
        residency.review_on,
        settings.BASE_URL + residency.get_absolute_url(),
    )
