"""What ended so long ago that it is asked today what lasted, and who is asked."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Final

from programmes.access import leads_of
from programmes.course import actions
from programmes.lifecycle import LOOK_BACK_AFTER
from programmes.models import Residency

CAUGHT_UP_FOR: Final = datetime.timedelta(
    days=90
)  # what fell due while no round ran is asked late; older is let be
LONGEST: Final = datetime.timedelta(days=31 * max(LOOK_BACK_AFTER))


def ask_what_is_due(today: datetime.date) -> int:
    """Asks the host manager, or where no address is known whoever leads; how many letters."""
    written = 0
    for residency, months in _due(today):
        leads = [person for person in leads_of(residency) if person.email]
        contact = leads[0] if leads else None
        email = residency.host_manager_email or (contact.email if contact else "")
        if email:
            written += actions.ask_when_due(
                residency=residency, months=months, email=email, contact=contact, on=today
            )
    return written


def _due(today: datetime.date) -> Iterator[tuple[Residency, int]]:
    """Not what was brought in after that day had passed: nobody had asked us then."""
    found = Residency.objects.filter(stage__in=actions.OVER, ended_on__gte=today - CAUGHT_UP_FOR - LONGEST)
    for residency in found.select_related("programme").order_by("pk"):
        for months in LOOK_BACK_AFTER:
            due = actions.due_on(residency, months)
            known = residency.adopted_on is None or due is None or residency.adopted_on <= due
            if due is not None and known and due <= today <= due + CAUGHT_UP_FOR:
                yield residency, months
