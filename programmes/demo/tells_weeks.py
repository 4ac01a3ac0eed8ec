"""What the demonstration's researcher has put into their portfolio so far."""

from __future__ import annotations

from typing import Any, Final

from embedded.accounts.models import Person
from programmes.demo import cast
from programmes.demo.teller import Teller
from programmes.models import PortfolioModule, Residency
from programmes.portfolio import actions as portfolio

_OWN_WORDS: Final = {
    PortfolioModule.INDIVIDUALS: "Coached two ward sisters in asking a question that figures can answer.",
    PortfolioModule.COMMUNITY: "Told the department's seminar what a year on the wards taught about handing over.",
}


def tell_weeks(teller: Teller, residency: Residency, researcher: Person) -> None:
    """Of the one researcher whom a visitor can play: projects, uses in decisions, and two lines of their own."""
    if researcher != teller.person(cast.RESEARCHER):
        return
    chosen: dict[PortfolioModule, list[Any]] = {
        PortfolioModule.KNOWLEDGE: list(residency.projects.all()),
        PortfolioModule.SOCIETY: list(residency.uses.all()),
    }
    for module, things in chosen.items():
        if things:
            portfolio.add_lines(module=module.value, things=things, text="", by=researcher)
    for module, words in _OWN_WORDS.items():
        portfolio.add_lines(module=module.value, things=[], text=words, by=researcher)
