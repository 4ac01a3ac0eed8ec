"""The presses of packs: one that is chosen, one made again, a ready-made one put together."""

from __future__ import annotations

from guidance.models import Pack
from tests.house.addresses import Things
from tests.house.pressing import NOBODY, Press, at, press
from tests.house.things.packs import SLUG, shelved
from tests.registration.filled import key


@press
def guidance_pack(things: Things) -> Press:
    Pack.objects.update(pdf=None, bundle=None, pages=None, made_from="", made_at=None)
    return Press(NOBODY, at(things, "guidance_pack"), {"form_key": key(), "press": "make"})


@press
def guidance_pack_choose(things: Things) -> Press:
    shelved()
    typed = {"form_key": key(), "document": SLUG, f"place-{SLUG}": "1"}
    return Press(NOBODY, at(things, "guidance_pack_choose"), typed)


@press
def guidance_ready_pack(things: Things) -> Press:
    shelved()
    return Press(NOBODY, at(things, "guidance_ready_pack"), {"form_key": key(), "press": "make"})
