"""Says in words what the list of residencies is narrowed to."""

from __future__ import annotations

import datetime

from embedded.nhsuk.words import day
from programmes.home.finding import WHOSE, Filter
from programmes.models import Programme


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
            return f"{'Host' if name == 'host' else 'Academic home'}: {said}"
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
