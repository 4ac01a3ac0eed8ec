"""What only shows when the cells of a row are read together, as the page that adopts one by one has it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, Final

from embedded.tables.reading.cells import LIKE
from programmes.models import Direction

Values = dict[str, Any]
Wrongs = Iterator[tuple[str, str]]  # the column, and what to write there
GIVEN_WITH: Final = (
    ("approved_on", ("approved_kept_at",), "Write the day it was approved"),
    ("agreement_on", ("agreement_kept_at", "agreement_covers"), "Write the day the agreement was signed"),
    (
        "permission",
        ("permission_issued_on", "permission_reference", "permission_issuer", "permission_until"),
        "Write which permission it is",
    ),
)
NEEDED_WITH: Final = (
    ("agreement_on", "agreement_kept_at", "Write where the agreement is kept"),
    ("permission", "permission_issued_on", "Write the day the permission was issued"),
    ("permission", "permission_reference", "Write the reference of the permission"),
)


def wrong_together(values: Values, *, begun: bool, today: datetime.date) -> list[tuple[str, str]]:
    """Each column to put right, with how. A column whose own cell is wrong is not in `values`."""
    found = list(_dates(values, begun, today))
    if begun:
        found += _looked_at_again(values, today)
    return [*found, *_both_parts(values), *_belonging(values)]


def _dates(values: Values, begun: bool, today: datetime.date) -> Wrongs:
    start, end, stage = values.get("start"), values.get("end"), values.get("stage")
    if start and end and end <= start:
        yield "end", "Write an end that is after the start"
    if start and begun and stage != "being set up" and start > str(today):
        yield "start", "Write a start today or in the past, or write “being set up” as the stage"
    if end and stage == "ended" and end > str(today):
        yield "end", "Write an end today or in the past, or write “ending” as the stage"
    issued, until = values.get("permission_issued_on"), values.get("permission_until")
    if issued and until and until <= issued:
        yield "permission_until", "Write a last day that is after the day it was issued"


def _looked_at_again(values: Values, today: datetime.date) -> Wrongs:
    """A pause has a reason and a day to look at it again; so has an open end."""
    stage = values.get("stage")
    again_is_missing = "look_again_on" in values and not values["look_again_on"]
    if stage == "ended":
        if "end" in values and not values["end"]:
            yield "end", f"Write the day it ended. {LIKE}"
        return
    if stage == "paused" and "why_paused" in values and not values["why_paused"]:
        yield "why_paused", "Write why it is paused"
    if stage == "paused" and again_is_missing:
        yield "look_again_on", f"Write the day on which somebody looks at it again. {LIKE}"
    elif again_is_missing and "end" in values and not values["end"]:
        yield "end", f"Write the day it ends or ended; if no end is agreed, fill “Look again on”. {LIKE}"
    if values.get("look_again_on") and values["look_again_on"] <= str(today):
        yield "look_again_on", "Write a day after today"


def _both_parts(values: Values) -> Wrongs:
    """V-4: host and home at once only where people go both ways."""
    home, hosts = values.get("academic_home"), [values.get("host"), *(values.get("further_hosts") or [])]
    if home and home in hosts and values.get("direction") != Direction.TWO_WAY:
        yield "academic_home", "This is a host too. Write another one, or “both ways” under “Who goes where”"


def _belonging(values: Values) -> Wrongs:
    for first, rest, fix in GIVEN_WITH:
        if first in values and not values[first] and any(values.get(name) for name in rest):
            yield first, fix
    for first, name, fix in NEEDED_WITH:
        if values.get(first) and name in values and not values[name]:
            yield name, fix
