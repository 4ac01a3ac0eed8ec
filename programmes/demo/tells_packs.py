"""A pack with its own names that the demonstration's manager made of the residency that visitors look at first."""

from __future__ import annotations

from programmes.access import Scope
from programmes.demo import cast
from programmes.demo.teller import Teller
from programmes.models import Residency
from programmes.packs.actions import make_own_pack
from programmes.packs.reading import ready_now
from programmes.papers import papers_of

MOMENT = "half-way"
PAPER = "working-agreement"


def tell_packs(teller: Teller) -> None:
    """Told last of all: a pack goes as soon as a name or a paper in it changes."""
    manager, researcher = teller.person(cast.MANAGER), teller.person(cast.RESEARCHER)
    residency = Residency.objects.get(programme=teller.programme, placements__person=researcher)
    papers = papers_of(Scope(manager, teller.today), residency, teller.today)
    on = teller.day(-2)
    make_own_pack(
        residency=residency,
        ready=next((one for one in ready_now() if one.name == MOMENT), None),
        papers=[one for one in papers if one.key == PAPER],
        by=manager,
        at=teller.at(on),
        on=on,
    )
