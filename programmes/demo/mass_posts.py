"""The posts of the mass: who was placed and invited, and which permissions and practical things are in place."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from programmes.clearance import PERMISSIONS, kinds_for
from programmes.demo.mass_records import Made, Setting
from programmes.models import AccessItem, AccessState, Membership, Placement, Role

RUNS_OUT: Final = ("letter_of_access", "research_passport", "information_governance_training")
ISSUED_BEFORE: Final = 20  # days before the start


def fill_posts(chance: random.Random, setting: Setting, made: Sequence[Made]) -> dict[int, Placement]:
    """The posts by residency, with the memberships and the access items that go with them."""
    filled = [one for one in made if one.plan.researcher]
    placements = Placement.objects.bulk_create([_placement(setting, one) for one in filled], batch_size=1000)
    Membership.objects.bulk_create([_membership(setting, one) for one in filled], batch_size=1000)
    items = [
        item
        for one, placement in zip(filled, placements, strict=True)
        for item in _items(chance, setting, one, placement)
    ]
    AccessItem.objects.bulk_create(items, batch_size=1000)
    return {placement.residency_id: placement for placement in placements}


def _joined(setting: Setting, one: Made) -> int:
    """The day on which the researcher accepted: seven weeks before the start, or when it was brought in."""
    return min(-2, max(one.plan.life.start - 50, setting.first))


def _placement(setting: Setting, one: Made) -> Placement:
    life = one.plan.life
    return Placement(
        residency=one.residency,
        person=one.plan.researcher,
        employer=one.plan.home,
        wte=Decimal(life.days_a_week) / 5,
        start=setting.day(life.start),
        end=setting.day(life.end),
        accepted_on=setting.day(_joined(setting, one)),
    )


def _membership(setting: Setting, one: Made) -> Membership:
    joined = _joined(setting, one)
    return Membership(
        person=one.plan.researcher,
        programme=setting.programme,
        residency=one.residency,
        role=Role.RESEARCHER,
        start=setting.day(joined),
        accepted_at=setting.at(joined),
    )


def _items(chance: random.Random, setting: Setting, one: Made, placement: Placement) -> Iterator[AccessItem]:
    """Almost everything is in place where it has begun; a little is missing, and a little runs out."""
    host = one.plan.host.organisation
    for kind in kinds_for(one.plan.home, host):
        there = chance.random() < (0.985 if one.plan.life.begun else 0.4)
        issued = min(placement.start - datetime.timedelta(days=ISSUED_BEFORE), setting.day(-1))
        legal = kind in PERMISSIONS or kind == "research_passport"
        yield AccessItem(
            placement=placement,
            host=host,
            kind=kind,
            state=AccessState.IN_PLACE if there else AccessState.REQUESTED,
            owner_name="R&D office" if legal else "IT and estates",
            due=placement.start,
            issued_on=issued if there else None,
            issuer="R&D office" if there and legal else "",
            reference=f"M-{placement.pk:05}" if there and legal else "",
            expires_on=_last_day(chance, one, setting) if there and kind in RUNS_OUT else None,
        )


def _last_day(chance: random.Random, one: Made, setting: Setting) -> datetime.date:
    """Mostly the end of the post; now and then before it."""
    life = one.plan.life
    early = chance.random() < 0.05 and life.end - 40 > life.start
    return setting.day(chance.randint(life.start + 30, life.end - 10) if early else life.end + 1)
