"""What lists, weeks and the portfolio keep, and more of it."""

from __future__ import annotations

import datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.utils import timezone

from embedded.vault import Sealer
from programmes.models import ApiToken, PortfolioLine
from programmes.weeks.calendar import Week
from tests.house.registry import thing, worded


@worded("log_week")
def this_week(things: Any) -> dict[str, Any]:
    return {"week": Week.of(timezone.localdate()).name}


@thing("portfolio_line")
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
