"""What the portfolio fetches: the lines that somebody chose, and what of their own record they can choose from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from embedded.accounts.models import Person
from embedded.nhsuk.addresses import is_number
from embedded.vault import Sealer
from programmes.access import ROLES, Scope
from programmes.models import (
    Activity,
    Placement,
    PortfolioLine,
    Project,
    ProjectQuerySet,
    Readers,
    UseInDecision,
)
from programmes.portfolio.modules import MODULES, Module
from programmes.portfolio.saying import said_of

MOST: Final = 40  # of each sort that are offered, the latest first


@dataclass(frozen=True)
class Offer:
    """`key` is the sort of thing and its number, such as "use-12"."""

    key: str
    words: str


def lines_of(person: Person, module: int | None = None) -> list[PortfolioLine]:
    found = PortfolioLine.objects.filter(person=person)
    if module is not None:
        found = found.filter(module=module)
    related = found.select_related("activity", "use", "project")
    counted = related.annotate(contributed=Count("project__contributions"))
    # where rows are counted the model's own order is let go
    return list(counted.order_by("module", "position", "id"))


def line_of(person: Person, pk: int) -> PortfolioLine:
    """A line of the person's own; anybody else's is a 404."""
    line = next((line for line in lines_of(person) if line.pk == pk), None)
    if line is None:
        raise Http404("No line of yours has that number")
    return line


def offers(scope: Scope, module: int, opener: Sealer) -> list[Offer]:
    """What is not in that module yet."""
    about, there = MODULES[module], PortfolioLine.objects.filter(person=scope.person, module=module)
    sorts: list[tuple[str, QuerySet[Any]]] = [("activity", _entries(scope.person, about))]
    if about.projects:
        sorts.insert(0, ("project", _projects(scope)))
    if about.uses:
        sorts.insert(0, ("use", _uses(scope)))
    return [
        Offer(f"{sort}-{one.pk}", said_of(one, opener))
        for sort, found in sorts
        for one in found.exclude(portfolio_lines__in=there)[:MOST]
    ]


def things(scope: Scope, keys: Iterable[str]) -> list[Activity | UseInDecision | Project]:
    """The person's own things of these keys; what is not theirs is left out."""
    numbers: dict[str, list[int]] = {"activity": [], "use": [], "project": []}
    for key in keys:
        sort, _, number = key.partition("-")
        if sort in numbers and is_number(number):
            numbers[sort].append(int(number))
    return [
        *_uses(scope).filter(pk__in=numbers["use"]),
        *_projects(scope).filter(pk__in=numbers["project"]),
        *Activity.objects.of(scope.person).filter(pk__in=numbers["activity"]),
    ]


def posts_of(person: Person) -> list[Placement]:
    """The posts that the person accepted, the earliest first; none that were given up before they began."""
    found = Placement.objects.filter(person=person, accepted_on__isnull=False).select_related("residency")
    posts = found.prefetch_related("residency__organisations__organisation").order_by("start", "pk")
    return [post for post in posts if not post.is_withdrawn]


def is_of_the_record(line: PortfolioLine) -> bool:
    """Whether it points to something, and so says something without words of one's own."""
    return any((line.activity_id, line.use_id, line.project_id))


def _entries(person: Person, about: Module) -> QuerySet[Activity]:
    with_words = Q(sealed__isnull=False) | ~Q(readers=Readers.ONLY_ME)
    wanted = Q(output__in=about.outputs) | Q(sign__in=about.signs) | (Q(kind__in=about.kinds) & with_words)
    return Activity.objects.of(person).filter(wanted).order_by("-date", "-id")


def _uses(scope: Scope) -> QuerySet[UseInDecision]:
    own = Q(recorded_by=scope.person) | Q(residency__in=_held(scope))
    return UseInDecision.objects.filter(own).order_by("-decided_on", "-id")


def _projects(scope: Scope) -> ProjectQuerySet:
    own = Q(added_by=scope.person) | Q(residency__in=_held(scope))
    found = Project.objects.filter(own).annotate(contributed=Count("contributions"))
    return found.order_by("-started_on", "-id")


def _held(scope: Scope) -> list[int | None]:
    return [held.residency_id for held in scope.memberships if "log" in ROLES[held.role].permissions]
