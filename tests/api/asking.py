"""A program of somebody's own, as it asks: a token in the header, and nothing else."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client
from django.utils import timezone

from embedded.accounts.models import Person
from programmes.api import actions

ENTRIES = "/api/v1/entries/"


def token_of(person: Person, *, may_log: bool = True, days: int = 30) -> str:
    now = timezone.now()
    return actions.make_token(name="Telephone", may_log=may_log, days=days, at=now, by=person)[1]


class Program:
    """Asks with a token, or with none."""

    def __init__(self, token: str = "") -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.headers = {"authorization": f"Bearer {token}"} if token else {}

    def get(self, address: str = ENTRIES, **query: Any) -> Any:
        return self.client.get(address, query, headers=self.headers)

    def log(self, sent: Any, **headers: str) -> Any:
        body = sent if isinstance(sent, (str, bytes)) else json.dumps(sent)
        together = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(ENTRIES, body, content_type="application/json", headers=together)


def an_entry(**more: Any) -> dict[str, Any]:
    return {"date": timezone.localdate().isoformat(), "minutes": 90, "kind": "relational"} | more


def problems(answer: Any) -> dict[str, str]:
    return {one["where"]: one["say"] for one in answer.json()["problems"]}
