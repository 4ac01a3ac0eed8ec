"""What readers say of a page: whether it was of use and why, kept without a word about who said it."""

from __future__ import annotations

import datetime
from datetime import timedelta
from typing import Final

from django.db import transaction

from embedded.accounts.models import Person
from embedded.accounts.throttles import Limit, take
from embedded.audit import record
from embedded.errors import TooMany
from guidance.models import Edition, Opinion

BY_PLACE: Final = Limit("opinion from a network address", 30, timedelta(hours=1))
BY_DOCUMENT: Final = Limit("opinion of a document", 500, timedelta(days=1))


def count(edition: Edition, place: str) -> None:
    """Counts one more from that network address, which is not kept. Raises TooMany."""
    taken = take([(BY_PLACE, place), (BY_DOCUMENT, str(edition.document_id))])
    if taken.wait:
        raise TooMany("A lot has been sent from your network just now.", taken.wait)


@transaction.atomic
def give_opinion(*, edition: Edition, useful: bool, why: str, on: datetime.date) -> Opinion:
    """Keeps it. Nobody is named, signed in or not: neither here nor in the audit trail."""
    given = Opinion.objects.create(edition=edition, useful=useful, why=why, said_on=on)
    record(None, "guidance.judged", str(edition), _place(edition), details={"useful": useful})
    return given


@transaction.atomic
def remove_words(*, opinion: Opinion, by: Person, on: datetime.date) -> None:
    """Takes the words away, as when they name somebody; that it was useful or not stays counted."""
    opinion.why, opinion.why_removed_on = "", on
    opinion.save(update_fields=["why", "why_removed_on"])
    record(by, "guidance.words_removed", str(opinion.edition), _place(opinion.edition))


def _place(edition: Edition) -> str:
    return f"guidance/{edition.document.slug}"
