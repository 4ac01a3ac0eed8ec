"""The presses of lists, weeks and the portfolio."""

from __future__ import annotations

from django.utils import timezone

from programmes.weeks.boxes import Box, Place, Row
from tests.house.addresses import Things
from tests.house.pressing import Press, at, press
from tests.registration.filled import key


@press
def log_week(things: Things) -> Press:
    """A box of today that is empty yet."""
    world = things.world
    row = Row(world.residency.pk, world.host.pk, "educational", 0)
    box = Box(Place(row, timezone.localdate().weekday())).name
    return Press("researcher", at(things, "log_week"), {"form_key": key(), box: "30"})


@press
def portfolio_module(things: Things) -> Press:
    typed = {"text": "Wrote a guide", "form_key": key()}
    return Press("researcher", at(things, "portfolio_module"), typed)


@press
def portfolio_line(things: Things) -> Press:
    typed = {"text": "Said in my own words", "version": "1", "form_key": key()}
    return Press("researcher", at(things, "portfolio_line"), typed)
