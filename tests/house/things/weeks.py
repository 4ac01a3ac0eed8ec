"""What lists, weeks and the portfolio keep, and more of it."""

from __future__ import annotations

import datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.utils import timezone

from embedded.vault import Sealer
from programmes.models import ApiToken, PortfolioLine
from programmes.weeks.calendar import Month, Week
from tests.house.registry import growing, thing, worded


@worded("log_week")
def this_week(things: Any) -> dict[str, Any]:
    return {"week": Week.of(timezone.localdate()).name}


@worded("log_month")
def this_month(things: Any) -> dict[str, Any]:
    return {"month": Month.of(timezone.localdate()).name}


@worded("portfolio_module")
def first_module(things: Any) -> dict[str, Any]:
    return {"module": 1}


@thing("portfolio_line", "portfolio_line")
def portfolio_line(things: Any) -> PortfolioLine:
    person = things.world.people["researcher"]
    text = Sealer(person).seal(f"{things.canary} line")
    return PortfolioLine.objects.create(person=person, module=1, text=text)


@thing("api_token")
def api_token(things: Any) -> ApiToken:
    now = timezone.now()
    return ApiToken.objects.create(
        person=things.world.people["researcher"],
        name=f"{things.canary} token",
        sha256=sha256(uuid4().bytes).hexdigest(),
        made_at=now,
        expires_at=now + datetime.timedelta(days=30),
    )


@growing
def one_more(things: Any) -> None:
    """A line of the record, which the module offers until it is chosen."""
    PortfolioLine.objects.create(person=things.world.people["researcher"], module=4, use=things.use)
    portfolio_line(things)
