"""Everything hostile in every field of every form (§4.2, P60): no failure, an instruction, nothing typed lost."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator

import pytest

from tests.house.addresses import things_in
from tests.house.hostile import NO_DATES, STRANGE_DATES, VALUES, Value
from tests.house.pages import boxes_of
from tests.house.presses import PRESSES
from tests.house.presses_more import MORE
from tests.house.trying import UNSEEN, Door
from tests.world import World

PARTS = ("_day", "_month", "_year")
# what of the list goes into each single box of a date; whole dates have a list of their own
FEW, MANY = 10, 100  # for each form, every day and in the full run
IN_A_BOX = [
    "a megabyte",
    "a real NUL",
    "a lone surrogate",
    "a script",
    "an emoji",
    "NaN",
    "the same twice",
    "SQL",
]
LIKE_THE_FIRST = {f"ready_{number}_{part}" for number in range(1, 9) for part in ("owner", "due")} | {
    f"ready_{number}_due{part}" for number in range(1, 9) for part in PARTS
}
Times = Callable[[int, int], int]
Case = tuple[str, dict[str, Value]]


def cases_of(names: set[str]) -> dict[str, list[Case]]:
    """By field: what is put into it, and what to call that."""
    found: dict[str, list[Case]] = {}
    for name in sorted(names - UNSEEN - LIKE_THE_FIRST):
        if name.endswith("_day") and {name[:-4] + part for part in PARTS} <= names:
            stem = name[:-4]
            dates = (NO_DATES | STRANGE_DATES).items()
            found[stem] = [
                (what, {stem + part: one for part, one in zip(PARTS, boxes, strict=True)})
                for what, boxes in dates
            ]
        if name.endswith(PARTS):
            found[name] = [(what, {name: VALUES[what]}) for what in IN_A_BOX]
        else:
            found[name] = [(what, {name: value}) for what, value in VALUES.items()]
    return found


def sampled(name: str, cases: list[Case], most: int) -> Iterator[Case]:
    """The same few each day, others for each form; all of them when `most` is large enough."""
    picked = random.Random(name).sample(range(len(cases)), min(most, len(cases)))  # noqa: S311 (no secret)
    yield from (cases[number] for number in sorted(picked))


BESIDE_THE_POINT = {
    "approval": "ready_|what_|own_|why",
    "approval, conditions": "ready_|why",
    "approval, returned": "ready_|what_|own_",
    "access_answer": "reason|issuer|reference",
    "access_answer, a problem": "issuer|reference",
    "access_answer, in place": "reason",
    "interest_answer": "reason",
    "adopt": "why_paused",
}
FORMS = PRESSES | MORE


@pytest.mark.parametrize("name", sorted(FORMS))
def test_p60_something_hostile_in_one_field(world: World, walk: Times, name: str) -> None:
    """The rest is in order, so that much of it is taken: then it is kept as typed, and shown as words."""
    door, fields = door_of(name, world)
    cases = [(f"{field}, {what}", typed) for field, all_of in fields.items() for what, typed in all_of]
    dates = [case for case in cases if case[0].partition(", ")[2] in STRANGE_DATES]
    few = [*sampled(name, cases, walk(FEW, MANY)), *sampled(f"{name}, dates", dates, walk(1, MANY))]
    check(door, few)


@pytest.mark.full
@pytest.mark.parametrize("name", sorted(FORMS))
def test_p60_something_hostile_in_every_field_at_once(world: World, name: str) -> None:
    """Each field meets each value: another one in each field, shifted by one from press to press."""
    door, fields = door_of(name, world)
    most = max((len(cases) for cases in fields.values()), default=0)
    rows: list[Case] = []
    for number in range(most):
        row: dict[str, Value] = {}
        for place, cases in enumerate(fields.values()):
            row |= cases[(number + place) % len(cases)][1]
        rows.append((f"round {number}", row))
    check(door, rows)


def check(door: Door, cases: list[Case]) -> None:
    """Each is sent by itself, and undone."""
    wrong = [f"{what}: {one}" for what, typed in cases for one in door.tried(door.typed | typed, set(typed))]
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong[:400])


def door_of(name: str, world: World) -> tuple[Door, dict[str, list[Case]]]:
    """A form, and what there is to put into what is sent and what the page has boxes for."""
    things = things_in(world)
    press = FORMS[name](things)
    door = Door(press.address, press.by(things), press.typed, press.lands)
    door.beside_the_point = re.compile(BESIDE_THE_POINT.get(name, "$"))
    page = door.browser.get(door.address)
    return door, cases_of(set(door.typed) | (set(boxes_of(page)) if page.status_code == 200 else set()))
