"""What the list of all one's entries fetches: a page at a time, the latest first, and never their number."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects

from embedded.accounts.models import Person
from embedded.database.prepared import Prepared
from embedded.nhsuk.words import day
from embedded.vault import Sealer
from programmes.access import ROLES, Scope
from programmes.entries.words import text_of
from programmes.models import (
    Activity,
    ActivityKind,
    ActivityQuerySet,
    Membership,
    Organisation,
    Project,
    Readers,
    Residency,
    Role,
)
from programmes.weeks.finding import Filter, Start

A_PAGE: Final = 50


@dataclass(frozen=True)
class Page:
    """Entries with their texts; `earlier` is where the next page begins, None where there is none."""

    lines: list[tuple[Activity, str]]
    earlier: Start | None


def _after(found: ActivityQuerySet, date: datetime.date, pk: int) -> ActivityQuerySet:
    return found.filter(Q(date__lt=date) | Q(id__lt=pk), date__lte=date).order_by("-date", "-id")


_EXAMPLES: Final = {"person": 2_000_000_011, "date": datetime.date(1948, 7, 5), "pk": 2_000_000_033}
_NARROWING: Final[dict[str, Any]] = {
    "residency": 2_000_000_051,
    "project": 2_000_000_053,
    "host": 2_000_000_057,
    "since": datetime.date(1948, 7, 12),
    "until": datetime.date(1948, 7, 19),
}


@cache
def _latest(names: tuple[str, ...], kind: str) -> Prepared[Activity]:
    """The question for a page that is narrowed by these, and to that kind where one is named."""
    narrowing = {name: _NARROWING[name] for name in names}
    asked = Filter(kind=kind, **{name: str(example) for name, example in narrowing.items()})
    return Prepared(
        lambda person, date, pk, **_: _with_places(
            _after(asked.apply(Activity.objects.filter(person_id=person)), date, pk)
        ),
        _EXAMPLES | narrowing,
    )


def _with_places(found: ActivityQuerySet) -> ActivityQuerySet:
    return found.select_related("project", "residency__programme")[: A_PAGE + 1]


def _narrowed(person: Person, asked: Filter, start: Start) -> list[Activity]:
    names = tuple(name for name in asked.narrowed if name != "kind")
    given = {name: _typed(name, getattr(asked, name)) for name in names}
    return _latest(names, asked.kind)(person=person.pk, date=start.date, pk=start.pk, **given)


def _typed(name: str, said: str) -> int | datetime.date:
    return datetime.date.fromisoformat(said) if name in ("since", "until") else int(said)


def page_of(person: Person, asked: Filter, start: Start, words: str) -> Page:
    """Those of the person's own entries that the address asks for and that hold all of the words."""
    opener = Sealer(person)
    if words:
        narrowed = _after(asked.apply(Activity.objects.of(person)), start.date, start.pk)
        numbers = _holding(narrowed, words.casefold().split(), opener)
        holding = Activity.objects.of(person).filter(pk__in=numbers).order_by("-date", "-id")
        found = list(_with_places(holding))
    else:
        found = _narrowed(person, asked, start)
    shown = found[:A_PAGE]
    if shared := [entry for entry in shown if entry.readers == Readers.PEOPLE]:
        prefetch_related_objects(shared, "named_readers")
    earlier = Start(shown[-1].date, shown[-1].pk) if len(found) > A_PAGE else None
    return Page([(entry, text_of(entry, opener)) for entry in shown], earlier)


def _holding(found: ActivityQuerySet, words: list[str], opener: Sealer) -> list[int]:
    """The numbers of the first that hold all of the words. The database cannot look: texts are opened one by one,
    until a page is full."""
    numbers: list[int] = []
    columns = found.only("id", "date", "readers", "what", "sealed")
    for entry in columns.exclude(readers=Readers.ONLY_ME, sealed=None).iterator(chunk_size=1000):
        text = text_of(entry, opener).casefold()
        if all(word in text for word in words):
            numbers.append(entry.pk)
            if len(numbers) > A_PAGE:
                break
    return numbers


def may_log_in(scope: Scope) -> set[int | None]:
    """The numbers of the residencies in which the person may log today."""
    return {held.residency_id for held in scope.memberships if "log" in ROLES[held.role].permissions}


@dataclass(frozen=True)
class Choices:
    """What the list can be narrowed to: where the person ever had the part, and what their entries name."""

    residencies: list[Residency]
    projects: list[Project]
    hosts: list[Organisation]


def residencies_of(person: Person) -> list[Residency]:
    """Where the person ever had the part, what they joined last first."""
    held = Membership.objects.filter(person=person, role=Role.RESEARCHER)
    found = held.select_related("residency__programme").order_by("-start", "-id")
    return list({one.residency_id: one.residency for one in found if one.residency is not None}.values())


def choices_of(person: Person) -> Choices:
    residencies = _residencies(person)
    return Choices(
        list(residencies),
        list(_projects(person, residencies).order_by("title")),
        list(_hosts(person, residencies).order_by("display_name")),
    )


def _residencies(person: Person) -> QuerySet[Residency]:
    held = Membership.objects.filter(person=person, role=Role.RESEARCHER).order_by()
    return Residency.objects.filter(pk__in=held.values("residency"))


def _projects(person: Person, residencies: QuerySet[Residency]) -> QuerySet[Project]:
    own = Activity.objects.of(person).order_by()
    return Project.objects.filter(Exists(own.filter(project=OuterRef("pk"))), residency__in=residencies)


def _hosts(person: Person, residencies: QuerySet[Residency]) -> QuerySet[Organisation]:
    own = Activity.objects.of(person).order_by()
    there = residencies.values("organisations__organisation")
    return Organisation.objects.filter(Exists(own.filter(host=OuterRef("pk"))), pk__in=there)


def told(asked: Filter, person: Person) -> list[tuple[str, Filter]]:
    """What the list is narrowed to, in words, each with what is left when it is taken away."""
    names = [name for name in asked.narrowed if name != "until" or not asked.is_one_day]
    return [(_words(asked, name, person), _less(asked, name)) for name in names]


def _less(asked: Filter, name: str) -> Filter:
    """Without that; one day is taken away whole."""
    less = asked.without(name)
    return less.without("until") if name == "since" and asked.is_one_day else less


def _words(asked: Filter, name: str, person: Person) -> str:
    said = str(getattr(asked, name))
    match name:
        case "kind":
            return str(ActivityKind(said).label)
        case "since" if asked.is_one_day:
            return day(datetime.date.fromisoformat(said))
        case "since" | "until":
            return f"{'From' if name == 'since' else 'Up to'} {day(datetime.date.fromisoformat(said))}"
        case "residency":
            return _named(_residencies(person), said, "title")
        case "project":
            return f"Project: {_named(_projects(person, _residencies(person)), said, 'title')}"
    return f"Host: {_named(_hosts(person, _residencies(person)), said, 'display_name')}"


def _named(among: QuerySet[Any], number: str, column: str) -> str:
    found = among.filter(pk=int(number)).values_list(column, flat=True).order_by().first()
    return found or "one that is not yours"
