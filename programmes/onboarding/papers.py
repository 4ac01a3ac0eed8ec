"""The access list of each host, as a paper for packs."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from embedded.nhsuk.words import day
from programmes.access import Scope
from programmes.models import Organisation, Placement, Residency
from programmes.onboarding.reading import placements_with_items
from programmes.papers import Paper, Sheet, sheets_html

HEAD = ("What", "How it stands", "From", "Until", "Who sees to it")


def papers_of(scope: Scope, residency: Residency, today: datetime.date) -> list[Paper]:
    """One for each host whose access the person sees, once somebody has a post."""
    if not scope.can("see_access", residency):
        return []
    placements = placements_with_items(residency)
    return [
        _paper(host, placements, today)
        for host in scope.hosts_seen(residency)
        if any(item.host_id == host.pk for one in placements for item in one.access_items.all())
    ]


def _paper(host: Organisation, placements: Sequence[Placement], today: datetime.date) -> Paper:
    return Paper(
        f"access-{host.pk}",
        f"Access at {host.display_name}",
        f"As recorded on {day(today)}",
        lambda: sheets_html([_sheet(one, host) for one in placements]),
    )


def _sheet(placement: Placement, host: Organisation) -> Sheet:
    """How each thing stands; never the content of a check (V-31)."""
    rows = [
        (
            item.get_kind_display(),
            item.get_state_display(),
            day(item.issued_on) or "Not recorded",
            day(item.expires_on) or "No end recorded",
            item.owner_name or "Nobody named",
        )
        for item in placement.access_items.all()
        if item.host_id == host.pk
    ]
    return Sheet(str(placement.person), rows, HEAD)
