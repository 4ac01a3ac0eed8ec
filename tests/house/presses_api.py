"""The presses of tokens. A program's own requests are no presses: they bear a token and no cookie (tests/api)."""

from __future__ import annotations

from tests.house.addresses import Things
from tests.house.pressing import WITHOUT_A_DEED, Press, at, press
from tests.registration.filled import key

WITHOUT_A_DEED.add("api_entries")


@press
def api_token_new(things: Things) -> Press:
    typed = {"name": "Telephone", "may": "log", "days": "90", "form_key": key()}
    return Press("researcher", at(things, "api_token_new"), typed, lands=200)


@press
def api_token_end(things: Things) -> Press:
    return Press("researcher", at(things, "api_token_end"), {"form_key": key()})
