"""The presses of the library: saying whether a page was useful, and taking words away that name somebody."""

from __future__ import annotations

from tests.house.addresses import Things
from tests.house.pressing import NOBODY, Press, at, press
from tests.registration.filled import key


@press
def guidance_useful(things: Things) -> Press:
    typed = {"useful": "no", "why": "The table is too wide", "form_key": key()}
    return Press(NOBODY, at(things, "guidance_useful"), typed)


@press
def guidance_words_remove(things: Things) -> Press:
    return Press("editor", at(things, "guidance_words_remove"), {"form_key": key()})
