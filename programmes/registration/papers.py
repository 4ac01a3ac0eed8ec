"""The registration in short, as a paper for packs."""

from __future__ import annotations

import datetime

from embedded.nhsuk.words import day
from programmes.access import Scope
from programmes.models import Residency
from programmes.papers import Paper, Sheet, sheets_html
from programmes.registration.present import answers


def papers_of(scope: Scope, residency: Residency, today: datetime.date) -> list[Paper]:
    """What was asked for, with all its answers."""
    if not scope.can("see_programme", residency):
        return []
    return [
        Paper(
            "registration",
            "Registration",
            f"As recorded on {day(today)}",
            lambda: _html(residency, today),
        )
    ]


def _html(residency: Residency, today: datetime.date) -> str:
    told = answers(residency, change=False, today=today)
    return sheets_html([Sheet(one.title, one.rows) for one in told])
