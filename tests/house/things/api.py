"""Where tokens and the addresses of the API lead; the token itself is made beside the portfolio's lines."""

from __future__ import annotations

from typing import Any

from tests.house.registry import NUMBERED, worded

NUMBERED.update({"api_entry": "activity", "api_token_end": "api_token"})


@worded("api_nothing")
def nothing(things: Any) -> dict[str, str]:
    return {"rest": "nothing/"}
