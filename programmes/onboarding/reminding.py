"""The deed of reminding: one letter a week to each address, and one at once for what is seven days off or today."""

from __future__ import annotations

import datetime
import hashlib
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from embedded import audit, links, post
from embedded.accounts.models import Person
from programmes.models import QuietAddress
from programmes.onboarding import due
from programmes.onboarding.asking import ANSWER, asked_of

WEEKLY: Final = "weekly_letter"
PLACE: Final = "weekly-letter"


@transaction.atomic
def remind(today: datetime.date) -> int:
    """Writes the letters of this day, each once however often it is asked; how many. The weekly one goes to an address
    on the first day of the week on which there is something to tell; not to one that wants none."""
    items = due.items_due(today)
    alone = [item for item in items if due.is_alone(item, today)]
    rest = [item for item in items if not due.is_alone(item, today)]
    year, week, _ = today.isocalendar()
    quiet = set(QuietAddress.objects.values_list("email", flat=True))
    wanted = [(f"access_alone/{today:%Y-%m-%d}", batch, False) for batch in due.batches(alone, today)]
    wanted += [
        (f"access_week/{year}-{week:02}", batch, True)
        for batch in due.batches(rest, today)
        if batch.email not in quiet
    ]
    return _write({f"{key}/{_mark(batch.email)}": (batch, weekly) for key, batch, weekly in wanted})


def _write(wanted: dict[str, tuple[due.Batch, bool]]) -> int:
    had = post.written(list(wanted))
    for key, (batch, weekly) in wanted.items():
        if key not in had:
            _one(key, batch, weekly)
    return len(wanted) - len(had)


def _one(key: str, batch: due.Batch, weekly: bool) -> None:
    number = len(batch.told)
    things = "1 thing" if number == 1 else f"{number} things"
    post.write(
        to=batch.email,
        subject=f"Access this week: {things} to see to"
        if weekly
        else f"Access: {things} with a day that is near",
        template="access_due",
        context={
            "batch": batch,
            "weekly": weekly,
            "lines": [(told.words, _address(told)) for told in batch.told],
            "stop": _stop(batch.email) if weekly else "",
        },
        key=key,
    )


def _address(told: due.Told) -> str:
    """Whoever sees to it answers by link, without an account; everybody else reads the page."""
    if told.is_owner:
        _, token = links.issue(ANSWER, asked_of(told.item))
        return settings.BASE_URL + reverse("access_answer", args=[token])
    residency = told.item.placement.residency
    return settings.BASE_URL + reverse("access", args=[residency.programme.slug, residency.code])


def _stop(email: str) -> str:
    _, token = links.issue(WEEKLY, email)
    return settings.BASE_URL + reverse("weekly_letter_open", args=[token])


def _mark(email: str) -> str:
    """An address in the key of a letter, short and unreadable."""
    return hashlib.sha256(email.encode()).hexdigest()[:24]


def is_quiet(email: str) -> bool:
    return QuietAddress.objects.filter(email=email.strip().lower()).exists()


@transaction.atomic
def set_weekly(*, email: str, wanted: bool, by: Person | None, on: datetime.date) -> None:
    """Switches the weekly letter to an address off or on again; `by` is None for whoever holds its link."""
    address = email.strip().lower()
    if wanted:
        QuietAddress.objects.filter(email=address).delete()
    else:
        QuietAddress.objects.get_or_create(email=address, defaults={"since": on})
    deed = "weekly_letter.wanted" if wanted else "weekly_letter.stopped"
    audit.record(by, deed, "Weekly letter on access", PLACE)


def address_behind(token: str) -> str:
    """The email address that a link speaks for; "" alike for never existed, expired and ended."""
    link = links.find(WEEKLY, token)
    return link.subject if link else ""
