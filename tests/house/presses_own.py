"""The presses of what a residency makes of its own record: packs, case studies, summaries of two pages."""

from __future__ import annotations

from tests.house.addresses import Things
from tests.house.pressing import Press, at, press
from tests.house.things.packs import shelved
from tests.registration.filled import key


@press
def own_pack(things: Things) -> Press:
    shelved()
    typed = {"form_key": key(), "moment": "setting-one-up", "papers": "registration"}
    return Press("researcher", at(things, "own_pack"), typed)
