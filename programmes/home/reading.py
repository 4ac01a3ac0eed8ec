"""Fetches what the list of residencies may be narrowed to, and the names of what it is narrowed to."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from embedded.nhsuk.words import day
from programmes.home.finding import HOSTING, WHOSE, Filter
from programmes.models import (
    Organisation,
    OrganisationPart,
    Programme,
    ResidencyOrganisation,
    ResidencyQuerySet,
)

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Offered:
    """What there is to choose from among the residencies that somebody reaches."""

    hosts: Choices = field(default_factory=list)
    homes: Choices = field(default_factory=list)
    themes: Choices = field(default_factory=list)
    topics: Choices = field(default_factory=list)

    def choices(self) -> dict[str, Choices]:
        """By the name of the question."""
        return {"host": self.hosts, "home": self.homes, "theme": self.themes, "topic": self.topics}


def offered(programme: Programme, found: ResidencyQuerySet) -> Offered:
    """What `found`, the residencies in somebody's reach, may be narrowed to."""
    parts = ResidencyOrganisation.objects.order_by().filter(residency__in=found.order_by().values("pk"))
    pairs = set(parts.values_list("part", "organisation").distinct())
    organisations = Organisation.objects.in_bulk({pk for _, pk in pairs})

    def those(*wanted: str) -> Choices:
        held = {pk: organisations[pk] for part, pk in pairs if part in wanted}
        return sorted(((f"{one.scheme}:{one.code}", one.display_name) for one in held.values()), key=_by_name)

    return Offered(
        hosts=those(*HOSTING),
        homes=those(OrganisationPart.ACADEMIC_HOME),
        themes=[(str(theme.pk), theme.name) for theme in programme.themes.all()],
        topics=[(topic, topic) for topic in programme.topics],
    )


def _by_name(choice: tuple[str, str]) -> str:
    return choice[1].casefold()


def told(asked: Filter, programme: Programme) -> list[tuple[str, Filter]]:
    """What the list is narrowed to, in words, each with what is left when it is taken away."""
    return [(_words(asked, name, programme), asked.without(name)) for name in asked.narrowed]


def _words(asked: Filter, name: str, programme: Programme) -> str:
    said = asked.said(name)
    match name:
        case "q":
            return f"“{said}”"
        case "stage":
            return said.capitalize()
        case "host" | "home":
            return f"{'Host' if name == 'host' else 'Academic home'}: {_organisation(said)}"
        case "theme":
            theme = next((one for one in programme.themes.all() if one.pk == int(said)), None)
            return f"Theme: {theme or 'one that is not there'}"
        case "whose":
            return f"Next: {WHOSE[said][0].lower()}{WHOSE[said][1:]}"
        case "since" | "before":
            opening = "Ends on or after" if name == "since" else "Ends before"
            return f"{opening} {day(datetime.date.fromisoformat(said))}"
        case "researcher":
            return f"{programme.researcher_word.capitalize()}: {said}"
    return f"Topic: {said}"


def _organisation(written: str) -> str:
    scheme, _, code = written.partition(":")
    found = Organisation.objects.with_code(scheme, code).first()
    return str(found or "one that is not there")
