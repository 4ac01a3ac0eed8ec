"""The working agreement and the facts for a contract, as papers for packs."""

from __future__ import annotations

import datetime

from embedded.nhsuk.words import day
from programmes.access import Scope
from programmes.agreements import reading
from programmes.agreements.build import paper
from programmes.agreements.document import document_of
from programmes.agreements.facts import tables
from programmes.models import Residency
from programmes.papers import Paper, Sheet, sheets_html


def papers_of(scope: Scope, residency: Residency, today: datetime.date) -> list[Paper]:
    """The newest version of the working agreement that people were asked about, and the facts as they stand."""
    if not scope.can("see_agreements", residency):
        return []
    found = [
        Paper("facts", "Facts for the contract", f"As recorded on {day(today)}", lambda: _facts(residency))
    ]
    asked = next((one for one in reading.versions_of(residency) if one.asked_at), None)
    if asked is not None:
        document = document_of(asked, reading.people_of(asked))
        found.insert(0, Paper("working-agreement", document.title, document.edition, lambda: paper(document)))
    return found


def _facts(residency: Residency) -> str:
    told = tables(residency, reading.agreements_of(residency))
    return sheets_html([Sheet(one.heading, one.rows, one.head, one.none) for one in told])
