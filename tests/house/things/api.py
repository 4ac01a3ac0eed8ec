"""Where tokens and the addresses of the API lead, and more tokens; the first is made beside the portfolio's lines."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from programmes.api.actions import make_token
from tests.house.registry import NUMBERED, growing, worded

NUMBERED.update({"api_entry": "activity", "api_token_end": "api_token"})


@worded("api_nothing")
def nothing(things: Any) -> dict[str, str]:
    return {"rest": "nothing/"}


@growing
def one_more(things: Any) -> None:
    make_token(
        name="One more", may_log=True, days=30, at=timezone.now(), by=things.world.people["researcher"]
    )
