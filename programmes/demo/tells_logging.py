"""What the demonstration's researcher has planned (one day has come), whom they met, and a program of theirs."""

from __future__ import annotations

from typing import Final

from embedded.accounts.models import Person
from programmes.api.actions import make_token
from programmes.demo import cast
from programmes.demo.teller import Teller
from programmes.entries import people_met, waiting
from programmes.entries.words import Words
from programmes.entries.writing import Entry
from programmes.models import PartnerKind, Residency

# in so many days · minutes · kind · what
_PLANNED: Final = (
    (0, 60, "relational", "Walk the wards with the night sisters"),
    (3, 90, "knowledge_creation", "Show the first findings to the quality committee"),
    (8, 225, "academic_home", "Half a day at the university"),
)
_KNOWN: Final = (
    ("Ada Bell", PartnerKind.NURSE_MIDWIFE),
    ("Ward manager, Beech", PartnerKind.SERVICE_MANAGER),
    ("Head of quality", PartnerKind.EXECUTIVE),
)


def tell_logging(teller: Teller, residency: Residency, researcher: Person) -> None:
    """Of the one researcher whom a visitor can play."""
    if researcher != teller.person(cast.RESEARCHER):
        return
    for name, what_kind in _KNOWN:
        contact = people_met.add(person=researcher, name=name)
        people_met.put_right(
            contact=contact,
            name=name,
            kind=what_kind.value,
            organisation=residency.lead_host,
            version=contact.version,
            by=researcher,
        )
    for days, minutes, kind, what in _PLANNED:
        entry = Entry(date=teller.day(days), minutes=minutes, kind=kind, words=Words(what))
        waiting.plan(residency=residency, entry=entry, by=researcher)
    made = teller.at(teller.day(-12))
    make_token(name="Short cut on my telephone", may_log=True, days=90, at=made, by=researcher)
